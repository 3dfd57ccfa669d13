"""Listening: the socket on which the service is reached."""

import socket

BACKLOG = 2048


class NotListening(Exception):
    """The address cannot be listened on; says why and what to do."""


def listen(host: str, port: int) -> socket.socket:
    """Take the port, before anything is started that would have to be stopped again.

    Args:
        host: name or address of the interface.
        port: port to take; 0 takes a free one.

    Raises:
        NotListening: the port is taken, or the address is not ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise NotListening(
            f"Cannot listen on {host}, port {port}: {error.strerror or error}. "
            "Choose another with --host and --port."
        ) from None
    # Worker processes are handed the socket.
    listening.set_inheritable(True)
    return listening


def url(listening: socket.socket) -> str:
    """The base URL at which the service is reached."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
