"""Card text: what CDS Hooks limits, measured with the longest words that can fill it."""

from collections.abc import Iterator

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.cause import Cause
from orbicularis.knowledge.finding import Finding
from orbicularis.knowledge.red_flag import RedFlag
from orbicularis.knowledge.rules import RuleFile, Rules
from orbicularis.knowledge.service import Service
from orbicularis.knowledge.source import Steps

SUMMARY_LIMIT = 139
"""Most characters of a card's summary: "fewer than 140" (CDS Hooks 2.0, Card attributes)."""

_TEMPLATES = (
    ("differential", "summary"),
    ("differential", "summary_alone"),
    ("differential", "summary_known"),
    ("differential", "summary_unexplained"),
    ("alert", "summary_more"),
)


def summaries_fit(rules: Rules) -> Iterator[Problem]:
    """Tell summaries that the longest title and band make too long, or that cannot be filled."""
    for file, service in rules.each(Service):
        words = _longest(rules, service)
        for section, name in _TEMPLATES:
            steps = ("wording", section, name)
            template = getattr(getattr(service.wording, section), name)
            try:
                filled = template.format(**words)
            except ValueError as error:
                yield file.problem("K601", steps, f"the template cannot be filled: {error}")
            else:
                yield from _fit(file, steps, filled)
        yield from _fit(file, ("wording", "gap_card", "summary"), service.wording.gap_card.summary)


def _fit(file: RuleFile, steps: Steps, filled: str) -> Iterator[Problem]:
    over = len(filled) - SUMMARY_LIMIT
    if over > 0:
        what = f"this summary can have {len(filled)} characters; at most {SUMMARY_LIMIT}"
        yield file.problem("K602", steps, what, f'take {over} away, here or from: "{filled}"')


def phrases_fit_sentences(rules: Rules) -> Iterator[Problem]:
    """Tell phrases that end a sentence or a line."""
    for file, finding in rules.each(Finding):
        if finding.phrase.endswith(".") or "\n" in finding.phrase:
            what = "the phrase ends with a full stop or has several lines"
            yield file.problem("K603", ("phrase",), what)


def _longest(rules: Rules, service: Service) -> dict[str, str]:
    """Return for each place of a summary the longest words that can stand there."""
    findings = rules.by_id(Finding)
    indexed = [findings[name].title for name in service.index if name in findings]
    titles = [cause.title for _, cause in rules.each(Cause)]
    summaries = [flag.summary for _, flag in rules.each(RedFlag)]
    bands = list(service.wording.bands.model_dump().values())
    return {
        "finding": max(indexed, key=len, default=""),
        "cause": max(titles, key=len, default=""),
        "summary": max(summaries, key=len, default=""),
        "band": max(bands, key=len),
        "more": "99",
    }
