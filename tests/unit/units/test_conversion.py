import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ucumvert import PintUcumRegistry

from orbicularis.units.conversion import convert
from orbicularis.units.dimension import Dimension
from orbicularis.units.table import UNITS
from orbicularis.units.ucum import ucum
from orbicularis.units.unit import Unit

CALCIUM, MAGNESIUM, GLUCOSE, VITAMIN_D, PTH = 40.078, 24.305, 180.156, 400.64, 9425.0
EXACT = [unit for unit in UNITS.values() if unit.dimension is not Dimension.TEMPERATURE]
AMOUNTS = [
    unit
    for unit in UNITS.values()
    if unit.dimension
    in {
        Dimension.MASS_CONCENTRATION,
        Dimension.SUBSTANCE_CONCENTRATION,
        Dimension.EQUIVALENT_CONCENTRATION,
    }
]
values = st.floats(min_value=1e-6, max_value=1e6)


def read(text: str) -> Unit:
    unit = ucum(text)
    assert unit is not None
    return unit


@pytest.mark.parametrize(
    ("value", "unit", "to", "molar_mass", "valence", "expected"),
    [
        (4.6, "mEq/L", "mmol/L", None, 2, 2.3),
        (2.3, "mmol/L", "mEq/L", None, 2, 4.6),
        (2.0, "mEq/L", "mmol/L", None, 2, 1.0),
        (3.5, "mEq/L", "mmol/L", None, 1, 3.5),
        (1900, "umol/L", "mmol/L", None, None, 1.9),
        (1.9, "mmol/L", "umol/L", None, None, 1900),
        (4.0, "g/dL", "g/L", None, None, 40.0),
        (20, "mg/dL", "g/L", None, None, 0.2),
        (20, "mg%", "mg/dL", None, None, 20),
        (4.5, "u[iU]/mL", "m[iU]/L", None, None, 4.5),
        (1, "ukat/L", "U/L", None, None, 60),
        (100.4, "[degF]", "Cel", None, None, 38.0),
        (38.0, "Cel", "[degF]", None, None, 100.4),
        (60, "/min", "/s", None, None, 1),
        (20, "kPa", "Pa", None, None, 20_000),
        (0.5, "mL/s", "mL/min/{1.73_m2}", None, None, 30),
        (100, "ug/(24.h)", "ug/d", None, None, 100),
        (2, "wk", "d", None, None, 14),
        (0.4, "s", "ms", None, None, 400),
        (0.07, "1", "%", None, None, 7),
    ],
)
def test_prefix_and_valence_cost_no_digit(
    value: float, unit: str, to: str, molar_mass: float | None, valence: int | None, expected: float
) -> None:
    converted = convert(value, read(unit), read(to), molar_mass=molar_mass, valence=valence)
    assert converted is not None
    assert math.isclose(converted, expected, rel_tol=2**-52)


@pytest.mark.parametrize(
    ("value", "unit", "to", "molar_mass", "valence", "expected", "digits"),
    [
        (8.5, "mg/dL", "mmol/L", CALCIUM, 2, 2.12, 2),
        (4.6, "mg/dL", "mmol/L", CALCIUM, 2, 1.15, 2),
        (1.90, "mmol/L", "mg/dL", CALCIUM, 2, 7.6, 1),
        (4.6, "mEq/L", "mg/dL", CALCIUM, 2, 9.22, 2),
        (9.22, "mg/dL", "mEq/L", CALCIUM, 2, 4.60, 2),
        (1.7, "mg/dL", "mmol/L", MAGNESIUM, 2, 0.70, 2),
        (54, "mg/dL", "mmol/L", GLUCOSE, None, 3.0, 2),
        (1.0, "mg/dL", "umol/L", 113.12, None, 88.4, 1),
        (20, "ng/mL", "nmol/L", VITAMIN_D, None, 50, 0),
        (10, "pg/mL", "pmol/L", PTH, None, 1.06, 2),
        (40, "ug/(24.h)", "umol/d", 63.546, None, 0.63, 2),
    ],
)
def test_published_pairs_of_limits_meet(
    value: float,
    unit: str,
    to: str,
    molar_mass: float,
    valence: int | None,
    expected: float,
    digits: int,
) -> None:
    converted = convert(value, read(unit), read(to), molar_mass=molar_mass, valence=valence)
    assert converted is not None
    assert round(converted, digits) == expected


