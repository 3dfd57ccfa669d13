"""A chart with hiccups, as a client sends it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

RULES = Path(__file__).parent / "rules"
SERVICE = "/cds-services/hiccups"


def observation(number: int, text: str, days: int) -> dict[str, Any]:
    """Something told in words, that began so many days ago."""
    onset = datetime.now(UTC) - timedelta(days=days)
    return {
        "resourceType": "Observation",
        "id": f"o{number}",
        "status": "final",
        "subject": {"reference": "Patient/p1"},
        "code": {"text": text},
        "effectivePeriod": {"start": onset.isoformat()},
    }


def request(*texts: str, days: int = 3) -> dict[str, Any]:
    """A patient-view call whose symptoms are these."""
    entries = [{"resource": observation(number, text, days)} for number, text in enumerate(texts)]
    empty = {"resourceType": "Bundle", "type": "searchset", "entry": []}
    return {
        "hook": "patient-view",
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": {"userId": "Practitioner/example", "patientId": "p1"},
        "prefetch": {
            "patient": {"resourceType": "Patient", "id": "p1"},
            "symptoms": {**empty, "entry": entries},
            "conditions": empty,
            "laboratory": empty,
            "orders": empty,
        },
    }
