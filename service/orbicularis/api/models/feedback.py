"""What a CDS client tells of its users' decisions (CDS Hooks 2.0, Feedback)."""

import re
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from orbicularis.api.models.base import Message, NonEmpty

MOST_ENTRIES = 1000
"""Entries of one batch; a client that has gathered more sends several."""
MOST_ITEMS = 25
"""Accepted suggestions, or reasons, of one card; more than any card has."""

TAGS = frozenset({"accepted", "overridden", "one", "several"})
"""Names that pydantic puts into the place of an error where there is no element of theirs."""

_DATE_TIME: JsonDict = {"format": "date-time"}
_LONGEST_TIME = 40
_LEAP_SECOND = re.compile(r"(:\d\d):60")


def _is_time(text: str) -> str:
    """Let every date and time of ISO 8601 pass, with or without a zone.

    RFC 3339, section 5.6, has a year 0000 and leap seconds, which Python's calendar has not.
    """
    told = _LEAP_SECOND.sub(r"\1:59", text.upper())
    if told.startswith("0000"):
        told = f"2000{told[4:]}"
    try:
        if len(text) > _LONGEST_TIME:
            raise ValueError
        datetime.fromisoformat(told)
    except ValueError:
        raise PydanticCustomError(
            "timestamp", "Input should be a date and time such as 2026-11-20T10:05:31Z"
        ) from None
    return text


def _is_outcome(value: Any) -> Any:
    if value not in ("accepted", "overridden"):
        raise PydanticCustomError("outcome", "Input should be accepted or overridden")
    return value


def _counted(least: int, most: int) -> BeforeValidator:
    """Refuse a list by its length before its items are looked at, each of which takes time."""

    def check(items: Any) -> Any:
        if isinstance(items, list) and len(items) > most:
            words = "Input should have at most {most} items"
            raise PydanticCustomError("too_long", words, {"most": most})
        if isinstance(items, list) and len(items) < least:
            raise PydanticCustomError("too_short", "Input should not be empty")
        return items

    return BeforeValidator(check)


def _which_outcome(value: Any) -> str:
    """The shape that an entry is held against; what is neither is refused by its outcome."""
    accepted = isinstance(value, dict) and value.get("outcome") == "accepted"
    return "accepted" if accepted else "overridden"


def _how_many(value: Any) -> str:
    return "several" if isinstance(value, list) else "one"


class AcceptedSuggestion(Message):
    """A suggestion that the user took (2.0, Suggestion accepted)."""

    id: NonEmpty = Field(description="`uuid` of the suggestion. Others are counted as unknown.")


class ReasonCoding(Message):
    """The reason that the user selected (2.0, Coding)."""

    code: NonEmpty = Field(description="One of the card's `overrideReasons`; or any other.")
    system: str | None = Field(
        None, description="Its code system. Left out, the code is taken for one of the card's."
    )
    display: str | None = Field(None, description="What the user read. Not used.")


class OverrideReason(Message):
    """Why the user did not follow the card (2.0, OverrideReason).

    Some clients send the Coding itself in its place; that is read, too.
    """

    reason: ReasonCoding | None = Field(None, description="The reason that was selected.")
    user_comment: str | None = Field(
        None,
        alias="userComment",
        repr=False,
        description="What the user wrote. Never kept, logged or counted.",
    )
    code: NonEmpty | None = Field(None, description="Of a Coding in place of the reason.")
    system: str | None = Field(None, description="Of a Coding in place of the reason.")


OverrideReasons = Annotated[
    Annotated[OverrideReason, Tag("one")]
    | Annotated[
        tuple[OverrideReason, ...],
        Field(strict=False, max_length=MOST_ITEMS),
        _counted(0, MOST_ITEMS),
        Tag("several"),
    ],
    Discriminator(_how_many),
]
"""One reason as 2.0 has it, or a list of them."""


class _Entry(Message):
    """What the user did with one card."""

    card: NonEmpty = Field(
        description="`uuid` of the card. One that this service did not give is counted as unknown."
    )
    outcome_timestamp: Annotated[str, AfterValidator(_is_time)] = Field(
        alias="outcomeTimestamp",
        json_schema_extra=_DATE_TIME,
        description="When the user acted. Any form of ISO 8601 is accepted; it is not used.",
    )


class AcceptedFeedback(_Entry):
    """The user took suggestions of a card (2.0, Suggestion accepted)."""

    outcome: Annotated[Literal["accepted"], BeforeValidator(_is_outcome)]
    accepted_suggestions: Annotated[
        tuple[AcceptedSuggestion, ...],
        Field(strict=False, max_length=MOST_ITEMS),
        _counted(1, MOST_ITEMS),
    ] = Field(
        alias="acceptedSuggestions",
        json_schema_extra={"minItems": 1},
        description="Those that were taken; at least one.",
    )


class OverriddenFeedback(_Entry):
    """The user dismissed a card (2.0, Overridden guidance)."""

    outcome: Annotated[Literal["overridden"], BeforeValidator(_is_outcome)]
    override_reason: OverrideReasons | None = Field(
        None, alias="overrideReason", description="Why; left out where the user gave no reason."
    )
    override_reasons: OverrideReasons | None = Field(
        None,
        alias="overrideReasons",
        description="The same under the name that some clients use.",
    )


FeedbackEntry = Annotated[
    Annotated[AcceptedFeedback, Tag("accepted")] | Annotated[OverriddenFeedback, Tag("overridden")],
    Discriminator(_which_outcome),
]
"""What the user did with one card (2.0, Feedback)."""


class Feedback(Message):
    """What users did with cards; one or many at a time (2.0, Feedback)."""

    feedback: Annotated[
        tuple[FeedbackEntry, ...],
        Field(strict=False, max_length=MOST_ENTRIES),
        _counted(0, MOST_ENTRIES),
    ] = Field(description="One entry for each thing that a user did with a card.")
