"""The thirteen source attributes: what is declared is what the rules do."""

import json
import re
from collections.abc import Iterator

import pytest

from orbicularis.knowledge.bundle import NOT_TOLD, Bundle
from orbicularis.knowledge.finding import DemographicPattern, Finding
from orbicularis.knowledge.source_attribute import PersonalData
from orbicularis.pages.site import Site
from orbicularis.pages.source_attributes import as_json, reading, source_attributes
from tests.support.html import Page

_TELLING = {
    PersonalData.RACE: r"\brac(e|ial)\b|\bblack",
    PersonalData.ETHNICITY: r"ethnic|hispanic",
    PersonalData.LANGUAGE: r"preferred language|interpreter",
    PersonalData.SEXUAL_ORIENTATION: r"sexual",
    PersonalData.GENDER_IDENTITY: r"gender|transgender",
    PersonalData.SOCIAL_DETERMINANTS: (
        r"homeless|housing|food insecur|transport|employ|poverty|\bstress\b|\bexam|endemic area"
    ),
    PersonalData.HEALTH_STATUS: (
        r"pregnan|childbed|postpartum|smok|tobacco|nicotine|alcohol|\bdrink|misuse|disabilit|"
        r"functional status|development|dementia|\bmental|confus|delirium|aware|memory"
    ),
}
"""Words in titles, phrases, texts and codes of findings that tell of these data."""

_BY_ITS_CODE = "a code of a seizure names its kind; awareness is not asked"
_FOOD = "what is eaten and drunk, not the use of a substance that is assessed"
_READ_OTHERWISE = {
    PersonalData.RACE: dict.fromkeys(
        ("reduced-egfr", "severe-reduced-egfr"), "the laboratory's equation; told in words"
    ),
    PersonalData.HEALTH_STATUS: {
        **dict.fromkeys(
            ("face-side-named", "facial-jerking", "one-sided-facial-jerking-now", "seizure"),
            _BY_ITS_CODE,
        ),
        **dict.fromkeys(("caffeine-intake", "excess-caffeine", "normal-fluid-intake"), _FOOD),
        "tremor-better-with-alcohol": "how a tremor behaves, not what is drunk",
    },
}
"""Findings whose words only seem to tell of these data, each with the reason."""


def _codes_of(finding: Finding, bundle: Bundle) -> Iterator[str]:
    """Yield every key of the terminology by which a finding is recognised."""
    for by in finding.recognised_by:
        for pattern in (by.observation, by.condition, by.procedure, by.medication, by.family):
            yield from pattern.codes if pattern is not None else ()
        for one in by.measurement.by if by.measurement is not None else ():
            yield from bundle.measurements[one.measurement].codes


def _said(finding: Finding, bundle: Bundle) -> Iterator[str]:
    """Yield all words by which a finding is named or recognised."""
    yield finding.title
    yield finding.phrase
    for by in finding.recognised_by:
        yield from by.text.phrases if by.text is not None else ()
    for key in _codes_of(finding, bundle):
        yield bundle.concepts[key].preferred_term or ""
        yield from (code.display for code in bundle.concepts[key].codes)


def test_there_are_thirteen_in_the_order_of_the_list(site: Site) -> None:
    told = source_attributes(site.bundle)
    assert [one.number for one in told] == list(range(1, 14))
    assert [one.id for one in told[:4]] == ["citation", "developer", "funding", "dates"]
    assert [one.id for one in told[4:]] == [kind.value for kind in PersonalData]
    assert all(one.text for one in told)


@pytest.mark.parametrize("kind", PersonalData)
def test_what_is_declared_is_what_is_computed(site: Site, kind: PersonalData) -> None:
    declared = site.bundle.manifest.source_attributes[kind]
    computed = reading(kind, declared, site.bundle)
    assert declared.used is bool(computed)
    assert set(declared.findings) <= site.bundle.findings.keys()


def test_sex_and_age_are_found_in_the_rules_without_being_named(site: Site) -> None:
    bundle = site.bundle
    demographic = {
        key: [by.demographic for by in one.recognised_by if by.demographic is not None]
        for key, one in bundle.findings.items()
    }
    sex = {key for key, some in demographic.items() if any(one.sex for one in some)}
    age = {key for key, some in demographic.items() if any(one.age_years for one in some)}
    assert set(reading(PersonalData.SEX, None, bundle)) == sex
    assert set(reading(PersonalData.DATE_OF_BIRTH, None, bundle)) == age


def test_a_demographic_can_read_nothing_else() -> None:
    assert set(DemographicPattern.model_fields) == {"age_years", "sex"}


@pytest.mark.parametrize("kind", _TELLING)
def test_no_finding_that_reads_these_data_is_left_unnamed(site: Site, kind: PersonalData) -> None:
    bundle = site.bundle
    telling = re.compile(_TELLING[kind], re.IGNORECASE)
    found = {
        key
        for key, finding in bundle.findings.items()
        # What is made of others follows from these, which are told.
        if not bundle.asked.made_of[key] and any(map(telling.search, _said(finding, bundle)))
    }
    excepted = _READ_OTHERWISE.get(kind, {})
    assert found - set(bundle.manifest.source_attributes[kind].findings) == excepted.keys()


def test_a_code_whose_display_tells_of_race_is_told(site: Site) -> None:
    how = site.bundle.manifest.source_attributes[PersonalData.RACE].how
    codes = [
        code.code
        for concept in site.bundle.concepts.values()
        for code in concept.codes
        if re.search(_TELLING[PersonalData.RACE], code.display, re.IGNORECASE)
    ]
    assert codes == [code for code in codes if code in how]
    assert "48642-3" in codes


def test_the_json_tells_the_same(site: Site) -> None:
    data = json.loads(as_json(site.bundle))
    assert data["revision"] == site.bundle.revision
    told = {one["id"]: one for one in data["attributes"]}
    assert len(told) == 13
    assert told["sex"]["used"] is True
    assert told["race"]["used"] is False
    assert "causes/kennedy-disease" in told["sex"]["rules"]
    cited = {one["id"] for one in told["citation"]["references"]}
    assert "khan-2022-hypoparathyroidism" in cited
    assert "clinical-consensus" not in cited


def test_a_bundle_that_tells_nothing_is_not_spoken_for(small: Site) -> None:
    told = {one.id: one for one in source_attributes(small.bundle)}
    assert told["race"].text == "The makers of these rules have not told."
    Page(small.page("source-attributes") or "")


def test_whether_clinicians_reviewed_the_rules_is_told(site: Site, small: Site) -> None:
    review = site.bundle.manifest.review
    assert review.startswith("Not reviewed by a clinician for use with patients.")
    assert json.loads(as_json(site.bundle))["review"] == review
    for path in ("index", "source-attributes", "causes/hypoparathyroidism"):
        assert review in Page(site.page(path) or "").text
    assert "Last held against its sources" in (site.page("causes/hypoparathyroidism") or "")
    assert NOT_TOLD in Page(small.page("index") or "").text
