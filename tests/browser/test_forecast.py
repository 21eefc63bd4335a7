"""A head of a unit gives the forecast, with and without scripts; a deficit is met with an action plan."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from uppsikt.web.demo.services import DEMO_PASSWORD

NB = "\N{NO-BREAK SPACE}"
AUGUST, APRIL = "delar-augusti-2024", "delar-april-2024"


def test_a_head_gives_a_forecast_that_must_be_explained(
    page: Page, sign_in: Callable[[str], None], axe: Callable[[Page], list[str]]
) -> None:
    sign_in("chef")
    page.goto(f"/ekonomistaben/{AUGUST}/")
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Ekonomi").click()
    page.get_by_role("navigation", name="Ekonomins sidor").get_by_role("link", name="Prognos").click()
    row = page.get_by_role("table").get_by_role("row", name="Ekonomistyrning")
    expect(row).to_contain_text("ingår i Ekonomistaben")
    row.get_by_role("link", name="Ekonomistyrning").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Prognos för Ekonomistyrning")
    expect(page.get_by_text("det som återstår av den periodiserade budgeten").first).to_be_visible()
    expect(page.get_by_text("räknas upp därefter").first).to_be_visible()

    page.get_by_role("button", name="Utfall hittills och resten av budgeten").click()
    costs, income = page.get_by_label("Kostnader helår, tkr"), page.get_by_label("Intäkter helår, tkr")
    expect(costs).not_to_have_value("")
    income.fill("12")
    costs.fill("99 mnkr")
    page.get_by_role("button", name="Lämna prognosen").click()
    expect(page.get_by_text("Skriv en kommentar: vad beror det på")).to_be_visible()
    expect(costs).to_have_value("99 mnkr")
    expect(income).to_have_value("12")
    assert axe(page) == []
    page.get_by_label("Kommentar").fill("Upphandlingen av ekonomisystemet görs i år.")
    page.get_by_role("button", name="Lämna prognosen").click()
    expect(page.get_by_text("Prognosen är lämnad.")).to_be_visible()

    page.get_by_role("navigation", name="Ekonomins sidor").get_by_role("link", name="Uppföljning").click()
    expect(page.get_by_role("row", name="Ekonomistyrning")).to_contain_text(f"98{NB}988")
    page.goto(f"/klf/{AUGUST}/prognos/")  # where the director looks
    expect(page.get_by_role("row", name="Ekonomistyrning")).to_contain_text("Lämnad")
    expect(page.get_by_text("Upphandlingen av ekonomisystemet görs i år.")).to_be_visible()


def test_a_forecast_is_drafted_without_scripts(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False, locale="sv-SE")
    page = context.new_page()
    page.goto("/logga-in/")
    page.get_by_label("Användarnamn").fill("chef")
    page.get_by_label("Lösenord").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.goto(f"/ekonomistaben/{AUGUST}/prognos/enhet/agarstyrning-lokaler/")
    page.get_by_role("button", name="Som förra årets mönster").click()
    costs = page.get_by_label("Kostnader helår, tkr")
    expect(costs).not_to_have_value("")
    proposed = costs.input_value()
    page.get_by_label("Kommentar").fill("Som i fjol.")
    page.get_by_role("button", name="Spara utkast").click()
    expect(page.get_by_text("Utkast: syns bara inom enheten")).to_be_visible()
    expect(costs).to_have_value(proposed)
    page.get_by_role("button", name="Kasta utkastet").click()
    expect(page.get_by_text("Utkastet är kastat.")).to_be_visible()
    context.close()


def test_a_deficit_is_met_with_a_plan_that_says_when_it_is_gone(page: Page, sign_in: Callable[[str], None]) -> None:
    sign_in("controller")
    page.goto(f"/kommunstyrelsen/{APRIL}/prognos/")
    page.get_by_role("link", name="Åtgärdsplaner").click()
    row = page.get_by_role("row", name="Verksamhetsstöd och service")
    expect(row).to_contain_text("Krävs, saknas")
    row.get_by_role("link", name="Påbörja planen").click()
    expect(page.get_by_label("Underskott 2025 utan åtgärder, tkr")).to_have_value("3 500")
    page.get_by_label("Varför uppstår underskottet?").fill("Licenserna har blivit dyrare än priserna till kund.")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Åtgärderna räcker inte till balans")).to_be_visible()
    page.get_by_role("link", name="Lägg till en åtgärd").click()
    for label, text in (("Åtgärd", "Nya priser mot kund"), ("Ansvarig", "Ekonomichefen"), ("Klart", "2025-01-01")):
        page.get_by_label(f"{label}:", exact=True).fill(text)
    page.get_by_label("Planerad effekt 2024, tkr").fill("500")
    page.get_by_label("Planerad effekt 2025, tkr").fill("3,5 mnkr")
    page.get_by_role("button", name="Spara åtgärden").click()
    expect(page.get_by_text("Med åtgärderna är enheten i balans 2025.")).to_be_visible()
    page.get_by_role("link", name="Åtgärdsplaner").click()
    expect(page.get_by_role("listitem").filter(has_text="Delår april 2024").last).to_contain_text("i balans 2025")
