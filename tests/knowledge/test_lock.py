"""The lock: what counts as content, and what is told when it does not fit the rules."""

from pathlib import Path

import pytest

from orbicularis.knowledge import yaml_source
from orbicularis.knowledge.checks.versions import lockable
from orbicularis.knowledge.load import load, read
from orbicularis.knowledge.lock import NAME, content_of, lock_text
from tests.knowledge.builder import CAUSE, ORDER, PLAIN, SMALL, Copy

TICS = "id: tics\ntitle: Tics\nversion: 1\nreviewed: 2026-02-03\nlimit: 2\nlist: [a, b]\n"


def content(text: str) -> str:
    return content_of(yaml_source.read("tics.yaml", text.encode()).data)


def lock(copy: Copy) -> None:
    """Write the lock that fits the copy as it stands."""
    now = lockable(read(copy.folder).rules)
    copy.write(NAME, lock_text((name, state) for name, (_, state) in now.items()))


def told(copy: Copy) -> list[tuple[str, str, int]]:
    return [(p.code, p.file, p.line) for p in read(copy.folder).problems]


@pytest.fixture
def locked(copy: Copy) -> Copy:
    lock(copy)
    return copy


@pytest.mark.parametrize(
    "same",
    [
        "# a comment\n" + TICS,
        TICS.replace("title: Tics", "title:   'Tics'   # a comment"),
        TICS.replace("title: Tics", "title: >-\n  Tics"),
        TICS.replace("[a, b]", "\n  - a\n  - b"),
        TICS.replace("limit: 2", "limit: 2.0"),
        "\n".join(reversed(TICS.splitlines())),
        TICS.replace("version: 1", "version: 2"),
        TICS.replace("2026-02-03", "2026-04-05"),
    ],
)
def test_layout_version_and_day_of_review_are_no_content(same: str) -> None:
    assert content(same) == content(TICS)


@pytest.mark.parametrize(
    "other",
    [
        TICS.replace("Tics", "Tic"),
        TICS.replace("limit: 2", "limit: 2.5"),
        TICS.replace("limit: 2", 'limit: "2"'),
        TICS.replace("[a, b]", "[b, a]"),
        TICS.replace("[a, b]", "[a]"),
        TICS + "more: true\n",
    ],
)
def test_everything_else_is(other: str) -> None:
    assert content(other) != content(TICS)


def test_a_folder_without_a_lock_is_not_held_to_one(copy: Copy) -> None:
    assert not (SMALL / NAME).exists()
    assert told(copy) == []


def test_rules_that_are_as_they_were_locked_have_no_problem(locked: Copy) -> None:
    assert told(locked) == []


def test_content_that_changed_without_a_new_version(locked: Copy) -> None:
    locked.change(CAUSE, "prior: uncommon", "prior: rare")
    assert told(locked) == [("K901", CAUSE, 5)]
    problem = read(locked.folder).problems[0]
    assert problem.text == "version: 1"
    assert "version: 2" in problem.fix


def test_a_new_version_must_be_locked_with_its_content_or_without(locked: Copy) -> None:
    locked.change(CAUSE, "version: 1", "version: 2")
    assert told(locked) == [("K902", NAME, 5)]
    locked.change(CAUSE, "prior: uncommon", "prior: rare")
    assert told(locked) == [("K902", NAME, 5)]
    lock(locked)
    assert told(locked) == []


def test_a_version_below_the_locked_one(locked: Copy) -> None:
    locked.change(CAUSE, "version: 1", "version: 3")
    lock(locked)
    locked.change(CAUSE, "version: 3", "version: 2")
    assert told(locked) == [("K903", CAUSE, 5)]
    assert "version: 4" in read(locked.folder).problems[0].fix


def test_a_rule_that_is_new_or_gone_is_told_once_at_the_lock(locked: Copy) -> None:
    text = locked.text(ORDER).replace("id: calcium", "id: phosphate")
    locked.write("orders/phosphate.yaml", text)
    (locked.folder / "findings/adult.yaml").rename(locked.folder / "findings/grown-up.yaml")
    problems = [p for p in read(locked.folder).problems if p.code == "K902"]
    assert [problem.what for problem in problems] == [
        "locked, but there is no rule: findings/adult",
        "new, or in a new version: findings/grown-up, orders/phosphate",
    ]


def test_drafts_change_freely_until_they_are_locked(locked: Copy) -> None:
    draft = locked.text(PLAIN).replace("plain-cramp", "other-cramp")
    locked.write("causes/other-cramp.yaml", draft.replace("status: active", "status: draft"))
    assert "K902" not in {code for code, _, _ in told(locked)}
    locked.write("causes/other-cramp.yaml", draft)
    lock(locked)
    locked.change("causes/other-cramp.yaml", "status: active", "status: draft")
    assert ("K901", "causes/other-cramp.yaml", 5) in told(locked)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<<<<<<< ours\nformat: 1\n", "K104"),
        ("format: 2\nrules: {}\n", "K204"),
        ("format: 1\nrules: {causes/a: {version: 1}}\n", "K202"),
        ("format: 1\nrules: {causes/a: {version: 1, content: short}}\n", "K206"),
        ("format: 1\nrules: {}\nrules: {}\n", "K105"),
    ],
)
def test_a_lock_that_is_none(copy: Copy, text: str, code: str) -> None:
    copy.write(NAME, text)
    assert [(p.code, p.file) for p in read(copy.folder).problems] == [(code, NAME)]


def test_a_lock_is_no_matter_of_serving(copy: Copy, tmp_path: Path) -> None:
    copy.write(NAME, "not a lock")
    assert load(copy.folder).revision == load(SMALL).revision
