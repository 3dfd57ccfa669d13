"""The FHIR servers that may be asked."""

from collections.abc import Iterable

from orbicularis.api.fhir_access.failed import NOT_ALLOWED, Failed
from orbicularis.api.fhir_access.place import Place, parse
from orbicularis.api.setting_values import is_loopback


class Servers:
    """The allow-list: the only defence against a request that sends us to a server of its own.

    It goes by name: what a listed name resolves to is the operator's affair, loopback and
    private addresses included.
    """

    def __init__(self, listed: Iterable[str], *, loopback: bool) -> None:
        """Take apart what is listed.

        Args:
            listed: base URLs; whatever lies below one is allowed with it.
            loopback: whether servers on this machine are allowed without being listed.

        Raises:
            ValueError: when a listed URL could be understood in two ways.
        """
        self._listed = [_listed(url) for url in listed]
        self._loopback = loopback

    def admit(self, url: str, *, foreign_page: bool = False) -> Place:
        """Give the base of a FHIR server that may be asked.

        Args:
            url: as the client sent it.
            foreign_page: whether a web page from elsewhere asks; then servers on this machine
                have to be listed like others.

        Raises:
            Failed: when it may not, or when that cannot be told for certain.
        """
        base = parse(url)
        if base is None or base.query is not None:
            raise Failed(NOT_ALLOWED)
        local = is_loopback(base.url)
        trusted = local and self._loopback and not foreign_page
        if base.scheme != "https" and not local:
            raise Failed(NOT_ALLOWED)
        if not trusted and not any(one.covers(base) for one in self._listed):
            raise Failed(NOT_ALLOWED)
        return base


def _listed(url: str) -> Place:
    place = parse(url)
    if place is None or place.query is not None:
        raise ValueError(
            "ORBICULARIS_ALLOWED_FHIR_SERVERS: give plain base URLs such as "
            "https://ehr.example.org/fhir, without '..', '%', ';' or '\\'"
        )
    return place
