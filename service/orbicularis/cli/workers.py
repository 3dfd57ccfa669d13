"""The parent of several server processes."""

import os
import signal

from uvicorn.supervisors import Multiprocess


class Workers(Multiprocess):
    """Hands SIGHUP on, where uvicorn would start every process anew.

    A process that reloads keeps the rules that it has when the new ones are broken, drops no
    connection, and is at work all the time.
    """

    def handle_hup(self) -> None:
        """Let every process look for new rules."""
        for process in self.processes:
            if process.pid is not None and process.process.is_alive():
                os.kill(process.pid, signal.SIGHUP)
