"""Key sets behind URLs: when they are fetched, kept, renewed and given up."""

import asyncio
import gzip
import json
import socket
from collections.abc import Callable
from threading import Event

import pytest

from orbicularis.api.auth.fetch import Fetcher, FetchError
from orbicularis.api.auth.key_set import MAX_BYTES, MAX_KEYS
from orbicularis.api.auth.url_keys import COOL_DOWN_S, MAX_AGE_S, STALE_S
from tests.api.auth.door import Door, door
from tests.api.auth.key_server import Answer, KeyServer
from tests.api.auth.signer import (
    ISSUER,
    OTHER,
    jwk,
    key_set,
    private,
    public,
    token,
)

Reasons = Callable[[], list[str]]

OLD = key_set(public("ES384", kid="old"))
NEW = key_set(public("ES384", "new", kid="new"))
BOTH = key_set(public("ES384", kid="old"), public("ES384", "new", kid="new"))


def _old() -> str:
    return token(header={"kid": "old"})


def _new() -> str:
    return token(key=private("ES384", "new"), header={"kid": "new"})


@pytest.fixture
def url_door(keys: KeyServer) -> Door:
    """A door that knows the issuer's keys by URL; the old key is served."""
    keys.serve(OLD)
    return door(jwt_jwks=(keys.url(),))


async def _status(at: Door, sent: str) -> int:
    return (await at.knock(sent)).status_code


def test_a_key_set_is_fetched_once_for_many_calls(url_door: Door, keys: KeyServer) -> None:
    async def calls() -> list[int]:
        return [await _status(url_door, _old()) for _ in range(5)]

    assert url_door.run(calls) == [200] * 5
    assert keys.asked["/jwks"] == 1


def test_warming_fetches_ahead(url_door: Door, keys: KeyServer) -> None:
    async def calls() -> int:
        await url_door.guard.warm()
        assert keys.asked["/jwks"] == 1
        return await _status(url_door, _old())

    assert url_door.run(calls) == 200
    assert keys.asked["/jwks"] == 1


def test_warming_does_not_fail_when_the_host_is_down(url_door: Door, keys: KeyServer) -> None:
    keys.answers.clear()
    url_door.run(url_door.guard.warm)
    assert keys.asked["/jwks"] == 1


@pytest.mark.requirement("cds-hooks_3.0#key-rotation")
def test_a_rotated_key_is_found_after_the_cool_down(
    url_door: Door, keys: KeyServer, reasons: Reasons
) -> None:
    async def calls() -> list[int]:
        statuses = [await _status(url_door, _old())]
        keys.serve(BOTH)
        statuses.append(await _status(url_door, _new()))
        url_door.ticks.now += COOL_DOWN_S
        statuses.append(await _status(url_door, _new()))
        statuses.append(await _status(url_door, _old()))
        return statuses

    assert url_door.run(calls) == [200, 401, 200, 200]
    assert reasons() == ["unknown-key"]
    assert keys.asked["/jwks"] == 2


def test_unknown_kids_cause_one_fetch_in_a_cool_down(url_door: Door, keys: KeyServer) -> None:
    async def calls() -> None:
        for cool_down in range(1, 4):
            for _ in range(10):
                assert await _status(url_door, token(header={"kid": "unknown"})) == 401
            assert keys.asked["/jwks"] == cool_down
            url_door.ticks.now += COOL_DOWN_S

    url_door.run(calls)


@pytest.mark.requirement("cds-hooks_3.0#key-rotation")
def test_a_withdrawn_key_is_refused_once_the_set_is_fetched_anew(
    url_door: Door, keys: KeyServer
) -> None:
    async def calls() -> list[int]:
        statuses = [await _status(url_door, _old())]
        keys.serve(NEW)
        url_door.ticks.now += MAX_AGE_S
        return [*statuses, await _status(url_door, _old()), await _status(url_door, _new())]

    assert url_door.run(calls) == [200, 401, 200]


def test_an_empty_set_withdraws_every_key(url_door: Door, keys: KeyServer) -> None:
    async def calls() -> list[int]:
        statuses = [await _status(url_door, _old())]
        keys.serve(key_set())
        url_door.ticks.now += MAX_AGE_S
        return [*statuses, await _status(url_door, _old())]

    assert url_door.run(calls) == [200, 401]


