"""``orbicularis diff``: what a change of the rules means, and what it does to patients."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from orbicularis.authoring.changes import changes
from orbicularis.authoring.diff_report import Comparison, Side, as_json, as_markdown
from orbicularis.authoring.effects import effects, visits
from orbicularis.authoring.git_revision import NotAvailable, rules_at
from orbicularis.cli.bundle import load_or_exit, vignettes_or_exit
from orbicularis.cli.progress import followed
from orbicularis.cli.sample_visits import sample_visits
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.vignette import Vignettes


class Format(StrEnum):
    """For whom the change is written."""

    MARKDOWN = "markdown"
    JSON = "json"


def diff(
    old: Annotated[str, typer.Argument(help="Folder of the rules, or a git revision: before.")],
    new: Annotated[str, typer.Argument(help="Folder of the rules, or a git revision: after.")],
    rules: Annotated[
        Path | None,
        typer.Option(help="Folder to look up in a git revision (else the one given, or rules)."),
    ] = None,
    output: Annotated[
        Format, typer.Option("--format", help="For a pull request, or for a program.")
    ] = Format.MARKDOWN,
    most: Annotated[
        int, typer.Option(min=0, help="How many patients are shown in full in Markdown.")
    ] = 50,
) -> None:
    """Compare two versions of the rules in clinical terms.

    Tells what changed, and for which vignettes and sample patients something else comes out.
    The status is 0 when they could be compared, 1 when one of them is broken, 2 for a wrong
    call.
    """
    folder = rules or next((Path(one) for one in (new, old) if Path(one).is_dir()), Path("rules"))
    try:
        comparison = _compared(old, new, folder)
    except NotAvailable as error:
        raise typer.BadParameter(str(error)) from None
    said = as_json(comparison) if output is Format.JSON else as_markdown(comparison, most)
    typer.echo(said.rstrip("\n"))


def _compared(old: str, new: str, folder: Path) -> Comparison:
    with rules_at(old, folder) as old_folder, rules_at(new, folder) as new_folder:
        before, gone = _read(old_folder, old)
        after, there = _read(new_folder, new)
    patients = list(visits(there, after))
    patients += [*visits(gone, before, known=patients), *sample_visits(after.bundle)]
    found = followed(effects(patients, before, after), len(patients), "Asking about patients")
    return Comparison(
        old=_side(old, before.bundle),
        new=_side(new, after.bundle),
        rules=tuple(changes(before.bundle, after.bundle)),
        patients=len(patients),
        effects=tuple(effect for effect in found if effect is not None),
    )


def _read(folder: Path, called: str) -> tuple[Engine, Mapping[Path, Vignettes]]:
    return Engine(load_or_exit(folder, called)), vignettes_or_exit(folder, called)


def _side(place: str, bundle: Bundle) -> Side:
    return Side(place, bundle.manifest.version, bundle.revision)
