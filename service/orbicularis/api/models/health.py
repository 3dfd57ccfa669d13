"""What the probes of an operator get."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from orbicularis.api.models.base import Message, NonEmpty
from orbicularis.knowledge.status import MinStatus


class Health(Message):
    """The process lives and answers."""

    status: Literal["ok"] = "ok"


class OverlayRules(Message):
    """What a site does differently from the bundle."""

    name: NonEmpty = Field(description="Name of the overlay.")
    version: NonEmpty = Field(description="Version of the overlay.")


class Rules(Message):
    """Which rules are served."""

    name: NonEmpty = Field(description="Name of the bundle.")
    version: NonEmpty = Field(description="Version of the bundle.")
    revision: str = Field(
        pattern="^[0-9a-f]{64}$", description="SHA-256 of the rules' content, in hex."
    )
    min_status: MinStatus = Field(description="From which status on rules are served.")
    overlay: OverlayRules | None = Field(None, description="The overlay, where there is one.")


class FailedReload(Message):
    """Rules that were not taken, because they have errors."""

    at: datetime = Field(description="When that was seen.")
    errors: int = Field(ge=1, description="How many errors they have.")
    place: str | None = Field(None, description="File and line of the first error.")
    code: NonEmpty = Field(description="Code of the first error, or the kind of failure.")


class Reload(Message):
    """How this process keeps up with changes of the rules."""

    watched: bool = Field(description="Changes are noticed without a signal.")
    stale: bool = Field(
        description="The rules as they lie there have errors, and older ones are served."
    )
    last_failure: FailedReload | None = Field(
        None, description="The last rules that were not taken since the start."
    )


class Readiness(Message):
    """The service can answer calls, with these rules."""

    status: Literal["ready"] = "ready"
    bundle: Rules
    served_since: datetime = Field(description="Since when this process serves these rules.")
    age_seconds: int = Field(ge=0, description="How long that is.")
    reload: Reload
