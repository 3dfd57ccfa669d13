import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbicularis.units.dimension import Dimension
from orbicularis.units.spelling import SPELLINGS
from orbicularis.units.table import UNITS
from orbicularis.units.ucum import ucum

SPELLED = {
    "mg/dL": ["MG/DL", "mg / dl", "mg/dl", " mg/dL ", "Mg/dL", "mg/100 mL", "mg/100ml", "mgm/dl"],
    "mg/L": ["mg/l", "MG/L"],
    "g/L": ["g/l", "gm/L"],
    "g/dL": ["G/DL", "g/dl", "gm/dl"],
    "ug/dL": ["µg/dL", "μg/dL", "mcg/dL", "ug/dl", "UG/DL", "microg/dL"],
    "ug/L": ["µg/l", "mcg/L"],
    "ng/mL": ["ng/ml", "NG/ML"],
    "pg/mL": ["pg/ml", "PG/ML"],
    "mmol/L": ["mmol/l", "MMOL/L", "mmol / L", "mmol/L{albumin-adjusted}", "mmole/l"],
    "umol/L": ["µmol/L", "μmol/l", "umol/l", "mcmol/L", "micromol/L"],
    "nmol/L": ["nmol/l"],
    "pmol/L": ["pmol/l", "PMOL/L"],
    "meq/L": ["mEq/L", "MEQ/L", "meq/l", "mEq / L", "mval/L"],
    "m[iU]/L": ["mIU/L", "MIU/L", "m[IU]/L", "m[iU]/l", "mU/L", "miu/l"],
    "u[iU]/mL": ["uIU/mL", "µIU/mL", "UIU/ML", "u[IU]/mL", "uU/mL", "μU/ml"],
    "[iU]/L": ["IU/L", "iu/l", "[IU]/L"],
    "U/L": ["u/l", "U/l"],
    "ukat/L": ["µkat/L", "μkat/l"],
    "ug/(24.h)": ["ug/24h", "µg/24 h", "mcg/24 hours", "ug/24 hr"],
    "umol/(24.h)": ["µmol/24h", "umol/24 hrs"],
    "/min": [
        "beats/min",
        "bpm",
        "BPM",
        "1/min",
        "{beats}/min",
        "{breaths}/min",
        "beats per minute",
    ],
    "/d": ["{drinks}/d", "per day", "/day"],
    "mm[Hg]": ["mmHg", "mm Hg", "MMHG", "mm[hg]", "mm[Hg]{sitting}"],
    "kPa": ["kpa", "KPA"],
    "mL/s/{1.73_m2}": ["mL/s/1.73 m²"],
    "mL/min": ["ml/min", "mL / min{cystatin}"],
    "Cel": ["°C", "℃", "ºC", "deg C", "degC", "Celsius", "cel", "degrees Celsius"],
    "[degF]": ["°F", "℉", "degF", "deg F", "[DEGF]", "Fahrenheit"],
    "mL/min/{1.73_m2}": [
        "mL/min/1.73m2",
        "mL/min/1.73 m²",
        "ml/min/1.73 m2",
        "mL/min/1.73m^2",
        "ML/MIN/1.73M2",
        "mL/min/1.73 sq m",
        "mL/min/1.73_m2",
        "mL/min/{1.73m2}",
        "mL/min/1.73{m2}",
        "mL/min/(173.10*-2.m2)",
        "mL/min/1.73.m2",
        "mL/min per 1.73 m²",
    ],
    "%": ["percent", " % ", "%{saturation}"],
    "1": ["{ratio}", "{score}"],
    "mg/g": ["mg/g{creat}"],
    "ms": ["MS", "msec"],
    "a": ["years", "yr"],
    "mo": ["months"],
    "wk": ["weeks", "WK"],
    "d": ["days"],
    "h": ["hours", "hr"],
    "min": ["minutes", "MIN"],
}


@pytest.mark.parametrize(
    ("text", "code"), [(text, code) for code, texts in SPELLED.items() for text in texts]
)
def test_a_plain_spelling_is_its_unit(text: str, code: str) -> None:
    assert ucum(text) is UNITS[code]


@pytest.mark.parametrize("code", UNITS)
def test_a_ucum_code_is_read_as_itself(code: str) -> None:
    assert ucum(code) is UNITS[code]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "C",
        "F",
        "S",
        "H",
        "D",
        "A",
        "G/L",
        "G / L",
        "T/L",
        "K/uL",
        "mg",
        "mg/dL/h",
        "mg/dL mmol/L",
        "mmol",
        "mmol/mol",
        "mL/min/m2",
        "kU/L",
        "/",
        "{",
        "}",
        "{mg/dL",
        "mg/dL}",
        "{a{b}}/min",
        "Kelvin",
        "mg/dL" + " " * 100,
        "x" * 100_000,
    ],
)
def test_what_is_not_known_or_not_clear_is_unknown(text: str) -> None:
    assert ucum(text) is None


def test_no_spelling_takes_the_place_of_a_ucum_code() -> None:
    shadowed = {code for code in UNITS if SPELLINGS.get(code, code) != code}
    assert shadowed == set()


def test_every_spelling_is_folded_and_leads_to_a_unit() -> None:
    for spelling, code in SPELLINGS.items():
        assert spelling == "".join(spelling.casefold().split())
        assert code in UNITS


@given(
    st.sampled_from(
        sorted(
            unit.code
            for unit in UNITS.values()
            if unit.dimension
            in {Dimension.SUBSTANCE_CONCENTRATION, Dimension.EQUIVALENT_CONCENTRATION}
        )
    ),
    st.randoms(use_true_random=False),
)
def test_case_and_spaces_do_not_matter_in_a_concentration(code: str, rng: random.Random) -> None:
    text = "".join(rng.choice((c.lower(), c.upper(), f" {c}")) for c in code)
    assert ucum(text) is UNITS[code]


@given(st.text(max_size=80))
def test_any_text_is_read_or_unknown(text: str) -> None:
    unit = ucum(text)
    assert unit is None or UNITS[unit.code] is unit
