"""Where fuzzing begins: the samples, the recorded clients and the vignettes, as bytes."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from orbicularis.authoring.vignettes import NOW, call_for
from orbicularis.cli.sample import shifted
from orbicularis.engine.engine import Engine
from orbicularis.facts.call import Call
from orbicularis.knowledge.load import load, vignettes
from tests.api.auth import signer
from tests.fuzz.targets import KEYS, RULES

LONGEST = 65_536
"""Bytes of an input; enough for a chart of some hundred records."""

_TESTS = Path(__file__).parents[1]
_SAMPLES = Path(__file__).parents[2] / "service/orbicularis/api/samples"
_CORPUS = _TESTS / "clients/corpus"
_FOUND = Path(__file__).parent / "found"


def seeds(target: str) -> Iterator[bytes]:
    """The seeds of a target, what was found before included."""
    made = {"call": _calls, "feedback": _feedbacks, "token": _tokens}[target]()
    found = (file.read_bytes() for file in sorted(_FOUND.glob(f"{target}-*")))
    yield from (seed for seed in (*made, *found) if len(seed) <= LONGEST)


@cache
def requests() -> tuple[dict[str, Any], ...]:
    """All calls that are known, as JSON; not to be changed."""
    return (*_recorded(), *_vignettes())


def _recorded() -> Iterator[dict[str, Any]]:
    for file in sorted(_SAMPLES.glob("*.request.json")):
        if not file.name.startswith("feedback"):
            yield _at_the_time(json.loads(file.read_text("utf-8")))
    for file in sorted(_CORPUS.glob("*.json")):
        body = json.loads(file.read_text("utf-8")).get("body")
        if isinstance(body, dict) and "hook" in body:
            yield _at_the_time(body)


def _vignettes() -> Iterator[dict[str, Any]]:
    engine = Engine(load(RULES))
    for _, group in sorted(vignettes(RULES)[0].items()):
        service = engine.bundle.services[group.service]
        for vignette in group.vignettes:
            yield _request(call_for(vignette, service, engine))


def _at_the_time(body: dict[str, Any]) -> dict[str, Any]:
    return shifted(body, NOW)


def _request(call: Call) -> dict[str, Any]:
    context: dict[str, Any] = {
        "userId": "Practitioner/example",
        "patientId": call.patient_id,
        "encounterId": call.encounter_id or "vignette-encounter",
    }
    if call.drafts is not None:
        context["draftOrders"] = json.loads(bytes(call.drafts))
    if call.hook == "order-select":
        context["selections"] = list(call.selections)
    if call.problems is not None:
        context["conditions"] = json.loads(bytes(call.problems))
    prefetch = {
        key: None if raw is None else json.loads(bytes(raw)) for key, raw in call.prefetch.items()
    }
    return {
        "hook": call.hook,
        "hookInstance": call.hook_instance,
        "context": context,
        "prefetch": prefetch,
    }


def _calls() -> Iterator[bytes]:
    for request in requests():
        yield json.dumps(request, ensure_ascii=False).encode()


def _feedbacks() -> Iterator[bytes]:
    for file in sorted(_SAMPLES.glob("feedback-*.json")):
        yield file.read_bytes()
    for file in sorted(_CORPUS.glob("*feedback*.json")):
        yield json.dumps(json.loads(file.read_text("utf-8"))["body"]).encode()


def _tokens() -> Iterator[bytes]:
    """Tokens that are right but for the key, and wrong in one more way each."""
    changes: tuple[dict[str, Any], ...] = (
        {},
        {"exp": datetime(2020, 1, 1).astimezone().timestamp()},
        {"aud": [signer.BASE + signer.PATH, "https://other.example.org"]},
        {"iss": signer.OTHER},
        {"jti": None},
    )
    for algorithm in KEYS:
        key = signer.private(algorithm, "stranger")
        for change in changes:
            yield b"Bearer " + signer.token(algorithm, key, **change).encode()
        pointing = {"jku": "https://ehr.example.org/jwks", "typ": "at+jwt"}
        yield b"Bearer " + signer.token(algorithm, key, pointing).encode()
