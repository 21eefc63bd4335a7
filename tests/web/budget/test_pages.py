from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.budget.conftest import WHY, Made
from uppsikt.exchange.sheets import Sheet, open_workbook, read_xlsx, write_xlsx
from uppsikt.web.budget.models import BudgetLine, BudgetVersion, ChangeReason, Move
from uppsikt.web.budget.selectors.workbooks import KEYS, headings, workbook_of
from uppsikt.web.budget.services import lines, making, saving

LIST = "/kommunstyrelsen/bokslut-2024/budget/"
SignIn = Callable[[str], Client]


def _form(html: str) -> dict[str, str]:
    """Give the fields of the grid's form as the browser would send them."""
    fields = re.findall(r"<input[^>]*>", html)
    pairs = [(re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in fields]
    told = {name[1]: unescape(value[1]) if value else "" for name, value in pairs if name}
    return {name: value for name, value in told.items() if re.match(r"[rb]\d", name)}


def _grid(client: Client, made: Made, kind: str = "manader", of: str = "ekonomistaben") -> dict[str, str]:
    return _form(client.get(made.url(f"rutnat/{kind}/{of}/")).content.decode())


def test_a_committee_without_budgets_says_how_the_first_is_made(made: Made, signed_in: SignIn, client: Client) -> None:
    empty = "/bildningsnamnden/bokslut-2024/budget/"
    assert "Ingen budget att visa" in client.get(empty).content.decode()
    assert "Internbudget 2024" not in client.get(LIST).content.decode()
    page = signed_in("charlie").get(LIST).content.decode()
    assert "Internbudget 2024" in page
    assert "Ny arbetsbudget" not in page
    assert "Ny arbetsbudget" in signed_in("kim").get(LIST).content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "", "rutnat/manader/kommunstyrelsen/", "rutnat/manader/ekonomistaben/?ar=2025", "rutnat/ar/klf/",
        "rutnat/tilldelning/kommunstyrelsen/", "forandring/", "forandring/hr-staben/", "flyttar/", "las-in/",
        "faststall/", "gor/kopiera/", "gor/kasta/", "gor/planar/", "resten/ekonomistaben/", "rad/ny/hr-staben/",
    ],
)  # fmt: skip
def test_every_page_is_shown_to_the_controller_and_no_draft_to_a_reader(
    made: Made, signed_in: SignIn, client: Client, path: str
) -> None:
    assert client.get(made.url(path)).status_code == 404
    assert signed_in("kim").get(made.url(path)).status_code == 200


@pytest.mark.parametrize("path", ["rutnat/annat/klf/", "rutnat/manader/bildningsnamnden/", "gor/annat/", "rad/9999/"])
def test_an_unknown_place_is_a_page_of_its_own(made: Made, signed_in: SignIn, path: str) -> None:
    assert signed_in("kim").get(made.url(path)).status_code == 404


def test_the_grid_is_a_form_that_works_without_scripts(made: Made, signed_in: SignIn) -> None:
    client, line = signed_in("kim"), made.lines["Konsulter"]
    sent = _grid(client, made) | {f"r{line.pk}-0": "1 000,00", f"r{line.pk}-1": "(2 tkr)", "why": WHY}
    answer = client.post(made.url("rutnat/manader/ekonomistaben/"), sent, follow=True)
    assert "2 celler är sparade." in answer.content.decode()
    assert made.again("Konsulter").months[:3] == [1000, -2000, 100_000]


