"""Linters and validators that come as Python packages, run as a person would run them."""

import subprocess
import sys
from pathlib import Path

from tests.deployment.places import ROOT
from tests.support.patience import PATIENCE_S


def run(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program out of the tests' own environment, from the repository's root."""
    program = Path(sys.executable).parent / tool
    return subprocess.run(
        [program, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )
