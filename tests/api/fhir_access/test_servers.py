"""The allow-list: nothing but what is listed is asked, however it is written."""

from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbicularis.api.fhir_access.failed import Failed
from orbicularis.api.fhir_access.place import Place, parse
from orbicularis.api.fhir_access.servers import Servers

LISTED = "https://ehr.example.org/fhir"
SERVERS = Servers([LISTED], loopback=False)
DEVELOPMENT = Servers([], loopback=True)


def admits(servers: Servers, url: str) -> bool:
    try:
        servers.admit(url)
    except Failed:
        return False
    return True


@pytest.mark.parametrize(
    "url",
    [
        LISTED,
        "https://ehr.example.org/fhir/",
        "https://ehr.example.org:443/fhir",
        "HTTPS://EHR.Example.ORG/fhir",
        "https://ehr.example.org/fhir/R4",
        "https://ehr.example.org/fhir/tenant-1/R4/",
    ],
)
def test_what_is_listed_is_admitted_in_every_spelling(url: str) -> None:
    base = SERVERS.admit(url)
    assert base.origin == ("https", "ehr.example.org", 443)
    assert base.url.startswith(LISTED)


@pytest.mark.requirement("cds-hooks_3.0#fhir-server-https")
@pytest.mark.parametrize(
    "url",
    [
        "",
        "ehr.example.org/fhir",
        "//ehr.example.org/fhir",
        "http://ehr.example.org/fhir",
        "http://ehr.example.org:443/fhir",
        "ftp://ehr.example.org/fhir",
        "https://ehr.example.org",
        "https://ehr.example.org/",
        "https://ehr.example.org/FHIR",
        "https://ehr.example.org/fhirs",
        "https://ehr.example.org/fhir-2",
        "https://ehr.example.org/other",
        "https://ehr.example.org:8443/fhir",
        "https://ehr.example.org:0/fhir",
        "https://ehr.example.org:99999/fhir",
        "https://ehr.example.org:/fhir",
        "https://ehr.example.org.:443/fhir",
        "https://ehr.example.org.evil.example/fhir",
        "https://xehr.example.org/fhir",
        "https://evil.example/https://ehr.example.org/fhir",
        "https://evil.example?https://ehr.example.org/fhir",
        "https://evil.example#https://ehr.example.org/fhir",
        "https://ehr.example.org@evil.example/fhir",
        "https://evil.example@ehr.example.org/fhir",
        "https://user:password@ehr.example.org/fhir",
        "https://evil.example\\@ehr.example.org/fhir",
        "https://ehr.example.org\\@evil.example/fhir",
        "https://ehr.example.org%2f@evil.example/fhir",
        "https://ehr.example.org%00.evil.example/fhir",
        "https://ehr.example.org/fhir/../admin",
        "https://ehr.example.org/fhir/./",
        "https://ehr.example.org/fhir/..",
        "https://ehr.example.org/fhir/%2e%2e/admin",
        "https://ehr.example.org/fhir/%252e%252e/admin",
        "https://ehr.example.org/fhir/..;/admin",
        "https://ehr.example.org/fhir\\..\\admin",
        "https://ehr.example.org/%66hir",
        "https://ehr.example.org/fhir?x=y",
        "https://ehr.example.org/fhir?",
        "https://ehr.example.org/fhir#x",
        " https://ehr.example.org/fhir",
        "https://ehr.example.org/fhir\n",
        "https://ehr.example.org/fhir\r\nHost: evil.example",
        "https://ehr.example.org/\tfhir",
        "https:\\\\ehr.example.org/fhir",
        "https:ehr.example.org/fhir",
        "https:///ehr.example.org/fhir",
        "https://ehr\u3002example\u3002org/fhir",
        "https://ehr.example.\uff4frg/fhir",
        "http\u017f://ehr.example.org/fhir",
        "https://ehr.example.org/fhir/" + "x" * 9_000,
    ],
)
def test_what_only_looks_like_it_is_not(url: str) -> None:
    assert not admits(SERVERS, url)


def test_without_tls_none_is_admitted_even_if_it_were_listed() -> None:
    assert not admits(
        Servers(["http://ehr.example.org/fhir"], loopback=True), "http://ehr.example.org/fhir"
    )


LOCAL = [
    "http://localhost:8080/fhir",
    "http://LOCALHOST/fhir",
    "http://127.0.0.1:9/fhir",
    "https://127.0.0.1/fhir",
    "http://[::1]:8080/fhir",
    "http://[0:0:0:0:0:0:0:1]/fhir",
]


@pytest.mark.requirement("cds-hooks_3.0#fhir-server-https")
@pytest.mark.parametrize("url", LOCAL)
def test_loopback_is_admitted_in_development_alone(url: str) -> None:
    assert admits(DEVELOPMENT, url)
    assert not admits(SERVERS, url)


