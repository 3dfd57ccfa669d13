"""What users decided: which rule was followed, which was overridden and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from orbicularis.api.models.feedback import AcceptedFeedback, OverriddenFeedback, OverrideReason
from orbicularis.cards.marks import About, Kind, Marks
from orbicularis.knowledge.service import Service

UNKNOWN = "unknown"
"""Stands for a rule that the uuid does not tell."""
OTHER = "other"
"""Stands for a reason that the service does not list, and for another revision of the rules."""
NONE = "none"
"""Stands for a reason that was not given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a user did with one card, in names out of the rules alone.

    Attributes:
        kind: kind of the card; ``UNKNOWN`` when the card is none of ours.
        rule: id of the cause, red flag or service that leads it; or ``UNKNOWN``.
        revision: ``current`` when these very rules gave it, else ``OTHER`` or ``UNKNOWN``.
        outcome: accepted or overridden.
        orders: ids of the orders that were accepted, ``UNKNOWN`` for each that is none of ours.
        reasons: codes of the reasons for overriding that the service lists, ``OTHER`` for any
            other, ``NONE`` where none was given; empty when it was accepted.
    """

    kind: str
    rule: str
    revision: str
    outcome: Literal["accepted", "overridden"]
    orders: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def decision(
    entry: AcceptedFeedback | OverriddenFeedback, marks: Marks, service: Service
) -> Decision:
    """Tell what one entry of feedback is about."""
    about = marks.read(entry.card)
    if about is None or about.kind is Kind.SUGGESTION:
        kind = rule = revision = UNKNOWN
    else:
        kind, rule, revision = about.kind.value, about.rule, _revision(about)
    return Decision(
        kind=kind,
        rule=rule,
        revision=revision,
        outcome=entry.outcome,
        orders=_orders(entry, marks) if isinstance(entry, AcceptedFeedback) else (),
        reasons=_reasons(entry, service) if isinstance(entry, OverriddenFeedback) else (),
    )


def _revision(about: About) -> str:
    return "current" if about.current else OTHER


def _orders(entry: AcceptedFeedback, marks: Marks) -> tuple[str, ...]:
    """The order behind each suggestion; one that is named twice was accepted once."""
    uuids = dict.fromkeys(suggestion.id for suggestion in entry.accepted_suggestions)
    return tuple(_order(marks.read(uuid)) for uuid in uuids)


def _order(about: About | None) -> str:
    return UNKNOWN if about is None or about.kind is not Kind.SUGGESTION else about.rule


def _reasons(entry: OverriddenFeedback, service: Service) -> tuple[str, ...]:
    given = {
        _listed(code, system, service)
        for reasons in (entry.override_reason, entry.override_reasons)
        for code, system in _codings(reasons)
    }
    return tuple(sorted(given)) or (NONE,)


def _codings(
    reasons: OverrideReason | tuple[OverrideReason, ...] | None,
) -> Iterator[tuple[str, str | None]]:
    """Code and system of each reason that was given, wherever in it they stand."""
    for reason in reasons if isinstance(reasons, tuple) else (reasons,):
        coding = reason and (reason.reason or reason)
        if coding is not None and coding.code is not None:
            yield coding.code, coding.system


def _listed(code: str, system: str | None, service: Service) -> str:
    """The code, if it is one of those that the service offers."""
    for offered in service.override_reasons:
        if code == offered.code and system in (offered.system, None, ""):
            return code
    return OTHER
