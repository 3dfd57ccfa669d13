"""CDS Hooks 2.0 cards as data; encoded as they stand, with nothing null or empty."""

from typing import Any

import msgspec


class _Element(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel", kw_only=True):
    """An element of a response; fields that were not given are left out (2.0, Use of JSON)."""


class Coding(_Element, frozen=True, kw_only=True):
    """A coding; ``display`` is required for override reasons (2.0, Coding)."""

    system: str
    code: str
    display: str | None = None


class CardSource(_Element, frozen=True, kw_only=True):
    """Where the guidance comes from (2.0, Source)."""

    label: str
    url: str | None = None
    topic: Coding | None = None


class Action(_Element, frozen=True, kw_only=True):
    """One change proposed to the chart (2.0, Action)."""

    type: str
    description: str
    resource: dict[str, Any]


class Suggestion(_Element, frozen=True, kw_only=True):
    """One thing that a clinician can accept with a click (2.0, Suggestion)."""

    label: str
    uuid: str
    is_recommended: bool | None = None
    actions: tuple[Action, ...]


class Link(_Element, frozen=True, kw_only=True):
    """A link to read further; always absolute (2.0, Link)."""

    label: str
    url: str
    type: str


class Card(_Element, frozen=True, kw_only=True):
    """One card (2.0, Card attributes)."""

    uuid: str
    summary: str
    detail: str
    indicator: str
    source: CardSource
    suggestions: tuple[Suggestion, ...] | None = None
    selection_behavior: str | None = None
    override_reasons: tuple[Coding, ...] | None = None
    links: tuple[Link, ...] | None = None
    extension: dict[str, Any] | None = None
