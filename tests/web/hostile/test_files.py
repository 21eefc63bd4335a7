"""Files that are sent: hostile names, bombs, nothing at all, far too much, and what is not what it says that it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import xlsxwriter
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from python_calamine import CalamineWorkbook

from tests.web.hostile.conftest import Town
from tests.web.hostile.forms import FORMS
from tests.web.hostile.test_forms import MARKUP, press, state, taken_back, told_by
from uppsikt.web.ledger import running
from uppsikt.web.ledger.models import Load

UPLOADS = [form for form in FORMS if form.door in ("payroll_new", "budget_import", "ledger_receive", "reviewed")]
NAMES = (
    "../../../etc/passwd.csv", "..\\..\\boot.csv", "a\x00b.csv", "ö" * 300 + ".csv", f"{MARKUP}.csv", "\u202evsc.exe",
    "CON.csv", ".csv", " ", "a\r\nX-Elak: 1.csv", "=1+1.csv", "a;b\"c'.csv",
)  # fmt: skip
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.'
    'openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/externalLink" Target="file:///etc/passwd" TargetMode="External"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://'
    'schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Blad1" sheetId="1" r:id="r1"/>'
    "</sheets></workbook>",
}


def book(sheet: str, **more: str | bytes) -> bytes:
    """Give a workbook whose only sheet is this XML, with more parts by path (``/`` written as ``__``)."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in {**PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            zipped.writestr(name, text)
        for name, content in more.items():
            zipped.writestr(name.replace("__", "/") + ".xml", content)
    return packed.getvalue()


def row(number: int, cells: str = "") -> str:
    return f'<row r="{number}">{cells}</row>'


def cell(place: str, text: str = "1") -> str:
    return f'<c r="{place}" t="str"><v>{text}</v></c>'


def data(rows: str) -> str:
    return SHEET % f"<sheetData>{rows}</sheetData>"


EVIL: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "a bomb": lambda: book(data(row(1, cell("A1"))), xl__sharedStrings="<sst>" + " " * 60_000_000 + "</sst>"),
    "every column": lambda: book(data(row(1, cell("A1") + cell("XFD1")) + row(1_048_576, cell("A1048576")))),
    "a million empty rows": lambda: book(data("".join(row(number) for number in range(1, 200_000)))),
    "entities": lambda: book(
        '<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + data(row(1, cell("A1", "&a;")))
    ),
    "laughs": lambda: book(
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + data(row(1, cell("A1", "&b;")))
    ),
    "a formula error": lambda: book(data(row(1, '<c r="A1" t="e"><v>#REF!</v></c>'))),
    "numbers without end": lambda: book(data(row(1, cell("A1", "enhet")) + row(2, '<c r="A2"><v>1e999999</v></c>'))),
    "half a zip": lambda: book(data(row(1, cell("A1"))))[:200],
    "an old file": lambda: b"\xd0\xcf\x11\xe0" + b"x" * 600,
    "one line": lambda: b"a;" * 3_000_000,
    "zeros": lambda: b"\x00" * 5_000,
    "every byte": lambda: bytes(range(256)) * 20,
    "utf-16": lambda: "enhet;månad;kön;anställda\n".encode("utf-16"),
    "open quotes": lambda: b'Konto;Ansvar;Period;Belopp\n"' + b"x;" * 100_000,
    "a page": lambda: b"<html><script>alert(7)</script></html>",
}  # fmt: skip


BOOKS = (
    "a bomb",
    "every column",
    "a million empty rows",
    "entities",
    "laughs",
    "a formula error",
    "numbers without end",
    "an old file",
)
ENDINGS: dict[str, tuple[str, ...]] = dict.fromkeys(BOOKS, ("xlsx",)) | {
    "nothing": ("csv", "xlsx", "se"),
    "zeros": ("csv", "xlsx", "se"),
    "a page": ("xlsx", "se"),
    "half a zip": ("csv", "xlsx"),
}


def endings_of(what: str) -> tuple[str, ...]:
    """Give what a file of this kind calls itself: what it is, and for some what it is not."""
    return ENDINGS.get(what, ("csv", "se"))


def sent(town: Town, form: Any, content: bytes, name: str, kind: str = "text/csv") -> HttpResponse:
    body = {
        field: SimpleUploadedFile("x", content, kind) if hasattr(value, "seek") else value
        for field, value in form.body(town).items()
    }
    for value in body.values():
        if hasattr(value, "seek"):
            value._name = name  # the name as it is sent: Django's own class would clean it here
    return press(town, form, body)


