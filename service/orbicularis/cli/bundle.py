"""Loading the rules for a command, or saying why it cannot be done."""

from pathlib import Path

import typer
from rich.console import Console

from orbicularis.authoring.check import as_text
from orbicularis.errors.problem import BundleError
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.load import load


def load_or_exit(folder: Path) -> Bundle:
    """Load the rules; print every problem and leave with status 1 when they are broken."""
    try:
        return load(folder)
    except BundleError as error:
        Console(stderr=True).print(as_text(error.problems), markup=False, highlight=False)
        raise typer.Exit(1) from None
