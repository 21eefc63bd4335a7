"""A budget is made in the browser: pasted, undone, saved, by two at once, through Excel, moved, compared, adopted."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

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
    assert _cell(page, "LinQ", "februari").input_value() == f"2{NB}000"
    assert _cell(page, "Utvecklingsprojekt", "januari").input_value() == f"−3{NB}000"
    assert _cell(page, "Utvecklingsprojekt", "februari").input_value() == f"−4{NB}000"
    expect(page.locator("[data-status]")).to_contain_text("4 osparade ändringar")
    expect(page.locator("[data-status]")).to_contain_text(f"4 celler markerade, summa −4{NB}000")
    assert _whole(page) != before
    page.keyboard.press("Control+z")
    assert _whole(page) == before
    expect(page.locator("[data-status]")).to_contain_text("Inga osparade ändringar")
    page.keyboard.press("Control+y")
    assert _cell(page, "LinQ", "januari").input_value() == f"1{NB}000"
    page.keyboard.press("Control+z")

    _cell(page, "LinQ", "mars").click()
    page.keyboard.type("600000")
    page.keyboard.press("Enter")
    expect(_cell(page, "Utvecklingsprojekt", "mars")).to_be_focused()
    assert _cell(page, "LinQ", "mars").input_value() == f"600{NB}000"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("F2")
    page.keyboard.press("Backspace")
    page.keyboard.press("Escape")
    assert _cell(page, "LinQ", "mars").input_value() == f"600{NB}000"
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+d")
    assert _cell(page, "Utvecklingsprojekt", "mars").input_value() == f"600{NB}000"
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
    assert _cell(page, "LinQ", "mars").input_value() == f"600{NB}000"


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
    assert _cell(page, "LinQ", "maj").input_value() == "222"
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("1 cell är sparad.")).to_be_visible()
    assert _cell(page, "LinQ", "maj").input_value() == "222"
    other.context.close()


def test_a_workbook_goes_out_and_comes_back(page: Page, scenario: str, tmp_path: Path) -> None:
    page.goto(scenario)
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Hämta som Excel").click()
    out, back = tmp_path / "ut.xlsx", tmp_path / "in.xlsx"
    downloading.value.save_as(out)
    _changed(out, back, "<v>416667</v>", "<v>400000</v>")
    page.get_by_role("link", name="Läs in en ändrad fil").click()
    page.get_by_label("Excelfil").set_input_files(back)
    page.get_by_role("button", name="Visa vad som skulle ändras").click()
    row = page.get_by_role("row", name="LinQ")
    expect(row).to_contain_text(f"400{NB}000")
    expect(row).to_contain_text(f"−16{NB}667")
    page.get_by_label("Varför?").fill("Ändrat i Excel")
    page.get_by_role("button", name="Spara ändringarna").click()
    expect(page.get_by_text("1 cell är sparad.")).to_be_visible()
    page.goto(scenario + "rutnat/manader/ekonomistaben/")
    assert _cell(page, "LinQ", "januari").input_value() == f"400{NB}000"


def _changed(out: Path, back: Path, old: str, new: str) -> None:
    """Write the workbook again with one number changed, as a spreadsheet would."""
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(back, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, text.replace(old.encode(), new.encode(), 1) if name.endswith("sheet1.xml") else text)


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
    page.get_by_role("link", name="Ångra").click()
    page.get_by_label("Varför?").fill("Fel rad")
    page.get_by_role("button", name="Ångra").click()
    expect(page.get_by_text("Båda står kvar i loggen.")).to_be_visible()
    expect(page.get_by_role("row", name="Ekonomistyrning: Inkasso")).to_have_count(2)


def test_a_scenario_is_compared_and_adopted(page: Page, scenario: str, axe: Callable[[Page], list[str]]) -> None:
    page.goto(scenario + "rutnat/ar/ekonomistaben/")
    _cell(page, "LinQ", "budget 2020").fill("4 000 000")
    page.get_by_label("Varför ändrar du?").fill("Billigare avtal")
    page.get_by_role("button", name="Spara").click()
    page.goto(scenario)
    page.get_by_role("link", name="Jämför med Internbudget 2020").click()
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
