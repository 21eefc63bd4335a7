"""A budget is made in the browser: pasted, undone, saved, by two at once, through Excel, moved, compared, adopted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.web.budget.libreoffice import converted
from uppsikt.web.demo.services import DEMO_PASSWORD

ROOM = "/kommunstyrelsen/internbudget-2020/budget/"
NB = "\N{NO-BREAK SPACE}"


def _sign_in(page: Page, who: str) -> None:
    page.goto("/logga-in/")
    page.get_by_label("Användarnamn").fill(who)
    page.get_by_label("Lösenord").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("button", name="Logga ut")).to_be_visible()


@pytest.fixture
def scenario(page: Page, request: pytest.FixtureRequest) -> str:
    """The address of a scenario of the test's own, seen by the controller."""
    _sign_in(page, "controller")
    page.goto(ROOM)
    page.get_by_role("link", name="Internbudget 2020", exact=True).click()
    page.get_by_role("link", name="Kopiera till ett scenario").click()
    page.get_by_label("Namn på scenariot").fill(request.node.name)
    page.get_by_label("Varför?").fill("Prövar")
    page.get_by_role("button", name="Kopiera").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(request.node.name)
    return page.url


def _paste(page: Page, text: str) -> None:
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const how = {clipboardData: data, bubbles: true, cancelable: true};
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        text,
    )


def _cell(page: Page, row: str, month: str) -> Locator:
    return page.get_by_label(f"{row}, {month}", exact=True)


def _whole(page: Page) -> str:
    return page.locator("tfoot [data-column=sum]").inner_text()


def test_the_grid_behaves_like_a_spreadsheet(page: Page, scenario: str, axe: Callable[[Page], list[str]]) -> None:
    page.goto(scenario + "rutnat/manader/ekonomistaben/")
    assert axe(page) == []
    before = _whole(page)
    _cell(page, "LinQ", "januari").click()
    _paste(page, f"1{NB}000\t2 000,00\n−3 000\t(4 000)\n")
    expect(_cell(page, "LinQ", "februari")).to_have_value(f"2{NB}000")
    expect(_cell(page, "Utvecklingsprojekt", "januari")).to_have_value(f"−3{NB}000")
    expect(_cell(page, "Utvecklingsprojekt", "februari")).to_have_value(f"−4{NB}000")
    expect(page.locator("[data-status]")).to_contain_text("4 osparade ändringar")
    expect(page.locator("[data-status]")).to_contain_text(f"4 celler markerade, summa −4{NB}000")
    assert _whole(page) != before
    page.keyboard.press("Control+z")
    assert _whole(page) == before
    expect(page.locator("[data-status]")).to_contain_text("Inga osparade ändringar")
    page.keyboard.press("Control+y")
    expect(_cell(page, "LinQ", "januari")).to_have_value(f"1{NB}000")
    page.keyboard.press("Control+z")

    _cell(page, "LinQ", "mars").click()
    page.keyboard.type("600000")
    page.keyboard.press("Enter")
    expect(_cell(page, "Utvecklingsprojekt", "mars")).to_be_focused()
    expect(_cell(page, "LinQ", "mars")).to_have_value(f"600{NB}000")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("F2")
    page.keyboard.press("Backspace")
    page.keyboard.press("Escape")
    expect(_cell(page, "LinQ", "mars")).to_have_value(f"600{NB}000")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+d")
    expect(_cell(page, "Utvecklingsprojekt", "mars")).to_have_value(f"600{NB}000")
    page.keyboard.press("Control+z")

    _cell(page, "LinQ", "april").click()
    page.keyboard.type("12,50")
    page.keyboard.press("Tab")
    expect(page.locator("[data-status]")).to_contain_text("1 cell går inte att läsa")
    _cell(page, "LinQ", "april").click()
    page.keyboard.press("Control+z")
    page.get_by_label("Varför ändrar du?").fill("Ny licens i mars")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("1 cell är sparad.")).to_be_visible()
    expect(_cell(page, "LinQ", "mars")).to_have_value(f"600{NB}000")


def test_two_who_write_in_the_same_cell_are_both_shown(
    page: Page, scenario: str, browser: Browser, server: str
) -> None:
    address = scenario + "rutnat/manader/ekonomistaben/"
    page.goto(address)
    other = browser.new_context(base_url=server, locale="sv-SE").new_page()
    _sign_in(other, "chef")
    other.goto(address)
    for who, amount in ((other, "111"), (page, "222")):
        _cell(who, "LinQ", "maj").fill(amount)
        who.get_by_label("Varför ändrar du?").fill("Samtidigt")
        who.get_by_role("button", name="Spara").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Charlie Chef hann före dig i 1 cell")
    expect(alert).to_contain_text("någon annan skrev 111, du skrev 222")
    expect(_cell(page, "LinQ", "maj")).to_have_value("222")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("1 cell är sparad.")).to_be_visible()
    expect(_cell(page, "LinQ", "maj")).to_have_value("222")
    other.context.close()


