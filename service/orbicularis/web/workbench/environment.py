"""The template engine of the workbench: everything that a template prints is escaped."""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from orbicularis.cards.markdown import visible
from orbicularis.pages.markdown import as_html
from orbicularis.pages.unit_text import unit_text
from orbicularis.pages.words import sentence, words
from orbicularis.web.workbench.age import age_told
from orbicularis.web.workbench.as_json import as_json, in_text
from orbicularis.web.workbench.settled import settled_by
from orbicularis.web.workbench.told import told


def environment() -> Environment:
    """Make the engine; a name that a template misspells is an error, never an empty place."""
    engine = Environment(
        loader=PackageLoader("orbicularis.web.workbench"),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    engine.filters |= {
        "age": age_told,
        "in_text": in_text,
        "indented": as_json,
        "markdown": as_html,
        "sentence": sentence,
        "settled_by": settled_by,
        "told": told,
        "unit": unit_text,
        "words": words,
    }
    return engine


def _shown(value: Any) -> Any:
    """Text without what cannot be seen: it could turn a line of the chart around, or hide in it."""
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():
        return value
    return visible(value)
