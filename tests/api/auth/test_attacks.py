"""The attack table: what must never be let in, and the reason that the log tells of it."""

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.api.auth.door import Door
from tests.api.auth.signer import (
    BASE,
    NOW,
    OTHER,
    PATH,
    Json,
    claims,
    private,
    public,
    segment,
    signed,
    token,
)

Reasons = Callable[[], list[str]]
_DAY = 86_400


def _header(**changes: Any) -> Json:
    return {"alg": "ES384", "typ": "JWT", "kid": "ES384", **changes}


def _hmac(algorithm: str, secret: bytes) -> str:
    """A token whose HMAC is right if the public key is taken for the secret."""
    kinds = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}
    signing = f"{segment(_header(alg=algorithm))}.{segment(claims())}"
    return f"{signing}.{segment(hmac.digest(secret, signing.encode(), kinds[algorithm]))}"


def _pem() -> bytes:
    return (
        private("ES384").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )


def _unsigned(algorithm: str, signature: str = "") -> str:
    return f"{segment(_header(alg=algorithm))}.{segment(claims())}.{signature}"


def _stranger(**header: Any) -> str:
    """Signed with a key that nobody listed."""
    return token(key=private("ES384", "stranger"), header=header)


def _twice(name: bytes, payload: Json) -> bytes:
    """The payload with a claim that stands twice in it, first with another value."""
    return b"{" + name + b":0," + json.dumps(payload).encode()[1:]


def _parts(kept: int) -> str:
    return ".".join(token().split(".")[:kept])


def _swapped(part: int) -> str:
    """Signature of one good token under a part of another."""
    ours, theirs = token().split("."), token().split(".")
    return ".".join(theirs[n] if n == part else ours[n] for n in range(3))


