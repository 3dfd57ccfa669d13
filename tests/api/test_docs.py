import re

import httpx
import pytest


def test_the_page_loads_nothing_from_elsewhere(client: httpx.Client) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(loaded) == 3
    for path in loaded:
        assert path.startswith("/docs-static/")
        assert client.get(path).status_code == 200


@pytest.mark.requirement("cds-hooks_3.0#documentation")
def test_the_page_shows_our_document(client: httpx.Client) -> None:
    assert "url: '/openapi.json'" in client.get("/docs").text
    assert client.get("/openapi.json").json()["info"]["title"] == "Orbicularis"
