"""The picture of the reasoning: what it tells, and how it moves."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from orbicularis.engine.engine import Engine
from tests.web.workbench.conftest import Visit
from tests.web.workbench.test_first_view import SHOTS

WIDE = {"width": 1440, "height": 1000}
CALCIUM = "Calcium, mg/dL"
TIMES = "\N{MULTIPLICATION SIGN}"
LOW_CALCIUM = '.bar[data-cause="hypocalcemia"] .segment[data-key*=" low-calcium present"]'
_RUNNING = """() => document.getAnimations().map((one) => {
  const target = one.effect.target;
  return target.dataset.cause ?? target.dataset.key ?? target.parentNode.dataset.key;
})"""


def test_pointing_at_a_segment_tells_fact_value_date_and_source(
    visit: Callable[..., Visit],
) -> None:
    one = visit(viewport=WIDE)
    one.page.locator(LOW_CALCIUM).hover()
    tip = one.page.get_by_role("tooltip")
    for said in (
        f"For, strong, odds {TIMES} 10",
        "calcium is low",
        "Calcium 7.9 mg/dL",
        "2026-11-20",
        "Observation/calcium",
        "corrected for albumin",
    ):
        expect(tip).to_contain_text(said)
    one.page.screenshot(path=SHOTS / "workbench-segment.png")
    one.page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_the_keyboard_tells_the_same(visit: Callable[..., Visit]) -> None:
    one = visit(viewport=WIDE)
    one.page.get_by_role("link", name="Hypocalcaemia", exact=True).first.focus()
    one.page.keyboard.press("Tab")
    tip = one.page.get_by_role("tooltip")
    expect(tip).to_contain_text("Prior: uncommon, odds 0.02 before any finding")
    one.page.keyboard.press("Tab")
    expect(one.page.locator(LOW_CALCIUM)).to_be_focused()
    expect(tip).to_contain_text("Calcium 7.9 mg/dL, 2026-11-20")
    one.page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_a_tip_stays_in_the_window(visit: Callable[..., Visit]) -> None:
    one = visit(viewport={"width": 360, "height": 700})
    for segment in one.page.locator(".segment").all():
        segment.focus()
        box = one.page.get_by_role("tooltip").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360


def test_everything_drawn_is_told_in_words(visit: Callable[..., Visit]) -> None:
    one = visit()
    groups = one.page.get_by_role("group", name="Evidence on Hypoparathyroidism")
    told = groups.get_by_role("img")
    expect(told).to_have_count(4)
    assert all(one.get_attribute("aria-label") for one in told.all())
    because = one.page.locator(".bar").first.locator(".because")
    expect(because).to_contain_text(f"{TIMES} 10 calcium is low, PTH is not raised")
    table = one.page.locator(".bar").first.locator("table")
    one.page.get_by_text("Every line of evidence on Hypoparathyroidism").click()
    expect(table.get_by_role("row", name="Prior")).to_contain_text("uncommon")
    expect(table.get_by_role("row", name=re.compile("^Low calcium"))).not_to_have_count(0)


def test_widths_are_the_weights_of_the_assessment(visit: Callable[..., Visit]) -> None:
    one = visit()
    widths = {
        segment.get_attribute("data-key"): float(
            str(segment.locator("rect").get_attribute("width")).rstrip("%")
        )
        for segment in one.page.locator('.bar[data-cause="hypocalcemia"] .segment').all()
    }
    low, surgery = (
        widths[f"hypocalcemia {finding} present"]
        for finding in ("low-calcium", "past-neck-surgery")
    )
    # log10(10) to log10(5)
    assert abs(low / surgery - 1 / 0.69897) < 0.001


def test_a_changed_value_moves_the_picture(visit: Callable[..., Visit]) -> None:
    one = visit(viewport=WIDE)
    assert one.ranking == ["Hypoparathyroidism", "Hypocalcaemia"]
    end = one.page.locator('rect[data-key="hypocalcemia end"]')
    before = end.get_attribute("x")
    one.hold()
    with one.asking():
        one.page.get_by_label(CALCIUM).fill("9.4")
    expect(one.page.locator(".bar .moved")).to_have_text("▲ was 2, was well supported")
    assert one.ranking == ["Hypocalcaemia"]
    assert "hypocalcemia end" in one.page.evaluate(_RUNNING)
    assert end.get_attribute("x") != before
    expect(one.page.locator("#status")).to_have_text(
        "1 card. Hypocalcaemia is now less likely, was well supported; number 1 of 1, was 2; "
        "Hypoparathyroidism left the list, was 1."
    )
    expect(one.page.locator(".left")).to_have_text("Hypoparathyroidism left the list, was 1.")
    against = one.page.locator(".segment.against")
    expect(against).to_have_attribute("aria-label", re.compile("^Against, moderate, odds ÷ 5"))
    expect(one.page.locator(".card .summary")).to_contain_text("Hypocalcaemia (less likely)")
    one.let_go()
    one.page.screenshot(path=SHOTS / "workbench-moved.png", full_page=True)
    with one.asking():
        one.page.get_by_label(CALCIUM).fill("7.9")
    expect(one.page.locator(".bar .moved").first).to_have_text("new in the list")
    assert one.ranking == ["Hypoparathyroidism", "Hypocalcaemia"]


def test_who_wants_no_motion_gets_none(visit: Callable[..., Visit]) -> None:
    one = visit(reduced_motion="reduce")
    one.hold()
    with one.asking():
        one.page.get_by_label(CALCIUM).fill("9.4")
    expect(one.page.locator(".bar .moved")).to_have_text("▲ was 2, was well supported")
    assert one.page.evaluate(_RUNNING) == []


def test_another_patient_is_no_move(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.choose("stress classic")
    expect(one.page.locator(".bar .moved").first).to_have_text("")
    expect(one.page.locator("#status")).to_have_text("1 card.")


def test_unknowns_red_flags_and_absent_causes_are_told(
    visit: Callable[..., Visit], engine: Engine
) -> None:
    one = visit(viewport=WIDE)
    one.choose("denosumab classic")
    why = one.page.locator("#why")
    unknown = why.locator(".unknowns li", has_text="Low magnesium")
    expect(unknown).to_contain_text("if present Hypomagnesaemia would be listed, and first")
    expect(unknown).to_contain_text("settled by Magnesium")
    fired = why.locator(".flags .critical")
    expect(fired).to_contain_text("fired by Denosumab in advanced kidney disease")
    nearly = why.locator(".flags .nearly", has_text="Tetany or low calcium after neck surgery")
    expect(nearly).to_contain_text("has Low calcium; missing Recent neck surgery")
    why.get_by_text("Nothing recorded supports it").click()
    expect(why.locator(".others li", has_text="Stress").first).to_be_visible()
    expect(why.locator(".others", has_text="What it requires is known")).to_contain_text(
        "Kennedy disease: Male"
    )
    total = one.page.evaluate(
        "Array.from(document.querySelectorAll('.others')).flatMap("
        "(one) => Array.from(one.querySelectorAll('a[href*=causes]'))).length"
    )
    assert total == len(engine.bundle.causes) - len(one.ranking)


def test_what_was_open_stays_open(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.page.get_by_text("Every line of evidence on Hypocalcaemia").click()
    with one.asking():
        one.page.get_by_label(CALCIUM).fill("9.4")
    expect(one.page.locator(".bar .moved")).to_have_text("▲ was 2, was well supported")
    expect(one.page.get_by_role("region", name="Every line of evidence on")).to_be_visible()


def test_a_cause_below_the_cut_off_is_told_with_what_counted(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.choose("contradicted by a normal ionised calcium")
    below = one.page.locator(".others", has_text="Supported, and still below the cut-off")
    expect(below).to_contain_text(
        "Hypocalcaemia tingling around the mouth and of the hands (+0.7), ionised calcium is "
        "normal (-1.0); comes to -2.0, the cut-off is -1.7"
    )
    expect(one.page.locator("#why")).to_contain_text("no cause is listed")
