"""What the probes of an operator get."""

from typing import Literal

from pydantic import Field

from orbicularis.api.models.base import Message, NonEmpty


class Health(Message):
    """The process lives and answers."""

    status: Literal["ok"] = "ok"


class Rules(Message):
    """Which rules are served."""

    name: NonEmpty = Field(description="Name of the bundle.")
    version: NonEmpty = Field(description="Version of the bundle.")
    revision: str = Field(
        pattern="^[0-9a-f]{64}$", description="SHA-256 of the rules' content, in hex."
    )


class Readiness(Message):
    """The service can answer calls, with these rules."""

    status: Literal["ready"] = "ready"
    bundle: Rules
