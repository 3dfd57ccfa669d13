"""The proxy: a valid configuration that opens only what clients need, over TLS."""

import re

import pytest
import uvicorn

from orbicularis.api.settings import Settings
from tests.deployment import nginx
from tests.deployment.compose import services

_KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
_LOGGED = {
    "time_iso8601",
    "request_method",
    "uri",
    "status",
    "body_bytes_sent",
    "request_time",
    "upstream_response_time",
}
_TEMPORARY = ("pid", *(f"{kind}_temp_path" for kind in _KINDS))
_UNITS = {"k": 1024, "m": 1024 * 1024}


@pytest.fixture(scope="module")
def everything() -> list[nginx.Directive]:
    document = nginx.parse()
    assert (document["status"], document["errors"]) == ("ok", [])
    directives: list[nginx.Directive] = document["config"][0]["parsed"]
    return directives


def _named(everything: list[nginx.Directive], name: str) -> list[nginx.Directive]:
    return [one for one in nginx.every(everything) if one["directive"] == name]


def _servers(everything: list[nginx.Directive]) -> list[list[nginx.Directive]]:
    return [one["block"] for one in _named(everything, "server") if "block" in one]


def _open_to_clients(everything: list[nginx.Directive]) -> list[nginx.Directive]:
    (server,) = [one for one in _servers(everything) if nginx.values(one, "ssl_certificate")]
    return server


def _is_default(server: list[nginx.Directive]) -> bool:
    return any("default_server" in listening for listening in nginx.values(server, "listen"))


def _bytes(size: str) -> int:
    return int(size[:-1]) * _UNITS[size[-1]]


def test_clients_reach_the_protocol_and_the_pages_of_cards_and_nothing_else(
    everything: list[nginx.Directive],
) -> None:
    locations = [one for one in _open_to_clients(everything) if one["directive"] == "location"]
    passed = [one["args"][-1] for one in locations if nginx.values(one["block"], "proxy_pass")]
    assert passed == ["/cds-services", "/cds-services/", "/rules/", "/source-attributes"]
    (rest,) = [one for one in locations if one["args"] == ["/"]]
    assert nginx.values(rest["block"], "return") == [["404"]]


def test_only_tls_is_listened_to_from_outside(everything: list[nginx.Directive]) -> None:
    listening = nginx.values(everything, "listen")
    outside = [one for one in listening if not one[0].startswith("127.0.0.1:")]
    assert outside
    assert all(one[:2] == ["8443", "ssl"] for one in outside)
    assert nginx.values(everything, "ssl_protocols") == [["TLSv1.2", "TLSv1.3"]]
    assert services("compose.yaml")["proxy"]["ports"] == ["443:8443"]


def test_another_name_gets_no_certificate(everything: list[nginx.Directive]) -> None:
    (default,) = [one for one in _servers(everything) if _is_default(one)]
    assert nginx.values(default, "ssl_reject_handshake") == [["on"]]
    assert not nginx.values(default, "proxy_pass")


def test_a_client_that_dawdles_is_let_go(everything: list[nginx.Directive]) -> None:
    for name in ("client_header_timeout", "client_body_timeout", "send_timeout"):
        ((limit,),) = nginx.values(everything, name)
        assert 0 < int(limit.removesuffix("s")) <= 10


def test_readers_are_held_back_and_calls_are_not(everything: list[nginx.Directive]) -> None:
    locations = [one for one in _open_to_clients(everything) if one["directive"] == "location"]
    held = [one["args"][-1] for one in locations if nginx.values(one["block"], "limit_req")]
    assert held == ["/rules/"]
    assert len(nginx.values(everything, "limit_req")) == len(held)
    # What is logged of it holds the address.
    assert nginx.values(everything, "limit_req_log_level") == [["info"]]
    assert nginx.values(everything, "error_log") == [["/dev/stderr", "error"]]


def test_the_service_hears_of_whole_requests_only(everything: list[nginx.Directive]) -> None:
    assert nginx.values(everything, "proxy_request_buffering") == [["on"]]


def test_the_service_refuses_a_long_body_itself_unless_it_is_far_too_long(
    everything: list[nginx.Directive],
) -> None:
    ((longest,),) = nginx.values(everything, "client_max_body_size")
    assert Settings().max_body_bytes < _bytes(longest) < 2 * Settings().max_body_bytes


def test_the_proxy_closes_idle_connections_before_the_service_does(
    everything: list[nginx.Directive],
) -> None:
    (upstream,) = _named(everything, "upstream")
    ((limit,),) = nginx.values(upstream["block"], "keepalive_timeout")
    assert int(limit.removesuffix("s")) < uvicorn.Config("app").timeout_keep_alive


def test_the_log_holds_no_query_address_or_header(everything: list[nginx.Directive]) -> None:
    (form,) = nginx.values(everything, "log_format")
    logged = set(re.findall(r"\$(\w+)", " ".join(form)))
    assert logged == _LOGGED


def test_it_writes_to_memory_alone(everything: list[nginx.Directive]) -> None:
    places = [args[0] for name in _TEMPORARY for args in nginx.values(everything, name)]
    assert len(places) == len(_TEMPORARY)
    assert all(place.startswith("/tmp/") for place in places)  # noqa: S108 - the container's
    (memory,) = services("compose.yaml")["proxy"]["tmpfs"]
    assert memory.startswith("/tmp:")  # noqa: S108 - the container's


def test_certificate_and_key_are_the_secrets_of_compose(everything: list[nginx.Directive]) -> None:
    secrets = services("compose.yaml")["proxy"]["secrets"]
    named = [
        args[0]
        for name in ("ssl_certificate", "ssl_certificate_key")
        for args in nginx.values(everything, name)
    ]
    assert named == [f"/run/secrets/{one}" for one in secrets]
