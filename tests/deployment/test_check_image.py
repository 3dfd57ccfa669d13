"""docker/check-image, with an engine that only says what it is asked for."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deployment.places import DOCKER
from tests.support.patience import PATIENCE_S

ENGINE = """#!/bin/sh
case "$*" in
  *Config.User*) echo "$FAKE_USER" ;;
  *.Size*) echo "$FAKE_SIZE" ;;
  *State.Running*) echo true ;;
  *State.ExitCode*) echo 0 ;;
  run*) echo started >&2 ;;
  exec*) echo '{"services": [{"id": "facial-twitching"}]}' ;;
  cp*) echo '"purl": "pkg:pypi/a@1"' >build/image-sbom.cdx.json ;;
esac
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """The script in a tree of its own, for it writes beside itself."""
    (tmp_path / "docker").mkdir()
    (tmp_path / "pyproject.toml").write_text('version = "1.2.3"\n', encoding="utf-8")
    engine = tmp_path / "engine"
    engine.write_text(ENGINE, encoding="utf-8")
    engine.chmod(0o755)
    return Path(shutil.copy(DOCKER / "check-image", tmp_path / "docker"))


def _checked(script: Path, size: int, **more: str) -> subprocess.CompletedProcess[str]:
    engine = script.parent.parent / "engine"
    said = {"CONTAINER_ENGINE": str(engine), "FAKE_SIZE": str(size), "FAKE_USER": "10001:10001"}
    kept = {name: it for name, it in os.environ.items() if name not in ("MAX_MB", "MEMORY")}
    return subprocess.run(
        [script],
        env=kept | said | more,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )


@pytest.mark.parametrize(
    ("size", "limit", "told"),
    [
        (250_000_000, {}, "250 of at most 250 MB"),
        (41_500_000, {"MAX_MB": "42"}, "42 of at most 42"),
    ],
)
def test_an_image_within_its_limit_is_run_and_asked(
    script: Path, size: int, limit: dict[str, str], told: str
) -> None:
    done = _checked(script, size, **limit)
    assert done.returncode == 0, done.stderr
    assert "started" in done.stderr
    assert f"container ok: orbicularis:1.2.3, {told}" in done.stdout


@pytest.mark.parametrize(
    ("size", "limit", "told"),
    [
        (250_000_001, {}, "the image has 251 MB, more than MAX_MB=250"),
        (42_000_001, {"MAX_MB": "42"}, "the image has 43 MB, more than MAX_MB=42"),
    ],
)
def test_a_larger_one_fails_before_it_is_started(
    script: Path, size: int, limit: dict[str, str], told: str
) -> None:
    done = _checked(script, size, **limit)
    assert done.returncode == 1
    assert told in done.stderr
    assert "started" not in done.stderr


@pytest.mark.parametrize("user", ["", "0:0", "root"])
def test_an_image_that_runs_as_root_fails(script: Path, user: str) -> None:
    done = _checked(script, 1, FAKE_USER=user)
    assert done.returncode == 1
    assert "runs as root" in done.stderr
