"""What a change of the rules is told as."""

from pathlib import Path

import pytest

from orbicularis.authoring.changes import Change, What, changes
from orbicularis.authoring.items import items
from orbicularis.knowledge.base import Knowledge
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.load import load
from tests.knowledge.builder import (
    ADULT,
    CALCIUM,
    CAUSE,
    CRAMP,
    FLAG,
    LABORATORY,
    LANGUAGE,
    LONG,
    LOW,
    ORDER,
    PLAIN,
    SERVICE,
    SMALL,
    Copy,
)

SMALL_BUNDLE = load(SMALL)
RULES = load(Path(__file__).parents[2] / "rules")

ONE_CHANGE = [
    (CAUSE, "version: 1", "version: 2", "changed", "version", "version: 1 > 2"),
    (CAUSE, "prior: uncommon", "prior: rare", "changed", "setting", "prior: uncommon > rare"),
    (
        PLAIN,
        "against: moderate",
        "against: weak",
        "changed",
        "evidence",
        "`tetany` present, strength: against, moderate > against, weak",
    ),
    (
        PLAIN,
        "for: weak",
        "against: weak",
        "changed",
        "evidence",
        "`cramp` present, strength: for, weak > against, weak",
    ),
    (
        CAUSE,
        "reason: tetany is its sign\n    group: signs",
        "reason: tetany is its sign",
        "changed",
        "evidence",
        "`tetany` present, group: signs > none",
    ),
    (
        PLAIN,
        "reason: most cramps",
        "reason: many cramps",
        "changed",
        "wording",
        "`cramp` present, reason: most cramps are plain > many cramps are plain",
    ),
    (
        CAUSE,
        "reason: tetany is its sign\n    group: signs\n    references: [made-up-2026]",
        "reason: tetany is its sign\n    group: signs\n    references: [clinical-consensus]",
        "changed",
        "reference",
        "`tetany` present, references: made-up-2026 > clinical-consensus",
    ),
    (CAUSE, "first: [calcium]", "first: []", "removed", "setting", "workup first: calcium:  > "),
    (
        LOW,
        "present: {below: 8.5}",
        "present: {below: 8.4}",
        "changed",
        "threshold",
        "`calcium`, present: below 8.5 mg/dL > below 8.4 mg/dL",
    ),
    (
        LOW,
        "          laboratory_range: low\n",
        "",
        "changed",
        "threshold",
        "`calcium`, laboratory's own range: low > none",
    ),
    (
        ADULT,
        "{at_least: 18}",
        "{at_least: 21, below: 99}",
        "both",
        "recognised by",
        "demographic (age years at least 18) | demographic (age years at least 21 and below 99)",
    ),
    (
        FLAG,
        "at_least: 2",
        "at_least: 3",
        "changed",
        "setting",
        (
            "when: any of (tetany, at least 2 of (cramp, low-calcium, unless adult)) > "
            "any of (tetany, at least 3 of (cramp, low-calcium, unless adult))"
        ),
    ),
    (
        FLAG,
        "Tetany: measure calcium now",
        "Tetany: calcium now",
        "changed",
        "wording",
        "summary: Tetany: measure calcium now > Tetany: calcium now",
    ),
    (ORDER, "lasts: PT24H", "lasts: P7D", "changed", "setting", "lasts: 1 day > 7 days"),
    (ORDER, "priority: urgent", "priority: stat", "changed", "setting", "priority: urgent > stat"),
    (
        CALCIUM,
        "at_most: 5}",
        "at_most: 6}",
        "changed",
        "threshold",
        "plausible: at least 0.5 and at most 5 > at least 0.5 and at most 6",
    ),
    (
        SERVICE,
        "strong: 10",
        "strong: 12",
        "changed",
        "setting",
        "ranking likelihood ratios `strong`: 10 > 12",
    ),
    (
        SERVICE,
        "disclaimer: For clinicians.",
        "disclaimer: For all.",
        "changed",
        "wording",
        "wording differential disclaimer: For clinicians. > For all.",
    ),
    (
        LANGUAGE,
        "title: leg\n    words: [leg",
        "title: leg\n    words: [shin, leg",
        "added",
        "setting",
        "sites `leg` words: shin: ",
    ),
]


def told(change: Change) -> str:
    return f"{change.name}: {change.before} > {change.after}"


