"""One package of the locked runtime set, as its bill of materials tells it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Package:
    """A package with the licences that its metadata claim.

    Attributes:
        name: Name in the normal form of PyPI, ``fhir-resources``.
        version: Version that is locked.
        expressions: SPDX ids and SPDX expressions.
        names: What else the metadata call its licence.
    """

    name: str
    version: str
    expressions: tuple[str, ...]
    names: tuple[str, ...]


def normal(name: str) -> str:
    """Spell a package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_sbom(path: Path) -> list[Package]:
    """Read the packages of a CycloneDX document in JSON, in the order of their names."""
    components = json.loads(path.read_text(encoding="utf-8"))["components"]
    return sorted(map(_package, components), key=lambda package: package.name)


def _package(component: dict[str, Any]) -> Package:
    claims = component.get("licenses", [])
    licences = [claim["license"] for claim in claims if "license" in claim]
    return Package(
        name=normal(component["name"]),
        version=component["version"],
        expressions=tuple(
            [claim["expression"] for claim in claims if "expression" in claim]
            + [licence["id"] for licence in licences if "id" in licence]
        ),
        names=tuple(licence["name"] for licence in licences if "name" in licence),
    )
