"""Hypothesis strategies for what records of a chart are made of: codes, texts, dates, values.

The codes are those of the rules and made-up ones; the shapes are those that clients send, by
mistake, too.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from orbicularis.authoring.vignettes import NOW
from orbicularis.knowledge.load import load

Fields = dict[str, st.SearchStrategy[Any]]

RULES = Path(__file__).parents[2] / "rules"
BUNDLE = load(RULES)

_KNOWN = [
    {"system": system.uri, "code": code.code, "display": code.display}
    for concept in BUNDLE.concepts.values()
    for code in concept.codes
    if (system := BUNDLE.systems.get(code.system)) is not None
]
LOCAL = [{"system": "urn:oid:1.2.3.4.5", "code": f"LOCAL-{number}"} for number in range(5)]
_PHRASES = sorted(
    {finding.phrase for finding in BUNDLE.findings.values()}
    | {coding["display"] for coding in _KNOWN}
)

ODD: tuple[Any, ...] = (None, "", "?", 0, -1, 1e308, True, [], {}, [None], [[]], {"a": []}, "\x00")
"""What stands where something else belongs."""

_UNITS = ("mmol/L", "mg/dL", "mEq/L", "umol/L", "g/L", "g/dL", "ng/mL", "%", "/min", "furlong", "")

codings = st.sampled_from([*_KNOWN, *_KNOWN, *LOCAL])
texts = st.builds(
    lambda frame, said: frame.format(said),
    st.sampled_from(["{}", "no {}", "{}?", "history of {}", "{} since Monday", "mother: {}"]),
    st.sampled_from(_PHRASES),
)
concepts = st.fixed_dictionaries(
    {"coding": st.lists(codings, min_size=1, max_size=2)}, optional={"text": texts}
) | st.fixed_dictionaries({"text": texts})

_lately = st.timedeltas(timedelta(0), timedelta(days=20))
_ago = st.one_of(_lately, _lately, st.timedeltas(timedelta(days=-400), timedelta(days=4_000)))
_exact = _ago.map(lambda ago: (NOW - ago).isoformat(timespec="seconds"))
dates = st.one_of(
    _exact,
    _exact,
    _exact,
    _exact.map(lambda text: text[:10]),
    _exact.map(lambda text: text[:7]),
    _exact.map(lambda text: text[:4]),
    st.sampled_from(["2026-02-30", "0001-01-01", "9999-12-31", "20260615", "yesterday", ""]),
)
periods = st.fixed_dictionaries({}, optional={"start": dates, "end": dates})

_numbers = st.floats(-10, 500, allow_nan=False) | st.sampled_from([0, 1.9, 2.1, 7.5, 140, 10**30])
_range = st.fixed_dictionaries(
    {},
    optional={
        "low": st.fixed_dictionaries({"value": _numbers}),
        "high": st.fixed_dictionaries({"value": _numbers}),
    },
)
quantities = st.fixed_dictionaries(
    {"value": _numbers, "unit": st.sampled_from(_UNITS)},
    optional={
        "comparator": st.sampled_from(["<", ">", "<=", ">=", "ad"]),
        "system": st.just("http://unitsofmeasure.org"),
        "code": st.sampled_from(_UNITS),
    },
)
_flags = st.sampled_from(["L", "LL", "H", "HH", "N", "A", "?"]).map(
    lambda code: [{"coding": [{"code": code}]}]
)
_VALUES: Fields = {
    "valueBoolean": st.booleans(),
    "valueString": st.sampled_from(["present", "absent", "no", "yes", "mild", "7.9 mg/dL"]) | texts,
    "valueInteger": st.integers(-1, 3),
    "valueQuantity": quantities,
    "valueCodeableConcept": concepts,
    "dataAbsentReason": st.just({"text": "not performed"}),
}
_REMARKS: Fields = {
    "referenceRange": st.lists(_range, max_size=2),
    "interpretation": _flags,
}
valued = st.one_of(
    *(st.fixed_dictionaries({name: how}, optional=_REMARKS) for name, how in _VALUES.items()),
    *[st.just({"valueBoolean": True})] * 3,
    *[st.fixed_dictionaries({"valueQuantity": quantities}, optional=_REMARKS)] * 3,
    st.just({}),
)
"""At most one value, and what a laboratory remarks on it."""

components = st.builds(lambda code, value: {"code": code, **value}, concepts, valued)
