"""What goes wrong on purpose: broken rules, killed workers, a FHIR server of changing mood."""

import asyncio
import itertools
import time

from tests.soak.fhir import Flapping, Mood
from tests.soak.folder import Folder
from tests.soak.ledger import Ledger, tell
from tests.soak.service import NotInTime, Service
from tests.support.patience import PATIENCE_S

_MOODS = (
    Mood.WELL,
    Mood.SLOW,
    Mood.FAILING,
    Mood.WELL,
    Mood.RESETTING,
    Mood.AWAY,
    Mood.WELL,
    Mood.BABBLING,
    Mood.DRIPPING,
)


class Faults:
    """Makes them, one after the other, and sees that each is told.

    Attributes:
        editions: good editions that were served by all.
        refusals: broken editions that were refused by all.
        orphans: processes that had to start while the rules were broken.
    """

    def __init__(self, service: Service, folder: Folder, ledger: Ledger) -> None:
        self.editions = self.refusals = self.orphans = 0
        self._service = service
        self._folder = folder
        self._ledger = ledger
        self._one_kill = asyncio.Lock()

    async def edit(self, until: float, pause_s: float) -> None:
        """Good and bad editions in turn; in every second bad time a worker dies."""
        for turn in itertools.count(1):
            if time.monotonic() > until:
                return
            began = time.monotonic()
            self._folder.next_edition()
            self.editions += await self._told("rules reloaded", self._folder.revision, began)
            await asyncio.sleep(pause_s)
            began = time.monotonic()
            self._folder.break_it()
            self.refusals += await self._told("rules not reloaded", self._folder.revision, began)
            await self._see_that_it_is_told()
            if turn % 2:
                await self.kill()
                self.orphans += 1
            await asyncio.sleep(pause_s)

    async def kill(self) -> None:
        """Kill the youngest worker; the eldest lives for the whole run, to be looked at."""
        async with self._one_kill:
            youngest = (await self._service.at_work(2))[-1]
            kill = self._service.kill(youngest, broken=self._folder.broken)
            self._ledger.kills.append(kill)
            until = time.monotonic() + PATIENCE_S
            while youngest in self._service.workers():
                if time.monotonic() > until:
                    raise NotInTime("a dead worker was not noticed")
                await asyncio.sleep(0.05)
            await self._service.at_work(2)

    async def killing(self, until: float, every_s: float) -> None:
        """Kill one every so often."""
        while time.monotonic() + every_s < until:
            await asyncio.sleep(every_s)
            await self.kill()

    async def _told(self, message: str, revision: str, since: float) -> bool:
        """Whether all who were at work have told it; who has just started need not."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            missing = [
                pid
                for pid in self._service.workers()
                if self._service.settled.get(pid, since) < since
                and self._service.told.get((message, pid, revision[:12]), 0.0) < since
            ]
            if not missing:
                return True
            await asyncio.sleep(0.05)
        tell(self._ledger.slips, f"not told by {len(missing)} of the workers: {message}")
        return False

    async def _see_that_it_is_told(self) -> None:
        text = await self._service.metrics()
        if "orbicularis_rules_stale 1.0" not in text:
            tell(self._ledger.slips, "broken rules are not told by the metrics")
        # A worker that read the rules just before they were broken has yet to see that they are.
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            ready = (await self._service.ask("/readyz")).body
            if b'"stale":true' in ready and self._folder.revision.encode() in ready:
                return
            await asyncio.sleep(0.1)
        tell(self._ledger.slips, "broken rules are not told by /readyz")


async def flapping(fhir: Flapping, until: float, every_s: float) -> None:
    """Change the mood of the FHIR server."""
    for mood in itertools.cycle(_MOODS):
        if time.monotonic() > until:
            break
        await fhir.become(mood)
        await asyncio.sleep(every_s)
    await fhir.become(Mood.WELL)
