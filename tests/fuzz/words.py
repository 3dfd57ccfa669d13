"""The words for the mutations of each target."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from functools import cache

from orbicularis.knowledge.load import load
from tests.fuzz.seeds import requests, seeds
from tests.fuzz.spots import Json
from tests.fuzz.targets import RULES
from tests.fuzz.vocabulary import Vocabulary


@cache
def words(target: str) -> Vocabulary:
    """What is found in the seeds of a target and in all calls, with the codes of the rules."""
    own = {"feedback": _feedbacks, "token": _tokens}.get(target)
    return Vocabulary.of(load(RULES), (*(own() if own else ()), *requests()))


def _feedbacks() -> Iterator[Json]:
    for seed in seeds("feedback"):
        yield json.loads(seed)


def _tokens() -> Iterator[Json]:
    for seed in seeds("token"):
        for part in seed.partition(b" ")[2].split(b".")[:2]:
            yield json.loads(urlsafe_b64decode(part + b"=" * (-len(part) % 4)))
