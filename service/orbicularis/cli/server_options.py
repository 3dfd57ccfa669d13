"""What uvicorn is told."""

from functools import partial
from typing import Any

from orbicularis.api.connection import Connection
from orbicularis.api.settings import Settings

KEEP_ALIVE_S = 5
"""A proxy has to close idle connections before that (docker/nginx.conf)."""


HUNG_S = 15
"""A worker that has not answered its parent for so long is taken for hung and killed, with the
calls that it has in hand. On a machine that is overloaded five seconds, uvicorn's own limit, come
to pass without anything being wrong."""


def options(settings: Settings) -> dict[str, Any]:
    """Options of a server that these settings ask for.

    It is not told to bound how many connections or requests there are: it would turn probes
    away like anybody else. The application does that itself.
    """
    return {
        # It logs through the logging that we configured, and we log the calls ourselves.
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        "ws": "none",
        "http": partial(
            Connection,
            header_bytes=settings.max_header_bytes,
            header_s=settings.header_timeout_s,
        ),
        "timeout_keep_alive": KEEP_ALIVE_S,
        "timeout_worker_healthcheck": HUNG_S,
        "timeout_graceful_shutdown": settings.stop_timeout_s,
    }
