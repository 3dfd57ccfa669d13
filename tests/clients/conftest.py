"""The running service, as a client finds it: the one that is held against the requirements."""

from tests.conformance.conftest import base_url, client, engine

__all__ = ["base_url", "client", "engine"]
