"""Limits of measured quantities, in every unit in which a reader may think of them."""

from collections.abc import Iterator

from orbicularis.knowledge.finding import Range
from orbicularis.knowledge.measurement import Measurement
from orbicularis.pages.unit_text import unit_text
from orbicularis.units.conversion import convert
from orbicularis.units.ucum import ucum

_ENDS = (
    ("above", "above"),
    ("at_least", "at least"),
    ("below", "below"),
    ("at_most", "at most"),
)


def in_units(numbers: Range, unit: str, measurement: Measurement) -> tuple[str, ...]:
    """Say a range in its own unit, then in the others that the measurement is read in.

    A converted number is rounded to three digits; the rule compares unrounded.
    """
    units = dict.fromkeys((unit, measurement.unit, *measurement.display_units))
    return tuple(said for other in units if (said := _said(numbers, unit, other, measurement)))


def _said(numbers: Range, unit: str, other: str, measurement: Measurement) -> str:
    """Say the range in another unit; empty when it cannot be converted."""
    ends = list(_ends(numbers, unit, other, measurement))
    if not ends or None in ends:
        return ""
    return f"{' and '.join(end for end in ends if end)} {unit_text(other)}"


def _ends(numbers: Range, unit: str, other: str, measurement: Measurement) -> Iterator[str | None]:
    for name, words in _ENDS:
        limit: float | None = getattr(numbers, name)
        if limit is not None:
            number = _number(limit, unit, other, measurement)
            yield None if number is None else f"{words} {number}"


def _number(limit: float, unit: str, other: str, measurement: Measurement) -> str | None:
    if unit == other:
        return f"{limit:g}"
    source, wanted = ucum(unit), ucum(other)
    if source is None or wanted is None:
        return None
    value = convert(
        limit, source, wanted, molar_mass=measurement.molar_mass, valence=measurement.valence
    )
    return None if value is None else rounded(value)


def rounded(value: float) -> str:
    """Three digits, never in powers of ten; whole numbers in full."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{float(f'{value:.3g}'):g}"
