"""The parent of several server processes."""

import logging
import os
import signal

from uvicorn.supervisors import Multiprocess

_LOG = logging.getLogger("orbicularis.serve")
_STARTING_S = 30.0
"""How long a process that is just starting is waited for before it is told something."""


class Workers(Multiprocess):
    """Hands SIGHUP on, where uvicorn would start every process anew, and tells of deaths.

    A process that reloads keeps the rules that it has when the new ones are broken, drops no
    connection, and is at work all the time.
    """

    def handle_hup(self) -> None:
        """Let every process look for new rules; a signal before it listens would end it."""
        for process in self.processes:
            if process.wait_until_ready(_STARTING_S, self.should_exit) and process.pid is not None:
                os.kill(process.pid, signal.SIGHUP)

    def keep_subprocess_alive(self) -> None:
        """Start processes for those that have died; uvicorn does so without a word."""
        before = list(self.processes)
        super().keep_subprocess_alive()
        for old, new in zip(before, self.processes, strict=True):
            if old is not new:
                fields = {"pid": old.pid, "exit_code": old.exitcode, "started": new.pid}
                _LOG.error("worker died", extra={"fields": fields})
