"""The compose files: valid by the Compose Specification, and as closed as they say."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from orbicularis.api.settings import Settings
from tests.deployment.compose import read, services
from tests.deployment.dockerfile import health_check
from tests.deployment.places import COMPOSE_FILES, DOCKER
from tests.deployment.tool import run

RUNNING = [
    pytest.param(service, id=f"{name} {key}")
    for name in ("compose.yaml", "compose.local.yaml", "compose.monitoring.yaml")
    for key, service in services(name).items()
    if "image" in service
]


def test_the_compose_specification_accepts_every_file() -> None:
    assert len(COMPOSE_FILES) == 5
    done = run("check-jsonschema", "--builtin-schema", "vendor.compose-spec", *COMPOSE_FILES)
    assert done.returncode == 0, done.stdout


def test_the_compose_specification_would_refuse_a_misspelt_key(tmp_path: Path) -> None:
    path = tmp_path / "compose.yaml"
    path.write_text("services: {a: {image: b, read_olny: true}}", encoding="utf-8")
    done = run("check-jsonschema", "--builtin-schema", "vendor.compose-spec", path)
    assert done.returncode == 1
    assert "read_olny" in done.stdout


@pytest.mark.parametrize("service", RUNNING)
def test_every_container_is_locked_down(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert service["pids_limit"] > 0
    assert not service.get("privileged")


def test_the_service_publishes_no_port_and_its_network_has_no_way_out() -> None:
    service = services("compose.yaml")["orbicularis"]
    assert "ports" not in service
    assert service["networks"] == ["inside"]
    assert read("compose.yaml")["networks"]["inside"]["internal"] is True


def test_a_way_out_is_a_file_of_its_own() -> None:
    (name,) = services("compose.outgoing.yaml")["orbicularis"]["networks"]
    assert not (read("compose.outgoing.yaml")["networks"][name] or {}).get("internal")


def test_the_service_writes_nowhere() -> None:
    for name in ("compose.yaml", "compose.local.yaml"):
        service = services(name)["orbicularis"]
        assert "tmpfs" not in service
        assert all(volume.endswith(":ro") for volume in service.get("volumes", []))


def test_production_trusts_nobody_until_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in services("compose.yaml")["orbicularis"]["environment"].items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.authenticates
    assert settings.jwt_issuers == settings.allowed_fhir_servers == ()
    assert not settings.shows_metrics


def test_what_a_site_sets_in_its_file_reaches_the_service() -> None:
    service = services("compose.yaml")["orbicularis"]
    assert service["env_file"] == [{"path": ".env", "required": False}]
    assert "/.env" in (DOCKER / ".gitignore").read_text(encoding="utf-8").splitlines()
    # What the compose file sets goes before the file: it takes the file's value, but for one.
    raw = yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))
    for name, value in raw["services"]["orbicularis"]["environment"].items():
        taken = value.startswith(f"${{{name}:-")
        assert taken is (name != "ORBICULARIS_PROFILE"), name


def test_what_is_open_to_everyone_is_open_on_this_machine_alone() -> None:
    assert services("compose.local.yaml")["orbicularis"]["ports"] == ["127.0.0.1:8080:8080"]


def test_the_health_check_is_the_images_own() -> None:
    check = services("compose.yaml")["orbicularis"]["healthcheck"]
    assert check["test"] == ["CMD", *health_check()]


def test_the_proxy_waits_for_the_service_and_starts_anew_with_it() -> None:
    waits = services("compose.yaml")["proxy"]["depends_on"]["orbicularis"]
    assert waits == {"condition": "service_healthy", "restart": True}


def test_the_key_of_tls_is_never_committed() -> None:
    document = read("compose.yaml")
    assert all(one["file"].startswith("./tls/") for one in document["secrets"].values())
    ignored = (DOCKER / "tls" / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignored
