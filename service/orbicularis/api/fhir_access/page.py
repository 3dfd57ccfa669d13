"""One answer of a FHIR server, looked at just far enough to go on; its data stay undecoded."""

import msgspec

from orbicularis.api.fhir_access.failed import NO_RESOURCE, NOT_JSON, Failed
from orbicularis.fhir.decoding import Decode, Unreadable
from orbicularis.fhir.structs.element import ABSENT, Element, is_sent


class _Page(Element):
    resource_type: str | None = None
    link: msgspec.Raw = ABSENT


class _Link(Element):
    relation: str | None = None
    url: str | None = None


_DECODER = msgspec.json.Decoder(_Page)
_links: Decode[list[_Link] | None] = Decode(list[_Link] | None)


def check(body: bytes) -> msgspec.Raw:
    """Take the body of an answer for a page, if it is one; its media type is not asked for.

    Raises:
        Failed: when it is no JSON, or JSON but no resource.
    """
    try:
        page = _DECODER.decode(body)
    except msgspec.ValidationError:
        raise Failed(NO_RESOURCE) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Failed(NOT_JSON) from None
    if not page.resource_type:
        raise Failed(NO_RESOURCE)
    return msgspec.Raw(body)


def next_link(page: msgspec.Raw) -> str | None:
    """Where the next page is (FHIR R4, Search: Paging); None when this is the last."""
    try:
        link = _DECODER.decode(page).link
        links = _links(link) or () if is_sent(link) else ()
    except (Unreadable, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        # What cannot be read is told by the reader of the chart; links are not worth a guess.
        return None
    return next((link.url or "" for link in links if link.relation == "next"), None)