ATTACKS: dict[str, tuple[Callable[[], str], str]] = {
    # no signature, or one that proves nothing
    "none": (lambda: _unsigned("none", "AA"), "algorithm"),
    "none without a signature": (lambda: _unsigned("none"), "malformed"),
    "NONE": (lambda: _unsigned("NONE", "AA"), "algorithm"),
    "nOnE": (lambda: _unsigned("nOnE", "AA"), "algorithm"),
    "no alg": (lambda: signed({"typ": "JWT", "kid": "ES384"}, claims()), "algorithm"),
    "alg is a list": (lambda: signed(_header(alg=["ES384"]), claims()), "malformed"),
    "HS256, secret is the key in PEM": (lambda: _hmac("HS256", _pem()), "algorithm"),
    "HS384, secret is the key in PEM": (lambda: _hmac("HS384", _pem()), "algorithm"),
    "HS512, secret is the key as JWK": (
        lambda: _hmac("HS512", json.dumps(public("ES384")).encode()),
        "algorithm",
    ),
    "HS384, empty secret": (lambda: _hmac("HS384", b""), "algorithm"),
    "zero signature": (lambda: _unsigned("ES384", segment(bytes(96))), "signature"),
    "signature of all ones": (lambda: _unsigned("ES384", segment(b"\xff" * 96)), "signature"),
    "one byte of signature": (lambda: _unsigned("ES384", "AA"), "signature"),
    "signature of another token": (lambda: _swapped(2), "signature"),
    "payload of another token": (lambda: _swapped(1), "signature"),
    # keys
    "another's key, our kid": (_stranger, "signature"),
    "unknown kid": (lambda: token(header={"kid": "elsewhere"}), "unknown-key"),
    "another's key, no kid": (
        lambda: token("RS384", header={"kid": None}, key=private("RS384", "stranger")),
        "signature",
    ),
    "kid is a path": (
        lambda: _stranger(kid="../../../../../../dev/null"),
        "unknown-key",
    ),
    "kid is a URL": (lambda: _stranger(kid="https://evil.example.org/jwks"), "unknown-key"),
    "kid is a query": (lambda: _stranger(kid="ES384' OR '1'='1"), "unknown-key"),
    "kid with a NUL": (lambda: _stranger(kid="ES384\0"), "unknown-key"),
    "kid is a number": (lambda: signed(_header(kid=384), claims()), "malformed"),
    "kid is null": (lambda: signed(_header(kid=None), claims()), "malformed"),
    "kid is empty": (lambda: signed(_header(kid=""), claims()), "malformed"),
    "kid is endless": (lambda: signed(_header(kid="k" * 257), claims()), "malformed"),
    "key in the header": (lambda: _stranger(jwk=public("ES384", "stranger")), "signature"),
    "certificate in the header": (lambda: _stranger(x5c=["MIIB"]), "signature"),
    "certificate by URL": (lambda: _stranger(x5u="https://evil.example.org/c"), "signature"),
    "jku not listed": (lambda: _stranger(jku="https://evil.example.org/jwks"), "jku"),
    "jku not listed, our key": (lambda: token(header={"jku": "https://x.example/jwks"}), "jku"),
    "jku is a file": (lambda: token(header={"jku": "file:///etc/passwd"}), "jku"),
    "jku is a number": (lambda: signed(_header(jku=1), claims()), "malformed"),
    # algorithms
    "ES384 key, RS384 said": (lambda: signed(_header(alg="RS384"), claims()), "unknown-key"),
    "ES384 key, ES256 said": (lambda: signed(_header(alg="ES256"), claims()), "algorithm"),
    "ES256, not accepted": (lambda: token("ES256"), "algorithm"),
    "ES256 key, ES384 said": (
        lambda: signed(_header(kid="ES256"), claims(), "ES256"),
        "unknown-key",
    ),
    "RS256, only RS384 accepted": (lambda: token("RS256"), "algorithm"),
    "RS256 signature, RS384 said": (
        lambda: signed(_header(alg="RS384", kid="RS384"), claims(), "RS256"),
        "signature",
    ),
    "PS384 signature, RS384 said": (
        lambda: signed(_header(alg="RS384", kid="RS384"), claims(), "PS384"),
        "signature",
    ),
    "key is for another algorithm": (
        lambda: signed(_header(alg="RS384", kid="RS256"), claims(), "RS384"),
        "unknown-key",
    ),
    # issuer and audience
    "issuer not listed": (lambda: token(iss=OTHER), "issuer"),
    "issuer begins like a listed one": (lambda: token(iss="https://ehr.example.org"), "issuer"),
    "no issuer": (lambda: token(iss=None), "issuer"),
    "issuer is a list": (
        lambda: signed(_header(), claims(iss=["https://ehr.example.org/fhir"])),
        "issuer",
    ),
    "no aud": (lambda: token(aud=None), "audience"),
    "aud is empty": (lambda: token(aud=[]), "audience"),
    "aud is another host": (lambda: token(aud=f"https://evil.example.org{PATH}"), "audience"),
    "aud is the inner host": (lambda: token(aud=f"http://inside{PATH}"), "audience"),
    "aud is the host with a tail": (
        lambda: token(aud=f"https://cds.example.org/twitching.evil.example{PATH}"),
        "audience",
    ),
    "aud lacks the slash after the base URL": (lambda: token(aud=BASE + PATH[1:]), "audience"),
    "aud is the base URL": (lambda: token(aud=BASE), "audience"),
    "aud is discovery": (lambda: token(aud=f"{BASE}/cds-services"), "audience"),
    "aud is another service": (lambda: token(aud=f"{BASE}/cds-services/other"), "audience"),
    "aud is feedback": (lambda: token(aud=f"{BASE}{PATH}/feedback"), "audience"),
    "aud by http": (lambda: token(aud=(BASE + PATH).replace("https", "http")), "audience"),
    "aud with a query": (lambda: token(aud=f"{BASE}{PATH}?x=1"), "audience"),
    "aud goes up": (lambda: token(aud=f"{BASE}/cds-services/x/..{PATH[13:]}"), "audience"),
    "aud is an object": (lambda: token(aud={"url": BASE + PATH}), "audience"),
    "aud has a number": (lambda: token(aud=[BASE + PATH, 1]), "audience"),
    # time
    "expired": (lambda: token(iat=NOW - 400, exp=NOW - 10), "expired"),
    "expired long ago": (lambda: token(iat=NOW - _DAY, exp=NOW - _DAY + 300), "expired"),
    "no exp": (lambda: token(exp=None), "times"),
    "exp is a string": (lambda: signed(_header(), claims(exp=str(NOW + 300))), "times"),
    "exp is true": (lambda: signed(_header(), claims(exp=True)), "times"),
    "exp is null": (lambda: signed(_header(), claims() | {"exp": None}), "times"),
    "exp is huge": (lambda: signed(_header(), claims(exp=10**400)), "times"),
    "exp is infinite": (
        lambda: signed(_header(), json.dumps(claims(exp=7)).encode().replace(b"7,", b"1e999,", 1)),
        "times",
    ),
    "exp is NaN": (lambda: signed(_header(), claims(exp=float("nan"))), "malformed"),
    "exp is a list": (lambda: signed(_header(), claims(exp=[NOW + 300])), "times"),
    "iat in the future": (lambda: token(iat=NOW + 11), "not-yet-valid"),
    "no iat": (lambda: token(iat=None), "times"),
    "iat is negative": (lambda: token(iat=-1), "times"),
    "iat is a string": (lambda: signed(_header(), claims(iat="1800000000")), "times"),
    "nbf in the future": (lambda: token(nbf=NOW + 11), "not-yet-valid"),
    "nbf is a string": (lambda: signed(_header(), claims(nbf="0")), "times"),
    "nbf is null": (lambda: signed(_header(), claims() | {"nbf": None}), "times"),
    "lives too long": (lambda: token(exp=NOW + 601), "lifetime"),
    "made long ago, still valid": (lambda: token(iat=NOW - 599), "lifetime"),
    "expires before it is made": (lambda: token(iat=NOW + 5, exp=NOW + 4), "lifetime"),
    # its own name
    "no jti": (lambda: token(jti=None), "jti"),
    "jti is empty": (lambda: token(jti=""), "jti"),
    "jti is a number": (lambda: signed(_header(), claims(jti=1)), "jti"),
    "jti is endless": (lambda: token(jti="j" * 257), "jti"),
    # form
    "crit": (lambda: token(header={"crit": ["exp"], "exp": NOW + 300}), "crit"),
    "crit is empty": (lambda: signed(_header(crit=[]), claims()), "crit"),
    "crit is null": (lambda: signed(_header(crit=None), claims()), "crit"),
    "payload not encoded": (lambda: signed(_header(b64=False), claims()), "crit"),
    "another kind of token": (lambda: token(header={"typ": "dpop+jwt"}), "typ"),
    "a token for logging out": (lambda: token(header={"typ": "logout+jwt"}), "typ"),
    "typ is a number": (lambda: signed(_header(typ=1), claims()), "malformed"),
    "truncated": (lambda: token()[:-3], "malformed"),
    "truncated by three bytes": (lambda: token()[:-4], "signature"),
    "truncated in the payload": (lambda: token()[:150], "malformed"),
    "two parts": (lambda: _parts(2), "malformed"),
    "one part": (lambda: _parts(1), "malformed"),
    "four parts": (lambda: token() + ".AAAA", "malformed"),
    "five parts, as if encrypted": (lambda: token() + ".AAAA.AAAA", "malformed"),
    "dots alone": (lambda: "..", "malformed"),
    "nothing": (lambda: "", "malformed"),
    "padded": (lambda: token() + "=", "malformed"),
    "padded in the middle": (lambda: token().replace(".", "=.", 1), "malformed"),
    "base64 that is not for URLs": (lambda: "a+/b." + token().partition(".")[2], "malformed"),
    "a space within": (lambda: token().replace(".", ". ", 1), "malformed"),
    "two tokens": (lambda: f"{token()} {token()}", "malformed"),
    "two tokens with a comma": (lambda: f"{token()}, {token()}", "malformed"),
    "oversized": (lambda: token(tenant="x" * 8192), "malformed"),
    "header is not JSON": (lambda: signed(b"alg: ES384", claims()), "malformed"),
    "payload is not JSON": (lambda: signed(_header(), b"iss=ehr"), "malformed"),
    "payload is a list": (lambda: signed(_header(), b"[]"), "malformed"),
    "payload in UTF-16": (
        lambda: signed(_header(), json.dumps(claims()).encode("utf-16")),
        "malformed",
    ),
    "payload is a token": (lambda: signed(_header(), token().encode()), "malformed"),
    "payload is deep": (
        lambda: signed(_header(), b'{"a":' + b"[" * 5000 + b"]" * 500 + b"}"),
        "malformed",
    ),
    "exp stands twice": (lambda: signed(_header(), _twice(b'"exp"', claims())), "malformed"),
    "alg stands twice": (lambda: signed(_twice(b'"alg"', _header()), claims()), "malformed"),
}


