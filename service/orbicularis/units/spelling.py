"""Spellings of units that are not UCUM, and the UCUM code that each one stands for.

UCUM tells ``m`` from ``M`` and ``g`` from ``G``; laboratories and people often do not. A
spelling is listed only when a result cannot mean anything else by it. ``C`` and ``F`` (coulomb
and farad), ``S``, ``H``, ``D`` and ``A`` are not listed, nor is a unit outside the table.
"""

import unicodedata
from collections.abc import Iterator
from types import MappingProxyType

from orbicularis.units.dimension import Dimension
from orbicularis.units.table import UNITS

_AMBIGUOUS = frozenset({"G/L", "G/l"})
"""Giga (cells) per litre in many laboratories, grams per litre in others."""

_CASELESS = frozenset(
    {
        Dimension.MASS_CONCENTRATION,
        Dimension.SUBSTANCE_CONCENTRATION,
        Dimension.EQUIVALENT_CONCENTRATION,
        Dimension.ARBITRARY_CONCENTRATION,
        Dimension.CATALYTIC_CONCENTRATION,
        Dimension.MASS_RATE,
        Dimension.SUBSTANCE_RATE,
    }
)
"""Dimensions whose codes are spellings in any case: no result is in mega- or petagrams."""

_MICRO = ("mc", "micro")

_PARTS = {
    "g/": ("gm/",),
    "mol/": ("mole/", "moles/"),
    "eq/": ("val/", "equiv/"),
    "[iu]/": ("iu/",),
    "/dl": ("/100ml",),
    "/(24.h)": ("/24h", "/24hr", "/24hrs", "/24hour", "/24hours", "/day"),
}
"""Parts of a folded code, and how they are written as well."""

_AREAS = (
    "1.73m2 1.73m^2 1.73m*2 1.73m**2 1.73.m2 1.73_m2 1.73sqm 1.73sq.m 1,73m2 1,73m^2 1.73 "
    "(1.73m2) (1.73_m2) {1.73m2} {1.73_m2} {1.73m^2} {1.73sqm}"
)
"""Body surface; ``1.73.m2`` is not that in UCUM, but HL7's list of common units means it."""

_FLOWS = {
    "mL/min/{1.73_m2}": "ml/min/ ml/minute/ ml/minper",
    "mL/s/{1.73_m2}": "ml/s/ ml/sec/",
}

_LISTED = {
    "mL/min": "ml/min ml/minute",
    "mL/min/{1.73_m2}": "ml/min/(173.10*-2.m2)",
    # U is the enzyme unit in UCUM, but hormones are reported in milli- and microunits, and
    # enzymes are not: these are international units.
    "m[iU]/L": "mu/l",
    "m[iU]/mL": "mu/ml",
    "u[iU]/L": "uu/l mcu/l",
    "u[iU]/mL": "uu/ml mcu/ml",
    "/min": (
        "/min /minute 1/min 1/minute min-1 min^-1 perminute bpm beats/min beats/minute "
        "beatsperminute breaths/min breaths/minute breathsperminute"
    ),
    "/d": "/day 1/d 1/day perday",
    "/wk": "/week 1/wk 1/week perweek",
    "kPa": "kpa",
    "mm[Hg]": "mm[hg] mmhg mm(hg)",
    "%": "percent pct",
    "Cel": "cel celsius °c ºc degc degreec degreesc degreecelsius degreescelsius",
    "[degF]": "[degf] °f ºf degf degreef degreesf fahrenheit degreesfahrenheit",
    "ms": "ms msec millisecond milliseconds",
    "s": "sec second seconds",
    "min": "min mins minute minutes",
    "h": "hr hrs hour hours",
    "d": "day days",
    "wk": "wk wks week weeks",
    "mo": "mo mos month months",
    "a": "yr yrs year years",
}
"""UCUM code to further spellings, in small letters and without spaces."""


def _plain(text: str) -> str:
    """Compatibility forms resolved (both micro signs, ``²``, ``℃``), white space removed."""
    return "".join(unicodedata.normalize("NFKC", text).replace("μ", "u").split())


def _variants(code: str) -> set[str]:
    """The ways of writing the code of a caseless dimension, folded."""
    folded = code.casefold()
    forms = {folded}
    if code.startswith("u"):
        forms |= {micro + folded[1:] for micro in _MICRO}
    for part, others in _PARTS.items():
        forms |= {form.replace(part, other) for form in forms for other in others}
    return forms


def _pairs() -> Iterator[tuple[str, str]]:
    for unit in UNITS.values():
        if unit.dimension in _CASELESS:
            yield from ((form, unit.code) for form in _variants(unit.code))
    for code, flows in _FLOWS.items():
        yield from ((flow + area, code) for flow in flows.split() for area in _AREAS.split())
    for code, spellings in _LISTED.items():
        yield from ((_plain(spelling), code) for spelling in spellings.split())


def _spellings() -> dict[str, str]:
    found: dict[str, str] = {}
    for spelling, code in _pairs():
        if found.setdefault(spelling, code) != code:
            raise ValueError(f"{spelling!r} is listed for {found[spelling]} and for {code}")
    return found


SPELLINGS = MappingProxyType(_spellings())
"""Folded spelling to UCUM code; a spelling of two units does not get past the import."""


def spelled(text: str) -> str | None:
    """The UCUM code that ``text`` is, but for spaces, or is a listed spelling of."""
    plain = _plain(text)
    if plain in UNITS:
        return plain
    return None if plain in _AMBIGUOUS else SPELLINGS.get(plain.casefold())
