"""The call that a vignette makes: its hook, and what the hook carries."""

import json
from typing import Any

import pytest

from orbicularis.authoring.vignettes import call_for
from orbicularis.engine.engine import Engine
from orbicularis.facts.call import Call
from orbicularis.knowledge.vignette import Vignette
from tests.support.bundles import bundle, finding

ENGINE = Engine(bundle(finding("a"), codes=("twitching", "a")))


def made(**vignette: Any) -> Call:
    whole = {"name": "case", "patient": {}, "expect": {"nothing": True}, **vignette}
    (service,) = ENGINE.bundle.services.values()
    return call_for(Vignette.model_validate(whole), service, ENGINE)


def carried(raw: Any) -> list[str]:
    entries = json.loads(bytes(raw))["entry"]
    return [f"{entry['resource']['resourceType']}/{entry['resource']['id']}" for entry in entries]


def test_the_hook_of_an_opened_chart_carries_nothing() -> None:
    call = made()
    assert (call.hook, call.drafts, call.selections, call.problems) == (
        "patient-view",
        None,
        (),
        None,
    )


def test_selected_drafts_are_named() -> None:
    drafts = [{"order": {"code": "a"}}, {"medication": {"text": "b"}, "selected": True}]
    call = made(hook="order-select", drafts=drafts)
    assert carried(call.drafts) == ["ServiceRequest/draft-1", "MedicationRequest/draft-2"]
    assert call.selections == ("MedicationRequest/draft-2",)


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
def test_a_hook_of_orders_always_carries_a_bundle(hook: str) -> None:
    call = made(hook=hook)
    assert carried(call.drafts) == []
    assert call.selections == ()


def test_new_problems_are_carried() -> None:
    call = made(hook="problem-list-item-create", new_problems=[{"code": "a"}])
    assert carried(call.problems) == ["Condition/new-1"]
    assert call.drafts is None
