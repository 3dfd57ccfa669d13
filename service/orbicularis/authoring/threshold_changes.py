"""Changes of thresholds: each moved by one unit of the precision in which it is written."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from orbicularis.authoring.edit import Edit
from orbicularis.authoring.mutant import Kind
from orbicularis.authoring.proposal import Proposal
from orbicularis.knowledge.finding import Criterion, DemographicPattern, MeasurementPattern, Range
from orbicularis.knowledge.measurement import Measurement
from orbicularis.knowledge.source import Source, Steps

_MEETS = {"below": "at_least", "at_least": "below", "at_most": "above", "above": "at_most"}

_ANY = Range.model_construct()
"""Holds every number."""


def of_measurement(
    pattern: MeasurementPattern,
    steps: Steps,
    source: Source,
    measurements: Mapping[str, Measurement],
) -> Iterator[Proposal]:
    """Yield both moves of every limit; where present and absent meet they move together.

    A limit that no plausible value reaches ("any result at all") is left alone.
    """
    for at, criterion in enumerate(pattern.by):
        measurement = measurements.get(criterion.measurement)
        plausible = _ANY
        if measurement is not None and measurement.unit == criterion.unit:
            plausible = measurement.plausible
        yield from _of_criterion(criterion, (*steps, "by", at), source, plausible)


def _of_criterion(
    criterion: Criterion, steps: Steps, source: Source, plausible: Range
) -> Iterator[Proposal]:
    absent = criterion.absent.model_dump(exclude_none=True)
    met: set[str] = set()
    about = f"{criterion.measurement}, {criterion.unit},"
    for end, number in criterion.present.model_dump(exclude_none=True).items():
        places: list[Steps] = [(*steps, "present", end)]
        if absent.get(_MEETS[end]) == number:
            met.add(_MEETS[end])
            places.append((*steps, "absent", _MEETS[end]))
        yield from _moves(f"{about} present {_words(end)}", places, source, plausible)
    for end in absent:
        if end not in met:
            places = [(*steps, "absent", end)]
            yield from _moves(f"{about} absent {_words(end)}", places, source, plausible)


def of_age(pattern: DemographicPattern, steps: Steps, source: Source) -> Iterator[Proposal]:
    """Yield both moves of every limit of age."""
    limits = pattern.age_years or _ANY
    for end in limits.model_dump(exclude_none=True):
        places: list[Steps] = [(*steps, "age_years", end)]
        yield from _moves(f"age {_words(end)}", places, source, _ANY)


def _moves(about: str, places: list[Steps], source: Source, plausible: Range) -> Iterator[Proposal]:
    """Yield the limit moved up and down, where plausible values lie on both sides of it."""
    written = _written(source, places[0])
    if written is None or not _is_inside(float(written), plausible):
        return
    unit = Decimal(1).scaleb(min(int(written.as_tuple().exponent), 0))
    for moved in (written + unit, written - unit):
        edits: tuple[Edit, ...] = tuple((place, float(moved)) for place in places)
        between = (min if places[0][-1] in ("below", "at_least") else max)(written, moved)
        hint = f"a value of just {between}"
        yield Proposal(Kind.THRESHOLD, f"{about} {written}: {moved}", places[0], edits, hint)


def _written(source: Source, steps: Steps) -> Decimal | None:
    """The number as it is written, with the zeros at its end."""
    line, column = source.place(steps)
    text = source.lines[line - 1][column - 1 :]
    number = text.split(",")[0].split("}")[0].split("#")[0].strip().strip("\"'")
    try:
        return Decimal(number)
    except InvalidOperation:
        return None


def _is_inside(number: float, plausible: Range) -> bool:
    """Tell whether plausible values lie on both sides of a number."""
    lows = (plausible.above, plausible.at_least)
    highs = (plausible.below, plausible.at_most)
    return all(low is None or low < number for low in lows) and all(
        high is None or number < high for high in highs
    )


def _words(end: str) -> str:
    return end.replace("_", " ")
