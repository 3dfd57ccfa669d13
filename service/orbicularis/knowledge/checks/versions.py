"""Versions: a rule's content changes only together with its version, as the lock knows it."""

from collections.abc import Iterator, Mapping

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.base import KnowledgeFile, Status
from orbicularis.knowledge.file_kind import RULES
from orbicularis.knowledge.lock import Locked, LockFile, content_of
from orbicularis.knowledge.rules import RuleFile, Rules

LOCK_CODES = frozenset({"K901", "K902", "K903"})
"""Codes of what the lock has against the rules."""

_SHOWN = 5


def versions_are_new(rules: Rules) -> Iterator[Problem]:
    """Tell rules whose content changed, or whose version fell, since they were locked."""
    if rules.lock is None:
        return
    locked = rules.lock.lock.rules
    for name, (file, now) in lockable(rules).items():
        before = locked.get(name)
        if before is not None:
            yield from _compared(file, before, now)


def lock_is_current(rules: Rules) -> Iterator[Problem]:
    """Tell, once, that the lock lacks rules, or holds them in an older version or in vain."""
    if rules.lock is None:
        return
    locked = rules.lock.lock.rules
    now = {name: state for name, (_, state) in lockable(rules).items()}
    broken = {_name(file) for file in rules.files if file.model is None}
    new = [name for name in now if _is_new(locked.get(name), now[name])]
    gone = [name for name in locked if name not in now and name not in broken]
    for names, what in ((new, "new, or in a new version"), (gone, "locked, but there is no rule")):
        if names:
            yield _at_lock(rules.lock, names, what)


def lockable(rules: Rules) -> Mapping[str, tuple[RuleFile, Locked]]:
    """Return every well-shaped rule by its name in the lock.

    Drafts may change freely and are left out, unless they have been locked before.
    """
    locked = rules.lock.lock.rules if rules.lock is not None else {}
    found: dict[str, tuple[RuleFile, Locked]] = {}
    for file in rules.files:
        rule, name = file.model, _name(file)
        if file.kind not in RULES or not isinstance(rule, KnowledgeFile):
            continue
        if rule.status is not Status.DRAFT or name in locked:
            content = content_of(file.source.data)
            found[name] = (file, Locked(version=rule.version, content=content))
    return found


def _name(file: RuleFile) -> str:
    return file.source.file.removesuffix(".yaml")


def _compared(file: RuleFile, before: Locked, now: Locked) -> Iterator[Problem]:
    if now.version < before.version:
        what = f"version {now.version} is below the locked version {before.version}"
        fix = f"write version: {before.version + 1}"
        yield file.problem("K903", ("version",), what, fix)
    elif now.content != before.content and now.version == before.version:
        what = f"the content changed, and the version is still {now.version}"
        fix = f"write version: {now.version + 1} (orbicularis lock --raise does it)"
        yield file.problem("K901", ("version",), what, fix)


def _is_new(before: Locked | None, now: Locked) -> bool:
    return before is None or now.version > before.version


def _at_lock(lock: LockFile, names: list[str], what: str) -> Problem:
    shown = ", ".join(names[:_SHOWN])
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return lock.source.problem("K902", ("rules",), f"{what}: {shown}{more}", of_key=True)
