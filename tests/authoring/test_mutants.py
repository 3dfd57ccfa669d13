"""What can be changed in rules: one thing at a time, named after itself, at its place."""

import pytest

from orbicularis.authoring.edit import GONE, edited
from orbicularis.authoring.mutant import Kind, Mutant
from orbicularis.authoring.mutants import mutants
from orbicularis.knowledge.cause import Cause
from orbicularis.knowledge.load import read
from orbicularis.knowledge.red_flag import RedFlag
from tests.knowledge.builder import ADULT, CALCIUM, CAUSE, FLAG, LONG, LOW, PLAIN, Copy


def of(copy: Copy, file: str) -> dict[str, Mutant]:
    every = list(mutants(read(copy.folder).rules))
    return {one.name: one for one in every if one.file == file}


def names(copy: Copy, file: str, kind: Kind) -> list[str]:
    return [name for name, one in of(copy, file).items() if one.kind is kind]


def test_a_line_of_evidence_is_dropped_turned_and_stepped(copy: Copy) -> None:
    found = of(copy, PLAIN)
    assert list(found) == [
        "evidence cramp present: dropped",
        "evidence cramp present: against instead of for",
        "evidence cramp present: moderate instead of weak",
        "evidence tetany present: dropped",
        "evidence tetany present: for instead of against",
        "evidence tetany present: strong instead of moderate",
        "evidence tetany present: weak instead of moderate",
    ]
    rules = [one.rule for one in found.values()]
    lines = [rule.evidence for rule in rules if isinstance(rule, Cause)]
    assert [len(line) for line in lines] == [1, 2, 2, 1, 2, 2, 2]
    assert (lines[1][0].for_, lines[1][0].against) == (None, "weak")
    assert (lines[4][1].for_, lines[4][1].against) == ("moderate", None)
    assert [line[1].strength for line in lines[5:]] == ["strong", "weak"]


def test_evidence_that_is_turned_round_defines_nothing(copy: Copy) -> None:
    copy.change(
        CAUSE, "reason: tetany is its sign", "reason: tetany is its sign\n    defines: true"
    )
    turned = of(copy, CAUSE)["evidence tetany present: against instead of for"].rule
    assert isinstance(turned, Cause)
    assert (turned.evidence[0].supports, turned.evidence[0].defines) == (False, False)


def test_what_a_cause_requires_and_what_excludes_it(copy: Copy) -> None:
    assert names(copy, CAUSE, Kind.EXCLUSION) == [
        "excluded by adult: dropped",
        "requires cramp: dropped",
    ]
    dropped = of(copy, CAUSE)["requires cramp: dropped"].rule
    assert isinstance(dropped, Cause)
    assert (dropped.requires, dropped.excluded_by) == ((), ("adult",))


def test_parts_of_a_red_flag_are_dropped_and_its_counts_changed(copy: Copy) -> None:
    group = "at least 2 of (cramp, low-calcium, unless adult)"
    assert list(of(copy, FLAG)) == [
        "condition tetany: dropped",
        f"condition {group}: dropped",
        f"{group}: at least 1",
        f"{group}: at least 3",
        "condition cramp: dropped",
        "condition low-calcium: dropped",
        "exclusion unless adult: dropped",
    ]
    fewer = of(copy, FLAG)[f"{group}: at least 1"].rule
    assert isinstance(fewer, RedFlag)
    assert "at_least=1" in str(fewer.when)
    assert names(copy, FLAG, Kind.EXCLUSION) == ["exclusion unless adult: dropped"]


def test_a_combination_that_could_never_be_met_is_no_mutant(copy: Copy) -> None:
    assert list(of(copy, LONG)) == [
        "condition at least 1 of (cramp, tetany): dropped",
        "at least 1 of (cramp, tetany): at least 2",
        "condition cramp: dropped",
        "condition tetany: dropped",
        "exclusion not adult: dropped",
    ]
    copy.change(LONG, "at_least: 1", "at_least: 2")
    assert "condition cramp: dropped" not in of(copy, LONG)


def test_limits_move_by_the_precision_in_which_they_are_written(copy: Copy) -> None:
    assert names(copy, LOW, Kind.THRESHOLD) == [
        "calcium, mg/dL, present below 8.5: 8.6",
        "calcium, mg/dL, present below 8.5: 8.4",
        "calcium, mg/dL, absent at least 8.8: 8.9",
        "calcium, mg/dL, absent at least 8.8: 8.7",
        # Where present and absent meet there is one limit.
        "calcium-corrected, mmol/L, present below 2.1: 2.2",
        "calcium-corrected, mmol/L, present below 2.1: 2.0",
    ]
    copy.change(LOW, "{below: 2.1}", "{below: 2.10}")
    assert "calcium-corrected, mmol/L, present below 2.10: 2.11" in of(copy, LOW)
    assert list(of(copy, ADULT)) == ["age at least 18: 19", "age at least 18: 17"]


def test_a_limit_at_the_edge_of_the_plausible_stays(copy: Copy) -> None:
    text = copy.text(CALCIUM)
    assert "plausible: {at_least: " in text
    edge = text.split("plausible: {at_least: ")[1].split(",")[0]
    unit = text.split("\nunit: ")[1].split("\n")[0]
    copy.change(
        LOW,
        "unit: mg/dL\n          present: {below: 8.5}",
        f"unit: {unit}\n          present: {{below: {edge}}}",
    )
    assert not [name for name in of(copy, LOW) if name.startswith(f"calcium, {unit}, present")]


def test_a_mutant_stands_at_its_place_and_has_a_rule_of_its_own(copy: Copy) -> None:
    reading = read(copy.folder)
    assert reading.bundle is not None
    mutant = of(copy, PLAIN)["evidence tetany present: dropped"]
    line = copy.text(PLAIN).splitlines().index("  - finding: tetany") + 1
    assert (mutant.of, mutant.file, mutant.line) == ("causes/plain-cramp", PLAIN, line)
    changed = mutant.within(reading.bundle)
    assert len(changed.causes["plain-cramp"].evidence) == 1
    assert len(reading.bundle.causes["plain-cramp"].evidence) == 2
    assert changed.findings is reading.bundle.findings


def test_drafts_are_left_alone(copy: Copy) -> None:
    copy.change(LONG, "status: active", "status: draft")
    assert of(copy, LONG) == {}


def test_two_changes_of_one_name_are_numbered(copy: Copy) -> None:
    copy.change(LONG, "of: [cramp, tetany]", "of: [cramp, {any: [cramp, tetany]}]")
    assert [name for name in of(copy, LONG) if name.startswith("condition cramp")] == [
        "condition cramp: dropped",
        "condition cramp: dropped (2)",
    ]


@pytest.mark.parametrize(
    ("steps", "value", "wanted"),
    [
        (("a", 0), GONE, {"a": [2], "b": 3}),
        (("a", 1), 7, {"a": [1, 7], "b": 3}),
        (("b",), GONE, {"a": [1, 2]}),
        (("c",), 4, {"a": [1, 2], "b": 3, "c": 4}),
        ((), 5, 5),
    ],
)
def test_an_edit_leaves_the_data_as_they_are(
    steps: tuple[str | int, ...], value: object, wanted: object
) -> None:
    data = {"a": [1, 2], "b": 3}
    assert edited(data, steps, value) == wanted
    assert data == {"a": [1, 2], "b": 3}
