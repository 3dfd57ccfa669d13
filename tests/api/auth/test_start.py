"""What stops the start: settings and key files that cannot be used."""

import json
from pathlib import Path
from typing import Any

import pytest

from orbicularis.api.auth.entrance import entrance
from orbicularis.api.auth.guard import Guard
from orbicularis.api.auth.key_set import MAX_BYTES
from orbicularis.api.setting_values import Algorithm, Auth, Profile
from tests.api.auth.door import door, settings
from tests.api.auth.signer import ISSUER, OTHER, jwk, key_set, private, public, token


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "jwks.json"
    path.write_bytes(content)
    return path


FILES: dict[str, tuple[bytes, str]] = {
    "private key": (key_set(jwk(private("ES384"), "ES384")), "holds a private or symmetric key"),
    "private RSA key": (key_set(jwk(private("RS384"), "RS384")), "private or symmetric"),
    "symmetric key": (key_set(public("ES384"), {"kty": "oct", "k": "AA"}), "private or symmetric"),
    "symmetric key without its secret": (
        key_set(public("ES384"), {"kty": "oct"}),
        "private or symmetric",
    ),
    "no keys": (key_set(), "no usable public key for ES384, RS384"),
    "keys for other algorithms": (key_set(public("ES256")), "no usable public key"),
    "empty": (b"", "is no JWKS"),
    "not JSON": (b"-----BEGIN PUBLIC KEY-----", "is no JWKS"),
    "one key alone": (json.dumps(public("ES384")).encode(), "is no JWKS"),
    "too long": (b" " * (MAX_BYTES + 1), "is longer than"),
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_cannot_be_used_stops_the_start(tmp_path: Path, what: str) -> None:
    content, problem = FILES[what]
    path = _file(tmp_path, content)
    with pytest.raises(ValueError, match=problem) as stopped:
        Guard(settings(jwt_jwks=(str(path),)))
    told = str(stopped.value)
    assert told.startswith(f"ORBICULARIS_JWT_JWKS: {path} ")
    assert "Give a JWKS file with the public key" in told


def test_a_missing_file_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"missing.json cannot be read \(No such file"):
        Guard(settings(jwt_jwks=(str(tmp_path / "missing.json"),)))


def test_a_folder_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        Guard(settings(jwt_jwks=(str(tmp_path),)))


def test_an_rsa_key_that_is_too_short_is_not_usable(tmp_path: Path) -> None:
    short = public("RS384")
    short["n"] = short["n"][:170]
    with pytest.raises(ValueError, match="no usable public key"):
        Guard(settings(jwt_jwks=(str(_file(tmp_path, key_set(short))),)))


def test_a_file_is_read_once(tmp_path: Path) -> None:
    path = _file(tmp_path, key_set(public("ES384")))
    at = door(jwt_jwks=(str(path),))
    path.unlink()
    assert at.answers(token()).status_code == 200


def test_nothing_is_read_where_authentication_is_off(tmp_path: Path) -> None:
    entrance(settings(auth=Auth.NONE, jwt_jwks=(str(tmp_path / "missing.json"),)))


