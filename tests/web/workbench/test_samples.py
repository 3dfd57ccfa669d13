"""Sample patients: every vignette of a cause or a red flag, as a request that is answered."""

from datetime import datetime
from pathlib import Path

import httpx
import msgspec
import pytest

from orbicularis.api.envelope import split
from orbicularis.api.intake import take
from orbicularis.api.settings import Settings
from orbicularis.authoring.vignettes import run
from orbicularis.engine.engine import Engine
from orbicularis.knowledge.load import load, vignettes
from orbicularis.web.workbench.samples import Samples
from tests.api.live import live
from tests.support.html import Page
from tests.web.workbench.rules_folder import RULES


@pytest.fixture(scope="module")
def samples(engine: Engine) -> Samples:
    return Samples(engine, [RULES])


def _paths(samples: Samples) -> list[str]:
    return [one.path for part in samples.parts for group in part.groups for one in group.samples]


def test_every_vignette_of_a_cause_a_red_flag_and_a_well_patient_is_offered(
    samples: Samples,
) -> None:
    files, _ = vignettes(RULES)
    offered = _paths(samples)
    assert len(offered) == len(set(offered))
    for path, group in files.items():
        if path.parts[0] in ("causes", "red-flags", "well"):
            place = path.as_posix().removesuffix(".yaml").removesuffix(".test")
            numbers = {f"{place}/{number}" for number in range(len(group.vignettes))}
            assert numbers <= set(offered)


def test_a_sample_gives_what_its_vignette_expects(samples: Samples, engine: Engine) -> None:
    files, _ = vignettes(RULES)
    for path, group in list(files.items())[::9]:
        place = path.as_posix().removesuffix(".yaml").removesuffix(".test")
        service = engine.bundle.services[group.service]
        for number, vignette in enumerate(group.vignettes):
            found = samples.find(f"{place}/{number}")
            if found is None:
                assert path.parts[0] not in ("causes", "red-flags", "well")
                continue
            call = take(split(msgspec.json.encode(found["request"])), service).call
            now = datetime.fromisoformat(found["now"])
            answer = engine.answer(found["service"], call, now)
            expected = run(vignette, group.service, engine).answer
            said, wanted = (
                [(card.summary, card.detail, card.indicator) for card in one.cards]
                for one in (answer, expected)
            )
            assert said == wanted, f"{place}/{number}"


def test_worked_examples_of_every_hook_are_offered(samples: Samples, engine: Engine) -> None:
    hooks = set()
    for path in _paths(samples):
        if path.startswith("worked/"):
            found = samples.find(path)
            assert found is not None
            hooks.add(found["request"]["hook"])
    assert hooks == set(engine.bundle.services["facial-twitching"].hooks)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "worked",
        "worked/none",
        "worked/../settings",
        "causes/stress",
        "causes/stress/9999",
        "causes/stress/-1",
        "causes/stress/x",
        "causes/stress/\u0660",
        "causes/stress/" + "9" * 5000,
        "causes/../bundle/0",
        "findings/low-calcium/0",
        "../rules/causes/stress/0",
        "well/none/0",
        "/etc/passwd/0",
    ],
)
def test_nothing_else_is_found(samples: Samples, client: httpx.Client, path: str) -> None:
    assert samples.find(path) is None
    assert client.get(f"/workbench/samples/{path or '-'}").status_code == 404


def test_the_list_is_a_page_part_with_a_title_for_each(client: httpx.Client) -> None:
    answer = client.get("/workbench/samples")
    page = Page("<!DOCTYPE html>\n" + answer.text)
    buttons = [given for tag, given in page.tags if tag == "button"]
    assert len(buttons) > 1000
    assert all(given["data-path"] for given in buttons)
    for title in ("Hypocalcaemia", "Classic, denosumab in kidney disease", "Red flags"):
        assert title in page.text
    again = client.get("/workbench/samples", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_rules_without_vignettes_offer_the_worked_examples(engine: Engine, tmp_path: Path) -> None:
    bare = Samples(engine, [tmp_path])
    assert [part.title for part in bare.parts] == ["Worked examples"]


def test_rules_elsewhere_than_in_the_working_folder_have_them_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = RULES.resolve()
    engine = Engine(load(rules))
    monkeypatch.chdir(tmp_path)
    with live(engine, Settings(rules=rules)) as url:
        found = httpx.get(f"{url}/workbench/samples/causes/stress/0").json()
        assert found["title"].startswith("Stress: ")
