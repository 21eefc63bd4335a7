"""The page of a review in a real browser: accessible, filtered by its own check boxes, whole on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.review.samples import hostile, wrong
from tests.review.test_showing import caused
from uppsikt.review.record import Record
from uppsikt.review.showing.page import page_of


@pytest.mark.looks
@pytest.mark.parametrize("records", [[wrong()], [wrong(), caused(), hostile()]], ids=["one", "several"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_is_fetched(
    records: list[Record], width: int, browser: Browser, axe: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    path = tmp_path / "granskning.html"
    path.write_text("".join(page_of(records)))
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="sv-SE")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert axe(page) == []
    assert asked == [path.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.looks
def test_a_degree_of_certainty_can_be_hidden_and_a_mark_leads_to_its_finding(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "granskning.html"
    path.write_text("".join(page_of([wrong()])))
    page = browser.new_page(locale="sv-SE")
    page.goto(path.as_uri())
    sure, likely = page.locator("article.certain"), page.locator("article.likely")
    expect(sure).to_be_visible()
    page.get_by_label("trolig").uncheck()
    expect(likely).to_be_hidden()
    expect(sure).to_be_visible()
    page.get_by_role("link", name="700").click()
    expect(page.locator("article:target")).to_contain_text("Det står 700 tkr")
    page.close()
