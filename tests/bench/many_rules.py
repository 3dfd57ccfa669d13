"""The service with ten times the causes and findings, made from its rules.

A copy of a finding has codes, measurements and words of its own, as the findings of another
complaint would have, and a copy of a cause rests on copies of findings. Only who the patient
is, age and sex, speaks of the copies too. Nothing of it is knowledge.
"""

from collections.abc import Mapping, Set
from dataclasses import replace
from typing import Any, TypeVar

from fastapi import FastAPI

from orbicularis.api.app import create_app
from orbicularis.api.settings import Settings
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.base import Knowledge
from orbicularis.knowledge.bundle import Bundle
from orbicularis.knowledge.load import load

TIMES = 10

_Rule = TypeVar("_Rule", bound=Knowledge)


def app_factory() -> FastAPI:
    """What the server process runs."""
    settings = Settings()
    return create_app(Engine(multiplied(load(settings.rules))), settings)


def multiplied(bundle: Bundle) -> Bundle:
    """The bundle with every cause and finding, and what they rest on, so many times."""
    many = bundle
    for number in range(1, TIMES):
        many = replace(
            many,
            concepts={**many.concepts, **_copies(bundle.concepts, bundle, number)},
            measurements={**many.measurements, **_copies(bundle.measurements, bundle, number)},
            findings={**many.findings, **_copies(bundle.findings, bundle, number)},
            causes={**many.causes, **_copies(bundle.causes, bundle, number)},
        )
    return many


def _copies(rules: Mapping[str, _Rule], bundle: Bundle, number: int) -> dict[str, _Rule]:
    named = bundle.concepts.keys() | bundle.measurements.keys()
    named |= bundle.findings.keys() | bundle.causes.keys()
    suffix = f"-{number}"
    copies = {}
    for key, rule in rules.items():
        data = _renamed(rule.model_dump(by_alias=True, exclude_defaults=True), named, suffix)
        copies[f"{key}{suffix}"] = type(rule).model_validate(data)
    return copies


def _renamed(data: Any, named: Set[str], suffix: str) -> Any:
    """Give every name, code and phrase a suffix; orders and references stay."""
    if isinstance(data, dict):
        return {key: _part(key, value, named, suffix) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_renamed(one, named, suffix) for one in data]
    return f"{data}{suffix}" if isinstance(data, str) and data in named else data


def _part(key: str, value: Any, named: Set[str], suffix: str) -> Any:
    match key:
        case "code" | "display" | "title":
            return f"{value}{suffix}"
        case "text":
            words = (*value.get("phrases", ()), *value.get("together", ()))
            return {"phrases": [f"made up {' '.join(words).strip('{}*. ')[:20]} {suffix}"]}
        case "workup" | "references" | "demographic":
            return value
        case _:
            return _renamed(value, named, suffix)
