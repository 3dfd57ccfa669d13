"""Loading the rules for a command, or saying why it cannot be done."""

from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console

from orbicularis.authoring.check import as_text, tally
from orbicularis.errors.problem import BundleError, Problem, Severity
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.load import load, vignettes
from orbicularis.knowledge.vignette import Vignettes


def load_or_exit(folder: Path, called: str = "") -> Bundle:
    """Load the rules; print every problem and leave with status 1 when they are broken.

    Args:
        folder: the rules.
        called: how the caller named the folder, where that is another name.
    """
    try:
        return load(folder)
    except BundleError as error:
        _stop(error.problems, called or str(folder))


def vignettes_or_exit(folder: Path, called: str = "") -> Mapping[Path, Vignettes]:
    """Read the vignettes of the rules; print what is wrong and leave when something is."""
    files, problems = vignettes(folder)
    if any(problem.severity is Severity.ERROR for problem in problems):
        _stop(problems, called or str(folder))
    return files


def _stop(problems: list[Problem], folder: str) -> NoReturn:
    said = f"{as_text(problems, folder)}\n\n{tally(problems)}: {folder} cannot be used"
    Console(stderr=True).print(said, markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(1)
