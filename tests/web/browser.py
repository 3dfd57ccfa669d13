"""A headless Chromium, where this machine has one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

from tests.support.patience import PATIENCE_S
from tests.support.programs import program

CHROMIUM = program("chromium", "chromium-browser", "google-chrome")
"""Where it is; None where it is not, and nobody said that it has to be."""


@contextmanager
def started() -> Iterator[Browser]:
    """Start it; root cannot use its sandbox."""
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    expect.set_options(timeout=PATIENCE_S * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        try:
            yield browser
        finally:
            browser.close()
