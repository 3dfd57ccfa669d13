"""A browser at the workbench; what it complains of, and where it asks, is kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect

from tests.web.browser import CHROMIUM, started

# Both in one go: between two strokes the page may already ask, and wrap a Bundle into a request.
PASTED = """([text, now]) => {
  for (const [id, value] of [["body", text], ["now", now]]) {
    const field = document.getElementById(id);
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""

# Nothing that moves comes to its end by itself: a slow machine would look when it is over.
HELD = """() => {
  const { animate } = Element.prototype;
  Element.prototype.animate = function (...given) {
    const one = animate.apply(this, given);
    one.pause();
    return one;
  };
}"""
STILL = """async () => {
  await Promise.allSettled(document.getAnimations().map((one) => one.finished));
}"""


@dataclass
class Visit:
    """A page with what happened on it."""

    page: Page
    asked: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def heard(self, message: ConsoleMessage) -> None:
        """Keep what the browser complains of; a refused request is told on the page."""
        if "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def settled(self) -> None:
        """Wait until the last question is answered."""
        expect(self.page.locator("#answer")).not_to_have_attribute("aria-busy", "true")

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Do what makes the page ask; go on when it shows the answer, not when that comes."""
        with self.page.expect_response("**/workbench/look?*"):
            yield
        self.settled()

    def hold(self) -> None:
        """Stop whatever begins to move from here on at its first moment."""
        self.page.evaluate(HELD)

    def let_go(self) -> None:
        """Let what was held come to its end at once."""
        self.page.evaluate("document.getAnimations().forEach((one) => one.finish())")

    def still(self) -> None:
        """Wait until nothing moves any more."""
        self.page.evaluate(STILL)

    def look(self) -> None:
        """Press Ask and wait for the answer."""
        with self.asking():
            self.page.get_by_role("button", name="Ask").click()

    def paste(self, text: str, now: str = "2026-11-20T12:00:00Z") -> int:
        """Ask about a text; the status of the answer."""
        self.page.evaluate("document.getElementById('editor').hidden = false")
        with self.page.expect_response(answers(text, now)) as answered:
            self.page.evaluate(PASTED, [text, now])
        self.settled()
        return answered.value.status

    def choose(self, words: str) -> None:
        """Choose the first sample patient that these words find."""
        self.page.locator("#picker > summary").click()
        expect(self.page.locator("#found")).to_contain_text("sample patients")
        self.page.get_by_label("Search the sample patients").fill(words)
        with self.asking():
            self.page.keyboard.press("Enter")

    @property
    def ranking(self) -> list[str]:
        """The listed causes in their order."""
        return [one.strip() for one in self.page.locator(".bar .title > a").all_text_contents()]


def answers(text: str, now: str) -> Callable[[Response], bool]:
    """Tells the answer to this text at this time from earlier ones."""

    def is_about(answer: Response) -> bool:
        asked = urlsplit(answer.url)
        times = parse_qs(asked.query, keep_blank_values=True).get("now")
        return (
            asked.path.endswith("/workbench/look")
            and times == [now]
            and (answer.request.post_data or "") == text
        )

    return is_about


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with started() as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser, base_url: str) -> Iterator[Callable[..., Visit]]:
    """Open the workbench; nothing may be complained of, and nobody else asked."""
    visits: list[Visit] = []

    def opened(url: str = base_url, **options: Any) -> Visit:
        page = browser.new_context(**options).new_page()
        made = Visit(page)
        page.on("request", lambda request: made.asked.append(request))
        page.on("console", made.heard)
        page.on("pageerror", lambda error: made.complaints.append(str(error)))
        page.goto(f"{url}/")
        visits.append(made)
        return made

    yield opened
    for one in visits:
        one.page.context.close()
        assert one.complaints == []