@pytest.mark.parametrize("form", UPLOADS, ids=str)
def test_no_file_is_a_failure_and_every_refusal_has_words(town: Town, form: Any) -> None:
    faults = []
    for what, make in EVIL.items():
        for ending in endings_of(what):
            if ending == "se":  # none but the ledger's reader looks at it
                continue
            with taken_back():
                before, answer = state(town), sent(town, form, make(), f"fil.{ending}")
                faults += [(what, ending, answer.status_code)] if answer.status_code >= 500 else []
                is_draft = form.door in ("ledger_receive", "reviewed")  # these are taken in, and read afterwards
                faults += [] if is_draft or state(town) == before else [(what, ending, "stored")]
                faults += [(what, ending, "passwd")] if "root:" in told_by(answer) else []
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.parametrize("form", UPLOADS, ids=str)
def test_no_name_is_a_path_or_markup_or_a_header(town: Town, form: Any) -> None:
    faults = []
    content = {"payroll_new": "enhet;månad;kön;anställda\nhr-staben;202411;kvinnor;30\n".encode()}
    for name in NAMES:
        with taken_back():
            answer = sent(town, form, content.get(form.door, b"Konto;Ansvar;Period;Belopp\n5011;110;202401;5\n"), name)
            shown = town.client("kim").get(answer.headers["Location"]) if answer.status_code == 302 else answer
            told = told_by(shown)
            faults += [(name[:30], answer.status_code)] if max(answer.status_code, shown.status_code) >= 500 else []
            faults += [(name[:30], word) for word in ("<script>alert(7)", "\u202e", "/etc/passwd.csv") if word in told]
            faults += [(name[:30], "header")] if "X-Elak" in shown.headers else []
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.parametrize("ending", ["csv", "xlsx", "se"])
def test_a_ledger_file_is_read_to_its_faults_and_never_to_a_failure(town: Town, ending: str) -> None:
    """Received whatever it is; its page and its dry run say what is wrong."""
    faults = []
    for what, make in EVIL.items():
        if ending not in endings_of(what):
            continue
        with taken_back():
            faults += [(what, told) for told in _read_through(town, make(), f"fil.{ending}")]
    assert not faults, "\n".join(map(str, faults))


def _read_through(town: Town, content: bytes, name: str) -> Iterator[str]:
    """Send a file, look at its columns and ask for its dry run, as far as it goes; give what goes wrong on the way."""
    [form] = [one for one in UPLOADS if one.door == "ledger_receive"]
    client, kim = town.client("kim"), town.tiny.actor("kim")
    before = Load._default_manager.latest("pk")
    page = sent(town, form, content, name).headers["Location"]
    load = Load._default_manager.latest("pk")
    if load == before:  # refused at once
        return
    for step in ("opened", "read"):
        while running.work_once(kim):
            pass
        answer = client.get(page)
        told = told_by(answer)
        load.refresh_from_db()
        if answer.status_code != 200 or load.is_working or running.UNEXPECTED in load.error:
            yield f"{step}: {answer.status_code}, {load.state}, {load.error}"
        if "<script>alert(7)" in told or "root:" in told:
            yield f"{step}: runs"
        if step == "opened" and load.state != Load.State.FAILED:
            client.post(town.url("ledger_read", pk=load.pk), {"slag": "outcome"})


@pytest.mark.parametrize("form", UPLOADS, ids=str)
def test_a_file_that_is_too_large_is_told_the_limit(town: Town, form: Any, settings: LazySettings) -> None:
    settings.REVIEW_MOST_BYTES = settings.LEDGER_MOST_BYTES = 1_000
    before = state(town)
    answer = sent(town, form, b"a;b\n" * 1_000, "fil.csv")
    shown = town.client("kim").get(answer.headers["Location"]) if answer.status_code == 302 else answer
    # The word stands in a message, which the answer itself carries to the next page.
    client = town.client("kim")
    client.cookies.update(answer.cookies)
    told = told_by(client.get(answer.headers["Location"])) if answer.status_code == 302 else told_by(shown)
    assert "större än" in told
    assert "MB" in told
    assert state(town) == before


def test_the_second_sheet_of_a_budget_may_hold_anything(town: Town) -> None:
    """What each row held when the workbook was made is told on a sheet that anybody can write on."""
    [form] = [one for one in UPLOADS if one.door == "budget_import"]
    body = form.body(town)
    for wrong in ("--5;" * 11 + "5", ";".join(["9" * 5_000] * 12), ";".join(["²"] * 12), ";".join(["1e9"] * 12)):
        body["file"].seek(0)
        opened, written, told = CalamineWorkbook.from_filelike(body["file"]), io.BytesIO(), 0
        with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
            for number, name in enumerate(opened.sheet_names):
                sheet = book.add_worksheet(name)
                for at, row in enumerate(opened.get_sheet_by_name(name).to_python(skip_empty_area=False)):
                    is_held = number == 1 and str(row[0]).startswith("Rad ")
                    told += is_held
                    sheet.write_row(at, 0, [row[0], wrong, *row[2:]] if is_held else row)
        assert told
        answer = press(town, form, {**body, "file": SimpleUploadedFile("budget.xlsx", written.getvalue())})
        assert answer.status_code < 500, wrong[:20]
