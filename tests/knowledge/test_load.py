"""Loading a folder: one value when it is sound, every problem at once when it is not."""

from pathlib import Path

import pytest

from orbicularis.errors.problem import BundleError, Severity
from orbicularis.knowledge.load import inspect, load, vignettes
from tests.knowledge.builder import (
    ADULT,
    CALCIUM,
    CAUSE,
    CRAMP,
    FLAG,
    LOW,
    ORDER,
    SERVICE,
    TEST,
    Copy,
)


def told(folder: Path) -> list[tuple[str, int, str]]:
    return [(p.file, p.line, p.code) for p in inspect(folder)[1]]


def test_a_sound_bundle_holds_every_active_rule(copy: Copy) -> None:
    bundle = load(copy.folder)

    assert bundle.manifest.name == "cramps"
    assert set(bundle.causes) == {"hypocalcaemia", "plain-cramp"}
    assert set(bundle.findings) == {"adult", "cramp", "long-cramp", "low-calcium", "tetany"}
    assert set(bundle.red_flags) == {"tetany-now"}
    assert set(bundle.orders) == {"calcium", "magnesium"}
    assert set(bundle.measurements) == {"albumin", "calcium", "calcium-corrected"}
    assert set(bundle.services) == {"cramps"}
    assert set(bundle.systems) == {"SCT", "LOINC", "ICD10CM"}
    assert "calcium-total" in bundle.concepts
    assert "tetany" in bundle.concepts
    assert bundle.references["made-up-2026"].year == 2026
    assert bundle.language.sites["leg"].words == ("leg", "calf")


def test_all_problems_of_all_files_are_told_at_once_and_sorted(copy: Copy) -> None:
    copy.change(CAUSE, "requires: [cramp]", "requires: [crmp]")
    copy.change(CRAMP, "kind: symptom", "kind: symptm")
    copy.change(FLAG, "title: Tetany\n", "title: Tetany: a\n")
    copy.change(ORDER, "lasts: PT24H", "lasts: 24")
    copy.change(TEST, "first: hypocalcaemia", "first: hypocalcemia")

    with pytest.raises(BundleError) as raised:
        load(copy.folder)

    assert told(copy.folder) == [
        (TEST, 12, "K311"),
        (CAUSE, 11, "K310"),
        (CRAMP, 8, "K204"),
        (ORDER, 15, "K207"),
        (FLAG, 3, "K104"),
    ]
    assert [p.file for p in raised.value.problems] == [CAUSE, CRAMP, ORDER, FLAG]
    assert CAUSE in str(raised.value)


def test_a_misshapen_file_is_still_searched_for_unknown_names(copy: Copy) -> None:
    copy.change(CAUSE, "prior: uncommon\nrequires: [cramp]", "prioor: uncommon\nrequires: [crmp]")

    assert [code for _, _, code in told(copy.folder)] == ["K202", "K201", "K310"]


@pytest.mark.parametrize(
    "file",
    [
        "findings/tetany.yaml",
        "causes/plain-cramp.yaml",
        "orders/calcium.yaml",
        "measurements/calcium.yaml",
        "services/cramps.yaml",
        "red-flags/tetany-now.yaml",
        "references.yaml",
        "language.yaml",
        "terminology/systems.yaml",
        "terminology/signs.yaml",
        "bundle.yaml",
    ],
)
@pytest.mark.parametrize("content", ["a: [", "[]", "a: 1", "- 1\n- {b: 2}\n"])
def test_a_broken_file_is_no_reason_to_blame_others(copy: Copy, file: str, content: str) -> None:
    copy.write(file, content)

    bundle, problems = inspect(copy.folder)

    assert bundle is None
    assert {p.file for p in problems if p.severity is Severity.ERROR} == {file}


def test_drafts_are_checked_and_not_served(copy: Copy) -> None:
    copy.write(
        "findings/new.yaml",
        copy.text(ADULT).replace("id: adult", "id: new").replace("active", "draft"),
    )
    assert "new" not in load(copy.folder).findings

    copy.change("findings/new.yaml", "kind: demographic", "kind: demografic")
    assert told(copy.folder) == [("findings/new.yaml", 8, "K204")]


def test_a_draft_may_name_a_draft(copy: Copy) -> None:
    for file in (CAUSE, "orders/magnesium.yaml"):
        copy.change(file, "status: active", "status: draft")
    copy.change("causes/plain-cramp.yaml", "status: active", "status: draft")
    copy.change(FLAG, "points_to: [hypocalcaemia]", "points_to: []")

    bundle, problems = inspect(copy.folder)

    assert problems == []
    assert bundle is not None
    assert bundle.causes == {}
    assert set(vignettes(copy.folder)[0]) == {
        Path("red-flags/tetany-now.test.yaml"),
        Path("well/nobody.yaml"),
    }


def test_serving_does_not_depend_on_vignettes(copy: Copy) -> None:
    copy.write(TEST, "a: [")

    assert load(copy.folder).manifest.name == "cramps"
    assert inspect(copy.folder)[0] is None


def test_vignettes_come_with_their_own_problems_only(copy: Copy) -> None:
    found, problems = vignettes(copy.folder)
    assert set(found) == {
        Path("causes/hypocalcaemia.test.yaml"),
        Path("causes/plain-cramp.test.yaml"),
        Path("red-flags/tetany-now.test.yaml"),
        Path("well/nobody.yaml"),
    }
    assert found[Path("well/nobody.yaml")].service == "cramps"
    assert problems == []

    copy.change(TEST, "first: hypocalcaemia", "first: hypocalcemia")
    copy.change(LOW, "unit: mg/dL", "unit: mg per dL")
    assert [p.code for p in vignettes(copy.folder)[1]] == ["K311"]


def test_a_long_circle_is_told_once(copy: Copy) -> None:
    copy.change(ADULT, "  - demographic:", "  - combination: tetany\n  - demographic:")
    copy.change(
        "findings/tetany.yaml", "  - condition:", "  - combination: long-cramp\n  - condition:"
    )

    problems = inspect(copy.folder)[1]

    assert [p.code for p in problems] == ["K305", "K305"]
    assert "long-cramp -> adult -> tetany -> long-cramp" in " ".join(p.what for p in problems) or (
        "adult -> tetany -> long-cramp -> adult" in " ".join(p.what for p in problems)
    )


def test_the_fix_names_what_was_meant(copy: Copy) -> None:
    copy.change(SERVICE, "index: [cramp]", "index: [crmp]")

    assert inspect(copy.folder)[1][0].fix == 'did you mean "cramp"?'


@pytest.mark.parametrize(
    ("lines", "unit", "fix"),
    [
        ("", "mg/dL", "give molar_mass in calcium"),
        ("molar_mass: 40.078\n", "meq/L", "give valence in calcium"),
    ],
)
def test_the_fix_names_what_a_conversion_lacks(copy: Copy, lines: str, unit: str, fix: str) -> None:
    copy.change(CALCIUM, "molar_mass: 40.078\nvalence: 2\n", lines)
    copy.change(CALCIUM, "display_units: [mg/dL]", f"display_units: [{unit}]")

    assert inspect(copy.folder)[1][-1].fix == fix
