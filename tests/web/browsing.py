"""Debian's Chromium and a served page for tests that click; what axe finds, and what is wider than its window."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import axe_playwright_python
import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from web.app import make_app
from web.house import House

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
SAID = "each => [each.id, each.nodes[0].html, each.nodes[0].failureSummary]"
FOUND = f"axe.run({RULES}).then(all => all.violations.map({SAID}))"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDTHS = (360, 820, 1400)

IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine: apt-get install chromium"),
]


@contextmanager
def served(house: House) -> Iterator[str]:
    """Serve a page on a port of loopback, as `marsad web` does."""
    server = uvicorn.Server(uvicorn.Config(make_app(house), host="127.0.0.1", port=0, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@contextmanager
def started() -> Iterator[Browser]:
    """Start Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield browser
        browser.close()


def wrong_with(page: Page, widths: Iterable[int] = WIDTHS) -> list[object]:
    """Return what axe finds on a page that is open, and the widths at which it is wider than its window."""
    page.evaluate(AXE)  # injected by the browser itself: the policy of the page lets no script run
    found = [*page.evaluate(FOUND)]
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        if over := page.evaluate(TOO_WIDE):
            found.append((width, over))
    return found
