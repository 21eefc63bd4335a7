"""A month of the ledger comes in through the browser: read, judged, loaded, unfolded, loaded again, undone, closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

PLACE = "/omrade-ekonomi/delar-augusti-2018/"
ROOM = PLACE + "redovisning/"
NB = "\N{NO-BREAK SPACE}"
SOURCE = "Listor ur ekonomisystemet"
HEADINGS = "Konto;Kontonamn;Ansvar;Ansvarsnamn;Period;Belopp;Text"
UNIT = "Ekonomi (till 1 januari 2019)"
WORK = 60_000  # milliseconds that the server's worker may take on a busy machine


def _file(amount: int, code: str = "1077") -> str:
    """Give eight months on a code that the demonstration does not know, with the name of one of its units."""
    rows = (f"5011;Löner;{code};Ekonomi;2018{month:02};{amount},25;Lön för mån {month}" for month in range(1, 9))
    return "\r\n".join((HEADINGS, *rows, ""))


def _send(page: Page, name: str, content: bytes) -> None:
    page.goto(ROOM)
    page.get_by_label("Fil ur ekonomisystemet").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    known = page.get_by_label("Källa", exact=True)
    if known.count() and SOURCE in known.inner_text():
        known.select_option(SOURCE)
    else:
        if known.count():
            page.get_by_text("Filen kommer från en ny källa").click()
        page.locator("#ny-kalla").fill(SOURCE)
    page.get_by_role("button", name="Fortsätt").press("Enter")
    expect(page.get_by_role("heading", name="Vad kolumnerna betyder")).to_be_visible()


def _dry_run(page: Page) -> None:
    page.get_by_role("button", name="Provläs", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Provläsning")).to_be_visible(timeout=WORK)


def _load(page: Page, why: str) -> None:
    page.get_by_label("Varför läses filen in?").fill(why)
    page.keyboard.press("Enter")
    expect(page.get_by_text("8 av 8 månader gäller")).to_be_visible(timeout=WORK)


def _statement(page: Page, amount: str) -> None:
    page.goto(PLACE + "uppfoljning/")
    expect(page.get_by_role("row", name="Summa nettokostnader").first).to_contain_text(amount)


@pytest.fixture
def controller(page: Page, sign_in: Callable[[str], None]) -> Iterator[Page]:
    """The controller's page; what was loaded is undone afterwards, for the other tests of the session."""
    sign_in("controller")
    yield page
    page.goto(ROOM)
    summary = page.get_by_text("Öppna augusti 2018 igen")
    if summary.count():
        page.get_by_role("heading", name="2018", exact=True).click()
        summary.click()
        page.get_by_label("Varför öppnas den?").last.fill("Provet är över")
        page.get_by_role("button", name="Öppna månaden").last.click()
        expect(page.get_by_text("är öppen igen")).to_be_visible()
    for _ in range(2):
        page.goto(ROOM + "inlasningar/")
        mine = page.get_by_role("row").filter(has_text=SOURCE).filter(has_text="inläst")
        if mine.count():
            mine.first.get_by_role("link").click()
            page.get_by_label("Varför?").last.fill("Provet är över")
            page.get_by_role("button", name="Ångra inläsningen").click()
            expect(page.get_by_text("Inläsningen är ångrad")).to_be_visible()


def test_a_month_is_loaded_unfolded_loaded_again_brought_back_and_closed(
    controller: Page, axe: Callable[[Page], list[str]]
) -> None:
    page = controller
    _send(page, "augusti.csv", _file(1_000_000).encode())
    assert axe(page) == []
    _dry_run(page)
    expect(page.get_by_text("1 kod finns inte i registret")).to_be_visible()
    expect(page.get_by_label("Enhet för 1077")).to_have_value(UNIT)
    expect(page.get_by_text("heter som enheten")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Registrera koden").press("Enter")
    expect(page.get_by_text("1 koder är registrerade")).to_be_visible()
    _load(page, "Utfall till och med augusti")
    first = page.url

    _statement(page, f"8{NB}000")
    page.get_by_role("row", name="Summa nettokostnader").first.get_by_role("link").first.click()
    expect(page.get_by_role("cell", name="Lön för mån 8")).to_be_visible()
    page.goto(ROOM + "poster/?ansvar=1077&fran=201801&till=201808")
    expect(page.get_by_role("definition").filter(has_text=f"8{NB}000{NB}002,00").first).to_be_visible()

    preamble = f"Huvudbok;;;;;;\r\nUttagen 2018-09-03 av Åsa Öberg;;;;;;\r\n;;;;;;\r\n{_file(2_000_000)}"
    _send(page, "augusti igen.csv", preamble.encode("cp1252"))
    expect(page.get_by_text("Windows-1252")).to_be_visible()
    _dry_run(page)
    expect(page.get_by_text("8 ändrade")).to_be_visible()
    _load(page, "Rättade löner")
    _statement(page, f"16{NB}000")

    page.goto(first)
    page.get_by_label("Varför?").first.fill("Rättelsen var fel")
    page.get_by_role("button", name="Ta tillbaka").press("Enter")
    expect(page.get_by_text("8 av 8 månader gäller")).to_be_visible()
    page.goto(ROOM + "poster/?ansvar=1077&fran=201801&till=201808")
    expect(page.get_by_role("definition").filter(has_text=f"8{NB}000{NB}002,00").first).to_be_visible()

    page.goto(ROOM)
    page.get_by_role("heading", name="2018", exact=True).click()
    year = page.locator("details.year").filter(has=page.get_by_role("heading", name="2018", exact=True))
    year.get_by_label("stäng augusti").check()
    year.get_by_label("Stäng de valda månaderna: varför?").fill("Avstämd mot huvudboken")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 månader är stängda")).to_be_visible()
    _send(page, "för sent.csv", _file(3_000_000).encode())
    _dry_run(page)
    page.get_by_label("Varför läses filen in?").fill("Ändå")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Augusti 2018 stängdes av Kim Controller")).to_be_visible()
    expect(page.get_by_text("”Avstämd mot huvudboken”").first).to_be_visible()
    page.get_by_role("button", name="Kasta filen").click()


def test_loading_works_without_scripts(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, locale="sv-SE", java_script_enabled=False)
    page = context.new_page()
    page.goto("/logga-in/")
    from uppsikt.web.demo.services import DEMO_PASSWORD

    page.get_by_label("Användarnamn").fill("controller")
    page.get_by_label("Lösenord").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    _send(page, "utan skript.csv", _file(5, code="1078").encode())
    page.get_by_role("button", name="Provläs", exact=True).click()
    reload = page.get_by_role("link", name="Ladda om sidan")
    for _ in range(60):
        if not reload.count():
            break
        page.wait_for_timeout(250)  # a reader waits, and then presses the link
        reload.click()
    expect(page.get_by_role("heading", name="Provläsning")).to_be_visible()
    expect(page.get_by_label("Enhet för 1078")).to_have_value(UNIT)
    page.get_by_role("button", name="Kasta filen").click()
    expect(page.get_by_text("Filen är kastad")).to_be_visible()
    context.close()
