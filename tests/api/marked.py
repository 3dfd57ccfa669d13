"""Requests in which everything that could be of a patient carries a marker."""

from collections.abc import Iterator
from typing import Any

WORD = "zq7marker"
"""Added to every id, name and text."""
DIGITS = "0000481726"
"""The last decimals of every quantity; too many of them to stand in an id by chance."""
MARKERS = (WORD, DIGITS)

_FRACTION = 0.000_000_481_726
_IDS = frozenset({"id", "patientId", "encounterId", "userId", "fullUrl", "hookInstance"})
_TEXTS = frozenset({"text", "display", "div", "valueString", "comment", "family", "unitName"})


def marked(value: Any, key: str = "") -> Any:
    """The same with markers, still read as it was: codes, dates and units are left alone."""
    if isinstance(value, dict):
        return _resource({name: marked(one, name) for name, one in value.items()})
    if isinstance(value, list):
        return [marked(one, key) for one in value]
    if isinstance(value, str):
        return _text(value, key)
    if isinstance(value, int | float) and not isinstance(value, bool) and key == "value":
        return value + _FRACTION
    return value


def _text(value: str, key: str) -> str:
    if key == "reference" or (key == "userId" and "/" in value) or key == "selections":
        kind, slash, identifier = value.rpartition("/")
        return f"{kind}{slash}{WORD}-{identifier}"
    if key in _IDS:
        return f"{WORD}-{value}"
    return f"{value} {WORD}" if key in _TEXTS else value


def _resource(value: dict[str, Any]) -> dict[str, Any]:
    if "resourceType" not in value or value["resourceType"] == "Bundle":
        return value
    said = {"status": "generated", "div": f"<div>{WORD}</div>"}
    more: dict[str, Any] = {
        "identifier": [{"system": "urn:mrn", "value": WORD}],
        "text": said,
        "extension": [{"url": f"http://{WORD}.example", "valueString": WORD}],
    }
    if value["resourceType"] == "Patient":
        more |= {"name": [{"family": WORD, "given": [WORD]}], "telecom": [{"value": WORD}]}
    elif value["resourceType"] != "OperationOutcome":
        more["note"] = [*value.get("note", ()), {"text": WORD, "authorString": WORD}]
    return value | more


def births(value: Any) -> Iterator[str]:
    """Every date of birth in a request; age is read from it, so that it is left as it is."""
    if isinstance(value, list):
        for one in value:
            yield from births(one)
    elif isinstance(value, dict):
        born = value.get("birthDate")
        if isinstance(born, str):
            yield born
        for one in value.values():
            yield from births(one)


def secrets(request: dict[str, Any]) -> dict[str, Any]:
    """What a request carries beside the chart, marked."""
    failed = {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": "error", "code": "timeout", "diagnostics": WORD}],
    }
    prefetch = {**request.get("prefetch", {}), f"{WORD}-key": failed, WORD: None}
    return request | {
        "prefetch": prefetch,
        "extension": {WORD: WORD},
        "fhirServer": f"https://{WORD}.example/fhir",
        "fhirAuthorization": {
            "access_token": WORD,
            "token_type": "Bearer",
            "expires_in": 300,
            "scope": f"patient/*.read {WORD}",
            "subject": WORD,
        },
    }


def spoilt(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Variants of a marked request that are refused."""
    context = request["context"]
    yield request | {"hook": WORD}
    yield request | {"hook": {WORD: WORD}}
    yield request | {"hookInstance": [WORD]}
    yield request | {"context": WORD}
    yield request | {"context": context | {"patientId": {WORD: WORD}}}
    yield request | {"context": context | {"userId": [WORD]}}
    yield request | {"context": {WORD: WORD}}
    yield request | {"prefetch": {WORD: WORD}}
    yield request | {"prefetch": {"symptoms": WORD, f"{WORD} Jane": [WORD]}}
    yield request | {"prefetch": {f"{WORD}{i}": None for i in range(100)}}
    yield request | {"prefetch": {}}
    failed = {"resourceType": "OperationOutcome", "issue": [{"diagnostics": WORD, "code": WORD}]}
    keys = ("symptoms", "conditions", "encounters", WORD)
    yield request | {"prefetch": dict.fromkeys(keys, failed)}
    yield request | {"prefetch": {key: {"resourceType": WORD, "entry": WORD} for key in keys}}
    yield request | {"fhirServer": {WORD: WORD}}
    yield request | {"fhirServer": f"not a url {WORD}"}
    yield request | {"fhirAuthorization": {WORD: WORD}}
    yield request | {"fhirAuthorization": {"access_token": [WORD], "expires_in": WORD}}
