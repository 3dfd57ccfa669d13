"""One call of a service: who and what it is about, and the data that came with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What reading a chart needs of a CDS Hooks request, resources still undecoded.

    Attributes:
        hook: name of the hook.
        hook_instance: identifier of this invocation.
        patient_id: logical id of the patient in context.
        encounter_id: logical id of the encounter in context, when there is one.
        prefetch: answers by key; ``None`` stands for JSON null.
        drafts: ``context.draftOrders``, when there are any.
        problems: ``context.conditions``, when there are any.
    """

    hook: str
    hook_instance: str
    patient_id: str
    encounter_id: str | None = None
    prefetch: Mapping[str, msgspec.Raw | None] = field(default_factory=dict)
    drafts: msgspec.Raw | None = None
    problems: msgspec.Raw | None = None
