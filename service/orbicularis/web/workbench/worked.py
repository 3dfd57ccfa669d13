"""The worked examples of the package: whole requests, offered where they suit the rules."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from orbicularis.api.envelope import split
from orbicularis.api.intake import take
from orbicularis.api.refusal import Refusal
from orbicularis.api.sample import sample
from orbicularis.engine.engine import DataMissing, Engine

SEEN = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""When the patients of the worked examples were seen."""
_ENDING = ".request.json"


def worked(engine: Engine, service: str) -> Mapping[str, dict[str, Any]]:
    """The requests by name that a service has a finding of its own to speak of.

    Args:
        engine: whose rules they would be answered by.
        service: id of the service that would be asked.
    """
    requests = {name: sample(f"{name}.request") for name in _names()}
    return {name: one for name, one in requests.items() if _suits(one, engine, service)}


def _suits(request: dict[str, Any], engine: Engine, service: str) -> bool:
    body = msgspec.json.encode(request)
    try:
        call = take(split(body), engine.bundle.services[service]).call
        return bool(engine.answer(service, call, SEEN).assessment.index)
    except (Refusal, DataMissing):
        return False


@cache
def _names() -> tuple[str, ...]:
    """Names of the calls among the examples; the others are feedback."""
    folder = files("orbicularis.api").joinpath("samples")
    names = [entry.name for entry in folder.iterdir() if entry.name.endswith(_ENDING)]
    calls = [name for name in names if "hook" in sample(name.removesuffix(".json"))]
    return tuple(sorted(name.removesuffix(_ENDING) for name in calls))
