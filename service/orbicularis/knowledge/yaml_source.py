"""Reads a YAML file of the rules into plain data, refusing what readers may misunderstand.

The data are built here from the node tree, so that duplicate keys, traps and places are ours
to tell.
"""

import codecs
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.scalar import Trap, plain
from orbicularis.knowledge.source import Source
from orbicularis.knowledge.yaml_tree import PLAIN, documents

SIZE_LIMIT = 1024 * 1024
"""Most bytes of one file; the largest terminology table needs about a quarter."""

_DEPTH_LIMIT = 60
_MARK = re.compile(r"[&*!](?<=[\s\[{,:-][&*!])")
_BRACKET = re.compile(r"[\[\]{}?:-](?:(?<=[\[\]{}])| +(?=[-?] ))")
"""Begins with one set of characters, for which a text is searched faster than for alternatives."""
_OPENED = ("while scanning a quoted", "while parsing a flow")
_CLOSING = frozenset("]}")


def read(file: str, raw: bytes, folder: str = "") -> Source:
    """Read one file; everything that is wrong with it as YAML is in ``problems``.

    Args:
        file: its path in the bundle or overlay.
        raw: its content.
        folder: the overlay in which it stands; empty for the bundle itself.
    """
    source = Source(file, folder=folder)
    text = _decode(source, raw)
    if text is None:
        return source
    source.text = text
    if "\t" in text:
        source.problems += _tabs(source)
    if not source.problems and (_may_have_features(text) or _may_be_deep(text)):
        source.problems += _features(source, text)
    if not source.problems:
        _compose(source, text)
    return source


def _decode(source: Source, raw: bytes) -> str | None:
    if len(raw) > SIZE_LIMIT:
        what = f"the file has {len(raw)} bytes; at most {SIZE_LIMIT} are read"
        source.problems.append(source.problem_at("K102", 1, 1, what))
        return None
    if raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        what = "the file begins with a byte order mark"
        source.problems.append(source.problem_at("K101", 1, 1, what))
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        what = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        source.problems.append(source.problem_at("K101", line, column, what))
        return None


def _tabs(source: Source) -> Iterator[Problem]:
    for number, line in enumerate(source.lines, 1):
        if "\t" in line:
            yield source.problem_at("K103", number, line.index("\t") + 1, "a tab stands here")


def _may_have_features(text: str) -> bool:
    """Guess whether anchors, aliases, tags or directives stand in a text, quoted ones included."""
    return text.startswith(("&", "*", "!", "%")) or "\n%" in text or bool(_MARK.search(text))


def _may_be_deep(text: str) -> bool:
    """Guess by brackets, those in quoted text included; libyaml dies of very deep nesting."""
    brackets = _BRACKET.findall(text)
    if len(brackets) > 4000:
        return True
    depth = 0
    for bracket in brackets:
        depth = max(depth - 1, 0) if bracket in _CLOSING else depth + 1
        if depth > _DEPTH_LIMIT // 2:
            return True
    return False


def _features(source: Source, text: str) -> Iterator[Problem]:
    """Look at every event, which is slow, where anchors, tags or deep nesting may stand."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            name = _feature(event)
            if name:
                yield source.problem_at("K106", *_place(event), f"{name} stands here")
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _DEPTH_LIMIT:
                what = f"values are nested more than {_DEPTH_LIMIT} deep"
                yield source.problem_at("K104", *_place(event), what)
                return
    except yaml.YAMLError as error:
        yield _syntax(source, error)


def _feature(event: Any) -> str | None:
    if isinstance(event, yaml.AliasEvent):
        return f"the alias *{event.anchor}"
    if isinstance(event, yaml.DocumentStartEvent):
        return "a % directive" if event.version or event.tags else None
    if getattr(event, "anchor", None):
        return f"the anchor &{event.anchor}"
    if getattr(event, "tag", None):
        return f"the tag {event.tag}"
    return None


def _compose(source: Source, text: str) -> None:
    trees = documents(text)
    try:
        root, second = next(trees, None), next(trees, None)
    except yaml.YAMLError as error:
        source.problems.append(_syntax(source, error))
        return
    if root is None:
        source.problems.append(source.problem_at("K107", 1, 1, "the file holds no data"))
        return
    if second is not None:
        what = "a second YAML document begins here"
        source.problems.append(source.problem_at("K107", *_place(second), what))
        return
    try:
        source.data = _value(source, root)
        source.parsed = True
    except RecursionError:
        source.problems.append(source.problem_at("K104", 1, 1, "values are nested too deeply"))


def _syntax(source: Source, error: yaml.YAMLError) -> Problem:
    parts = [getattr(error, "context", None), getattr(error, "problem", None)]
    marks = [getattr(error, "problem_mark", None), getattr(error, "context_mark", None)]
    if str(parts[0]).startswith(_OPENED):
        marks.reverse()  # what was opened is the fault, not the place where its end was missed
    mark = marks[0] or marks[1]
    what = ": ".join(part for part in parts if part) or "the YAML cannot be read"
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return source.problem_at("K104", min(line, len(source.lines)), column, what)


def _value(source: Source, node: Node) -> Any:
    if isinstance(node, ScalarNode):
        return _scalar(source, node) if node.tag == PLAIN else node.value
    if isinstance(node, MappingNode):
        return _mapping(source, node)
    return [_value(source, part) for part in node.value]


def _scalar(source: Source, node: ScalarNode) -> Any:
    value = plain(node.value)
    if isinstance(value, Trap):
        _fault(source, node, value)
        return node.value
    if isinstance(value, date):
        source.dates += 1
    return value


def _mapping(source: Source, node: MappingNode) -> dict[str, Any]:
    data: dict[str, Any] = {}
    first: dict[str, Node] = {}
    for key_node, value_node in node.value:
        key = _key(source, key_node)
        value = _value(source, value_node)
        if key is None:
            continue
        if key in data:
            what = f'the key "{key}" stands here again; first on line {_place(first[key])[0]}'
            _fault(source, key_node, Trap("K105", what, "keep one of them"))
            continue
        data[key] = value
        first[key] = key_node
    return data


def _key(source: Source, node: Node) -> str | None:
    if not isinstance(node, ScalarNode):
        _fault(source, node, Trap("K112", "the key is a list or a mapping", ""))
        return None
    key: str = node.value
    if node.tag == PLAIN:
        if key == "<<":
            _fault(source, node, Trap("K106", "the merge key << stands here", ""))
            return None
        value = plain(key)
        if isinstance(value, Trap):
            _fault(source, node, value)
    return key


def _fault(source: Source, node: Node, trap: Trap) -> None:
    place = _place(node)
    source.faults.add(place)
    source.problems.append(source.problem_at(trap.code, *place, trap.what, trap.fix))


def _place(node: Any) -> tuple[int, int]:
    """Return the one-based line and column at which a node or event starts."""
    return node.start_mark.line + 1, node.start_mark.column + 1
