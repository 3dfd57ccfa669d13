"""Key sets: the public keys of an issuer (RFC 7517, section 5)."""

from collections.abc import Collection, Iterable

from orbicularis.api.auth.key import Key, is_secret, usable
from orbicularis.api.auth.strict_json import json_object

MAX_BYTES = 256 * 1024
"""Longest key set that is read."""

MAX_KEYS = 64
"""Keys of a set; real ones have a few."""

_MAX_TRIES = 4
"""Keys of one name that a signature is tried against."""


class KeySetError(Exception):
    """A key set that cannot be used; its words are fixed and may stand in the log."""


class SecretShown(KeySetError):
    """A key set that shows what it should hide: none of its keys proves anything any more."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("holds a private or symmetric key")


def read(raw: bytes, accepted: Collection[str]) -> tuple[Key, ...]:
    """The keys that are usable with the accepted algorithms; the others are passed over.

    Raises:
        KeySetError: it is no key set, has too many keys, or holds a private or symmetric key.
    """
    try:
        keys = json_object(raw).get("keys")
    except ValueError:
        keys = None
    if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
        raise KeySetError("is no JWKS: a JSON object with an array of keys")
    if len(keys) > MAX_KEYS:
        raise KeySetError(f"has more than {MAX_KEYS} keys")
    if any(is_secret(key) for key in keys):
        raise SecretShown
    found = (usable(key, accepted) for key in keys)
    return tuple(key for key in found if key is not None)


def select(keys: Iterable[Key], algorithm: str, kid: str | None) -> tuple[Key, ...]:
    """The keys that a token may have been signed with.

    A token that names its key is tried against keys of this name; against a nameless one only
    where no other can be meant. A token that names none (CDS Hooks requires it) is tried
    where only one key fits.
    """
    fitting = [key for key in keys if algorithm in key.algorithms]
    named = [key for key in fitting if key.kid == kid]
    if kid is not None and named:
        return tuple(named[:_MAX_TRIES])
    rest = fitting if kid is None else [key for key in fitting if key.kid is None]
    return tuple(rest) if len(rest) == 1 else ()
