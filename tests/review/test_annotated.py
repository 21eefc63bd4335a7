"""Findings marked in the PDF: the notes say what is wrong, stand on their cells, and leave the file as it was."""

from __future__ import annotations

import io

import pikepdf
import pytest

from tests.documents.pdf.test_pictures import pixels
from tests.documents.pdf.typeset import WORDS, changed, read, typeset
from uppsikt.documents.model import Box, DocumentError, Grid, Paragraph
from uppsikt.documents.pdf.pictures import page_picture
from uppsikt.review.record import FindingRecord, Record
from uppsikt.review.showing.annotated import annotate

TABLE = "#table(columns: 2, [Enhet], [Utfall], [Kansliet], [1 150], [Skolan], [3 610], [Summa], [4 670])"
SOURCE = f"= Ekonomi\n{WORDS}\n{TABLE}\n"


def finding(name: str, box: Box, **other: object) -> FindingRecord:
    found: FindingRecord = {
        "code": "SUM", "rule": "Summan stämmer inte", "table": "t01", "row": "Summa", "column": "Utfall",
        "page": box.page, "stated": "4670", "expected": "4760", "difference": "-90", "explained_by_rounding": False,
        "confidence": "certain", "message": "Raderna ger 4\xa0760, inte \u2212; två siffror kan ha bytt plats (”åäö”).",
        "proposal": "Skriv 4 760.", "id": name, "place": name, "cause": None, "unit": "tkr", "row_key": "r3",
        "column_key": "c1", "passage": None, "quote": None, "text": None, "title": "Drift", "facts": {},
        "box": {"page": box.page, "left": box.left, "top": box.top, "right": box.right, "bottom": box.bottom},
        "dismissed": None,
    }  # fmt: skip
    return {**found, **other}  # type: ignore[typeddict-item]  # what the test changes


def record(*findings: FindingRecord) -> Record:
    document = {"name": "x", "pages": 1, "seconds": 0.0, "kind": "pdf", "sizes": [], "remarks": [], "passages": 0}
    return {"document": document, "tables": [], "findings": list(findings), "format": 1, "bindings": []}  # type: ignore[typeddict-item]  # enough for marks


def cells(data: bytes) -> list[Box]:
    grid = next(block for block in read(data).blocks if isinstance(block, Grid))
    return [cell.box for row in grid.rows for cell in row.cells if cell.box is not None]


def notes(data: bytes) -> list[dict[str, object]]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not pdf.get_warnings()
        return [
            {
                "text": str(note.Contents), "author": str(note.T), "subject": str(note.get("/Subj", "")),
                "sides": [float(side) for side in note.Rect], "lines": len(list(note.get("/QuadPoints", []))) // 8,
                "drawn": "/AP" in note and bytes(note.AP.N.read_bytes()),
            }
            for page in pdf.pages for note in page.obj.get("/Annots", [])
        ]  # fmt: skip


