"""The nightly tests from the command line.

    python -m tests.fuzz.nightly [--examples 600]

Schemathesis in all its phases against the running service, with and without authentication,
then every property test with the profile "nightly".
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from rich.console import Console
from rich.table import Table

from orbicularis.api.setting_values import Auth
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
from tests.api.auth import signer
from tests.api.live import live
from tests.fuzz.nightly.hooks import ALGORITHM, KEY

LEAST_CASES = 2_000
"""What all runs of schemathesis have to come to at least, each."""

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[2]
_CONFIG = _HERE / "schemathesis.toml"
_CASES = re.compile(r"(\d+) generated, (\d+) passed")
_STEPS = re.compile(r"Stateful[^\n]*")
_console = Console(width=120)


def main(
    examples: Annotated[int, typer.Option(help="Examples of an operation and phase.")] = 600,
) -> None:
    """Run everything, and fail when anything does."""
    rows = [_schemathesis(way, examples) for way in ("open", "with JWT")]
    passed = _properties()
    table = Table(title="Nightly", title_justify="left")
    for name in ("what", "generated", "passed", "result"):
        table.add_column(name, justify="right" if name in ("generated", "passed") else "left")
    for row in rows:
        table.add_row(*row)
    table.add_row("properties, profile nightly", "", "", "passed" if passed else "FAILED")
    _console.print(table)
    raise typer.Exit(0 if passed and all(row[-1] == "passed" for row in rows) else 1)


def _schemathesis(way: str, examples: int) -> tuple[str, str, str, str]:
    _console.print(f"==> schemathesis, {way}")
    with TemporaryDirectory() as folder, _served(way, Path(folder)) as url:
        command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(_CONFIG), "run"]
        command += [str(_ROOT / "openapi/orbicularis.json"), "--url", url, "--checks", "all"]
        command += ["--max-examples", str(examples), "--no-color", "--continue-on-failure"]
        told = os.environ | {"SCHEMATHESIS_HOOKS": "tests.fuzz.nightly.hooks"}
        if way != "open":
            told[KEY] = f"{folder}/key.pem"
        ran = subprocess.run(
            command, cwd=_ROOT, env=told, capture_output=True, text=True, check=False
        )
    _console.print(ran.stdout, ran.stderr, markup=False, soft_wrap=True)
    found = _CASES.search(ran.stdout)
    generated, passed = found.groups() if found else ("0", "0")
    good = ran.returncode == 0 and int(generated) >= LEAST_CASES
    return (f"schemathesis, {way}", generated, passed, "passed" if good else "FAILED")


@contextmanager
def _served(way: str, folder: Path) -> Iterator[str]:
    settings = Settings() if way == "open" else _guarded(folder)
    with live(Engine(load(_ROOT / "rules")), settings) as url:
        yield url


def _guarded(folder: Path) -> Settings:
    """Authentication for one issuer, whose private key is written down for the client."""
    key = signer.private(ALGORITHM)
    (folder / "key.pem").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    (folder / "keys.json").write_bytes(signer.key_set(signer.public(ALGORITHM)))
    return Settings(
        auth=Auth.JWT,
        base_url=signer.BASE,
        jwt_issuers=(signer.ISSUER,),
        jwt_jwks=(str(folder / "keys.json"),),
        allowed_hosts=("*",),
    )


def _properties() -> bool:
    _console.print("==> properties, with the profile nightly")
    command = [sys.executable, "-m", "pytest", "-n", "auto", "--hypothesis-profile=nightly"]
    command += _property_tests()
    return subprocess.run(command, cwd=_ROOT, check=False).returncode == 0


def _property_tests() -> list[str]:
    """Files of tests with properties in them."""
    tests = sorted((_ROOT / "tests").rglob("test_*.py"))
    return [str(test) for test in tests if "@given(" in test.read_text("utf-8")]


if __name__ == "__main__":
    typer.run(main)
