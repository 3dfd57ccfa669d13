"""Fuzzing from the command line.

python -m tests.fuzz [--seconds 600] [--processes 2]
python -m tests.fuzz replay TARGET FILE
python -m tests.fuzz shrink TARGET FILE
"""

import importlib.util
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tests.fuzz.broken import Broken
from tests.fuzz.finds import reproduce
from tests.fuzz.report import table
from tests.fuzz.runner import SHARES, ProcessFailed, Runner, forget, found
from tests.fuzz.shrink import shrink
from tests.fuzz.targets import Target, open_target

_app = typer.Typer(add_completion=False)
_console = Console(width=180)

_NO_ATHERIS = (
    "atheris is not installed: it comes with the extra 'fuzz', for Linux on x86-64 and "
    "Python 3.11 to 3.14. Elsewhere found inputs can still be replayed."
)


@_app.callback(invoke_without_command=True)
def fuzz(
    context: typer.Context,
    seconds: Annotated[int, typer.Option(min=30, help="For all targets together.")] = 600,
    processes: Annotated[int, typer.Option(min=1)] = os.cpu_count() or 1,
) -> None:
    """Fuzz every target, and fail when something was found."""
    if context.invoked_subcommand is not None:
        return
    if importlib.util.find_spec("atheris") is None:
        _console.print(_NO_ATHERIS)
        raise typer.Exit(2)
    forget()
    rows = []
    for target, share in SHARES.items():
        part = seconds * share
        _console.print(f"==> {target}: {processes} processes for {part:.0f} s")
        try:
            rows.append(Runner(target, processes, part).run())
        except ProcessFailed as failed:
            _console.print(str(failed), markup=False)
            raise typer.Exit(2) from None
    _console.print(table(rows))
    files = {file: target for target in SHARES for file in found(target)}
    for file, target in files.items():
        _console.print(reproduce(target, file), markup=False, soft_wrap=True)
    raise typer.Exit(1 if files else 0)


@_app.command()
def replay(target: str, file: Path) -> None:
    """Send one input, and say what is wrong with the answer."""
    with open_target(target) as opened:
        try:
            told = opened.check(file.read_bytes(), thorough=True)
        except Broken as broken:
            _console.print(str(broken), markup=False, soft_wrap=True)
            raise typer.Exit(1) from None
    _console.print(f"{int(told.status)} in {told.seconds * 1000:.0f} ms: nothing is wrong")


@_app.command("shrink")
def shrink_file(target: str, file: Path) -> None:
    """Make an input smaller, where it stands, that shows that something is wrong."""
    data = file.read_bytes()
    with open_target(target) as opened:
        kind = _kind(opened, data)
        if kind is None:
            _console.print("nothing is wrong with it")
            raise typer.Exit(2)
        file.write_bytes(shrink(data, lambda trial: _kind(opened, trial) == kind))
    _console.print(f"{len(data):,} bytes, now {file.stat().st_size:,}: {kind}", markup=False)


def _kind(target: Target, data: bytes) -> str | None:
    try:
        target.check(data, thorough=True)
    except Broken as broken:
        return broken.kind
    return None


if __name__ == "__main__":
    _app(prog_name="python -m tests.fuzz")