def test_every_fault_is_told_by_its_cell_and_what_was_typed_stays(made: Made, signed_in: SignIn) -> None:
    client, line = signed_in("kim"), made.lines["Konsulter"]
    typed = {f"r{line.pk}-0": "1,5", f"r{line.pk}-1": "<b>", f"r{line.pk}-2": "7", "why": WHY}
    answer = client.post(made.url("rutnat/manader/ekonomistaben/"), _grid(client, made) | typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "2 celler går inte att läsa" in page
    assert "Konsulter, januari</a>: ”1,5” har ören" in page
    assert page.count('aria-invalid="true"') == 2
    assert {name: _form(page)[name] for name in typed if name != "why"} == {
        n: t for n, t in typed.items() if n != "why"
    }
    assert made.again("Konsulter").months == line.months


def test_the_second_editor_sees_what_the_first_did_and_keeps_the_rest(made: Made, signed_in: SignIn) -> None:
    client, line = signed_in("charlie"), made.lines["Konsulter"]
    before = _grid(client, made)
    months = (11, 12, *line.months[2:])
    saving.months_save(made.kim, made.version, [saving.Edit(line.pk, tuple(line.months), months)], WHY)
    sent = before | {f"r{line.pk}-0": "99", "why": WHY}
    page = client.post(made.url("rutnat/manader/ekonomistaben/"), sent).content.decode()
    assert "Kim Controller hann före dig i 1 cell" in page
    assert "någon annan skrev 11, du skrev 99" in page
    again = _form(page)
    assert (again[f"r{line.pk}-0"], again[f"r{line.pk}-1"]) == ("99", "12")
    client.post(made.url("rutnat/manader/ekonomistaben/"), again | {"why": WHY})
    assert made.again("Konsulter").months[:2] == [99, 12]


def test_a_form_that_is_not_ours_is_refused(made: Made, signed_in: SignIn) -> None:
    client, line = signed_in("kim"), made.lines["Konsulter"]
    for broken in ({f"r{line.pk}-0": "1"}, {f"r{line.pk}-0": "1", f"b{line.pk}": "a;b"}, {f"r{line.pk}-55": "1"}):
        answer = client.post(made.url("rutnat/manader/ekonomistaben/"), broken | {"why": WHY})
        assert "Ladda om sidan" in answer.content.decode()
    assert made.again("Konsulter").months == line.months


def test_money_is_moved_on_the_page_and_a_refusal_keeps_the_form(made: Made, signed_in: SignIn) -> None:
    client = signed_in("charlie")
    wanted = {
        "giver": made.lines["Personal"].pk, "receiver": made.lines["Personal HR"].pk, "amount": "12 000",
        "first_month": "1", "why": "Vakans",
    }  # fmt: skip
    page = client.post(made.url("flyttar/"), wanted, follow=True).content.decode()
    assert "Flytten är gjord" in page
    move = Move._default_manager.get()
    assert "befogenhet hos Kommunledningsförvaltningen" in page
    refused = client.post(made.url("flyttar/"), wanted | {"receiver": wanted["giver"]}).content.decode()
    assert "två olika rader" in refused
    assert 'value="12 000"' in refused
    client.post(made.url(f"flyttar/{move.pk}/angra/"), {"why": "Fel"})
    assert made.again("Personal").months == made.lines["Personal"].months


def test_a_line_is_added_changed_and_taken_away_on_its_pages(made: Made, signed_in: SignIn) -> None:
    client = signed_in("charlie")
    wanted = {
        "label": "Lokaler", "account": "6011", "amount": "10 tkr", "profile": "school_terms", "why": WHY,
    }  # fmt: skip
    client.post(made.url("rad/ny/hr-staben/"), wanted)
    line = BudgetLine._default_manager.get(label="Lokaler")
    assert line.months == [1000] * 5 + [500, 0, 500] + [1000] * 4
    assert "redan en sådan rad" in client.post(made.url("rad/ny/hr-staben/"), wanted).content.decode()
    no_pattern = client.post(made.url("rad/ny/hr-staben/"), wanted | {"label": "Ny", "profile": "last_year"})
    assert "varken ett helt års utfall" in no_pattern.content.decode()
    bad = client.post(made.url("rad/ny/hr-staben/"), wanted | {"account": "9x", "amount": "x"}).content.decode()
    assert "börjar med 3–8" in bad
    assert "är inte ett tal" in bad
    stale = client.post(made.url(f"rad/{line.pk}/"), wanted | {"amount": "5", "seen": "0"}).content.decode()
    assert "hann före dig" in stale
    client.post(made.url(f"rad/{line.pk}/"), {"delete": "1", "why": "Behövs inte"})
    assert not BudgetLine._default_manager.filter(pk=line.pk).exists()


def test_reasons_make_the_change_or_the_rest_is_told(made: Made, signed_in: SignIn) -> None:
    client, address = signed_in("kim"), made.url("forandring/ekonomistaben/")
    client.post(address, {"gor": "fore", "before": "5 800 000", "why": WHY})
    reason = {"gor": "forklara", "kind": "cost_reducing", "text": "Färre konsulter", "amount": "-100 000"}
    page = client.post(address, reason, follow=True).content.decode()
    assert "300\N{NO-BREAK SPACE}000" in page
    assert "Inte förklarat" in page
    page = client.post(
        address, reason | {"text": "Löner", "kind": "price_wage_other", "amount": "300 tkr"}, follow=True
    )
    assert "Förklaringarna är hela förändringen." in page.content.decode()
    client.post(address, {"ta-bort": str(ChangeReason._default_manager.first().pk)})  # type: ignore[union-attr]  # there is one
    assert ChangeReason._default_manager.count() == 1
    assert "Inte förklarat" in client.get(made.url("forandring/")).content.decode()


def test_two_versions_are_compared_with_what_differs_first(made: Made, signed_in: SignIn) -> None:
    copy = making.version_copy(made.kim, made.version, "Scenario", WHY)
    line = copy.lines.get(label="Personal")
    saving.months_save(made.kim, copy, [saving.Edit(line.pk, tuple(line.months), (0,) * 12)], WHY)
    unit = made.tiny.units["hr-staben"]
    lines.line_add(made.kim, copy, lines.Place(unit, 2024), lines.LineWanted("Ny", "5011", 5), WHY)
    page = signed_in("kim").get(made.url(f"jamfor/{copy.pk}/")).content.decode()
    rows = page[page.index("Rader som skiljer") :]
    assert rows.index("Ekonomistaben: Personal (5011)") < rows.index("HR-staben: Ny (5011)")
    assert "3 rader är lika i båda" in rows
    assert "−5\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000" in rows


def test_a_version_is_thrown_away_and_brought_back_on_its_page(made: Made, signed_in: SignIn) -> None:
    client = signed_in("kim")
    client.post(made.url("gor/kasta/"), {"why": "Fel år"})
    assert "Kastade" in client.get(LIST).content.decode()
    assert "kan bara läsas" in client.get(made.url("rutnat/manader/klf/")).content.decode()
    client.post(made.url("gor/hamta-tillbaka/"), {"why": "Rätt år"})
    assert BudgetVersion._default_manager.get().is_draft


# ---- the workbook


def _back(made: Made, change: Callable[[list[list[object]]], object]) -> SimpleUploadedFile:
    """Give the workbook as it comes back after somebody has changed its rows."""
    sheet = read_xlsx(workbook_of(made.kim, made.version, 2024))
    rows: list[list[object]] = [list(row.cells) for row in sheet.rows]
    change(rows)
    content = write_xlsx(Sheet(sheet.headings, rows, name=sheet.name, facts=sheet.facts))  # type: ignore[arg-type]  # cells
    return SimpleUploadedFile("budget.xlsx", content)


def _apply(page: str) -> dict[str, str]:
    found = re.search(r'name="proposal" value="([^"]*)"', page)
    assert found
    return {"proposal": unescape(found[1]), "why": "Ändrat i Excel"}


def test_a_workbook_shows_what_it_would_change_and_then_changes_it(made: Made, signed_in: SignIn) -> None:
    client = signed_in("kim")
    answer = client.get(made.url("excel/"))
    sheet = read_xlsx(answer.content)
    assert sheet.headings == headings()
    file = _back(made, lambda rows: rows[0].__setitem__(len(KEYS), 1))
    page = client.post(made.url("las-in/"), {"file": file}).content.decode()
    assert "1 cell skulle ändras 2024" in page
    assert made.again("Personal").months[0] == 416_667
    client.post(made.url("las-in/"), _apply(page))
    assert made.again("Personal").months[0] == 1
    head = signed_in("charlie").post(
        made.url("las-in/"), {"file": _back(made, lambda rows: rows[1].__setitem__(-1, 2))}
    )
    assert "1 cell skulle ändras 2024" in head.content.decode()
    assert signed_in("siri").get(made.url("las-in/")).status_code == 403
    client = signed_in("kim")
    unchanged = client.post(made.url("las-in/"), {"file": _back(made, lambda rows: None)}).content.decode()
    assert "ingenting att ändra" in unchanged


def test_every_fault_of_a_workbook_is_told_with_sheet_row_and_column(made: Made, signed_in: SignIn) -> None:
    def spoil(rows: list[list[object]]) -> None:
        rows[0][len(KEYS)] = "många"
        rows[1][len(KEYS) + 1] = "1,5"
        rows[2][2] = "9999"
        rows.append([77_777, *["x"] * (len(KEYS) - 1), *[0] * 12])
        rows.append(list(rows[3]))

    page = signed_in("kim").post(made.url("las-in/"), {"file": _back(made, spoil)}).content.decode()
    assert "5 fel i filen" in page or "6 fel i filen" in page
    for told in ("Budget 2024", "Januari", "Februari", "Konto", "står två gånger", "finns inte i budgeten"):
        assert told in page
    assert made.again("Personal").months == made.lines["Personal"].months


def test_what_somebody_changed_since_the_export_is_shown_and_replaced_only_knowingly(
    made: Made, signed_in: SignIn
) -> None:
    client, line = signed_in("kim"), made.lines["Personal"]
    file = _back(made, lambda rows: rows[0].__setitem__(len(KEYS), 1))
    months = (5, 6, *line.months[2:])
    saving.months_save(made.charlie, made.version, [saving.Edit(line.pk, tuple(line.months), months)], WHY)
    page = client.post(made.url("las-in/"), {"file": file}).content.decode()
    assert "ändrad här sedan filen hämtades" in page
    sent = _apply(page)
    assert "Läs in filen igen" in client.post(made.url("las-in/"), sent).content.decode()
    assert made.again("Personal").months[:2] == [5, 6]
    client.post(made.url("las-in/"), sent | {"replace": "on"})
    assert made.again("Personal").months[:2] == [1, 6]


def test_a_workbook_of_another_budget_and_a_hostile_one_are_refused(made: Made, signed_in: SignIn) -> None:
    client = signed_in("kim")
    other = making.version_copy(made.kim, made.version, "Annan", WHY)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 40_000_000)
    cases = {
        "inte hämtad ur": workbook_of(made.kim, other, 2024),
        "ingen Excelfil": b"text",
        "läses inte": bomb.getvalue(),
    }
    for told, content in cases.items():
        page = client.post(made.url("las-in/"), {"file": SimpleUploadedFile("x.xlsx", content)}).content.decode()
        assert told in page
    forged = client.post(made.url("las-in/"), {"proposal": "x", "why": WHY})
    assert "Läs in filen igen" in forged.content.decode()


def test_a_label_that_looks_like_a_formula_stays_a_text_in_the_workbook(made: Made) -> None:
    unit = made.tiny.units["hr-staben"]
    wanted = lines.LineWanted('=HYPERLINK("http://x")', "5011", 5)
    lines.line_add(made.kim, made.version, lines.Place(unit, 2024), wanted, WHY)
    content = workbook_of(made.kim, made.version, 2024)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
        assert b"<sheetProtection" in packed.read("xl/worksheets/sheet1.xml")
    book = open_workbook(content)
    assert any(wanted.label in cells for _number, cells in book.rows(book.sheets[0]))
