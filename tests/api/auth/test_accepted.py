"""Tokens that are let in: every algorithm, and what real clients send."""

from pathlib import Path
from typing import Any

import jwt
import pytest

from orbicularis.api.setting_values import Algorithm
from tests.api.auth.conftest import ALGORITHMS
from tests.api.auth.door import Door, door
from tests.api.auth.key_server import KeyServer
from tests.api.auth.signer import (
    BASE,
    ISSUER,
    NOW,
    PATH,
    claims,
    key_set,
    private,
    public,
    signed,
    token,
)


@pytest.mark.requirement("cds-hooks_2.0#207")
def test_every_algorithm_of_the_setting_is_tried() -> None:
    assert set(ALGORITHMS) == set(Algorithm)


@pytest.mark.requirement("cds-hooks_2.0#176", "cds-hooks_2.0#200", "cds-hooks_2.0#207")
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_algorithm_can_be_accepted(jwks_file: Path, algorithm: str) -> None:
    accepting = door(jwt_jwks=(str(jwks_file),), jwt_algorithms=(Algorithm(algorithm),))
    response = accepting.answers(token(algorithm))
    assert (response.status_code, response.json()) == (200, {"issuer": ISSUER})


@pytest.mark.requirement("cds-hooks_2.0#205", "cds-hooks_2.0#207")
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_only_the_two_recommended_ones_are_by_default(file_door: Door, algorithm: str) -> None:
    status = file_door.answers(token(algorithm)).status_code
    assert status == (200 if algorithm in ("ES384", "RS384") else 401)


@pytest.mark.requirement("cds-hooks_2.0#176")
def test_the_sandbox_is_admitted(keys: KeyServer) -> None:
    """ES384; iss, aud as called, exp, iat, jti; kid and jku; rounded times; no sub, no nbf."""
    keys.serve(key_set(public("ES384", kid="9c37bf73343adb93920a7ae80260b0e57684551e")))
    sandbox = door(
        base_url="http://localhost:8080",
        jwt_issuers=("https://sandbox.cds-hooks.org",),
        jwt_jwks=(keys.url(),),
    )
    sent = jwt.encode(
        {
            "iss": "https://sandbox.cds-hooks.org",
            "aud": f"http://localhost:8080{PATH}",
            "exp": round(NOW + 0.5 + 300),
            "iat": round(NOW + 0.6),
            "jti": "ee22b021-e1b7-4611-ba5b-8eec6a33ac1e",
        },
        private("ES384"),
        "ES384",
        headers={
            "typ": "JWT",
            "kid": "9c37bf73343adb93920a7ae80260b0e57684551e",
            "jku": keys.url(),
        },
    )
    assert sandbox.answers(sent).json() == {"issuer": "https://sandbox.cds-hooks.org"}


@pytest.mark.requirement("cds-hooks_2.0#199")
def test_epic_is_admitted(jwks_file: Path) -> None:
    """RS384 with sub and nbf, out of a key set that was handed over."""
    epic = door(jwt_jwks=(str(jwks_file),))
    sent = token("RS384", sub="a1b2c3", nbf=int(NOW), iat=int(NOW), exp=int(NOW) + 300)
    assert epic.answers(sent).status_code == 200


GOOD: dict[str, dict[str, Any]] = {
    "aud among others": {"aud": ["https://elsewhere.example.org", BASE + PATH]},
    "aud with a slash at its end": {"aud": BASE + PATH + "/"},
    "aud with two slashes": {"aud": f"{BASE}/cds-services//facial-twitching"},
    "times with fractions": {"iat": NOW - 0.25, "exp": NOW + 299.5},
    "just expired, within the leeway": {"iat": NOW - 300, "exp": NOW - 9.5},
    "made a little ahead of our clock": {"iat": NOW + 9.5, "exp": NOW + 300},
    "valid a little ahead of our clock": {"nbf": NOW + 9.5},
    "as long-lived as allowed": {"iat": NOW, "exp": NOW + 600},
    "a tenant and what else": {"tenant": "t", "sub": "s", "name": {"deep": [1]}},
    "a jti of any letters": {"jti": "Jürgen 🫀"},
}


@pytest.mark.parametrize("what", GOOD)
def test_it_is_admitted(file_door: Door, what: str) -> None:
    assert file_door.answers(token(**GOOD[what])).status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "jwt"},
        {"typ": "application/jwt"},
        {"typ": "at+jwt"},
        {"x5t": "abc", "x5c": ["MIIB"], "x5u": "https://ehr.example.org/c", "cty": "x"},
        {"jwk": {"kty": "oct", "k": "AAAA"}},
    ],
)
def test_headers_that_do_not_matter_do_not_matter(file_door: Door, header: dict[str, Any]) -> None:
    assert file_door.answers(token(header=header)).status_code == 200


def test_typ_may_be_missing(file_door: Door) -> None:
    sent = signed({"alg": "ES384", "kid": "ES384"}, claims())
    assert file_door.answers(sent).status_code == 200


def test_half_a_surrogate_pair_is_no_failure(file_door: Door) -> None:
    sent = signed({"alg": "ES384", "kid": "ES384"}, claims(jti="\ud83e"))
    assert file_door.answers(sent).status_code == 200


@pytest.mark.parametrize(
    ("path", "aud"),
    [
        ("/cds-services", "/cds-services"),
        ("/cds-services/", "/cds-services"),
        ("/cds-services", "/cds-services/"),
        (PATH + "/", PATH),
        ("/cds-services//facial-twitching", "/cds-services//facial-twitching"),
        ("/cds-services//facial-twitching", PATH),
        (PATH + "/feedback", PATH + "/feedback"),
        (PATH + "/feedback/", PATH + "/feedback"),
    ],
)
def test_aud_is_the_endpoint_that_was_called(file_door: Door, path: str, aud: str) -> None:
    assert file_door.answers(token(aud=BASE + aud), path).status_code == 200


@pytest.mark.parametrize(
    ("path", "aud"),
    [
        ("/cds-services", PATH),
        (PATH + "/feedback", PATH),
        ("/cds-services/other", PATH),
        ("/cds-services/other", "/cds-services"),
    ],
)
def test_aud_of_another_endpoint_is_not(file_door: Door, path: str, aud: str) -> None:
    assert file_door.answers(token(aud=BASE + aud), path).status_code == 401
