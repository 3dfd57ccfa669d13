"""The envelope: a request split into its parts, with all FHIR data left undecoded.

One pass finds where each part begins and ends. What is small is checked by the models of
``api.models.request``; of what is large they see an outline only, in which every object
below the second level is emptied, and every array that holds more than texts.
"""

from codecs import BOM_UTF8
from collections.abc import Mapping
from typing import Any

import msgspec

from orbicularis.api import refusals
from orbicularis.api.refusal import Refusal

Part = dict[str, msgspec.Raw] | list[msgspec.Raw] | str | int | float | bool | None
"""A part of a request; of an object and an array only the first level is looked at."""

Envelope = Mapping[str, Part]
"""A request by the names of its parts."""

_OBJECT, _ARRAY, _NULL = b"{[n"
"""First bytes, by which JSON's types are told apart."""
_ANY = msgspec.json.Decoder()
_TEXTS = msgspec.json.Decoder(list[str])
_DECODER = msgspec.json.Decoder(dict[str, Part])


def split(body: bytes) -> Envelope:
    """Split a request.

    Raises:
        Refusal: 400 when it is no JSON object, or nested too deeply to be read.
    """
    # No part of JSON (RFC 8259, section 8.1), but some clients' libraries write it.
    body = body.removeprefix(BOM_UTF8)
    if not body or body.isspace():
        raise refusals.empty()
    try:
        return _DECODER.decode(body)
    except RecursionError:
        raise refusals.too_deep() from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _malformed(error) from None


def outline(envelope: Envelope) -> dict[str, Any]:
    """The envelope with everything emptied that has a level of its own below the second.

    Arrays of texts are kept: they are small parts of a context, such as ``selections``.

    Raises:
        Refusal: 400 when a value is no well-formed JSON.
    """
    try:
        return {name: _shallow(part) for name, part in envelope.items()}
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _malformed(error) from None


def is_null(raw: msgspec.Raw) -> bool:
    """True for JSON's null."""
    return memoryview(raw)[0] == _NULL


def _shallow(part: Part) -> Any:
    if isinstance(part, dict):
        return {name: _emptied(raw) for name, raw in part.items()}
    return [] if isinstance(part, list) else part


def _emptied(raw: msgspec.Raw) -> Any:
    first = memoryview(raw)[0]
    if first == _OBJECT:
        return {}
    return _texts(raw) if first == _ARRAY else _ANY.decode(raw)


def _texts(raw: msgspec.Raw) -> list[Any]:
    """An array of texts as it is; of another one no more than that it holds something else."""
    try:
        return _TEXTS.decode(raw)
    except msgspec.ValidationError:
        return [{}]


def _malformed(error: Exception) -> Refusal:
    # The decoder tells what it expected and at which byte, and quotes nothing; the words of
    # a UnicodeDecodeError would quote a byte.
    return refusals.not_json(
        "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
    )
