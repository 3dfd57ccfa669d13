"""What a resource is of use for, what is remembered of it, and what is then not read."""

import msgspec
import pytest

from orbicularis.facts.chart import Chart
from orbicularis.fhir import uses as module
from orbicularis.fhir.decoding import Decode
from orbicularis.fhir.reader import Reader
from orbicularis.fhir.relevance import Relevance
from orbicularis.fhir.screen import Screen
from orbicularis.fhir.source import Source
from orbicularis.fhir.structs.glance import Glance
from orbicularis.fhir.text.prose import LONGEST, Prose
from orbicularis.fhir.uses import Use, Uses, index_screen
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.service import Service
from tests.fhir.chart import NOW, Resource, call, condition, observation, raw, searchset

_glance: Decode[Glance] = Decode(Glance)

WEAKNESS = observation("weakness", valueQuantity={"value": 2.4, "unit": "cm"})


def at_a_glance(resource: Resource) -> Glance:
    return _glance(raw(resource))


@pytest.fixture
def uses(small: Bundle, service: Service) -> Uses:
    relevance = Relevance(small)
    prose = Prose(small, relevance)
    return Uses(Screen(relevance, prose), index_screen(service, small, relevance, prose))


@pytest.mark.parametrize(
    ("resource", "use"),
    [
        (observation("unasked", "Body weight"), Use.NONE),
        (WEAKNESS, Use.FACT),
        (observation("twitching"), Use.INDEX),
        (observation("unasked", "Twitching of the upper lip"), Use.INDEX),
        (observation("unasked", "Face", valueString="no twitching"), Use.INDEX),
        (condition("unasked", "Drinks tea"), Use.FACT),
    ],
)
def test_a_resource_is_of_the_use_that_its_code_or_words_have(
    uses: Uses, resource: Resource, use: Use
) -> None:
    glance = at_a_glance(resource)
    assert uses.of(resource["resourceType"], glance) is use


def test_the_use_of_a_plain_resource_is_remembered_by_its_code_and_kind(uses: Uses) -> None:
    first, second = (
        at_a_glance(WEAKNESS),
        at_a_glance({**WEAKNESS, "id": "o2", "status": "amended"}),
    )
    assert uses.remembered("Observation", first) is None
    uses.of("Observation", first)
    assert uses.remembered("Observation", second) is Use.FACT
    assert uses.remembered("Condition", second) is None


@pytest.mark.parametrize(
    "more",
    [
        {"valueString": "twitching"},
        {"valueCodeableConcept": {"text": "twitching"}},
        {"bodySite": {"text": "face"}},
        {"component": [{"code": {"text": "twitching"}}]},
        {"contained": [{"resourceType": "Observation"}]},
        {"hasMember": [{"reference": "Observation/o9"}]},
    ],
)
def test_what_more_than_a_code_tells_is_looked_at_each_time(uses: Uses, more: Resource) -> None:
    uses.of("Observation", at_a_glance(WEAKNESS))
    assert uses.remembered("Observation", at_a_glance({**WEAKNESS, **more})) is None
    fresh = {**WEAKNESS, "code": {"text": "Body weight"}, **more}
    uses.of("Observation", at_a_glance(fresh))
    fresh = {**WEAKNESS, "code": {"text": "Body weight"}}
    assert uses.remembered("Observation", at_a_glance(fresh)) is None


def test_nothing_that_was_sent_is_kept(uses: Uses) -> None:
    uses.of("Observation", at_a_glance(observation("Mallory", "Mallory's own words")))
    kept = [(kind, *one) for kind, some in uses._remembered.items() for one in some.items()]
    assert [(kind, type(key), use) for kind, key, use in kept] == [("Observation", int, Use.NONE)]
    assert kept[0][1] != hash(msgspec.json.encode({"text": "Mallory's own words"}))


def test_no_more_than_so_many_codes_are_remembered(
    uses: Uses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_REMEMBERED", 5)
    sizes = set()
    for number in range(23):
        uses.of("Observation", at_a_glance(observation(f"u{number}")))
        sizes.add(len(uses._remembered["Observation"]))
    assert sizes == {1, 2, 3, 4, 5}


def test_a_code_longer_than_what_is_searched_is_told_of_each_time(
    reader: Reader, service: Service
) -> None:
    endless = observation("unasked", "A" * (LONGEST + 1))
    for _ in range(2):
        chart = reader.read(call(prefetch={"symptoms": searchset(endless)}), service, NOW)
        assert [one.reference for one in chart.skipped] == ["Observation/o1"]


def test_a_finding_that_follows_from_the_person_needs_no_record(
    small: Bundle, service: Service
) -> None:
    relevance = Relevance(small)
    prose = Prose(small, relevance)
    someone = service.model_copy(update={"index": tuple(small.asked.situational)[:1]})
    assert index_screen(service, small, relevance, prose) is not None
    assert index_screen(someone, small, relevance, prose) is None


class TestAChartThatCannotSpeak:
    """Of which no more is read than shows that it cannot."""

    @pytest.fixture
    def wholes(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """Count resources that are asked for whole."""
        asked: list[int] = []
        whole = Source.whole

        def counting(self: Source, number: int) -> msgspec.Raw:
            asked.append(number)
            return whole(self, number)

        monkeypatch.setattr(Source, "whole", counting)
        return asked

    def read(self, reader: Reader, service: Service, *some: Resource, in_full: bool) -> Chart:
        asked = call(prefetch={"symptoms": searchset(*some)})
        return reader.read(asked, service, NOW, in_full=in_full)

    def test_is_read_no_further(self, reader: Reader, service: Service, wholes: list[int]) -> None:
        chart = self.read(reader, service, WEAKNESS, in_full=False)
        assert (chart.facts, chart.resources, wholes) == ((), 1, [])
        assert len(self.read(reader, service, WEAKNESS, in_full=True).facts) == 1

    def test_is_read_to_its_end_once_anything_may_make_the_service_speak(
        self, reader: Reader, service: Service
    ) -> None:
        denied = observation(None, "Twitching of lip", id="o2", valueBoolean=False)
        for some in ((WEAKNESS, denied), (denied, WEAKNESS)):
            briefly = self.read(reader, service, *some, in_full=False)
            assert briefly == self.read(reader, service, *some, in_full=True)
            assert len(briefly.facts) == 2

    def test_does_not_tell_of_a_misshapen_result_that_could_not_have_mattered(
        self, reader: Reader, service: Service
    ) -> None:
        broken = {**WEAKNESS, "valueQuantity": "2.4"}
        assert self.read(reader, service, broken, in_full=False).skipped == ()
        (told,) = self.read(reader, service, broken, in_full=True).skipped
        assert (told.reference, told.index) == ("Observation/o1", False)

    def test_tells_of_a_record_that_might_have_made_it_speak(
        self, reader: Reader, service: Service
    ) -> None:
        broken = observation("twitching", valueQuantity="2.4")
        for in_full in (False, True):
            (told,) = self.read(reader, service, broken, in_full=in_full).skipped
            assert (told.reference, told.index) == ("Observation/o1", True)