URL = "https://ehr.example.org/jwks"
PLACES: dict[str, tuple[dict[str, Any], str]] = {
    "no key set": ({}, f"no key set of the issuer {ISSUER}"),
    "one of two has none": (
        {"jwt_issuers": (ISSUER, OTHER), "jwt_jwks": (f"{ISSUER}={URL}",)},
        f"no key set of the issuer {OTHER}",
    ),
    "two issuers, nobody's place": (
        {"jwt_issuers": (ISSUER, OTHER), "jwt_jwks": (URL,)},
        f"belongs to no issuer .*the entry is {URL}",
    ),
    "a place of an issuer that is not listed": (
        {"jwt_jwks": (f"{OTHER}/x={URL}",)},
        "belongs to no issuer",
    ),
    "places without issuers": (
        {"jwt_issuers": (), "jwt_jwks": (URL,)},
        "belongs to no issuer",
    ),
    "an issuer without a place": ({"jwt_jwks": (f"{ISSUER}=",)}, "has no place after issuer="),
    "http": ({"jwt_jwks": ("http://ehr.example.org/jwks",)}, "must begin with https://"),
    "http on loopback, in production": (
        {"jwt_jwks": ("http://127.0.0.1/jwks",), "profile": Profile.PRODUCTION},
        "must begin with https://",
    ),
    "a host that begins like loopback": (
        {"jwt_jwks": ("http://127.0.0.1.example.org/jwks",)},
        "must begin with https://",
    ),
    "ftp": ({"jwt_jwks": ("ftp://ehr.example.org/jwks",)}, "must begin with https://"),
    "file URL": ({"jwt_jwks": ("file:///etc/jwks.json",)}, "absolute URL with a host"),
    "no host": ({"jwt_jwks": ("https:///jwks",)}, "absolute URL with a host"),
    "no slashes": ({"jwt_jwks": ("https:ehr.example.org",)}, "absolute URL with a host"),
    "a port that is none": ({"jwt_jwks": ("https://ehr.example.org:x/",)}, "absolute URL"),
    "user and password": ({"jwt_jwks": ("https://me:hush@ehr.example.org/",)}, "without user"),
    "fragment": ({"jwt_jwks": (f"{URL}#x",)}, "without user or fragment"),
}


@pytest.mark.parametrize("what", PLACES)
def test_a_place_that_cannot_be_used_stops_the_start(what: str) -> None:
    changes, problem = PLACES[what]
    with pytest.raises(ValueError, match=problem) as stopped:
        Guard(settings(**changes))
    assert "ORBICULARIS_JWT_JWKS" in str(stopped.value)
    assert "hush" not in str(stopped.value)


def test_a_password_is_not_repeated_either_where_its_entry_belongs_to_nobody() -> None:
    entry = "https://me:hush@ehr.example.org/"
    with pytest.raises(ValueError, match="belongs to no issuer") as stopped:
        Guard(settings(jwt_issuers=(ISSUER, OTHER), jwt_jwks=(entry,)))
    assert "hush" not in str(stopped.value)


@pytest.mark.parametrize(
    "changes",
    [
        {"jwt_jwks": (URL,)},
        {"jwt_jwks": (f"{ISSUER}={URL}",)},
        {"jwt_jwks": (f"{URL}?tenant=1",), "profile": Profile.PRODUCTION, "auth": None},
        {"jwt_jwks": ("http://127.0.0.1:8000/jwks",)},
        {"jwt_jwks": ("http://[::1]:8000/jwks",)},
        {"jwt_issuers": (ISSUER, OTHER), "jwt_jwks": (f"{ISSUER}={URL}", f"{OTHER}={URL}")},
    ],
)
def test_urls_are_not_asked_at_the_start(changes: dict[str, Any]) -> None:
    Guard(settings(**changes))


def test_an_issuer_that_is_how_another_begins_keeps_its_own_keys(tmp_path: Path) -> None:
    """Entries are given to the longest issuer that they begin with."""
    longer = f"{ISSUER}=b"
    ours = tmp_path / "ours.json"
    ours.write_bytes(key_set(public("ES384")))
    theirs = tmp_path / "theirs.json"
    theirs.write_bytes(key_set(public("ES384", "theirs")))
    at = door(jwt_issuers=(ISSUER, longer), jwt_jwks=(f"{ISSUER}={ours}", f"{longer}={theirs}"))

    async def calls() -> list[int]:
        sent = [
            token(),
            token(iss=longer),
            token(iss=longer, key=private("ES384", "theirs")),
        ]
        return [(await at.knock(one)).status_code for one in sent]

    assert at.run(calls) == [200, 401, 200]


def test_a_file_and_a_url_may_hold_one_issuers_keys(tmp_path: Path) -> None:
    path = _file(tmp_path, key_set(public("RS384")))
    at = door(jwt_jwks=(str(path), "http://127.0.0.1:9/jwks"), jwt_algorithms=(Algorithm.RS384,))
    assert at.answers(token("RS384")).status_code == 200
