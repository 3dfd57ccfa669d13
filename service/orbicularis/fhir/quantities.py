"""Numbers as they were sent, with unit, comparator and the laboratory's own range.

Nothing is converted here: that is for the rules' units to decide.
"""

import re
from math import isfinite

from orbicularis.facts.fact import Quantity
from orbicularis.fhir.structs.element import CodeableConcept
from orbicularis.fhir.structs.element import Quantity as SentQuantity
from orbicularis.fhir.structs.observation import Measured, ReferenceRange

_UCUM = frozenset({"http://unitsofmeasure.org", "urn:oid:2.16.840.1.113883.6.8"})
_COMPARATORS = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "\u2264": "<=", "\u2265": ">="}
_NUMBER = re.compile(
    r"\s*(?P<comparator>[<>]=?|[\u2264\u2265])?\s*"
    r"(?P<number>[+-]?\d{1,12}(?:[.,]\d{1,12})?)\s*"
    r"(?P<unit>[%\[{A-Za-z\u00b5\u03bc][^\s<>]{0,30})?\s*",
    re.ASCII,
)
_THOUSANDS = re.compile(r"[+-]?\d{1,3},\d{3}")
_NORMAL = frozenset({"normal"})


def number_of(value: float | str | None) -> float | None:
    """Read a number, also one in quotation marks; None when it is none or not finite."""
    if isinstance(value, str):
        written = from_text(value)
        return written.value if written and not (written.unit or written.comparator) else None
    return value if value is not None and isfinite(value) else None


def unit_of(quantity: SentQuantity) -> str | None:
    """Give the UCUM code, else the unit's text, else a code of no stated system."""
    if quantity.code and quantity.system in _UCUM:
        return quantity.code.strip() or None
    return (quantity.unit or quantity.code or "").strip() or None


def from_quantity(sent: SentQuantity) -> Quantity:
    """Read a Quantity; a comparator that is no bound leaves the number out."""
    comparator = (sent.comparator or "").strip()
    value = number_of(sent.value)
    unit = unit_of(sent)
    if value is None and isinstance(sent.value, str):
        written = from_text(sent.value)
        if written is not None:
            value, comparator = written.value, comparator or written.comparator or ""
            unit = unit or written.unit
    if comparator and comparator not in _COMPARATORS:
        value = None
    return Quantity(value, unit, _COMPARATORS.get(comparator))


def from_text(text: str) -> Quantity | None:
    """Read a number that was sent as text: "7.9", "<4.0", "7.9 mg/dL"; None if it is none."""
    matched = _NUMBER.fullmatch(text) if len(text) <= 64 else None
    if matched is None or _THOUSANDS.fullmatch(matched["number"]):
        return None
    value = float(matched["number"].replace(",", "."))
    return Quantity(value, matched["unit"], _COMPARATORS.get(matched["comparator"] or ""))


def with_range(quantity: Quantity, item: Measured) -> Quantity:
    """Add the laboratory's own reference range, when the item states one that applies."""
    ranges = [one for one in item.reference_range or () if one.low or one.high]
    general = [one for one in ranges if _is_general(one)]
    for usable in (general, ranges):
        if len(usable) == 1:
            return _with_limits(quantity, usable[0])
    return quantity


def _is_general(one: ReferenceRange) -> bool:
    """Tell whether the range is the normal one, not that of some group or phase."""
    return not one.applies_to and one.age is None and _means_normal(one.type)


def _means_normal(kind: CodeableConcept | None) -> bool:
    if kind is None:
        return True
    codes = {coding.code for coding in kind.coding or ()}
    return bool(codes & _NORMAL) or (not codes and (kind.text or "normal").lower() in _NORMAL)


def _with_limits(quantity: Quantity, limits: ReferenceRange) -> Quantity:
    ends = [end for end in (limits.low, limits.high) if end is not None]
    units = {unit for end in ends if (unit := unit_of(end)) is not None}
    if len(units) > 1:
        return quantity
    return Quantity(
        quantity.value,
        quantity.unit,
        quantity.comparator,
        low=number_of(limits.low.value) if limits.low else None,
        high=number_of(limits.high.value) if limits.high else None,
        range_unit=next(iter(units), None),
    )
