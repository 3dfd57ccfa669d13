"""An alert beside which nothing else is to say stands alone, and tells the gaps itself."""

from pathlib import Path

from orbicularis.authoring.vignettes import run
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load
from orbicularis.knowledge.vignette import Entry, Expected, Patient, Vignette

ENGINE = Engine(load(Path(__file__).parents[2] / "rules"))


def test_no_card_says_that_nothing_explains_it_beside_an_alert() -> None:
    patient = Patient(
        observations=(
            Entry(text="Lip twitching", value=True),
            Entry(code="sodium", value="119 mmol/L"),
        ),
        unreadable=("orders",),
    )
    expected = Expected.model_validate({"red_flags": ["rf-sodium"]})
    vignette = Vignette(name="sodium", patient=patient, expect=expected)
    outcome = run(vignette, "facial-twitching", ENGINE)
    assert outcome.differences == ()
    assert [card.indicator for card in outcome.answer.cards] == ["critical"]
    assert "orders: could not be read" in outcome.answer.cards[0].detail
