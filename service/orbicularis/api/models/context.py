"""Context by hook (CDS Hooks Library)."""

from pydantic import Field

from orbicularis.api.models.base import Message, NonEmpty


class PatientViewContext(Message):
    """Who looks at whose chart (CDS Hooks Library, patient-view: Context)."""

    user_id: NonEmpty = Field(
        alias="userId",
        description="The current user: `Practitioner/…`, `PractitionerRole/…`, `Patient/…` or "
        "`RelatedPerson/…`.",
    )
    patient_id: NonEmpty = Field(
        alias="patientId", description="FHIR `Patient.id` of the patient whose chart is open."
    )
    encounter_id: str | None = Field(
        None,
        alias="encounterId",
        description="FHIR `Encounter.id` of the encounter in context, when there is one.",
    )
