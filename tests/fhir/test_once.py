"""Work is done once: what is of no use is dismissed by the first look, and never decoded."""

from collections import Counter

import msgspec
import pytest

from orbicularis.fhir import reader as reading
from orbicularis.fhir.decoding import Decode
from orbicularis.fhir.reader import Reader
from orbicularis.fhir.text.prose import Prose
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.service import Service
from tests.fhir.chart import NOW, call, observation, searchset

ODD = 7
"""How many codes the records of no use have between them."""


def _useless(count: int) -> list[dict[str, object]]:
    return [
        observation(
            f"u{number % ODD}",
            f"Test {number % ODD}",
            id=f"u{number}",
            valueQuantity={"value": number, "unit": "mg/dL"},
        )
        for number in range(count)
    ]


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count records that are read whole."""
    counted: Counter[str] = Counter()

    def counting(kind: str, read: object) -> object:
        def count(*args: object) -> object:
            counted[kind] += 1
            return read(*args)  # type: ignore[operator]

        return count

    for kind, read in reading._READERS.items():
        monkeypatch.setitem(reading._READERS, kind, counting(kind, read))
    return counted


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count parts that are decoded at the first look, and texts that are searched."""
    counted: Counter[str] = Counter()
    decode, search = Decode.__call__, Prose.may_name_finding

    def decoding(self: Decode[object], raw: msgspec.Raw) -> object:
        counted["parts"] += 1
        return decode(self, raw)

    def searching(self: Prose, texts: list[str]) -> bool:
        counted["texts"] += 1
        return search(self, texts)

    monkeypatch.setattr(Decode, "__call__", decoding)
    monkeypatch.setattr(Prose, "may_name_finding", searching)
    return counted


def test_a_thousand_records_of_no_use_are_never_decoded(
    reader: Reader, service: Service, decoded: Counter[str]
) -> None:
    chart = reader.read(call(prefetch={"symptoms": searchset(*_useless(1000))}), service, NOW)
    assert (chart.facts, chart.resources) == ((), 1000)
    assert decoded == {}


def test_one_of_use_among_them_is_decoded_alone(
    reader: Reader, service: Service, decoded: Counter[str]
) -> None:
    some = [*_useless(1000), observation(None, "Twitching of upper lip")]
    chart = reader.read(call(prefetch={"symptoms": searchset(*some)}), service, NOW)
    assert len(chart.facts) == 1
    assert decoded == {"Observation": 1}


def test_the_first_look_grows_with_the_codes_and_not_with_the_records(
    small: Bundle, service: Service, parts: Counter[str]
) -> None:
    seen = []
    for count in (100, 1000):
        reader = Reader(small)
        parts.clear()
        reader.read(call(prefetch={"symptoms": searchset(*_useless(count))}), service, NOW)
        seen.append(dict(parts))
    assert seen[0] == seen[1]
    assert seen[0]["texts"] == ODD
