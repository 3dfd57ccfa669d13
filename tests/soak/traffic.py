"""The clients: good, bad and hostile ones, all at once."""

import asyncio
import itertools
import json
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from orbicularis.api.sample import sample
from tests.api.hostile.request import Hostile
from tests.api.limits.wire import answered, connected, head
from tests.soak.corpus import PATH, Case
from tests.soak.fhir import Flapping
from tests.soak.ledger import Ledger, tell
from tests.soak.wire import Line, Lost, Reply, post

GOOD = frozenset({200})
_SERVER = "http://127.0.0.1:{port}/{number}"


class Traffic:
    """All clients of one service; each keeps its connection as long as it is good.

    Attributes:
        halted: set when no further request is to be begun.
    """

    def __init__(
        self, port: int, cases: Sequence[Case], ledger: Ledger, fhir: Flapping, seed: int
    ) -> None:
        self.halted = asyncio.Event()
        self._port = port
        self._cases = cases
        self._searched = [number for number, case in enumerate(cases) if case.searches]
        self._ledger = ledger
        self._fhir = fhir
        # Not for secrets: the same run again has the same requests.
        self._chance = random.Random(seed)  # noqa: S311
        self._turn = itertools.count()

    async def again_and_again(
        self, one: Callable[["Client"], Awaitable[None]], pause_s: float = 0.0
    ) -> None:
        """Do it until all is halted; each time with the same client."""
        client = Client(self._port, self._ledger)
        while not self.halted.is_set():
            await one(client)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.halted.wait(), pause_s or 0.001)
        client.close()

    async def good(self, client: "Client") -> None:
        """A call whose answer is known by the byte."""
        case = self._chance.choice(self._cases)
        self._judge("good", case, await client.ask("good", post(PATH, case.body), GOOD))

    async def needy(self, client: "Client") -> None:
        """A call for which the FHIR server has to be asked."""
        number = self._chance.choice(self._searched)
        case, well = self._cases[number], self._fhir.well_since()
        raw = post(PATH, case.from_server(_SERVER.format(port=self._fhir.port, number=number)))
        reply = await client.ask("fhir", raw, frozenset({200, 412}))
        if well is not None and well == self._fhir.well_since():
            self._judge("fhir", case, reply, fetched=True)

    def _judge(self, kind: str, case: Case, reply: Reply | None, *, fetched: bool = False) -> None:
        if reply is None or (reply.status != 200 and not fetched) or reply.status == 503:
            return  # told as unexpected, where it is
        if reply.status == 200 and reply.body in case.answers:
            return
        told = f"{kind}, {case.name}: {reply.status}"
        if fetched:
            self._ledger.suspect[reply.fields["x-request-id"]] = told
        else:
            tell(self._ledger.wrong, told)

    async def bad(self, client: "Client") -> None:
        """A call that is no proper one."""
        raw, status = BAD[next(self._turn) % len(BAD)]
        await client.ask("bad", raw, frozenset({status}))

    async def pieces(self, client: "Client") -> None:
        """A good call that comes slowly."""
        case = self._chance.choice(self._cases)
        raw = post(PATH, case.body)
        third = len(raw) // 3
        parts = raw[:third], raw[third : 2 * third], raw[2 * third :]
        self._judge("pieces", case, await client.ask("pieces", raw, GOOD, parts, 0.15))

    async def stalled(self, client: "Client") -> None:
        """A body that never comes."""
        raw = head(PATH, "Content-Length: 100", "Content-Type: application/json")
        await client.ask("stalled", raw, frozenset({408}))

    async def header(self, _: "Client") -> None:
        """A header that never comes to its end."""
        line = await Line.open(self._port)
        try:
            await line.send(b"POST /cds-services HTTP/1.1\r\nHost: a")
            told = await line.ended()
            if told:
                tell(self._ledger.slips, "an unfinished header was answered")
        except Lost as lost:
            self._ledger.none_came("header", line.port, line.opened, str(lost))
        finally:
            line.close()

    async def leaving(self, _: "Client") -> None:
        """A client that goes away: in the header, in the body, or while it is worked for."""
        number = self._chance.randrange(len(self._cases))
        asked = self._cases[number].from_server(_SERVER.format(port=self._fhir.port, number=number))
        raw = post(PATH, asked if number % 2 else self._cases[number].body)
        line = await Line.open(self._port)
        self._ledger.abandoned += 1
        with suppress(Lost):
            await line.send(raw[: self._chance.choice((20, len(raw) // 2, len(raw)))])
            await asyncio.sleep(self._chance.choice((0.0, 0.01, 0.1)))
        line.close()

    async def burst(self, _: "Client", number: int = 150) -> None:
        """More calls at once than a process takes."""
        await asyncio.gather(*(self._of_burst() for _ in range(number)))

    async def _of_burst(self) -> None:
        client = Client(self._port, self._ledger)
        case = self._chance.choice(self._cases)
        raw = post(PATH, case.body)
        parts = raw[:-10], raw[-10:]
        self._judge("burst", case, await client.ask("burst", raw, GOOD, parts, 0.4))
        client.close()

    def hostile(self, table: Sequence[Hostile]) -> Callable[["Client"], Awaitable[None]]:
        """One request of the table after the other."""
        turns = itertools.cycle(table)

        async def one(_: "Client") -> None:
            await asyncio.to_thread(self._attack, next(turns))

        return one

    def _attack(self, hostile: Hostile) -> None:
        sent = hostile.sent()
        with connected(f"http://127.0.0.1:{self._port}") as connection:
            port, opened = connection.getsockname()[1], time.monotonic()
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.sendall(sent)
            try:
                told = answered(connection, until_closed=hostile.until_closed)
            except TimeoutError:
                self._ledger.none_came(f"hostile: {hostile.name}", port, opened, "no answer")
                return
        if not told.status:
            self._ledger.none_came(f"hostile: {hostile.name}", port, opened, "closed")
            return
        top, _, body = told.text.partition("\r\n\r\n")
        fields = dict(line.lower().split(": ", 1) for line in top.split("\r\n")[1:] if ": " in line)
        # Whoever talks on may be told something more on the same connection.
        length = int(fields.get("content-length", len(body.encode())))
        reply = Reply(told.status, fields, body.encode()[:length])
        self._ledger.answered(f"hostile: {hostile.name}", sent, reply, hostile.statuses)


class Client:
    """Takes a connection, and another when it has to."""

    def __init__(self, port: int, ledger: Ledger) -> None:
        self._port = port
        self._ledger = ledger
        self._line: Line | None = None

    async def ask(
        self,
        kind: str,
        raw: bytes,
        allowed: frozenset[int],
        parts: Sequence[bytes] = (),
        pause_s: float = 0.0,
    ) -> Reply | None:
        """Send, in parts if there are some, and take the answer down; None when it is lost."""
        if self._line is None or not self._line.reusable:
            self.close()
            self._line = await Line.open(self._port)
        line = self._line
        try:
            for part in parts or (raw,):
                await line.send(part)
                if parts and part is not parts[-1]:
                    await asyncio.sleep(pause_s)
            reply = await line.reply()
        except Lost as lost:
            self._ledger.none_came(kind, line.port, line.opened, str(lost))
            self.close()
            return None
        self._ledger.answered(kind, raw, reply, allowed)
        return reply

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


def _bad() -> list[tuple[bytes, int]]:
    good = sample("hypoparathyroidism.request")
    feedback = sample("feedback-accepted.request")
    whole = json.dumps(good).encode()

    def changed(**parts: object) -> bytes:
        return post(PATH, json.dumps({**good, **parts}).encode())

    def told(content: object) -> bytes:
        return post(f"{PATH}/feedback", json.dumps(content).encode())

    return [
        (post(PATH, b"{"), 400),
        (post(PATH, whole[:-1]), 400),
        (changed(hook="nobody-knows"), 400),
        (changed(hookInstance=7), 400),
        (changed(context={}), 400),
        (changed(context=[]), 400),
        (changed(prefetch="zq7marker"), 400),
        (changed(prefetch={}), 412),
        (changed(prefetch={str(i): None for i in range(100)}), 413),
        (post("/cds-services/nobody", whole), 404),
        (post("/cds-services/nobody/feedback", whole), 404),
        (post("/nowhere", whole), 404),
        (post(PATH, whole, "Accept: text/html"), 406),
        (post(PATH, whole, "Content-Encoding: gzip"), 415),
        (head(PATH, "Content-Type: text/plain", "Content-Length: 2") + b"{}", 415),
        (head("/readyz", "Content-Length: 0"), 405),
        (head(PATH, method="GET"), 405),
        (head("/cds-services", method="GET"), 200),
        (head("/rules/", method="GET"), 200),
        (head("/healthz", method="GET"), 200),
        (told(feedback), 200),
        (told(sample("feedback-batch.request")), 200),
        (told(sample("feedback-overridden.request")), 200),
        (told({"feedback": [{}]}), 400),
        (told({"feedback": [{**feedback["feedback"][0], "outcome": "zq7marker"}]}), 400),
    ]


BAD = _bad()
