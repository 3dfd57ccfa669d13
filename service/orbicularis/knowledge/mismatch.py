"""Says in plain words why a value does not fit its type, and what would."""

import re
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from orbicularis.knowledge.annotation import keys_at, values_at
from orbicularis.knowledge.base import Knowledge
from orbicularis.knowledge.source import Steps
from orbicularis.knowledge.suggest import did_you_mean, remedy

_CODES = {
    "extra_forbidden": "K201",
    "missing": "K202",
    "enum": "K204",
    "literal_error": "K204",
    "string_pattern_mismatch": "K206",
    "time_delta_parsing": "K207",
    "time_delta_type": "K207",
    "value_error": "K209",
    "expression": "K210",
}
_FAMILIES = (
    (("date_",), "K208"),
    (("too_", "string_too_", "greater_than", "less_than", "finite_number"), "K205"),
)
_KINDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "date_type": "a date",
    "time_delta_type": "a duration",
}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One pydantic error, placed.

    Attributes:
        kind: pydantic's name of the error.
        steps: where in the data.
        of_key: True when the key is wrong rather than its value.
        loc: pydantic's location, tags of unions included.
        error: the whole of it.
        model: type of the file.
    """

    kind: str
    steps: Steps
    of_key: bool
    loc: tuple[str | int, ...]
    error: ErrorDetails
    model: type[Knowledge]

    @property
    def code(self) -> str:
        """The stable code of this kind of problem."""
        scalar = not isinstance(self.error["input"], dict | list)
        if self.kind == "value_error" and scalar:
            return "K601"
        if self.kind == "string_too_long" and self.loc[-1] == "summary":
            return "K602"
        if self.kind == "missing" and isinstance(self.loc[-1], int):
            return "K205"
        by_family = (code for names, code in _FAMILIES if self.kind.startswith(names))
        return _CODES.get(self.kind) or next(by_family, "K203")

    def text(self, kinds: list[str]) -> tuple[str, str]:
        """Return what is wrong and how to mend it; ``kinds`` are all errors of the place."""
        value = self.error["input"]
        match self.code:
            case "K201":
                return self._unknown_key()
            case "K202":
                return self._missing_key()
            case "K204":
                words = re.findall(r"'([^']*)'", str(self._context("expected")))
                what = f'"{value}" cannot stand here; possible: {", ".join(words)}'
                return what, remedy(str(value), words)
            case "K205" | "K602":
                return self._bounds(), ""
            case "K206":
                return f'"{value}" is not an id', f'write "{_as_id(str(value))}"'
            case "K207":
                return f"{_shown(value)} is not a duration", ""
            case "K208":
                return f"{_shown(value)} is not a date", ""
            case "K209" | "K601":
                return str(self._context("error")), ""
            case "K210":
                return f"{_shown(value)} is not a combination of findings", ""
            case _:
                return self._kind(kinds)

    def _unknown_key(self) -> tuple[str, str]:
        key = str(self.loc[-1])
        known = keys_at(self.model, self.loc[:-1])
        close = did_you_mean(key, known)
        fix = f'did you mean "{close}"?' if close else f"known here: {', '.join(known)}"
        return f'unknown key "{key}"', fix

    def _missing_key(self) -> tuple[str, str]:
        key = str(self.loc[-1])
        words = values_at(self.model, self.loc)
        return f'the key "{key}" is missing', f"add {key}: {' | '.join(words) or '...'}"

    def _bounds(self) -> str:
        value, context = self.error["input"], self.error.get("ctx", {})
        if self.kind == "string_too_short":
            return "the text is empty"
        if self.kind == "string_too_long":
            return f"the text has {len(value)} characters; at most {context['max_length']}"
        if self.kind == "missing":
            return f"the list has {len(value)} of the {int(self.loc[-1]) + 1} items it needs"
        if self.kind == "too_short":
            least, has = context["min_length"], context["actual_length"]
            return (
                f"the list has {has} of the {least} items it needs" if has else "the list is empty"
            )
        if self.kind == "too_long":
            return f"the list has {len(value)} items; at most {context['max_length']}"
        return f"{value} is out of bounds: {self.error['msg'].removeprefix('Input ')}"

    def _kind(self, kinds: list[str]) -> tuple[str, str]:
        value = self.error["input"]
        wanted = " or ".join(dict.fromkeys(_KINDS[kind] for kind in kinds if kind in _KINDS))
        what = f"{_shown(value)} stands where {wanted or 'something else'} is meant"
        if "string_type" in kinds and isinstance(value, int | float):
            return what, f'write "{value}" in quotes' if not isinstance(value, bool) else ""
        if isinstance(value, str) and re.fullmatch(r"-?[0-9.]+", value):
            return what, "take the quotes away"
        if wanted == "a list" and isinstance(value, str):
            return what, f"write [{value}]"
        return what, ""

    def _context(self, name: str) -> Any:
        return self.error.get("ctx", {}).get(name, self.error["msg"])


def describe(model: type[Knowledge], error: ErrorDetails, steps: Steps) -> Mismatch:
    """Place one pydantic error at the steps that lead to it."""
    loc = error["loc"]
    of_key = error["type"] == "extra_forbidden" or bool(loc and loc[-1] == "[key]")
    return Mismatch(error["type"], steps, of_key, loc, error, model)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _as_id(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "some-id"
