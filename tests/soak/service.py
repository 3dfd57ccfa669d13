"""The service as an operator starts it, its processes, and all that it logs."""

import asyncio
import json
import os
import signal
import time
from asyncio.subprocess import PIPE, Process
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.api.marked import WORD
from tests.api.served import started
from tests.soak.ledger import Kill, tell
from tests.soak.process import Gone, look, ports_of, workers
from tests.soak.wire import Line, Lost, Reply, get
from tests.support.patience import PATIENCE_S

_LIMIT = 1 << 20


class NotInTime(AssertionError):
    """Something that had to come did not."""


@dataclass
class Service:
    """A running service.

    Attributes:
        process: the parent.
        port: where it is reached.
        messages: how often it has logged what.
        told: which processes have said so of which revision, and when first: by message,
            process and revision.
        odd: lines that no log should hold.
        unfetched: ids of calls for which not all could be fetched.
        seen: when each worker was first seen.
        deaths: workers whose death was told.
        settled: since when each worker is known to be at work, with its rules loaded.
    """

    process: Process
    port: int = 0
    messages: Counter[str] = field(default_factory=Counter)
    told: dict[tuple[str, int, str], float] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)
    unfetched: set[str] = field(default_factory=set)
    seen: dict[int, float] = field(default_factory=dict)
    deaths: list[int] = field(default_factory=list)
    settled: dict[int, float] = field(default_factory=dict)
    _reading: asyncio.Task[None] | None = None

    @classmethod
    async def start(cls, *options: str, **settings: str) -> "Service":
        """Start it, and wait until every worker is at work."""
        command, environment = started(*options, **settings)
        process = await asyncio.create_subprocess_exec(
            *command, env=environment, stderr=PIPE, limit=_LIMIT
        )
        service = cls(process)
        assert process.stderr is not None
        while not service.port:
            line = await asyncio.wait_for(process.stderr.readline(), PATIENCE_S)
            service._take(line)
            if not line:
                raise NotInTime(f"it did not start: {service.odd}")
        service._reading = asyncio.create_task(service._read())
        return service

    @property
    def pid(self) -> int:
        return self.process.pid

    def workers(self) -> list[int]:
        """The workers, the eldest first."""
        found = sorted(workers(self.pid), key=lambda pid: self.seen.get(pid, time.monotonic()))
        for pid in found:
            self.seen.setdefault(pid, time.monotonic())
        return found

    def kill(self, pid: int, *, broken: bool) -> Kill:
        """Kill a worker at once; which connections are its own is read while it stands still."""
        os.kill(pid, signal.SIGSTOP)
        until = time.monotonic() + PATIENCE_S
        while look(pid).state != "T":
            assert time.monotonic() < until
        kill = Kill(time.monotonic(), pid, ports_of(pid, self.port), broken)
        os.kill(pid, signal.SIGKILL)
        return kill

    def whose(self, port: int) -> str:
        """Who has taken the connection from that port; for the telling of a loss."""
        pids = [pid for pid in self.workers() if port in ports_of(pid, self.port)]
        states = [f"{pid} ({look(pid).state})" for pid in pids]
        return f"held by {', '.join(states) or 'nobody'}"

    async def ask(self, path: str) -> Reply:
        """GET, from whichever worker takes it."""
        for _ in range(20):
            line = await Line.open(self.port)
            try:
                await line.send(get(path))
                return await line.reply()
            except Lost:
                # Not every request that is lost belongs in the ledger: this one asks again.
                await asyncio.sleep(0.2)
            finally:
                line.close()
        raise NotInTime(path)

    async def metrics(self) -> str:
        return (await self.ask("/metrics")).body.decode()

    async def at_work(self, number: int) -> list[int]:
        """Wait until so many workers have begun to work; their ids, the eldest first."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            found = self.workers()
            if len(found) == number and await self._all_told(found):
                for pid in found:
                    self.settled.setdefault(pid, time.monotonic())
                return found
            await asyncio.sleep(0.1)
        raise NotInTime(f"{number} workers at work")

    async def _all_told(self, pids: list[int]) -> bool:
        try:
            text = await self.metrics()
        except OSError:
            return False
        return all(f'orbicularis_tasks{{pid="{pid}"}}' in text for pid in pids)

    async def stopped(self) -> int:
        """Wait until it has stopped and all is read that it has logged; the exit code."""
        code = await asyncio.wait_for(self.process.wait(), PATIENCE_S)
        if self._reading is not None:
            await self._reading
        return code

    async def _read(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self._take(line)

    def _take(self, raw: bytes) -> None:
        line = raw.decode("utf-8", "replace").strip()
        if not line:
            return
        try:
            told: dict[str, Any] = json.loads(line)
            message = str(told["message"])
        except (ValueError, KeyError, TypeError):
            tell(self.odd, line[:300])
            return
        self.messages[message] += 1
        if WORD in line or "Traceback" in line or message == "failed":
            tell(self.odd, line[:600])
        if message == "fhir access" and told["failures"]:
            self.unfetched.add(str(told["request_id"]))
        if message == "serving":
            self.port = int(str(told["at"]).rsplit(":", 1)[1].split("/")[0])
        if message == "worker died":
            self.deaths.append(int(told["pid"]))
        if "pid" in told:
            about = str(told.get("revision", told.get("still_served", "")))
            self.told[message, int(told["pid"]), about] = time.monotonic()


def alive(pid: int) -> bool:
    """Whether there is such a process that is no zombie."""
    try:
        return look(pid).state != "Z"
    except Gone:
        return False
