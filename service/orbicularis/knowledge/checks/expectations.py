"""Vignettes: expectations that can come true and say something."""

from collections.abc import Iterator

from orbicularis.errors.problem import Problem
from orbicularis.knowledge.file_kind import WELL
from orbicularis.knowledge.rules import RuleFile, Rules
from orbicularis.knowledge.service import Service
from orbicularis.knowledge.source import Steps
from orbicularis.knowledge.suggest import remedy
from orbicularis.knowledge.vignette import Entry, Expected, Vignette, Vignettes

_ANYTHING = Expected.model_validate({})
_STATES = ("present", "absent", "unknown")
_BANDS = ("well-supported", "possible", "less-likely")
_ENTRIES = ("observations", "conditions", "procedures", "medications", "orders")


def expectations_agree(rules: Rules) -> Iterator[Problem]:
    """Tell expectations of one vignette that cannot all come true."""
    for file, steps, vignette in _vignettes(rules):
        expect, place = vignette.expect, (*steps, "expect")
        wanted = {expect.first, *expect.listed, *expect.band} - {None}
        for index, name in enumerate(expect.not_listed):
            if name in wanted:
                what = f'"{name}" is expected to be listed and not to be'
                yield file.problem("K801", (*place, "not_listed", index), what)
        for index, name in enumerate(expect.no_orders):
            if name in expect.orders:
                what = f'"{name}" is expected to be proposed and not to be'
                yield file.problem("K801", (*place, "no_orders", index), what)
        if expect.nothing and (wanted or expect.red_flags or expect.indicator or expect.orders):
            what = "no card is expected, and yet something on a card"
            yield file.problem("K801", (*place, "nothing"), what)


def expected_words_are_known(rules: Rules) -> Iterator[Problem]:
    """Tell bands and states that do not exist."""
    for file, steps, vignette in _vignettes(rules):
        for key, words, known in (
            ("band", vignette.expect.band, _BANDS),
            ("findings", vignette.expect.findings, _STATES),
        ):
            for name, word in words.items():
                if word not in known:
                    what = f'"{word}" cannot stand here; possible: {", ".join(known)}'
                    place = (*steps, "expect", key, name)
                    yield file.problem("K802", place, what, remedy(word, known))


def vignettes_expect_something(rules: Rules) -> Iterator[Problem]:
    """Tell vignettes that any outcome would satisfy, and well patients that may be alarmed."""
    for file, steps, vignette in _vignettes(rules):
        expect = vignette.expect
        if expect == _ANYTHING:
            yield file.problem("K803", (*steps, "expect"), "nothing is expected of this patient")
        elif file.kind is WELL and not expect.nothing and expect.red_flags != ():
            what = "of a well patient, no card or no red flag must be expected"
            yield file.problem("K804", (*steps, "expect"), what)


def names_are_unique(rules: Rules) -> Iterator[Problem]:
    """Tell vignettes of one file that have the same name."""
    for file, vignettes in rules.each(Vignettes):
        seen: set[str] = set()
        for index, vignette in enumerate(vignettes.vignettes):
            if vignette.name in seen:
                what = f'another vignette here is named "{vignette.name}"'
                yield file.problem("K805", ("vignettes", index, "name"), what)
            seen.add(vignette.name)


def entries_say_something(rules: Rules) -> Iterator[Problem]:
    """Tell lines of a patient that have neither code nor text."""
    for file, steps, vignette in _vignettes(rules):
        for place, entry in _entries(vignette):
            if entry.code is None and entry.text is None:
                what = "this line has neither code nor text"
                yield file.problem("K806", (*steps, *place), what)


def unreadable_sources_exist(rules: Rules) -> Iterator[Problem]:
    """Tell sources that the service of the vignette does not have."""
    services = rules.by_id(Service)
    for file, vignettes in rules.each(Vignettes):
        service = services.get(vignettes.service)
        if service is None:
            continue
        for index, vignette in enumerate(vignettes.vignettes):
            for place, key in enumerate(vignette.patient.unreadable):
                if key not in service.prefetch:
                    steps = ("vignettes", index, "patient", "unreadable", place)
                    what = f'unknown prefetch key "{key}"'
                    yield file.problem("K321", steps, what, remedy(key, service.prefetch))


def hooks_are_listened_to(rules: Rules) -> Iterator[Problem]:
    """Tell hooks on which the service of the vignette is not called."""
    services = rules.by_id(Service)
    for file, vignettes in rules.each(Vignettes):
        service = services.get(vignettes.service)
        for index, vignette in enumerate(vignettes.vignettes):
            hook = vignette.hook
            if service is not None and hook is not None and hook not in service.hooks:
                what = f'{service.id} does not listen to the hook "{hook}"'
                steps = ("vignettes", index, "hook")
                yield file.problem("K807", steps, what, remedy(hook, service.hooks))


def _vignettes(rules: Rules) -> Iterator[tuple[RuleFile, Steps, Vignette]]:
    for file, vignettes in rules.each(Vignettes):
        for index, vignette in enumerate(vignettes.vignettes):
            yield file, ("vignettes", index), vignette


def _entries(vignette: Vignette) -> Iterator[tuple[Steps, Entry]]:
    for key in _ENTRIES:
        for index, entry in enumerate(getattr(vignette.patient, key)):
            yield ("patient", key, index), entry
    for index, draft in enumerate(vignette.drafts):
        kind = "order" if draft.medication is None else "medication"
        yield ("drafts", index, kind), draft.entry
    for index, entry in enumerate(vignette.new_problems):
        yield ("new_problems", index), entry
