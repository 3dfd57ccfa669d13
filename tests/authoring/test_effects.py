"""What a change does to patients: one call, answered before and after."""

from dataclasses import replace
from pathlib import Path

import msgspec

from orbicularis.authoring.effects import Effect, Told, Visit, effects, told, visits
from orbicularis.authoring.vignettes import call_for
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load, vignettes
from orbicularis.knowledge.vignette import Vignette
from tests.knowledge.builder import CAUSE, SERVICE, SMALL, TEST, Copy

BEFORE = Engine(load(SMALL))
FILES, _ = vignettes(SMALL)


def changed(copy: Copy) -> dict[str, Effect]:
    after = Engine(load(copy.folder))
    files, _ = vignettes(copy.folder)
    there = list(visits(files, after))
    every = [*there, *visits(FILES, BEFORE, known=there)]
    found = list(effects(every, BEFORE, after))
    assert len(found) == len(every)
    return {effect.source: effect for effect in found if effect is not None}


def test_the_same_rules_change_no_patient(copy: Copy) -> None:
    assert changed(copy) == {}


def test_what_is_different_is_told_before_and_after(copy: Copy) -> None:
    copy.change("red-flags/tetany-now.yaml", "at_least: 2", "at_least: 3")
    copy.change(CAUSE, "prior: uncommon", "prior: rare")
    effect = changed(copy)["causes/plain-cramp.test.yaml"]
    assert effect.before.cards == "critical"
    assert effect.before.causes == ("hypocalcaemia (possible)", "plain-cramp (possible)")
    assert effect.before.red_flags == ("tetany-now",)
    assert effect.before.orders[0] == "calcium"
    assert effect.after.causes == ("plain-cramp (possible)",)
    assert effect.after.red_flags == ()
    assert effect.after.cards != "critical"


def test_vignettes_that_are_gone_are_asked_about_too(copy: Copy) -> None:
    (copy.folder / TEST).unlink()
    copy.change("red-flags/tetany-now.yaml", "when:\n  any:\n", "when:\n  all:\n")
    assert TEST in changed(copy)


def test_a_changed_code_is_no_change_of_the_patient(copy: Copy) -> None:
    """The chart is written with the new codes, which the old rules do not know."""
    copy.change("terminology/signs.yaml", '"55300003"', '"52101004"')
    effect = changed(copy)[TEST]
    assert effect.before.causes == ()
    assert effect.after.causes != ()


def test_a_service_that_is_not_there(copy: Copy) -> None:
    copy.change(SERVICE, "id: cramps", "id: spasms")
    (copy.folder / SERVICE).rename(copy.folder / "services/spasms.yaml")
    for path in copy.folder.rglob("*.test.yaml"):
        path.write_text(path.read_text().replace("service: cramps", "service: spasms"))
    copy.change("well/nobody.yaml", "service: cramps", "service: spasms")
    assert {effect.before for effect in changed(copy).values()} == {Told("not served")}


def test_data_that_are_missing(tmp_path: Path) -> None:
    service = BEFORE.bundle.services["cramps"]
    vignette = Vignette.model_validate({"name": "a", "patient": {}, "expect": {"nothing": True}})
    call = call_for(vignette, service, BEFORE)
    visit = Visit("a", "here", "cramps", msgspec.structs.replace(call, prefetch={}))
    assert told(visit, BEFORE) == Told("refused, data are missing")
    assert told(replace(visit, call=call), BEFORE) == Told("no card")
