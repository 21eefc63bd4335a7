"""A workbook is opened by the server's worker, in a process with limits; no page waits, and nothing is lost by it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.conftest import Tiny
from tests.web.ledger.test_loading import figures
from tests.web.ledger.test_pages import HERE, page_of, work
from uppsikt.core.errors import UseError
from uppsikt.exchange import sheets
from uppsikt.web.ledger import opening, running
from uppsikt.web.ledger.models import Load
from uppsikt.web.ledger.services.telling import DryRun

SignIn = Callable[[str], Client]
HEADS = ("Konto", "Ansvar", "Verksamhet", "Period", "Belopp")


@pytest.fixture(autouse=True)
def nobody_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running.WORKER, "wake", lambda: None)


def workbook(**pages: list[tuple[object, ...]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, rows in pages.items():
            page = book.add_worksheet(name)
            for number, row in enumerate((HEADS, *rows)):
                page.write_row(number, 0, row)
    return file.getvalue()


def sent(kim: Client, content: bytes, name: str = "augusti.xlsx") -> tuple[Load, str]:
    """Upload a file; give its load and the page that one is led to."""
    file = SimpleUploadedFile(name, content)
    answer = kim.post(f"{HERE}ta-emot/", {"fil": file, "ny-kalla": "Excel"}, follow=True)
    return Load._default_manager.latest("pk"), answer.content.decode()


def test_no_page_opens_a_workbook(codes: Tiny, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    kim = signed_in("kim")

    def never(*_said: object) -> None:
        raise AssertionError("a page opened a workbook")

    with monkeypatch.context() as patched:
        patched.setattr(sheets.reading.Workbook, "__init__", never)
        load, told = sent(kim, workbook(Data=[(5011, 10, 100, 202401, 1.5)]))
        assert "Filen öppnas" in told or "väntar på sin tur" in told
        assert load.state == Load.State.LOOKING
        work(codes)  # in a child, to which the patch does not reach
        here = f"{HERE}inlasningar/{load.pk}/"
        assert "Vad kolumnerna betyder" in page_of(kim, here)
        kim.post(f"{here}provlas/", {})
        work(codes)
        assert "Läs in 1 post" in page_of(kim, here)
        kim.post(f"{here}las-in/", {"skal": "Januari"})
        work(codes)
    assert figures(codes) == {202401: Decimal("1.50")}


def test_another_sheet_is_chosen_and_the_choice_is_read(codes: Tiny, signed_in: SignIn) -> None:
    kim = signed_in("kim")
    load, _ = sent(kim, workbook(A=[(5011, 10, 100, 202401, 5)], B=[(5011, 10, 100, 202402, 7)]))
    here = f"{HERE}inlasningar/{load.pk}/"
    work(codes)
    kim.post(f"{here}oppna/", {"blad": "B"})
    work(codes)
    assert "<option selected>B</option>" in page_of(kim, here)
    kim.post(f"{here}provlas/", {})
    work(codes)
    load.refresh_from_db()
    assert [one["month"] for one in DryRun.of(load.summary).months] == [202402]


def test_every_fault_is_told_with_sheet_row_and_column(codes: Tiny, signed_in: SignIn) -> None:
    kim = signed_in("kim")
    rows = [
        (5011, 10, 100, 202401, 5),
        (5011, 10, 100, "igår", 5),
        (5011, 10, 100, 202401, 1.005),
        (5011, 99, 100, 202401, 1),
    ]
    load, _ = sent(kim, workbook(Data=rows))
    work(codes)
    here = f"{HERE}inlasningar/{load.pk}/"
    kim.post(f"{here}provlas/", {})
    work(codes)
    told = page_of(kim, here)
    assert "Data, rad 3, Period" in told
    assert "Data, rad 4, Belopp" in told
    assert "fler än två decimaler" in told
    assert "Data, rad 5" in page_of(kim, here + "?visa=koder")


def test_lost_zeros_are_given_back_and_said(codes: Tiny, signed_in: SignIn) -> None:
    from uppsikt.web.ledger.models import LedgerCode

    LedgerCode._default_manager.filter(part="unit").delete()
    for code in ("0010", "4711"):
        LedgerCode._default_manager.create(municipality=codes.municipality, part="unit", code=code)
    kim = signed_in("kim")
    load, _ = sent(kim, workbook(Data=[(5011, 10, 100, 202401, 5)]))
    work(codes)
    here = f"{HERE}inlasningar/{load.pk}/"
    kim.post(f"{here}provlas/", {})
    work(codes)
    load.refresh_from_db()
    found = DryRun.of(load.summary)
    assert ([one["code"] for one in found.faults], found.unreadable, found.codes.get("unit")) == (
        ["zeros_restored"],
        0,
        None,
    )
    told = page_of(kim, here + "?visa=fel")
    assert "10 läses som 0010, eftersom alla koder som finns har 4 siffror" in told
    assert "Läs in 1 post" in told


def test_a_bomb_is_refused_by_the_child_and_the_file_can_be_opened_again(codes: Tiny, signed_in: SignIn) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    kim = signed_in("kim")
    load, _ = sent(kim, packed.getvalue())
    work(codes)
    load.refresh_from_db()
    assert (load.state, "blir för stor" in load.error) == (Load.State.FAILED, True)
    told = page_of(kim, f"{HERE}inlasningar/{load.pk}/")
    assert "blir för stor när den packas upp" in told
    assert "Öppna filen" in told
    kim.post(f"{HERE}inlasningar/{load.pk}/oppna/")
    load.refresh_from_db()
    assert load.state == Load.State.LOOKING


def test_a_child_that_is_killed_becomes_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "fil.xlsx"
    path.write_bytes(workbook(Data=[(5011, 10, 100, 202401, 5)]))
    monkeypatch.setattr(opening.Bounds, "of_size", classmethod(lambda cls, _size: cls(0, 2_000_000_000)))
    with pytest.raises(UseError, match=r"fil\.xlsx gick inte att läsa färdigt"):
        opening.opened(path, opening.Asked("fil.xlsx"), lambda _done: None)


def test_a_text_file_is_looked_at_at_once(codes: Tiny, signed_in: SignIn) -> None:
    load, told = sent(signed_in("kim"), b"Konto;Ansvar;Period;Belopp\r\n5011;10;202401;5,00\r\n", "fil.csv")
    assert "Vad kolumnerna betyder" in told
    assert load.state == Load.State.RECEIVED


def test_what_is_no_table_says_so_at_once(codes: Tiny, signed_in: SignIn) -> None:
    load, told = sent(signed_in("kim"), b"%PDF-1.7 " + bytes(range(256)) * 40, "fil.csv")
    assert "är ingen tabellfil" in told
    assert load.state == Load.State.FAILED
