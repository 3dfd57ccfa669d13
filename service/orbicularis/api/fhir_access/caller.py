"""Who asks for what is fetched."""

from dataclasses import dataclass

from orbicularis.api.setting_values import is_loopback


@dataclass(frozen=True, slots=True)
class Caller:
    """What is known of a request besides its body.

    Attributes:
        request_id: by which the log tells requests apart.
        origin: of the web page that made it, if one did.
    """

    request_id: str | None = None
    origin: str | None = None

    @property
    def is_foreign_page(self) -> bool:
        """True for a page from elsewhere: a browser lets it reach this machine through us."""
        return self.origin is not None and not is_loopback(self.origin)
