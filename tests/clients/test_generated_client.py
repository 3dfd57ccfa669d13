"""A client that a public generator makes of the OpenAPI document calls the service.

The generator is openapi-python-client; its client has typed models and needs httpx and attrs.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from orbicularis.api.sample import sample
from orbicularis.cli.sample import shifted
from tests.conformance.patients import SERVICE

DOCUMENT = Path(__file__).parents[2] / "openapi" / "orbicularis.json"
PACKAGE = "orbicularis_client"
Module = Callable[[str], ModuleType]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Module]:
    """The generated package, by the names of its modules."""
    folder = tmp_path_factory.mktemp("generated")
    config = folder / "config.yaml"
    config.write_text("post_hooks: []\n")
    command = [sys.executable, "-m", "openapi_python_client", "generate"]
    command += ["--path", str(DOCUMENT), "--config", str(config), "--meta", "none"]
    command += ["--output-path", str(folder / PACKAGE), "--fail-on-warning"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield lambda name: import_module(f"{PACKAGE}{name}")
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


@pytest.fixture
def connected(generated: Module, base_url: str) -> Iterator[Any]:
    """A generated client of the running service."""
    with generated(".client").Client(base_url=base_url, raise_on_unexpected_status=True) as client:
        yield client


def test_it_discovers_the_services(generated: Module, connected: Any) -> None:
    discovery = generated(".api.cds_hooks.discover").sync(client=connected)
    assert isinstance(discovery, generated(".models").Discovery)
    entry = next(one for one in discovery.services if one.hook == "patient-view")
    assert entry.id == SERVICE
    assert entry.prefetch["patient"] == "Patient/{{context.patientId}}"


def test_it_calls_the_service_and_reads_the_cards(generated: Module, connected: Any) -> None:
    models = generated(".models")
    request = models.PatientViewRequest.from_dict(
        shifted(sample("hypoparathyroidism.request"), datetime.now(UTC))
    )
    assert isinstance(request.context, models.PatientViewContext)
    answer = generated(".api.cds_hooks.call").sync(SERVICE, client=connected, body=request)
    assert isinstance(answer, models.Cards)
    (card,) = answer.cards
    assert card.indicator is models.CardIndicator.WARNING
    assert "Hypoparathyroidism" in card.summary
    ranking = card.extension["org.orbicularis.differential"]
    assert ranking["causes"][0]["id"] == "hypoparathyroidism"
    (action,) = card.suggestions[0].actions
    assert action.resource["resourceType"] == "ServiceRequest"


def test_it_makes_a_request_of_its_own_and_reads_a_refusal(
    generated: Module, connected: Any
) -> None:
    models = generated(".models")
    request = models.PatientViewRequest(
        hook="patient-view",
        hook_instance="60d1a7bb-7d7f-4f1c-9f1d-8e6c1c6a7f11",
        context=models.PatientViewContext(user_id="Practitioner/1", patient_id="1"),
    )
    response = generated(".api.cds_hooks.call").sync_detailed(
        SERVICE, client=connected, body=request
    )
    assert response.status_code == 412
    assert isinstance(response.parsed, models.OperationOutcome)
    keys = {key for issue in response.parsed.issue for key in issue.expression}
    assert "prefetch.symptoms" in keys