@pytest.mark.parametrize("secret", ["private", "symmetric"])
def test_a_set_that_shows_a_secret_withdraws_every_key(
    url_door: Door, keys: KeyServer, secret: str
) -> None:
    shown = {
        "private": jwk(private("ES384"), "ES384", kid="old"),
        "symmetric": {"kty": "oct", "k": "c2VjcmV0", "kid": "old"},
    }[secret]

    async def calls() -> list[int]:
        statuses = [await _status(url_door, _old())]
        keys.serve(key_set(public("ES384", kid="old"), shown))
        url_door.ticks.now += MAX_AGE_S
        return [*statuses, await _status(url_door, _old())]

    assert url_door.run(calls) == [200, 401]


def test_while_the_host_is_down_known_keys_stay_good_for_a_bounded_time(
    url_door: Door, keys: KeyServer, reasons: Reasons
) -> None:
    async def calls() -> list[int]:
        statuses = [await _status(url_door, _old())]
        keys.answers.clear()
        for later in (MAX_AGE_S, STALE_S - 1, 1):
            url_door.ticks.now += later
            statuses.append(await _status(url_door, _old()))
        return statuses

    assert url_door.run(calls) == [200, 200, 200, 401]
    assert reasons() == ["keys-unavailable"]


def test_a_failure_is_remembered_for_the_cool_down(
    url_door: Door, keys: KeyServer, reasons: Reasons
) -> None:
    keys.answers.clear()

    async def calls() -> list[int]:
        statuses = [await _status(url_door, _old()) for _ in range(5)]
        assert keys.asked["/jwks"] == 1
        keys.serve(OLD)
        url_door.ticks.now += COOL_DOWN_S
        return [*statuses, await _status(url_door, _old())]

    assert url_door.run(calls) == [401] * 5 + [200]
    assert reasons() == ["keys-unavailable"] * 5


def test_keys_that_cannot_be_had_are_logged_as_a_warning(
    url_door: Door, keys: KeyServer, caplog: pytest.LogCaptureFixture
) -> None:
    keys.answers["/jwks"] = Answer(status=503)
    url_door.answers(_old())
    told = [(one.levelname, vars(one)["fields"]) for one in caplog.records if one.args == ()]
    assert told == [
        ("WARNING", {"url": keys.url(), "problem": "answered with status 503"}),
        ("WARNING", {"request_id": None, "reason": "keys-unavailable", "issuer": ISSUER}),
    ]


def test_all_who_come_at_once_wait_for_one_fetch(url_door: Door, keys: KeyServer) -> None:
    keys.answers["/jwks"].go = go = Event()

    async def calls() -> list[int]:
        knocks = [asyncio.create_task(_status(url_door, _old())) for _ in range(20)]
        while not keys.asked["/jwks"]:
            await asyncio.sleep(0.001)
        go.set()
        return await asyncio.gather(*knocks)

    assert url_door.run(calls) == [200] * 20
    assert keys.asked["/jwks"] == 1


def test_who_goes_away_takes_nobody_with_him(url_door: Door, keys: KeyServer) -> None:
    keys.answers["/jwks"].go = go = Event()

    async def calls() -> int:
        first = asyncio.create_task(_status(url_door, _old()))
        second = asyncio.create_task(_status(url_door, _old()))
        while not keys.asked["/jwks"]:
            await asyncio.sleep(0.001)
        first.cancel()
        go.set()
        with pytest.raises(asyncio.CancelledError):
            await first
        return await second

    assert url_door.run(calls) == 200
    assert keys.asked["/jwks"] == 1


def test_closing_stops_a_fetch(url_door: Door, keys: KeyServer) -> None:
    keys.answers["/jwks"].go = Event()

    async def calls() -> None:
        knock = asyncio.create_task(_status(url_door, _old()))
        while not keys.asked["/jwks"]:
            await asyncio.sleep(0.001)
        await url_door.guard.close()
        with pytest.raises(asyncio.CancelledError):
            await knock

    url_door.run(calls)


def test_a_redirect_is_not_followed(url_door: Door, keys: KeyServer, reasons: Reasons) -> None:
    keys.serve(OLD, "/elsewhere")
    for status in (301, 302, 303, 307, 308):
        keys.answers["/jwks"] = Answer(b"", status, {"location": keys.url("/elsewhere")})
        url_door.ticks.now += COOL_DOWN_S
        sent = token(header={"kid": "old", "jku": keys.url()})
        assert url_door.answers(sent).status_code == 401
    assert keys.asked == {"/jwks": 5}
    assert set(reasons()) == {"keys-unavailable"}


