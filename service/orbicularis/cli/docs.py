"""``orbicularis docs``: the rules as pages to read."""

from pathlib import Path
from typing import Annotated

import typer

from orbicularis.cli.bundle import MinStatusOption, OverlayOption, load_or_exit
from orbicularis.cli.progress import followed
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.status import MinStatus
from orbicularis.pages.site import Site
from orbicularis.pages.write import write


def docs(
    folder: Annotated[
        Path, typer.Argument(envvar="ORBICULARIS_RULES", help="Folder of the rules.")
    ] = Path("rules"),
    out: Annotated[
        Path, typer.Option("--output", "-o", help="Folder to write; made when it is missing.")
    ] = Path("site"),
    overlay: OverlayOption = None,
    min_status: MinStatusOption = MinStatus.ACTIVE,
) -> None:
    """Write a page for every rule, an index, and the source attributes.

    The same rules give the same files. They need no server: open index.html.
    """
    if out.exists() and not out.is_dir():
        raise typer.BadParameter(f"{out} is no folder", param_hint="--output")
    engine = Engine(load_or_exit(folder, overlay=overlay, min_status=min_status))
    site = Site(engine, [folder] if overlay is None else [overlay, folder])
    expected = sum(1 for _ in site.paths())
    number = sum(1 for _ in followed(write(site, out), expected, "Writing pages"))
    typer.echo(f"wrote {number} files: {out / 'index.html'}")
