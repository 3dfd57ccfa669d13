"""Draft orders: coded where a code may be written, and valid."""

import json
from dataclasses import replace
from typing import Any

import pytest
from fhir.resources.R4B.servicerequest import ServiceRequest

from orbicularis.fhir.service_request import template
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.order import Priority


def test_the_first_code_that_may_be_written_is_written(small: Bundle) -> None:
    assert template(small.orders["calcium"], small) == {
        "resourceType": "ServiceRequest",
        "status": "draft",
        "intent": "proposal",
        "priority": "routine",
        "code": {
            "coding": [{"system": "http://loinc.org", "code": "calcium-2", "display": "Calcium"}],
            "text": "Calcium, total",
        },
    }


@pytest.mark.parametrize("order", ["scan", "study"])
def test_without_such_a_code_the_text_stands_alone(small: Bundle, order: str) -> None:
    made = template(small.orders[order], small)
    assert made["code"] == {"text": small.orders[order].text}


def test_with_a_subject_it_is_a_valid_request(small: Bundle) -> None:
    for order in small.orders.values():
        made: dict[str, Any] = {
            **template(order, small),
            "subject": {"reference": "Patient/p1"},
            "encounter": {"reference": "Encounter/e1"},
            "reasonCode": [{"text": "why"}],
        }
        again = json.loads(ServiceRequest.model_validate(made).model_dump_json())
        assert again == made


@pytest.mark.parametrize("priority", Priority)
def test_it_is_a_valid_request_whatever_its_priority(small: Bundle, priority: Priority) -> None:
    order = small.orders["calcium"].model_copy(update={"priority": priority})
    made = {**template(order, small), "subject": {"reference": "Patient/p1"}}
    assert ServiceRequest.model_validate(made).priority == priority.value


def test_what_is_no_valid_request_is_refused(small: Bundle) -> None:
    code = small.concepts["calcium"].codes[1].model_copy(update={"code": "not a code "})
    concept = small.concepts["calcium"].model_copy(update={"codes": (code,)})
    broken = replace(small, concepts={**small.concepts, "calcium": concept})
    with pytest.raises(ValueError, match="code"):
        template(small.orders["calcium"], broken)
