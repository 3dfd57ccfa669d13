"""Whatever is sent, the answer is 401, and never a failure."""

import asyncio
import json
import string
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orbicularis.api.auth.denial import Denied
from orbicularis.api.auth.key_set import KeySetError, read
from orbicularis.api.auth.token import parse
from orbicularis.api.setting_values import Algorithm
from tests.api.auth.conftest import ALGORITHMS
from tests.api.auth.door import Door, door
from tests.api.auth.signer import key_set, public, signed, token

_BASE64URL = string.ascii_letters + string.digits + "-_"
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)

# No deadlines: a busy machine is no defect.
_ALWAYS = settings(deadline=None)
_OFTEN = settings(deadline=None, max_examples=60)

Knock = Callable[[str | bytes], int]


@pytest.fixture(scope="module")
def knock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knock]:
    """Knock at one door many times, in one event loop."""
    path: Path = tmp_path_factory.mktemp("keys") / "jwks.json"
    path.write_bytes(key_set(*(public(name, alg=name) for name in ALGORITHMS)))
    at: Door = door(jwt_jwks=(str(path),), jwt_algorithms=tuple(Algorithm))
    with asyncio.Runner() as runner:
        yield lambda sent: runner.run(at.knock(sent)).status_code
        runner.run(at.guard.close())


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@_OFTEN
@given(data=st.data())
def test_a_token_with_one_character_changed_is_refused(
    knock: Knock, algorithm: str, data: st.DataObject
) -> None:
    good = token(algorithm)
    at = data.draw(st.integers(0, len(good) - 1))
    other = data.draw(st.sampled_from([sign for sign in _BASE64URL + ".=" if sign != good[at]]))
    assert knock(good[:at] + other + good[at + 1 :]) == 401
    assert knock(good) == 200


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_no_last_character_but_one_is_good(knock: Knock, algorithm: str) -> None:
    """The last character of base64 can have bits to spare: they must be zero."""
    good = token(algorithm)
    for other in set(_BASE64URL) - {good[-1]}:
        assert knock(good[:-1] + other) == 401


@_ALWAYS
@given(st.text() | st.binary() | st.text("ab.-_=e"))
def test_any_text_is_refused(knock: Knock, text: str | bytes) -> None:
    assert knock(text) == 401


@_ALWAYS
@given(header=_JSON, payload=_JSON)
def test_any_json_is_refused(knock: Knock, header: Any, payload: Any) -> None:
    assert knock(signed(json.dumps(header).encode(), json.dumps(payload).encode())) == 401


@_ALWAYS
@given(
    name=st.sampled_from(["alg", "kid", "typ", "jku", "crit", "b64"]),
    value=_JSON.filter(lambda value: value not in ("ES384", "JWT")),
)
def test_any_value_in_the_header_is_no_failure(knock: Knock, name: str, value: Any) -> None:
    header = {"alg": "ES384", "typ": "JWT", "kid": "ES384", name: value}
    assert knock(signed(header, {"iss": "x"})) == 401


@_ALWAYS
@given(
    name=st.sampled_from(["iss", "aud", "exp", "iat", "nbf", "jti"]),
    value=_JSON.filter(lambda value: value != ""),
)
def test_any_value_in_a_claim_is_no_failure(knock: Knock, name: str, value: Any) -> None:
    parts = parse(token()).claims
    sent = signed({"alg": "ES384", "kid": "ES384"}, {**parts, name: value})
    usable = name == "jti" and isinstance(value, str)
    zero = name == "nbf" and isinstance(value, int | float) and not isinstance(value, bool)
    assert knock(sent) == 401 or usable or zero


@_ALWAYS
@given(st.binary() | _JSON.map(lambda value: json.dumps(value).encode()))
def test_any_key_set_is_read_or_refused(raw: bytes) -> None:
    with suppress(KeySetError):
        assert isinstance(read(raw, ["ES384"]), tuple)


@_ALWAYS
@given(
    algorithm=st.sampled_from(ALGORITHMS),
    name=st.sampled_from(["kty", "crv", "x", "y", "n", "e", "alg", "use", "key_ops", "kid"]),
    value=_JSON | st.text(_BASE64URL),
)
def test_any_member_of_a_key_is_read_or_passed_over(algorithm: str, name: str, value: Any) -> None:
    jwk = {**public(algorithm), name: value}
    with suppress(KeySetError):
        assert len(read(key_set(jwk), ALGORITHMS)) <= 1


@_ALWAYS
@given(st.text())
def test_parsing_denies_and_never_fails(text: str) -> None:
    with pytest.raises(Denied):
        parse(text)
