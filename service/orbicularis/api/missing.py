"""412: the data that a service cannot do without did not come (CDS Hooks 2.0, Prefetch)."""

from collections.abc import Collection
from http import HTTPStatus

from orbicularis.api.models.outcome import Issue, IssueCode
from orbicularis.api.refusal import Refusal, issue
from orbicularis.engine.engine import DataMissing
from orbicularis.facts.chart import SourceAnswer


def data_missing(missing: DataMissing, own: Collection[str]) -> Refusal:
    """Name every source that would have done, if its key is the service's own, and why it did not.

    Args:
        missing: what is missing.
        own: keys of the service's prefetch templates.
    """
    issues = [_issue(answer, ours=answer.key in own) for answer in missing.answers]
    return Refusal(HTTPStatus.PRECONDITION_FAILED, issues)


def _issue(answer: SourceAnswer, *, ours: bool) -> Issue:
    # A key that the client chose itself could be anything, and is not told back.
    where = f"prefetch.{answer.key}" if ours else "prefetch"
    sent = answer.detail is not None
    cause = f"it could not be read ({answer.detail})" if sent else "it was not sent"
    if answer.not_fetched:
        cause += f", and could not be fetched ({answer.not_fetched})"
    return issue(
        IssueCode.INCOMPLETE if sent else IssueCode.REQUIRED,
        f"{where}: {cause}. At least one of the sources named here is needed.",
        where,
    )
