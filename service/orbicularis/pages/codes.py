"""Codes of the terminology table, as a reader wants them."""

from collections.abc import Iterable
from dataclasses import dataclass

from orbicularis.knowledge.bundle import Bundle


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One code: what it stands for here, and what its system calls it."""

    term: str
    system: str
    system_title: str
    code: str
    display: str
    verified_in: str
    recognition_only: bool


def code_lines(keys: Iterable[str], bundle: Bundle) -> tuple[CodeLine, ...]:
    """List the codes of terminology keys, in their order."""
    return tuple(
        CodeLine(
            term=bundle.concepts[key].preferred_term,
            system=code.system,
            system_title=bundle.systems[code.system].title,
            code=code.code,
            display=code.display,
            verified_in=code.verified_in,
            recognition_only=code.recognition_only,
        )
        for key in dict.fromkeys(keys)
        for code in bundle.concepts[key].codes
    )
