"""How much of a page moves by itself while it is loaded (layout shift, as browsers measure it)."""

from playwright.sync_api import BrowserContext, Page

_WATCH = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.hadRecentInput ? 0 : entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def watch_shifts(context: BrowserContext) -> None:
    """Have every page of the context add up what moves."""
    context.add_init_script(_WATCH)


def shifted(page: Page) -> float:
    """What has moved so far; 0 is nothing."""
    return float(page.evaluate("window.shifted"))
