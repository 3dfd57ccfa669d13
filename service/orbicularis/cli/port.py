"""A free port on the loopback interface."""

import socket


def free_port() -> int:
    """Ask the operating system for a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
