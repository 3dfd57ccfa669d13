"""What somebody pasted: a CDS Hooks request, or a Bundle that is made into one."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from orbicularis.api import refusals
from orbicularis.api.refusal import Refusal
from orbicularis.knowledge.service import Service
from orbicularis.web.workbench.wrap import wrap

Json = dict[str, Any]

DEEPEST = 64
"""Arrays and objects within one another."""

MOST_HOLDING = 50_000
"""Arrays and objects; as many as FHIR of 2 MiB has, written as closely as can be."""

_BYTE = re.compile(r"\s*\(byte (\d+)\)$")
_PREFIX = "JSON is malformed: "


@dataclass(frozen=True, slots=True)
class Pasted:
    """A request.

    Attributes:
        body: as it would be sent to the service.
        document: the same as data.
        done: what was done to make it of a Bundle, in sentences; empty where a request was
            pasted.
    """

    body: bytes
    document: Json
    done: tuple[str, ...] = ()


def read(sent: bytes, service: Service, templates: Mapping[str, str]) -> Pasted:
    """Tell by ``resourceType`` what it is.

    Args:
        sent: the text.
        service: whose prefetch keys a Bundle is sorted under.
        templates: its FHIR queries by key.

    Raises:
        Refusal: 413 when it holds too much, 400 when it is no JSON (with line and column), no
            object, nested too deeply, or another resource.
    """
    body = sent.removeprefix(BOM_UTF8)
    document = _document(body)
    kind = document.get("resourceType")
    if kind is None:
        return Pasted(body, document)
    if kind != "Bundle":
        raise refusals.no_bundle()
    wrapped, done = wrap(document, service, templates)
    # The page indents it: what is nested would become many times as long here.
    return Pasted(msgspec.json.encode(wrapped), wrapped, done)


def _document(body: bytes) -> Json:
    if not body or body.isspace():
        raise refusals.empty()
    if body.count(b"[") + body.count(b"{") > MOST_HOLDING:
        # Python looks through all of them again and again while they are made.
        raise refusals.too_many("arrays and objects", MOST_HOLDING)
    try:
        document = msgspec.json.decode(body)
    except RecursionError:
        raise refusals.too_deep() from None
    except UnicodeDecodeError:
        raise refusals.not_json("it is not UTF-8") from None
    except msgspec.DecodeError as error:
        raise _misplaced(str(error), body) from None
    if not isinstance(document, dict):
        raise refusals.not_json("it is another JSON value")
    _check_depth(document)
    return document


def _check_depth(document: Json) -> None:
    """Refuse what no resource comes near to; a page would repeat it in many places."""
    level: list[Json | list[Any]] = [document]
    for _ in range(DEEPEST):
        level = [one for held in level for one in _held(held) if isinstance(one, dict | list)]
        if not level:
            return
    raise refusals.deeper_than(DEEPEST)


def _held(value: Json | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def _misplaced(words: str, body: bytes) -> Refusal:
    """Say what the decoder expected, and where; it quotes nothing of what was sent."""
    found = _BYTE.search(words)
    at = int(found[1]) if found else len(body)
    before = body[:at].decode(errors="replace")
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    return refusals.not_json_at(line, column, _BYTE.sub("", words).removeprefix(_PREFIX))
