"""Keys of a set: which are usable, and for what alone."""

from typing import Any

import pytest

from orbicularis.api.auth.key import is_secret, usable
from orbicularis.api.auth.signature import is_signed
from orbicularis.api.auth.token import parse
from tests.api.auth.conftest import ALGORITHMS
from tests.api.auth.signer import jwk, private, public, token

_RSA = {"RS256", "RS384", "RS512", "PS384"}


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_key_is_for_its_own_algorithms(algorithm: str) -> None:
    key = usable(public(algorithm), ALGORITHMS)
    assert key is not None
    assert key.algorithms == (_RSA if algorithm in _RSA else {algorithm})


def test_alg_narrows_what_a_key_is_for() -> None:
    key = usable(public("RS384", alg="RS384"), ALGORITHMS)
    assert key is not None
    assert key.algorithms == {"RS384"}


def test_what_is_not_accepted_no_key_is_for() -> None:
    key = usable(public("RS384"), ["PS384", "ES384"])
    assert key is not None
    assert key.algorithms == {"PS384"}


@pytest.mark.parametrize(
    "members",
    [
        {"e": "AQAB" * 4},
        {"n": "AQAB" * 20},
        {"n": "_" * 1368},
        {"n": ""},
        {"n": None},
        {"use": "enc"},
        {"use": 1},
        {"key_ops": ["sign"]},
        {"key_ops": "verify"},
        {"alg": "RSA-OAEP"},
        {"alg": ["RS384"]},
        {"kid": 1},
        {"crv": "P-384"},
    ],
)
def test_an_rsa_key_is_not_usable(members: dict[str, Any]) -> None:
    assert usable(public("RS384", **members), ALGORITHMS) is None


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_private_keys_are_told_from_public_ones(algorithm: str) -> None:
    assert is_secret(jwk(private(algorithm), algorithm))
    assert not is_secret(public(algorithm))


def test_a_key_verifies_nothing_that_it_is_not_for() -> None:
    key = usable(public("RS384", alg="RS256"), ALGORITHMS)
    assert key is not None
    assert is_signed(parse(token("RS256")), key)
    assert not is_signed(parse(token("RS384")), key)
