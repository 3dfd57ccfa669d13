"""The HTTP client of FHIR servers: it does what it is told, and remembers nothing."""

import logging
import ssl
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

_KEPT_FOR_S = 4.0
"""Shorter than servers keep an idle connection: one that is just being closed is not reused."""

_HEADERS = {
    "Accept": "application/fhir+json",
    # A compressed body of any length could hide in a few bytes.
    "Accept-Encoding": "identity",
    "User-Agent": "orbicularis",
}


def client(seconds: float, most: int) -> httpx.AsyncClient:
    """Make the client that all calls share.

    No redirects, no cookies, nothing from the environment (proxies, netrc). Certificates are
    judged by the system's own store, where hospitals keep their authorities.

    Args:
        seconds: how long any one step may take.
        most: requests that are under way at most.
    """
    # It logs whole URLs, in which the patient's id stands.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return httpx.AsyncClient(
        headers=_HEADERS,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        verify=ssl.create_default_context(),
        timeout=seconds,
        follow_redirects=False,
        trust_env=False,
        limits=httpx.Limits(
            max_connections=most,
            max_keepalive_connections=most,
            keepalive_expiry=_KEPT_FOR_S,
        ),
    )
