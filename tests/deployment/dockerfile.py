"""A Dockerfile as a list of instructions, as far as the tests ask about it."""

import json
import re
from typing import NamedTuple

from tests.deployment.places import ROOT


class Instruction(NamedTuple):
    """One instruction; ``stage`` counts the FROM lines up to it."""

    stage: int
    keyword: str
    value: str


def instructions() -> list[Instruction]:
    """Read the project's Dockerfile: comments dropped, continued lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", " ", text).splitlines()
    found, stage = [], 0
    for line in filter(None, lines):
        keyword, _, value = line.partition(" ")
        stage += keyword == "FROM"
        found.append(Instruction(stage, keyword, value.strip()))
    return found


def of_image(keyword: str) -> list[str]:
    """Values of an instruction in the last stage, which is the image."""
    every = instructions()
    last = every[-1].stage
    return [one.value for one in every if one.stage == last and one.keyword == keyword]


def environment() -> dict[str, str]:
    """The image's environment variables."""
    return dict(re.findall(r"(\w+)=(\S+)", " ".join(of_image("ENV"))))


def health_check() -> list[str]:
    """The command of the image's health check."""
    words: list[str] = json.loads(of_image("HEALTHCHECK")[0].partition(" CMD ")[2])
    return words
