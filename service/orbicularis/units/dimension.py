"""What a unit measures; only within one dimension is a conversion a matter of factors."""

from enum import Enum


class Dimension(Enum):
    """The dimensions of laboratory results and vital signs.

    The value names the base of the dimension: every factor in the table is a whole number of
    it, so that decimal prefixes convert without loss.
    """

    MASS_CONCENTRATION = "fg/L"
    SUBSTANCE_CONCENTRATION = "fmol/L"
    EQUIVALENT_CONCENTRATION = "feq/L"
    ARBITRARY_CONCENTRATION = "f[iU]/L"
    CATALYTIC_CONCENTRATION = "fU/L"
    MASS_RATE = "fg/d"
    SUBSTANCE_RATE = "fmol/d"
    FLOW = "mL/min"
    FREQUENCY = "/wk"
    PRESSURE = "mPa"
    RATIO = "10*-6"
    TEMPERATURE = "Cel/9"
    TIME = "ms"
