"""Changes bytes without knowing what they are, but for words that may matter."""

from collections.abc import Sequence
from random import Random

_ODD = (b"\x00", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\\u", b"\\ud800", b'"', b"\\", b"NaN",
        b"Infinity", b"1e999", b"[" * 600, b'{"a":' * 600, b"{", b"}", b"]", b",", b":", b"\r\n",
        b"9" * 400, b"-", b" ", b"null")  # fmt: skip
_MOST_CHANGES = 4
_LONGEST_PART = 64


class ByteMutator:
    """Flips, cuts, copies and inserts."""

    def __init__(self, words: Sequence[str]) -> None:
        """Keep the dictionary: words that are inserted as they stand."""
        self._words = [word.encode("utf-8", "surrogatepass") for word in words]

    def mutate(self, data: bytes, longest: int, random: Random) -> bytes:
        """Change some bytes; the result is no longer than allowed."""
        changed = bytearray(data)
        for _ in range(random.randint(1, _MOST_CHANGES)):
            self._change(changed, random)
        return bytes(changed[:longest])

    def _change(self, data: bytearray, random: Random) -> None:
        start = random.randint(0, len(data))
        end = min(len(data), start + random.randint(0, _LONGEST_PART))
        match random.randrange(6):
            case 0 if start < len(data):
                data[start] ^= 1 << random.randrange(8)
            case 1:
                del data[start:end]
            case 2:
                data[start:start] = data[start:end] * random.randint(1, 3)
            case 3:
                data[start:end] = random.choice(_ODD)
            case 4:
                data[start:start] = random.choice(self._words)
            case _:
                del data[start:]
