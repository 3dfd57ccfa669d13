"""The deadline, and clients that leave: nothing goes on in vain."""

import asyncio
import logging
import time
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from orbicularis.api.fhir_access.access import Access
from orbicularis.api.fhir_access.fetcher import Fetcher
from orbicularis.api.fhir_access.place import Place
from orbicularis.api.fhir_access.presence import while_connected
from orbicularis.api.refusal import Refusal
from orbicularis.engine.prefetch import templates
from orbicularis.facts.call import Call
from tests.api.fhir_access.calls import (
    LABORATORY,
    PATIENT,
    PERSON,
    RULES,
    SERVICE,
    SYMPTOMS,
    asked,
    completed,
    failures,
    kept,
    observation,
    page,
    run,
)
from tests.api.fhir_access.fhir_server import FhirServer, json_response
from tests.api.limits.wire import connected, head
from tests.support.patience import PATIENCE_S

SECOND = "Observation?page=2"


class Deadline:
    """A deadline that comes when a test says so, and not by the clock: see ``asyncio.timeout``."""

    def __init__(self) -> None:
        self._timeout = asyncio.Timeout(None)

    def __call__(self, seconds: float) -> asyncio.Timeout:
        return self._timeout

    def when(self, server: FhirServer, true: Callable[[], bool]) -> Call:
        """Complete a call, whose time is up then."""

        async def come() -> None:
            await until(true)
            self._timeout.reschedule(asyncio.get_running_loop().time())

        async def use(access: Access) -> Call:
            coming = asyncio.create_task(come())
            call = await complete(access, server)
            await coming
            return call

        return run(use)


@pytest.fixture
def deadline(monkeypatch: pytest.MonkeyPatch) -> Deadline:
    made = Deadline()
    monkeypatch.setattr("orbicularis.api.fhir_access.access.asyncio.timeout", made)
    return made


