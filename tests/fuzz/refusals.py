"""What must hold of every refusal, and of what is logged."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

import orbicularis
from orbicularis.api.openapi.document import document
from tests.fuzz.broken import hold
from tests.fuzz.exchange import Told

MARK = "zx81-of-the-chart"
"""Stands in many inputs; no refusal and no line of the log repeats it."""

_SHORTEST = 8
"""Characters from which on a text that was sent is not likely to stand in ours by chance."""


@cache
def validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    """The validator of one schema of the OpenAPI document."""
    whole = {"$ref": f"#/components/schemas/{schema}", "components": document()["components"]}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


@cache
def _ours() -> str:
    """All words of the interface and of FHIR's value sets, which an answer may always use."""
    (package,) = orbicularis.__path__
    files = (file for part in ("api", "fhir") for file in sorted(Path(package, part).rglob("*.py")))
    source = (file.read_text("utf-8") for file in files)
    return "\n".join((json.dumps(document(), ensure_ascii=False), *source))


def check(told: Told, sent: bytes) -> None:
    """Hold a refusal to its form.

    Raises:
        Broken: it is none, or tells what was sent.
    """
    kind = dict(told.headers).get(b"content-type", b"")
    hold(kind == b"application/fhir+json", "refusal: wrong media type", kind)
    answer = told.body.decode("utf-8")
    hold(validator("OperationOutcome").is_valid(json.loads(answer)), "refusal: not valid", answer)
    hold(MARK not in answer, "refusal: repeats what was sent", answer)
    for text in _texts(sent):
        if len(text) >= _SHORTEST and text in answer and text not in _ours():
            hold(False, "refusal: repeats what was sent", f"{text!r} in {answer}")


def check_log(told: Told) -> None:
    """Hold the log to what may stand in it.

    Raises:
        Broken: it tells something of the chart.
    """
    for line in told.log:
        hold(MARK not in line, "log: repeats what was sent", line)
    for name, value in told.headers:
        hold(MARK.encode() not in name + value, "header: repeats what was sent", value)


def _texts(sent: bytes) -> Iterator[str]:
    """Every text and name of what was sent; it may be no JSON, and then is a text itself."""
    try:
        tree = json.loads(sent)
    except (ValueError, RecursionError):
        yield sent.decode("utf-8", "replace")
        return
    yield from _leaves(tree)


def _leaves(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, list):
        for part in tree:
            yield from _leaves(part)
    elif isinstance(tree, dict):
        yield from tree
        for part in tree.values():
            yield from _leaves(part)