def test_loopback_can_be_listed() -> None:
    listed = Servers(["http://127.0.0.1:8090/fhir", "http://[::1]/a"], loopback=False)
    assert admits(listed, "http://127.0.0.1:8090/fhir/x")
    assert admits(listed, "http://[0::1]:80/a")
    assert not admits(listed, "http://127.0.0.1:8091/fhir")


@pytest.mark.parametrize(
    "url",
    [
        LISTED,
        "http://127.0.0.1.evil.example/fhir",
        "http://localhost.evil.example/fhir",
        "http://127.1/fhir",
        "http://2130706433/fhir",
        "http://0x7f.0.0.1/fhir",
        "http://0177.0.0.1/fhir",
        "http://0.0.0.0/fhir",
        "http://[::ffff:127.0.0.1]/fhir",
        "http://[::]/fhir",
        "http://[::1%25eth0]/fhir",
        "http://[::1/fhir",
        "http://[v1.x]/fhir",
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.1/fhir",
        "http://localhost@evil.example/fhir",
        "http://evil.example#@localhost/fhir",
    ],
)
def test_only_plain_loopback_is_loopback(url: str) -> None:
    assert not admits(DEVELOPMENT, url)


@pytest.mark.parametrize(
    "url", ["https://ehr.example.org/a/../b", "https://ehr.example.org/%61", "https://ehr.ex/a;b"]
)
def test_what_is_listed_must_be_plain(url: str) -> None:
    with pytest.raises(ValueError, match="ORBICULARIS_ALLOWED_FHIR_SERVERS"):
        Servers([url], loopback=False)


PIECES = [
    "https:", "http:", "HTTPS:", "//", "/", "\\", "ehr.example.org", "EHR.example.org",
    "evil.example", "127.0.0.1", "localhost", "[::1]", "fhir", "Observation", "@", ":", ":443",
    ":80", ".", "..", "%2e", "%2f", "%40", "%5c", "%00", ";", "?", "#", "&", "=", "user", "\t",
    "\n", "\r", " ", "\x00", "\u3002", "\uff0f", "\uff20", "\u017f", "\u212a", "\u200b", "|", "*",
]  # fmt: skip
tricky = st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=8).map("".join)
urls = (
    tricky | tricky.map(lambda tail: f"{LISTED}{tail}") | tricky.map(lambda tail: f"https://{tail}")
)


@given(url=urls)
def test_whatever_is_admitted_lies_on_the_listed_server_for_every_reader(url: str) -> None:
    try:
        base = SERVERS.admit(url)
    except Failed:
        return
    read, plain, asked = urlsplit(url), urlsplit(base.url), httpx.URL(base.url)
    for one in (read, plain):
        assert (one.scheme, one.hostname, one.port or 443) == ("https", "ehr.example.org", 443)
        assert (one.username, one.password, one.query, one.fragment) == (None, None, "", "")
    assert (asked.scheme, asked.host, asked.port) == ("https", "ehr.example.org", None)
    assert (asked.userinfo, asked.query, asked.fragment) == (b"", b"", "")
    assert asked.path == plain.path == read.path
    assert f"{asked.path}/".startswith("/fhir/")
    assert ".." not in asked.path.split("/")


@given(url=urls)
def test_loopback_is_loopback_for_every_reader(url: str) -> None:
    try:
        base = DEVELOPMENT.admit(url)
    except Failed:
        return
    for host in (urlsplit(url).hostname, httpx.URL(base.url).host):
        assert host in ("localhost", "127.0.0.1", "::1")


@given(url=urls)
def test_a_place_is_the_same_place_when_it_is_read_again(url: str) -> None:
    place = parse(url)
    if place is not None:
        assert parse(place.url) == place
        assert httpx.URL(place.url).path == (place.path or "/")


@given(link=urls)
def test_what_lies_below_a_place_stays_below_it(link: str) -> None:
    base = SERVERS.admit(LISTED)
    for place in (base.below(link), base.at(f"/{link}"), parse(link)):
        if place is not None and base.covers(place):
            asked = httpx.URL(place.url)
            assert (asked.scheme, asked.host, asked.port) == ("https", "ehr.example.org", None)
            assert f"{asked.path}/".startswith("/fhir/")
            assert ".." not in asked.path.split("/")
    below = base.below(link)
    assert below is None or base.covers(below)


def test_a_place_is_printed_without_what_may_name_a_patient() -> None:
    place = parse("https://ehr.example.org/fhir/Patient/jane?name=doe")
    assert isinstance(place, Place)
    assert "jane" not in repr(place)
    assert "doe" not in repr(place)
