from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from tests.api.limits.wire import answered, connected
from tests.api.live import live
from tests.api.outcome import issue
from tests.api.served import served

UNNAMED = (
    "calls by any other name than loopback get 421: set ORBICULARIS_BASE_URL or "
    "ORBICULARIS_ALLOWED_HOSTS"
)


@pytest.fixture(scope="module")
def named(engine: Engine) -> Iterator[httpx.Client]:
    hosts = ("cds.example.org", "*.hospital.example", "[2001:db8::1]")
    with (
        live(engine, Settings(allowed_hosts=hosts)) as url,
        httpx.Client(base_url=url) as client,
    ):
        yield client


def _status(client: httpx.Client, host: str, path: str = "/cds-services") -> int:
    return client.get(path, headers={"host": host}).status_code


@pytest.mark.parametrize(
    "host",
    [
        "cds.example.org",
        "CDS.Example.ORG",
        "cds.example.org:443",
        "cds.example.org:",
        "a.hospital.example",
        "a.b.hospital.example:8443",
        "[2001:db8::1]:8080",
    ],
)
def test_it_answers_to_its_names(named: httpx.Client, host: str) -> None:
    assert _status(named, host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example.org",
        "cds.example.org.evil.example",
        "evil-cds.example.org",
        "hospital.example",
        "evilhospital.example",
        "cds.example.org@evil.example",
        "cds.example.org:443:443",
        "cds.example.org:x",
        "cds.example.org/",
        "127.0.0.1",
        "",
    ],
)
def test_it_answers_to_no_other(named: httpx.Client, host: str) -> None:
    response = named.get("/cds-services", headers={"host": host})
    assert response.status_code == 421
    assert issue(response)["code"] == "not-supported"
    assert not host or host not in response.text


@pytest.mark.parametrize("fields", [b"", b"Host: cds.example.org\r\nHost: cds.example.org\r\n"])
def test_there_has_to_be_one_host(named: httpx.Client, fields: bytes) -> None:
    with connected(str(named.base_url)) as connection:
        connection.sendall(b"GET /cds-services HTTP/1.1\r\n" + fields + b"\r\n")
        assert answered(connection).status == 400


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_probes_are_asked_by_address(named: httpx.Client, path: str) -> None:
    assert _status(named, "10.0.0.7:8080", path) == 200


@pytest.mark.parametrize(
    ("settings", "hosts"),
    [
        ({}, ("*",)),
        ({"profile": "production"}, ("127.0.0.1", "::1", "localhost")),
        ({"profile": "production", "allowed_hosts": "*"}, ("*",)),
        ({"base_url": "http://127.0.0.1:8080"}, ("127.0.0.1", "::1", "localhost")),
        ({"allowed_hosts": "*"}, ("*",)),
        (
            {"base_url": "https://cds.example.org/a"},
            ("cds.example.org", "127.0.0.1", "::1", "localhost"),
        ),
        ({"base_url": "https://cds.example.org", "allowed_hosts": "*"}, ("*",)),
        (
            {"base_url": "https://cds.example.org", "allowed_hosts": "B.example, c.example"},
            ("b.example", "c.example"),
        ),
    ],
)
def test_its_names_follow_from_its_public_url(
    settings: dict[str, Any], hosts: tuple[str, ...]
) -> None:
    assert Settings.model_validate(settings).hosts == hosts


def test_in_production_without_a_name_it_answers_on_this_machine_alone_and_says_so() -> None:
    with served() as running:
        for host, status in (("localhost", 200), ("127.0.0.1", 200), ("cds.example.org", 421)):
            response = httpx.get(f"{running.url}/cds-services", headers={"host": host})
            assert response.status_code == status
        assert httpx.get(f"{running.url}/healthz", headers={"host": "10.0.0.7"}).status_code == 200
        running.until(UNNAMED)
    with served(ALLOWED_HOSTS="*") as running:
        response = httpx.get(f"{running.url}/cds-services", headers={"host": "cds.example.org"})
        assert response.status_code == 200
    assert UNNAMED not in {line["message"] for line in running.lines}


@pytest.mark.parametrize(
    "value", ["https://a.example", "a.example:80", "*, a.example", "a b", "*."]
)
def test_what_is_no_name_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="allowed_hosts"):
        Settings.model_validate({"allowed_hosts": value})
