"""Walks that a person makes: from the overview to the report, an edit and its history, all by keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from uppsikt.web.demo.services import DEMO_PASSWORD

START = "/kommunstyrelsen/bokslut-2024/"
INDICATOR = START + "indikatorer/sjukfranvaro-klf/"


def _sign_in(page: Page, who: str) -> None:
    page.get_by_role("link", name="Logga in").click()
    page.get_by_label("Användarnamn").fill(who)
    page.get_by_label("Lösenord").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("button", name="Logga ut")).to_be_visible()


def _heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_from_the_overview_to_the_report_as_a_file(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile(re.escape(START) + "$"))
    assert _heading(page) == "Kommunstyrelsen"
    expect(page.get_by_text("13 av 18 uppnådda")).to_be_visible()

    page.get_by_role("link", name="Goda arbetsplatser").click()
    assert _heading(page) == "Goda arbetsplatser"
    page.get_by_role("link", name="Total sjukfrånvaro KLF").first.click()
    expect(page).to_have_url(re.compile(re.escape(INDICATOR) + "$"))
    expect(page.get_by_role("row", name="2024 1,5 Bokslut 2024").first).to_be_visible()

    menu = page.get_by_role("navigation", name="Huvudmeny")
    menu.get_by_role("link", name="Ekonomi").click()
    sum_row = page.get_by_role("row", name="Summa nettokostnader").first
    expect(sum_row).to_contain_text("632,1")
    page.get_by_role("link", name="Ekonomistaben").first.click()  # unfolds under its row
    page.get_by_role("link", name="Öppna som egen sida").click()
    page.wait_for_url("**/ekonomi/enhet/ekonomistaben/")
    assert _heading(page) == "Ekonomistaben"

    menu.get_by_role("link", name="Rapporter").click()
    page.get_by_role("link", name="Verksamhetsberättelse 2024").first.click()
    assert "Verksamhetsberättelse 2024" in _heading(page)
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Hämta PDF").click()
    file = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(file)
    assert file.suffix == ".pdf"
    assert file.read_bytes().startswith(b"%PDF-")


def test_the_context_bar_keeps_the_page_and_changes_the_place(page: Page) -> None:
    page.goto(START + "ekonomi/")
    with page.expect_navigation():
        page.get_by_label("Rapporttillfälle").select_option("bokslut-2019")
    expect(page).to_have_url(re.compile(re.escape("/kommunstyrelsen/bokslut-2019/ekonomi/") + "$"))
    expect(page.get_by_role("row", name="Kommunledning").first).to_contain_text("168\N{NO-BREAK SPACE}117")


def test_a_value_is_changed_and_its_history_told(page: Page) -> None:
    page.goto(INDICATOR)
    _sign_in(page, "controller")
    expect(page).to_have_url(re.compile(re.escape(INDICATOR) + "$"))  # signing in leads back
    row = page.get_by_role("row", name="2022 2,2 Bokslut 2024")
    row.get_by_role("link", name="Ändra").click()
    page.get_by_label("Värde", exact=True).fill("2,3")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Varför").first).to_be_visible()  # nothing is written without a reason
    page.get_by_label("Varför").fill("Rättat efter avstämning med personalsystemet")
    page.get_by_label("Värde", exact=True).fill("2,3")
    page.get_by_role("button", name="Spara").click()

    expect(page).to_have_url(re.compile(re.escape(INDICATOR) + "(#|$)"))
    changed = page.get_by_role("row", name="2022 2,3 Bokslut 2024")
    expect(changed).to_contain_text("Kim Controller")
    changed.get_by_role("link", name="Historik").click()
    told = page.get_by_role("main")
    expect(told).to_contain_text("Kim Controller")
    expect(told).to_contain_text("Rättat efter avstämning med personalsystemet")
    expect(told).to_contain_text("2,2")


def test_a_comment_is_written(page: Page) -> None:
    page.goto(START + "ekonomi/enhet/ekonomistaben/")
    _sign_in(page, "chef")
    page.get_by_role("main").get_by_role("link", name="kommentar").first.click()
    page.locator("textarea").first.fill("Två tjänster var vakanta under våren.")
    why = page.get_by_label("Varför")
    if why.count():
        why.fill("Kommentar till bokslutet")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Två tjänster var vakanta under våren.").first).to_be_visible()


def test_a_reader_is_never_offered_to_change_anything(page: Page) -> None:
    for address in (INDICATOR, START + "ekonomi/enhet/ekonomistaben/"):
        page.goto(address)
        expect(page.get_by_role("main").get_by_role("link", name="Ändra")).to_have_count(0)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/ingenstans/bokslut-2024/", "ingenstans"),
        ("/kommunstyrelsen/bokslut-1999/", "bokslut-1999"),
        (START + "indikatorer/finns-inte/", "finns-inte"),
        ("/vad/som/helst/", ""),
    ],
)
def test_an_unknown_address_is_a_swedish_page_with_a_way_on(page: Page, address: str, told: str) -> None:
    answer = page.request.get(address)
    assert answer.status == 404
    page.set_content(answer.text())
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    expect(page.get_by_role("main")).to_contain_text(told)
    expect(page.get_by_role("main").get_by_role("link")).not_to_have_count(0)


def test_everything_is_reached_by_keyboard(page: Page) -> None:
    page.goto(START)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Hoppa till innehållet")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"

    _tab_to(page, "Stärkt civil beredskap")
    assert _is_outlined(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/mal/*/")
    assert _heading(page) == "Stärkt civil beredskap"

    _tab_to(page, "Rapporter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rapporter/")


def _tab_to(page: Page, words: str, most: int = 120) -> None:
    """Press Tab until the focus stands on the link with these words."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == words:
            return
    raise AssertionError(f"Tangentbordet når inte ”{words}”.")


def _is_outlined(page: Page) -> bool:
    return bool(page.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'"))
