"""``orbicularis lock``: set down the version and content of every rule."""

from pathlib import Path
from typing import Annotated

import typer

from orbicularis.authoring.check import as_text, tally
from orbicularis.authoring.locking import NotLocked, Renewal, renew
from orbicularis.knowledge.lock import NAME


def lock(
    folder: Annotated[
        Path, typer.Argument(envvar="ORBICULARIS_RULES", help="Folder of the rules.")
    ] = Path("rules"),
    raise_versions: Annotated[
        bool, typer.Option("--raise", help="Raise the version of rules that changed without one.")
    ] = False,
) -> None:
    """Renew bundle.lock: status 0 when it is current, 1 when the rules stand in the way.

    A rule whose content changed needs a new version first.
    """
    if not folder.is_dir():
        raise typer.BadParameter(f"there is no folder {folder}", param_hint="FOLDER")
    try:
        renewal = renew(folder, raise_versions=raise_versions)
    except NotLocked as error:
        typer.echo(as_text(error.problems, str(folder)))
        typer.echo(f"\n{tally(error.problems)}: {folder / NAME} is left as it is")
        raise typer.Exit(1) from None
    typer.echo(_said(renewal, folder / NAME))


def _said(renewal: Renewal, path: Path) -> str:
    """Say what changed in the lock, in one line."""
    parts = [
        f"{len(names)} {what}"
        for names, what in (
            (renewal.added, "added"),
            (renewal.raised, "with a new version"),
            (renewal.removed, "removed"),
        )
        if names
    ]
    return f"{path}: {', '.join(parts) or 'already current'}"
