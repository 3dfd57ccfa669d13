"""The terminology table: every code well formed, with one display, once under its key."""

import re
from collections.abc import Iterator

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.concept import Code, Concepts, System, Systems
from orbicularis.knowledge.language import Language
from orbicularis.knowledge.order import Order
from orbicularis.knowledge.rules import RuleFile, Rules
from orbicularis.knowledge.source import Steps
from orbicularis.terminology.system import CodeSystem

_WRITABLE = ("LOINC", "SCT")

_Place = tuple[RuleFile, Steps, str, Code]


def systems_are_sound(rules: Rules) -> Iterator[Problem]:
    """Tell patterns that are none, and URIs that two code systems claim."""
    for file, systems in rules.each(Systems):
        owners: dict[str, str] = {}
        for key, system in systems.systems.items():
            if not _compiles(system):
                what = f"the pattern {system.pattern} is not a regular expression"
                yield file.problem("K408", ("systems", key, "pattern"), what)
            for steps, uri in _uris(key, system):
                owner = owners.setdefault(uri, key)
                if owner != key:
                    yield file.problem("K407", steps, f"{uri} is the URI of {owner} already")


def codes_are_well_formed(rules: Rules) -> Iterator[Problem]:
    """Tell every code that does not have its system's shape or fails its check digit."""
    systems = {key: _code_system(key, s) for key, s in rules.systems.items() if _compiles(s)}
    written = [
        (file, (*steps, "code"), code.system, code.code) for file, steps, _, code in _codes(rules)
    ]
    for file, steps, key, code in [*written, *_answer_codes(rules)]:
        system = systems.get(key)
        if system is None:
            continue
        if not system.has_shape(code):
            what = f'"{code}" does not have the shape of a code of {key}'
            yield file.problem("K401", steps, what, f"codes of {key} match {system.pattern}")
        elif not system.is_well_formed(code):
            what = f"the check digit of {key} {code} is wrong"
            yield file.problem("K402", steps, what)


def answers_are_codes(rules: Rules) -> Iterator[Problem]:
    """Tell every coded answer that is not written ``SYSTEM|code``."""
    for file, steps, pair in _answers(rules):
        if pair.count("|") != 1 or not all(pair.split("|")):
            yield file.problem("K409", steps, f'"{pair}" is not SYSTEM|code')


def displays_agree(rules: Rules) -> Iterator[Problem]:
    """Tell every code that has another display elsewhere."""
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for file, steps, key, code in _codes(rules):
        display, where = first.setdefault((code.system, code.code), (code.display, key))
        if display != code.display:
            what = f'{code.system} {code.code} is "{code.display}" here, "{display}" under {where}'
            yield file.problem("K403", (*steps, "display"), what)


def keys_stand_once(rules: Rules) -> Iterator[Problem]:
    """Tell keys that stand in two files, and codes that stand twice under a key."""
    first: dict[str, str] = {}
    for file, concepts in rules.each(Concepts):
        for key in concepts.concepts:
            home = first.setdefault(key, file.source.file)
            if home != file.source.file:
                what = f'the key "{key}" stands in {home} too'
                yield file.problem("K405", ("concepts", key), what, of_key=True)
    seen: set[tuple[str, str, str, str]] = set()
    for file, steps, key, code in _codes(rules):
        entry = (file.source.file, key, code.system, code.code)
        if entry in seen:
            what = f'{code.system} {code.code} stands twice under "{key}"'
            yield file.problem("K404", steps, what)
        seen.add(entry)


def orders_can_be_written(rules: Rules) -> Iterator[Problem]:
    """Tell every order whose key has no code that may go into a request."""
    for file, order in rules.each(Order):
        concept = rules.concepts.get(order.code) if order.code else None
        if concept and not any(
            code.system in _WRITABLE and not code.recognition_only for code in concept.codes
        ):
            what = f'no code of "{order.code}" may be written into a request'
            yield file.problem("K406", ("code",), what)


def _codes(rules: Rules) -> Iterator[_Place]:
    for file, concepts in rules.each(Concepts):
        for key, concept in concepts.concepts.items():
            for index, code in enumerate(concept.codes):
                yield file, ("concepts", key, "codes", index), key, code


def _answers(rules: Rules) -> Iterator[tuple[RuleFile, Steps, str]]:
    for file, language in rules.each(Language):
        for name in ("present_codes", "absent_codes"):
            for index, pair in enumerate(getattr(language.answers, name)):
                yield file, ("answers", name, index), pair


def _answer_codes(rules: Rules) -> Iterator[tuple[RuleFile, Steps, str, str]]:
    for file, steps, pair in _answers(rules):
        key, _, code = pair.partition("|")
        if key and code:
            yield file, steps, key, code


def _uris(key: str, system: System) -> Iterator[tuple[Steps, str]]:
    yield ("systems", key, "uri"), system.uri
    for index, alias in enumerate(system.aliases):
        yield ("systems", key, "aliases", index), alias


def _compiles(system: System) -> bool:
    try:
        re.compile(system.pattern)
    except re.error:
        return False
    return True


def _code_system(key: str, system: System) -> CodeSystem:
    return CodeSystem(
        key, system.uri, system.aliases, system.match, system.check_digit, system.pattern
    )
