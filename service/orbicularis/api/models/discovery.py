"""What discovery answers (CDS Hooks 2.0, Discovery: Response)."""

from pydantic import Field

from orbicularis.api.models.base import Message, NonEmpty


class DiscoveredService(Message):
    """One service on one hook; a service of several hooks is listed once per hook.

    CDS Hooks 2.0, Discovery: Response; `version` and `hookVersion` are additions of 3.0.
    """

    hook: NonEmpty = Field(description="The hook on which to call the service.")
    title: NonEmpty = Field(description="Name of the service, for people.")
    description: NonEmpty = Field(description="What the service does, for people.")
    id: NonEmpty = Field(description="Last part of its URL: `/cds-services/{id}`.")
    prefetch: dict[str, NonEmpty] = Field(
        description=(
            "FHIR queries by key, relative to the client's FHIR server. The only token used is "
            "`{{context.patientId}}`. Send the result of each under the same key."
        )
    )
    usage_requirements: NonEmpty = Field(
        alias="usageRequirements", description="What the service needs to be of use."
    )
    version: NonEmpty = Field(
        description="Version of the CDS Hooks specification that the service implements."
    )
    hook_version: NonEmpty = Field(
        alias="hookVersion",
        description="Version of the hook's definition in the CDS Hooks Library.",
    )


class Discovery(Message):
    """The services that can be called (CDS Hooks 2.0, Discovery: Response)."""

    services: tuple[DiscoveredService, ...] = Field(description="One entry per service and hook.")
