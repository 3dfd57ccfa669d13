"""``orbicularis schema``: write the JSON Schemas that editors use."""

from pathlib import Path
from typing import Annotated

import typer

from orbicularis.knowledge.json_schema import write


def schema(
    folder: Annotated[
        Path, typer.Argument(envvar="ORBICULARIS_RULES", help="Folder of the rules.")
    ] = Path("rules"),
) -> None:
    """Write the JSON Schema of every kind of file into the folder's schema/."""
    if not folder.is_dir():
        raise typer.BadParameter(f"there is no folder {folder}", param_hint="FOLDER")
    for path in write(folder / "schema"):
        typer.echo(f"wrote {path}")
