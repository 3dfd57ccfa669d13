"""Places of key sets: which issuer's keys stand where (ORBICULARIS_JWT_JWKS)."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from orbicularis.api.setting_values import is_loopback
from orbicularis.api.settings import Settings

Place = str | Path
"""A URL, as it is written in the setting; or a file."""

NAME = "ORBICULARIS_JWT_JWKS"


def places(settings: Settings) -> Mapping[str, tuple[Place, ...]]:
    """Where the keys of each listed issuer are.

    An entry of the setting belongs to the issuer that it begins with (``issuer=place``), or to
    the only issuer: no issuer's keys ever speak for another, unless an operator writes the
    same place to both.

    Raises:
        ValueError: an entry belongs to no listed issuer or is no usable place, or an issuer
            has none; in words for the operator.
    """
    found: dict[str, list[Place]] = {issuer: [] for issuer in settings.jwt_issuers}
    for entry in settings.jwt_jwks:
        issuer, place = _parted(entry, tuple(found))
        found[issuer].append(_place(place, settings.allows_loopback))
    for issuer, theirs in found.items():
        if not theirs:
            raise ValueError(
                f"{NAME} has no key set of the issuer {issuer}: add {issuer}= and the https URL "
                "or the file of its JWKS, or take the issuer out of ORBICULARIS_JWT_ISSUERS"
            )
    return {issuer: tuple(theirs) for issuer, theirs in found.items()}


def positions(settings: Settings) -> Mapping[Place, int]:
    """At which place of the setting each key set stands, from 1: a name that is no address.

    Raises:
        ValueError: as ``places`` does.
    """
    found: dict[Place, int] = {}
    for position, entry in enumerate(settings.jwt_jwks, start=1):
        _, place = _parted(entry, settings.jwt_issuers)
        found.setdefault(_place(place, settings.allows_loopback), position)
    return found


def _parted(entry: str, issuers: tuple[str, ...]) -> tuple[str, str]:
    # The longest first, should one issuer be how another begins.
    for issuer in sorted(issuers, key=len, reverse=True):
        if entry.startswith(f"{issuer}="):
            return issuer, entry.removeprefix(f"{issuer}=").strip()
    # What has two schemes was meant to be issuer=place.
    if len(issuers) == 1 and entry.count("://") < 2:
        return issuers[0], entry
    raise ValueError(
        f"{NAME}: an entry belongs to no issuer of ORBICULARIS_JWT_ISSUERS: write issuer=place, "
        f"the issuer exactly as it is listed there{_shown(entry)}"
    )


def _place(place: str, loopback: bool) -> Place:
    if "://" not in place and not place.startswith(("http:", "https:")):
        if not place:
            raise ValueError(f"{NAME}: an entry has no place after issuer=")
        return Path(place)
    try:
        parts = urlsplit(place)
        sound = parts.hostname and not (parts.username or parts.password or parts.fragment)
        _ = parts.port
    except ValueError:
        sound = False
    if not sound or any(sign in parts.netloc for sign in "=@\\ "):
        raise ValueError(f"{NAME}: give an absolute URL with a host and without user or fragment")
    if parts.scheme != "https" and not (parts.scheme == "http" and loopback and is_loopback(place)):
        raise ValueError(
            f"{NAME}: {parts.scheme}://{parts.netloc} must begin with https:// (http:// is for "
            "this machine alone, in the development profile)"
        )
    return place


def _shown(entry: str) -> str:
    """The entry, unless it could hold a password."""
    return "" if "@" in entry else f" (the entry is {entry})"
