"""A unit of measure."""

from dataclasses import dataclass

from orbicularis.units.dimension import Dimension


@dataclass(frozen=True, slots=True)
class Unit:
    """A UCUM unit; a value in it is ``(value - offset) * factor`` in its dimension's base.

    Attributes:
        code: UCUM code, case-sensitive.
        dimension: what it measures.
        factor: whole number of base units that one unit is.
        offset: reading of this unit at the base's zero; not zero in temperatures alone.
    """

    code: str
    dimension: Dimension
    factor: int
    offset: float = 0.0
