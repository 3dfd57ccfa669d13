"""A vignette's small patient, and what is expected, in words."""

from collections.abc import Iterator

from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.file_kind import CAUSE, FINDING, ORDER, RED_FLAG
from orbicularis.knowledge.vignette import Entry, Expected, Vignette
from orbicularis.pages.uses import Rule
from orbicularis.pages.words import said

Words = tuple[str | Rule, ...]
"""A line of words, some of which are rules that have a page."""


def patient_lines(vignette: Vignette, bundle: Bundle) -> Iterator[str]:
    """Tell the patient, one line for each thing that is recorded."""
    patient = vignette.patient
    age = f"age {patient.age_years}" if patient.age_years is not None else ""
    person = ", ".join(part for part in (age, patient.sex or "") if part)
    if person:
        yield person
    groups = (
        ("", patient.observations),
        ("problem: ", patient.conditions),
        ("procedure: ", patient.procedures),
        ("takes: ", patient.medications),
        ("ordered: ", patient.orders),
        ("new problem: ", vignette.new_problems),
    )
    for words, entries in groups:
        yield from (f"{words}{_entry(entry, bundle)}" for entry in entries)
    for draft in vignette.drafts:
        selected = ", selected" if draft.selected else ""
        yield f"draft: {_entry(draft.entry, bundle)}{selected}"
    if patient.reason is not None:
        yield f"comes because of: {patient.reason}"
    yield from (f"{one['resourceType']}, as raw FHIR" for one in patient.resources)
    if patient.unreadable:
        yield f"could not be read: {', '.join(patient.unreadable)}"


def _entry(entry: Entry, bundle: Bundle) -> str:
    term = bundle.concepts[entry.code].preferred_term if entry.code is not None else ""
    parts = [" ".join(part for part in (entry.text or term, _value(entry.value)) if part)]
    if entry.site is not None:
        parts.append(entry.site)
    if entry.onset_ago is not None:
        parts.append(f"for {said(entry.onset_ago)}")
    elif "ago" in entry.model_fields_set:
        parts.append(f"{said(entry.ago)} ago")
    if entry.flag is not None:
        parts.append(f"flagged {entry.flag}")
    if entry.low is not None or entry.high is not None:
        parts.append(f"laboratory's range {_end(entry.low)} to {_end(entry.high)}")
    if entry.status is not None:
        parts.append(entry.status)
    return ", ".join(parts)


def _value(value: bool | str | None) -> str:
    return {True: "", False: "no", None: ""}[value] if isinstance(value, bool | None) else value


def _end(number: float | None) -> str:
    return "…" if number is None else f"{number:g}"


def expected_lines(expect: Expected) -> Iterator[Words]:
    """Tell what must come out, one line for each expectation."""
    if expect.nothing:
        yield ("no card",)
    if expect.first is not None:
        yield ("first: ", Rule(CAUSE, expect.first))
    for first, second in expect.above:
        yield (Rule(CAUSE, first), " above ", Rule(CAUSE, second))
    for cause, band in expect.band.items():
        yield (Rule(CAUSE, cause), f": {band.replace('-', ' ')}")
    if expect.red_flags is not None:
        yield _listed("red flags: ", [Rule(RED_FLAG, one) for one in expect.red_flags])
    if expect.indicator is not None:
        yield (f"indicator: {expect.indicator.value}",)
    lists = (
        ("listed: ", CAUSE, expect.listed),
        ("not listed: ", CAUSE, expect.not_listed),
        ("ordered: ", ORDER, expect.orders),
        ("not ordered: ", ORDER, expect.no_orders),
    )
    for words, kind, ids in lists:
        if ids:
            yield _listed(words, [Rule(kind, one) for one in ids])
    for finding, state in expect.findings.items():
        yield (Rule(FINDING, finding), f": {state}")


def _listed(words: str, rules: list[Rule]) -> Words:
    line: list[str | Rule] = [words]
    for number, rule in enumerate(rules):
        line += [", ", rule] if number else [rule]
    return tuple(line) if rules else (f"{words}none",)
