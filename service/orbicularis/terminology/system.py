"""A code system."""

import re
from dataclasses import dataclass
from typing import Literal

from orbicularis.terminology.check_digit import luhn, verhoeff

_CHECKS = {"verhoeff": verhoeff, "luhn": luhn}


@dataclass(frozen=True, slots=True)
class CodeSystem:
    """A code system, as the rules declare it.

    Attributes:
        key: short name used in the rules, such as ``SCT``.
        uri: the URI that is written into what we send.
        aliases: further URIs by which codes of the system are recognised.
        match: ``exact``, or ``prefix`` where a code that is not listed means its longest
            listed ancestor and case and dots do not count.
        check_digit: algorithm of the last digit, if the codes have one.
        pattern: regular expression of a whole code.
    """

    key: str
    uri: str
    aliases: tuple[str, ...] = ()
    match: Literal["exact", "prefix"] = "exact"
    check_digit: Literal["verhoeff", "luhn"] | None = None
    pattern: str | None = None

    def has_shape(self, code: str) -> bool:
        """Whether ``code`` has the shape of the system's codes; True when none is declared."""
        return self.pattern is None or re.fullmatch(self.pattern, code) is not None

    def is_well_formed(self, code: str) -> bool:
        """Whether shape and check digit are right; says nothing of the code's existence."""
        check = _CHECKS.get(self.check_digit or "")
        return self.has_shape(code) and (check is None or check(code))
