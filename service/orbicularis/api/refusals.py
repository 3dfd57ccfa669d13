"""The refusals that do not depend on what was sent: status, code and words of each."""

from http import HTTPStatus

from orbicularis.api.models.outcome import IssueCode
from orbicularis.api.refusal import Refusal, refusal

_RETRY_S = "1"
_SEE = "GET /cds-services lists the services."


def not_json(why: str) -> Refusal:
    """400: the body is no JSON, or no JSON object."""
    return refusal(
        HTTPStatus.BAD_REQUEST, IssueCode.STRUCTURE, f"The body is no JSON object: {why}."
    )


def empty() -> Refusal:
    """400: there is no body."""
    return refusal(
        HTTPStatus.BAD_REQUEST,
        IssueCode.STRUCTURE,
        "The body is empty: send the call as a JSON object.",
    )


def too_deep() -> Refusal:
    """400: more levels than the parser follows."""
    return refusal(HTTPStatus.BAD_REQUEST, IssueCode.STRUCTURE, "The body is nested too deeply.")


def cut_short() -> Refusal:
    """400: the client went away (and will hardly read this)."""
    return refusal(
        HTTPStatus.BAD_REQUEST, IssueCode.INCOMPLETE, "The body ended before it was complete."
    )


def unknown_service() -> Refusal:
    """404: no service has this id."""
    return refusal(
        HTTPStatus.NOT_FOUND, IssueCode.NOT_FOUND, f"There is no service of this id. {_SEE}"
    )


def unknown_path(status: HTTPStatus = HTTPStatus.NOT_FOUND) -> Refusal:
    """404, or what else a router may say: nothing is served there."""
    return refusal(status, IssueCode.NOT_FOUND, f"There is nothing at this path. {_SEE}")


def wrong_method(allowed: str) -> Refusal:
    """405: the path answers other methods (``allowed``, separated by commas)."""
    return refusal(
        HTTPStatus.METHOD_NOT_ALLOWED,
        IssueCode.NOT_SUPPORTED,
        f"This path answers {allowed} only.",
        headers={"Allow": allowed},
    )


def unacceptable() -> Refusal:
    """406: the client reads no JSON."""
    return refusal(
        HTTPStatus.NOT_ACCEPTABLE,
        IssueCode.NOT_SUPPORTED,
        "The answer is JSON: send Accept: application/json, or leave Accept out.",
    )


def too_long(longest: int) -> Refusal:
    """413: more bytes than are accepted."""
    return refusal(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        IssueCode.TOO_LONG,
        f"The body is longer than the {longest} bytes that are accepted.",
    )


def wrong_type() -> Refusal:
    """415: declared to be something else than JSON."""
    return refusal(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        IssueCode.NOT_SUPPORTED,
        "Send the body as JSON, with Content-Type: application/json.",
    )


def wrong_coding() -> Refusal:
    """415: compressed."""
    return refusal(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        IssueCode.NOT_SUPPORTED,
        "Send the body as it is, without Content-Encoding.",
    )


def failed(request_id: str) -> Refusal:
    """500: our own failure."""
    return refusal(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        IssueCode.EXCEPTION,
        f"The service failed to answer. Its log tells more about request {request_id}.",
    )


_CHALLENGE = 'Bearer realm="cds-services"'


def no_token() -> Refusal:
    """401: nothing says who calls (RFC 6750, section 3.1: then without an error code)."""
    return refusal(
        HTTPStatus.UNAUTHORIZED,
        IssueCode.LOGIN,
        "Send a JWT, as CDS Hooks describes it under Trusting CDS Clients: Authorization: Bearer.",
        headers={"WWW-Authenticate": _CHALLENGE},
    )


def bad_token() -> Refusal:
    """401: the token is not accepted; which of its parts is wrong is told to nobody."""
    return refusal(
        HTTPStatus.UNAUTHORIZED,
        IssueCode.SECURITY,
        "The JWT is not accepted. It has to be signed with a key of an issuer that is known here, "
        "have the called URL as its aud, have iss, exp, iat and a jti of its own, and be new.",
        headers={"WWW-Authenticate": f'{_CHALLENGE}, error="invalid_token"'},
    )


