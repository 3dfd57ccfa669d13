"""The source attributes of a bundle: computed from its rules, declared where they cannot be.

Thirteen attributes of an evidence-based decision support intervention have to be shown to its
users (45 CFR 170.315(b)(11)(iv)(A)).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from orbicularis.knowledge.base import CONSENSUS, KnowledgeFile
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.cause import Cause
from orbicularis.knowledge.file_kind import CAUSE, FINDING, RED_FLAG, SERVICE
from orbicularis.knowledge.finding import DemographicPattern, Finding
from orbicularis.knowledge.reference import Reference
from orbicularis.knowledge.source_attribute import Declared, PersonalData
from orbicularis.pages.uses import Rule, uses

_TITLES = {
    PersonalData.RACE: "Use of race",
    PersonalData.ETHNICITY: "Use of ethnicity",
    PersonalData.LANGUAGE: "Use of language",
    PersonalData.SEXUAL_ORIENTATION: "Use of sexual orientation",
    PersonalData.GENDER_IDENTITY: "Use of gender identity",
    PersonalData.SEX: "Use of sex",
    PersonalData.DATE_OF_BIRTH: "Use of date of birth",
    PersonalData.SOCIAL_DETERMINANTS: "Use of social determinants of health",
    PersonalData.HEALTH_STATUS: "Use of health status assessments",
}

_READ_AS = {PersonalData.SEX: "sex", PersonalData.DATE_OF_BIRTH: "age_years"}
"""Kinds of data that a demographic recogniser reads, by its key; it can read no other."""


@dataclass(frozen=True, slots=True)
class SourceAttribute:
    """One of the thirteen.

    Attributes:
        number: its place in the list.
        id: stable name, also its anchor.
        title: what it is.
        text: what is said of it.
        used: whether a rule uses these data, computed; None where it is no question of use.
        findings: findings that read them.
        rules: causes, red flags and services that follow from these.
        references: the literature, by id.
    """

    number: int
    id: str
    title: str
    text: str
    used: bool | None = None
    findings: tuple[Rule, ...] = ()
    rules: tuple[Rule, ...] = ()
    references: tuple[str, ...] = ()


def source_attributes(bundle: Bundle) -> tuple[SourceAttribute, ...]:
    """All thirteen, in the order of the regulation."""
    manifest = bundle.manifest
    cited = cited_references(bundle)
    told = [
        SourceAttribute(
            1,
            "citation",
            "Bibliographic citation",
            f"{len(cited)} references stand behind the rules; each rule's page tells which.",
            references=cited,
        ),
        SourceAttribute(2, "developer", "Developer", manifest.developer),
        SourceAttribute(3, "funding", "Funding source", manifest.funding),
        SourceAttribute(4, "dates", "Release and revision dates", _dates(bundle)),
    ]
    told += [_of_person(number, kind, bundle) for number, kind in enumerate(PersonalData, start=5)]
    return tuple(told)


def as_json(bundle: Bundle) -> bytes:
    """The same for machines."""
    return msgspec.json.format(msgspec.json.encode(_as_data(bundle)), indent=2) + b"\n"


def _as_data(bundle: Bundle) -> dict[str, Any]:
    manifest = bundle.manifest
    return {
        "name": manifest.name,
        "title": manifest.title,
        "version": manifest.version,
        "revision": bundle.revision,
        "released": manifest.released.isoformat(),
        "revised": manifest.revised.isoformat(),
        "review": manifest.review,
        "attributes": [_attribute(one, bundle) for one in source_attributes(bundle)],
    }


def _attribute(one: SourceAttribute, bundle: Bundle) -> dict[str, Any]:
    data: dict[str, Any] = {"number": one.number, "id": one.id, "title": one.title}
    data |= {"text": one.text}
    if one.used is not None:
        data["used"] = one.used
        data["findings"] = [rule.id for rule in one.findings]
        data["rules"] = [f"{rule.kind.path}{rule.id}" for rule in one.rules]
    if one.references:
        data["references"] = [_citation(key, bundle.references[key]) for key in one.references]
    return data


def _citation(key: str, reference: Reference) -> dict[str, str]:
    given = {"id": key, "citation": reference.citation, "url": reference.url}
    return {name: value for name, value in given.items() if value is not None}


def cited_references(bundle: Bundle) -> tuple[str, ...]:
    """Ids of all references that a rule in use names, sorted."""
    return tuple(sorted(set(_cited(bundle)) - {CONSENSUS}))


def _cited(bundle: Bundle) -> Iterator[str]:
    for rule in all_rules(bundle):
        yield from rule.references
        if isinstance(rule, Cause):
            yield from (key for line in rule.evidence for key in line.references)


def all_rules(bundle: Bundle) -> Iterator[KnowledgeFile]:
    """Every rule of a bundle."""
    yield from bundle.causes.values()
    yield from bundle.red_flags.values()
    yield from bundle.findings.values()
    yield from bundle.orders.values()
    yield from bundle.measurements.values()
    yield from bundle.services.values()


def _dates(bundle: Bundle) -> str:
    manifest = bundle.manifest
    reviewed = [rule.reviewed for rule in all_rules(bundle)]
    span = f"{min(reviewed)} and {max(reviewed)}" if min(reviewed) != max(reviewed) else ""
    when = f"between {span}" if span else f"on {max(reviewed)}"
    return (
        f"Version {manifest.version}, released {manifest.released}, revised "
        f"{manifest.revised}. Each rule was last held against its "
        f"sources {when}. {manifest.review}"
    )


def _of_person(number: int, kind: PersonalData, bundle: Bundle) -> SourceAttribute:
    declared = bundle.manifest.source_attributes.get(kind)
    findings = reading(kind, declared, bundle)
    return SourceAttribute(
        number=number,
        id=kind.value,
        title=_TITLES[kind],
        text=declared.how if declared else "The makers of these rules have not told.",
        used=bool(findings),
        findings=tuple(Rule(FINDING, key) for key in findings),
        rules=_following(findings, bundle),
    )


def reading(kind: PersonalData, declared: Declared | None, bundle: Bundle) -> tuple[str, ...]:
    """Findings that read one kind of data: found in the rules, and those declared; sorted."""
    key = _READ_AS.get(kind)
    found = {one.id for one in bundle.findings.values() if key and _reads(one, key)}
    named = declared.findings if declared else ()
    return tuple(sorted(found | bundle.findings.keys() & set(named)))


def _reads(finding: Finding, key: str) -> bool:
    patterns: Iterable[DemographicPattern | None]
    patterns = (by.demographic for by in finding.recognised_by)
    return any(one is not None and getattr(one, key) is not None for one in patterns)


def _following(findings: tuple[str, ...], bundle: Bundle) -> tuple[Rule, ...]:
    """Causes, red flags and services that use the findings, or what is made of them."""
    used = uses(bundle)
    reached = bundle.asked.reached_from(findings) if findings else frozenset()
    by = {use.by for key in reached for use in used.get(Rule(FINDING, key), ())}
    return tuple(
        rule
        for kind in (CAUSE, RED_FLAG, SERVICE)
        for rule in sorted(by, key=lambda rule: rule.id)
        if rule.kind is kind
    )
