"""A guarded review ends, in bounded time and memory, with a record or one Swedish line, and leaves no process."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pikepdf
import pytest

from tests.review.samples import wrong
from tests.review.test_making import check_shape
from uppsikt.documents.model import DocumentError
from uppsikt.review.running import Bounds, annotated_guarded, review_file, review_guarded

STATEMENT = """Ekonomi

Driftsammandrag, tkr
\tUtfall 2019\tBudget 2019\tAvvikelse
Kansliet\t100\t110\t10
Skolan\t250\t240\t-10
Vården\t300\t310\t10
Summa\t700\t660\t10
"""
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
T = TypeVar("T")
PROGRAM = Path(sys.executable).with_name("uppsikt")
GENEROUS = Bounds(60, 1_500_000_000)


def children() -> set[int]:
    """Give the processes that this one has started: other tests' browsers and servers may be among them."""
    lists = (one.read_text() for one in Path("/proc/self/task").glob("*/children"))
    return {int(pid) for text in lists for pid in text.split()}


@pytest.fixture(autouse=True)
def others() -> Iterator[set[int]]:
    """Give the children of other tests; after the test there are no more than these."""
    before = children()
    yield before
    assert children() <= before


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    path = tmp_path / "sjövik 2019.txt"
    path.write_text(STATEMENT)
    return path


def refused(path: Path, bounds: Bounds | None = None, progress: Callable[[int, int], None] | None = None) -> str:
    """Give the one line with which a file is refused."""
    begun = time.monotonic()
    with pytest.raises(DocumentError) as caught:
        review_guarded(path, bounds=bounds, progress=progress)
    assert time.monotonic() - begun < 50
    told = str(caught.value)
    assert path.name in told
    assert "\n" not in told
    assert told.endswith(".")
    return told


def test_the_guarded_review_says_the_same_as_the_plain_one(statement: Path) -> None:
    guarded, plain = review_guarded(statement), review_file(statement)
    check_shape(guarded)
    assert guarded["document"].pop("seconds") >= plain["document"].pop("seconds")  # type: ignore[misc]  # the one thing that differs
    assert guarded == plain
    wrong = [one for one in guarded["findings"] if one["cause"] is None]
    assert [(one["code"], one["stated"], one["expected"]) for one in wrong] == [("SUM", "700", "650")]


def test_the_name_may_be_another_than_the_files(statement: Path) -> None:
    assert review_guarded(statement, name="Årsredovisning")["document"]["name"] == "Årsredovisning"


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    assert "filen finns inte" in refused(tmp_path / "saknas.pdf")
    assert "mapp" in refused(tmp_path)


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "rör.pdf"
    os.mkfifo(pipe)
    begun = time.monotonic()
    assert "ingen fil" in refused(pipe)
    assert time.monotonic() - begun < 2


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "tom.pdf"
    path.write_bytes(b"")
    assert "tom" in refused(path)


def word_file(path: Path, document: bytes) -> Path:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", document)
    path.write_bytes(packed.getvalue())
    return path


def test_a_zip_bomb(tmp_path: Path) -> None:
    path = word_file(tmp_path / "bomb.docx", WORD.encode() + b" " * 510_000_000)
    assert path.stat().st_size < 3_000_000
    refused(path)


def test_xml_that_is_a_million_layers_deep(tmp_path: Path) -> None:
    refused(word_file(tmp_path / "djup.docx", WORD.encode() + b"<w:p>" * 1_000_000))


def test_xml_that_multiplies_itself(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "skratt">{entities}]>{WORD}<w:p>&a9;</w:p>'
    refused(word_file(tmp_path / "skratt.docx", bomb.encode()))


