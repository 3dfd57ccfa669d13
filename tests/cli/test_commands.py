"""Commands are there, and none waits for what another needs."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from orbicularis.cli.main import app
from tests.support.patience import PATIENCE_S

_COMMANDS = (
    "serve", "demo", "check", "new", "mutate", "diff", "lock", "docs", "explain", "schema",
    "openapi", "settings", "test",
)  # fmt: skip

_NEEDLESS = ("httpx", "jwt", "cryptography", "jinja2", "rich", "orbicularis.authoring")
_FRESH = f"""
import sys
from orbicularis.cli import main, serve
from orbicularis.api.app import create_app
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
from pathlib import Path
create_app(Engine(load(Path("rules"))), Settings()).build_middleware_stack()
needless = {_NEEDLESS!r}
print([name for name in sorted(sys.modules) if name.startswith(needless)])
"""


def test_help_names_every_command() -> None:
    told = CliRunner().invoke(app, ["--help"])
    assert told.exit_code == 0
    lines = [line.split()[0] for line in told.output.splitlines() if line.startswith("  ")]
    assert set(_COMMANDS) <= set(lines)


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    told = CliRunner().invoke(app, [name, "--help"])
    assert told.exit_code == 0
    assert f" {name} " in told.output.splitlines()[0] + told.output.splitlines()[1]


def test_what_is_no_command_is_named() -> None:
    told = CliRunner().invoke(app, ["surf"])
    assert told.exit_code == 2
    assert "No such command 'surf'" in told.output


def test_an_open_service_waits_for_no_tool_of_others() -> None:
    """Each costs time at every start, and memory in every worker."""
    done = subprocess.run(
        [sys.executable, "-c", _FRESH],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_S,
    )
    assert done.stdout == "[]\n"
