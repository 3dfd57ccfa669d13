"""One run, from start to stop."""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from orbicularis.api.fhir_access.access import IN_FLIGHT
from tests.api.hostile.request import Hostile
from tests.soak import verdicts
from tests.soak.corpus import Case, corpus
from tests.soak.faults import Faults, flapping
from tests.soak.fhir import Flapping, Mood
from tests.soak.folder import Folder
from tests.soak.ledger import Ledger, tell
from tests.soak.process import Look
from tests.soak.service import NotInTime, Service, alive
from tests.soak.traffic import Client, Traffic
from tests.soak.verdicts import MOST_GROWTH_MIB, Verdict
from tests.soak.watch import Watch, looked_at
from tests.support.patience import PATIENCE_S

THREADS = min(32, (os.cpu_count() or 1) + 4) + 2
"""An event loop keeps its pool of threads once they were needed, and the pool of the routes
that are no coroutines lets an idle one go only when it needs another."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, and how much of each.

    Attributes:
        seconds: how long there is traffic.
        hostile: requests of the table that are sent, again and again.
        patients: vignettes that are called for, about.
        kill_s: how often a worker is killed, besides those in bad times of the rules.
        edit_s: pause between two edits.
        mood_s: how long the FHIR server keeps its mood.
        burst_s: how often there is more load than is taken.
        stall_s: how long the service waits for a body or a header.
        quiet_s: time to come to rest before the last look.
        most_growth_mib: of a worker's memory.
        seed: of what is left to chance.
    """

    seconds: float
    hostile: Sequence[Hostile]
    patients: int = 60
    kill_s: float = 25.0
    edit_s: float = 3.0
    mood_s: float = 4.0
    burst_s: float = 11.0
    stall_s: float = 6.0
    quiet_s: float = 12.0
    most_growth_mib: float = MOST_GROWTH_MIB
    seed: int = 7


@dataclass(slots=True)
class Ran:
    """What a run gives: the verdicts, and what happened."""

    verdicts: list[Verdict]
    ledger: Ledger
    seconds: float


async def run(plan: Plan) -> Ran:
    """Run it all."""
    began = time.monotonic()
    with TemporaryDirectory(prefix="orbicularis-soak-") as place:
        folder = Folder.copied(Path(place) / "rules")
        cases = corpus(folder, plan.seconds, plan.patients)
        fhir = Flapping(dict(enumerate(cases)))
        await fhir.start()
        service = await _service(plan, folder, fhir)
        try:
            run = _Run(plan, service, folder, fhir, cases)
            return Ran(await run.whole(), run.ledger, time.monotonic() - began)
        finally:
            await fhir.stop()
            if service.process.returncode is None:
                for pid in (service.pid, *service.workers()):
                    os.kill(pid, signal.SIGKILL)
                await service.stopped()


async def _service(plan: Plan, folder: Folder, fhir: Flapping) -> Service:
    return await Service.start(
        *("--workers", "2", "--reload-rules", "--rules", str(folder.path)),
        METRICS="true",
        DOCS="true",
        ALLOWED_FHIR_SERVERS=f"http://127.0.0.1:{fhir.port}",
        BODY_TIMEOUT_S=f"{plan.stall_s}",
        HEADER_TIMEOUT_S=f"{plan.stall_s}",
        # A good call, too, may take a second on a busy machine; and while one is read, the
        # bodies of others wait: their time has to be longer.
        READING_TIMEOUT_S="2",
        MAX_CONCURRENT="12",
        MAX_QUEUED="12",
        QUEUE_TIMEOUT_S="0.5",
        DRAIN_S="2",
    )


