"""Mutations are many, keep to the length, and can be made again."""

import json
from random import Random

import pytest

from orbicularis.api.sample import sample
from tests.fuzz.mutator import Mutator, TokenMutator
from tests.fuzz.operations import OPERATIONS, Operation
from tests.fuzz.seeds import seeds
from tests.fuzz.shrink import shrink
from tests.fuzz.words import words

SEED = json.dumps(sample("hypoparathyroidism.request")).encode()


@pytest.fixture(scope="module")
def mutator() -> Mutator:
    return Mutator(words("call"))


def test_the_same_seed_gives_the_same_mutation(mutator: Mutator) -> None:
    made = [mutator.mutate(SEED, 20_000, number) for number in range(60)]
    assert made == [mutator.mutate(SEED, 20_000, number) for number in range(60)]
    assert len(set(made)) > 50


def test_no_mutation_is_too_long(mutator: Mutator) -> None:
    for number in range(40):
        assert len(mutator.mutate(SEED, len(SEED), number)) <= len(SEED)
        assert len(mutator.cross(SEED, SEED, len(SEED), number)) <= len(SEED)


def test_most_mutations_are_json(mutator: Mutator) -> None:
    made = [mutator.mutate(SEED, 60_000, number) for number in range(100)]
    assert sum(_is_json(one) for one in made) > 60


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.__name__)
def test_each_operation_changes_something_and_stands_odd_trees(operation: Operation) -> None:
    changed = set()
    for number in range(20):
        random = Random(number)  # noqa: S311 - for variety, not for secrets
        tree = json.loads(SEED)
        operation(tree, random, words("call"))
        changed.add(json.dumps(tree))
        for odd in ([], {}, [1], {"a": None}, {"prefetch": [], "context": 1}):
            operation(odd, random, words("call"))
    assert len(changed) > 1


def test_tokens_stay_tokens() -> None:
    used = TokenMutator(Mutator(words("token")))
    token = next(seeds("token"))
    made = [used.mutate(token, 8_000, number) for number in range(50)]
    assert sum(one.count(b".") == 2 for one in made) > 30
    assert used.cross(token, token, 8_000, 1) == token


def test_shrinking_leaves_what_matters() -> None:
    data = json.dumps({"a": [1, {"b": "wanted", "c": [2, 3]}], "d": {"e": {}}}).encode()
    assert json.loads(shrink(data, lambda trial: b"wanted" in trial)) == {"a": [{"b": "wanted"}]}
    assert shrink(b"no json", lambda trial: True) == b"no json"


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
