"""The index: every rule once, by kind, and within its kind by category."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from orbicularis.knowledge.base import KnowledgeFile, Urgency
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.cause import Category
from orbicularis.knowledge.file_kind import (
    CAUSE,
    FINDING,
    MEASUREMENT,
    ORDER,
    RED_FLAG,
    SERVICE,
    FileKind,
)
from orbicularis.knowledge.finding import Kind
from orbicularis.knowledge.order import OrderKind
from orbicularis.pages.uses import Rule

R = TypeVar("R", bound=KnowledgeFile)


@dataclass(frozen=True, slots=True)
class Part:
    """Rules of one category; without a title where a kind has no categories."""

    title: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rules of one kind."""

    kind: FileKind
    parts: tuple[Part, ...]

    @property
    def number(self) -> int:
        """How many there are."""
        return sum(len(part.rules) for part in self.parts)


def groups(bundle: Bundle) -> tuple[Group, ...]:
    """The index of a bundle."""
    return (
        Group(CAUSE, tuple(_parts(CAUSE, bundle.causes, Category, lambda one: one.category))),
        Group(
            RED_FLAG,
            tuple(
                _parts(
                    RED_FLAG,
                    bundle.red_flags,
                    (Urgency.CRITICAL, Urgency.WARNING, Urgency.INFO),
                    lambda one: one.indicator,
                )
            ),
        ),
        Group(ORDER, tuple(_parts(ORDER, bundle.orders, OrderKind, lambda one: one.kind))),
        Group(FINDING, tuple(_parts(FINDING, bundle.findings, Kind, lambda one: one.kind))),
        _plain(MEASUREMENT, bundle.measurements),
        _plain(SERVICE, bundle.services),
    )


def _parts(
    kind: FileKind,
    rules: Mapping[str, R],
    categories: Iterable[StrEnum],
    category_of: Callable[[R], StrEnum],
) -> Iterator[Part]:
    """Part the rules; a category that has none is left out."""
    for category in categories:
        chosen = [rule for rule in rules.values() if category_of(rule) is category]
        if chosen:
            yield Part(category.value, _sorted(kind, chosen))


def _plain(kind: FileKind, rules: Mapping[str, KnowledgeFile]) -> Group:
    return Group(kind, (Part("", _sorted(kind, rules.values())),))


def _sorted(kind: FileKind, rules: Iterable[KnowledgeFile]) -> tuple[Rule, ...]:
    by_title = sorted(rules, key=lambda rule: (rule.title.casefold(), rule.id))
    return tuple(Rule(kind, rule.id) for rule in by_title)
