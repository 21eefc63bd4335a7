"""How every kind of page looks: accessible, never wider than the window, whole on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.looks

START = "/kommunstyrelsen/bokslut-2024/"
PHONE = {"width": 390, "height": 844}
ZOOMED = {"width": 320, "height": 640}  # 1280 CSS pixels at 400 %, which WCAG 1.4.10 asks for
PAGES = [
    "", "malkedja/", "indikatorer/", "indikatorer/sjukfranvaro-klf/", "ekonomi/", "ekonomi/?snitt=verksamhet",
    "ekonomi/enhet/ekonomistaben/", "investeringar/", "ramar/", "personal/", "uppdrag/", "beslut/", "rapporter/",
    "rapporter/verksamhetsberattelse/", "rapporter/verksamhetsberattelse/kontroll/", "granska/", "sok/?q=trygghet",
    "sok/?q=finnsinte", "indikatorer/finns-inte/",
]  # fmt: skip
ECONOMY = [  # the rooms that stand on the ledger, and a figure followed to its entries
    "ekonomi/rad/by-unit-1/summa/", "redovisning/", "redovisning/inlasningar/", "redovisning/koder/",
    "redovisning/poster/?slag=utfall&enhet=klf&fran=202401&till=202412&kontosida=netto",
    "uppfoljning/", "uppfoljning/?snitt=verksamhet", "prognos/", "prognos/traffsakerhet/", "atgardsplan/", "budget/",
    "ramar/kommunen/", "investeringar/ram/", "investeringar/projekt/", "investeringar/projekt/simhallen/",
    "personal/antal/", "personal/volymer/", "personal/flyktingar/", "kommunen/", "kommunen/resultatbudget/",
    "kommunen/balanskrav/",
]  # fmt: skip
OTHER_DATES = [
    "/kommunstyrelsen/internbudget-2020/", "/kommunstyrelsen/internbudget-2020/ekonomi/",
    "/kommunstyrelsen/internbudget-2020/ramar/", "/kommunstyrelsen/internbudget-2020/rapporter/internbudget/",
    "/kommunstyrelsen/delar-augusti-2018/", "/kommunstyrelsen/delar-augusti-2018/rapporter/delarsrapport/",
    "/kommunstyrelsen/bokslut-2019/uppdrag/", "/kommunstyrelsen/bokslut-2017/", "/vss/bokslut-2019/ekonomi/",
    "/vss/bokslut-2024/uppfoljning/", "/kommunstyrelsen/bokslut-2019/ekonomi/rad/overview-1/summa-kostnader/",
    "/logga-in/", "/tillganglighet/",
]  # fmt: skip
ALL = [*(START + path for path in (*PAGES, *ECONOMY)), *OTHER_DATES]
SIGNED_IN = ("indikatorer/sjukfranvaro-klf/", "ekonomi/enhet/ekonomistaben/", "rapporter/verksamhetsberattelse/beslut/")

Faults = Callable[[Page], list[str]]


@pytest.mark.parametrize("address", ALL)
def test_axe_finds_nothing(page: Page, axe: Faults, address: str) -> None:
    page.goto(address)
    assert axe(page) == []
    page.set_viewport_size(PHONE)
    assert axe(page) == []


def test_axe_finds_nothing_where_one_link_leads(page: Page, axe: Faults) -> None:
    """Every kind of page that a link leads to, one of each, is among those above or is looked at here."""
    page.goto(START)
    seen, waiting, found = set(), [START], []
    while waiting:
        address = waiting.pop(0)
        kind = _kind(address)
        if kind in seen:
            continue
        seen.add(kind)
        page.goto(address)
        found += [f"{address}: {fault}" for fault in axe(page)]
        links = page.evaluate("[...document.querySelectorAll('main a[href^=\"/\"]')].map(a => a.getAttribute('href'))")
        waiting += [link.split("#")[0] for link in links if not _is_file(link)]
    assert found == []
    assert len(seen) >= 14


def _is_file(link: str) -> bool:
    """Say whether a link is to a file to be saved."""
    return link.split("?", maxsplit=1)[0].rstrip("/").rsplit("/", maxsplit=1)[-1] in {
        "pdf",
        "docx",
        "xlsx",
        "csv",
        "excel",
    }


def _kind(address: str) -> str:
    """Give the address with what is chosen in it left out: keys, slugs of things, questions, place."""
    parts = address.split("?", maxsplit=1)[0].strip("/").split("/")[2:]
    kept = {"varde", "rad", "enhet", "kommentar", "kontroll", "beslut", "bedomning", "version", "historik"}
    return "/".join(parts[:1] + [part if part in kept else "*" for part in parts[1:]])


def test_axe_finds_nothing_on_what_a_person_fills_in(page: Page, axe: Faults, sign_in: Callable[[str], None]) -> None:
    sign_in("controller")
    page.goto(START + "indikatorer/sjukfranvaro-klf/")
    for link in ("Ändra",):
        page.get_by_role("main").get_by_role("link", name=link).first.click()
        assert axe(page) == []
        page.get_by_role("button", name="Spara").click()  # with what it complains about
        assert axe(page) == []
    sign_in("sekreterare")
    page.goto(START + "rapporter/verksamhetsberattelse/beslut/")
    assert axe(page) == []


@pytest.mark.parametrize("address", ALL)
def test_no_page_is_wider_than_the_window(page: Page, address: str) -> None:
    page.set_viewport_size(ZOOMED)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"], _widest(page)


def _widest(page: Page) -> str:
    script = """[...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 1
        && !e.closest('.scroll')).slice(0, 5).map(e => e.outerHTML.slice(0, 120)).join(' | ')"""
    return str(page.evaluate(script))


@pytest.mark.parametrize("path", ["", "ekonomi/", "rapporter/verksamhetsberattelse/"])
def test_paper_shows_the_content_and_not_the_controls(page: Page, path: str) -> None:
    page.goto(START + path)
    page.emulate_media(media="print")
    expect(page.get_by_role("main")).to_be_visible()
    expect(page.get_by_role("navigation", name="Huvudmeny")).not_to_be_visible()
    expect(page.get_by_role("button", name="Visa")).not_to_be_visible()
    clipped = page.evaluate(
        "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth + 1"
        " && getComputedStyle(e).overflowX !== 'visible').length"
    )
    assert clipped == 0


def test_the_page_asks_nobody_but_its_server(browser: Browser, server: str) -> None:
    asked: set[str] = set()
    context = browser.new_context(base_url=server)
    context.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page = context.new_page()
    for path in ("", "indikatorer/sjukfranvaro-klf/"):
        page.goto(START + path, wait_until="networkidle")
    context.close()
    assert asked == {server.removeprefix("http://")}


def test_english_by_choice(page: Page) -> None:
    page.goto(START)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Overview")).to_be_visible()
    page.get_by_role("button", name="Svenska").click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
