"""``orbicularis test``: run the vignettes beside the rules."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from orbicularis.authoring.blame import blamed
from orbicularis.authoring.coverage import Coverage, totals
from orbicularis.authoring.suite import Blame, Case, Report, Result, cases, ran
from orbicularis.authoring.suite_report import (
    EXPECTED,
    GOT,
    as_json,
    as_junit,
    difference_lines,
)
from orbicularis.cli.bundle import MinStatusOption, OverlayOption, load_or_exit, vignettes_or_exit
from orbicularis.cli.progress import followed
from orbicularis.cli.show_coverage import show_coverage
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.status import MinStatus
from orbicularis.knowledge.suggest import remedy
from orbicularis.knowledge.vignette import Vignettes

_BLAMED = {
    Blame.OVERLAY: "because of the overlay: the base alone gives what is expected",
    Blame.MEANT: "because of the overlay, which means it to",
}
_STYLES = {"@": "cyan", EXPECTED: "red", GOT: "green"}


class Format(StrEnum):
    """For whom the outcome is written."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"


def run_vignettes(
    folder: Annotated[
        Path, typer.Argument(envvar="ORBICULARIS_RULES", help="Folder of the rules.")
    ] = Path("rules"),
    only: Annotated[
        str, typer.Option(metavar="TEXT", help="Run only files whose path contains this.")
    ] = "",
    overlay: OverlayOption = None,
    min_status: MinStatusOption = MinStatus.ACTIVE,
    show: Annotated[bool, typer.Option(help="Print the cards' summaries of every case.")] = False,
    coverage_min: Annotated[
        float | None,
        typer.Option(
            metavar="PERCENT", min=0, max=100, help="Least coverage; below it the status is 1."
        ),
    ] = None,
    output: Annotated[
        Format, typer.Option("--format", help="For a person, a program, or a CI server.")
    ] = Format.TEXT,
) -> None:
    """Run every vignette and well patient.

    The status is 0 when all come out as expected, 1 when not, 2 for a wrong call. Vignettes of
    the base that come out otherwise because of an overlay are told apart; they do not count
    as failed when the overlay means them to.
    """
    if only and coverage_min is not None:
        raise typer.BadParameter("coverage is measured over all files", param_hint="--coverage-min")
    if not folder.is_dir():
        raise typer.BadParameter(f"there is no folder {folder}", param_hint="FOLDER")
    bundle = load_or_exit(folder, overlay=overlay, min_status=min_status)
    files = vignettes_or_exit(folder, overlay=overlay, min_status=min_status)
    report = _run(Engine(bundle), folder, _chosen(files, only, folder), whole=not only)
    if bundle.overlay is not None and report.failed:
        alone = Engine(load_or_exit(folder, min_status=min_status))
        report = blamed(report, alone, bundle.overlay)
    if output is Format.TEXT:
        _print(report, folder, show=show)
    else:
        typer.echo(as_json(report) if output is Format.JSON else as_junit(report))
    if report.failed or not _covers(report, coverage_min):
        raise typer.Exit(1)


def _chosen(files: Mapping[Path, Vignettes], only: str, folder: Path) -> list[Case]:
    chosen = cases(files, only)
    if not chosen and only:
        hint = remedy(only, {path.name.split(".")[0] for path in files})
        what = f'no file of vignettes has "{only}" in its path; {hint}'
        raise typer.BadParameter(what.strip("; "), param_hint="--only")
    if not chosen:
        typer.echo(f"there are no vignettes in {folder}", err=True)
        raise typer.Exit(1)
    return chosen


def _run(engine: Engine, folder: Path, chosen: list[Case], *, whole: bool) -> Report:
    coverage = Coverage(engine.bundle)
    results = tuple(
        followed(ran(chosen, engine, folder, coverage), len(chosen), "Running vignettes")
    )
    return Report(results, tuple(coverage.rows()) if whole else None)


def _print(report: Report, folder: Path, *, show: bool) -> None:
    console = Console(highlight=False)
    if report.failed:
        console.print(f"[red]{EXPECTED} expected[/], [green]{GOT} got[/]\n")
    for result in report.results:
        if result.differences or show:
            _print_case(result, folder, console, show=show)
    if report.rows is not None:
        show_coverage(report.rows, console)
    failed = len(report.failed)
    meant = len(report.meant)
    ending = f", {meant} otherwise, as the overlay means" if meant else ""
    passed = len(report.results) - failed - meant
    console.print(f"{passed} passed, {failed} failed{ending}")


def _print_case(result: Result, folder: Path, console: Console, *, show: bool) -> None:
    """Print where a case stands, its cards when asked for, and what differs."""
    line = "" if result.line is None else f":{result.line}"
    where = f"{folder / result.case.file}{line}: {result.case.vignette.name}"
    console.print(where, style="bold", markup=False, soft_wrap=True)
    for card in result.cards if show else ():
        console.print(f"  {card}", markup=False, soft_wrap=True)
    if result.overlay is not Blame.NONE:
        console.print(f"  {_BLAMED[result.overlay]}", style="yellow", soft_wrap=True)
    for text in difference_lines(result):
        console.print(f"  {text}", style=_STYLES[text[0]], markup=False, soft_wrap=True)
    if result.differences:
        console.print()


def _covers(report: Report, least: float | None) -> bool:
    """Tell whether coverage suffices; say so when it does not."""
    if least is None or report.rows is None:
        return True
    percent = totals(report.rows)[-1].percent
    if percent < least:
        typer.echo(f"coverage is {percent:.1f} %, below {least:g} %", err=True)
    return percent >= least
