"""Makes small charts from facts, without FHIR."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from orbicularis.facts.assessment import Assessment, FindingResult
from orbicularis.facts.chart import AnswerKind, Chart, Person, SourceAnswer
from orbicularis.facts.fact import Fact, Mention, Progress, Quantity, Source, State
from orbicularis.knowledge.bundle import Bundle
from orbicularis.reasoning.assess import assess
from orbicularis.reasoning.findings import Findings

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

_numbers = count(1)


def fact(source: Source, concept: str | None = None, **more: Any) -> Fact:
    """Make a fact of an hour ago, with a reference of its own."""
    kind = source.value.capitalize()
    return Fact(
        **{
            "source": source,
            "reference": f"{kind}/{next(_numbers):04}",
            "label": concept or kind,
            "concepts": frozenset({concept} if concept else ()),
            "at": NOW - HOUR,
            **more,
        }
    )


def seen(concept: str, state: State = State.PRESENT, **more: Any) -> Fact:
    """Make an Observation of a finding."""
    return fact(Source.OBSERVATION, concept, state=state, **more)


def problem(concept: str, progress: Progress = Progress.ACTIVE, **more: Any) -> Fact:
    """Make a Condition, active unless told otherwise."""
    return fact(Source.CONDITION, concept, progress=progress, **more)


def done(concept: str, **more: Any) -> Fact:
    """Make a Procedure."""
    return fact(Source.PROCEDURE, concept, **more)


def taken(concept: str, progress: Progress = Progress.ACTIVE, **more: Any) -> Fact:
    """Make a medication, current unless told otherwise."""
    return fact(Source.MEDICATION, concept, progress=progress, **more)


def said(finding: str, state: State = State.PRESENT, **more: Any) -> Fact:
    """Make an Observation whose words name a finding."""
    history = more.pop("history", False)
    source = more.pop("source", Source.OBSERVATION)
    return fact(source, None, mentions=(Mention(finding, state, finding, history),), **more)


def result(concept: str, value: float | None = None, unit: str | None = None, **more: Any) -> Fact:
    """Make a laboratory result; ``low``, ``high``, ``comparator``... belong to its number."""
    names = ("comparator", "low", "high", "range_unit")
    numbers = {name: more.pop(name) for name in names if name in more}
    quantity = Quantity(value, unit, **numbers) if value is not None or numbers else None
    return fact(Source.OBSERVATION, concept, quantity=quantity, **more)


def chart(*facts: Fact, now: datetime = NOW, **more: Any) -> Chart:
    """Make a chart whose sources have all answered."""
    answers = {
        key: SourceAnswer(key, AnswerKind.ANSWERED, index=key == "symptoms")
        for key in ("symptoms", "laboratory")
    }
    return Chart(
        **{
            "patient_id": "p1",
            "encounter_id": None,
            "hook_instance": "instance",
            "now": now,
            "person": Person(),
            "facts": facts,
            "answers": answers,
            "resources": len(facts),
            **more,
        }
    )


def look_up(bundle: Bundle, name: str, *facts: Fact, **more: Any) -> FindingResult:
    """Evaluate one finding over facts."""
    return Findings(chart(*facts, **more), bundle)(name)


def state_of(bundle: Bundle, name: str, *facts: Fact, **more: Any) -> State:
    """Give the state of one finding over facts."""
    return look_up(bundle, name, *facts, **more).state


def assessed(bundle: Bundle, *facts: Fact, **more: Any) -> Assessment:
    """Assess facts with the bundle's only service."""
    (service,) = bundle.services.values()
    return assess(chart(*facts, **more), bundle, service)
