"""What all parts of a message have in common."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

NonEmpty = Annotated[str, StringConstraints(min_length=1)]
"""A string with something in it (CDS Hooks 2.0, Use of JSON: elements are never empty)."""

Resource = Annotated[
    dict[str, Any], Field(description="A FHIR R4 resource, as JSON.", title="FHIR resource")
]
"""A FHIR resource, whose shape is FHIR's and not described here."""


class Message(BaseModel):
    """A part of a message; values are never coerced, and unknown fields are left alone."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", defer_build=True)