def test_what_arrived_in_time_is_used_and_the_rest_told(
    ehr: FhirServer, deadline: Deadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived: list[bytes] = []
    get = Fetcher.get

    async def noted(self: Fetcher, place: Place, *, vital: bool) -> bytes:
        arrived.append(await get(self, place, vital=vital))
        return arrived[-1]

    monkeypatch.setattr(Fetcher, "get", noted)
    first = page(observation(), then=SECOND)
    ehr.answers = {PATIENT: PERSON, LABORATORY: ehr.hang, SYMPTOMS: first, SECOND: ehr.hang}
    call = deadline.when(ehr, lambda: len(arrived) == 2 and len(ehr.requests) == 4)
    assert kept(call) == {"patient": [PERSON], "laboratory": [], "symptoms": [first]}
    assert failures(call) == {"laboratory": "timed out", "symptoms": "timed out"}
    assert all(one.asked for one in call.fetched.values())


def test_one_deadline_holds_for_all_pages_together(late_ehr: FhirServer) -> None:
    async def slowly(request: Request) -> Any:
        await asyncio.sleep(0.1)
        return json_response(page(then=f"Observation?page={len(late_ehr.requests)}"))

    late_ehr.answers = {SYMPTOMS: slowly} | {f"Observation?page={n}": slowly for n in range(1, 101)}
    prefetch = {"patient": None, "laboratory": None}
    call = completed(asked(late_ehr.base, prefetch), fhir_timeout_s=0.5, fhir_max_pages=100)
    assert failures(call) == {"symptoms": "timed out"}
    assert len(late_ehr.requests) <= 6


def test_at_the_deadline_the_connections_are_closed(late_ehr: FhirServer) -> None:
    late_ehr.answers = {PATIENT: late_ehr.hang, LABORATORY: late_ehr.hang, SYMPTOMS: late_ehr.hang}

    async def use(access: Access) -> None:
        call = await complete(access, late_ehr)
        assert set(failures(call).values()) == {"timed out"}
        await until(lambda: len(late_ehr.left) == len(late_ehr.requests))

    run(use, fhir_timeout_s=0.3)


def test_waiting_for_a_slot_counts(
    ehr: FhirServer, deadline: Deadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orbicularis.api.fhir_access.access.IN_FLIGHT", 1)
    ehr.answers = {SYMPTOMS: ehr.hang}
    call = deadline.when(ehr, lambda: len(ehr.requests) == 1)
    assert set(failures(call).values()) == {"timed out"}
    assert ehr.asked_for == [SYMPTOMS]


def test_slots_of_those_who_left_are_free_again(
    ehr: FhirServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orbicularis.api.fhir_access.access.IN_FLIGHT", 1)

    async def use(access: Access) -> None:
        for _ in range(3):
            ehr.answers = {SYMPTOMS: ehr.hang}
            working = asyncio.create_task(complete(access, ehr))
            await until(lambda: len(ehr.requests) == 1)
            working.cancel()
            with pytest.raises(asyncio.CancelledError):
                await working
            ehr.reset()
        ehr.answers = {PATIENT: PERSON, LABORATORY: page(), SYMPTOMS: page()}
        assert failures(await complete(access, ehr)) == {}

    run(use)


def test_a_client_that_leaves_takes_all_requests_with_it(ehr: FhirServer) -> None:
    ehr.answers = {PATIENT: ehr.hang, LABORATORY: ehr.hang, SYMPTOMS: ehr.hang}

    async def use(access: Access) -> None:
        async def receive() -> dict[str, str]:
            await until(lambda: len(ehr.requests) == 3)
            return {"type": "http.disconnect"}

        request = Request({"type": "http"}, receive)
        with pytest.raises(Refusal):
            await while_connected(request, complete(access, ehr))
        await until(lambda: len(ehr.left) == 3)

    run(use)


def test_a_client_that_stays_gets_its_answer(ehr: FhirServer) -> None:
    ehr.answers = {PATIENT: PERSON, LABORATORY: page(), SYMPTOMS: page()}

    async def use(access: Access) -> Call:
        async def receive() -> dict[str, str]:
            await asyncio.Event().wait()
            raise AssertionError

        request = Request({"type": "http"}, receive)
        return await while_connected(request, complete(access, ehr))

    assert failures(run(use)) == {}


def test_a_client_that_hangs_up_on_a_real_connection_ends_the_work(ehr: FhirServer) -> None:
    begun, ended = Event(), Event()

    async def work() -> Response:
        begun.set()
        try:
            await asyncio.Event().wait()
            raise AssertionError
        finally:
            ended.set()

    async def serve(request: Request) -> Response:
        try:
            return await while_connected(request, work())
        except Refusal as refused:
            return refused.response()

    ehr.answers = {"x": serve}
    with connected(ehr.origin) as connection:
        connection.sendall(head("/fhir/x", method="GET"))
        assert begun.wait(PATIENCE_S)
    assert ended.wait(PATIENCE_S)


def test_an_error_in_the_work_is_not_swallowed() -> None:
    async def wrong() -> None:
        raise ZeroDivisionError

    async def receive() -> dict[str, str]:
        await asyncio.Event().wait()
        raise AssertionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(while_connected(Request({"type": "http"}, receive), wrong()))


def test_a_deadline_is_no_error_in_the_log(
    late_ehr: FhirServer, caplog: pytest.LogCaptureFixture
) -> None:
    late_ehr.answers = {PATIENT: late_ehr.hang, LABORATORY: late_ehr.hang, SYMPTOMS: late_ehr.hang}
    with caplog.at_level(logging.DEBUG):
        completed(asked(late_ehr.base), fhir_timeout_s=0.3)
    mine = [one for one in caplog.records if one.name == "orbicularis.fhir_access"]
    assert [one.levelname for one in mine] == ["INFO"]
    assert not [one for one in caplog.records if one.levelno >= logging.WARNING]


async def complete(access: Access, server: FhirServer) -> Call:
    return await access.complete(asked(server.base), SERVICE, templates(SERVICE, RULES))


async def until(true: Any) -> None:
    """Wait for what happens in another thread; what never happens fails."""
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)
