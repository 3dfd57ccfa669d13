"""Key sets in files: keys that were handed over out of band."""

from collections.abc import Collection
from pathlib import Path

from orbicularis.api.auth.key import Key
from orbicularis.api.auth.key_set import MAX_BYTES, KeySetError, read
from orbicularis.api.auth.place import NAME

_REMEDY = (
    "Give a JWKS file with the public key of the issuer, readable by the user that runs the service"
)


class FileKeys:
    """A key set that is read once, when the service starts."""

    available = True

    def __init__(self, path: Path, accepted: Collection[str]) -> None:
        """Read it.

        Raises:
            ValueError: it cannot be used; in words for the operator.
        """
        self._keys = _read(path, accepted)

    async def keys(self) -> tuple[Key, ...]:
        """Its keys."""
        return self._keys

    async def renew(self) -> None:
        """Nothing: a changed file is read at the next start."""

    async def close(self) -> None:
        """Nothing is open."""


def _read(path: Path, accepted: Collection[str]) -> tuple[Key, ...]:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise KeySetError(f"is longer than {MAX_BYTES} bytes")
        keys = read(raw, accepted)
        if not keys:
            raise KeySetError(f"has no usable public key for {', '.join(sorted(accepted))}")
    except OSError as error:
        raise ValueError(f"{NAME}: {path} cannot be read ({error.strerror}). {_REMEDY}.") from None
    except KeySetError as error:
        raise ValueError(f"{NAME}: {path} {error}. {_REMEDY}.") from None
    return keys
