"""The terminology table: every code once per key, with its display and where it was seen."""

from typing import Annotated, Literal

from pydantic import Field

from orbicularis.knowledge.base import Id, Knowledge, Text


class Code(Knowledge):
    """A verified code; ``recognition_only`` codes are never written into a request."""

    system: Text
    code: Text
    display: Text
    verified_in: Text
    recognition_only: bool = False


class Concept(Knowledge):
    """A key with the codes that mean it."""

    preferred_term: Text
    codes: Annotated[tuple[Code, ...], Field(min_length=1)]


class Concepts(Knowledge):
    """One file of ``terminology/``."""

    concepts: dict[Id, Concept]


class System(Knowledge):
    """A code system, with the other URIs by which it is known."""

    title: Text
    uri: Text
    aliases: tuple[Text, ...] = ()
    match: Literal["exact", "prefix"]
    check_digit: Literal["verhoeff", "luhn"] | None = None
    pattern: Text
    licence: Text


class Systems(Knowledge):
    """``terminology/systems.yaml``: code systems by short name."""

    systems: dict[str, System]
