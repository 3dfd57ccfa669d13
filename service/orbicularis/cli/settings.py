"""``orbicularis settings``: what is set, to what, and by whom; and settings for other commands."""

import json
import os
from enum import StrEnum
from textwrap import fill
from typing import Annotated, Any
from urllib.parse import urlsplit, urlunsplit

import typer
from pydantic import ValidationError

from orbicularis.api.environment import PREFIX, misspelt, variable
from orbicularis.api.settings import Settings

_MASK = "***"


class Origin(StrEnum):
    """Where a value came from."""

    ENVIRONMENT = "environment"
    PROFILE = "profile"
    DEFAULT = "default"


def settings(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Show every setting with its value and where it came from."""
    rows = described(settings_or_exit())
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        typer.echo(f"{row['setting']} = {row['value']}  ({row['from']})")
        typer.echo(fill(row["meaning"], 76, initial_indent="    ", subsequent_indent="    "))


def settings_or_exit(**given: Any) -> Settings:
    """Read the settings, or say which of them cannot be used and leave with status 2.

    Args:
        given: options of the command, which go before the environment; None for not given.
    """
    warn_of_misspelt()
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            typer.echo(_complaint([str(step) for step in detail["loc"]], detail["msg"]), err=True)
        raise typer.Exit(2) from None


def warn_of_misspelt() -> None:
    """Name variables that look like a setting: one that guards calls must not be lost so."""
    for name, close in misspelt(os.environ):
        typer.echo(f"{name} is not a setting and is ignored; did you mean {close}?", err=True)


def described(current: Settings) -> list[dict[str, str]]:
    """Every setting by its variable: value, origin, meaning; what may hold a secret is masked."""
    return [
        {
            "setting": variable(name),
            "value": _shown(_effective(current, name)),
            "from": _origin(current, name).value,
            "meaning": field.description or "",
        }
        for name, field in Settings.model_fields.items()
    ]


def _complaint(location: list[str], message: str) -> str:
    said = message.removeprefix("Value error, ")
    if not location:
        return said
    field = location[0]
    meaning = Settings.model_fields[field].description if field in Settings.model_fields else None
    return f"{PREFIX}{field.upper()}: {said}" + (f" ({meaning})" if meaning else "")


def _effective(current: Settings, name: str) -> Any:
    """The value that counts, where an unset one follows from the profile."""
    return current.by_profile.get(name, getattr(current, name))


def _origin(current: Settings, name: str) -> Origin:
    if getattr(current, name) is None and name in current.by_profile:
        return Origin.PROFILE
    return Origin.ENVIRONMENT if name in current.model_fields_set else Origin.DEFAULT


def _shown(value: Any) -> str:
    if value is None:
        return "not set"
    if isinstance(value, tuple):
        return ", ".join(map(_shown, value)) or "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _masked(str(value))


def _masked(text: str) -> str:
    """Hide what some put into URLs: a password, or a key in the query."""
    prefix, found, address = text.partition("https://")
    if not found:
        return text
    parts = urlsplit(found + address)
    host = parts.netloc.rpartition("@")
    netloc = f"{_MASK}@{host[2]}" if host[1] else parts.netloc
    masked = parts._replace(netloc=netloc, query=_MASK if parts.query else "", fragment="")
    return prefix + urlunsplit(masked)
