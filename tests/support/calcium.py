"""Calcium rules as clinicians state them, for tests of how results are read."""

from datetime import timedelta

from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.finding import Finding
from tests.support.bundles import bundle, by, finding, measurement

TOTAL, IONISED, CORRECTED, ALBUMIN = "calcium", "ionised", "corrected", "albumin"
LOW, SEVERE, HIGH = "low-calcium", "severe-calcium", "high-calcium"

_MOLAR = {"molar_mass": 40.078, "valence": 2, "plausible": {"at_least": 0.5, "at_most": 6}}

_MEASUREMENTS = (
    measurement(TOTAL, "mmol/L", **_MOLAR),
    measurement(IONISED, "mmol/L", **_MOLAR | {"plausible": {"at_least": 0.3, "at_most": 4}}),
    measurement(ALBUMIN, "g/L", plausible={"at_least": 5, "at_most": 80}),
    measurement(
        CORRECTED,
        "mmol/L",
        corrected={
            "measured": TOTAL,
            "albumin": ALBUMIN,
            "albumin_unit": "g/L",
            "normal": 40,
            "per_unit": 0.02,
            "unreliable_below": 30,
        },
        **_MOLAR,
    ),
)


def criterion(
    name: str, present: dict[str, float], absent: dict[str, float], **more: object
) -> dict[str, object]:
    unit = more.pop("unit", "mmol/L")
    return {"measurement": name, "unit": unit, "present": present, "absent": absent, **more}


def low(name: str, below: float, normal: float | None = None) -> dict[str, object]:
    """Below the limit, or below the laboratory's own range."""
    absent = {"at_least": below if normal is None else normal}
    return criterion(name, {"below": below}, absent, laboratory_range="low")


def measured(rule_id: str, *criteria: dict[str, object], **more: object) -> Finding:
    return finding(rule_id, by(measurement={"by": criteria}), kind="laboratory", **more)


VALID = {"absent": timedelta(hours=72)}

RULES: Bundle = bundle(
    *_MEASUREMENTS,
    measured(LOW, low(IONISED, 1.12, 1.15), low(CORRECTED, 2.12), valid=VALID),
    measured(
        SEVERE,
        criterion(IONISED, {"below": 1.0}, {"at_least": 1.0}),
        criterion(CORRECTED, {"below": 1.9}, {"at_least": 1.9}),
        valid=VALID,
    ),
    measured(
        HIGH,
        criterion(TOTAL, {"above": 10.5}, {"at_most": 10.5}, unit="mg/dL", laboratory_range="high"),
    ),
    measured(
        "some-calcium",
        criterion(TOTAL, {"above": 2, "below": 2.2}, {"at_least": 2.2}),
    ),
    measured("some-more-calcium", criterion(TOTAL, {"at_least": 2.6}, {"below": 2.6})),
    measured("some-less-calcium", criterion(TOTAL, {"at_most": 2}, {"above": 2})),
    measured("low-total", low(TOTAL, 2.12)),
    measured(
        "normal-total",
        criterion(
            TOTAL, {"at_least": 2.12, "at_most": 2.62}, {"below": 2.12}, laboratory_range="normal"
        ),
    ),
)
