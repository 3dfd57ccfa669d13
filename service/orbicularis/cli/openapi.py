"""``orbicularis openapi``: the OpenAPI document as a file."""

import json
from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import typer

from orbicularis.api.openapi.document import document

PATH = Path("openapi/orbicularis.json")


def openapi(
    path: Annotated[Path, typer.Argument(help="The file.")] = PATH,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 when the file differs.")
    ] = False,
) -> None:
    """Write the OpenAPI document."""
    text = rendered()
    if not check:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        typer.echo(f"{path} written")
        return
    present = path.read_text(encoding="utf-8") if path.exists() else ""
    if present != text:
        lines = unified_diff(present.splitlines(), text.splitlines(), "file", "code", lineterm="")
        typer.echo("\n".join(lines), err=True)
        typer.echo(f"{path} differs from the code. Run: orbicularis openapi", err=True)
        raise typer.Exit(1)
    typer.echo(f"{path} is up to date")


def rendered() -> str:
    """The document as it stands in the file."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"
