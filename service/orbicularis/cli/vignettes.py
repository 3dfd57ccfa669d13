"""``orbicularis test``: run the vignettes beside the rules."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from orbicularis.authoring.check import as_text
from orbicularis.authoring.coverage import Coverage
from orbicularis.authoring.vignettes import Outcome, run
from orbicularis.cli.bundle import load_or_exit
from orbicularis.cli.show_coverage import show_coverage
from orbicularis.engine.engine import Engine
from orbicularis.errors.problem import Severity
from orbicularis.knowledge.load import vignettes


def run_vignettes(
    folder: Annotated[Path, typer.Argument(help="Folder of the rules.")] = Path("rules"),
    only: Annotated[str, typer.Option(help="Run only files whose path contains this.")] = "",
    show: Annotated[bool, typer.Option(help="Print the cards' summaries of every case.")] = False,
    coverage_min: Annotated[
        float, typer.Option(help="Least coverage in percent; below it the status is 1.")
    ] = 0.0,
) -> None:
    """Run every vignette and well patient; leave with status 1 when one differs."""
    engine = Engine(load_or_exit(folder))
    console = Console(highlight=False)
    files, problems = vignettes(folder)
    if any(problem.severity is Severity.ERROR for problem in problems):
        console.print(as_text(problems), markup=False)
        raise typer.Exit(1)
    coverage = Coverage(engine.bundle)
    outcomes: list[Outcome] = []
    for path, group in sorted(files.items()):
        if only not in str(path):
            continue
        for vignette in group.vignettes:
            outcome = run(vignette, group.service, engine)
            outcomes.append(outcome)
            coverage.add(outcome)
            _report(path, outcome, console, show=show)
    failed = sum(bool(outcome.differences) for outcome in outcomes)
    percent = 100.0 if only else show_coverage(coverage, console)
    console.print(f"{len(outcomes) - failed} passed, {failed} failed")
    if failed or not outcomes or percent < coverage_min:
        raise typer.Exit(1)


def _report(path: Path, outcome: Outcome, console: Console, *, show: bool) -> None:
    """Print a case that differs, with each difference; every case when asked to."""
    if outcome.differences:
        console.print(f"[red]differs[/] {path}: ", outcome.vignette.name)
        for difference in outcome.differences:
            console.print(f"  {difference}", markup=False)
    elif show:
        console.print(f"[green]as expected[/] {path}: ", outcome.vignette.name)
    if show:
        for card in outcome.answer.cards:
            console.print(f"  {card.indicator}: {card.summary}", markup=False)
