import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbicularis.terminology.code_index import CodeIndex
from orbicularis.terminology.system import CodeSystem

SCT_URI = "http://snomed.info/sct"
ICD_URI = "http://hl7.org/fhir/sid/icd-10-cm"
ATC_URI = "http://www.whocc.no/atc"
SYSTEMS = [
    CodeSystem("SCT", SCT_URI, ("https://snomed.info/sct", "urn:oid:2.16.840.1.113883.6.96")),
    CodeSystem(
        "ICD10CM",
        ICD_URI,
        ("http://hl7.org/fhir/sid/icd-10",),
        "prefix",
        pattern=r"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?",
    ),
    CodeSystem(
        "ATC", ATC_URI, match="prefix", pattern="[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?"
    ),
]
CODES = {
    "facial-twitching": [("SCT", "32402008"), ("ICD10CM", "R25.3"), ("ICD10CM", "R25.9")],
    "facial-spasm": [("SCT", "32402008"), ("SCT", "32402008")],
    "fasciculation": [("SCT", "82470000"), ("ICD10CM", "R25.3")],
    "involuntary-movement": [("ICD10CM", "R25")],
    "hypoparathyroidism": [("ICD10CM", "E20"), ("ICD10CM", "E20.9")],
    "pseudohypoparathyroidism": [("ICD10CM", "E20.1")],
    "bells-palsy": [("ICD10CM", "G51.0")],
    "pregnancy": [("ICD10CM", "Z3A")],
    "injury-of-face": [("ICD10CM", "S09.93")],
    "antipsychotics": [("ATC", "N05A")],
    "lithium": [("ATC", "N05AN01")],
}
INDEX = CodeIndex(SYSTEMS, CODES)


@pytest.mark.parametrize("uri", [SCT_URI, "https://snomed.info/sct", SYSTEMS[0].aliases[1]])
def test_an_exact_code_counts_under_every_name_of_its_system(uri: str) -> None:
    assert INDEX.match(uri, "82470000") == ("fasciculation",)


def test_all_concepts_that_share_a_code_are_told_once_in_order() -> None:
    assert INDEX.match(SCT_URI, "32402008") == ("facial-twitching", "facial-spasm")
    assert INDEX.match(ICD_URI, "R25.3") == ("facial-twitching", "fasciculation")


@pytest.mark.parametrize(
    ("system", "code"),
    [
        (None, "82470000"),
        (SCT_URI, None),
        (None, None),
        ("", "82470000"),
        ("http://example.org", "82470000"),
        (ICD_URI, "82470000"),
        ("HTTP://SNOMED.INFO/SCT", "82470000"),
        (SCT_URI, ""),
        (SCT_URI, "8247000"),
        (SCT_URI, "824700001"),
    ],
)
def test_a_code_counts_with_its_system_alone(system: str | None, code: str | None) -> None:
    assert INDEX.match(system, code) == ()


@pytest.mark.parametrize(
    ("code", "concepts"),
    [
        ("R25.9", ("facial-twitching",)),
        ("R25.0", ("involuntary-movement",)),
        ("R25", ("involuntary-movement",)),
        ("r25.8", ("involuntary-movement",)),
        ("R253", ("facial-twitching", "fasciculation")),
        ("r253", ("facial-twitching", "fasciculation")),
        ("R250", ("involuntary-movement",)),
        ("E20", ("hypoparathyroidism",)),
        ("E20.0", ("hypoparathyroidism",)),
        ("E20.810", ("hypoparathyroidism",)),
        ("E20.1", ("pseudohypoparathyroidism",)),
        ("E20.19", ("pseudohypoparathyroidism",)),
        ("E201", ("pseudohypoparathyroidism",)),
        ("Z3A", ("pregnancy",)),
        ("Z3A.20", ("pregnancy",)),
        ("z3a20", ("pregnancy",)),
        ("S09.93XA", ("injury-of-face",)),
        ("G51.0", ("bells-palsy",)),
        ("G51", ()),
        ("G51.8", ()),
        ("S09.9", ()),
        ("R2", ()),
        ("R26.8", ()),
        ("Z3", ()),
        ("", ()),
        (".", ()),
        ("R25.3 twitching", ()),
        ("R25.12345", ()),
        ("R25-R29", ()),
    ],
)
def test_icd_falls_to_the_longest_listed_ancestor(code: str, concepts: tuple[str, ...]) -> None:
    assert INDEX.match(ICD_URI, code) == concepts
    assert INDEX.match("http://hl7.org/fhir/sid/icd-10", code) == concepts


@pytest.mark.parametrize(
    ("code", "concepts"),
    [
        ("N05A", ("antipsychotics",)),
        ("N05AH", ("antipsychotics",)),
        ("N05AH02", ("antipsychotics",)),
        ("n05ah02", ("antipsychotics",)),
        ("N05AN01", ("lithium",)),
        ("N05AH0", ()),
        ("N05AH022", ()),
        ("N05", ()),
        ("N05B", ()),
        ("N", ()),
    ],
)
def test_atc_falls_to_the_longest_listed_level(code: str, concepts: tuple[str, ...]) -> None:
    assert INDEX.match(ATC_URI, code) == concepts


def test_codes_that_differ_by_dots_or_case_are_one() -> None:
    index = CodeIndex(SYSTEMS, {"a": [("ICD10CM", "R25.3")], "b": [("ICD10CM", "r253")]})
    assert index.match(ICD_URI, "R25.3") == ("a", "b")


def test_two_systems_may_not_share_a_uri() -> None:
    twin = CodeSystem("TWIN", "urn:twin", (SCT_URI,))
    with pytest.raises(ValueError, match=SCT_URI):
        CodeIndex([*SYSTEMS, twin], {})


def test_a_code_of_an_unknown_system_is_refused() -> None:
    with pytest.raises(ValueError, match=r"facial-tic: HPO is not a known code system"):
        CodeIndex(SYSTEMS, {"facial-tic": [("HPO", "HP:0011468")]})


@given(st.text(max_size=12), st.sampled_from([SCT_URI, ICD_URI, ATC_URI]))
def test_any_code_matches_nothing_or_listed_concepts(code: str, system: str) -> None:
    assert set(INDEX.match(system, code)) <= CODES.keys()


@given(st.from_regex(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?", fullmatch=True))
def test_the_dot_and_case_never_matter_in_icd(code: str) -> None:
    expected = INDEX.match(ICD_URI, code)
    assert INDEX.match(ICD_URI, code.replace(".", "")) == expected
    assert INDEX.match(ICD_URI, code.lower()) == expected
