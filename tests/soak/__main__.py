"""``make soak``: run it for some minutes, print what held and what did not.

python -m tests.soak --seconds 300
"""

import asyncio
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tests.api.hostile.table import TABLE
from tests.soak.run import Plan, Ran, run


def main(
    seconds: Annotated[float, typer.Option(min=10, help="How long there is traffic.")] = 300,
    seed: Annotated[int, typer.Option(help="Of what is left to chance.")] = 7,
) -> None:
    """Strain a service of two workers with all that can go wrong, and judge it."""
    console = Console(highlight=False)
    told = (
        f"{seconds:.0f} s of good, bad and hostile calls, edits, kills and a flapping FHIR server"
    )
    console.print(told)
    ran = asyncio.run(run(Plan(seconds=seconds, hostile=TABLE, seed=seed)))
    _print(console, ran)
    raise typer.Exit(0 if all(verdict.holds for verdict in ran.verdicts) else 1)


def _print(console: Console, ran: Ran) -> None:
    ledger, rate = ran.ledger, ran.ledger.total / ran.seconds
    statuses = ", ".join(f"{n:,} x {status}" for status, n in sorted(ledger.statuses().items()))
    console.print(f"{ledger.total:,} answers in {ran.seconds:.0f} s ({rate:.0f}/s): {statuses}")
    kinds = sorted({kind.partition(":")[0] for kind, _ in ledger.answers})
    broken = sum(kill.broken for kill in ledger.kills)
    console.print(
        f"kinds: {', '.join(kinds)}; {ledger.abandoned:,} left by clients; "
        f"{len(ledger.kills)} workers killed, {broken} of them while the rules were broken"
    )
    table = Table("what has to hold", "", "seen")
    for verdict in ran.verdicts:
        table.add_row(verdict.name, "holds" if verdict.holds else "FAILS", verdict.told)
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
