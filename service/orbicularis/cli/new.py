"""``orbicularis new``: start a rule with a prompt wherever something has to be written."""

from pathlib import Path
from typing import Annotated

import typer

from orbicularis.authoring.new_rule import NotStarted, Startable, start


def new(
    kind: Annotated[Startable, typer.Argument(help="What to start.")],
    rule_id: Annotated[
        str, typer.Argument(metavar="ID", help="Its id, such as some-cause: the files' name too.")
    ],
    rules: Annotated[
        Path, typer.Option(envvar="ORBICULARIS_RULES", help="Folder of the rules.")
    ] = Path("rules"),
) -> None:
    """Write a rule and its vignettes with prompts in place.

    They fail `orbicularis check` until every prompt is filled in. The status is 2 when the id
    is none, or taken.
    """
    try:
        started = start(kind, rule_id, rules)
    except NotStarted as error:
        raise typer.BadParameter(str(error)) from None
    typer.echo(f"wrote {started.rule}\nwrote {started.test}\n")
    typer.echo(
        "Fill in each <prompt>. These tell what is left, and whether it does what it should:"
    )
    typer.echo(f"  orbicularis check {rules}\n  orbicularis test {rules} --only {rule_id}")
    typer.echo(f"When it is done, set its version down:\n  orbicularis lock {rules}")
