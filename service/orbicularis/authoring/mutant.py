"""A mutant: the rules with one thing changed, to see whether any vignette notices."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from orbicularis.knowledge.base import KnowledgeFile
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.cause import Cause
from orbicularis.knowledge.finding import Finding
from orbicularis.knowledge.red_flag import RedFlag
from orbicularis.knowledge.service import Service


class Kind(StrEnum):
    """What sort of thing is changed."""

    EVIDENCE = "evidence dropped"
    DIRECTION = "direction turned"
    STRENGTH = "strength stepped"
    THRESHOLD = "threshold moved"
    CONDITION = "condition dropped"
    EXCLUSION = "exclusion dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change of one rule.

    Attributes:
        kind: what sort of thing is changed.
        name: what is changed; it does not depend on where in the file that stands.
        of: the rule by kind of folder and id, such as ``causes/tics``.
        file: of the rule, relative to the folder.
        line: at which the changed thing stands.
        column: of it.
        rule: the rule with the change.
        hint: which vignette would notice.
        at: for evidence, which line of the cause it is; else None.
    """

    kind: Kind
    name: str
    of: str
    file: str
    line: int
    column: int
    rule: KnowledgeFile
    hint: str
    at: int | None = None

    def within(self, bundle: Bundle) -> Bundle:
        """Return the bundle with the changed rule in the place of its own."""
        table = _TABLES[type(self.rule)]
        rules: Mapping[str, Any] = getattr(bundle, table)
        changes: dict[str, Any] = {table: {**rules, self.rule.id: self.rule}}
        return replace(bundle, **changes)


_TABLES: Mapping[type[KnowledgeFile], str] = {
    Cause: "causes",
    RedFlag: "red_flags",
    Finding: "findings",
    Service: "services",
}
