"""The console command ``orbicularis``."""

import typer

from orbicularis.cli.check import check
from orbicularis.cli.demo import demo
from orbicularis.cli.diff import diff
from orbicularis.cli.docs import docs
from orbicularis.cli.explain import explain
from orbicularis.cli.lock import lock
from orbicularis.cli.mutate import mutate
from orbicularis.cli.new import new
from orbicularis.cli.openapi import openapi
from orbicularis.cli.schema import schema
from orbicularis.cli.serve import serve
from orbicularis.cli.settings import settings
from orbicularis.cli.vignettes import run_vignettes

app = typer.Typer(
    help="CDS Hooks service for facial and lip twitching.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_show_locals=False,
)
_COMMANDS = (
    serve, demo, check, new, mutate, diff, lock, docs, explain, schema, openapi, settings,
)  # fmt: skip
for _command in _COMMANDS:
    app.command()(_command)
app.command("test")(run_vignettes)
