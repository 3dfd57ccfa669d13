"""Results that cannot be used are told, whatever else the card says."""

from orbicularis.facts.fact import Fact
from orbicularis.knowledge.bundle import Bundle
from tests.cards.made import cards
from tests.support.bundles import bundle, cause, pro
from tests.support.calcium import ALBUMIN, RULES, TOTAL
from tests.support.charts import DAY, NOW, result, seen

SPASM = cause("spasm", pro("twitching", "strong"))
CALCIUM = cause("hypocalcemia", pro("low-calcium"))


def rules() -> Bundle:
    measured = (*RULES.measurements.values(), *RULES.findings.values())
    return bundle(SPASM, CALCIUM, *(one for one in measured if one.id != "twitching"))


def lines(*facts: Fact) -> list[str]:
    (card,) = cards(rules(), seen("twitching"), *facts)
    _, _, after = card.detail.partition("**Not read**")
    return [line for line in after.splitlines() if line.startswith("- ")]


def test_an_implausible_value_is_told() -> None:
    (line,) = lines(result(TOTAL, 9.3, "mmol/L"))
    assert line == "- Calcium 9.3 mmol/L, 2026-06-15, 9.3 mmol/L implausible"


def test_a_value_without_a_known_unit_is_told_with_its_name() -> None:
    (line,) = lines(result(TOTAL, 7.5, "furlong", label="<b>Calcium</b>"))
    assert line == r"- &lt;b&gt;Calcium&lt;/b&gt;: 2026-06-15, 7.5 furlong unreadable"


def test_a_value_without_a_unit_that_its_own_range_decides_is_not() -> None:
    assert lines(result(TOTAL, 7.5, None, low=8.5)) == []


def test_a_correction_not_to_be_relied_on_is_told_with_both_values() -> None:
    (line,) = lines(result(TOTAL, 7.9, "mg/dL"), result(ALBUMIN, 2.5, "g/dL"))
    assert "7.9 mg/dL" in line
    assert "9.1 mg/dL at albumin 2.5 g/dL" in line
    assert "correction unreliable" in line


def test_what_a_later_result_decides_is_not_told() -> None:
    wrong = result(TOTAL, 9.3, "mmol/L", at=NOW - DAY)
    assert len(lines(wrong)) == 1
    assert lines(wrong, result(TOTAL, 2.4, "mmol/L")) == []
