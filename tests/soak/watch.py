"""Looks at every worker once a second, from its first to its last."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from tests.soak.process import Gone, Look, look
from tests.soak.service import Service


@dataclass
class Watch:
    """What was seen.

    Attributes:
        memory: of each process the memory in MiB, once a second.
    """

    memory: dict[int, list[float]] = field(default_factory=dict)

    async def on(self, service: Service) -> None:
        """Look until cancelled; what has died meanwhile is forgotten."""
        while True:
            living = [service.pid, *service.workers()]
            self.memory = {pid: self.memory.get(pid, []) for pid in living}
            for pid in living:
                with suppress(Gone):
                    self.memory[pid].append(look(pid).rss)
            await asyncio.sleep(1.0)


def looked_at(pids: list[int], aside: int) -> dict[int, Look]:
    """How each of these processes is now."""
    found = {}
    for pid in pids:
        with suppress(Gone):
            found[pid] = look(pid, aside)
    return found
