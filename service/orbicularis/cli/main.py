"""The console command ``orbicularis``."""

from importlib import import_module
from types import MappingProxyType
from typing import Any

import typer
from typer.core import TyperGroup

from orbicularis.api.collector import lasting

_PLACES = MappingProxyType(
    {
        "serve": ("orbicularis.cli.serve", "serve"),
        "demo": ("orbicularis.cli.demo", "demo"),
        "check": ("orbicularis.cli.check", "check"),
        "new": ("orbicularis.cli.new", "new"),
        "mutate": ("orbicularis.cli.mutate", "mutate"),
        "diff": ("orbicularis.cli.diff", "diff"),
        "lock": ("orbicularis.cli.lock", "lock"),
        "docs": ("orbicularis.cli.docs", "docs"),
        "explain": ("orbicularis.cli.explain", "explain"),
        "schema": ("orbicularis.cli.schema", "schema"),
        "openapi": ("orbicularis.cli.openapi", "openapi"),
        "settings": ("orbicularis.cli.settings", "settings"),
        "test": ("orbicularis.cli.vignettes", "run_vignettes"),
    }
)
"""Module and function of each command."""


class _Commands(TyperGroup):
    """Imports a command when it is asked for: a service need not wait for authors' tools."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names, in the order of the help."""
        return list(_PLACES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import a command; None when there is none of that name."""
        if cmd_name not in _PLACES:
            return None
        module, function = _PLACES[cmd_name]
        with lasting():
            command = getattr(import_module(module), function)
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(cmd_name)(command)
        return typer.main.get_command(alone)


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_show_locals=False,
)


@app.callback()
def orbicularis() -> None:
    """CDS Hooks service for facial and lip twitching."""
