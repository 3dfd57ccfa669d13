"""Suggestions: one order each, as a draft ServiceRequest that stands alone."""

from collections.abc import Iterable
from typing import Any

from orbicularis.cards.card import Action, Suggestion
from orbicularis.cards.frame import Frame
from orbicularis.facts.assessment import OrderResult


def suggest(orders: Iterable[OrderResult], frame: Frame) -> tuple[Suggestion, ...]:
    """Make a suggestion of each proposed order."""
    return tuple(_suggestion(order, frame) for order in orders)


def _suggestion(result: OrderResult, frame: Frame) -> Suggestion:
    words = frame.assessment.service.wording.suggestion
    order = result.order
    description = words.description.format(
        order=order.text, purpose=order.purpose, reason=", ".join(result.asked_by)
    )
    return Suggestion(
        label=words.label.format(order=order.text),
        uuid=frame.uuid("suggestion", order.id),
        is_recommended=True if result.first_tier else None,
        actions=(Action(type="create", description=description, resource=_request(result, frame)),),
    )


def _request(result: OrderResult, frame: Frame) -> dict[str, Any]:
    """Fill patient, encounter and reason into the template that was validated at load."""
    chart = frame.assessment.chart
    request = dict(frame.templates[result.order.id])
    request["priority"] = result.priority.value
    request["subject"] = {"reference": f"Patient/{chart.patient_id}"}
    if chart.encounter_id is not None:
        request["encounter"] = {"reference": f"Encounter/{chart.encounter_id}"}
    reasons = [finding.finding.title for finding in frame.assessment.index]
    request["reasonCode"] = [{"text": reason} for reason in reasons]
    return request
