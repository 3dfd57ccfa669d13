"""The listed codes of one code system, and the concepts that they mean."""

from collections.abc import Mapping
from typing import Protocol

from orbicularis.terminology.system import CodeSystem

Concepts = tuple[str, ...]
"""Keys of concepts, in the order in which they were listed."""


class CodeTable(Protocol):
    """Answers for one code system."""

    def match(self, code: str) -> Concepts:
        """The concepts that ``code`` means; empty when it means none."""
        ...


class ExactTable:
    """A table that knows the listed codes and no others."""

    __slots__ = ("_listed",)

    def __init__(self, listed: Mapping[str, Concepts]) -> None:
        self._listed = dict(listed)

    def match(self, code: str) -> Concepts:
        """The concepts that ``code`` means; empty when it is not listed."""
        return self._listed.get(code, ())


class PrefixTable:
    """A table of a hierarchy whose codes begin with the codes of their ancestors.

    A code that is not listed means what its longest listed ancestor means, so that E20.1,
    when listed, is never taken for E20. Case and dots do not count. Both codes must have the
    system's shape; then the beginning of one is an ancestor and not half a level.
    """

    __slots__ = ("_lengths", "_listed", "_system")

    def __init__(self, system: CodeSystem, listed: Mapping[str, Concepts]) -> None:
        self._system = system
        self._listed: dict[str, Concepts] = {}
        for code, concepts in listed.items():
            earlier = self._listed.get(_folded(code), ())
            self._listed[_folded(code)] = tuple(dict.fromkeys((*earlier, *concepts)))
        self._lengths = sorted({len(code) for code in self._listed}, reverse=True)

    def match(self, code: str) -> Concepts:
        """The concepts of ``code`` or of its longest listed ancestor; empty when none is."""
        folded = _folded(code)
        concepts = self._listed.get(folded)
        if concepts is not None:
            return concepts
        for length in self._lengths:
            concepts = self._listed.get(folded[:length])
            if concepts is not None:
                return concepts if self._system.has_shape(code.upper()) else ()
        return ()


def _folded(code: str) -> str:
    return code.upper().replace(".", "")
