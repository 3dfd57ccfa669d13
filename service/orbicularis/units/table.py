"""The UCUM units in which laboratory results and vital signs are reported.

Definitions: UCUM (ucum-essence.xml). A test holds every unit against a unit library.
"""

from collections.abc import Iterator
from itertools import product
from types import MappingProxyType

from orbicularis.units.dimension import Dimension
from orbicularis.units.unit import Unit

_FEMTO = {"k": 10**18, "": 10**15, "m": 10**12, "u": 10**9, "n": 10**6, "p": 10**3, "f": 1}
_PER_LITRE = {"L": 1, "dL": 10, "mL": 1000}
_PER_DAY = {"d": 1, "(24.h)": 1}

_U_PER_KAT = 60_000_000
_DAY = 86_400_000


def _family(
    dimension: Dimension, base: str, prefixes: str, per: dict[str, int], scale: int = 1
) -> Iterator[Unit]:
    """``base`` itself and under each prefix letter, per each denominator."""
    for prefix, (denominator, per_base) in product(("", *prefixes), per.items()):
        factor = _FEMTO[prefix] * per_base * scale
        yield Unit(f"{prefix}{base}/{denominator}", dimension, factor)


def _families() -> Iterator[Unit]:
    yield from _family(Dimension.MASS_CONCENTRATION, "g", "munp", _PER_LITRE)
    yield from _family(Dimension.SUBSTANCE_CONCENTRATION, "mol", "munpf", _PER_LITRE)
    yield from _family(Dimension.EQUIVALENT_CONCENTRATION, "eq", "mu", _PER_LITRE)
    yield from _family(Dimension.ARBITRARY_CONCENTRATION, "[iU]", "kmu", _PER_LITRE)
    yield from _family(Dimension.CATALYTIC_CONCENTRATION, "U", "", _PER_LITRE)
    yield from _family(Dimension.CATALYTIC_CONCENTRATION, "kat", "un", {"L": 1}, _U_PER_KAT)
    yield from _family(Dimension.MASS_RATE, "g", "mu", _PER_DAY)
    yield from _family(Dimension.SUBSTANCE_RATE, "mol", "mun", _PER_DAY)


_SINGLE = (
    Unit("mg%", Dimension.MASS_CONCENTRATION, 10**13),
    Unit("mL/min", Dimension.FLOW, 1),
    Unit("mL/min/{1.73_m2}", Dimension.FLOW, 1),
    Unit("mL/s", Dimension.FLOW, 60),
    Unit("mL/s/{1.73_m2}", Dimension.FLOW, 60),
    Unit("/wk", Dimension.FREQUENCY, 1),
    Unit("/d", Dimension.FREQUENCY, 7),
    Unit("/h", Dimension.FREQUENCY, 168),
    Unit("/min", Dimension.FREQUENCY, 10_080),
    Unit("/s", Dimension.FREQUENCY, 604_800),
    Unit("Hz", Dimension.FREQUENCY, 604_800),
    Unit("Pa", Dimension.PRESSURE, 1000),
    Unit("kPa", Dimension.PRESSURE, 1_000_000),
    Unit("mm[Hg]", Dimension.PRESSURE, 133_322),
    Unit("1", Dimension.RATIO, 1_000_000),
    Unit("%", Dimension.RATIO, 10_000),
    Unit("mg/g", Dimension.RATIO, 1000),
    Unit("ug/mg", Dimension.RATIO, 1000),
    Unit("Cel", Dimension.TEMPERATURE, 9),
    Unit("K", Dimension.TEMPERATURE, 9, offset=273.15),
    Unit("[degF]", Dimension.TEMPERATURE, 5, offset=32.0),
    Unit("ms", Dimension.TIME, 1),
    Unit("s", Dimension.TIME, 1000),
    Unit("min", Dimension.TIME, 60_000),
    Unit("h", Dimension.TIME, 3_600_000),
    Unit("d", Dimension.TIME, _DAY),
    Unit("wk", Dimension.TIME, 7 * _DAY),
    Unit("mo", Dimension.TIME, _DAY * 1461 // 48),
    Unit("a", Dimension.TIME, _DAY * 1461 // 4),
)

UNITS = MappingProxyType({unit.code: unit for unit in (*_families(), *_SINGLE)})
"""Every unit by its UCUM code; month and year are the Julian ones, as in UCUM."""
