"""What clients send as feedback."""

from typing import Any

Json = dict[str, Any]

PATH = "/cds-services/facial-twitching/feedback"
SYSTEM = "http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes"
WHEN = "2026-11-20T11:05:31.220Z"
ELSEWHERE = "4e0a3a1e-3283-4575-ab82-028d55fe2719"
"""A card of another service; the specification's own example."""


def overridden(card: str, **more: Any) -> Json:
    """A card was dismissed."""
    return {"card": card, "outcome": "overridden", "outcomeTimestamp": WHEN, **more}


def accepted(card: str, *suggestions: str, **more: Any) -> Json:
    """Suggestions of a card were taken."""
    ids = [{"id": suggestion} for suggestion in suggestions]
    return {
        "card": card,
        "outcome": "accepted",
        "acceptedSuggestions": ids,
        "outcomeTimestamp": WHEN,
        **more,
    }


def batch(*entries: Any) -> Json:
    """A request."""
    return {"feedback": list(entries)}
