"""What the client can read: JSON, unless it says that it cannot (RFC 9110, Accept)."""

from starlette.requests import Request

from orbicularis.api import refusals

_READABLE = frozenset({"*/*", "application/*", "application/json", "text/*", "text/json"})


def check(request: Request) -> None:
    """Let a request pass unless it accepts no JSON at all.

    Lenient on purpose: some clients ask for ``application/fhir+json``, some for anything.

    Raises:
        Refusal: 406.
    """
    accepted = request.headers.getlist("accept")
    ranges = [part for value in accepted for part in value.split(",") if part.strip()]
    if ranges and not any(map(_is_readable, ranges)):
        raise refusals.unacceptable()


def _is_readable(media_range: str) -> bool:
    media_type, *parameters = (part.strip().lower() for part in media_range.split(";"))
    refused = any(_is_zero(parameter) for parameter in parameters)
    return not refused and (media_type in _READABLE or media_type.endswith("+json"))


def _is_zero(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    return name.strip() == "q" and value.strip().rstrip("0") in ("", "0.", "0")
