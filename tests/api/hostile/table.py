"""Print the table of hostile requests: input, status, time.

PYTHONPATH=service python -m tests.api.hostile.table
"""

import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from http import HTTPStatus

import typer

from tests.api.hostile.bodies import json_bodies, sizes
from tests.api.hostile.charts import charts
from tests.api.hostile.headers import headers, paths
from tests.api.hostile.request import Hostile
from tests.api.hostile.wire import wire
from tests.api.limits.wire import Answered, answered, connected
from tests.api.served import served
from tests.api.test_refusals import PATH

TABLE = (*json_bodies(), *sizes(), *charts(), *headers(), *paths(), *wire())

_CALL, _LOOK = (f"POST {path} HTTP/1.1\r\n".encode() for path in (PATH, "/workbench/look"))


def looks() -> tuple[Hostile, ...]:
    """Every hostile call, sent to the workbench instead.

    A look reads the whole of a body where a call leaves alone what it does not need, and
    answers in HTML whatever is accepted: it may refuse with 400 what a call answers, or refuses
    with another status. It costs more, and so may be given up where the machine is slow.
    """
    others = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE})
    return tuple(
        replace(
            hostile,
            name=f"a look: {hostile.name}",
            sent=partial(_as_look, hostile),
            others=others,
        )
        for hostile in TABLE
        if hostile.sent().startswith(_CALL)
    )


def _as_look(call: Hostile) -> bytes:
    return call.sent().replace(_CALL, _LOOK, 1)


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
    rows = (*TABLE, *looks())
    with served(WORKBENCH="true") as running:
        for hostile in rows:
            told = ask(running.url, hostile)
            size = len(hostile.sent())
            row = (
                hostile.name,
                f"{size:,}",
                " or ".join(map(str, sorted(hostile.statuses))),
                told.status,
            )
            typer.echo(f"| {' | '.join(map(str, row))} | {told.seconds * 1000:.1f} |")
        typer.echo(f"\n{len(rows)} inputs; at most {running.most_memory_mib()} MiB in memory.")


if __name__ == "__main__":
    main()
