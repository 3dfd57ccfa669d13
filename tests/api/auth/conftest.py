"""What the tests of authentication share."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from orbicularis.api.settings import Settings
from tests.api.auth.door import Door, door
from tests.api.auth.key_server import KeyServer, key_server
from tests.api.auth.signer import key_set, public

ALGORITHMS = ("ES384", "RS384", "ES256", "ES512", "RS256", "RS512", "EdDSA", "PS384")


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but the test's own."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ORBICULARIS_{name.upper()}", raising=False)


@pytest.fixture
def keys() -> Iterator[KeyServer]:
    with key_server() as server:
        yield server


@pytest.fixture(scope="session")
def jwks_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The issuer's key set: a key for each algorithm."""
    path = tmp_path_factory.mktemp("keys") / "jwks.json"
    path.write_bytes(key_set(*(public(name, alg=name) for name in ALGORITHMS)))
    return path


@pytest.fixture
def file_door(jwks_file: Path) -> Door:
    """A door that knows the issuer's keys from a file; ES384 and RS384 are accepted."""
    return door(jwt_jwks=(str(jwks_file),))


@pytest.fixture
def reasons(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """Reasons of all refusals so far, from the log."""
    caplog.set_level("DEBUG", "orbicularis")

    def told() -> list[str]:
        fields: list[dict[str, Any]] = [
            vars(record)["fields"] for record in caplog.records if record.msg == "not admitted"
        ]
        return [line["reason"] for line in fields]

    return told
