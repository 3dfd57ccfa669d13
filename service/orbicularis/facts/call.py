"""One call of a service: who and what it is about, and the data that came with it."""

from collections.abc import Mapping

import msgspec


class Fetched(msgspec.Struct, frozen=True):
    """What was fetched from the client's FHIR server because prefetch lacked it.

    Attributes:
        pages: answers of the server, undecoded, in the order of the pages.
        failure: why there is not more, in fixed words without patient data; None when there
            is no more.
        further: True when these are further pages of what was sent; else they stand in its
            place.
        asked: False when the server was not asked at all.
    """

    pages: tuple[msgspec.Raw, ...] = ()
    failure: str | None = None
    further: bool = False
    asked: bool = True


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """What reading a chart needs of a CDS Hooks request, resources still undecoded.

    Attributes:
        hook: name of the hook.
        hook_instance: identifier of this invocation.
        patient_id: logical id of the patient in context.
        encounter_id: logical id of the encounter in context, when there is one.
        prefetch: answers by key; ``None`` stands for JSON null.
        fetched: what was fetched by key, in place of an answer or as its further pages.
        drafts: ``context.draftOrders``, when there are any.
        selections: ``context.selections``: which of the drafts were just selected; without
            any, advice is wanted on all of them.
        problems: ``context.conditions``, when there are any.
    """

    hook: str
    hook_instance: str
    patient_id: str
    encounter_id: str | None = None
    prefetch: Mapping[str, msgspec.Raw | None] = msgspec.field(default_factory=dict)
    fetched: Mapping[str, Fetched] = msgspec.field(default_factory=dict)
    drafts: msgspec.Raw | None = None
    selections: tuple[str, ...] = ()
    problems: msgspec.Raw | None = None
