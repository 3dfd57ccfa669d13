"""How long tests wait for what has to come: a slow or busy machine is no defect."""

import inspect

import httpx

PATIENCE_S = 120.0
_KEPT_FOR_S = 2.0
"""Shorter than the service keeps an idle connection: one that is just being closed is not used."""


def be_patient() -> None:
    """Let HTTP clients for which a test sets no time wait for long, not for five seconds.

    What the service fetches by itself has times of its own, and is not touched.
    """
    parameters = inspect.signature(httpx.Client).parameters
    timeout: httpx.Timeout = parameters["timeout"].default
    timeout.connect = timeout.read = timeout.write = timeout.pool = PATIENCE_S
    limits: httpx.Limits = parameters["limits"].default
    limits.keepalive_expiry = _KEPT_FOR_S
