"""What triggers do to the words near them: negation, other persons, history, possibility.

Negation is NegEx's: a trigger before or after a term, a window of words, words that end its
reach, and look-alikes that negate nothing. Beyond that:

- forward, a trigger of another kind reaches to the end of its clause; backward, to the last
  comma, and a trigger of history or possibility only when it closes the clause ("twitching
  years ago", not "twitching, history of thyroidectomy");
- a trigger after the term that negates it crosses no comma but one right before it.
"""

from dataclasses import dataclass
from enum import StrEnum

from orbicularis.fhir.text.phrase import Choice, Run, any_of
from orbicularis.fhir.text.places import Places
from orbicularis.fhir.text.spotter import Hits, Span
from orbicularis.fhir.text.statement import Statement
from orbicularis.knowledge.language import Triggers


class Effect(StrEnum):
    """What a trigger does."""

    BEFORE = "before"
    AFTER = "after"
    NOT_NEGATING = "not_negating"
    ENDS = "ends"
    OTHER_PERSON = "other_person"
    HISTORY = "history"
    HYPOTHETICAL = "hypothetical"


@dataclass(frozen=True, slots=True)
class TriggerPhrases:
    """The triggers of the rules, ready for matching; each effect's are one set of choices.

    Attributes:
        window: how many words a negation reaches.
        choices: what has each effect.
        runs: every run that the matcher has to look for.
    """

    window: int
    choices: tuple[tuple[Effect, Choice], ...]
    runs: frozenset[Run]


def trigger_phrases(triggers: Triggers) -> TriggerPhrases:
    """Read the triggers of ``language.yaml``."""
    choices = tuple((effect, any_of(getattr(triggers, effect))) for effect in Effect)
    runs = frozenset(run for _, choice in choices for run in choice.every_run())
    return TriggerPhrases(triggers.window, choices, runs)


def _every(hits: Hits, triggers: TriggerPhrases) -> list[tuple[Effect, Span]]:
    places = Places(hits)
    return [(effect, span) for effect, choice in triggers.choices for span in places.of(choice)]


class Reach:
    """The triggers of one statement."""

    def __init__(self, words: Statement, hits: Hits, triggers: TriggerPhrases) -> None:
        """Find the triggers; of two where one holds the other, the longer counts."""
        self._statement = words
        self._window = triggers.window
        every = [] if triggers.runs.isdisjoint(hits) else _every(hits, triggers)
        kept = [
            (effect, span)
            for effect, span in every
            if not any(_holds(other, span) for _, other in every)
        ]
        masks = [span for effect, span in kept if effect is Effect.NOT_NEGATING]
        self._by_effect: dict[Effect, list[Span]] = {effect: [] for effect in Effect}
        for effect, span in kept:
            if span not in masks:
                self._by_effect[effect].append(span)
        self.barriers = frozenset(
            first
            for effect in (Effect.BEFORE, Effect.AFTER, Effect.ENDS)
            for first, _ in self._by_effect[effect]
        )

    @property
    def is_silent(self) -> bool:
        """True when no trigger stands in the statement: all of it is said plainly."""
        return not any(self._by_effect.values())

    def is_negated(self, span: Span) -> bool:
        """Tell whether the words are negated."""
        first, after = span
        return any(
            trigger[1] <= first <= trigger[1] + self._window and self._open(trigger[1], first)
            for trigger in self._by_effect[Effect.BEFORE]
        ) or any(
            after <= trigger[0] <= after + self._window
            and self._open(after, trigger[0])
            and not self._comma_in(after, trigger[0] - 1)
            for trigger in self._by_effect[Effect.AFTER]
        )

    def is_about_somebody_else(self, span: Span) -> bool:
        """Tell whether the words are said of another person."""
        return any(self._reaches(trigger, span) for trigger in self._by_effect[Effect.OTHER_PERSON])

    def is_hypothetical(self, span: Span) -> bool:
        """Tell whether the words name a possibility, a plan or advice."""
        return self._applies(Effect.HYPOTHETICAL, span)

    def is_history(self, span: Span) -> bool:
        """Tell whether the words speak of the past."""
        return self._applies(Effect.HISTORY, span)

    def is_only(self, effect: Effect) -> bool:
        """Tell whether the whole statement is one trigger of that effect."""
        return (0, len(self._statement.words)) in self._by_effect[effect]

    def _applies(self, effect: Effect, span: Span) -> bool:
        return any(
            self._reaches(trigger, span) and (trigger[1] <= span[0] or self._closes_clause(trigger))
            for trigger in self._by_effect[effect]
        )

    def _reaches(self, trigger: Span, span: Span) -> bool:
        if trigger[1] <= span[0]:
            return self._open(trigger[1], span[0])
        if span[1] <= trigger[0]:
            return self._open(span[1], trigger[0]) and not self._comma_in(span[1], trigger[0])
        return False

    def _closes_clause(self, trigger: Span) -> bool:
        after = trigger[1]
        return (
            after == len(self._statement.words)
            or after in self._statement.after_comma
            or any(first == after for first, _ in self._by_effect[Effect.ENDS])
        )

    def _open(self, start: int, end: int) -> bool:
        """Tell whether nothing between two words ends a trigger's reach."""
        return not any(start <= first < end for first, _ in self._by_effect[Effect.ENDS])

    def _comma_in(self, start: int, end: int) -> bool:
        return any(start <= number <= end for number in self._statement.after_comma)


def _holds(outer: Span, inner: Span) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]
