"""Loading the rules for a command, or saying why it cannot be done."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from orbicularis.errors.problem import BundleError, Problem, Severity
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.load import load, vignettes
from orbicularis.knowledge.status import MinStatus
from orbicularis.knowledge.vignette import Vignettes

OverlayOption = Annotated[
    Path | None,
    typer.Option(
        "--overlay",
        envvar="ORBICULARIS_OVERLAY",
        metavar="SITE",
        help="Folder of what a site does differently from the rules.",
    ),
]
MinStatusOption = Annotated[
    MinStatus,
    typer.Option(
        "--min-status",
        envvar="ORBICULARIS_MIN_STATUS",
        help="From which status on rules count: active, or draft for trying them.",
    ),
]


def load_or_exit(
    folder: Path,
    called: str = "",
    overlay: Path | None = None,
    min_status: MinStatus = MinStatus.ACTIVE,
) -> Bundle:
    """Load the rules; print every problem and leave with status 1 when they are broken.

    Args:
        folder: the rules.
        called: how the caller named the folder, where that is another name.
        overlay: folder of what a site does differently.
        min_status: from which status on rules count.
    """
    try:
        return load(folder, overlay, min_status)
    except BundleError as error:
        _stop(error.problems, called or str(folder))


def vignettes_or_exit(
    folder: Path,
    called: str = "",
    overlay: Path | None = None,
    min_status: MinStatus = MinStatus.ACTIVE,
) -> Mapping[Path, Vignettes]:
    """Read the vignettes of the rules; print what is wrong and leave when something is."""
    files, problems = vignettes(folder, overlay, min_status)
    if any(problem.severity is Severity.ERROR for problem in problems):
        _stop(problems, called or str(folder))
    return files


def _stop(problems: list[Problem], folder: str) -> NoReturn:
    # Imported here: a service whose rules are sound need not wait for what tells their faults.
    from rich.console import Console

    from orbicularis.authoring.check import as_text, tally

    said = f"{as_text(problems, folder)}\n\n{tally(problems)}: {folder} cannot be used"
    Console(stderr=True).print(said, markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(1)
