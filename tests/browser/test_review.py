"""Granska in a real browser: a document is dropped, read, judged by keyboard, mended and compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from uppsikt.web.demo.services import DEMO_PASSWORD

GRANSKA = "/kommunstyrelsen/bokslut-2024/granska/"
READY = 60_000  # milliseconds that a review may take on a machine that does other things too
PHONE = {"width": 390, "height": 844}
ZOOMED = {"width": 320, "height": 640}

Faults = Callable[[Page], list[str]]


def _report(total: str, extra: str = "") -> str:
    """A small report as a web page, whose sum may be wrong."""
    rows = (("Gatukontoret", "61 310"), ("Parkenheten", "22 750"), ("Fritidsenheten", "40 285"))
    body = "".join(f"<tr><td>{name}</td><td>{figure}</td></tr>" for name, figure in rows)
    return (
        "<!doctype html><html lang='sv'><head><title>Rapport</title></head><body><h1>Bokslut 2025</h1>"
        "<table><caption>Nettokostnader, tkr</caption><tr><th>Enhet</th><th>Utfall 2025</th></tr>"
        f"{body}<tr><td>Summa nettokostnader</td><td>{total}</td></tr></table><p>{extra}</p></body></html>"
    )


def _upload(page: Page, name: str, content: str, label: str = "Filer att granska", button: str = "Granska") -> None:
    file = {"name": name, "mimeType": "text/html", "buffer": content.encode()}
    page.get_by_label(label).set_input_files(file)  # type: ignore[arg-type]  # a file made here
    page.get_by_role("button", name=button, exact=True).click()


@pytest.fixture
def example(page: Page, sign_in: Callable[[str], None]) -> Page:
    """The example, reviewed, as the controller sees it."""
    sign_in("controller")
    page.goto(GRANSKA)
    token = page.locator("form.drop [name=csrfmiddlewaretoken]").input_value()
    origin = page.url.split("/kommunstyrelsen")[0]
    answer = page.request.post(
        GRANSKA + "exempel/", form={"csrfmiddlewaretoken": token}, headers={"Referer": origin + GRANSKA}
    )
    page.goto(answer.url)
    expect(page.locator(".finding").first).to_be_visible(timeout=READY)
    return page


def test_the_example_is_judged_by_keyboard(example: Page, axe: Faults) -> None:
    page = example
    links = page.locator("a.choose")
    assert links.count() >= 3
    links.first.focus()
    shown = page.locator("[data-shown]")
    first = shown.get_attribute("data-shown")
    page.keyboard.press("ArrowDown")
    expect(shown).not_to_have_attribute("data-shown", str(first))
    chosen = str(shown.get_attribute("data-shown"))
    expect(page.locator("a.choose[aria-current]")).to_have_attribute("data-identity", chosen)
    expect(page).to_have_url(re.compile("anm="))
    expect(page.locator(".sheet .chosen rect")).to_have_count(1)
    picture = page.evaluate(
        "fetch(document.querySelector('.sheet image').href.baseVal).then(r => r.headers.get('content-type'))"
    )
    assert picture == "image/png"
    page.keyboard.press("ArrowUp")
    expect(shown).to_have_attribute("data-shown", str(first))
    assert axe(page) == []


def test_a_finding_is_set_aside_and_taken_back(example: Page) -> None:
    page = example
    page.goto(page.url.split("?")[0] + "?visa=alla")
    place = page.locator("#vald").inner_text()
    page.get_by_text("Avfärda", exact=True).click()
    page.get_by_label("Varför ska anmärkningen inte visas?").fill("Så är det i källan")
    page.get_by_role("button", name="Avfärda anmärkningen").click()
    expect(page.get_by_text("Anmärkningen är avfärdad.")).to_be_visible()
    with page.expect_navigation():
        page.get_by_label("Visa", exact=True).select_option("avfardade")
    expect(page.locator("#vald")).to_have_text(place, use_inner_text=True)
    expect(page.get_by_text("Så är det i källan")).to_be_visible()
    page.get_by_role("button", name="Ta tillbaka").click()
    expect(page.get_by_text("Anmärkningen visas igen.")).to_be_visible()


@pytest.mark.parametrize("kind", ["PDF med markeringar", "Excel", "Word", "JSON", "Dokumentet som det kom"])
def test_the_review_is_taken_home(example: Page, tmp_path: Path, kind: str) -> None:
    with example.expect_download() as downloading:
        example.get_by_role("link", name=kind, exact=True).click()
    file = tmp_path / "hem"
    downloading.value.save_as(file)
    starts = {
        "PDF med markeringar": b"%PDF",
        "Excel": b"PK",
        "Word": b"PK",
        "JSON": b"{",
        "Dokumentet som det kom": b"%PDF",
    }
    assert file.read_bytes().startswith(starts[kind])
    assert downloading.value.suggested_filename.startswith("Exempelrapport")


def test_a_mended_version_says_what_was_mended(page: Page, axe: Faults, sign_in: Callable[[str], None]) -> None:
    sign_in("controller")
    page.goto(GRANSKA)
    _upload(page, "två versioner.html", _report("124 435"))
    expect(page.locator(".finding")).to_have_count(1, timeout=READY)
    expect(page.locator("td.marked")).to_have_text("124 435")
    _upload(page, "rättad.html", _report("124 345"), "Fil med den rättade rapporten", "Ladda upp")
    expect(page.get_by_text("Inget som säger emot sig självt.")).to_be_visible(timeout=READY)
    page.get_by_role("link", name="Jämför med en annan version").click()
    expect(page.get_by_text("0 nya anmärkningar, 1 rättad, 0 kvar.")).to_be_visible()
    assert axe(page) == []


def test_files_are_dropped(page: Page, sign_in: Callable[[str], None]) -> None:
    sign_in("controller")
    page.goto(GRANSKA)
    page.evaluate(
        """html => {
          const files = new DataTransfer();
          files.items.add(new File([html], "släppt.html", {type: "text/html"}));
          const form = document.querySelector("form.drop");
          for (const kind of ["dragenter", "dragover", "drop"])
            form.dispatchEvent(new DragEvent(kind, {dataTransfer: files, bubbles: true, cancelable: true}));
        }""",
        _report("124 345", "Släppt på sidan."),
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("släppt.html")
    expect(page.get_by_text("Inget som säger emot sig självt.")).to_be_visible(timeout=READY)


def test_a_file_that_cannot_be_read_says_so(page: Page, sign_in: Callable[[str], None]) -> None:
    sign_in("controller")
    page.goto(GRANSKA)
    _upload(page, "trasig.pdf", "%PDF-1.7 ingenting mer")
    expect(page.get_by_text("Dokumentet gick inte att granska.")).to_be_visible(timeout=READY)
    expect(page.locator(".note.error")).to_contain_text("trasig.pdf")


def test_it_works_without_scripts(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False, locale="sv-SE")
    page = context.new_page()
    page.goto("/logga-in/?next=" + GRANSKA)
    page.get_by_label("Användarnamn").fill("controller")
    page.get_by_label("Lösenord").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    _upload(page, "utan skript.html", _report("99 999", "Utan skript."))
    for _ in range(60):
        if page.locator(".finding").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator(".finding")).to_have_count(1)
    page.locator("a.choose").click()
    expect(page.locator("td.marked")).to_be_visible()
    context.close()


@pytest.mark.looks
def test_every_page_of_a_review_is_accessible_and_fits(example: Page, axe: Faults) -> None:
    document = example.url.split("?")[0]
    for path in (
        GRANSKA,
        document,
        document + "?sidan=hel",
        document + "lasning/",
        document + "ta-bort/",
        GRANSKA + "jamfor/",
    ):
        for size in ({"width": 1280, "height": 900}, PHONE, ZOOMED):
            example.set_viewport_size(size)
            example.goto(path)
            assert example.evaluate("document.documentElement.scrollWidth") <= size["width"], path
            assert axe(example) == [], path


@pytest.mark.looks
def test_paper_shows_every_finding_and_no_controls(example: Page) -> None:
    example.emulate_media(media="print")
    expect(example.locator(".finding").first).to_be_visible()
    for name in ("Granska igen", "Ladda upp"):
        expect(example.get_by_role("button", name=name)).not_to_be_visible()
