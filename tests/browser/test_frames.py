"""Frames in the browser: read as of each decision; a transfer is seen on both sides, sums to zero, and is withdrawn."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

ROOM = "/kommunstyrelsen/internbudget-2020/ramar/"
OTHER = "/bildningsnamnden/internbudget-2020/ramar/"
NB = "\N{NO-BREAK SPACE}"
MEETING = "KF 2020-02-11 § 12"


def _tkr(number: int) -> str:
    return f"{number:,}".replace(",", NB).replace("-", "\N{MINUS SIGN}")


def _frame(page: Page) -> Locator:
    return page.locator("main .figure").first


def _made(page: Page) -> Locator:
    return page.get_by_role("table", name="Så blev ramen till")


def _row(table: Locator, name: str, *amounts: int) -> None:
    """Expect the amounts of a row, year by year."""
    row = table.get_by_role("row").filter(has=table.page.get_by_role("rowheader", name=name, exact=True))
    for at, amount in enumerate(amounts):
        expect(row.locator("td.num").nth(at)).to_have_text(_tkr(amount))


def test_the_frame_of_2020_is_read_as_of_each_decision(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.goto(ROOM)
    expect(_frame(page)).to_have_text(f"{_tkr(460_375)}{NB}tkr")
    _row(_made(page), "Ram", 460_375, 452_855, 440_541, 437_395)
    expect(_made(page).get_by_role("row").nth(1)).to_contain_text(_tkr(463_475))
    expect(page.get_by_text("samma belopp hos motparten")).to_have_count(5)
    assert axe(page) == []

    page.get_by_label("eller den dag").fill("2019-10-21")
    page.get_by_label("eller den dag").press("Enter")
    expect(_frame(page)).to_have_text(f"{_tkr(463_475)}{NB}tkr")
    expect(page.get_by_text("5 ändringar som beslutades senare räknas inte med")).to_be_visible()
    page.get_by_role("link", name="Visa ramen som den är nu").click()
    expect(_frame(page)).to_have_text(f"{_tkr(460_375)}{NB}tkr")

    page.get_by_role("link", name="Alla nämnders omfördelningar").click()
    expect(page.get_by_text("Omfördelningarna går jämnt ut över kommunen varje år")).to_be_visible()
    table = page.get_by_role("table", name="Omfördelningar")
    _row(table, "Kommunen", 0, 0, 0, 0)
    _row(table, "Kultur- och fritidsnämnden", 5_200, 5_200, 5_200, 5_200)


def test_a_transfer_is_decided_seen_on_both_sides_and_withdrawn(
    page: Page, sign_in: Callable[[str], None], axe: Callable[[Page], list[str]]
) -> None:
    sign_in("sekreterare")
    page.goto(ROOM)
    page.get_by_role("link", name="Registrera en omfördelning").click()
    page.get_by_label("Från").select_option(label="Kommunstyrelsen")
    page.get_by_label("Ändamål").fill("Stöd till elitidrott")
    page.get_by_label("2020, tkr").fill("1 000")
    page.get_by_label("2021, tkr").fill("1 500,5")
    for label, text in (("Organ", "KF"), ("Sammanträdets datum", "2020-02-11"), ("Paragraf", "12")):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Beslutets rubrik").fill("Ändrade ramar")
    page.get_by_label("Varför registreras det nu?").fill("Enligt protokollet")
    page.get_by_role("button", name="Förhandsvisa").click()

    # Nobody receives: refused, and everything that was typed is still there.
    expect(page.get_by_role("alert")).to_contain_text("Det du har skrivit står kvar")
    expect(page.get_by_label("2021, tkr")).to_have_value("1 500,5")
    expect(page.get_by_label("Ändamål")).to_have_value("Stöd till elitidrott")
    expect(page.get_by_label("Sammanträdets datum")).to_have_value("2020-02-11")
    assert axe(page) == []

    page.get_by_label("Till", exact=True).select_option(label="Bildningsnämnden")
    page.get_by_role("button", name="Förhandsvisa").click()
    preview = page.locator("#forhandsvisning")
    expect(preview).to_contain_text("Ingenting är sparat ännu")
    _row(preview.get_by_role("table", name="Kommunstyrelsen"), "2020", 460_375, -1_000, 459_375)
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Omfördelningen är registrerad hos båda nämnderna.")).to_be_visible()
    expect(_frame(page)).to_have_text(f"{_tkr(459_375)}{NB}tkr")
    expect(page.locator("main")).to_contain_text(f"Enligt beslut till och med {MEETING}")

    # The budget follows the frame, and the frame can be read as it was before the meeting.
    page.get_by_label("Efter beslutet").select_option(label="KS 2019-10-22 § 315")
    expect(_frame(page)).to_have_text(f"{_tkr(460_375)}{NB}tkr")
    page.goto(OTHER)
    expect(page.get_by_role("row", name="Stöd till elitidrott")).to_contain_text("från Kommunstyrelsen")
    page.goto(ROOM + "kommunen/")
    table = page.get_by_role("table", name="Omfördelningar")
    _row(table, "Kommunen", 0, 0, 0, 0)
    _row(table, "Bildningsnämnden", 800)

    page.goto(ROOM)
    page.get_by_role("link", name="Stöd till elitidrott").click()
    page.get_by_label("Varför ändras det?").fill("Beslutet upphävdes")
    page.get_by_role("button", name="Återkalla hela posten").click()
    expect(page.get_by_text("Posten är återkallad.")).to_be_visible()
    expect(_frame(page)).to_have_text(f"{_tkr(460_375)}{NB}tkr")
    expect(page.get_by_role("table", name="Återkallade poster")).to_contain_text("Stöd till elitidrott")


def test_who_may_not_register_is_not_asked_to(page: Page, sign_in: Callable[[str], None]) -> None:
    sign_in("chef")
    page.goto(ROOM)
    expect(_frame(page)).to_be_visible()
    expect(page.get_by_role("link", name="Registrera en omfördelning")).to_have_count(0)
    page.goto(ROOM + "omfordelning/")
    expect(page.locator("main")).to_contain_text("Du har inte den roll som krävs för Kommunstyrelsen.")
