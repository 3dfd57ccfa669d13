"""What is not touched is not evaluated, however many rules there are."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbicularis.facts.chart import Person
from orbicularis.facts.fact import Fact
from orbicularis.knowledge.base import KnowledgeFile
from orbicularis.knowledge.bundle import Bundle
from orbicularis.reasoning.assess import Assessor
from orbicularis.reasoning.findings import Findings
from orbicularis.reasoning.ranking import Judge
from orbicularis.reasoning.recognition import Recognition
from orbicularis.reasoning.red_flags import Watch
from tests.support.bundles import bundle, by, cause, finding, pro, red_flag
from tests.support.charts import chart, seen
from tests.support.strategies import bundles, charts

MANY = 50
ADULT = Person(age_years=40, sex="female")


def foreign(number: int) -> list[KnowledgeFile]:
    """A cause and a red flag with findings of their own."""
    sign, both = f"sign-{number}", f"both-{number}"
    return [
        finding(sign),
        finding(both, by(combination={"all": [sign, "old"]})),
        cause(f"cause-{number}", pro(sign), pro(both)),
        red_flag(f"flag-{number}", {"all": [sign, both]}),
    ]


def rules(many: int) -> Bundle:
    more = (rule for number in range(many) for rule in foreign(number))
    return bundle(
        finding("tingling"),
        finding("old", by(demographic={"age_years": {"at_least": 60}}), kind="demographic"),
        finding("with-tingling", by(combination={"all": ["twitching", "tingling"]})),
        cause("lack", pro("tingling"), pro("with-tingling")),
        red_flag("both", {"all": ["twitching", "tingling"]}),
        *more,
    )


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count what is evaluated."""
    counted: Counter[str] = Counter()

    def counting(kind: type, name: str, what: str) -> None:
        do = getattr(kind, name)

        def count(*args: object, **more: object) -> object:
            counted[what] += 1
            return do(*args, **more)

        monkeypatch.setattr(kind, name, count)

    counting(Recognition, "result", "findings")
    counting(Judge, "__call__", "causes")
    counting(Watch, "__call__", "red flags")
    return counted


def effort(work: Counter[str], many: int, *facts: Fact) -> dict[str, int]:
    """What a chart costs once another of such a patient has been assessed."""
    some = rules(many)
    (service,) = some.services.values()
    assessor = Assessor(some, service)
    assessor(chart(person=ADULT))
    work.clear()
    assessor(chart(*facts, person=ADULT))
    return dict(work)


def test_a_chart_without_facts_costs_nothing(work: Counter[str]) -> None:
    assert effort(work, MANY) == {}


def test_a_chart_without_an_index_finding_costs_next_to_nothing(work: Counter[str]) -> None:
    assert effort(work, MANY, *(seen(f"sign-{number}") for number in range(MANY))) == {}


def test_only_what_facts_touch_is_evaluated(work: Counter[str]) -> None:
    cost = effort(work, MANY, seen("twitching"), seen("tingling"))
    assert cost == {"findings": 3, "causes": 1, "red flags": 1}


def test_more_rules_cost_nothing(work: Counter[str]) -> None:
    facts = seen("twitching"), seen("tingling"), seen("sign-0")
    assert effort(work, 1, *facts) == effort(work, MANY, *facts)


def test_a_patient_of_another_kind_costs_only_what_age_and_sex_touch(work: Counter[str]) -> None:
    some = rules(MANY)
    (service,) = some.services.values()
    assessor = Assessor(some, service)
    work.clear()
    assessor(chart(person=ADULT))
    # The finding "old", and each combination and cause with it.
    assert work == {"findings": 1 + MANY, "causes": MANY, "red flags": MANY}


PERSONS = st.builds(
    Person, st.none() | st.integers(0, 100), st.sampled_from((None, "female", "male"))
)


@given(bundles(), charts, charts, PERSONS)
def test_what_was_not_evaluated_would_have_come_out_the_same(
    rules: Bundle, first: list[Fact], second: list[Fact], person: Person
) -> None:
    (service,) = rules.services.values()
    assessor = Assessor(rules, service)
    for facts in (first, second):
        one = chart(*facts, person=person)
        every = Findings(one, rules)
        told = assessor(one)
        assert {key: every(key) for key in told.findings} == dict(told.findings)
        judges = {key: Judge(rule, service) for key, rule in rules.causes.items()}
        for result in told.causes:
            alone = judges[result.cause.id](every, one.now, flagged=result.flagged)
            assert (alone.evidence, alone.score) == (result.evidence, result.score)
