"""Worked examples of what goes over the wire; they ship with the package."""

import json
from importlib.resources import files
from typing import Any


def sample(name: str) -> dict[str, Any]:
    """A worked example by its name, such as ``hypoparathyroidism.request``."""
    text = files("orbicularis.api").joinpath("samples", f"{name}.json").read_text("utf-8")
    document = json.loads(text)
    assert isinstance(document, dict)  # noqa: S101 - ours, and every message is an object
    return document
