"""412: the data that a service cannot do without did not come (CDS Hooks 2.0, Prefetch)."""

from http import HTTPStatus

from orbicularis.api.intake import NAME
from orbicularis.api.models.outcome import Issue, IssueCode
from orbicularis.api.refusal import Refusal, issue
from orbicularis.engine.engine import DataMissing
from orbicularis.facts.chart import SourceAnswer


def data_missing(missing: DataMissing) -> Refusal:
    """Name every source that would have done, and why it did not."""
    return Refusal(HTTPStatus.PRECONDITION_FAILED, [_issue(answer) for answer in missing.answers])


def _issue(answer: SourceAnswer) -> Issue:
    # A key that the client chose itself could be anything, and is not told back.
    where = f"prefetch.{answer.key}" if NAME.fullmatch(answer.key) else "prefetch"
    sent = answer.detail is not None
    cause = f"it could not be read ({answer.detail})" if sent else "it was not sent"
    if answer.not_fetched:
        cause += f", and could not be fetched ({answer.not_fetched})"
    return issue(
        IssueCode.INCOMPLETE if sent else IssueCode.REQUIRED,
        f"{where}: {cause}. At least one of the sources named here is needed.",
        where,
    )
