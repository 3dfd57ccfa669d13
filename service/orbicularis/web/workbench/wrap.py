"""From a Bundle of one patient's records to the request that a client would send for it."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from orbicularis.api import refusals
from orbicularis.knowledge.service import Service

Json = dict[str, Any]

HOOK = "patient-view"
INSTANCE = "00000000-0000-4000-8000-000000000000"
"""A fixed identity: the same Bundle gives the same request, and the same uuids of cards."""
USER = "Practitioner/workbench"
OTHER = "other"
"""The key of records that no query of the service asks for; they are read all the same."""

_LONGEST_ID = 64


def wrap(
    bundle: Json, service: Service, templates: Mapping[str, str]
) -> tuple[Json, tuple[str, ...]]:
    """Sort the entries of a Bundle under the service's prefetch keys.

    What the Bundle holds none of is left out: that it was looked for, nobody has said.

    Args:
        bundle: the Bundle.
        service: whose keys they are.
        templates: its FHIR queries by key.

    Returns:
        The request, and what was done in sentences.

    Raises:
        Refusal: 400 when nothing tells whose records these are.
    """
    entries = list(_entries(bundle))
    patient, which = _patient(entries)
    sorted_: dict[str, list[Json]] = {}
    for entry in entries:
        sorted_.setdefault(_key(entry["resource"], service, templates), []).append(entry)
    further = [link for link in _list(bundle.get("link")) if _is_next(link)]
    prefetch = {
        key: _answer(templates.get(key, "?"), found, further) for key, found in sorted_.items()
    }
    request = {
        "hook": HOOK,
        "hookInstance": INSTANCE,
        "context": {"userId": USER, "patientId": patient},
        "prefetch": prefetch,
    }
    return request, tuple(_told(len(entries), which, sorted_, service))


def _entries(bundle: Json) -> Iterator[Json]:
    """Each entry with its resource and its URL; a Patient without id gets one from the URL."""
    for entry in _list(bundle.get("entry")):
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict):
            continue
        url = entry.get("fullUrl")
        kept: Json = {"fullUrl": url} if isinstance(url, str) else {}
        if resource.get("resourceType") == "Patient" and "id" not in resource and kept:
            resource = {"id": kept["fullUrl"].replace(":", "/").rpartition("/")[2], **resource}
        yield {**kept, "resource": resource}


def _patient(entries: list[Json]) -> tuple[str, str]:
    """Logical id of the patient, and how it was found."""
    ids = [
        str(entry["resource"]["id"])
        for entry in entries
        if entry["resource"].get("resourceType") == "Patient" and "id" in entry["resource"]
    ]
    if ids:
        which = "the Patient in it" if len(ids) == 1 else f"the first of {len(ids)} Patients in it"
        return ids[0], which
    for entry in entries:
        subject = entry["resource"].get("subject") or entry["resource"].get("patient")
        reference = subject.get("reference") if isinstance(subject, dict) else None
        if isinstance(reference, str) and "Patient/" in reference:
            return reference.rpartition("Patient/")[2][:_LONGEST_ID], "the first subject named"
    raise refusals.no_patient()


def _key(resource: Json, service: Service, templates: Mapping[str, str]) -> str:
    """The key whose query would return the record; else the one most like it."""
    kind = str(resource.get("resourceType"))
    asking = {
        key: parse_qs(urlsplit(query).query)
        for key, query in templates.items()
        if query.replace("/", "?").split("?")[0] == kind
    }
    if not asking:
        return OTHER
    for key, asked in asking.items():
        if _is_asked(resource, asked):
            return key
    return next((key for key in asking if service.prefetch[key].index), next(iter(asking)))


def _is_asked(resource: Json, asked: Mapping[str, list[str]]) -> bool:
    """True when category and code are among those that the query names."""
    for name in ("category", "code"):
        if name in asked:
            wanted = {code for value in asked[name] for code in value.split(",")}
            if wanted.isdisjoint(_codes(resource.get(name))):
                return False
    return True


def _codes(value: Any) -> Iterator[str]:
    for concept in _list(value):
        for coding in _list(concept.get("coding")) if isinstance(concept, dict) else ():
            if isinstance(coding, dict):
                yield str(coding.get("code"))


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _is_next(link: Any) -> bool:
    return isinstance(link, dict) and link.get("relation") == "next"


def _answer(query: str, found: list[Json], further: list[Json]) -> Json:
    """A read gives the resource itself, a search gives a Bundle."""
    if "?" not in query and len(found) == 1:
        resource: Json = found[0]["resource"]
        return resource
    searchset: Json = {"resourceType": "Bundle", "type": "searchset", "entry": found}
    return {**searchset, "link": further} if further else searchset


def _told(
    number: int, which: str, found: Mapping[str, list[Json]], service: Service
) -> Iterator[str]:
    yield f"A Bundle with {_count(number, 'record')} was made into a {HOOK} request, for {which}."
    put = (f"{key} {len(found[key])}" for key in service.prefetch if key in found)
    yield f"Put under the prefetch keys of the service: {', '.join(put)}."
    if OTHER in found:
        kinds = sorted({str(entry["resource"].get("resourceType")) for entry in found[OTHER]})
        yield f"Under the key “{OTHER}”, because no query asks for them: {', '.join(kinds)}."
    lacking = [one.title for key, one in service.prefetch.items() if key not in found]
    if lacking:
        yield f"Left out, as it holds none: {', '.join(lacking)}. Not sent is unknown, not absent."


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
