import re
from typing import Any
from urllib.parse import parse_qsl

import pytest

Json = dict[str, Any]

TOKEN = "{{context.patientId}}"
PARAMETERS = {"patient", "code", "category", "status", "date", "_count", "_maxresults", "_sort"}
"""The parameters of the recommended subset that a template of ours may use."""


@pytest.fixture
def templates(services: list[Json]) -> dict[str, str]:
    """Every template of every service, by hook and key."""
    return {
        f"{service['hook']} {key}": template
        for service in services
        for key, template in service["prefetch"].items()
    }


@pytest.mark.requirement("cds-hooks_2.0#11", "cds-hooks_2.0#29", "cds-hooks_2.0#36")
def test_every_service_lists_its_queries_by_key(services: list[Json]) -> None:
    for service in services:
        assert service["prefetch"]
        for key, template in service["prefetch"].items():
            assert re.fullmatch("[a-z]+(-[a-z]+)*", key)
            assert isinstance(template, str)
            assert template


@pytest.mark.requirement("cds-hooks_2.0#35", "cds-hooks_2.0#55", "cds-hooks_2.0#56")
@pytest.mark.requirement("cds-hooks_2.0#57", "cds-hooks_2.0#59", "cds-hooks_3.0#token-path")
def test_the_patient_is_the_only_token_and_stands_in_every_query(
    templates: dict[str, str],
) -> None:
    for name, template in templates.items():
        assert re.findall(r"\{\{.*?\}\}", template) == [TOKEN], name
        assert not set(template.replace(TOKEN, "")) & set("{}"), name


@pytest.mark.requirement("cds-hooks_3.0#dependent-templates", "cds-hooks_3.0#cyclic-templates")
@pytest.mark.requirement("cds-hooks_3.0#of-type")
def test_no_template_depends_on_another_or_uses_fhirpath(templates: dict[str, str]) -> None:
    for name, template in templates.items():
        assert not set(template) & set("%()"), name


@pytest.mark.requirement("cds-hooks_2.0#58", "cds-hooks_3.0#wide-queries")
@pytest.mark.requirement("cds-hooks_3.0#query-subset")
def test_every_query_is_a_read_or_a_search_of_the_recommended_subset(
    templates: dict[str, str],
) -> None:
    for name, template in templates.items():
        path, _, query = template.partition("?")
        if not query:
            assert re.fullmatch(r"[A-Z][A-Za-z]+/" + re.escape(TOKEN), path), name
            continue
        assert re.fullmatch("[A-Z][A-Za-z]+", path), name
        parameters = parse_qsl(query, strict_parsing=True)
        names = [parameter for parameter, _ in parameters]
        assert set(names) <= PARAMETERS, name
        assert sorted(set(names)) == sorted(names), name
        assert ("patient", TOKEN) in parameters, name


@pytest.mark.requirement("cds-hooks-library_1.0.1#16", "cds-hooks-library_1.0.1#32")
@pytest.mark.requirement("cds-hooks-library_1.0.1#73", "cds-hooks-library_1.0.1#89")
@pytest.mark.requirement("cds-hooks-library_1.0.1#93")
def test_no_query_uses_a_part_of_the_context_that_is_no_token(templates: dict[str, str]) -> None:
    for field in ("draftOrders", "selections", "appointments", "fulfillmentTasks", "conditions"):
        assert [name for name, template in templates.items() if field in template] == []
