"""The process is warmed up by whole answers, and then left alone by the garbage collector."""

import gc

import pytest

from orbicularis.api.warm_up import warm_up
from orbicularis.engine.engine import Answer, Engine


def test_it_goes_the_whole_way(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Answer] = []
    frozen: list[bool] = []
    answer = Engine.answer

    def kept(*args: object) -> Answer:
        answers.append(answer(*args))  # type: ignore[arg-type]
        return answers[-1]

    monkeypatch.setattr(Engine, "answer", kept)
    # For good would be too long in a process that goes on to other tests.
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(True))
    warm_up(engine)
    assert any(not told.assessment.index for told in answers)
    assert any(card.suggestions for told in answers for card in told.cards)
    assert frozen == [True]
