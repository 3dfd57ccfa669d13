"""``/source-attributes``: a page for people, JSON for programs."""

from urllib.parse import urljoin

import httpx
import pytest

from tests.support.html import Page


def test_a_browser_gets_the_page_and_its_links_lead_to_the_rules(client: httpx.Client) -> None:
    answer = client.get("/source-attributes")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    page = Page(answer.text)
    assert "Bibliographic citation" in page.text
    inside = [link for link in page.links if not link.startswith(("https://", "#"))]
    assert "rules/causes/kennedy-disease.html" in inside
    for link in inside:
        assert client.head(urljoin("/source-attributes", link)).status_code == 200


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/source-attributes", "application/json"),
        ("/source-attributes", "application/fhir+json, application/json"),
        ("/source-attributes.json", "text/html"),
        ("/rules/source-attributes.json", "*/*"),
    ],
)
def test_a_program_gets_json(client: httpx.Client, path: str, accept: str) -> None:
    answer = client.get(path, headers={"Accept": accept})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["vary"] == "Accept"
    assert len(answer.json()["attributes"]) == 13
