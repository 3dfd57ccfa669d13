"""Places on the web, taken apart so strictly that two readers cannot understand two things."""

import re
from dataclasses import dataclass, field
from ipaddress import AddressValueError, IPv6Address

_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[a-z0-9._~!$&'()*+,=:@/-]*)?(?:\?(?P<query>[!-~]*))?",
    re.IGNORECASE | re.ASCII,
)
"""No user, no fragment, and a path without percent signs, backslashes and semicolons: with
those one server sees ``..`` where another does not."""

_NOT_IN_QUERY = frozenset('#\\"<>')
_DOTS = frozenset({".", ".."})
_PORTS = {"http": 80, "https": 443}
_LONGEST = 8_192


@dataclass(frozen=True, slots=True)
class Place:
    """An absolute URL in its normal form: equal when it leads to the same place.

    Attributes:
        scheme: ``http`` or ``https``.
        host: in lower case; an IPv6 address in brackets and in its shortest form.
        port: stated or the scheme's own.
        path: without dot segments.
        query: without its question mark; None when there is none.
    """

    scheme: str
    host: str
    port: int
    path: str = field(repr=False)
    query: str | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """The URL; made of the parts that were checked, so that a client asks for no other."""
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        query = "" if self.query is None else f"?{self.query}"
        return f"{self.scheme}://{self.host}{port}{self.path}{query}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port (RFC 6454)."""
        return self.scheme, self.host, self.port

    def covers(self, other: "Place") -> bool:
        """True when the other is this place, or lies below it."""
        below = f"{self.path.rstrip('/')}/"
        return self.origin == other.origin and f"{other.path}/".startswith(below)

    def below(self, relative: str) -> "Place | None":
        """The place that a relative URL means below this one; None when it is not usable."""
        return parse(f"{self._root}{self.path.rstrip('/')}/{relative}")

    def at(self, path: str) -> "Place | None":
        """The place of an absolute path on the same origin; None when it is not usable."""
        return parse(f"{self._root}{path}")

    @property
    def _root(self) -> str:
        return Place(*self.origin, path="").url


def parse(url: str) -> Place | None:
    """Take an absolute http(s) URL apart; None for anything that is not plainly one."""
    match = _URL.fullmatch(url) if len(url) <= _LONGEST else None
    if match is None:
        return None
    scheme, query = match["scheme"].lower(), match["query"]
    host, port = _host(match["host"].lower()), int(match["port"] or _PORTS[scheme])
    path = match["path"] or ""
    if host is None or not 0 < port < 65_536 or not _DOTS.isdisjoint(path.split("/")):
        return None
    if query is not None and not _NOT_IN_QUERY.isdisjoint(query):
        return None
    return Place(scheme, host, port, path, query)


def _host(host: str) -> str | None:
    if not host.startswith("["):
        return host
    try:
        return f"[{IPv6Address(host[1:-1])}]"
    except AddressValueError:
        return None
