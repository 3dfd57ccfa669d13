"""``orbicularis explain``: the time of the call may be told with its offset."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from orbicularis.cli.main import app

_REQUEST = Path("service/orbicularis/api/samples/hypoparathyroidism.request.json")


def explained(now: str) -> dict[str, Any]:
    told = CliRunner().invoke(app, ["explain", str(_REQUEST), "--now", now, "--json"])
    assert told.exit_code == 0, told.output
    answer: dict[str, Any] = json.loads(told.output)
    return answer


@pytest.mark.parametrize(
    "now", ["2026-11-20T12:00:00Z", "2026-11-20T14:00:00+02:00", "2026-11-20T05:30:00-0630"]
)
def test_one_moment_gives_one_answer_however_it_is_written(now: str) -> None:
    assert explained(now) == explained("2026-11-20T12:00:00")


def test_the_time_counts() -> None:
    assert explained("2026-11-20")["cards"]
    assert explained("2036-11-20")["cards"] != explained("2026-11-20")["cards"]


def test_what_is_no_time_is_named() -> None:
    told = CliRunner().invoke(app, ["explain", str(_REQUEST), "--now", "noon"])
    assert told.exit_code == 2
    assert "--now" in told.output
