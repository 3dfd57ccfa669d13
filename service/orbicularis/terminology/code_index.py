"""The index from a coding to the concepts that it means."""

from collections.abc import Iterable, Mapping

from orbicularis.terminology.code_table import CodeTable, Concepts, ExactTable, PrefixTable
from orbicularis.terminology.system import CodeSystem


class CodeIndex:
    """Which concepts a coding means; every question is a few dictionary look-ups.

    Args:
        systems: the code systems.
        codes: per key of a concept its codes, as pairs of a system's key and a code.

    Raises:
        ValueError: when two systems share a URI, or a code names an unknown system.
    """

    __slots__ = ("_tables",)

    def __init__(
        self, systems: Iterable[CodeSystem], codes: Mapping[str, Iterable[tuple[str, str]]]
    ) -> None:
        by_key = {system.key: system for system in systems}
        listed = _by_system(by_key, codes)
        self._tables: dict[str, CodeTable] = {}
        for key, system in by_key.items():
            table = _table(system, listed[key])
            for uri in (system.uri, *system.aliases):
                if self._tables.setdefault(uri, table) is not table:
                    raise ValueError(f"two code systems have the URI {uri}")

    def match(self, system: str | None, code: str | None) -> Concepts:
        """The keys of all concepts that a coding means.

        Args:
            system: URI of the code system or one of its aliases; a code without its system
                means nothing.
            code: the code.

        Returns:
            Keys in the order in which they were listed; empty when the coding means none.
        """
        if system is None or code is None:
            return ()
        table = self._tables.get(system)
        return () if table is None else table.match(code)


def _by_system(
    systems: Mapping[str, CodeSystem], codes: Mapping[str, Iterable[tuple[str, str]]]
) -> dict[str, dict[str, Concepts]]:
    """Per system its codes, each with all concepts that list it."""
    listed: dict[str, dict[str, Concepts]] = {key: {} for key in systems}
    for concept, pairs in codes.items():
        for key, code in pairs:
            if key not in listed:
                raise ValueError(f"{concept}: {key} is not a known code system")
            concepts = listed[key].get(code, ())
            if concept not in concepts:
                listed[key][code] = (*concepts, concept)
    return listed


def _table(system: CodeSystem, listed: Mapping[str, Concepts]) -> CodeTable:
    return ExactTable(listed) if system.match == "exact" else PrefixTable(system, listed)
