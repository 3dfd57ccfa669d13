"""The patients of the vignettes as requests, as a client would send them today."""

from datetime import datetime
from pathlib import Path
from typing import Any

from orbicularis.authoring.patient_resources import ENCOUNTER_ID, PATIENT_ID, ResourceMaker
from orbicularis.engine.prefetch import templates
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.load import vignettes
from orbicularis.knowledge.vignette import ORDER_HOOKS, Vignette

Json = dict[str, Any]

RULES = Path(__file__).parents[2] / "rules"
SERVICE = "facial-twitching"
FAILED = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout"}]}


def vignette_files() -> dict[str, tuple[Vignette, ...]]:
    """Every vignette, by the file that it stands in."""
    files, problems = vignettes(RULES)
    assert problems == []
    return {path.as_posix(): group.vignettes for path, group in sorted(files.items())}


def request_of(vignette: Vignette, bundle: Bundle, now: datetime, instance: str) -> Json:
    """The call that a client makes for the patient now, with every template answered."""
    maker = ResourceMaker(bundle, now)
    return {
        "hook": vignette.hook or "patient-view",
        "hookInstance": instance,
        "context": _context(vignette, maker),
        "prefetch": _prefetch(vignette, bundle, maker),
    }


def _context(vignette: Vignette, maker: ResourceMaker) -> Json:
    context: Json = {"userId": "Practitioner/example", "patientId": PATIENT_ID}
    if vignette.patient.reason is not None or vignette.hook == "encounter-start":
        context["encounterId"] = ENCOUNTER_ID
    if vignette.hook in ORDER_HOOKS:
        drafts = list(maker.drafts(vignette.drafts))
        context["draftOrders"] = _collection(drafts)
        if vignette.hook == "order-select":
            context["selections"] = [
                f"{draft['resourceType']}/{draft['id']}"
                for draft, told in zip(drafts, vignette.drafts, strict=True)
                if told.selected
            ]
    if vignette.hook == "problem-list-item-create":
        context["conditions"] = _collection(list(maker.problems(vignette.new_problems)))
    return context


def _prefetch(vignette: Vignette, bundle: Bundle, maker: ResourceMaker) -> Json:
    """Each record under the first key that asks for its type."""
    asked = templates(bundle.services[SERVICE], bundle)
    found: dict[str, list[Json]] = {key: [] for key in asked}
    for record in maker.resources(vignette.patient):
        found.setdefault(_key(record["resourceType"], asked), []).append(record)
    answers = {key: _answer(asked.get(key, "?"), records) for key, records in found.items()}
    return answers | dict.fromkeys(vignette.patient.unreadable, FAILED)


def _key(kind: str, asked: dict[str, str]) -> str:
    begins = (f"{kind}?", f"{kind}/")
    return next((key for key, query in asked.items() if query.startswith(begins)), kind)


def _answer(query: str, records: list[Json]) -> Json:
    if "?" not in query:
        (record,) = records
        return record
    found = {"resourceType": "Bundle", "type": "searchset", "total": len(records)}
    return {**found, "entry": _entries(records)} if records else found


def _collection(records: list[Json]) -> Json:
    return {"resourceType": "Bundle", "type": "collection", "entry": _entries(records)}


def _entries(records: list[Json]) -> list[Json]:
    return [{"resource": record} for record in records]
