"""A real Chromium, from the distribution's packages, and what the tests ask of a page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from uppsikt.web.demo.services import DEMO_PASSWORD

DESKTOP = {"width": 1280, "height": 900}
QUIET = [  # the browser asks nothing of anybody but the page
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium for the tests of a module, and gone after it; the tests are skipped where there is none.

    Playwright keeps an event loop running in this thread, in which Django refuses to ask the database
    and would open a connection of its own. So no test that asks the database may run meanwhile.
    """
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium saknas: sudo apt install chromium")
    rights = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox refuses to run as root
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=[*QUIET, *rights])
        yield found
        found.close()


@pytest.fixture
def context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """A fresh visitor: no cookies, Swedish, a desktop window; addresses are relative to the server."""
    made = browser.new_context(base_url=server, viewport=DESKTOP, locale="sv-SE", accept_downloads=True)
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose scripts must not fail."""
    faults: list[str] = []
    made = context.new_page()
    made.on("pageerror", lambda error: faults.append(str(error)))
    yield made
    assert not faults, f"Sidans skript klagade: {faults}"


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Give what axe finds on a page, each with its element."""
    examiner = Axe()

    def examine(page: Page) -> list[str]:
        found = examiner.run(page).response["violations"]
        return [f"{one['id']}: {one['help']}: {node['html'][:160]}" for one in found for node in one["nodes"]]

    return examine


@pytest.fixture
def sign_in(page: Page) -> Callable[[str], None]:
    """Sign a demonstration user in, past whoever was."""

    def as_user(who: str) -> None:
        page.context.clear_cookies()
        page.goto("/logga-in/")
        page.get_by_label("Användarnamn").fill(who)
        page.get_by_label("Lösenord").fill(DEMO_PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        expect(page.get_by_role("button", name="Logga ut")).to_be_visible()

    return as_user
