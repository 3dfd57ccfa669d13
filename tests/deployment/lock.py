"""A lock: requirements with exact versions and hashes, as pip reads them."""

import re
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from tests.deployment.places import ROOT


def entries(lock: Path) -> list[str]:
    """The lock's entries, each on one line; comments dropped."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    return [line.strip() for line in re.sub(r"\\\n\s*", " ", text).splitlines() if line.strip()]


def requirement(entry: str) -> Requirement:
    """The requirement of an entry, without its hashes."""
    return Requirement(entry.partition(" --hash")[0].strip())


def versions(lock: Path) -> dict[NormalizedName, str]:
    """Version by package."""
    pins = map(requirement, entries(lock))
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in pins}


def pyproject() -> dict[str, Any]:
    """The project's own file."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def asked_for(text: str) -> list[Requirement]:
    """Requirements out of a file of them, as ``make lock`` reads it."""
    lines = [line.strip() for line in text.splitlines()]
    return [Requirement(line) for line in lines if line and not line.startswith("#")]
