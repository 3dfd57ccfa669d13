"""The template engine: everything that a template prints is escaped."""

from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from orbicularis.engine.prefetch import templates
from orbicularis.knowledge.base import CONSENSUS
from orbicularis.knowledge.file_kind import CAUSE, FINDING, MEASUREMENT, ORDER
from orbicularis.pages.combination import tree
from orbicularis.pages.contents import headings
from orbicularis.pages.limits import in_units
from orbicularis.pages.markdown import as_html
from orbicularis.pages.patient_text import expected_lines, patient_lines
from orbicularis.pages.unit_text import unit_text
from orbicularis.pages.uses import Rule
from orbicularis.pages.words import said, sentence, words

_NAMED = {
    "a_cause": partial(Rule, CAUSE),
    "a_finding": partial(Rule, FINDING),
    "a_measurement": partial(Rule, MEASUREMENT),
    "an_order": partial(Rule, ORDER),
}
"""A rule of a kind from its id, for links."""


def environment() -> Environment:
    """Make the engine; a name that a template misspells is an error, never an empty place."""
    engine = Environment(
        loader=PackageLoader("orbicularis.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    engine.filters |= {"said": said, "sentence": sentence, "words": words}
    engine.filters |= {"unit": unit_text, "markdown": as_html}
    engine.filters |= _NAMED
    engine.globals |= _NAMED
    engine.globals |= {
        "CONSENSUS": CONSENSUS,
        "expected_lines": expected_lines,
        "headings": headings,
        "in_units": in_units,
        "patient_lines": patient_lines,
        "prefetch_of": templates,
        "tree": tree,
    }
    return engine
