"""Combinations in three-valued logic, held against all the worlds that unknown leaves open."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbicularis.facts.assessment import FindingResult
from orbicularis.facts.fact import State
from orbicularis.knowledge.expression import findings_in
from orbicularis.reasoning.expression import Lookup, Outcome, evaluate
from tests.support.bundles import expression, finding

NAMES = ("a", "b", "c")
States = Mapping[str, State]


def lookup(states: States) -> Lookup:
    return lambda name: FindingResult(finding(name), states[name])


def outcome(data: object, states: States) -> Outcome:
    return evaluate(expression(data), lookup(states))


def in_every_world(data: Any, states: States) -> State:
    """Known is what holds in every world in which each unknown finding is there or not."""
    names = sorted(set(_leaves(data)))
    choices = [
        {State.PRESENT: (True,), State.ABSENT: (False,), State.UNKNOWN: (True, False)}[states[name]]
        for name in names
    ]
    truths = {
        _holds(data, dict(zip(names, world, strict=True)), states) for world in product(*choices)
    }
    if len(truths) > 1:
        return State.UNKNOWN
    return State.PRESENT if True in truths else State.ABSENT


def _leaves(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    else:
        for value in data.values():
            for part in value if isinstance(value, list) else [value]:
                if not isinstance(part, int):
                    yield from _leaves(part)


def _holds(data: Any, world: Mapping[str, bool], states: States) -> bool:
    match data:
        case str() as name:
            return world[name]
        case {"all": parts}:
            return all(_holds(part, world, states) for part in parts)
        case {"any": parts}:
            return any(_holds(part, world, states) for part in parts)
        case {"at_least": number, "of": parts}:
            return sum(_holds(part, world, states) for part in parts) >= int(number)
        case {"not": part}:
            return not _holds(part, world, states)
        case {"unless_present": part}:
            # The one word that speaks of what is known, not of what is so.
            return in_every_world(part, states) is not State.PRESENT
    raise AssertionError(data)


@pytest.mark.parametrize("states", list(product(State, repeat=3)), ids=lambda s: "-".join(s))
@pytest.mark.parametrize(
    "data",
    [
        {"all": list(NAMES)},
        {"any": list(NAMES)},
        *({"at_least": number, "of": list(NAMES)} for number in (1, 2, 3, 4)),
        {"not": "a"},
        {"unless_present": "a"},
        {"not": {"all": list(NAMES)}},
        {"not": {"any": list(NAMES)}},
        {"unless_present": {"any": list(NAMES)}},
        {"all": ["a", {"not": "b"}, {"unless_present": "c"}]},
        {"any": [{"all": ["a", "b"]}, {"unless_present": {"not": "c"}}]},
        {"at_least": 2, "of": ["a", {"not": "b"}, {"unless_present": "c"}]},
    ],
    ids=str,
)
def test_truth_table(data: object, states: tuple[State, ...]) -> None:
    named = dict(zip(NAMES, states, strict=True))
    assert outcome(data, named).state is in_every_world(data, named)


def trees(names: list[str]) -> st.SearchStrategy[Any]:
    """Combinations in which each of the names stands once, so that parts are independent."""
    if len(names) == 1:
        leaf = names[0]
        return st.sampled_from([leaf, {"not": leaf}, {"unless_present": leaf}])

    def grown(cut: int) -> st.SearchStrategy[Any]:
        parts = st.tuples(trees(names[:cut]), trees(names[cut:])).map(list)
        return st.one_of(
            parts.map(lambda two: {"all": two}),
            parts.map(lambda two: {"any": two}),
            st.tuples(st.integers(1, 2), parts).map(lambda x: {"at_least": x[0], "of": x[1]}),
            parts.map(lambda two: {"not": {"all": two}}),
            parts.map(lambda two: {"unless_present": {"any": two}}),
        )

    return st.integers(1, len(names) - 1).flatmap(grown)


@given(st.data())
def test_nested_combinations_agree_with_all_worlds(data: st.DataObject) -> None:
    names = list("abcd")
    tree = data.draw(trees(names))
    states = {name: data.draw(st.sampled_from(State)) for name in names}
    assert outcome(tree, states).state is in_every_world(tree, states)


@given(st.data())
def test_what_is_missing_would_make_it_present(data: st.DataObject) -> None:
    names = list("abcd")
    tree = data.draw(trees(names))
    states = {name: data.draw(st.sampled_from(State)) for name in names}
    before = outcome(tree, states)
    if before.state is State.PRESENT:
        assert not before.missing
        return
    assert before.missing
    settled = dict(states)
    for result in before.missing:
        name = result.finding.id
        settled[name] = State.ABSENT if _is_turned(tree, name) else State.PRESENT
    assert outcome(tree, settled).state is State.PRESENT


def _is_turned(data: Any, name: str) -> bool:
    """Tell whether an odd number of negations stands above the name."""
    match data:
        case str():
            return False
        case {"not": part} | {"unless_present": part}:
            return name in _leaves(part) and not _is_turned(part, name)
    parts = next(value for value in data.values() if isinstance(value, list))
    return any(_is_turned(part, name) for part in parts)


def test_found_names_only_what_is_present_and_speaks_for_it() -> None:
    data = {"all": [{"any": ["a", "b"]}, {"not": "c"}]}
    states = {"a": State.PRESENT, "b": State.UNKNOWN, "c": State.ABSENT}
    assert [result.finding.id for result in outcome(data, states).found] == ["a"]


def test_a_finding_that_blocks_is_named_as_missing() -> None:
    states = {"a": State.PRESENT, "b": State.PRESENT, "c": State.UNKNOWN}
    blocked = outcome({"all": ["a", {"unless_present": "b"}, {"not": "c"}]}, states)
    assert [result.finding.id for result in blocked.missing] == ["b", "c"]


def test_what_a_denied_unless_present_found_is_named() -> None:
    told = outcome({"not": {"unless_present": "a"}}, {"a": State.PRESENT})
    assert (told.state, [result.finding.id for result in told.found]) == (State.PRESENT, ["a"])


def test_a_finding_named_twice_is_told_once() -> None:
    data = {"all": ["a", {"any": ["a", "b"]}]}
    told = outcome(data, {"a": State.PRESENT, "b": State.PRESENT})
    assert [result.finding.id for result in told.found] == ["a", "b"]


def test_findings_in_names_every_leaf() -> None:
    data = {"all": ["a", {"not": {"any": ["b", {"unless_present": "c"}]}}]}
    assert list(findings_in(expression(data))) == ["a", "b", "c"]
