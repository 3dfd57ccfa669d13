"""The kinds of values that settings take, each with what makes one unusable."""

import re
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import NoDecode

from orbicularis.api.models.request import REQUESTS

_ORIGIN = re.compile(r"https?://[^/\s?#,*@]+")
_HOST = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names and addresses of this machine itself."""


class Profile(StrEnum):
    """What kind of place the service runs in."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Auth(StrEnum):
    """How a client proves who it is."""

    NONE = "none"
    JWT = "jwt"


class Algorithm(StrEnum):
    """Signatures that can be accepted; all asymmetric (CDS Hooks 2.0, JWT Signing Algorithm)."""

    ES256 = "ES256"
    ES384 = "ES384"
    ES512 = "ES512"
    RS256 = "RS256"
    RS384 = "RS384"
    RS512 = "RS512"
    PS384 = "PS384"
    EDDSA = "EdDSA"


def is_loopback(url: str) -> bool:
    """True when the URL leads to this machine itself."""
    return urlsplit(url).hostname in LOOPBACK


def _parts(value: object) -> object:
    """Split a comma-separated list."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _origins(origins: tuple[str, ...]) -> tuple[str, ...]:
    if origins == ("*",):
        return origins
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise ValueError("give * alone, or origins such as https://ehr.example.org")
    return origins


def _hosts(hosts: tuple[str, ...]) -> tuple[str, ...]:
    named = tuple(host.lower() for host in hosts)
    if named != ("*",) and not all(map(_HOST.fullmatch, named)):
        raise ValueError(
            "give * alone, or names without a port such as cds.example.org or *.example.org"
        )
    return named


def _base(url: str) -> str:
    """A URL under which other paths lie, without the slash at its end."""
    try:
        parts = urlsplit(url)
        usable = parts.hostname and not (parts.username or parts.query or parts.fragment)
        _ = parts.port
    except ValueError:
        usable = False
    if not usable or parts.scheme not in ("http", "https"):
        raise ValueError("give an absolute URL such as https://cds.example.org/twitching")
    if parts.scheme == "http" and not is_loopback(url):
        raise ValueError("must begin with https:// unless it is on this machine (loopback)")
    return url.rstrip("/")


def _bases(urls: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_base(url) for url in urls)


def _hooks(hooks: tuple[str, ...]) -> tuple[str, ...]:
    if not REQUESTS.keys() >= set(hooks):
        raise ValueError(f"give hooks out of {', '.join(REQUESTS)}")
    return hooks


Many = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_parts)]
"""Words separated by commas."""

Origins = Annotated[Many, AfterValidator(_origins)]
"""Origins of browsers, or ``*`` alone."""

HostNames = Annotated[Many, AfterValidator(_hosts)]
"""Names of hosts without a port, ``*.`` before one for all names below it; or ``*`` alone."""

Hooks = Annotated[Many, AfterValidator(_hooks)]
"""Names of hooks that can be answered."""

BaseUrl = Annotated[str, AfterValidator(_base)]
"""An absolute URL; https except on loopback."""

BaseUrls = Annotated[Many, AfterValidator(_bases)]
"""Such URLs, separated by commas."""

Algorithms = Annotated[tuple[Algorithm, ...], NoDecode, BeforeValidator(_parts)]
"""Names of signature algorithms, separated by commas."""