def too_many(what: str, most: int) -> Refusal:
    """413: a body that is short enough holds more of something than is accepted."""
    return refusal(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        IssueCode.TOO_LONG,
        f"The body holds more than the {most} {what} that are accepted.",
    )


def too_costly(seconds: float) -> Refusal:
    """413: the same request would take as long again."""
    return refusal(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        IssueCode.TOO_COSTLY,
        f"The chart could not be read and judged within {seconds:g} s of processor time. "
        "Send less of it.",
    )


def body_too_slow(seconds: float) -> Refusal:
    """408: the body stalled; the connection is given up (RFC 9110, section 15.5.9)."""
    return refusal(
        HTTPStatus.REQUEST_TIMEOUT,
        IssueCode.TIMEOUT,
        f"The body did not come within {seconds:g} s.",
        headers={"Connection": "close"},
    )


def took_too_long(seconds: float) -> Refusal:
    """503: what the call waited for did not come in time."""
    return refusal(
        HTTPStatus.SERVICE_UNAVAILABLE,
        IssueCode.TIMEOUT,
        f"The call was not answered within {seconds:g} s.",
        headers={"Retry-After": _RETRY_S},
    )


def busy() -> Refusal:
    """503: more calls at once than there is room for (RFC 9110, section 15.6.4)."""
    return refusal(
        HTTPStatus.SERVICE_UNAVAILABLE,
        IssueCode.THROTTLED,
        "There are too many calls at once. Try again soon.",
        headers={"Retry-After": _RETRY_S},
    )


def no_host() -> Refusal:
    """400: there is not exactly one Host header (RFC 9112, section 3.2)."""
    return refusal(
        HTTPStatus.BAD_REQUEST, IssueCode.VALUE, "Send one Host header with the service's name."
    )


def wrong_host() -> Refusal:
    """421: the service does not answer to the name in Host (RFC 9110, section 15.5.20)."""
    return refusal(
        HTTPStatus.MISDIRECTED_REQUEST,
        IssueCode.NOT_SUPPORTED,
        "The service is not called by the name in the Host header.",
    )


def leaving() -> Refusal:
    """503: readiness alone says so; calls are still answered."""
    return refusal(
        HTTPStatus.SERVICE_UNAVAILABLE,
        IssueCode.TRANSIENT,
        "This process is about to stop. Calls go elsewhere.",
    )


def not_json_at(line: int, column: int, why: str) -> Refusal:
    """400: the body is no JSON; for somebody who reads it as text, with the place."""
    return refusal(
        HTTPStatus.BAD_REQUEST,
        IssueCode.STRUCTURE,
        f"Line {line}, column {column}: this is no JSON ({why}).",
    )


def no_bundle() -> Refusal:
    """400: a resource that is neither a request nor a Bundle."""
    return refusal(
        HTTPStatus.BAD_REQUEST,
        IssueCode.VALUE,
        "resourceType: this is a single resource. Give a CDS Hooks request, or a FHIR Bundle.",
        expression="resourceType",
    )


def no_patient() -> Refusal:
    """400: a Bundle of nobody."""
    return refusal(
        HTTPStatus.BAD_REQUEST,
        IssueCode.REQUIRED,
        "entry: the Bundle holds no Patient with an id, and no record in it names one as its "
        "subject.",
        expression="entry",
    )


def no_moment() -> Refusal:
    """400: the time at which a request is to be judged cannot be read."""
    return refusal(
        HTTPStatus.BAD_REQUEST,
        IssueCode.VALUE,
        "now: give a date and time such as 2026-06-15T12:00:00Z, or leave it out.",
        expression="now",
    )


def deeper_than(most: int) -> Refusal:
    """400: arrays and objects within one another, more than anything real has."""
    return refusal(
        HTTPStatus.BAD_REQUEST,
        IssueCode.STRUCTURE,
        f"The body is nested more than {most} levels deep.",
    )
