"""A very small EHR for the demonstration: resolves prefetch templates over a few resources."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

Resource = dict[str, Any]

_TOKEN = re.compile(r"\{\{context\.(\w+)\}\}")


class Ehr:
    """Answers the subset of FHIR searches that CDS Hooks recommends for prefetch."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        """Keep the chart."""
        self._resources = list(resources)

    def resolve(self, templates: dict[str, str], context: dict[str, str]) -> dict[str, Resource]:
        """Fill the tokens of each template and answer its query (2.0, Prefetch tokens)."""
        return {key: self.answer(_filled(query, context)) for key, query in templates.items()}

    def answer(self, query: str) -> Resource:
        """Answer a read with the resource, a search with a searchset Bundle."""
        path, _, search = query.partition("?")
        kind, _, wanted = path.partition("/")
        found = [one for one in self._resources if one["resourceType"] == kind]
        if wanted:
            return next(one for one in found if one["id"] == wanted)
        for name, value in parse_qsl(search):
            found = _narrowed(found, name, value.split(","))
        entries = [{"resource": one, "search": {"mode": "match"}} for one in found]
        return {
            "resourceType": "Bundle",
            "type": "searchset",
            "total": len(found),
            "entry": entries,
        }


def _filled(query: str, context: dict[str, str]) -> str:
    return _TOKEN.sub(lambda token: context[token.group(1)], query)


def _narrowed(found: list[Resource], name: str, values: list[str]) -> list[Resource]:
    if name == "patient":
        wanted = {f"Patient/{value}" for value in values}
        return [one for one in found if one.get("subject", {}).get("reference") in wanted]
    if name in ("code", "category"):
        return [one for one in found if _codes(one.get(name)) & set(values)]
    return found


def _codes(concepts: Any) -> set[str]:
    """Every code of one or several CodeableConcepts."""
    every = concepts if isinstance(concepts, list) else [concepts or {}]
    return {coding["code"] for concept in every for coding in concept.get("coding", ())}
