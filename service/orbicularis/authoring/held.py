"""What a bundle is and holds, counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.status import MinStatus
from orbicularis.knowledge.vignette import Vignettes


@dataclass(frozen=True, slots=True)
class Held:
    """A bundle's identity, and how many there are of each kind of thing (by plural).

    Attributes:
        overlay: name and version of what a site does differently; None without an overlay.
        min_status: from which status on rules count.
    """

    name: str
    version: str
    revision: str
    counts: Mapping[str, int]
    overlay: str | None = None
    min_status: MinStatus = MinStatus.ACTIVE

    @classmethod
    def of(cls, bundle: Bundle, vignettes: Mapping[Path, Vignettes]) -> Self:
        """Count what is active in a bundle, and the vignettes that test it."""
        counts = {
            "services": len(bundle.services),
            "causes": len(bundle.causes),
            "red flags": len(bundle.red_flags),
            "findings": len(bundle.findings),
            "orders": len(bundle.orders),
            "measurements": len(bundle.measurements),
            "terminology keys": len(bundle.concepts),
            "references": len(bundle.references),
            "vignettes": sum(len(file.vignettes) for file in vignettes.values()),
        }
        manifest = bundle.manifest
        overlay = bundle.overlay
        return cls(
            name=manifest.name,
            version=manifest.version,
            revision=bundle.revision,
            counts=counts,
            overlay=f"{overlay.name} {overlay.version}" if overlay is not None else None,
            min_status=bundle.min_status,
        )
