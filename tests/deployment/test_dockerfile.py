"""What the image promises, read off its Dockerfile; ``make container`` tries it for real."""

import fnmatch
import http.client
import json
import re

import pytest

from orbicularis.api.setting_values import Profile
from orbicularis.api.settings import Settings
from tests.deployment.dockerfile import environment, health_check, instructions, of_image
from tests.deployment.places import ROOT
from tests.deployment.tool import run


def test_hadolint_has_nothing_to_say() -> None:
    done = run("hadolint", "--no-color", "Dockerfile")
    assert (done.returncode, done.stdout) == (0, "")


def test_it_runs_as_a_number_that_is_not_root() -> None:
    (user,) = of_image("USER")
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)


def test_nothing_that_it_runs_needs_a_shell() -> None:
    (command,) = of_image("CMD")
    assert json.loads(command)[0] == "orbicularis"
    assert health_check()[0] == "python"
    assert of_image("ENTRYPOINT") == []


def test_both_stages_come_from_one_base_that_a_release_can_name_by_digest() -> None:
    bases = [one.value.split()[0] for one in instructions() if one.keyword == "FROM"]
    assert bases == ["${PYTHON_IMAGE}"] * 2
    (default,) = [one.value for one in instructions() if one.stage == 0 and one.keyword == "ARG"]
    assert re.fullmatch(r"PYTHON_IMAGE=python:3\.\d+-slim", default)


def test_what_comes_from_outside_is_locked_with_hashes_and_never_built() -> None:
    script = " && ".join(one.value for one in instructions() if one.keyword == "RUN")
    installs = [one for one in script.split("&&") if " install " in one]
    outside = [one for one in installs if "--no-index" not in one]
    assert [re.findall(r"\w+\.lock", one) for one in outside] == [["runtime.lock"], ["build.lock"]]
    for one in outside:
        assert "--require-hashes --no-deps --only-binary :all:" in one
    assert "--no-build-isolation" in script


def test_the_image_itself_installs_nothing() -> None:
    assert not [one for one in of_image("RUN") if re.search(r"\b(install|apt-get|curl)\b", one)]


def test_whatever_is_copied_reaches_the_builder() -> None:
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_through = [line[1:] for line in ignore if line.startswith("!")]
    assert "*" in ignore
    sources = [
        source.rstrip("/")
        for one in instructions()
        if one.keyword == "COPY" and not one.value.startswith("--from")
        for source in one.value.split()[:-1]
    ]
    assert sources
    for source in sources:
        assert (ROOT / source).exists()
        assert any(source == kept or source.startswith(f"{kept}/") for kept in let_through), source


def test_no_secret_reaches_the_builder() -> None:
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_through = [line[1:] for line in ignore if line.startswith("!")]
    for name in (".env", ".git/config", "docker/tls/tls.key"):
        assert not any(fnmatch.fnmatch(name, f"{kept}*") for kept in let_through)


def test_production_is_what_it_starts_with(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment().items():
        if name.startswith("ORBICULARIS_"):
            monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.profile is Profile.PRODUCTION
    assert settings.authenticates
    assert settings.jwt_issuers == ()
    assert settings.allowed_fhir_servers == ()
    assert not settings.shows_metrics


def test_the_port_is_the_same_everywhere() -> None:
    (port,) = of_image("EXPOSE")
    (command,) = of_image("CMD")
    words = json.loads(command)
    assert words[words.index("--port") + 1] == port
    assert f"'127.0.0.1', {port}" in health_check()[-1]


class _Answer:
    def __init__(self, status: int) -> None:
        self.status = status


@pytest.mark.parametrize(("status", "unhealthy"), [(200, False), (503, True), (404, True)])
def test_the_health_check_asks_healthz_and_fails_on_anything_but_200(
    monkeypatch: pytest.MonkeyPatch, status: int, unhealthy: bool
) -> None:
    asked: list[tuple[str, str]] = []
    connection = http.client.HTTPConnection
    monkeypatch.setattr(connection, "request", lambda _, *line: asked.append(line))
    monkeypatch.setattr(connection, "getresponse", lambda _: _Answer(status))
    with pytest.raises(SystemExit) as left:
        exec(health_check()[-1], {})  # noqa: S102 - the program that the image runs
    assert asked == [("GET", "/healthz")]
    assert bool(left.value.code) is unhealthy
