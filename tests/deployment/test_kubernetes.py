"""The manifests: valid by Kubernetes' own schemas, fitting together, and closed."""

import tomllib
from typing import Any

import pytest
import yaml

from orbicularis.api.settings import Settings
from tests.deployment.dockerfile import of_image
from tests.deployment.places import KUBERNETES, ROOT
from tests.deployment.tool import run

Manifest = dict[str, Any]
FILES = sorted(path for path in KUBERNETES.glob("*.yaml") if path.name != "kustomization.yaml")


def _read(name: str) -> Manifest:
    document: Manifest = yaml.safe_load((KUBERNETES / name).read_text(encoding="utf-8"))
    return document


@pytest.fixture(scope="module")
def deployment() -> Manifest:
    return _read("deployment.yaml")


@pytest.fixture(scope="module")
def pod(deployment: Manifest) -> Manifest:
    spec: Manifest = deployment["spec"]["template"]["spec"]
    return spec


@pytest.fixture(scope="module")
def container(pod: Manifest) -> Manifest:
    (only,) = pod["containers"]
    return dict(only)


@pytest.mark.parametrize("version", ["1.30", "1.37"])
def test_kubernetes_accepts_every_manifest(version: str) -> None:
    done = run("kubernetes-validate", "--strict", "--kubernetes-version", version, *FILES)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (done.stdout + done.stderr).count(" passed ") == len(FILES)


def test_kubernetes_would_refuse_a_misspelt_key(tmp_path: Any, deployment: Manifest) -> None:
    pod = deployment["spec"]["template"]["spec"] | {"enableServiceLink": False}
    template = deployment["spec"]["template"] | {"spec": pod}
    wrong = deployment | {"spec": deployment["spec"] | {"template": template}}
    (tmp_path / "wrong.yaml").write_text(yaml.safe_dump(wrong), encoding="utf-8")
    done = run("kubernetes-validate", "--strict", tmp_path / "wrong.yaml")
    assert done.returncode != 0
    assert "enableServiceLink" in done.stdout + done.stderr


def test_the_kustomization_lists_every_manifest() -> None:
    assert sorted(_read("kustomization.yaml")["resources"]) == [path.name for path in FILES]


def test_everything_stands_in_the_namespace_and_carries_the_label() -> None:
    namespace = _read("namespace.yaml")["metadata"]["name"]
    assert _read("kustomization.yaml")["namespace"] == namespace
    for path in FILES:
        metadata = _read(path.name)["metadata"]
        if path.name != "namespace.yaml":
            assert metadata["namespace"] == namespace
            assert metadata["labels"] == {"app.kubernetes.io/name": "orbicularis"}


def test_the_image_is_of_the_projects_version(container: Manifest) -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    version = pyproject["project"]["version"]
    (image,) = _read("kustomization.yaml")["images"]
    assert container["image"] == f"{image['name']}:{version}"
    assert image["newTag"] == version


def test_a_service_puts_nothing_into_the_environment_of_the_settings(pod: Manifest) -> None:
    assert pod["enableServiceLinks"] is False


def test_the_pod_meets_the_restricted_standard(pod: Manifest, container: Manifest) -> None:
    labels = _read("namespace.yaml")["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["securityContext"] == {
        "readOnlyRootFilesystem": True,
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
    }
    assert pod["automountServiceAccountToken"] is False
    assert "volumes" not in pod


def test_the_pod_runs_as_the_images_own_user(pod: Manifest) -> None:
    (user,) = of_image("USER")
    context = pod["securityContext"]
    assert f"{context['runAsUser']}:{context['runAsGroup']}" == user


def test_memory_and_processor_are_asked_for_and_limited(container: Manifest) -> None:
    resources = container["resources"]
    assert resources["requests"].keys() == resources["limits"].keys() == {"cpu", "memory"}


def test_the_probes_ask_what_the_service_answers(container: Manifest) -> None:
    (port,) = container["ports"]
    assert str(port["containerPort"]) == of_image("EXPOSE")[0]
    asked = {name: container[f"{name}Probe"]["httpGet"] for name in ("startup", "readiness")}
    assert set(map(str, asked.values())) == {str({"path": "/readyz", "port": port["name"]})}
    assert container["livenessProbe"]["httpGet"] == {"path": "/healthz", "port": port["name"]}


def test_a_pod_that_leaves_waits_without_a_shell_and_stops_in_time(
    pod: Manifest, container: Manifest
) -> None:
    hook = container["lifecycle"]["preStop"]
    assert hook.keys() == {"sleep"}
    assert hook["sleep"]["seconds"] + 10 < pod["terminationGracePeriodSeconds"]


def test_whatever_selects_pods_selects_these(deployment: Manifest) -> None:
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert deployment["spec"]["selector"]["matchLabels"] == labels
    assert _read("service.yaml")["spec"]["selector"] == labels
    assert _read("pod-disruption-budget.yaml")["spec"]["selector"]["matchLabels"] == labels
    assert _read("network-policy.yaml")["spec"]["podSelector"]["matchLabels"] == labels


def test_the_autoscaler_alone_says_how_many_and_never_one(deployment: Manifest) -> None:
    scaler = _read("horizontal-pod-autoscaler.yaml")["spec"]
    target = scaler["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", deployment["metadata"]["name"])
    assert "replicas" not in deployment["spec"]
    assert scaler["minReplicas"] >= 2


def test_traffic_goes_from_ingress_to_service_to_container(container: Manifest) -> None:
    service = _read("service.yaml")
    (port,) = service["spec"]["ports"]
    assert port["targetPort"] == container["ports"][0]["name"]
    for path in _paths():
        backend = path["backend"]["service"]
        assert (backend["name"], backend["port"]["name"]) == ("orbicularis", port["name"])
    (rule,) = _read("network-policy.yaml")["spec"]["ingress"]
    assert rule["ports"] == [{"port": port["targetPort"]}]


def test_the_ingress_opens_the_protocol_and_the_pages_of_cards_and_nothing_else() -> None:
    opened = [(path["path"], path["pathType"]) for path in _paths()]
    assert opened == [
        ("/cds-services", "Prefix"),
        ("/rules", "Prefix"),
        ("/source-attributes", "Exact"),
    ]


def test_the_ingress_ends_tls_for_the_name_that_clients_call() -> None:
    ingress = _read("ingress.yaml")["spec"]
    (rule,) = ingress["rules"]
    (tls,) = ingress["tls"]
    assert tls["hosts"] == [rule["host"]]
    assert tls["secretName"]
    assert _read("settings.yaml")["data"]["ORBICULARIS_BASE_URL"] == f"https://{rule['host']}"


def test_the_way_out_is_closed_but_for_names_and_what_a_site_fills_in() -> None:
    policy = _read("network-policy.yaml")["spec"]
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    names, servers = policy["egress"]
    assert {port["port"] for port in names["ports"]} == {53}
    assert servers["to"] == [{"ipBlock": {"cidr": "192.0.2.0/24"}}]


def test_the_settings_trust_nobody_until_told_to(
    container: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = _read("settings.yaml")
    assert container["envFrom"] == [{"configMapRef": {"name": config["metadata"]["name"]}}]
    for name, value in config["data"].items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.authenticates
    assert settings.jwt_issuers == settings.allowed_fhir_servers == ()
    assert not settings.shows_metrics


def _paths() -> list[Manifest]:
    (rule,) = _read("ingress.yaml")["spec"]["rules"]
    found: list[Manifest] = rule["http"]["paths"]
    return found
