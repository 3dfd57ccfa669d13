"""``orbicularis mutate``: tell which changes of the rules no vignette would notice."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from orbicularis.authoring.check import as_text, tally
from orbicularis.authoring.explained import Explained, read_explained
from orbicularis.authoring.mutant import Mutant
from orbicularis.authoring.mutants import mutants
from orbicularis.authoring.mutation import Verdict
from orbicularis.authoring.mutation_jobs import verdicts
from orbicularis.authoring.mutation_report import as_json, survivor_lines
from orbicularis.authoring.mutation_summary import Summary
from orbicularis.authoring.suite import cases
from orbicularis.authoring.trial_patients import AlreadyFailing
from orbicularis.cli.bundle import load_or_exit, vignettes_or_exit
from orbicularis.cli.progress import followed
from orbicularis.knowledge.load import read
from orbicularis.knowledge.rules import Rules
from orbicularis.knowledge.suggest import remedy


class Format(StrEnum):
    """For whom the outcome is written."""

    TEXT = "text"
    JSON = "json"


def mutate(
    folder: Annotated[
        Path, typer.Argument(envvar="ORBICULARIS_RULES", help="Folder of the rules.")
    ] = Path("rules"),
    only: Annotated[
        str, typer.Option(metavar="ID", help="Change only the rule with this id.")
    ] = "",
    min_score: Annotated[
        float | None,
        typer.Option(
            metavar="PERCENT",
            min=0,
            max=100,
            help="Least score; without it every survivor has to be explained.",
        ),
    ] = None,
    jobs: Annotated[
        int, typer.Option(metavar="N", min=1, help="Number of processes; default: one a core.")
    ] = os.cpu_count() or 1,
    show_explained: Annotated[
        bool, typer.Option("--show-explained", help="List the explained survivors too.")
    ] = False,
    output: Annotated[
        Format, typer.Option("--format", help="For a person, or for a program.")
    ] = Format.TEXT,
) -> None:
    """Change one thing of the rules at a time, and see whether any vignette notices.

    The status is 0 when the score suffices, 1 when not, or when survivors.yaml explains what
    a vignette notices after all; 2 for a wrong call.
    """
    if not folder.is_dir():
        raise typer.BadParameter(f"there is no folder {folder}", param_hint="FOLDER")
    bundle, files = load_or_exit(folder), vignettes_or_exit(folder)
    rules = read(folder).rules
    explained = _explained_or_exit(folder, rules)
    chosen = _chosen(rules, only)
    tried = verdicts(chosen, bundle, cases(files), jobs)
    try:
        followed_ = followed(tried, len(chosen), "Changing the rules")
        summary = Summary(tuple(followed_), explained)
    except AlreadyFailing as error:
        typer.echo(f"{error}\nrun `orbicularis test {folder}` first", err=True)
        raise typer.Exit(1) from None
    if output is Format.JSON:
        typer.echo(as_json(summary))
    else:
        _print(summary, folder, show_explained=show_explained)
    if summary.outdated or not _suffices(summary, min_score):
        raise typer.Exit(1)


def _explained_or_exit(folder: Path, rules: Rules) -> Explained:
    explained = read_explained(folder, rules)
    if explained.problems:
        problems = list(explained.problems)
        typer.echo(f"{as_text(problems, str(folder))}\n\n{tally(problems)}", err=True)
        raise typer.Exit(1)
    return explained


def _chosen(rules: Rules, only: str) -> list[Mutant]:
    every = list(mutants(rules))
    chosen = [one for one in every if only in ("", one.rule.id)]
    if not chosen and only:
        hint = remedy(only, {one.rule.id for one in every})
        what = f"nothing can be changed in a rule with the id {only}; {hint}"
        raise typer.BadParameter(what.strip("; "), param_hint="--only")
    return chosen


def _suffices(summary: Summary, least: float | None) -> bool:
    if least is None:
        return not summary.survivors
    if summary.score < least:
        typer.echo(f"the score is {summary.score:.1f} %, below {least:g} %", err=True)
    return summary.score >= least


def _print(summary: Summary, folder: Path, *, show_explained: bool) -> None:
    console = Console(highlight=False)
    for verdict in summary.survivors:
        _print_survivor(verdict, folder, console)
    for verdict, why in summary.accepted if show_explained else ():
        console.print(_where(verdict, folder), style="bold", markup=False, soft_wrap=True)
        said = f"  {verdict.mutant.name}\n  explained: {why}\n"
        console.print(said, markup=False, soft_wrap=True)
    for verdict in summary.outdated:
        what = f"explained as a survivor, but a vignette notices it: {verdict.mutant.name}"
        console.print(f"{_where(verdict, folder)}: {what}", markup=False, soft_wrap=True)
    _print_counts(summary, console)
    console.print(f"score: {summary.score:.1f} % of the changes are noticed")


def _print_survivor(verdict: Verdict, folder: Path, console: Console) -> None:
    console.print(_where(verdict, folder), style="bold", markup=False, soft_wrap=True)
    for line in survivor_lines(verdict):
        console.print(f"  {line}", markup=False, soft_wrap=True)
    console.print()


def _where(verdict: Verdict, folder: Path) -> str:
    mutant = verdict.mutant
    return f"{folder / mutant.file}:{mutant.line}:{mutant.column}"


def _print_counts(summary: Summary, console: Console) -> None:
    table = Table(title="Changes", title_justify="left", title_style="bold")
    for column in ("What", "Changes", "Noticed", "Explained", "Survived", "Percent"):
        table.add_column(column, justify="left" if column == "What" else "right")
    for count in summary.counts():
        if count.what == "all":
            table.add_section()
        numbers = (count.changes, count.noticed, count.explained, count.survived)
        table.add_row(count.what, *map(str, numbers), f"{count.percent:.1f}")
    console.print(table)
