"""Whether the licences of the locked packages are among those that were decided upon."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from license_expression import (  # type: ignore[import-untyped]  # it comes without types
    ExpressionError,
    get_spdx_licensing,
)

from docker.audit.package import Package, normal

_SPDX = get_spdx_licensing()


@dataclass(frozen=True)
class Policy:
    """What ``licences.toml`` says.

    Attributes:
        accepted: SPDX ids that are accepted.
        beside_an_id: Names without an id that do no harm beside one.
        read: SPDX expression by package and version, where a person has read the licence.
    """

    accepted: frozenset[str]
    beside_an_id: frozenset[str]
    read: Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Verdict:
    """The licence of one package, and what stands against it, if anything."""

    package: Package
    licence: str
    problem: str | None


def read_policy(path: Path) -> Policy:
    """Read the file of accepted licences."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    return Policy(
        accepted=frozenset(said["permissive"] + said["file_copyleft"]),
        beside_an_id=frozenset(said["beside_an_id"]),
        read={(normal(one["name"]), one["version"]): one["licence"] for one in said["read"]},
    )


def judge(package: Package, policy: Policy) -> Verdict:
    """Hold one package's licence against the policy; what is not known is not accepted."""
    by_hand = policy.read.get((package.name, package.version))
    if by_hand is not None:
        return Verdict(package, by_hand, _problem([by_hand], policy))
    claims = [*package.expressions, *package.names]
    licence = "; ".join(claims) or "none told"
    if not package.expressions:
        return Verdict(package, licence, "no SPDX id in its metadata: read its licence file")
    strange = [name for name in package.names if name not in policy.beside_an_id]
    if strange:
        return Verdict(package, licence, f"not known: {', '.join(strange)}")
    return Verdict(package, "; ".join(package.expressions), _problem(package.expressions, policy))


def _problem(expressions: list[str] | tuple[str, ...], policy: Policy) -> str | None:
    refused = [text for text in expressions if not _accepts(text, policy.accepted)]
    return f"not accepted: {', '.join(refused)}" if refused else None


def _accepts(text: str, accepted: frozenset[str]) -> bool:
    try:
        return _holds(_SPDX.parse(text, validate=True), accepted)
    except ExpressionError:
        return False


def _holds(expression: Any, accepted: frozenset[str]) -> bool:
    """Evaluate a licence expression: of an OR one side is enough, of an AND every one counts."""
    if isinstance(expression, _SPDX.OR):
        return any(_holds(side, accepted) for side in expression.args)
    if isinstance(expression, _SPDX.AND):
        return all(_holds(side, accepted) for side in expression.args)
    return str(expression) in accepted
