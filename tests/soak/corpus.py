"""Good calls, and every answer that the good editions of the rules give to them."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from orbicularis.api import envelope, intake
from orbicularis.api.sample import sample
from orbicularis.cli.sample import shifted
from orbicularis.engine.engine import DataMissing, Engine
from orbicularis.engine.prefetch import templates
from orbicularis.knowledge.load import vignettes
from tests.api.marked import marked
from tests.conformance.patients import SERVICE, request_of
from tests.soak.folder import RULES, Folder

PATH = f"/cds-services/{SERVICE}"
SAMPLES = (
    "hypoparathyroidism",
    "nothing-recorded",
    "encounter-start",
    "order-select",
    "order-sign",
    "problem-list-item-create",
)
TOKEN = {"access_token": "zq7marker-token", "token_type": "Bearer", "expires_in": 300}


@dataclass(frozen=True, slots=True)
class Case:
    """A patient.

    Attributes:
        name: where the patient comes from.
        request: the whole call.
        body: the same as it is sent.
        answers: what may come back, by the byte: one for each good edition.
        searches: what a FHIR server has to say of the patient, by relative URL; nothing when
            the call does not say as much as a server would.
    """

    name: str
    request: dict[str, Any]
    body: bytes
    answers: frozenset[bytes]
    searches: dict[str, bytes]

    def from_server(self, base: str) -> bytes:
        """The call with nothing sent along, so that the server has to be asked."""
        without = {name: part for name, part in self.request.items() if name != "prefetch"}
        return json.dumps({**without, "fhirServer": base, "fhirAuthorization": TOKEN}).encode()


def corpus(folder: Folder, seconds: float, most: int) -> list[Case]:
    """Samples and vignettes whose answers do not depend on when in the run they are asked for.

    Everything that could be of a patient carries a marker, for the search of the logs.
    """
    now = datetime.now(UTC)
    later = now + timedelta(seconds=seconds + 180)
    engines = list(folder.engines.values())
    found = []
    for name, request in _requests(engines[0], now, most):
        body = json.dumps(request).encode()
        answers = [{_answer(engine, body, at) for at in (now, later)} for engine in engines]
        if all(len(of_one) == 1 and None not in of_one for of_one in answers):
            told = frozenset(one for of_one in answers for one in of_one if one is not None)
            found.append(Case(name, request, body, told, _searches(engines[0], request)))
    return found


def _requests(engine: Engine, now: datetime, most: int) -> list[tuple[str, dict[str, Any]]]:
    made = [(name, shifted(sample(f"{name}.request"), now)) for name in SAMPLES]
    files, _ = vignettes(RULES)
    every = [(str(path), one) for path, group in sorted(files.items()) for one in group.vignettes]
    for path, one in every[:: max(1, len(every) // most)]:
        made.append((path, request_of(one, engine.bundle, now, f"soak-{len(made)}")))
    return [
        (name, marked(_of_another(request, number))) for number, (name, request) in enumerate(made)
    ]


def _of_another(request: dict[str, Any], number: int) -> dict[str, Any]:
    """The same chart under a patient id of its own."""
    patient = request["context"]["patientId"]
    text = json.dumps(request).replace(f'Patient/{patient}"', f'Patient/{patient}-{number}"')
    changed: dict[str, Any] = json.loads(text)
    changed["context"]["patientId"] = f"{patient}-{number}"
    for part in changed.get("prefetch", {}).values():
        if isinstance(part, dict) and part.get("resourceType") == "Patient":
            part["id"] = f"{patient}-{number}"
    return changed


def _answer(engine: Engine, body: bytes, now: datetime) -> bytes | None:
    service = engine.bundle.services[SERVICE]
    call = intake.take(envelope.split(body), service).call
    try:
        return msgspec.json.encode({"cards": engine.answer(SERVICE, call, now).cards})
    except DataMissing:
        return None


def _searches(engine: Engine, request: dict[str, Any]) -> dict[str, bytes]:
    asked = templates(engine.bundle.services[SERVICE], engine.bundle)
    patient = request["context"]["patientId"]
    prefetch = request["prefetch"]
    if set(prefetch) != set(asked) or None in prefetch.values():
        # Asking for what this client did not send would make another patient.
        return {}
    return {
        asked[key].replace("{{context.patientId}}", patient): json.dumps(answer).encode()
        for key, answer in prefetch.items()
    }