@pytest.mark.parametrize(("file", "old", "new", "what", "topic", "text"), ONE_CHANGE)
def test_one_change_is_told_once(
    file: str, old: str, new: str, what: str, topic: str, text: str, copy: Copy
) -> None:
    copy.change(file, old, new)
    (rule,) = changes(SMALL_BUNDLE, load(copy.folder))
    assert rule.what is What.CHANGED
    if what == "both":
        added, removed = rule.changes
        assert (added.topic, added.what) == (topic, What.ADDED)
        assert f"{removed.name} | {added.name}" == text
    else:
        (change,) = rule.changes
        assert (change.topic, change.what.value) == (topic, what)
        assert text in told(change)


def test_rules_that_are_the_same_are_not_told() -> None:
    assert list(changes(SMALL_BUNDLE, load(SMALL))) == []
    assert list(changes(RULES, RULES)) == []


def test_a_rule_that_is_there_no_more(copy: Copy) -> None:
    copy.change("red-flags/tetany-now.yaml", "status: active", "status: retired")
    (rule,) = changes(SMALL_BUNDLE, load(copy.folder))
    assert (rule.kind, rule.id, rule.title) == ("red flag", "tetany-now", "Tetany")
    assert (rule.what, rule.changes) == (What.REMOVED, ())


def test_a_new_rule_says_all_but_what_is_usual(copy: Copy) -> None:
    copy.change(PLAIN, "status: active", "status: retired")
    copy.change(CAUSE, "look_alikes: [plain-cramp]\nmore_general: [plain-cramp]\n", "")
    told_first, rule = changes(load(copy.folder), SMALL_BUNDLE)
    assert (told_first.id, told_first.what) == ("hypocalcaemia", What.CHANGED)
    assert (rule.id, rule.what) == ("plain-cramp", What.ADDED)
    said = {(change.topic, change.name): change.after for change in rule.changes}
    assert {change.what for change in rule.changes} == {What.ADDED}
    assert said["evidence", "`tetany` present"] == (
        "strength: against, moderate; reason: tetany is no plain cramp; "
        "references: clinical-consensus"
    )
    assert said["setting", "prior"] == "common"
    assert ("setting", "do not miss") not in said


def test_codes_are_told_with_their_display(copy: Copy) -> None:
    copy.change(
        LABORATORY,
        "      - system: LOINC\n        code: 17861-6\n"
        "        display: Calcium [Mass/volume] in Serum or Plasma\n        verified_in: tests\n",
        "",
    )
    (rule,) = changes(SMALL_BUNDLE, load(copy.folder))
    assert (rule.kind, rule.id) == ("terminology key", "calcium-total")
    assert {told(change) for change in rule.changes} == {
        "the first one: LOINC 17861-6 > LOINC 2000-8",
        "LOINC 17861-6: display: Calcium [Mass/volume] in Serum or Plasma; verified in: tests > ",
    }


def test_ways_of_recognition_are_told_one_by_one(copy: Copy) -> None:
    copy.change(CRAMP, "codes: [muscle-cramp]", "codes: [muscle-cramp, tetany]")
    copy.change(CRAMP, '"calf cramp*"', '"calf cramps"')
    copy.change(LONG, "P14D", "PT36H")
    first, second = changes(SMALL_BUNDLE, load(copy.folder))
    assert [(change.what.value, change.name) for change in first.changes] == [
        ("added", "observation `tetany` (site leg)"),
        ("added", 'text "calf cramps"'),
        ("removed", 'text "calf cramp*"'),
    ]
    assert [change.name for change in second.changes] == [
        "course (of cramp, lasting at least 36 hours)",
        "course (of cramp, lasting at least 14 days)",
    ]


def test_a_list_in_another_order_is_told(copy: Copy) -> None:
    copy.change(PLAIN, "then: [magnesium]", "then: [magnesium, calcium]")
    before = load(copy.folder)
    copy.change(PLAIN, "then: [magnesium, calcium]", "then: [calcium, magnesium]")
    (rule,) = changes(before, load(copy.folder))
    assert [change.name for change in rule.changes] == ["the order of a list"]


def every_rule(bundle: Bundle) -> list[tuple[str, Knowledge]]:
    kinds = (
        bundle.causes, bundle.red_flags, bundle.findings, bundle.orders, bundle.measurements,
        bundle.services, bundle.concepts, bundle.systems, bundle.references,
    )  # fmt: skip
    rules: list[tuple[str, Knowledge]] = [
        (f"{type(rule).__name__} {key}", rule) for kind in kinds for key, rule in kind.items()
    ]
    return [*rules, ("language", bundle.language), ("bundle", bundle.manifest)]


def test_no_item_of_a_rule_hides_another() -> None:
    for name, rule in (*every_rule(RULES), *every_rule(SMALL_BUNDLE)):
        keys = [(item.topic, item.name) for item in items(rule)]
        assert len(keys) == len(set(keys)), (name, [key for key in keys if keys.count(key) > 1])
