"""Print the table of hostile requests: input, status, time.

PYTHONPATH=service python -m tests.api.hostile.table
"""

import time
from contextlib import suppress

import typer

from tests.api.hostile.bodies import json_bodies, sizes
from tests.api.hostile.charts import charts
from tests.api.hostile.headers import headers, paths
from tests.api.hostile.request import Hostile
from tests.api.hostile.wire import wire
from tests.api.limits.wire import Answered, answered, connected
from tests.api.served import served

TABLE = (*json_bodies(), *sizes(), *charts(), *headers(), *paths(), *wire())


def ask(url: str, hostile: Hostile) -> Answered:
    """Send one request, and read what comes back."""
    sent = hostile.sent()
    with connected(url) as connection:
        began = time.monotonic()
        # Refused before it is whole; the answer may be there all the same.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(sent)
        told = answered(connection, until_closed=hostile.until_closed)
    return Answered(told.status, told.text, told.closed, time.monotonic() - began)


def main() -> None:
    """Ask a service of its own, and print."""
    typer.echo("| input | bytes | expected | status | ms |\n| --- | ---: | --- | --- | ---: |")
    with served() as running:
        for hostile in TABLE:
            told = ask(running.url, hostile)
            size = len(hostile.sent())
            row = (
                hostile.name,
                f"{size:,}",
                " or ".join(map(str, sorted(hostile.statuses))),
                told.status,
            )
            typer.echo(f"| {' | '.join(map(str, row))} | {told.seconds * 1000:.1f} |")
        typer.echo(f"\n{len(TABLE)} inputs; at most {running.most_memory_mib()} MiB in memory.")


if __name__ == "__main__":
    main()
