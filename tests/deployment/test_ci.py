"""Continuous integration skips no test for want of a program."""

import re

import pytest

from tests.deployment.places import ROOT
from tests.support.programs import VARIABLE, Missing, program

_NOWHERE = "no-such-program"


def test_it_needs_every_program_that_it_installs_for_tests() -> None:
    text = (ROOT / ".ci/run").read_text(encoding="utf-8")
    (needed,) = re.findall(rf"^export {VARIABLE}=(\S+)$", text, flags=re.MULTILINE)
    assert needed.split(",") == ["chromium", "promtool"]
    for name in needed.split(","):
        assert f"command -v {name} " in text


def test_a_program_that_is_missing_is_no_failure_where_nobody_needs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert program(_NOWHERE) is None
    monkeypatch.setenv(VARIABLE, "another")
    assert program(_NOWHERE) is None


def test_one_that_is_needed_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f"another,{_NOWHERE}")
    with pytest.raises(Missing, match=_NOWHERE):
        program(_NOWHERE)
    # Under another of its names it is there.
    assert program(_NOWHERE, "sh")
