"""The words that mutations are made of: those of the rules, of FHIR, and of trouble."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from orbicularis.knowledge.bundle import Bundle
from tests.cards.hostile import HOSTILE
from tests.fuzz.refusals import MARK

Json = Any

UNITS = (
    "mmol/L", "mg/dL", "meq/L", "mEq/L", "umol/L", "µmol/L", "g/L", "g/dL", "ng/mL", "%", "1",
    "mU/L", "[IU]/L", "U/L", "/min", "mm[Hg]", "Cel", "mg/L", "", "mmol", MARK, "mg/dL/L/kg",
)  # fmt: skip
NUMBERS: tuple[Json, ...] = (
    0, -0.0, 1, -1, 0.4, 0.5, 1.1, 1.12, 1.9, 2.05, 2.1, 2.6, 4, 7, 7.9, 8.5, 10.5, 15, 35, 120,
    140, 1e3, 1e-9, 1e15, 1e308, 5e-324, 9.99e307, 2**31, 2**53 + 1, 2**63, 2**64, 10**40,
)  # fmt: skip
DATES = (
    "2026-06-15", "2026-06-15T11:00:00Z", "2026-06-15T12:00:00Z", "2026-06-15T12:00:01Z",
    "2026-06-14T12:00:00+14:00", "2026-06", "2026", "2025-12-31T23:59:60Z", "2026-02-30",
    "0001-01-01", "0000-01-01", "9999-12-31T23:59:59-23:59", "10000-01-01", "1900-02-29",
    "2026-06-15T11:00", "2026-06-15T24:00:00Z", "2026-06-15 11:00:00", "20260615", "-2026",
    "2026-06-15T11:00:00.123456789Z", "2026-06-15T11:00:00+25:00", "2027-01-01", "1926-06-15",
)  # fmt: skip
STATUSES = (
    "final", "preliminary", "registered", "amended", "corrected", "cancelled", "entered-in-error",
    "active", "completed", "draft", "on-hold", "stopped", "revoked", "unknown", "inactive",
    "resolved", "remission", "refuted", "provisional", "confirmed", "in-progress", "finished",
)  # fmt: skip
REFERENCES = (
    "Patient/vignette", "vignette", "#a", "#", "Observation/observation-1", "Medication/m1",
    "urn:uuid:d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", "urn:uuid:x", "Patient/other", "/", "",
    "https://ehr.example.org/fhir/Patient/vignette", "https://ehr.example.org/Patient/vignette/_history/1",
    "Patient/vignette/", MARK, f"Patient/{MARK}", "Encounter/vignette-encounter",
)  # fmt: skip
TROUBLE = (
    *HOSTILE, MARK, f"no {MARK}", "", " ", "\x00", "\ud800", "\udfff", "é", "ﬁ", "İ", "ß", "ẞ",
    "a" * 2_000, "no " * 300, "left arm " * 100, "\u202e", "\U0001d517\U0001d534", "TWITCHING",
    "http://example.org", f"https://{MARK}.example", "1e400", "-", ".", ",", ";", "(", ")",
)  # fmt: skip
NEGATED = (
    "no {}", "denies {}", "{} not seen", "without {}", "family history of {}", "history of {}",
    "possible {}", "{}, resolved", "mother has {}", "not only {}", "{} - no", "no longer {}",
    "{}? no.", "if {} then call", "{} {}", "rule out {}",
)  # fmt: skip


@dataclass
class Vocabulary:
    """What values a name may have, gathered from the seeds, and what the rules know.

    Attributes:
        values: values by the name under which they stand in the seeds.
        names: names by the type of resource in which they stand.
        resources: whole resources of the seeds.
        codings: every coding of the rules.
        phrases: titles and displays, from which texts are made.
    """

    values: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    resources: list[dict[str, Json]] = field(default_factory=list)
    codings: list[dict[str, str]] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, bundle: Bundle, requests: Iterable[Json]) -> "Vocabulary":
        """Gather the words."""
        made = cls()
        made.codings = list(_codings(bundle))
        made.phrases = sorted(
            {coding["display"] for coding in made.codings}
            | {finding.title for finding in bundle.findings.values()}
            | {finding.phrase for finding in bundle.findings.values()}
        )
        for request in requests:
            made._gather(request)
        return made

    def _gather(self, tree: Json) -> None:
        if isinstance(tree, list):
            for part in tree:
                self._gather(part)
        elif isinstance(tree, dict):
            kind = tree.get("resourceType")
            if isinstance(kind, str) and kind != "Bundle":
                self.resources.append(tree)
            for name, part in tree.items():
                if name not in self.names[kind or ""]:
                    self.names[kind or ""].append(name)
                if len(self.values[name]) < 500:
                    self.values[name].append(part)
                self._gather(part)

    def dictionary(self) -> list[str]:
        """Names, codes and other short words, for mutations of bytes."""
        codes = {coding["code"] for coding in self.codings}
        return sorted({*self.values, *codes, *STATUSES, *DATES, *UNITS, *REFERENCES, MARK})

    def text(self, random: Random) -> str:
        """A text of the rules, told in some way, or trouble."""
        if random.random() < 0.3:
            return random.choice(TROUBLE)
        said = random.choice(self.phrases)
        if random.random() < 0.3:
            return random.choice(NEGATED).replace("{}", said)
        return said

    def concept(self, random: Random) -> Json:
        """A CodeableConcept of the rules, sometimes with a text."""
        codings = [random.choice(self.codings) for _ in range(random.choice((1, 1, 1, 2, 3)))]
        made: dict[str, Json] = {"coding": codings}
        if random.random() < 0.3:
            made["text"] = self.text(random)
        return made

    def value(self, name: str, random: Random) -> Json:
        """A value that may stand under a name: of its kind, or seen there before."""
        kind = _KINDS.get(name)
        if kind is not None and random.random() < 0.6:
            return random.choice(kind)
        if name in ("code", "medicationCodeableConcept", "valueCodeableConcept"):
            return self.concept(random)
        if name in ("text", "display", "valueString"):
            return self.text(random)
        seen = self.values.get(name)
        return random.choice(seen) if seen else self.text(random)


def _codings(bundle: Bundle) -> Iterator[dict[str, str]]:
    for concept in bundle.concepts.values():
        for code in concept.codes:
            system = bundle.systems.get(code.system)
            for uri in (system.uri, *system.aliases) if system else (code.system,):
                yield {"system": uri, "code": code.code, "display": code.display}


_KINDS: dict[str, tuple[Json, ...]] = {
    "value": NUMBERS,
    "unit": (*UNITS, *HOSTILE),
    "status": STATUSES,
    "reference": REFERENCES,
    "comparator": ("<", "<=", ">=", ">", "ad", "~"),
    **dict.fromkeys(
        ("effectiveDateTime", "recordedDate", "onsetDateTime", "authoredOn", "issued", "start",
         "end", "birthDate", "performedDateTime", "abatementDateTime", "lastUpdated"),
        DATES,
    ),
}  # fmt: skip
