"""The template engine of the workbench: everything that a template prints is escaped."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from orbicularis.pages.markdown import as_html
from orbicularis.pages.unit_text import unit_text
from orbicularis.pages.words import sentence, words
from orbicularis.web.workbench.as_json import as_json, in_text
from orbicularis.web.workbench.told import told


def environment() -> Environment:
    """Make the engine; a name that a template misspells is an error, never an empty place."""
    engine = Environment(
        loader=PackageLoader("orbicularis.web.workbench"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    engine.filters |= {
        "in_text": in_text,
        "indented": as_json,
        "markdown": as_html,
        "sentence": sentence,
        "told": told,
        "unit": unit_text,
        "words": words,
    }
    return engine
