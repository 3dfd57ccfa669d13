"""Context by hook (CDS Hooks Library).

Required is what the definition of the hook requires; FHIR data are objects here, and read as
leniently as any other.
"""

from typing import Annotated

from pydantic import Field

from orbicularis.api.models.base import Message, NonEmpty, Resource

_ENCOUNTER = "FHIR `Encounter.id` of the encounter in context"

DraftOrders = Annotated[
    Resource,
    Field(
        alias="draftOrders",
        title="Draft orders",
        description=(
            "A Bundle of the unsigned orders of this session. Read are MedicationRequest (with "
            "Medication) and ServiceRequest; no element of them is required. What is drafted is "
            "not suggested again, and is never taken for an exposure."
        ),
    ),
]


_ID = "[A-Za-z0-9._~:-]{1,128}"
"""More than a FHIR id may hold, because servers give longer ones; nothing that needs escaping."""
_BASE = "(?:https?://[A-Za-z0-9._~:/-]{1,500}/)?"


class HookContext(Message):
    """What the contexts of all hooks have in common."""

    user_id: NonEmpty = Field(
        alias="userId",
        description="The current user: `Practitioner/…`, `PractitionerRole/…`, `Patient/…` or "
        "`RelatedPerson/…`.",
    )
    patient_id: str = Field(
        alias="patientId",
        pattern=f"^(?:{_BASE}Patient/)?{_ID}$",
        description="FHIR `Patient.id` of the patient in context; a reference to it will do.",
    )
    encounter_id: str | None = Field(
        None,
        alias="encounterId",
        pattern=f"^(?:(?:{_BASE}Encounter/)?{_ID})?$",
        description=f"{_ENCOUNTER}, when there is one.",
    )


class PatientViewContext(HookContext):
    """A chart was opened (CDS Hooks Library, patient-view: Context)."""


class EncounterStartContext(HookContext):
    """An encounter begins (CDS Hooks Library, encounter-start: Context)."""

    encounter_id: str = Field(
        alias="encounterId",
        pattern=f"^(?:{_BASE}Encounter/)?{_ID}$",
        description=f"{_ENCOUNTER}: it starts.",
    )


class OrderSelectContext(HookContext):
    """Orders were selected and are not signed yet (CDS Hooks Library, order-select: Context)."""

    selections: tuple[str, ...] = Field(
        strict=False,  # JSON knows no tuples; the items are held to be strings all the same.
        description=(
            "The newly selected orders: references to entries of `draftOrders`, such as "
            "`MedicationRequest/103`. Advice is given on these; where none of them names an "
            "entry, on all drafts."
        ),
    )
    draft_orders: DraftOrders


class OrderSignContext(HookContext):
    """Orders are about to be signed (CDS Hooks Library, order-sign: Context)."""

    draft_orders: DraftOrders


class ProblemListItemCreateContext(HookContext):
    """Problems were created (CDS Hooks Library, problem-list-item-create: Context)."""

    conditions: Resource = Field(
        description=(
            "A Bundle of the new Conditions. They count as present and as of now, unless they "
            "say otherwise."
        )
    )
