"""What pip-audit found, and for which packages it found out anything at all."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docker.audit.package import Package, normal


@dataclass(frozen=True)
class Findings:
    """The outcome of asking for known vulnerabilities.

    Attributes:
        known: Vulnerabilities by package name, each with the versions that mend it.
        unseen: Packages that the service said nothing of. Not "no vulnerability".
    """

    known: dict[str, list[str]]
    unseen: list[str]


def read_findings(path: Path, packages: Iterable[Package]) -> Findings:
    """Read pip-audit's JSON report, which is missing or cut short where the service failed.

    pip-audit leaves with success when it could look up nothing, so that its exit code
    says little: a package counts as looked up only when the report says so for its version.
    """
    entries = {(normal(entry["name"]), entry.get("version")): entry for entry in _entries(path)}
    known: dict[str, list[str]] = {}
    unseen: list[str] = []
    for package in packages:
        vulnerabilities = entries.get((package.name, package.version), {}).get("vulns")
        if vulnerabilities is None:
            unseen.append(package.name)
        elif vulnerabilities:
            known[package.name] = [_told(one) for one in vulnerabilities]
    return Findings(known, unseen)


def _entries(path: Path) -> list[dict[str, Any]]:
    try:
        return list(json.loads(path.read_text(encoding="utf-8"))["dependencies"])
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _told(vulnerability: dict[str, Any]) -> str:
    mended = ", ".join(vulnerability["fix_versions"]) or "no version yet"
    return f"{vulnerability['id']} (mended in {mended})"
