"""A project is followed in the browser: registered, decided, carried over, forecast, finished, and put back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

PROJECTS = "/kommunstyrelsen/bokslut-2024/investeringar/projekt/"
NB = "\N{NO-BREAK SPACE}"
CODE = "90180"


def _save(page: Page, why: str, button: str = "Spara") -> None:
    page.get_by_label("Varför?").fill(why)
    page.get_by_role("button", name=button).click()


def _set_code(page: Page, project: str, code: str, why: str) -> None:
    page.goto(f"{PROJECTS}{project}/uppgifter/")
    page.get_by_label("Projektkoder i redovisningen").fill(code)
    _save(page, why)
    expect(page.get_by_text("Projektets uppgifter är sparade.")).to_be_visible()


def _decide(page: Page, what: str, year: str, amount: str, day: str, from_year: str = "") -> None:
    page.get_by_role("link", name="Lägg in beslut eller överföring").click()
    page.get_by_label("Vad beslutet gör").select_option(label=what)
    page.get_by_label("År pengarna får användas").fill(year)
    page.get_by_label("Från år").fill(from_year)
    page.get_by_label("Utgifter, tkr").fill(amount)
    page.get_by_label("Beslutat den").fill(day)
    _save(page, "Enligt protokollet")


@pytest.fixture
def code(page: Page, sign_in: Callable[[str], None]) -> str:
    """A project code with entries in the ledger, free while the test runs."""
    sign_in("controller")
    _set_code(page, "aktier-sodra", "", "Koden flyttas")
    return CODE


def _standing(page: Page, term: str) -> str:
    return page.locator("dl.standing div", has_text=term).locator("dd").inner_text()


def test_a_project_from_its_decision_until_it_is_finished(
    page: Page, code: str, axe: Callable[[Page], list[str]]
) -> None:
    page.goto(PROJECTS)
    page.get_by_role("link", name="Lägg in ett projekt").click()
    assert axe(page) == []
    page.get_by_label("Projektets namn").fill("Vindskydd vid ån")
    page.get_by_label("Påbörjat").fill("2023-01-01")
    page.get_by_label("Projektkoder i redovisningen").fill("90181")
    _save(page, "Fullmäktige har beslutat")
    expect(page.get_by_text(f"Menar du {code}")).to_be_visible()
    page.get_by_label("Projektkoder i redovisningen").fill(code)
    _save(page, "Fullmäktige har beslutat")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vindskydd vid ån")
    address = page.url

    _decide(page, "beslutad budget", "2023", "500", "2022-12-13")
    expect(page.get_by_text("Beslutet är inlagt.")).to_be_visible()
    assert _standing(page, "Beslutad totalutgift") == "500"
    assert _standing(page, "Ackumulerat utfall").startswith("300")
    _decide(page, "överfört från tidigare år", "2024", "501", "2024-02-06", "2023")
    expect(page.get_by_text("för mycket")).to_be_visible()
    page.get_by_label("Utgifter, tkr").fill("500")
    _save(page, "Enligt protokollet")
    expect(page.get_by_text("Beslutet är inlagt.")).to_be_visible()
    expect(page.get_by_role("row", name="2024").first).to_contain_text("500")

    page.get_by_role("link", name="Lämna prognos").click()
    page.get_by_label("Utgifter när projektet är färdigt, tkr").fill("620")
    page.get_by_label("Kommentar").fill("Grunden var blötare än väntat.")
    _save(page, "Prognos vid bokslutet")
    expect(page.get_by_text("Prognosen är sparad.")).to_be_visible()
    expect(page.get_by_text("Grunden var blötare än väntat.")).to_be_visible()
    assert _standing(page, "Avvikelse när projektet är färdigt") == "\N{MINUS SIGN}120"
    assert axe(page) == []

    page.get_by_role("link", name="Ackumulerat").or_(page.locator("dl.standing a")).first.click()
    expect(page.get_by_text(f"300{NB}000,00").first).to_be_visible()

    page.goto(address)
    page.get_by_role("link", name="Projektet är färdigt").click()
    page.get_by_label("Färdigt den").fill("2024-12-15")
    _save(page, "Slutbesiktigat")
    expect(page.get_by_text("15 december 2024")).to_be_visible()
    assert _standing(page, "Kalkylerad totalutgift").startswith("300")
    page.goto(PROJECTS)
    expect(page.get_by_role("row", name="Vindskydd vid ån")).to_contain_text("300")

    _set_code(page, "vindskydd-vid-an", "", "Koden flyttas tillbaka")
    _set_code(page, "aktier-sodra", code, "Koden är tillbaka")
