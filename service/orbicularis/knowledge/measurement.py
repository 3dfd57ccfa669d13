"""Measurements: laboratory quantities and vital signs, their units and corrections."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from orbicularis.knowledge.base import Id, Knowledge, KnowledgeFile, Text
from orbicularis.knowledge.finding import Range


class AlbuminCorrection(Knowledge):
    """corrected = measured + per_unit x (normal - albumin), in this file's unit.

    Attributes:
        measured: the measurement that is corrected.
        albumin: the measurement that corrects it, in ``albumin_unit``.
        per_unit: change of the corrected value for one ``albumin_unit`` below ``normal``.
        normal: albumin at which nothing is corrected.
        within: the most that may lie between the two samples.
        unreliable_below: albumin below which the result is not to be relied on.
        unreliable_with: findings that, when present, make it not to be relied on either.
    """

    measured: Id
    albumin: Id
    albumin_unit: Text
    normal: float
    per_unit: float
    within: timedelta = timedelta(hours=24)
    unreliable_below: float
    unreliable_with: tuple[Id, ...] = ()


class Measurement(KnowledgeFile):
    """One quantity, under whatever code and unit a laboratory sends it.

    Attributes:
        codes: keys of the terminology table.
        unit: canonical UCUM unit in which criteria compare.
        display_units: further units in which a reader may want to see a threshold.
        molar_mass: g/mol, to convert mass to substance concentration.
        valence: equivalents per mole, to convert mEq to mmol.
        plausible: what is compatible with life, in ``unit``; a value outside is unknown.
        corrected: how the value is derived when it was not measured itself.
    """

    codes: tuple[Id, ...] = ()
    unit: Text
    display_units: tuple[Text, ...] = ()
    molar_mass: Annotated[float, Field(gt=0)] | None = None
    valence: Annotated[int, Field(ge=1)] | None = None
    plausible: Range
    corrected: AlbuminCorrection | None = None
