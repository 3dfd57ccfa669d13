"""Card and suggestion uuids that carry what feedback needs (RFC 9562, UUIDv8).

The service keeps nothing, so the uuid itself tells which bundle, which kind of card and
which rule it was. Layout of the 122 free bits, from the left: 32 of the bundle's revision,
16 of the kind, 12 of the hookInstance, 40 of the subject (a cause, a red flag or an order),
22 more of the hookInstance.
"""

from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

_REVISION, _KIND, _INSTANCE_HIGH, _SUBJECT, _INSTANCE_LOW = 32, 16, 12, 40, 22


class Mark(NamedTuple):
    """The digests that a uuid carries; compare with ``mark_of`` what is looked for."""

    revision: int
    kind: int
    subject: int


def digest(text: str, bits: int) -> int:
    """The leading bits of the SHA-256 of a text."""
    return int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()) >> (256 - bits)


def make(revision: str, kind: str, subject: str, hook_instance: str) -> str:
    """Make the uuid; the same four texts always give the same one."""
    instance = digest(hook_instance, _INSTANCE_HIGH + _INSTANCE_LOW)
    custom_a = digest(revision, _REVISION) << _KIND | digest(kind, _KIND)
    custom_b = instance >> _INSTANCE_LOW
    low_instance = instance & ((1 << _INSTANCE_LOW) - 1)
    custom_c = digest(subject, _SUBJECT) << _INSTANCE_LOW | low_instance
    return str(UUID(int=custom_a << 80 | 8 << 76 | custom_b << 64 | 2 << 62 | custom_c))


def mark_of(revision: str, kind: str, subject: str) -> Mark:
    """The mark that a uuid made from these texts carries."""
    return Mark(digest(revision, _REVISION), digest(kind, _KIND), digest(subject, _SUBJECT))


def read(uuid: str) -> Mark | None:
    """The mark of a uuid; None when it is not a UUIDv8 of this layout."""
    try:
        number = UUID(uuid).int
    except ValueError:
        return None
    if number >> 76 & 0xF != 8 or number >> 62 & 0b11 != 0b10:
        return None
    custom_a, custom_c = number >> 80, number & ((1 << 62) - 1)
    return Mark(custom_a >> _KIND, custom_a & ((1 << _KIND) - 1), custom_c >> _INSTANCE_LOW)
