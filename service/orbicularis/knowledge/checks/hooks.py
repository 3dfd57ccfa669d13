"""Hooks: a misspelt one is listed in discovery and never called."""

from collections.abc import Iterator

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.rules import Rules
from orbicularis.knowledge.service import Service
from orbicularis.knowledge.suggest import remedy

_LIBRARY = (
    "appointment-book",
    "encounter-discharge",
    "encounter-start",
    "order-dispatch",
    "order-select",
    "order-sign",
    "patient-view",
    "problem-list-item-create",
)
"""Hooks that HL7's library of CDS Hooks defines; clients may define others."""


def hooks_are_spelt_right(rules: Rules) -> Iterator[Problem]:
    """Tell names that look like a hook of the library and are none."""
    for file, service in rules.each(Service):
        for index, hook in enumerate(service.hooks):
            meant = "" if hook in _LIBRARY else remedy(hook, _LIBRARY)
            if meant:
                yield file.problem("K707", ("hooks", index), f'unknown hook "{hook}"', meant)
