"""Compose files as data, with the values that variables have when nobody sets them."""

import re
from typing import Any

import yaml

from tests.deployment.places import DOCKER

_VARIABLE = re.compile(r"\$\{\w+:-([^}]*)\}")


def read(name: str) -> dict[str, Any]:
    """Read one compose file; ``${NAME:-default}`` becomes its default."""
    text = (DOCKER / name).read_text(encoding="utf-8")
    document: dict[str, Any] = _unset(yaml.safe_load(text))
    return document


def _unset(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _unset(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_unset(one) for one in value]
    return _VARIABLE.sub(r"\1", value) if isinstance(value, str) else value


def services(name: str) -> dict[str, dict[str, Any]]:
    """The services of one compose file by name."""
    found: dict[str, dict[str, Any]] = read(name)["services"]
    return found
