"""Makes new inputs of old ones: mostly as JSON, sometimes byte by byte."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from random import Random

from tests.fuzz.byte_mutator import ByteMutator
from tests.fuzz.operations import OPERATIONS
from tests.fuzz.spots import Json, copied, spots
from tests.fuzz.vocabulary import Vocabulary

_BY_BYTES = 0.15
"""How often the bytes are changed instead of the tree."""
_MOST_OPERATIONS = 5


class Mutator:
    """Changes requests, with the words of the rules."""

    def __init__(self, words: Vocabulary) -> None:
        """Keep the words."""
        self._words = words
        self.bytes = ByteMutator(words.dictionary())

    def mutate(self, data: bytes, longest: int, seed: int) -> bytes:
        """Change an input; the same seed changes it in the same way."""
        random = Random(seed)  # noqa: S311 - for variety, not for secrets
        tree = _tree(data)
        if tree is None or random.random() < _BY_BYTES:
            return self.bytes.mutate(data, longest, random)
        for _ in range(random.randint(1, _MOST_OPERATIONS)):
            random.choice(OPERATIONS)(tree, random, self._words)
        made = _written(tree, random)
        return made if len(made) <= longest else self.bytes.mutate(data, longest, random)

    def cross(self, one: bytes, other: bytes, longest: int, seed: int) -> bytes:
        """Put a part of one input into the place of the other's part of the same name."""
        random = Random(seed)  # noqa: S311 - for variety, not for secrets
        tree, donor = _tree(one), _tree(other)
        if tree is None or donor is None:
            cut = random.randint(0, len(one))
            return (one[:cut] + other[random.randint(0, len(other)) :])[:longest]
        given = [spot for spot in spots(donor) if isinstance(spot.value, dict | list)]
        if given:
            part = random.choice(given)
            alike = [spot for spot in spots(tree) if spot.key == part.key] or list(spots(tree))
            if alike:
                random.choice(alike).value = copied(part.value)
        made = _written(tree, random)
        return made if len(made) <= longest else one[:longest]


class TokenMutator:
    """Changes what stands in a token's header and claims, and writes it as a token again."""

    def __init__(self, inner: Mutator) -> None:
        """Keep the way to change JSON."""
        self._inner = inner

    def mutate(self, data: bytes, longest: int, seed: int) -> bytes:
        """Change a token; the same seed changes it in the same way."""
        random = Random(seed)  # noqa: S311 - for variety, not for secrets
        scheme, blank, token = data.partition(b" ")
        parts = token.split(b".")
        at = random.randrange(2)
        if len(parts) != 3 or random.random() < _BY_BYTES:
            return self._inner.bytes.mutate(data, longest, random)
        try:
            inside = urlsafe_b64decode(parts[at] + b"=" * (-len(parts[at]) % 4))
        except ValueError:
            return self._inner.bytes.mutate(data, longest, random)
        parts[at] = urlsafe_b64encode(self._inner.mutate(inside, longest, seed)).rstrip(b"=")
        made = scheme + blank + b".".join(parts)
        return made if len(made) <= longest else data[:longest]

    def cross(self, one: bytes, other: bytes, longest: int, seed: int) -> bytes:
        """Header of the one, claims of the other."""
        first, second = one.split(b"."), other.split(b".")
        return b".".join((*first[:1], *second[1:]))[:longest]


def _tree(data: bytes) -> Json:
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return tree if isinstance(tree, dict | list) else None


def _written(tree: Json, random: Random) -> bytes:
    """As clients' libraries write it: escaped or in UTF-8, half characters included."""
    text = json.dumps(tree, ensure_ascii=random.random() < 0.5)
    return text.encode("utf-8", "surrogatepass")
