"""Why something could not be fetched, in fixed words: nothing that was sent, no patient data."""

from http import HTTPStatus

NOT_ALLOWED = "server not allowed"
NO_TOKEN = "no access token"  # noqa: S105 - words, no secret
TOKEN_EXPIRED = "token expired"  # noqa: S105 - words, no secret
TOKEN_UNUSABLE = "token not usable"  # noqa: S105 - words, no secret
TOKEN_OF_ANOTHER = "token for another patient"  # noqa: S105 - words, no secret
NO_FHIR_ID = "patient id is not a FHIR id"
NO_QUERY = "query needs more than the patient id"
TOO_MANY_QUERIES = "more queries than are fetched"

CANNOT_CONNECT = "cannot connect"
BROKEN_OFF = "connection broken off"
TIMED_OUT = "timed out"
REDIRECTED = "redirected"
COMPRESSED = "compressed"
TOO_LONG = "too long"
NOT_JSON = "not JSON"
NO_RESOURCE = "not a resource"
MORE_PAGES = "more pages than are fetched"
REPEATED_PAGES = "pages repeat"
PAGE_ELSEWHERE = "next page is elsewhere"


class Failed(Exception):
    """Something that could not be fetched.

    Attributes:
        words: the cause, one of the words of this file or a status.
    """

    def __init__(self, words: str) -> None:
        """Keep the cause."""
        self.words = words
        super().__init__(words)


def of_status(status: int) -> Failed:
    """The failure that a status other than 200 is."""
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return Failed(REDIRECTED)
    return Failed(f"HTTP {status}")
