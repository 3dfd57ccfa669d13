"""Reading of what people wrote: labels, answers and narratives, against all findings' terms."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from itertools import chain
from typing import NamedTuple, Self

from orbicularis.facts.fact import Mention, State
from orbicularis.fhir.relevance import Relevance
from orbicularis.fhir.text.fold import fold
from orbicularis.fhir.text.pattern import PatternIndex, patterns
from orbicularis.fhir.text.phrase import Run, any_of, phrase
from orbicularis.fhir.text.places import Places
from orbicularis.fhir.text.reach import Effect, Reach, trigger_phrases
from orbicularis.fhir.text.spotter import Hits, Spotter
from orbicularis.fhir.text.statement import Statement, cut, parts
from orbicularis.knowledge.bundle import Bundle

LONGEST = 20_000
"""How many characters of one text are searched."""

MOST_STATEMENTS = 100
"""How many statements of one text are weighed, of those that name anything."""

_SHORTEST_NAME = 4


class Heard(NamedTuple):
    """What texts name, before anything is said to them in answer.

    Attributes:
        told: findings that statements name, each as often as it is named.
        asked: those that questions name, as if they had been statements.
        sites: body sites.
    """

    told: list[Mention]
    asked: list[Mention]
    sites: set[str]


_SILENCE = Heard([], [], set())


class Prose:
    """Finds terms of the rules in text; compiled once from the bundle."""

    def __init__(self, bundle: Bundle, relevance: Relevance) -> None:
        """Read all terms and build the matcher over them."""
        language = bundle.language
        lists = {name: any_of(words) for name, words in language.words.items()}
        every = list(patterns(bundle.findings.values(), lists))
        self._every = tuple(every)
        self._patterns = PatternIndex(every)
        self._triggers = trigger_phrases(language.triggers)
        self._sites = {name: any_of(site.words) for name, site in language.sites.items()}
        self._names = dict(_names(bundle, relevance))
        sites = (site.every_run() for site in self._sites.values())
        self._site_runs = frozenset(chain.from_iterable(sites))
        runs = (pattern.every_run() for pattern in every)
        # Word lists stand in many patterns, so most runs come again and again.
        every_run = {*self._names, *self._triggers.runs, *self._site_runs, *chain(*runs)}
        self._spotter = Spotter(every_run)

    def narrowed(self, findings: AbstractSet[str], medicines: AbstractSet[str]) -> Self:
        """The same terms, of which only those of these findings and medicines are looked for."""
        narrow = copy(self)
        narrow._patterns = PatternIndex(one for one in self._every if one.finding in findings)
        narrow._names = {run: keys & medicines for run, keys in self._names.items()}
        narrow._names = {run: keys for run, keys in narrow._names.items() if keys}
        return narrow

    def may_name_finding(self, texts: Iterable[str]) -> bool:
        """Tell, at one look, whether the texts together may name any finding."""
        folded = fold(" ".join([text[:LONGEST] for text in texts]))
        return bool(self._patterns.candidates(self._spotter.runs_in(folded)))

    def _may_tell(self, text: str) -> bool:
        """Tell, at one look, whether a text may name any finding or site."""
        runs = self._spotter.runs_in(fold(text[:LONGEST]))
        return not self._site_runs.isdisjoint(runs) or bool(self._patterns.candidates(runs))

    def may_name_medicine(self, text: str) -> bool:
        """Tell, at one look, whether the text may name an ingredient or class."""
        return not self._names.keys().isdisjoint(self._spotter.runs_in(fold(text[:LONGEST])))

    def medicines(self, text: str) -> frozenset[str]:
        """Keys of the ingredients and classes that the text names, unless negated."""
        whole = Statement(text[:LONGEST])
        hits = self._spotter.hits(whole.words)
        named = self._names.keys() & hits.keys()
        reach = Reach(whole, hits, self._triggers) if named else None
        return frozenset(
            key
            for run in named
            if reach and not all(reach.is_negated(span) for span in hits[run])
            for key in self._names[run]
        )

    def alone(self, text: str) -> Heard:
        """Read a text by itself; one that nothing can be in costs one look."""
        if not self._may_tell(text):
            return _SILENCE
        return self._heard(("",), (text,))

    def answered(self, labels: Sequence[str], values: Sequence[str]) -> Heard:
        """Read answers with their labels.

        An answer's first statement is one with its label. To those that follow the label is
        mere context: it may say that they are about a relative, but names nothing again.
        """
        return self._heard(labels or ("",), values)

    def state(self, label: str, value: str) -> State:
        """Tell what a written answer says of the thing that the label names."""
        first = _first(value)
        if not first.words:
            return State.UNKNOWN
        alone = Reach(first, self._spotter.hits(first.words), self._triggers)
        if alone.is_only(Effect.BEFORE) or alone.is_only(Effect.AFTER):
            return State.ABSENT
        head = _first(label)
        head = head if head.words else Statement("it")
        whole = Statement(f"{head.text}: {first.text}")
        reach = Reach(whole, self._spotter.hits(whole.words), self._triggers)
        span = (0, len(head.words))
        if reach.is_about_somebody_else(span) or reach.is_hypothetical(span):
            return State.UNKNOWN
        return State.ABSENT if reach.is_negated(span) else State.PRESENT

    def _heard(self, labels: Sequence[str], texts: Sequence[str]) -> Heard:
        heard = Heard([], [], set())
        for text, since in self._statements(labels, texts):
            hits = self._spotter.hits(text.words)
            mentions = heard.asked if text.is_question else heard.told
            mentions += self._mentions(text, hits, since)
            if since == 0:
                heard.sites.update(self._sites_of(text, hits))
        return heard

    def _statements(
        self, labels: Sequence[str], texts: Sequence[str]
    ) -> Iterator[tuple[Statement, int]]:
        """Yield statements, each with how many of its first words are mere context."""
        heads = [_first(label) for label in labels]
        for text in texts:
            opening, *others = self._worth_weighing(text)
            for head in heads:
                yield _joined(head, opening), 0
            for other in others:
                yield _joined(heads[0], other), len(heads[0].words)

    def _worth_weighing(self, text: str) -> Iterator[Statement]:
        """Yield the first statement of a text, then those that may name a finding."""
        first = True
        weighed = 0
        for part, is_question in parts(text[:LONGEST]):
            if first or self.may_name_finding((part,)):
                for one in cut(Statement(part, is_question=is_question)):
                    yield one
                    first = False
                    weighed += 1
            if weighed >= MOST_STATEMENTS:
                return
        if first:
            yield Statement("")

    def _mentions(self, text: Statement, hits: Hits, since: int) -> Iterator[Mention]:
        """What a statement says; its words before ``since`` are mere context."""
        candidates = self._patterns.candidates(hits.keys())
        if not candidates:
            return
        reach = Reach(text, hits, self._triggers)
        places = Places(hits, reach.barriers)
        for pattern in candidates:
            mention = pattern.judge(text, places, reach, since)
            if mention is not None:
                yield mention

    def _sites_of(self, text: Statement, hits: Hits) -> Iterator[str]:
        if self._site_runs.isdisjoint(hits):
            return
        places = Places(hits)
        named = {name: found for name, one in self._sites.items() if (found := places.of(one))}
        if named:
            reach = Reach(text, hits, self._triggers)
            for name, found in named.items():
                if not all(reach.is_negated(span) for span in found):
                    yield name


def _names(bundle: Bundle, relevance: Relevance) -> Iterator[tuple[Run, frozenset[str]]]:
    """Names of ingredients and classes, as the terminology table has them."""
    names: dict[Run, set[str]] = {}
    for key in relevance.medicines:
        concept = bundle.concepts[key]
        for name in (concept.preferred_term, *(code.display for code in concept.codes)):
            if len(fold(name)) >= _SHORTEST_NAME:
                for run in phrase(fold(name)).every_run():
                    names.setdefault(run, set()).add(key)
    for run, keys in names.items():
        yield run, frozenset(keys)


def _first(value: str) -> Statement:
    """The first statement of a text that has any word; an empty one when none has."""
    for part, is_question in parts(value[:LONGEST]):
        whole = Statement(part, is_question=is_question)
        if whole.words:
            return next(cut(whole))
    return Statement("")


def _joined(head: Statement, part: Statement) -> Statement:
    """Make one statement of a label and what is answered to it."""
    if not head.words:
        return part
    return Statement(f"{head.text}: {part.text}", is_question=part.is_question)
