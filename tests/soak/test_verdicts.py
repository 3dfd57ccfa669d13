"""Each verdict can fail."""

import json

import pytest

from tests.soak import verdicts
from tests.soak.ledger import MOST_TOLD, Kill, Ledger
from tests.soak.process import Look
from tests.soak.verdicts import Verdict
from tests.soak.wire import Reply, get, post

PATH = "/cds-services/facial-twitching"
CALL, FEEDBACK = post(PATH, b"{}"), post(f"{PATH}/feedback", b"{}")
GOOD = frozenset({200})
ALIVE, ZOMBIE = Look(1.0, 1, 0, 1, "S"), Look(1.0, 1, 0, 1, "Z")


def reply(status: int, code: str = "", **fields: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    body = json.dumps({"resourceType": "OperationOutcome", "issue": [{"code": code}]}).encode()
    return Reply(status, {"x-request-id": "1", **named}, body if code else b"")


def told(*answers: tuple[bytes, Reply]) -> Ledger:
    ledger = Ledger()
    for sent, answer in answers:
        ledger.answered("good", sent, answer, GOOD)
    return ledger


def test_an_answer_lost_with_a_killed_worker_is_excused_and_no_other() -> None:
    ledger = Ledger(kills=[Kill(at=10.0, pid=1, ports=frozenset({5000}))])
    ledger.none_came("good", 5000, opened=9.0)
    assert verdicts.nothing_lost(ledger).holds
    assert ledger.excused == 1
    # The same port again, on a connection that was opened after the kill.
    ledger.none_came("good", 5000, opened=11.0)
    assert not verdicts.nothing_lost(ledger).holds
    other = Ledger(kills=ledger.kills)
    other.none_came("good", 5001, opened=9.0)
    assert not verdicts.nothing_lost(other).holds


def test_wrong_content() -> None:
    ledger = Ledger(suspect={"a": "late", "b": "wrong"})
    assert verdicts.nothing_wrong(ledger).holds
    ledger.clear(unfetched={"a"})
    assert ledger.wrong == ["wrong"]
    assert not verdicts.nothing_wrong(ledger).holds


def test_failures_and_shed_load() -> None:
    shed = told((CALL, reply(503, "throttled", retry_after="1")), (CALL, reply(200)))
    assert verdicts.no_failure(shed).holds
    assert verdicts.shed_properly(shed).holds
    assert verdicts.as_expected(shed).holds
    assert not verdicts.shed_properly(told((CALL, reply(503, "throttled")))).holds
    assert not verdicts.shed_properly(told((CALL, reply(200)))).holds
    for status in (500, 502, 504):
        failed = told((CALL, reply(status)))
        assert not verdicts.no_failure(failed).holds
        assert not verdicts.as_expected(failed).holds
    assert not verdicts.as_expected(Ledger(slips=["odd"])).holds


OTHERS = [
    reply(503, "timeout", retry_after="1"),
    reply(503, "transient"),
    reply(503),
    Reply(503, {}, b"[]"),
    Reply(503, {}, b'{"issue": []}'),
    Reply(503, {}, b"<html>"),
]


@pytest.mark.parametrize("other", OTHERS, ids=lambda one: one.body.decode())
def test_a_503_for_another_reason_is_a_failure_unless_it_stops(other: Reply) -> None:
    ledger = told((CALL, other))
    assert ledger.shed == 0
    assert not verdicts.no_failure(ledger).holds
    assert not verdicts.as_expected(ledger).holds
    ledger = Ledger(stopping=True)
    ledger.answered("good", CALL, other, GOOD)
    assert verdicts.no_failure(ledger).holds
    assert verdicts.as_expected(ledger).holds
    ledger.answered("good", CALL, reply(500), GOOD)
    assert not verdicts.no_failure(ledger).holds


@pytest.mark.parametrize(
    ("memory", "holds"),
    [
        ([50.0, 80.0, 100.0, 100.0, 101.0, 100.0, 102.0, 104.0], True),
        # A body of 16 MiB comes and goes.
        ([50.0, 80.0, 100.0, 100.0, 100.0, 180.0, 100.0, 170.0, 101.0, 100.0, 100.0, 100.0], True),
        ([float(100 + 2 * second) for second in range(40)], False),
        ([], False),
        ([100.0] * 3, False),
    ],
)
def test_memory(memory: list[float], holds: bool) -> None:
    assert verdicts.flat("it", memory).holds is holds


def test_what_has_grown() -> None:
    assert verdicts.no_more("tasks", 5, {1: 5, 2: 4}).holds
    assert verdicts.no_more("threads", 5, {1: 7}, leeway=2).holds
    assert not verdicts.no_more("tasks", 5, {1: 5, 2: 6}).holds
    assert not verdicts.no_more("tasks", 5, {}).holds


def test_processes() -> None:
    assert verdicts.none_undead({1: ALIVE}, [], 0).holds
    assert not verdicts.none_undead({1: ZOMBIE}, [], 0).holds
    assert not verdicts.none_undead({1: ALIVE}, [1], 0).holds
    assert not verdicts.none_undead({1: ALIVE}, [], 1).holds


def metrics(calls: int, feedback: int = 0) -> str:
    return (
        "# TYPE orbicularis_requests_total counter\n"
        f'orbicularis_requests_total{{hook="a",status="200"}} {calls}.0\n'
        'orbicularis_requests_total{hook="b",status="200"} 1.0\n'
        "# TYPE orbicularis_feedback_requests_total counter\n"
        f'orbicularis_feedback_requests_total{{status="200"}} {feedback}.0\n'
    )


def test_counts() -> None:
    ledger = told((CALL, reply(200)), (CALL, reply(200)), (FEEDBACK, reply(200)))
    # What the service does not count: other paths, what its HTTP server answers by itself.
    ledger.answered("bad", get("/healthz"), reply(200), GOOD)
    ledger.answered("bad", CALL, Reply(400, {}, b""), frozenset({400}))
    assert verdicts.counts_agree(ledger, metrics(1, 1)).holds
    assert not verdicts.counts_agree(ledger, metrics(0, 1)).holds
    assert not verdicts.counts_agree(ledger, metrics(1)).holds
    assert not verdicts.counts_agree(ledger, metrics(2, 1)).holds
    ledger.abandoned = 1
    assert verdicts.counts_agree(ledger, metrics(2, 1)).holds
    assert not verdicts.counts_agree(Ledger(), "").holds


def test_tasks_are_told_by_process() -> None:
    text = '# TYPE orbicularis_tasks gauge\norbicularis_tasks{pid="7"} 5.0\n'
    assert verdicts.tasks(text) == {7: 5}


def test_the_log() -> None:
    assert verdicts.log_is_clean([], 3).holds
    assert not verdicts.log_is_clean([], 0).holds
    assert not verdicts.log_is_clean(["Traceback"], 3).holds


def test_faults_have_to_be_told() -> None:
    ledger = Ledger(kills=[Kill(1.0, 1, frozenset())])
    every = {"rules reloaded": 2, "rules not reloaded": 2, "worker died": 1}
    kept = {"started with the last good rules": 1}
    assert verdicts.faults_told(every | kept, [1], ledger, 1).holds
    assert not verdicts.faults_told(every, [1], ledger, 1).holds
    for deaths in ([], [2], [1, 2]):
        assert not verdicts.faults_told(every | kept, deaths, ledger, 1).holds
    for message in every:
        assert not verdicts.faults_told(every | kept | {message: 0}, [1], ledger, 1).holds


def test_rules() -> None:
    def judged(editions: int, refusals: int, **revisions: int) -> Verdict:
        return verdicts.reloads(editions, refusals, revisions, "new")

    assert judged(1, 1, new=30).holds
    assert not judged(0, 1, new=30).holds
    assert not judged(1, 0, new=30).holds
    assert not judged(1, 1, new=29, old=1).holds
    assert not judged(1, 1, old=30).holds


def test_the_ledger_stays_small() -> None:
    ledger = Ledger()
    for port in range(1000):
        ledger.none_came("good", port, 1.0)
        ledger.answered("good", CALL, reply(404), GOOD)
    assert len(ledger.lost) == len(ledger.unexpected) == MOST_TOLD
    assert ledger.answers["good", 404] == 1000
