import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from orbicularis.api.environment import misspelt, variable
from orbicularis.api.settings import Settings
from orbicularis.cli.main import app


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)


def _rows(**environment: str) -> dict[str, dict[str, str]]:
    told = CliRunner().invoke(app, ["settings", "--json"], env=environment)
    assert told.exit_code == 0, told.output
    return {row["setting"]: row for row in json.loads(told.stdout)}


def test_every_setting_is_told_with_value_origin_and_meaning() -> None:
    rows = _rows()
    assert list(rows) == [variable(name) for name in Settings.model_fields]
    assert all(row["value"] and row["meaning"] for row in rows.values())
    assert rows["ORBICULARIS_PROFILE"]["value"] == "development"
    assert rows["ORBICULARIS_PROFILE"]["from"] == "default"
    assert rows["ORBICULARIS_BASE_URL"]["value"] == "not set"
    assert rows["ORBICULARIS_JWT_ISSUERS"]["value"] == "none"


def test_what_was_set_comes_from_the_environment() -> None:
    row = _rows(ORBICULARIS_JWT_ALGORITHMS="ES384, EdDSA")["ORBICULARIS_JWT_ALGORITHMS"]
    assert (row["value"], row["from"]) == ("ES384, EdDSA", "environment")


@pytest.mark.parametrize(
    ("profile", "auth", "metrics"),
    [("development", "none", "true"), ("production", "jwt", "false")],
)
def test_what_follows_from_the_profile_is_told_as_such(
    profile: str, auth: str, metrics: str
) -> None:
    rows = _rows(ORBICULARIS_PROFILE=profile)
    for name, value in (("AUTH", auth), ("METRICS", metrics)):
        row = rows[f"ORBICULARIS_{name}"]
        assert (row["value"], row["from"]) == (value, "profile")
    assert _rows(ORBICULARIS_PROFILE=profile, ORBICULARIS_AUTH="jwt")["ORBICULARIS_AUTH"] == {
        **rows["ORBICULARIS_AUTH"],
        "value": "jwt",
        "from": "environment",
    }


def test_what_may_be_a_secret_in_a_url_is_masked() -> None:
    places = "https://me:word@keys.example.org/jwks?key=word, https://b.example.org/jwks"
    told = _rows(ORBICULARIS_JWT_JWKS=places)["ORBICULARIS_JWT_JWKS"]["value"]
    assert told == "https://***@keys.example.org/jwks?***, https://b.example.org/jwks"


def test_people_get_lines_that_can_be_searched() -> None:
    told = CliRunner().invoke(app, ["settings"], env={"ORBICULARIS_LOG_LEVEL": "debug"})
    assert "ORBICULARIS_LOG_LEVEL = debug  (environment)\n    Least important" in told.stdout


@pytest.mark.parametrize("command", ["settings", "serve"])
def test_bad_values_stop_the_start_and_are_all_named(command: str) -> None:
    bad = {"ORBICULARIS_MAX_BODY_BYTES": "lots", "ORBICULARIS_BASE_URL": "http://ehr.example.org"}
    told = CliRunner().invoke(app, [command], env=bad)
    assert told.exit_code == 2
    assert "ORBICULARIS_MAX_BODY_BYTES: Input should be a valid integer" in told.stderr
    assert "ORBICULARIS_BASE_URL: must begin with https://" in told.stderr
    assert "lots" not in told.stderr


def test_issuers_without_a_name_of_our_own_stop_the_start() -> None:
    trusting = {"ORBICULARIS_AUTH": "jwt", "ORBICULARIS_JWT_ISSUERS": "https://ehr.example.org"}
    told = CliRunner().invoke(app, ["serve"], env=trusting)
    assert told.exit_code == 2
    assert told.stderr.startswith("ORBICULARIS_BASE_URL is needed")


def test_issuers_beside_an_open_door_are_warned_of() -> None:
    command = [sys.executable, "-m", "orbicularis", "serve", "--port", "0"]
    named = {
        "ORBICULARIS_JWT_ISSUERS": "https://a.example.org",
        "ORBICULARIS_BASE_URL": "https://b",
    }
    with subprocess.Popen(
        command, env={**os.environ, **named}, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        lines = [process.stderr.readline() for _ in range(2)]
        process.terminate()
    assert "calls=open" in lines[0]
    assert "WARNING issuers are listed, but calls are open" in lines[1]


def test_a_misspelt_variable_is_named_with_what_it_may_have_meant() -> None:
    told = CliRunner().invoke(app, ["settings"], env={"ORBICULARIS_JWT_ISSUER": "x"})
    assert "ORBICULARIS_JWT_ISSUER is not a setting and is ignored" in told.stderr
    assert "did you mean ORBICULARIS_JWT_ISSUERS?" in told.stderr


def test_what_an_orchestrator_adds_is_left_alone() -> None:
    added = {"ORBICULARIS_PORT_8080_TCP": "tcp://10.0.0.1:8080", "ORBICULARIS_SERVICE_HOST": "x"}
    assert list(misspelt(added)) == []
    assert list(misspelt({"PATH": "x", "ORBICULARIS_RULES": "rules"})) == []