@pytest.mark.parametrize(("calcium", "below"), [(7.55, True), (7.6, True), (7.62, False)])
def test_a_limit_means_the_same_in_either_unit(calcium: float, below: bool) -> None:
    mg, mmol = read("mg/dL"), read("mmol/L")
    molar = convert(calcium, mg, mmol, molar_mass=CALCIUM)
    limit = convert(1.90, mmol, mg, molar_mass=CALCIUM)
    assert molar is not None
    assert limit is not None
    assert (molar < 1.90) is below
    assert (calcium < limit) is below


@pytest.mark.parametrize(
    ("unit", "to", "molar_mass", "valence"),
    [
        ("mg/dL", "mmol/L", None, 2),
        ("mg/dL", "mmol/L", 0.0, 2),
        ("mg/dL", "mmol/L", -1.0, 2),
        ("mg/dL", "mmol/L", math.nan, 2),
        ("mmol/L", "mg/dL", None, None),
        ("meq/L", "mmol/L", CALCIUM, None),
        ("meq/L", "mmol/L", CALCIUM, 0),
        ("mmol/L", "meq/L", None, -2),
        ("mg/dL", "meq/L", CALCIUM, None),
        ("mg/dL", "meq/L", None, 2),
        ("meq/L", "mg/dL", None, 2),
        ("ug/d", "umol/d", None, None),
        ("U/L", "[iU]/L", None, None),
        ("ug/L", "ug/d", 63.546, None),
        ("Cel", "mm[Hg]", 1.0, 1),
        ("%", "mmol/L", 1.0, 1),
    ],
)
def test_what_cannot_be_converted_is_none(
    unit: str, to: str, molar_mass: float | None, valence: int | None
) -> None:
    assert convert(1.0, read(unit), read(to), molar_mass=molar_mass, valence=valence) is None


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e308])
def test_what_is_not_finite_is_none(value: float) -> None:
    assert convert(value, read("g/L"), read("ug/L")) is None


@given(st.sampled_from(EXACT), values)
def test_into_the_same_unit_nothing_changes(unit: Unit, value: float) -> None:
    assert convert(value, unit, unit) == value


@given(st.data(), st.sampled_from(EXACT), values)
def test_there_and_back_within_a_dimension(data: st.DataObject, unit: Unit, value: float) -> None:
    to = data.draw(st.sampled_from([u for u in EXACT if u.dimension is unit.dimension]))
    there = convert(value, unit, to)
    assert there is not None
    back = convert(there, to, unit)
    assert back is not None
    assert math.isclose(back, value, rel_tol=1e-14)


@given(
    st.sampled_from(AMOUNTS),
    st.sampled_from(AMOUNTS),
    values,
    st.floats(min_value=1, max_value=1e5),
    st.integers(min_value=1, max_value=4),
)
def test_there_and_back_between_mass_substance_and_equivalents(
    unit: Unit, to: Unit, value: float, molar_mass: float, valence: int
) -> None:
    there = convert(value, unit, to, molar_mass=molar_mass, valence=valence)
    assert there is not None
    back = convert(there, to, unit, molar_mass=molar_mass, valence=valence)
    assert back is not None
    assert math.isclose(back, value, rel_tol=1e-14)


@given(st.floats(min_value=-100, max_value=500), st.sampled_from(["Cel", "K", "[degF]"]))
def test_there_and_back_between_temperatures(value: float, to: str) -> None:
    there = convert(value, read("Cel"), read(to))
    assert there is not None
    back = convert(there, read(to), read("Cel"))
    assert back is not None
    assert math.isclose(back, value, abs_tol=1e-9)


@given(st.sampled_from(AMOUNTS), st.sampled_from(AMOUNTS), values, values)
def test_the_order_of_values_is_kept(unit: Unit, to: Unit, one: float, other: float) -> None:
    lower = convert(min(one, other), unit, to, molar_mass=CALCIUM, valence=2)
    upper = convert(max(one, other), unit, to, molar_mass=CALCIUM, valence=2)
    assert lower is not None
    assert upper is not None
    assert lower <= upper


def test_mass_and_substance_meet_as_in_the_unit_library() -> None:
    registry = PintUcumRegistry()
    for mass in (u for u in AMOUNTS if u.dimension is Dimension.MASS_CONCENTRATION):
        theirs = registry.from_ucum("mg/dL" if mass.code == "mg%" else mass.code) / (
            CALCIUM * registry.from_ucum("g/mol")
        )
        for substance in (u for u in AMOUNTS if u.dimension is Dimension.SUBSTANCE_CONCENTRATION):
            expected = theirs.to(registry.from_ucum(substance.code).units).magnitude
            ours = convert(1.0, mass, substance, molar_mass=CALCIUM)
            assert ours == pytest.approx(expected, rel=1e-9)
