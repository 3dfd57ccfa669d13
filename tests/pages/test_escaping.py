"""Text of rules and cards never acts as markup."""

from dataclasses import replace

import pytest

from orbicularis.engine.engine import Engine
from orbicularis.knowledge.file_kind import CAUSE
from orbicularis.pages.examples import Examples
from orbicularis.pages.markdown import as_html
from orbicularis.pages.site import Site
from orbicularis.pages.uses import Rule
from tests.pages.conftest import SMALL
from tests.support.bundles import bundle, cause, pro
from tests.support.html import Page

HOSTILE = '<script>alert("x")</script>&amp;'


def test_no_text_of_a_rule_is_markup(small: Site) -> None:
    sound = small.bundle
    marked = {"title": HOSTILE}
    causes = {
        key: one.model_copy(update={**marked, "advice": HOSTILE, "known_misses": (HOSTILE,)})
        for key, one in sound.causes.items()
    }
    findings = {
        key: one.model_copy(update={**marked, "phrase": HOSTILE})
        for key, one in sound.findings.items()
    }
    flags = {
        key: one.model_copy(update={**marked, "summary": HOSTILE, "action": HOSTILE})
        for key, one in sound.red_flags.items()
    }
    manifest = sound.manifest.model_copy(update={**marked, "developer": HOSTILE})
    hostile = replace(sound, causes=causes, findings=findings, red_flags=flags, manifest=manifest)
    site = Site(Engine(hostile), [SMALL])
    for path in site.paths():
        page = site.page(path) or ""
        assert "<script>alert" not in page
        assert HOSTILE in Page(page).text


@pytest.mark.parametrize(
    "detail",
    [
        "<img src=x onerror=alert(1)>",
        "[here](javascript:alert(1))",
        "[here](https://example.org)",
        "![here](https://example.org/a.png)",
        "<https://example.org>",
        "[here]: https://example.org\n\n[here]",
    ],
)
def test_a_card_brings_no_link_image_or_html(detail: str) -> None:
    html = as_html(detail)
    assert not [tag for tag in ("<a", "<img", "<script") if tag in html]


def test_a_card_keeps_its_paragraphs_lists_and_bold() -> None:
    html = as_html("**1. Stress: possible**\n\n- For: stress \\(today\\)\n- Advice: rest")
    assert html == (
        "<p><strong>1. Stress: possible</strong></p>\n"
        "<ul>\n<li>For: stress (today)</li>\n<li>Advice: rest</li>\n</ul>\n"
    )


def test_vignettes_that_name_what_these_rules_do_not_hold_are_left_out(small: Site) -> None:
    rule = Rule(CAUSE, "hypocalcaemia")
    assert Examples(small.engine, [SMALL], 1).beside(rule)
    other = Engine(bundle(cause("spasm", pro("twitching")), codes=("twitching",)))
    assert not Examples(other, [SMALL], 1).beside(rule)
