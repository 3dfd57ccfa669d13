"""Dashboard and alerts: valid, told about, and of nothing that is not counted."""

import json
import re
import subprocess
from http import HTTPStatus
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import yaml

from orbicularis.api.auth.denial import Reason
from orbicularis.api.decisions import UNKNOWN, Decision
from orbicularis.api.metrics.doors import FAILED, FETCHED
from orbicularis.api.metrics.fetches import COMPLETE
from orbicularis.api.metrics.reloads import Ending
from orbicularis.api.metrics.skips import REASONS
from orbicularis.api.settings import Settings
from tests.deployment.compose import services
from tests.deployment.exposed import exposed as look
from tests.deployment.places import DOCKER, ROOT
from tests.deployment.promql import legend, unknown, used
from tests.support.patience import PATIENCE_S
from tests.support.programs import program

MONITORING = DOCKER / "monitoring"
COMPOSE = "compose.monitoring.yaml"
UNIT_TESTS = ROOT / "tests/deployment/alerts.test.yaml"
DASHBOARD = json.loads((MONITORING / "grafana/orbicularis.json").read_text(encoding="utf-8"))
ALERTS = [
    rule
    for group in yaml.safe_load((MONITORING / "alerts.yaml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
README = (MONITORING / "README.md").read_text(encoding="utf-8")
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
SHOWN = [
    pytest.param(target, id=f"{panel['title']} {target['refId']}")
    for panel in PANELS
    for target in panel["targets"]
]
EACH_ALERT = pytest.mark.parametrize("alert", ALERTS, ids=[rule["alert"] for rule in ALERTS])
# Known to every process, and of little use to look at; the rest is on the dashboard.
_NOT_SHOWN = {"process_virtual_memory_bytes"}
_SUFFIX = re.compile(r"_(bucket|count|sum)$")


@pytest.fixture(scope="module")
def exposed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    return look(tmp_path_factory.mktemp("workers"))


@pytest.mark.parametrize("target", SHOWN)
def test_a_panel_asks_only_for_what_is_exposed(
    target: dict[str, Any], exposed: dict[str, set[str]]
) -> None:
    assert unknown(target["expr"], exposed) == []


@pytest.mark.parametrize("target", SHOWN)
def test_a_legend_shows_labels_that_the_query_keeps(
    target: dict[str, Any], exposed: dict[str, set[str]]
) -> None:
    found = used(target["expr"])
    kept = [labels for _, labels in found.groupings]
    have = frozenset.union(*kept) if kept else frozenset[str]()
    if not kept:
        have = frozenset.union(*(frozenset(exposed[name]) for name in found.names))
    assert legend(target["legendFormat"]) <= have


@EACH_ALERT
def test_an_alert_asks_only_for_what_is_exposed(
    alert: dict[str, Any], exposed: dict[str, set[str]]
) -> None:
    assert unknown(alert["expr"], exposed) == []


def test_everything_that_is_counted_is_shown(exposed: dict[str, set[str]]) -> None:
    shown = set().union(
        *(used(target["expr"]).names for one in PANELS for target in one["targets"])
    )
    bases = {_SUFFIX.sub("", name) for name in shown}
    missing = {_SUFFIX.sub("", name) for name in exposed} - bases - _NOT_SHOWN
    assert missing == set()


def test_annotations_and_variables_ask_only_for_what_is_exposed(
    exposed: dict[str, set[str]],
) -> None:
    for annotation in DASHBOARD["annotations"]["list"]:
        assert unknown(annotation["expr"], exposed) == []
    for variable in DASHBOARD["templating"]["list"]:
        if variable["type"] == "query":
            assert variable["query"]["query"] == variable["definition"]
            asked = re.fullmatch(r"label_values\((.+), (\w+)\)", variable["definition"])
            assert asked is not None
            assert unknown(f"sum by ({asked[2]}) ({asked[1]})", exposed) == []


def test_what_labels_are_compared_with_are_values_that_they_have() -> None:
    texts = [target["expr"] for panel in PANELS for target in panel["targets"]]
    texts += [alert["expr"] for alert in ALERTS]
    named = set().union(*(used(text).values for text in texts)) - {("job", "orbicularis")}
    decided = get_args(get_type_hints(Decision)["outcome"])
    words = {
        "reason": {*(reason.value for reason in Reason), *REASONS},
        "outcome": {COMPLETE, FETCHED, FAILED, *get_args(Ending), *decided},
        "rule": {UNKNOWN},
        "status": {f"{status:d}" for status in HTTPStatus},
    }
    assert len(named) > 5
    assert {(label, value) for label, value in named if value not in words[label]} == set()


@pytest.mark.parametrize(
    ("expr", "told"),
    [
        ("orbicularis_request_total", ["orbicularis_request_total"]),
        ("rate(orbicularis_requests_total{hok='a'}[5m])", ["orbicularis_requests_total{hok}"]),
        (
            "sum by (rule) (orbicularis_requests_total) / sum(orbicularis_rules_stale)",
            ["by (rule) of orbicularis_requests_total"],
        ),
        ("absent(rate(orbicularis_gone_total[5m] offset 1h))", ["orbicularis_gone_total"]),
        ("max_over_time(sum(orbicularis_gone)[1h:5m])", ["orbicularis_gone"]),
    ],
)
def test_a_metric_or_label_that_is_gone_would_be_told(
    expr: str, told: list[str], exposed: dict[str, set[str]]
) -> None:
    assert unknown(expr, exposed) == told


@pytest.mark.parametrize("name", ["orbicularis_requests_total", "orbicularis_rules_stale"])
def test_a_renamed_metric_would_be_told(name: str, exposed: dict[str, set[str]]) -> None:
    renamed = {key: labels for key, labels in exposed.items() if key != name}
    texts = [target["expr"] for panel in PANELS for target in panel["targets"]]
    assert any(name in unknown(text, renamed) for text in texts)
    assert any(name in unknown(alert["expr"], renamed) for alert in ALERTS)


def test_what_is_no_promql_would_be_told() -> None:
    with pytest.raises(ValueError, match="paren"):
        used("sum(rate(orbicularis_requests_total[5m])")


def test_panels_are_told_apart_and_lie_beside_each_other() -> None:
    every = DASHBOARD["panels"]
    assert len({panel["id"] for panel in every}) == len(every)
    taken: set[tuple[int, int]] = set()
    for panel in every:
        at = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        }
        assert at["x"] + at["w"] <= 24
        assert not cells & taken, panel["title"]
        taken |= cells


def test_every_panel_says_what_it_shows_in_which_unit() -> None:
    titles = [panel["title"] for panel in PANELS]
    assert len(set(titles)) == len(titles) > 20
    for panel in PANELS:
        assert panel["description"].endswith("."), panel["title"]
        assert panel["fieldConfig"]["defaults"]["unit"], panel["title"]
        references = [target["refId"] for target in panel["targets"]]
        assert len(set(references)) == len(references) > 0


def test_the_data_source_is_for_the_reader_to_choose() -> None:
    source = {"type": "prometheus", "uid": "${datasource}"}
    for panel in PANELS:
        assert panel["datasource"] == source
        assert all(target["datasource"] == source for target in panel["targets"])
    assert DASHBOARD["templating"]["list"][0]["name"] == "datasource"
    assert DASHBOARD["schemaVersion"] >= 41
    assert "id" not in DASHBOARD


@EACH_ALERT
def test_an_alert_says_what_it_means_and_what_to_do(alert: dict[str, Any]) -> None:
    name, annotations = alert["alert"], alert["annotations"]
    assert re.fullmatch(r"Orbicularis[A-Z][A-Za-z]+", name)
    assert alert["labels"].keys() == {"severity"}
    assert alert["labels"]["severity"] in {"critical", "warning", "info"}
    assert annotations.keys() == {"summary", "description", "runbook_url"}
    assert annotations["description"].endswith(".")
    path, _, anchor = annotations["runbook_url"].partition("#")
    assert (ROOT / path).read_text(encoding="utf-8") == README
    assert anchor == name.lower()
    section = README.partition(f"\n### {name}\n")[2].partition("\n##")[0]
    assert len(section.split()) > 15


@EACH_ALERT
def test_the_words_of_an_alert_name_labels_that_it_has(
    alert: dict[str, Any], exposed: dict[str, set[str]]
) -> None:
    found = used(alert["expr"])
    named = legend("".join(alert["annotations"].values()))
    kept = [labels for _, labels in found.groupings]
    raw = [frozenset(exposed[name]) for name in found.names]
    assert named <= frozenset.union(*(kept or raw))


def test_every_runbook_is_of_an_alert() -> None:
    told = re.findall(r"^### (Orbicularis\w+)$", README, flags=re.MULTILINE)
    assert told == [alert["alert"] for alert in ALERTS]


def test_every_alert_is_tried_with_numbers() -> None:
    """Run by promtool below, where it is; that none is left out is seen without it."""
    well, *cases = yaml.safe_load(UNIT_TESTS.read_text(encoding="utf-8"))["tests"]
    assert [case["name"] for case in cases] == [alert["alert"] for alert in ALERTS]
    for case in cases:
        before, after = case["promql_expr_test"]
        assert f'alertname="{case["name"]}",alertstate="firing"' in before["expr"] == after["expr"]
        assert "exp_samples" not in before
        assert len(after["exp_samples"]) == 1
    assert all("exp_samples" not in one for one in well["promql_expr_test"])
    there = {name for series in well["input_series"] for name in used(series["series"]).names}
    assert there >= set().union(*(used(alert["expr"]).names for alert in ALERTS))


PROMTOOL = program("promtool")


@pytest.mark.skipif(PROMTOOL is None, reason="promtool comes with Debian's package prometheus")
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "rules", MONITORING / "alerts.yaml"),
        ("check", "config", MONITORING / "prometheus.yaml"),
        ("test", "rules", UNIT_TESTS),
    ],
    ids=["rules", "config", "unit tests"],
)
def test_prometheus_accepts_them(arguments: tuple[str | Path, ...]) -> None:
    done = subprocess.run(
        [str(PROMTOOL), *arguments], capture_output=True, text=True, check=False, timeout=PATIENCE_S
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_scraped_job_is_the_one_that_alerts_look_for() -> None:
    config = yaml.safe_load((MONITORING / "prometheus.yaml").read_text(encoding="utf-8"))
    (job,) = config["scrape_configs"]
    (static,) = job["static_configs"]
    assert static["targets"] == ["orbicularis:8080"]
    selected = re.findall(r'job="(\w+)"', "".join(alert["expr"] for alert in ALERTS))
    assert set(selected) == {job["job_name"]}
    assert config["rule_files"] == ["alerts.yaml"]


def test_compose_serves_metrics_and_shows_them_on_this_machine_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = services(COMPOSE)
    for name, value in found["orbicularis"]["environment"].items():
        monkeypatch.setenv(name, value)
    assert Settings().shows_metrics
    for name in ("prometheus", "grafana"):
        (port,) = found[name]["ports"]
        assert port.startswith("127.0.0.1:")
        assert re.fullmatch(r"[a-z/]+:v?\d+\.\d+\.\d+", found[name]["image"])
    assert "inside" not in found["grafana"]["networks"]


def test_compose_mounts_files_that_exist_and_that_the_programs_look_for() -> None:
    found = services(COMPOSE)
    mounts: dict[str, Path] = {}
    for service in (found["prometheus"], found["grafana"]):
        for volume in service["volumes"]:
            source, target, *mode = volume.split(":")
            if source.startswith("."):
                assert mode == ["ro"]
                assert (DOCKER / source).is_file(), source
                mounts[target] = DOCKER / source
    assert "--config.file=/etc/prometheus/prometheus.yaml" in found["prometheus"]["command"]
    assert mounts["/etc/prometheus/prometheus.yaml"].name == "prometheus.yaml"
    assert mounts["/etc/prometheus/alerts.yaml"].name == "alerts.yaml"
    provider = next(path for path in mounts.values() if path.name == "dashboards.yaml")
    (folder,) = yaml.safe_load(provider.read_text(encoding="utf-8"))["providers"]
    home = found["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert Path(home).parent == Path(folder["options"]["path"])
    assert json.loads(mounts[home].read_text(encoding="utf-8")) == DASHBOARD
