"""Intake: from the envelope of a request to the call that the engine answers."""

from collections.abc import Iterable
from http import HTTPStatus

import msgspec
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from orbicularis.api import misshapen
from orbicularis.api.envelope import Envelope, Part, is_null, outline
from orbicularis.api.models.context import (
    OrderSelectContext,
    OrderSignContext,
    ProblemListItemCreateContext,
)
from orbicularis.api.models.outcome import Issue, IssueCode
from orbicularis.api.models.request import REQUESTS, FHIRAuthorization, Request
from orbicularis.api.refusal import Refusal, issue, refusal
from orbicularis.facts.call import Call
from orbicularis.knowledge.service import Service

_ORDERING = (OrderSelectContext, OrderSignContext)


class Asked(msgspec.Struct, frozen=True):
    """A request that was taken in.

    Attributes:
        call: what the engine answers.
        fhir_server: base URL of the client's FHIR server, as sent.
        fhir_authorization: access to that server; never logged, never kept.
    """

    call: Call
    fhir_server: str | None
    fhir_authorization: FHIRAuthorization | None


def hooks(service: Service) -> tuple[str, ...]:
    """Hooks of the service with which it can be called."""
    return tuple(hook for hook in service.hooks if hook in REQUESTS)


def take(envelope: Envelope, service: Service) -> Asked:
    """Check a request and make the call of it.

    Raises:
        Refusal: 400, naming everything that is wrong with it at once.
    """
    model = REQUESTS[_hook(envelope, service)]
    try:
        request = model.model_validate(outline(envelope))
    except ValidationError as error:
        # `input` would be what was sent, and `ctx` and `url` are of no use to a client.
        details = error.errors(include_url=False, include_context=False, include_input=False)
        raise Refusal(HTTPStatus.BAD_REQUEST, list(_issues(details, service))) from None
    return Asked(_call(request, envelope), request.fhir_server, request.fhir_authorization)


def _hook(envelope: Envelope, service: Service) -> str:
    hook = envelope.get("hook")
    if isinstance(hook, str) and hook in service.hooks and hook in REQUESTS:
        return hook
    if hook is None:
        code, what = IssueCode.REQUIRED, "Field required."
    elif isinstance(hook, str):
        code, what = IssueCode.VALUE, "This hook is not one of the service's."
    else:
        code, what = IssueCode.STRUCTURE, "Input should be a string."
    raise refusal(
        HTTPStatus.BAD_REQUEST,
        code,
        f"hook: {what} The service answers {', '.join(hooks(service))}.",
        expression="hook",
    )


def _call(request: Request, envelope: Envelope) -> Call:
    context, raw = request.context, _object(envelope.get("context"))
    return Call(
        hook=request.hook,
        hook_instance=request.hook_instance,
        # Some clients send a reference where the definition of the hook asks for the id.
        patient_id=context.patient_id.rpartition("/")[2],
        encounter_id=(context.encounter_id or "").rpartition("/")[2] or None,
        prefetch={
            key: None if is_null(one) else one
            for key, one in _object(envelope.get("prefetch")).items()
        },
        # What the definition of the hook does not name is left alone.
        drafts=raw["draftOrders"] if isinstance(context, _ORDERING) else None,
        selections=context.selections if isinstance(context, OrderSelectContext) else (),
        problems=raw["conditions"] if isinstance(context, ProblemListItemCreateContext) else None,
    )


def _object(part: Part) -> dict[str, msgspec.Raw]:
    return part if isinstance(part, dict) else {}


def _issues(details: Iterable[ErrorDetails], service: Service) -> Iterable[Issue]:
    for detail in details:
        names = [name for name in detail["loc"] if isinstance(name, str)]
        within = ""
        if names[0] == "prefetch" and names[1:] and names[1] not in service.prefetch:
            # A key that the client chose itself could be anything.
            names, within = names[:1], ", a key not repeated here"
        path = ".".join(names)
        if any(isinstance(step, int) for step in detail["loc"]):
            within = ", one of its items"
        yield issue(misshapen.code(detail), f"{path}{within}: {misshapen.words(detail)}.", path)
