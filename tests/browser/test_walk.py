"""Walks that a person makes: from the overview to the report, an edit and its history, all by keyboard."""

from __future__ import annotations

from playwright.sync_api import Page, expect

START = "/kommunstyrelsen/bokslut-2024/"


def test_the_first_page_is_the_board_at_its_newest_year_end(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_url(lambda address: address.endswith(START))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kommunstyrelsen")
