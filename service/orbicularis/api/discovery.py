"""What discovery says of a bundle's services (CDS Hooks 2.0, Discovery)."""

from collections.abc import Collection

from orbicularis.api.intake import hooks
from orbicularis.api.models.discovery import DiscoveredService, Discovery
from orbicularis.api.models.request import REQUESTS
from orbicularis.engine.prefetch import templates
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.service import Service

SPECIFICATION_VERSION = "2.0.0"
"""Version of CDS Hooks that the service implements (CDS Hooks 3.0, Discovery: Response)."""


def discovery(bundle: Bundle, listed: Collection[str] = ()) -> Discovery:
    """List every service once for each hook that it can be called with.

    Args:
        bundle: the rules.
        listed: hooks that are listed; none for all.
    """
    return Discovery(
        services=tuple(
            entry
            for service in bundle.services.values()
            for entry in _entries(service, bundle)
            if not listed or entry.hook in listed
        )
    )


def _entries(service: Service, bundle: Bundle) -> list[DiscoveredService]:
    prefetch = templates(service, bundle)
    return [
        DiscoveredService(
            hook=hook,
            title=service.title,
            description=service.description,
            id=service.id,
            prefetch=prefetch,
            usageRequirements=service.usage_requirements,
            version=SPECIFICATION_VERSION,
            hookVersion=REQUESTS[hook].hook_version,
        )
        for hook in hooks(service)
    ]
