"""Prefetch templates: only what CDS Hooks clients are known to understand."""

import re
from collections import Counter
from collections.abc import Iterator

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.measurement import Measurement
from orbicularis.knowledge.prefetch_query import codes_of, query_of
from orbicularis.knowledge.rules import RuleFile, Rules
from orbicularis.knowledge.service import Prefetch, Service
from orbicularis.knowledge.source import Steps
from orbicularis.knowledge.suggest import remedy

_LONGEST = 1000
_TOKEN = re.compile(r"\{\{(.*?)\}\}")
_PATIENT = "context.patientId"
_TYPES = frozenset({
    "AllergyIntolerance", "Condition", "DiagnosticReport", "Encounter", "FamilyMemberHistory",
    "MedicationAdministration", "MedicationRequest", "MedicationStatement", "Observation",
    "Patient", "Procedure", "ServiceRequest",
})  # fmt: skip
"""Resource types that clients commonly serve and that rules can use."""


def templates_are_portable(rules: Rules) -> Iterator[Problem]:
    """Tell tokens, types and repeated parameters that make a client give up or err."""
    for file, steps, prefetch in _templates(rules):
        query = prefetch.query
        place = (*steps, "query")
        yield from _tokens(file, place, query)
        resource = re.split(r"[/?]", query)[0]
        if resource not in _TYPES:
            what = f'clients may not serve the resource type "{resource}"'
            yield file.problem("K704", place, what, remedy(resource, _TYPES))
        names = [part.split("=")[0] for part in query.partition("?")[2].split("&") if part]
        names += ["code"] if prefetch.codes_of else []
        for name, times in Counter(names).items():
            if times > 1:
                yield file.problem("K702", place, f'the parameter "{name}" is repeated')


def templates_are_short(rules: Rules) -> Iterator[Problem]:
    """Tell templates that are too long once their codes are appended."""
    measurements = rules.by_id(Measurement)
    for file, steps, prefetch in _templates(rules):
        length = len(query_of(prefetch, measurements, rules.concepts))
        if length > _LONGEST:
            what = f"the query has {length} characters with its codes; at most {_LONGEST}"
            yield file.problem("K703", (*steps, "query"), what)


def measurements_have_codes(rules: Rules) -> Iterator[Problem]:
    """Tell measurements that a template asks for, but that have no code in its system."""
    measurements = rules.by_id(Measurement)
    for file, steps, prefetch in _templates(rules):
        for index, name in enumerate(prefetch.codes_of):
            measurement = measurements.get(name)
            if measurement is None or not all(key in rules.concepts for key in measurement.codes):
                continue
            alone = prefetch.model_copy(update={"codes_of": (name,)})
            if not codes_of(alone, measurements, rules.concepts):
                what = f'"{name}" has no code in {prefetch.code_system}'
                yield file.problem("K705", (*steps, "codes_of", index), what)


def queried_codes_are_known(rules: Rules) -> Iterator[Problem]:
    """Tell codes written into a query that the terminology table does not hold."""
    known = {code.code for concept in rules.concepts.values() for code in concept.codes}
    for file, steps, prefetch in _templates(rules):
        parameters = prefetch.query.partition("?")[2].split("&") if not prefetch.codes_of else []
        values = [part.partition("=")[2] for part in parameters if part.startswith("code=")]
        for code in (code for value in values for code in value.split(",")):
            if code.rpartition("|")[2] not in known:
                what = f'the code "{code}" is not in the terminology table'
                yield file.problem("K410", (*steps, "query"), what)


def services_can_speak(rules: Rules) -> Iterator[Problem]:
    """Tell services of which no template may hold an index finding."""
    for file, service in rules.each(Service):
        if not any(prefetch.index for prefetch in service.prefetch.values()):
            what = "no template has index: true"
            yield file.problem("K706", ("prefetch",), what, of_key=True)


def _tokens(file: RuleFile, place: Steps, query: str) -> Iterator[Problem]:
    tokens = _TOKEN.findall(query)
    for token in tokens:
        if token != _PATIENT:
            what = f"clients may not know the token {{{{{token}}}}}"
            yield file.problem("K701", place, what)
    if _PATIENT not in tokens:
        yield file.problem("K701", place, "the query does not name the patient")


def _templates(rules: Rules) -> Iterator[tuple[RuleFile, Steps, Prefetch]]:
    for file, service in rules.each(Service):
        for key, prefetch in service.prefetch.items():
            yield file, ("prefetch", key), prefetch
