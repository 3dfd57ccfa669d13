"""``orbicularis check``: tell every problem of a rules folder at once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from orbicularis.authoring.check import (
    as_github,
    as_json,
    as_text,
    explained_code,
    identity,
    tally,
)
from orbicularis.authoring.explained import read_explained
from orbicularis.authoring.held import Held
from orbicularis.cli.bundle import MinStatusOption, OverlayOption
from orbicularis.errors.problem import Problem, Severity
from orbicularis.knowledge.load import read
from orbicularis.knowledge.problem_codes import explanations
from orbicularis.knowledge.status import MinStatus
from orbicularis.knowledge.suggest import remedy


class Format(StrEnum):
    """For whom the problems are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def check(
    folder: Annotated[
        Path, typer.Argument(envvar="ORBICULARIS_RULES", help="Folder of the rules.")
    ] = Path("rules"),
    output: Annotated[
        Format, typer.Option("--format", help="For a person, a program, or a pull request.")
    ] = Format.TEXT,
    overlay: OverlayOption = None,
    min_status: MinStatusOption = MinStatus.ACTIVE,
    explain: Annotated[
        str | None, typer.Option(metavar="CODE", help="Explain a code, such as K201.")
    ] = None,
) -> None:
    """Check the rules: status 0 when they can be served, 1 when not, 2 for a wrong call."""
    if explain is not None:
        typer.echo(_page(explain))
        return
    if not folder.is_dir():
        raise typer.BadParameter(f"there is no folder {folder}", param_hint="FOLDER")
    reading = read(folder, overlay, min_status)
    held = Held.of(reading.bundle, reading.vignettes) if reading.bundle is not None else None
    problems = sorted([*reading.problems, *read_explained(folder, reading.rules).problems])
    said = _said(output, held, problems, str(folder))
    if said:
        typer.echo(said)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise typer.Exit(1)


def _page(code: str) -> str:
    page = explained_code(code.upper())
    if page is None:
        hint = remedy(code.upper(), explanations())
        raise typer.BadParameter(f"there is no code {code}; {hint}".strip("; "))
    return page


def _said(output: Format, held: Held | None, problems: list[Problem], folder: str) -> str:
    if output is Format.JSON:
        return as_json(problems, held, folder)
    if output is Format.GITHUB:
        return as_github(problems, folder)
    parts = [as_text(problems, folder), tally(problems)] if problems else []
    parts += [identity(held)] if held is not None else []
    return "\n\n".join(parts)
