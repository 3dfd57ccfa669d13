"""Reading of what people wrote: labels, answers and narratives, against all findings' terms."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from orbicularis.facts.fact import Mention, State
from orbicularis.fhir.relevance import Relevance
from orbicularis.fhir.text.fold import fold
from orbicularis.fhir.text.pattern import PatternIndex, patterns
from orbicularis.fhir.text.phrase import Run, phrase
from orbicularis.fhir.text.reach import Effect, Reach, trigger_phrases
from orbicularis.fhir.text.search import spans
from orbicularis.fhir.text.spotter import Spotter
from orbicularis.fhir.text.statement import Statement, statement, statements
from orbicularis.knowledge.bundle import Bundle

LONGEST = 20_000
"""How many characters of one text are searched."""

_SHORTEST_NAME = 4
_PRECEDENCE = (State.PRESENT, State.ABSENT, State.UNKNOWN)
_OPPOSITE = {State.PRESENT: State.ABSENT, State.ABSENT: State.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Said:
    """What the words of one item say.

    Attributes:
        mentions: findings that they name, each with its state.
        sites: body sites that they name.
    """

    mentions: tuple[Mention, ...] = ()
    sites: frozenset[str] = frozenset()


class Prose:
    """Finds terms of the rules in text; compiled once from the bundle."""

    def __init__(self, bundle: Bundle, relevance: Relevance) -> None:
        """Read all terms and build the matcher over them."""
        language = bundle.language
        lists = {
            name: tuple(phrase(entry) for entry in entries)
            for name, entries in language.words.items()
        }
        every = list(patterns(bundle.findings.values(), lists))
        self._patterns = PatternIndex(every)
        self._triggers = trigger_phrases(language.triggers)
        self._sites = [
            (name, phrase(words)) for name, site in language.sites.items() for words in site.words
        ]
        self._names = dict(_names(bundle, relevance))
        runs = chain(
            (run for pattern in every for run in pattern.every_run()),
            self._triggers.runs(),
            (run for _, one in self._sites for run in one.every_run()),
            self._names,
        )
        self._spotter = Spotter(runs)

    def may_name_finding(self, texts: Iterable[str]) -> bool:
        """Tell, at one look, whether the texts together may name any finding."""
        folded = fold(" ".join([text[:LONGEST] for text in texts]))
        if self._patterns.anchors.isdisjoint(self._spotter.runs_in(folded)):
            return False
        return bool(self._patterns.candidates(self._spotter.hits(folded.split())))

    def may_name_medicine(self, text: str) -> bool:
        """Tell, at one look, whether the text may name an ingredient or class."""
        return not self._names.keys().isdisjoint(self._spotter.runs_in(fold(text[:LONGEST])))

    def medicines(self, text: str) -> frozenset[str]:
        """Keys of the ingredients and classes that the text names, unless negated."""
        whole = statement(text[:LONGEST])
        hits = self._spotter.hits(whole.words)
        reach = Reach(whole, hits, self._triggers)
        return frozenset(
            key
            for run, keys in self._names.items()
            for span in hits.get(run, ())
            if not reach.is_negated(span)
            for key in keys
        )

    def read(
        self, labels: Sequence[str], values: Sequence[str] = (), answer: State | None = None
    ) -> Said:
        """Read one item: its labels (wordings of one thing), then what is answered to it.

        Args:
            labels: the words of the code, each with those of the body site.
            values: the words of an answer that is more than yes or no.
            answer: present, absent or unknown, when the answer says just that.
        """
        found: list[Mention] = []
        sites: set[str] = set()
        for text, since in _readings(labels, values):
            unanswered = text.is_question and answer is None
            said = self._mentions(text, since)
            found += (_answered(one, State.UNKNOWN) for one in said) if unanswered else said
            if since == 0:
                sites.update(self._sites_of(text))
        if answer is not None:
            found = [_answered(mention, answer) for mention in found]
        return Said(tuple(_merged(found)), frozenset(sites))

    def state(self, label: str, value: str) -> State:
        """Tell what a written answer says of the thing that the label names."""
        head = statement(label[:LONGEST] or "it")
        first = next(statements(value[:LONGEST]), None)
        if first is None:
            return State.UNKNOWN
        alone = Reach(first, self._spotter.hits(first.words), self._triggers)
        if alone.closes(Effect.BEFORE) or alone.closes(Effect.AFTER):
            return State.ABSENT
        whole = statement(f"{head.text}: {first.text}")
        reach = Reach(whole, self._spotter.hits(whole.words), self._triggers)
        span = (0, len(head.words))
        if reach.is_about_somebody_else(span) or reach.is_hypothetical(span):
            return State.UNKNOWN
        return State.ABSENT if reach.is_negated(span) else State.PRESENT

    def _mentions(self, text: Statement, since: int) -> Iterator[Mention]:
        hits = self._spotter.hits(text.words)
        candidates = self._patterns.candidates(hits)
        if not candidates:
            return
        reach = Reach(text, hits, self._triggers)
        for pattern in candidates:
            mention = pattern.judge(text, hits, reach, since)
            if mention is not None:
                yield mention

    def _sites_of(self, text: Statement) -> Iterator[str]:
        hits = self._spotter.hits(text.words)
        found = [(name, spans(one, hits)) for name, one in self._sites]
        named = [(name, places) for name, places in found if places]
        if named:
            reach = Reach(text, hits, self._triggers)
            for name, places in named:
                if not all(reach.is_negated(span) for span in places):
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


def _readings(labels: Sequence[str], values: Sequence[str]) -> Iterator[tuple[Statement, int]]:
    """Yield statements to read, each with how many of its first words are mere context.

    An answer's first statement is one with its label. The label is context to those that
    follow: it may say that they are about a relative, but it names nothing again.
    """
    labels = [label[:LONGEST] for label in labels] or [""]
    if not values:
        for label in labels:
            yield statement(label, is_question=label.rstrip().endswith("?")), 0
    for value in values:
        for number, part in enumerate(statements(value[:LONGEST])):
            for label in labels if number == 0 else labels[:1]:
                context = 0 if number == 0 else len(statement(label).words)
                yield statement(f"{label}: {part.text}" if label else part.text), context


def _answered(mention: Mention, answer: State) -> Mention:
    """Turn what a label says by the answer to it."""
    if answer is State.PRESENT:
        return mention
    state = _OPPOSITE.get(mention.state, State.UNKNOWN)
    return replace(mention, state=state if answer is State.ABSENT else State.UNKNOWN)


def _merged(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Keep one mention per finding and time; what is said to be there outweighs the rest."""
    best: dict[tuple[str, bool], Mention] = {}
    for mention in mentions:
        key = (mention.finding, mention.history)
        known = best.get(key)
        if known is None or _weight(mention) < _weight(known):
            best[key] = mention
    for key in sorted(best):
        yield best[key]


def _weight(mention: Mention) -> tuple[int, str]:
    return _PRECEDENCE.index(mention.state), mention.quote