class _Run:
    """The parts of one run."""

    def __init__(
        self,
        plan: Plan,
        service: Service,
        folder: Folder,
        fhir: Flapping,
        cases: Sequence[Case],
    ) -> None:
        self.ledger = Ledger(whose=service.whose)
        self._plan = plan
        self._service = service
        self._folder = folder
        self._fhir = fhir
        self._cases = cases
        self._faults = Faults(service, folder, self.ledger)
        self._watch = Watch()

    async def whole(self) -> list[Verdict]:
        """Look, strain, let rest, look again, stop."""
        service, ledger = self._service, self.ledger
        eldest, _ = await service.at_work(2)
        await self._first_calls()
        before = looked_at([eldest], self._fhir.port)[eldest]
        parent = looked_at([service.pid], self._fhir.port)[service.pid]
        tasks = (await self._tasks())[eldest]
        await self._strain()
        await asyncio.sleep(self._plan.quiet_s)
        after = await self._at_rest(before.descriptors)
        pids = list(after)
        parents = looked_at([service.pid], self._fhir.port)
        tasks_after = await self._tasks()
        metrics = await service.metrics()
        counted = verdicts.counts_agree(ledger, metrics)
        revisions = await self._revisions()
        await self._stop()
        code = await service.stopped()
        ledger.clear(service.unfetched)
        left = [pid for pid in (service.pid, *pids) if alive(pid)]
        growth = self._plan.most_growth_mib
        return [
            verdicts.nothing_lost(ledger),
            verdicts.nothing_wrong(ledger),
            verdicts.no_failure(ledger),
            verdicts.shed_properly(ledger),
            verdicts.as_expected(ledger),
            verdicts.reloads(
                self._faults.editions, self._faults.refusals, revisions, self._folder.revision
            ),
            counted,
            verdicts.flat("the eldest worker", self._watch.memory.get(eldest, ()), growth),
            verdicts.flat("the parent", self._watch.memory.get(service.pid, ()), growth),
            verdicts.no_more(
                "descriptors of workers",
                before.descriptors,
                {pid: one.descriptors for pid, one in after.items()},
            ),
            verdicts.no_more(
                "descriptors of the parent",
                parent.descriptors,
                {pid: one.descriptors for pid, one in parents.items()},
            ),
            verdicts.no_more(
                "connections kept to FHIR servers",
                0,
                {pid: one.pooled for pid, one in after.items()},
                IN_FLIGHT,
            ),
            verdicts.no_more(
                "threads of workers",
                before.threads,
                {pid: one.threads for pid, one in after.items()},
                THREADS,
            ),
            verdicts.no_more("asyncio tasks of workers", tasks, tasks_after),
            verdicts.none_undead(after | parents, left, code),
            verdicts.faults_told(service.messages, service.deaths, ledger, self._faults.orphans),
            verdicts.log_is_clean(service.odd, service.messages.total()),
        ]

    async def _first_calls(self) -> None:
        """Some of each kind, and rest: what is opened with the first call is no leak."""
        traffic = Traffic(self._service.port, self._cases, self.ledger, self._fhir, 0)
        for one in (traffic.good, traffic.needy, traffic.good):
            clients = [Client(self._service.port, self.ledger) for _ in range(16)]
            await asyncio.gather(*(one(client) for client in clients))
            for client in clients:
                client.close()
        await asyncio.sleep(1.5)

    async def _strain(self) -> None:
        plan, faults = self._plan, self._faults
        traffic = Traffic(self._service.port, self._cases, self.ledger, self._fhir, plan.seed)
        until = time.monotonic() + plan.seconds
        clients = [
            *(traffic.again_and_again(traffic.good) for _ in range(3)),
            *(traffic.again_and_again(traffic.needy, 0.02) for _ in range(3)),
            traffic.again_and_again(traffic.bad, 0.02),
            traffic.again_and_again(traffic.pieces, 0.1),
            traffic.again_and_again(traffic.stalled, 1.0),
            traffic.again_and_again(traffic.header, 1.0),
            traffic.again_and_again(traffic.leaving, 0.1),
            traffic.again_and_again(traffic.burst, plan.burst_s),
            traffic.again_and_again(traffic.hostile(plan.hostile), 0.05),
        ]
        watching = asyncio.create_task(self._watch.on(self._service))
        going = [asyncio.create_task(client) for client in clients]
        wrongs: list[object] = []
        wrongs += await asyncio.gather(
            faults.edit(until, plan.edit_s),
            faults.killing(until, plan.kill_s),
            flapping(self._fhir, until, plan.mood_s),
            asyncio.sleep(plan.seconds),
            return_exceptions=True,
        )
        self._folder.next_edition()
        traffic.halted.set()
        wrongs += await asyncio.gather(*going, return_exceptions=True)
        watching.cancel()
        wrongs += await asyncio.gather(watching, return_exceptions=True)
        for wrong in wrongs:
            if isinstance(wrong, Exception):
                tell(self.ledger.slips, f"{type(wrong).__name__}: {wrong}")

    async def _at_rest(self, descriptors: int) -> dict[int, Look]:
        """How the workers are when none has more of them; if one leaks, how it is in the end.

        A busy machine may take its time to close the connections of clients that have gone. One
        that the FHIR server has reset is in no table of sockets any more, and is let go with the
        next request.
        """
        until = time.monotonic() + PATIENCE_S
        traffic = Traffic(self._service.port, self._cases, self.ledger, self._fhir, 0)
        while True:
            pids = await self._service.at_work(2)
            # The connection of our own last question is closed by then.
            await asyncio.sleep(0.5)
            after = looked_at(pids, self._fhir.port)
            if time.monotonic() > until or all(
                one.descriptors <= descriptors for one in after.values()
            ):
                return after
            clients = [Client(self._service.port, self.ledger) for _ in range(8)]
            await asyncio.gather(*(traffic.needy(client) for client in clients))
            for client in clients:
                client.close()

    async def _tasks(self) -> dict[int, int]:
        """The fewest of some looks, because to ask is a task, too."""
        looks = []
        for _ in range(4):
            await asyncio.sleep(1.1)
            looks.append(verdicts.tasks(await self._service.metrics()))
        return {
            pid: min(look.get(pid, number) for look in looks) for pid, number in looks[-1].items()
        }

    async def _revisions(self) -> Counter[str]:
        """Which rules are served, by whoever answers."""
        found: Counter[str] = Counter()
        for _ in range(30):
            ready = msgspec.json.decode((await self._service.ask("/readyz")).body)
            found[ready["bundle"]["revision"]] += 1
        return found

    async def _stop(self) -> None:
        """Stop it with calls in flight: clients go on until they hear that it is leaving."""
        await self._fhir.become(Mood.SLOW)
        traffic = Traffic(
            self._service.port, self._cases, self.ledger, self._fhir, self._plan.seed + 1
        )
        clients = [
            *(traffic.again_and_again(traffic.good) for _ in range(3)),
            *(traffic.again_and_again(traffic.needy) for _ in range(6)),
        ]
        going = [asyncio.create_task(client) for client in clients]
        await asyncio.sleep(0.5)
        self.ledger.stopping = True
        self._service.process.send_signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE_S
        while self._service.messages["draining"] < 2:
            if time.monotonic() > until:
                raise NotInTime("draining was not told by both")
            await asyncio.sleep(0.02)
        traffic.halted.set()
        await asyncio.gather(*going)
