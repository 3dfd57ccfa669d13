"""Says what is wrong with the rules: for a person, for a program, for a pull request."""

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from orbicularis.authoring.held import Held
from orbicularis.errors.problem import Problem, Severity
from orbicularis.knowledge.problem_codes import explanations
from orbicularis.knowledge.status import MinStatus

_WIDTH = 100
_TOKEN = re.compile(
    r"""
      "(?:[^"\\]|\\.)*" | '(?:[^']|'')*'    # a quoted text
    | \[[^\[\]{}]*\] | {[^\[\]{}]*}          # a list or mapping on one line
    | <(?:fill in|choose)[^<>]*>?           # a prompt
    | [^\s:,\[\]{}#]+ (?= : (?:\s|$) )      # a key
    | [^\s,\[\]{}#] [^,\[\]{}#]* (?<!\s)    # a plain text
    """,
    re.VERBOSE,
)


def as_text(problems: Sequence[Problem], folder: str = "") -> str:
    """Return one paragraph per problem: place, line with its fault underlined, why and fix."""
    return "\n\n".join(_paragraph(problem, folder) for problem in problems)


def as_json(problems: Sequence[Problem], held: Held | None, folder: str = "") -> str:
    """Return an object with the problems, and what the bundle is and holds when sound."""
    listed = [
        {
            "file": _path(problem, folder),
            "line": problem.line,
            "column": problem.column,
            "severity": problem.severity.value,
            "code": problem.code,
            "what": problem.what,
            "why": problem.why,
            "fix": problem.fix,
            "text": problem.text,
        }
        for problem in problems
    ]
    encoded = msgspec.json.encode({"bundle": held, "problems": listed})
    return msgspec.json.format(encoded, indent=2).decode()


def as_github(problems: Sequence[Problem], folder: str = "") -> str:
    """Return one GitHub Actions workflow command per problem, which annotates its line."""
    return "\n".join(
        f"::{problem.severity.value} file={_property(_path(problem, folder))},"
        f"line={problem.line},col={problem.column},title={_property(problem.code)}"
        f"::{_data(f'{problem.what}. {problem.why} {problem.fix}')}"
        for problem in problems
    )


def explained_code(code: str) -> str | None:
    """Return the page of a code, or None when there is no such code."""
    page = explanations().get(code)
    if page is None:
        return None
    return (
        f"{code} ({page.severity.value}): {page.title}\n\n"
        f"why:   {page.why}\nfix:   {page.fix}\nwrong: {page.wrong}\nright: {page.right}"
    )


def tally(problems: Sequence[Problem]) -> str:
    """Say how many errors and warnings there are."""
    number = Counter(problem.severity for problem in problems)
    parts = [_several(number[severity], f"{severity.value}s") for severity in Severity]
    return ", ".join(parts)


def identity(held: Held) -> str:
    """Say in one line what the bundle is and holds."""
    counted = ", ".join(_several(number, kind) for kind, number in held.counts.items())
    channel = "" if held.min_status is MinStatus.ACTIVE else f", from {held.min_status} on"
    site = f" with overlay {held.overlay}" if held.overlay else ""
    return f"{held.name} {held.version}{site}{channel}, revision {held.revision[:12]}: {counted}"


def _paragraph(problem: Problem, folder: str) -> str:
    place = f"{_path(problem, folder)}:{problem.line}:{problem.column}"
    lines = [f"{place}: {problem.severity.value}[{problem.code}] {problem.what}"]
    lines += _underlined(problem)
    lines += [f"  {name}: {said}" for name, said in (("why", problem.why), ("fix", problem.fix))]
    return "\n".join(lines)


def _underlined(problem: Problem) -> list[str]:
    """Show the line, cut to a width that a terminal holds, with its fault underlined."""
    if not problem.text.strip():
        return []
    start = problem.column - 1
    token = _TOKEN.match(problem.text, start)
    end = token.end() if token else start + 1
    first = max(0, min(start - _WIDTH // 2, len(problem.text) - _WIDTH))
    before, after = "..." if first else "", "..." if first + _WIDTH < len(problem.text) else ""
    shown = before + problem.text[first : first + _WIDTH] + after
    marks = " " * (len(before) + start - first) + "^" * (min(end, first + _WIDTH) - start)
    return [f"  | {shown}".rstrip(), f"  | {marks}"]


def _path(problem: Problem, folder: str) -> str:
    folder = problem.folder or folder
    return f"{folder.rstrip('/')}/{problem.file}" if folder else problem.file


def _several(number: int, things: str) -> str:
    return f"{number} {things.removesuffix('s') if number == 1 else things}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
