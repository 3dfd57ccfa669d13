"""Cards as they are answered (CDS Hooks 2.0, CDS Service Response).

They describe what ``orbicularis.cards.card`` encodes; a test holds the two together field
by field.
"""

from typing import Any, Literal

from pydantic import Field
from pydantic.config import JsonDict

from orbicularis.api.models.base import Message, NonEmpty, Resource

_UUID: JsonDict = {"format": "uuid"}
_URI: JsonDict = {"format": "uri"}


class Coding(Message):
    """A code with its system (2.0, Coding)."""

    system: NonEmpty = Field(description="Code system.")
    code: NonEmpty = Field(description="Code.")
    display: NonEmpty | None = Field(None, description="What people read.")


class CardSource(Message):
    """Where the guidance of a card comes from (2.0, Source)."""

    label: NonEmpty = Field(description="Name of the source.")
    url: NonEmpty | None = Field(
        None,
        json_schema_extra=_URI,
        description="Page of the rule. Left out where the service has no public base URL.",
    )
    topic: Coding | None = Field(
        None, description="Stable code of what the card is about, for filters and overrides."
    )


class Action(Message):
    """A change proposed to the chart (2.0, Action)."""

    type: Literal["create"] = Field(description="Orders are created; nothing is changed.")
    description: NonEmpty = Field(description="What would be ordered and why; stands alone.")
    resource: Resource = Field(description="A draft ServiceRequest for this patient.")


class Suggestion(Message):
    """An order that can be accepted with one click (2.0, Suggestion)."""

    label: NonEmpty = Field(description="What stands on the button.")
    uuid: NonEmpty = Field(json_schema_extra=_UUID, description="For feedback.")
    is_recommended: bool | None = Field(
        None, alias="isRecommended", description="True for what is wanted first."
    )
    actions: tuple[Action, ...] = Field(min_length=1, max_length=1, description="Always one.")


class Link(Message):
    """Further reading (2.0, Link)."""

    label: NonEmpty = Field(description="What stands on the link.")
    url: NonEmpty = Field(json_schema_extra=_URI, description="Where it leads.")
    type: Literal["absolute"] = Field(description="Always an absolute URL.")


class Card(Message):
    """One card (2.0, Card Attributes)."""

    uuid: NonEmpty = Field(
        json_schema_extra=_UUID,
        description="For feedback. The same call repeated gives the same uuids.",
    )
    summary: NonEmpty = Field(max_length=139, description="One sentence.")
    detail: NonEmpty = Field(description="GitHub Flavored Markdown without HTML.")
    indicator: Literal["info", "warning", "critical"] = Field(description="How urgent it is.")
    source: CardSource
    suggestions: tuple[Suggestion, ...] | None = Field(
        None, min_length=1, description="Orders that would answer what is still unknown."
    )
    selection_behavior: Literal["any"] | None = Field(
        None,
        alias="selectionBehavior",
        description="Given with suggestions: any number of them may be accepted.",
    )
    override_reasons: tuple[Coding, ...] | None = Field(
        None,
        alias="overrideReasons",
        min_length=1,
        description="Reasons a clinician may give for not following the card.",
    )
    links: tuple[Link, ...] | None = Field(None, min_length=1, description="Further reading.")
    extension: dict[str, Any] | None = Field(
        None,
        description=(
            "For machines (2.0, Extensions): `org.orbicularis.differential` holds the revision of "
            "the rules and the ranked causes with id, title, band and score."
        ),
    )


class Cards(Message):
    """The answer to a call (2.0, HTTP Response).

    No cards means that there is nothing to say, never that something failed.
    """

    cards: tuple[Card, ...] = Field(max_length=3, description="At most three; may be empty.")
