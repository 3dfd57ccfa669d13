"""PromQL expressions taken apart, as far as the tests ask about them."""

import re
from dataclasses import dataclass, field

import promql_parser as promql

_VARIABLES = {"$__rate_interval": "5m", "$__range": "6h", "$__interval": "1m"}
_HISTOGRAM = ("_bucket", "_count", "_sum")


@dataclass
class Used:
    """What an expression asks Prometheus for.

    Attributes:
        selectors: name of each metric, with the labels that are asked of it.
        groupings: names of the metrics below an aggregation, with the labels it keeps.
        values: values that labels are compared with, by label.
    """

    selectors: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    groupings: list[tuple[frozenset[str], frozenset[str]]] = field(default_factory=list)
    values: set[tuple[str, str]] = field(default_factory=set)

    @property
    def names(self) -> set[str]:
        """Metrics that are asked for."""
        return {name for name, _ in self.selectors}


def used(text: str) -> Used:
    """Parse an expression; Grafana's own variables get values first.

    Raises:
        ValueError: it is none.
    """
    for variable, value in _VARIABLES.items():
        text = text.replace(variable, value)
    found = Used()

    def visit(expr: promql.Expr) -> bool:
        if isinstance(expr, promql.MatrixSelector):
            _select(expr.vector_selector, found)
        elif isinstance(expr, promql.VectorSelector):
            _select(expr, found)
        elif isinstance(expr, promql.AggregateExpr) and expr.modifier is not None:
            below = used(expr.expr.prettify()).names
            found.groupings.append((frozenset(below), frozenset(expr.modifier.labels)))
        return True

    promql.walk(promql.parse(text), visit)
    return found


def _select(selector: promql.VectorSelector, found: Used) -> None:
    labels = frozenset(one.name for one in selector.matchers.matchers)
    found.values.update(
        (one.name, one.value)
        for one in selector.matchers.matchers
        if one.op in (promql.MatchOp.Equal, promql.MatchOp.NotEqual)
    )
    one = selector.name or "", labels
    if one not in found.selectors:
        found.selectors.append(one)


def unknown(text: str, exposed: dict[str, set[str]]) -> list[str]:
    """What an expression names that is not exposed: metrics, and labels of them."""
    found = used(text)
    wrong = [name for name in found.names if name not in exposed]
    for name, labels in found.selectors:
        wrong += [f"{name}{{{label}}}" for label in labels - exposed.get(name, labels)]
    for names, labels in found.groupings:
        have = set.union(*(exposed.get(name, set()) for name in names))
        wrong += [f"by ({label}) of {', '.join(sorted(names))}" for label in labels - have]
    return sorted(wrong)


def legend(text: str) -> set[str]:
    """Labels that a legend or the words of an alert show."""
    return set(re.findall(r"\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}", text))
