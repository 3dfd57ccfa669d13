"""What fuzzing has found before: each input is judged again, and each is explained."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS, Target, open_target

FOUND = Path(__file__).parent / "found"
INDEX = json.loads((FOUND / "index.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def targets() -> Iterator[dict[str, Target]]:
    with (
        open_target("call") as call,
        open_target("feedback") as feedback,
        open_target("token") as token,
    ):
        yield {"call": call, "feedback": feedback, "token": token}


@pytest.mark.parametrize("name", INDEX)
def test_what_was_found_is_mended(targets: dict[str, Target], name: str) -> None:
    told = targets[INDEX[name]["target"]].check((FOUND / name).read_bytes(), thorough=True)
    assert told.status == INDEX[name]["status"]


def test_every_input_that_is_kept_says_what_it_shows() -> None:
    kept = {file.name for file in FOUND.iterdir() if file.name != "index.json"}
    assert kept == set(INDEX)
    for name, entry in INDEX.items():
        assert entry["target"] in TARGETS
        assert name.startswith(f"{entry['target']}-")
        assert entry["shows"]
        assert entry["since"]
