"""Release channels: drafts are served where they are asked for, retired rules never."""

from pathlib import Path

import pytest

from orbicularis.knowledge.load import load, read
from orbicularis.knowledge.status import MinStatus
from tests.knowledge.builder import PLAIN, Copy


@pytest.mark.parametrize(
    ("status", "least", "served"),
    [
        ("draft", MinStatus.ACTIVE, False),
        ("draft", MinStatus.DRAFT, True),
        ("active", MinStatus.DRAFT, True),
        ("retired", MinStatus.DRAFT, False),
    ],
)
def test_what_is_served(copy: Copy, status: str, least: MinStatus, *, served: bool) -> None:
    without_names(copy)
    copy.change(PLAIN, "status: active", f"status: {status}")
    reading = read(copy.folder, None, least)
    assert reading.bundle is not None, reading.problems
    assert ("plain-cramp" in reading.bundle.causes) is served
    assert (Path("causes/plain-cramp.test.yaml") in reading.vignettes) is served


def without_names(copy: Copy) -> None:
    """Let no other rule name the cause."""
    copy.change("causes/hypocalcaemia.yaml", "look_alikes: [plain-cramp]\n", "")
    copy.change("causes/hypocalcaemia.yaml", "more_general: [plain-cramp]\n", "")
    test = "causes/hypocalcaemia.test.yaml"
    copy.change(test, "      not_listed: [plain-cramp]\n", "")
    copy.change(test, "      above:\n        - [hypocalcaemia, plain-cramp]\n", "")


def test_an_active_rule_may_name_a_draft_only_where_drafts_are_served(copy: Copy) -> None:
    copy.change(PLAIN, "status: active", "status: draft")
    assert "K302" in {problem.code for problem in read(copy.folder).problems}
    assert read(copy.folder, None, MinStatus.DRAFT).problems == []


def test_the_channel_counts_for_the_revision(copy: Copy) -> None:
    active, draft = load(copy.folder), load(copy.folder, None, MinStatus.DRAFT)
    assert active.revision != draft.revision
    assert (active.min_status, draft.min_status) == (MinStatus.ACTIVE, MinStatus.DRAFT)