def pdf_file(path: Path, pages: list[bytes], *, filters: str = "/FlateDecode") -> Path:
    """Write a PDF by hand: one content stream for each page, compressed already."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number, content in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {5 + 2 * number} 0 R>>".encode()
        )
        objects.append(f"<</Length {len(content)}/Filter[{filters}]>>stream\n".encode() + content + b"\nendstream")
    data, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    data += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF"
    ).encode()
    path.write_bytes(data)
    return path


def lines_of_text(number: int) -> bytes:
    shown = "".join(f"BT /F 10 Tf 50 {800 - 12 * at} Td (Rad {number} {at} hos oss) Tj ET\n" for at in range(60))
    return zlib.compress(shown.encode())


def test_a_pdf_whose_page_unfolds_to_hundreds_of_megabytes(tmp_path: Path) -> None:
    once = zlib.compressobj(1)
    folded = b"".join(once.compress(b"0 0 m 1 1 l S\n" * 75_000) for _ in range(700)) + once.flush()
    path = pdf_file(tmp_path / "bomb.pdf", [zlib.compress(folded, 9)], filters="/FlateDecode/FlateDecode")
    assert path.stat().st_size < 300_000
    refused(path, Bounds(15, 1_000_000_000))


def test_a_page_that_nests_deeper_than_any_person_writes(tmp_path: Path) -> None:
    path = tmp_path / "djup.html"
    path.write_bytes(b"<html><body>" + b"<div><table><tr><td>" * 300_000)
    refused(path, GENEROUS)


def test_time_that_runs_out(tmp_path: Path) -> None:
    path = tmp_path / "lång.txt"
    path.write_text(STATEMENT * 20_000)
    begun = time.monotonic()
    assert "1 sekunder" in refused(path, Bounds(1, 4_000_000_000))
    assert time.monotonic() - begun < 10


def test_memory_that_runs_out(tmp_path: Path) -> None:
    path = tmp_path / "stor.txt"
    path.write_text(STATEMENT * 40_000)
    assert "minne" in refused(path, Bounds(60, 150_000_000))


@pytest.mark.parametrize(("how", "told"), [(signal.SIGSEGV, "trasig"), (signal.SIGKILL, "minnet")])
def test_a_child_that_dies_is_told(how: signal.Signals, told: str, tmp_path: Path, others: set[int]) -> None:
    path = pdf_file(tmp_path / "många.pdf", [lines_of_text(number) for number in range(400)])

    def kill(_done: int, _total: int) -> None:
        for child in children() - others:
            os.kill(child, how)

    assert told in refused(path, progress=kill)


def test_a_pdf_is_marked_by_a_child_too(tmp_path: Path) -> None:
    path = pdf_file(tmp_path / "en.pdf", [lines_of_text(1)])
    record = wrong()
    marked = annotated_guarded(path, record)
    assert marked.startswith(b"%PDF-1.7")
    with pikepdf.open(io.BytesIO(marked)) as pdf:
        assert len(pdf.pages[0].Annots) >= len(record["findings"])


def test_a_pdf_that_cannot_be_marked_is_told(tmp_path: Path) -> None:
    path = tmp_path / "sjovik-2019.pdf"
    path.write_bytes(b"%PDF-1.7 och sedan ingenting")
    with pytest.raises(DocumentError, match="kan inte märkas ut"):
        annotated_guarded(path, wrong())


def test_progress_is_told_and_an_interrupt_ends_the_child(tmp_path: Path) -> None:
    path = pdf_file(tmp_path / "många.pdf", [lines_of_text(number) for number in range(400)])
    seen: list[tuple[int, int]] = []

    def interrupt(done: int, total: int) -> None:
        seen.append((done, total))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        review_guarded(path, progress=interrupt)
    assert [total for _, total in seen] == [400]


def test_a_child_does_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "lång.txt"
    path.write_text(STATEMENT * 5_000)
    parent = subprocess.Popen([PROGRAM, "granska", path], stdout=subprocess.DEVNULL)
    below = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    found = eventually(lambda: below.read_text().split())
    parent.kill()
    parent.wait()
    assert eventually(lambda: not any(is_running(pid) for pid in found))


def is_running(pid: str) -> bool:
    """Say whether a process is there and more than the memory of one."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def eventually(ask: Callable[[], T]) -> T:
    """Ask until the answer is something, for ten seconds."""
    deadline = time.monotonic() + 10
    while not (answer := ask()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return answer


def test_a_file_where_the_user_stands_is_not_taken_for_a_module(
    statement: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (statement.parent / "uppsikt.py").write_text("raise SystemExit('fel modul')")
    (statement.parent / "decimal.py").write_text("raise SystemExit('fel modul')")
    monkeypatch.chdir(statement.parent)
    assert review_guarded(statement)["tables"]


def test_a_number_of_pages_and_bytes_gives_bounds_that_grow_and_end() -> None:
    small, large, absurd = (Bounds.of_size(size) for size in (10_000, 10_000_000, 10**12))
    assert small.seconds < large.seconds < absurd.seconds == 600
    assert small.memory < large.memory < absurd.memory == 4_000_000_000