@pytest.mark.requirement("cds-hooks_2.0#176", "cds-hooks_2.0#195", "cds-hooks_2.0#201")
@pytest.mark.requirement("cds-hooks_2.0#203")
@pytest.mark.parametrize("attack", ATTACKS)
def test_it_is_refused(file_door: Door, reasons: Reasons, attack: str) -> None:
    make, reason = ATTACKS[attack]
    response = file_door.answers(make())
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == (
        'Bearer realm="cds-services", error="invalid_token"'
    )
    assert reasons() == [reason]


def test_all_that_a_client_reads_is_the_same(file_door: Door) -> None:
    async def knocks() -> set[tuple[bytes, str]]:
        responses = [await file_door.knock(make()) for make, _ in ATTACKS.values()]
        return {(response.content, str(response.headers)) for response in responses}

    assert len(file_door.run(knocks)) == 1


def test_a_token_is_good_once(file_door: Door, reasons: Reasons) -> None:
    once = token()

    async def knocks() -> list[int]:
        return [(await file_door.knock(once)).status_code for _ in range(3)]

    assert file_door.run(knocks) == [200, 401, 401]
    assert reasons() == ["replay", "replay"]


def test_a_token_that_failed_is_not_remembered(file_door: Door) -> None:
    """Else whoever guesses a jti could lock its owner out."""
    forged = token(key=private("ES384", "stranger"), jti="known-to-all")
    misled = token(aud=BASE, jti="known-to-all")

    async def knocks() -> list[int]:
        return [
            (await file_door.knock(one)).status_code
            for one in (forged, misled, token(jti="known-to-all"))
        ]

    assert file_door.run(knocks) == [401, 401, 200]
