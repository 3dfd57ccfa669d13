"""Writes the samples that follow from the rules anew; then run ``make openapi``.

    python -m tests.contract.refresh_samples

The samples stand in the OpenAPI document, which is the same for every bundle of rules: they
are not made when it is, and tests hold only so much of them to the present rules as an
integrator would rely on.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from orbicularis.api.discovery import discovery
from orbicularis.api.envelope import split
from orbicularis.api.intake import take
from orbicularis.api.sample import sample
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load

SAMPLES = Path("service/orbicularis/api/samples")
SEEN = datetime.fromisoformat("2026-11-20T12:00:00+01:00")
"""When the sample patient's chart was opened: some hours after its newest entry."""


def answer_to_sample(engine: Engine) -> dict[str, Any]:
    """The response to the sample request, on the day of the sample."""
    service = engine.bundle.services["facial-twitching"]
    body = json.dumps(sample("hypoparathyroidism.request")).encode()
    answer = engine.answer(service.id, take(split(body), service).call, SEEN)
    return {"cards": json.loads(msgspec.json.encode(answer.cards))}


def _write(name: str, document: dict[str, Any]) -> None:
    text = json.dumps(document, indent=2, ensure_ascii=False)
    (SAMPLES / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    engine = Engine(load(Path("rules")))
    _write("discovery", discovery(engine.bundle).model_dump(mode="json", by_alias=True))
    _write("hypoparathyroidism.response", answer_to_sample(engine))