def test_a_workbook_is_changed_in_libreoffice_and_comes_back(page: Page, scenario: str, tmp_path: Path) -> None:
    page.goto(scenario)
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Hämta som Excel").click()
    out = tmp_path / "budget.xlsx"
    downloading.value.save_as(out)
    flat = converted(out, "fods", tmp_path / "fods")
    new = ["", "Ekonomistaben", "7411", "", "", "Revision", *["1000"] * 12]
    # Eight months that are the same stand there as one, told eight times.
    text = flat.read_text().replace('office:value="416667"', 'office:value="400000"', 1)
    flat.write_text(text.replace("</table:table-row>", f"</table:table-row>{_row_of(new)}", 1))
    back = converted(flat, "xlsx", tmp_path / "tillbaka")

    page.get_by_role("link", name="Läs in en ändrad fil").click()
    page.get_by_label("Excelfil").set_input_files(back)
    page.get_by_role("button", name="Visa vad som skulle ändras").click()
    row = page.get_by_role("row", name="LinQ 2020 januari")
    expect(row).to_contain_text(f"400{NB}000")
    expect(row).to_contain_text(f"−16{NB}667")
    expect(page.get_by_role("row", name="Revision")).to_contain_text(f"12{NB}000")
    page.get_by_label("Varför?").fill("Ändrat i LibreOffice")
    page.get_by_role("button", name="Spara ändringarna").click()
    expect(page.get_by_text("8 celler är sparade. 1 ny rad är tillagd.")).to_be_visible()
    page.goto(scenario + "rutnat/manader/ekonomistaben/")
    expect(_cell(page, "LinQ", "januari")).to_have_value(f"400{NB}000")
    expect(_cell(page, "Revision", "december")).to_have_value(f"1{NB}000")


def _row_of(cells: list[str]) -> str:
    """Write a row as LibreOffice's own format has it."""
    told = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>'
        if one
        else "<table:table-cell/>"
        for one in cells
    )
    return f"<table:table-row>{told}</table:table-row>"


def test_a_line_is_laid_out_by_weights_of_ones_own(page: Page, scenario: str, axe: Callable[[Page], list[str]]) -> None:
    page.goto(scenario + "rutnat/manader/ekonomistaben/")
    page.get_by_role("link", name="Lägg om på månader").click()
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_role("checkbox", name="LinQ").check()
    page.get_by_label("Fördelning över månader").select_option(label="egen")
    page.get_by_text("Egna vikter månad för månad").click()
    page.get_by_role("button", name="Visa hur det blir").click()
    expect(page.get_by_text("Skriv minst en vikt som är större än noll.")).to_be_visible()
    page.get_by_label("Januari", exact=True).fill("1,5")
    page.get_by_label("December", exact=True).fill("0,5")
    page.get_by_role("button", name="Visa hur det blir").click()
    expect(page.get_by_role("table", name="Så blir det").get_by_role("row", name="LinQ")).to_contain_text("3")
    expect(page.get_by_text("Ingenting är sparat ännu.")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("Varför?").fill("Licensen betalas i januari och december")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("1 rad är omlagd över månaderna.")).to_be_visible()
    expect(_cell(page, "LinQ", "januari")).to_have_value(f"3{NB}750{NB}000")
    expect(_cell(page, "LinQ", "december")).to_have_value(f"1{NB}250{NB}000")
    expect(_cell(page, "LinQ", "juni")).to_have_value("0")


def test_money_is_moved_and_moved_back(page: Page, scenario: str) -> None:
    page.goto(scenario + "flyttar/")
    for label, line in (("Från", "LinQ"), ("Till", "Inkasso")):
        options = page.get_by_label(label, exact=True)
        value = options.locator("option", has_text=line).get_attribute("value")
        options.select_option(value)
    page.get_by_label("Belopp, kr").fill("120 000")
    page.get_by_label("Varför?").fill("Fler inkassoärenden")
    page.get_by_role("button", name="Flytta").click()
    expect(page.get_by_text("Flytten är gjord och loggad.")).to_be_visible()
    page.goto(scenario)
    expect(page.get_by_role("row", name="Ekonomistyrning")).to_contain_text(f"120{NB}000")
    page.goto(scenario + "flyttar/")
    page.get_by_role("link", name="Ångra").click()
    page.get_by_label("Varför?").fill("Fel rad")
    page.get_by_role("button", name="Ångra").click()
    expect(page.get_by_text("Båda står kvar i loggen.")).to_be_visible()
    expect(page.get_by_role("row", name="Ekonomistyrning: Inkasso")).to_have_count(2)
    page.goto(scenario)  # moved there and back: nothing to tell
    expect(page.get_by_role("columnheader", name="Flyttat")).to_have_count(0)


def test_a_scenario_is_compared_and_adopted(page: Page, scenario: str, axe: Callable[[Page], list[str]]) -> None:
    page.goto(scenario + "rutnat/ar/ekonomistaben/")
    _cell(page, "LinQ", "budget 2020").fill("4 000 000")
    page.get_by_label("Varför ändrar du?").fill("Billigare avtal")
    page.get_by_role("button", name="Spara").click()
    page.goto(scenario)
    page.get_by_role("link", name="Jämför med Internbudget 2020", exact=True).click()
    expect(page.get_by_role("row", name="LinQ")).to_contain_text(f"1{NB}000{NB}000")
    assert axe(page) == []
    page.goto(scenario)
    page.get_by_role("link", name="Fastställ med ett beslut").click()
    page.get_by_label("Beslut", exact=True).select_option(label="KS 2019-10-22 § 315")
    page.get_by_role("button", name="Fastställ").click()
    expect(page.get_by_text("Budgeten är fastställd")).to_be_visible()
    page.goto(scenario + "rutnat/manader/ekonomistaben/")
    expect(page.get_by_label("LinQ, maj", exact=True)).to_have_count(0)
    page.context.clear_cookies()
    page.goto(ROOM)  # what is decided is for everybody; drafts are not
    expect(page.get_by_role("link", name="test_a_scenario_is_compared_and_adopted", exact=True)).to_have_count(1)
    expect(page.get_by_role("link", name="Planåren 2021–2023, scenario")).to_have_count(0)
