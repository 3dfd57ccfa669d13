"""Ids and what they name: each id is its file's stem, each name leads somewhere active."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.file_kind import OVERLAY, RULES, SERVICE, TEST, Named
from orbicularis.knowledge.mention import Mention
from orbicularis.knowledge.rules import RuleFile, Rules
from orbicularis.knowledge.suggest import remedy

_UNKNOWN = {
    Named.FINDING: "K310",
    Named.CAUSE: "K311",
    Named.ORDER: "K312",
    Named.MEASUREMENT: "K313",
    Named.REFERENCE: "K314",
    Named.CONCEPT: "K315",
    Named.WORDS: "K316",
    Named.SITE: "K317",
    Named.SYSTEM: "K318",
    Named.SERVICE: "K319",
    Named.RED_FLAG: "K320",
}


def ids_equal_stems(rules: Rules) -> Iterator[Problem]:
    """Tell every id that is not its file's stem."""
    for file in rules.files:
        if file.kind in RULES and file.id != file.stem:
            what = f'the id "{file.id}" is not the name of the file'
            yield file.problem("K301", ("id",), what, f"write id: {file.stem}, or rename the file")


def names_are_known(rules: Rules) -> Iterator[Problem]:
    """Tell every name that nothing carries."""
    for file, mention in rules.mentions:
        known = rules.known[mention.named]
        if known is not None and mention.name not in known:
            what = f'unknown {mention.named.value} "{mention.name}"'
            yield _problem(
                _UNKNOWN[mention.named], file, mention, what, remedy(mention.name, known)
            )


def named_rules_are_active(rules: Rules) -> Iterator[Problem]:
    """Tell where an active rule or its test needs a rule that is not served."""
    idle = {
        (file.kind.named, file.stem): file.status
        for file in rules.files
        if file.kind.named and not rules.serves(file)
    }
    if not idle:
        return
    for file, mention in rules.mentions:
        status = idle.get((mention.named, mention.name))
        if status is None or _may_name(rules, file, mention):
            continue
        if _is_served(rules, file):
            what = f'the {mention.named.value} "{mention.name}" is {status.value}'
            yield _problem("K302", file, mention, what)


def nothing_is_named_twice(rules: Rules) -> Iterator[Problem]:
    """Tell every name that stands twice in one list."""
    seen: dict[tuple[object, ...], set[str]] = {}
    for file, mention in rules.mentions:
        if mention.listed:
            place = (file.source.folder, file.source.file, mention.steps[:-1])
            names = seen.setdefault(place, set())
            if mention.name in names:
                yield _problem("K303", file, mention, f'"{mention.name}" stands twice in this list')
            names.add(mention.name)


def nothing_names_itself(rules: Rules) -> Iterator[Problem]:
    """Tell every rule that names itself."""
    for file, mention in rules.mentions:
        if file.kind.named is mention.named and file.stem == mention.name:
            what = f'the {mention.named.value} "{mention.name}" names itself'
            yield _problem("K304", file, mention, what)


def something_is_served(rules: Rules) -> Iterator[Problem]:
    """Tell when no service is active, so that nothing could be answered."""
    services = [file for file in rules.files if file.kind is SERVICE]
    if not any(rules.serves(file) for file in services):
        what = "no service is active"
        yield Problem(SERVICE.path.rstrip("/"), 1, 1, "K005", what)


def _may_name(rules: Rules, file: RuleFile, mention: Mention) -> bool:
    """The base was written before an overlay switched the rule off."""
    off = (mention.named, mention.name) in rules.switched_off
    return off and (file.kind is OVERLAY or not file.source.folder)


def _is_served(rules: Rules, file: RuleFile) -> bool:
    if file.kind is not TEST:
        return rules.serves(file)
    folder = PurePosixPath(file.source.file).parent
    return any(
        rule.stem == file.stem and rules.serves(rule)
        for rule in rules.files
        if rule.kind is not TEST and PurePosixPath(rule.source.file).parent == folder
    )


def _problem(code: str, file: RuleFile, mention: Mention, what: str, fix: str = "") -> Problem:
    return file.problem(code, mention.steps, what, fix, of_key=mention.of_key)
