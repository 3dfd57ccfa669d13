"""What a site adds: its overlay, and Prometheus. Valid once laid over the base, and no opening."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from orbicularis.api.settings import Settings
from orbicularis.cli.main import app
from orbicularis.knowledge.load import load
from tests.deployment.compose import services
from tests.deployment.kustomize import Manifest, composed, named, read
from tests.deployment.places import DOCKER, KUBERNETES, ROOT
from tests.deployment.tool import run

COMPONENTS = ("monitoring", "overlay")
SITE = KUBERNETES / "overlay" / "site"


@pytest.fixture(scope="module")
def everything() -> list[Manifest]:
    return composed(*COMPONENTS)


@pytest.fixture(scope="module")
def pod(everything: list[Manifest]) -> Manifest:
    template: Manifest = named(everything, "Deployment", "orbicularis")["spec"]["template"]
    return template


@pytest.fixture(scope="module")
def settings(everything: list[Manifest]) -> dict[str, str]:
    data: dict[str, str] = named(everything, "ConfigMap", "orbicularis-settings")["data"]
    return data


def test_every_folder_is_a_component_that_names_all_of_its_files() -> None:
    folders = sorted(path.name for path in KUBERNETES.iterdir() if path.is_dir())
    assert folders == list(COMPONENTS)
    for name in folders:
        kustomization = read(KUBERNETES / name / "kustomization.yaml")
        listed = {*kustomization.get("resources", ()), "kustomization.yaml"}
        listed |= {patch["path"] for patch in kustomization["patches"]}
        assert {path.name for path in (KUBERNETES / name).glob("*.yaml")} == listed


@pytest.mark.parametrize("version", ["1.30", "1.37"])
def test_kubernetes_accepts_what_comes_out(
    version: str, everything: list[Manifest], tmp_path: Path
) -> None:
    files = []
    for number, manifest in enumerate(everything):
        files.append(tmp_path / f"{number}.yaml")
        files[-1].write_text(yaml.safe_dump(manifest), encoding="utf-8")
    done = run("kubernetes-validate", "--strict", "--kubernetes-version", version, *files)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (done.stdout + done.stderr).count(" passed ") == len(files)


def test_the_pod_is_as_closed_as_before(pod: Manifest) -> None:
    (before,) = read(KUBERNETES / "deployment.yaml")["spec"]["template"]["spec"]["containers"]
    (container,) = pod["spec"]["containers"]
    assert container == before | {"volumeMounts": container["volumeMounts"]}
    assert all(mount["readOnly"] for mount in container["volumeMounts"])


def test_the_overlay_is_mounted_where_the_service_looks_for_it(
    pod: Manifest, settings: dict[str, str], everything: list[Manifest]
) -> None:
    (mount,) = pod["spec"]["containers"][0]["volumeMounts"]
    (volume,) = pod["spec"]["volumes"]
    assert mount["mountPath"] == settings["ORBICULARIS_OVERLAY"]
    assert mount["name"] == volume["name"]
    generated = named(everything, "ConfigMap", volume["configMap"]["name"])["data"]
    assert {item["key"] for item in volume["configMap"]["items"]} == generated.keys()


def _mounted(folder: Path, everything: list[Manifest], pod: Manifest) -> Path:
    """The volume as a kubelet lays it out: links to links to the files of one version."""
    (volume,) = pod["spec"]["volumes"]
    data = named(everything, "ConfigMap", volume["configMap"]["name"])["data"]
    version = folder / "..2026_11_23_01_02_03.0123456789"
    for item in volume["configMap"]["items"]:
        file = version / item["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(data[item["key"]], encoding="utf-8")
    (folder / "..data").symlink_to(version.name)
    for one in version.iterdir():
        (folder / one.name).symlink_to(f"..data/{one.name}")
    return folder


def test_what_is_mounted_is_an_overlay_of_the_images_rules(
    tmp_path: Path, everything: list[Manifest], pod: Manifest
) -> None:
    mounted = _mounted(tmp_path, everything, pod)
    bundle = load(ROOT / "rules", mounted)
    assert bundle.overlay is not None
    assert bundle.overlay.name == "example-hospital"
    assert bundle.orders["creatinine"].text == "Creatinine with eGFR (core laboratory)"
    assert bundle.revision != load(ROOT / "rules").revision


@pytest.mark.parametrize("more", [["check"], ["test", "--only", "hypoparathyroidism"]])
def test_the_example_passes_as_its_own_words_say(more: list[str]) -> None:
    command, *options = more
    words = f"orbicularis {command} rules --overlay docker/kubernetes/overlay/site"
    assert words in (SITE / "overlay.yaml").read_text(encoding="utf-8")
    given = [command, str(ROOT / "rules"), "--overlay", str(SITE), *options]
    told = CliRunner().invoke(app, given)
    assert told.exit_code == 0, told.output
    assert str(SITE) not in told.output, "a problem in the overlay"


def test_with_everything_the_settings_are_usable_and_trust_nobody(
    settings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    made = Settings()
    assert made.shows_metrics
    assert made.authenticates
    assert made.jwt_issuers == made.allowed_fhir_servers == ()
    assert str(made.overlay) == "/app/overlay"


def test_prometheus_is_told_where_the_numbers_are_and_let_in(
    pod: Manifest, everything: list[Manifest]
) -> None:
    (container,) = pod["spec"]["containers"]
    (port,) = container["ports"]
    assert pod["metadata"]["annotations"] == {
        "prometheus.io/scrape": "true",
        "prometheus.io/port": str(port["containerPort"]),
        "prometheus.io/path": "/metrics",
    }
    policy: dict[str, Any] = named(everything, "NetworkPolicy", "orbicularis-monitoring")["spec"]
    assert policy["podSelector"]["matchLabels"] == pod["metadata"]["labels"]
    (rule,) = policy["ingress"]
    assert rule["ports"] == [{"port": port["name"]}]
    assert rule["from"]


def test_compose_lays_the_same_example_over_the_rules_read_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    service = services("compose.overlay.yaml")["orbicularis"]
    (volume,) = service["volumes"]
    source, target, mode = volume.split(":")
    assert (DOCKER / source).resolve() == SITE
    assert mode == "ro"
    for name, value in service["environment"].items():
        monkeypatch.setenv(name, value)
    assert str(Settings().overlay) == target
    assert Settings().reload_rules