USELESS: dict[str, Answer] = {
    "not found": Answer(OLD, 404),
    "partial": Answer(OLD, 206),
    "empty": Answer(b""),
    "a page": Answer(b"<html></html>"),
    "a list": Answer(json.dumps([public("ES384", kid="old")]).encode()),
    "one key alone": Answer(json.dumps(public("ES384", kid="old")).encode()),
    "keys is an object": Answer(json.dumps({"keys": public("ES384", kid="old")}).encode()),
    "a key is a string": Answer(json.dumps({"keys": [public("ES384"), "x"]}).encode()),
    "keys stands twice": Answer(b'{"keys":[],' + OLD[1:]),
    "too long": Answer(OLD[:-1] + b" " * MAX_BYTES + b"}"),
    "too many keys": Answer(key_set(*[public("ES384", kid="old")] * (MAX_KEYS + 1))),
    "compressed": Answer(gzip.compress(OLD), headers={"content-encoding": "gzip"}),
    "for encryption": Answer(key_set(public("ES384", kid="old", use="enc"))),
    "to sign alone": Answer(key_set(public("ES384", kid="old", use=None, key_ops=["sign"]))),
    "for ECDH": Answer(key_set(public("ES384", kid="old", alg="ECDH-ES"))),
    "not on the curve": Answer(key_set(public("ES384", kid="old", x="A" * 64))),
    "of another curve": Answer(key_set(public("ES384", kid="old", crv="P-256"))),
    "of no type": Answer(key_set(public("ES384", kid="old", kty=None))),
    "of an odd type": Answer(key_set(public("ES384", kid="old", kty=["EC"]))),
    "coordinates are numbers": Answer(key_set(public("ES384", kid="old", x=1))),
    "kid is a number": Answer(key_set(public("ES384", kid=1))),
}


@pytest.mark.parametrize("what", USELESS)
def test_a_useless_answer_opens_nothing(url_door: Door, keys: KeyServer, what: str) -> None:
    keys.answers["/jwks"] = USELESS[what]
    assert url_door.answers(_old()).status_code == 401
    assert keys.asked["/jwks"] == 1


def test_keys_that_are_not_for_us_do_not_spoil_those_that_are(
    url_door: Door, keys: KeyServer
) -> None:
    others = [
        {"kty": "EC", "crv": "secp256k1", "x": "AA", "y": "AA"},
        {"kty": "OKP", "crv": "X25519", "x": "AA"},
        {"kty": "new"},
        public("ES384", "new", kid="old", use="enc"),
        public("RS384", n="AQAB"),
    ]
    keys.serve(key_set(*others, public("ES384", kid="old")))
    assert url_door.answers(_old()).status_code == 200


REFUSED: dict[str, tuple[Answer, str]] = {
    "redirect": (Answer(status=302, headers={"location": "/x"}), "answered with status 302"),
    "long": (Answer(b" " * (MAX_BYTES + 1)), f"answered with more than {MAX_BYTES} bytes"),
    "compressed": (Answer(headers={"content-encoding": "br"}), "answered with a compressed body"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_fetch_says_in_fixed_words_why_it_failed(keys: KeyServer, what: str) -> None:
    keys.answers["/jwks"], problem = REFUSED[what]

    async def fetch() -> None:
        fetcher = Fetcher()
        try:
            with pytest.raises(FetchError, match=f"^{problem}$"):
                await fetcher.get(keys.url())
        finally:
            await fetcher.close()

    asyncio.run(fetch())


def test_a_host_that_does_not_answer_is_given_up(keys: KeyServer) -> None:
    keys.answers["/jwks"] = Answer(OLD, go=Event())

    async def fetch() -> None:
        fetcher = Fetcher(timeout=0.05)
        try:
            with pytest.raises(FetchError, match="did not answer in time"):
                await fetcher.get(keys.url())
        finally:
            await fetcher.close()

    asyncio.run(fetch())


def test_a_host_that_is_not_there_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]

    async def fetch() -> None:
        fetcher = Fetcher()
        try:
            with pytest.raises(FetchError, match="could not be reached"):
                await fetcher.get(f"http://127.0.0.1:{port}/jwks")
        finally:
            await fetcher.close()

    asyncio.run(fetch())


@pytest.fixture
def two_issuers(keys: KeyServer) -> Door:
    """Two issuers with a URL each; the other's has the key named new."""
    keys.serve(OLD, "/ours")
    keys.serve(NEW, "/theirs")
    return door(
        jwt_issuers=(ISSUER, OTHER),
        jwt_jwks=(f"{ISSUER}={keys.url('/ours')}", f"{OTHER}={keys.url('/theirs')}"),
    )


def test_each_issuer_signs_with_its_own_keys(two_issuers: Door) -> None:
    async def calls() -> list[object]:
        ours = await two_issuers.knock(_old())
        theirs = await two_issuers.knock(
            token(key=private("ES384", "new"), header={"kid": "new"}, iss=OTHER)
        )
        return [ours.json(), theirs.json()]

    assert two_issuers.run(calls) == [{"issuer": ISSUER}, {"issuer": OTHER}]


def test_no_issuer_signs_for_another(two_issuers: Door, keys: KeyServer, reasons: Reasons) -> None:
    theirs = private("ES384", "new")

    async def calls() -> list[int]:
        return [
            await _status(two_issuers, token(key=theirs, header={"kid": "new", **header}))
            for header in ({}, {"jku": keys.url("/theirs")}, {"jku": keys.url("/ours")})
        ]

    assert two_issuers.run(calls) == [401, 401, 401]
    assert reasons() == ["unknown-key", "jku", "unknown-key"]
    assert keys.asked["/theirs"] == 0


def test_two_issuers_may_use_the_same_jti(two_issuers: Door) -> None:
    async def calls() -> list[int]:
        return [
            await _status(two_issuers, token(header={"kid": "old"}, jti="1")),
            await _status(
                two_issuers,
                token(key=private("ES384", "new"), header={"kid": "new"}, iss=OTHER, jti="1"),
            ),
        ]

    assert two_issuers.run(calls) == [200, 200]


@pytest.mark.requirement("cds-hooks_2.0#195")
@pytest.mark.parametrize(
    "change",
    [
        lambda url: url + "/",
        lambda url: url + "?x=1",
        lambda url: url + "#x",
        lambda url: url.replace("http", "HTTP", 1),
        lambda url: url.replace("127.0.0.1", "localhost"),
        lambda url: url.replace("127.0.0.1", "user@127.0.0.1"),
        lambda url: " " + url,
    ],
)
def test_a_jku_has_to_match_by_character(
    url_door: Door, keys: KeyServer, reasons: Reasons, change: Callable[[str], str]
) -> None:
    sent = token(header={"kid": "old", "jku": change(keys.url())})
    assert url_door.answers(sent).status_code == 401
    assert reasons() == ["jku"]
    assert not keys.asked


def test_a_jku_chooses_among_the_issuers_urls(keys: KeyServer) -> None:
    keys.serve(OLD, "/a")
    keys.serve(NEW, "/b")
    at = door(jwt_jwks=(keys.url("/a"), keys.url("/b")))

    async def calls() -> list[int]:
        sent = [
            token(header={"kid": "old", "jku": keys.url("/a")}),
            token(header={"kid": "old", "jku": keys.url("/b")}),
            _old(),
            _new(),
        ]
        return [await _status(at, one) for one in sent]

    assert at.run(calls) == [200, 401, 200, 200]


def test_a_token_without_a_kid_is_good_where_one_key_fits(
    url_door: Door, keys: KeyServer, reasons: Reasons
) -> None:
    async def calls() -> list[int]:
        statuses = [await _status(url_door, token(header={"kid": None}))]
        keys.serve(BOTH)
        url_door.ticks.now += MAX_AGE_S
        return [*statuses, await _status(url_door, token(header={"kid": None}))]

    assert url_door.run(calls) == [200, 401]
    assert reasons() == ["unknown-key"]


def test_keys_of_one_name_are_all_tried(url_door: Door, keys: KeyServer) -> None:
    keys.serve(key_set(public("ES384", "new", kid="old"), public("ES384", kid="old")))
    assert url_door.answers(_old()).status_code == 200


def test_a_key_without_a_name_is_good_where_no_other_is_meant(
    url_door: Door, keys: KeyServer
) -> None:
    keys.serve(key_set(public("ES384", kid=None), public("ES384", "new", kid="new")))
    assert url_door.answers(_old()).status_code == 200
