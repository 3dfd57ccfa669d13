"""Two servers: the one that may be asked, and one that must never be."""

from collections.abc import Iterator

import pytest

from tests.api.fhir_access.fhir_server import FhirServer, fhir_server


@pytest.fixture(scope="session")
def _ehr() -> Iterator[FhirServer]:
    with fhir_server() as server:
        yield server


@pytest.fixture(scope="session")
def _attacker() -> Iterator[FhirServer]:
    with fhir_server() as server:
        yield server


@pytest.fixture
def ehr(_ehr: FhirServer) -> FhirServer:
    _ehr.reset()
    return _ehr


@pytest.fixture
def late_ehr() -> Iterator[FhirServer]:
    """One for this test alone: a request that it reads too late is not taken for another's."""
    with fhir_server() as server:
        yield server


@pytest.fixture
def attacker(_attacker: FhirServer) -> Iterator[FhirServer]:
    """A server that nobody may ever ask for anything."""
    _attacker.reset()
    yield _attacker
    assert _attacker.requests == []
