"""References: which resource is meant, in whatever form it is written (FHIR R4, 2.3.0)."""

from collections.abc import Mapping
from typing import TypeVar

Known = TypeVar("Known")


def local(reference: str) -> str:
    """Give ``Type/id`` of a relative, absolute or versioned reference; others as they are."""
    if reference.startswith(("urn:", "#")):
        return reference
    parts = reference.rstrip("/").split("/")
    if len(parts) > 3 and parts[-2] == "_history":
        del parts[-2:]
    return "/".join(parts[-2:])


class Whose:
    """Tells whose a record is, by its reference to the patient in context.

    A record without such a reference is the patient's.
    """

    def __init__(self, patient_id: str) -> None:
        """Keep the id, with or without its type."""
        self._own = {f"Patient/{patient_id.rsplit('/', 1)[-1]}"}
        self._own.add(next(iter(self._own)).removeprefix("Patient/"))
        self._own.add(f"urn:uuid:{patient_id}")

    def is_patient(self, patient_id: str | None) -> bool:
        """Tell whether a Patient with this id is the one in context; one without id may be."""
        return patient_id is None or patient_id in self._own

    def know(self, full_url: str | None) -> None:
        """Learn the URL under which the patient stands in a Bundle."""
        if full_url:
            self._own.add(full_url)

    def is_own(self, reference: str | None) -> bool:
        """Tell whether the reference means the patient in context."""
        return reference is None or reference in self._own or local(reference) in self._own


def same(reference: str | None, wanted: str | None, resource_type: str) -> bool:
    """Tell whether a reference means the resource of that type with the wanted id."""
    if not reference or not wanted:
        return False
    return local(reference) == f"{resource_type}/{wanted.rsplit('/', 1)[-1]}"


def resolve(reference: str | None, known: Mapping[str, Known]) -> Known | None:
    """Find what a reference means among resources known by ``Type/id`` and by full URL."""
    if not reference:
        return None
    found = known.get(reference)
    return known.get(local(reference)) if found is None else found
