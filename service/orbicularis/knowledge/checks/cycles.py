"""Cycles: a rule that, by way of others, rests on itself can never be decided."""

from collections.abc import Iterator, Mapping

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.file_kind import CAUSE, FINDING, FileKind, Named
from orbicularis.knowledge.mention import Mention
from orbicularis.knowledge.rules import RuleFile, Rules

_Edges = Mapping[str, list[tuple[str, RuleFile, Mention]]]


def nothing_rests_on_itself(rules: Rules) -> Iterator[Problem]:
    """Tell each cycle of combination and course findings, and of more general causes, once."""
    yield from _cycles(_edges(rules, FINDING, Named.FINDING, None))
    yield from _cycles(_edges(rules, CAUSE, Named.CAUSE, "more_general"))


def _edges(rules: Rules, kind: FileKind, named: Named, key: str | None) -> _Edges:
    edges: dict[str, list[tuple[str, RuleFile, Mention]]] = {}
    for file, mention in rules.mentions:
        wanted = file.kind is kind and mention.named is named and file.stem != mention.name
        if wanted and key in (None, mention.steps[0]):
            edges.setdefault(file.stem, []).append((mention.name, file, mention))
    return edges


def _cycles(edges: _Edges) -> Iterator[Problem]:
    done: set[str] = set()
    for start in sorted(edges):
        yield from _visit(start, edges, [], done)


def _visit(name: str, edges: _Edges, above: list[str], done: set[str]) -> Iterator[Problem]:
    """Walk in depth; an edge back to a name that is being walked closes a cycle."""
    if name in done:
        return
    above.append(name)
    for target, file, mention in edges.get(name, ()):
        if target in above:
            around = [*above[above.index(target) :], target]
            what = f"these rest on each other in a circle: {' -> '.join(around)}"
            yield file.problem("K305", mention.steps, what)
        else:
            yield from _visit(target, edges, above, done)
    above.pop()
    done.add(name)