def test_a_note_says_code_rule_message_and_proposal():
    data = typeset(SOURCE)
    (note,) = notes(annotate(data, record(finding("a", cells(data)[-1]))))
    assert note["author"] == "Uppsikt"
    assert note["subject"] == "1 SUM"
    assert note["text"] == (
        "SUM Summan stämmer inte (säker)\n"
        "Raderna ger 4\xa0760, inte \u2212; två siffror kan ha bytt plats (”åäö”).\nSkriv 4 760."
    )
    assert b"(1) Tj" in note["drawn"]


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_the_mark_lies_on_the_cell_and_nowhere_else(turns):
    data = changed(typeset(SOURCE), lambda pdf: [page.rotate(90 * turns, relative=True) for page in pdf.pages])
    box = cells(data)[-1]
    marked = annotate(data, record(finding("a", box)))
    width, height, before = pixels(page_picture(data, 1, 600))
    _, _, after = pixels(page_picture(marked, 1, 600))
    row = 1 + width * 3
    differing = [at for at in range(len(before)) if before[at] != after[at]]
    across, down = [(at % row - 1) // 3 for at in differing], [at // row for at in differing]
    scale = width / read(data).sizes[0].width
    assert min(across) == pytest.approx(box.left * scale, abs=14)
    assert max(across) == pytest.approx(box.right * scale, abs=4)
    assert min(down) == pytest.approx(box.top * scale, abs=4)
    assert max(down) == pytest.approx(box.bottom * scale, abs=4)
    assert height > max(down)


def packed(data: bytes) -> bytes:
    return changed(data, lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def linear(data: bytes) -> bytes:
    return changed(data, lambda pdf: None, linearize=True)


@pytest.mark.parametrize("made", [lambda data: data, packed, linear], ids=["table", "stream", "linear"])
def test_the_file_before_the_notes_stays_byte_for_byte(made):
    data = made(typeset(SOURCE))
    marked = annotate(data, record(finding("a", cells(data)[-1])))
    assert marked.startswith(data)
    assert len(notes(marked)) == 1
    assert read(marked).blocks == read(data).blocks


def test_marks_can_be_added_to_a_marked_file():
    data = typeset(SOURCE)
    once = annotate(data, record(finding("a", cells(data)[-1])))
    twice = annotate(once, record(finding("b", cells(data)[-2], confidence="likely")))
    assert twice.startswith(once)
    assert len(notes(twice)) == 2


def test_a_file_that_is_encrypted_without_a_password_is_written_anew():
    data = changed(typeset(SOURCE), lambda pdf: None, encryption=pikepdf.Encryption(user="", owner="ägare"))
    marked = annotate(data, record(finding("a", cells(data)[-1])))
    assert len(notes(marked)) == 1
    assert read(marked).blocks == read(data).blocks


def test_a_file_that_cannot_be_opened_is_refused():
    lock = pikepdf.Encryption(user="hemligt", owner="hemligare")
    with pytest.raises(DocumentError, match="lösenord"):
        annotate(changed(typeset(SOURCE), lambda pdf: None, encryption=lock), record())
    with pytest.raises(DocumentError, match="trasig"):
        annotate(b"%PDF-1.7 nothing", record())


def test_each_confidence_has_a_form_of_its_own():
    data = typeset(SOURCE)
    boxes = cells(data)
    kinds = [("certain", None), ("likely", None), ("possible", None), ("certain", "a0")]
    findings = [
        finding(f"a{at}", boxes[-1 - at], confidence=kind, cause=cause) for at, (kind, cause) in enumerate(kinds)
    ]
    made = notes(annotate(data, record(*findings)))
    assert [note["subject"] for note in made] == ["1 SUM", "1.1 SUM", "2 SUM", "3 SUM"]
    # without colours and numbers the drawings still differ
    forms = {
        tuple(line.split()[-1] + ("[" in line) * line[:8] for line in note["drawn"].decode().split("\n"))
        for note in made
    }
    assert len(forms) == 4


def _form(line: str) -> str:
    """Give the operator of a line of drawing, and its dashes."""
    return line.rsplit(maxsplit=1)[-1] + (line[:8] if "[" in line else "")


def test_what_is_dismissed_rounded_or_without_a_place_is_not_marked():
    data = typeset(SOURCE)
    box = cells(data)[-1]
    others = (
        finding("a", box, dismissed="Känt"), finding("b", box, explained_by_rounding=True),
        {**finding("c", box), "box": None}, finding("d", Box(9, 1, 1, 2, 2)),
    )  # fmt: skip
    assert notes(annotate(data, record(*others))) == []


def test_the_quoted_words_are_marked_and_not_the_paragraph():
    data = typeset(SOURCE)
    paragraph = next(block for block in read(data).blocks if isinstance(block, Paragraph))
    assert paragraph.box is not None
    quote = "efter varje tertial. Avvikelser förklaras i ord"
    (note,) = notes(annotate(data, record(finding("a", paragraph.box, table=None, passage="p1", quote=quote))))
    assert note["lines"] == 2
    (whole,) = notes(annotate(data, record(finding("a", paragraph.box, table=None, passage="p1", quote="finns inte"))))
    assert whole["lines"] == 1


def test_notes_that_the_file_has_already_are_kept():
    def remark(pdf: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[10, 10, 20, 20], Contents="Förr", T="Någon annan"
        )
        pdf.pages[0].obj.Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))

    data = changed(typeset(SOURCE), remark)
    marked = annotate(data, record(finding("a", cells(data)[-1])))
    assert marked.startswith(data)
    assert [note["author"] for note in notes(marked)] == ["Någon annan", "Uppsikt"]
