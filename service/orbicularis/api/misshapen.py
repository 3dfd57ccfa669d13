"""What is wrong with a message: the errors of its model as issues, each with its place."""

from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from orbicularis.api.models.outcome import Issue, IssueCode
from orbicularis.api.refusal import issue

MOST_ISSUES = 100
"""As many as one answer names; nobody mends more at once."""

_WORDS = {
    "missing": "Field required",
    "model_type": "Input should be an object",
    "model_attributes_type": "Input should be an object",
    "tuple_type": "Input should be an array",
    "string_type": "Input should be a string",
    "string_too_short": "Input should not be empty",
    "too_short": "Input should not be empty",
    "dict_type": "Input should be an object",
    "string_pattern_mismatch": "Input should be a FHIR id",
    "float_type": "Input should be a number",
}
"""JSON's words where pydantic speaks of Python's types."""

_CODES = {
    "missing": IssueCode.REQUIRED,
    "too_short": IssueCode.REQUIRED,
    "too_long": IssueCode.TOO_LONG,
}


def issues(error: ValidationError, tags: frozenset[str] = frozenset()) -> list[Issue]:
    """Name everything that is wrong, without a word of what was sent.

    Args:
        error: of a model whose fields alone make up the places; a key that the client
            chose itself must not stand in them.
        tags: names of a union's parts, which pydantic puts into places.
    """
    # `input` would be what was sent; `ctx` and `url` are of no use to a client.
    details = error.errors(include_url=False, include_context=False, include_input=False)
    told = list(_issues(details[:MOST_ISSUES], tags))
    if len(details) > MOST_ISSUES:
        more = len(details) - MOST_ISSUES
        told.append(issue(IssueCode.TOO_LONG, f"There are {more} more errors of this kind."))
    return told


def _issues(details: list[ErrorDetails], tags: frozenset[str]) -> Iterator[Issue]:
    for detail in details:
        where = _place(detail["loc"], tags)
        yield issue(code(detail), f"{where or 'The body'}: {words(detail)}.", where or None)


def words(detail: ErrorDetails) -> str:
    """What is wrong, without a word of what was sent."""
    return _WORDS.get(detail["type"], detail["msg"])


def code(detail: ErrorDetails) -> IssueCode:
    """What kind of wrong it is."""
    kind = detail["type"]
    if kind.endswith("_type"):
        return IssueCode.STRUCTURE
    return _CODES.get(kind, IssueCode.VALUE)


def _place(steps: tuple[int | str, ...], tags: frozenset[str]) -> str:
    """A path such as ``feedback[2].outcome``."""
    told = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return "".join(step for step in told if step[1:] not in tags).removeprefix(".")
