"""Decoding of one resource, and why it failed, said without any patient data."""

from typing import Any, Generic, TypeVar

import msgspec

Part = TypeVar("Part")


class Unreadable(Exception):
    """A resource, or a part of it, that cannot be read; its text holds no patient data."""


class Decode(Generic[Part]):
    """A decoder for one type that fails in one way only."""

    def __init__(self, part: Any) -> None:
        """Compile the decoder; ``part`` is the type, or a union of types."""
        self._decode = msgspec.json.Decoder(part).decode

    def __call__(self, raw: msgspec.Raw) -> Part:
        """Decode.

        Raises:
            Unreadable: when it is not of that type, or not JSON at all.
        """
        try:
            part: Part = self._decode(raw)
        except msgspec.MsgspecError as error:
            raise Unreadable(str(error)) from None
        except UnicodeDecodeError:
            raise Unreadable("a text in it is not UTF-8") from None
        except RecursionError:
            raise Unreadable("it is nested too deeply") from None
        return part
