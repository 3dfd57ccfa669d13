"""The table of units against pint, which reads UCUM through ucumvert."""

import pytest
from ucumvert import PintUcumRegistry

from orbicularis.units.dimension import Dimension
from orbicularis.units.table import UNITS
from orbicularis.units.unit import Unit

DISAGREEING = {
    # ucumvert reads "g%" as gram times percent; ucum-essence.xml defines it as 1 g/dL.
    "mg%": UNITS["mg/dL"].factor,
    # pint has 133.322387415 Pa (conventional mercury); ucum-essence.xml has 133.3220 kPa for m[Hg].
    "mm[Hg]": 133_322,
}
SCALES = [unit for unit in UNITS.values() if unit.dimension is not Dimension.TEMPERATURE]
TEMPERATURES = [unit for unit in UNITS.values() if unit.dimension is Dimension.TEMPERATURE]


@pytest.fixture(scope="module")
def registry() -> PintUcumRegistry:
    return PintUcumRegistry()


@pytest.mark.parametrize("unit", SCALES, ids=lambda unit: unit.code)
def test_a_factor_is_what_the_unit_library_says(unit: Unit, registry: PintUcumRegistry) -> None:
    if unit.code in DISAGREEING:
        assert unit.factor == DISAGREEING[unit.code]
        return
    base = registry.from_ucum(unit.dimension.value)
    ratio = (registry.from_ucum(unit.code) / base).to("dimensionless").magnitude
    assert unit.factor == pytest.approx(ratio, rel=1e-9)
    assert unit.offset == 0.0


@pytest.mark.parametrize("code", DISAGREEING)
def test_an_exception_is_still_needed(code: str, registry: PintUcumRegistry) -> None:
    unit = UNITS[code]
    theirs = registry.from_ucum(code)
    base = registry.from_ucum(unit.dimension.value)
    agrees = theirs.dimensionality == base.dimensionality and (
        unit.factor == pytest.approx((theirs / base).to("dimensionless").magnitude, rel=1e-9)
    )
    assert not agrees


def test_mercury_differs_by_a_few_millionths(registry: PintUcumRegistry) -> None:
    theirs = registry.from_ucum("mm[Hg]").to(registry.from_ucum("Pa").units).magnitude
    assert UNITS["mm[Hg]"].factor / 1000 == pytest.approx(theirs, rel=1e-5)


@pytest.mark.parametrize("reading", [-40.0, 0.0, 36.6, 100.4])
@pytest.mark.parametrize("unit", TEMPERATURES, ids=lambda unit: unit.code)
def test_a_temperature_is_what_the_unit_library_says(
    unit: Unit, reading: float, registry: PintUcumRegistry
) -> None:
    theirs = registry.Quantity(reading, registry.from_ucum(unit.code).units).to("degC").magnitude
    assert (reading - unit.offset) * unit.factor / 9 == pytest.approx(theirs, abs=1e-9)


def test_the_bases_of_mass_substance_and_equivalents_fit_each_other() -> None:
    same = {UNITS[code].factor for code in ("g/L", "mol/L", "eq/L", "g/d", "mol/d")}
    assert same == {10**15}


@pytest.mark.parametrize("code", UNITS)
def test_a_unit_stands_under_its_own_code(code: str) -> None:
    assert UNITS[code].code == code
    assert UNITS[code].factor > 0
