"""Converts a value from one unit into another."""

from math import gcd, isfinite
from typing import NamedTuple

from orbicularis.units.dimension import Dimension
from orbicularis.units.unit import Unit


class _Bridge(NamedTuple):
    """Powers of molar mass and of valence by which a value is multiplied."""

    molar_mass: int
    valence: int


_BRIDGES = {
    (Dimension.MASS_CONCENTRATION, Dimension.SUBSTANCE_CONCENTRATION): _Bridge(-1, 0),
    (Dimension.MASS_CONCENTRATION, Dimension.EQUIVALENT_CONCENTRATION): _Bridge(-1, 1),
    (Dimension.SUBSTANCE_CONCENTRATION, Dimension.MASS_CONCENTRATION): _Bridge(1, 0),
    (Dimension.SUBSTANCE_CONCENTRATION, Dimension.EQUIVALENT_CONCENTRATION): _Bridge(0, 1),
    (Dimension.EQUIVALENT_CONCENTRATION, Dimension.MASS_CONCENTRATION): _Bridge(1, -1),
    (Dimension.EQUIVALENT_CONCENTRATION, Dimension.SUBSTANCE_CONCENTRATION): _Bridge(0, -1),
    (Dimension.MASS_RATE, Dimension.SUBSTANCE_RATE): _Bridge(-1, 0),
    (Dimension.SUBSTANCE_RATE, Dimension.MASS_RATE): _Bridge(1, 0),
}
"""Their bases are all femto: 1 fg is 1/molar mass fmol, 1 fmol is valence feq."""


def convert(
    value: float,
    unit: Unit,
    to: Unit,
    *,
    molar_mass: float | None = None,
    valence: int | None = None,
) -> float | None:
    """Convert a value; nothing is rounded.

    Decimal prefixes and valence cost one rounding of a float at most, so that 1900 umol/L is
    1.9 mmol/L exactly and a limit means the same in every unit.

    Args:
        value: number in ``unit``.
        unit: unit of the value.
        to: unit wanted.
        molar_mass: g/mol; needed between mass and substance.
        valence: equivalents per mole (calcium: 2); needed between equivalents and the others.

    Returns:
        The value in ``to``; None when the dimensions do not meet, when what is needed is
        missing or not positive, or when the value or result is not finite.
    """
    result: float | None
    if unit.dimension is to.dimension:
        result = _scaled(value - unit.offset, unit.factor, to.factor) + to.offset
    else:
        bridge = _BRIDGES.get((unit.dimension, to.dimension))
        result = None if bridge is None else _across(value, unit, to, bridge, molar_mass, valence)
    return result if result is not None and isfinite(result) else None


def _scaled(value: float, factor: int, to: int) -> float:
    """``value * factor / to`` by the reduced fraction: exact integers, one of them mostly 1."""
    common = gcd(factor, to)
    return value * (factor // common) / (to // common)


def _across(
    value: float,
    unit: Unit,
    to: Unit,
    bridge: _Bridge,
    molar_mass: float | None,
    valence: int | None,
) -> float | None:
    factor, divisor = unit.factor, to.factor
    if bridge.valence:
        if valence is None or valence < 1:
            return None
        if bridge.valence > 0:
            factor *= valence
        else:
            divisor *= valence
    scaled = _scaled(value, factor, divisor)
    if not bridge.molar_mass:
        return scaled
    if molar_mass is None or not molar_mass > 0:
        return None
    return scaled * molar_mass if bridge.molar_mass > 0 else scaled / molar_mass
