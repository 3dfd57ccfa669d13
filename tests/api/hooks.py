"""Calls on every hook, as their samples shape them."""

from datetime import UTC, datetime
from typing import Any

from orbicularis.api.sample import sample
from orbicularis.cli.sample import shifted

PATH = "/cds-services/facial-twitching"
HOOKS = (
    "patient-view",
    "encounter-start",
    "order-select",
    "order-sign",
    "problem-list-item-create",
)

Json = dict[str, Any]


def request(hook: str) -> Json:
    """The sample of the hook, seen a few hours ago."""
    name = "hypoparathyroidism" if hook == "patient-view" else hook
    return shifted(sample(f"{name}.request"), datetime.now(UTC))
