"""What cannot be read is refused with one Swedish line that says why."""

from __future__ import annotations

import contextlib
import io
import random

import pikepdf
import pytest

from tests.documents.pdf.typeset import WORDS, changed, read, texts, typeset
from uppsikt.documents.model import DocumentError, Limits

PLAIN = f"= Rubrik\n{WORDS}"


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(DocumentError) as caught:
        read(data, limits)
    text = str(caught.value)
    assert "rapport.pdf" in text
    assert "\n" not in text
    return text


def picture_page(pdf: pikepdf.Pdf) -> pikepdf.Page:
    """Add a page that shows nothing but a grey picture, as a scanner makes it."""
    page = pdf.add_blank_page(page_size=(595, 842))
    picture = pikepdf.Stream(pdf, bytes([120]) * 100)
    for key, value in {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "Width": 10, "Height": 10}.items():
        picture[f"/{key}"] = value
    picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=pdf.make_indirect(picture)))
    page.obj.Contents = pikepdf.Stream(pdf, b"595 0 0 842 0 0 cm /Im Do")
    return page


def test_a_password_is_asked_for():
    lock = pikepdf.Encryption(user="hemligt", owner="hemligare")
    assert "lösenord" in refusal(changed(typeset(PLAIN), lambda pdf: None, encryption=lock))


def test_a_file_that_only_forbids_printing_is_read():
    lock = pikepdf.Encryption(user="", owner="hemligare")
    assert texts(read(changed(typeset(PLAIN), lambda pdf: None, encryption=lock)))


def test_a_truncated_file_is_said_to_be_cut_off():
    data = typeset(PLAIN)
    assert "avbruten" in refusal(data[:700])


def test_a_file_that_is_no_pdf_after_its_first_line_is_broken():
    assert "trasig" in refusal(b"%PDF-1.7\n" + random.Random(1).randbytes(3000) + b"\n%%EOF\n")


def test_a_file_without_pages_is_refused():
    with pikepdf.new() as pdf:
        out = io.BytesIO()
        pdf.save(out)
    refusal(out.getvalue())


def test_too_many_pages_are_refused_with_the_number():
    assert "2 sidor" in refusal(typeset("ett #pagebreak() två"), Limits(pages=1))


def test_too_much_text_and_too_many_cells_are_refused():
    table = "#table(columns: 3, " + ", ".join(f"[{number}]" for number in range(30)) + ")"
    assert "text" in refusal(typeset(PLAIN), Limits(characters=20))
    assert "celler" in refusal(typeset(table), Limits(cells=10))


def test_a_scan_is_told_with_its_pages():
    with pikepdf.new() as pdf:
        for _ in range(3):
            picture_page(pdf)
        out = io.BytesIO()
        pdf.save(out)
    text = refusal(out.getvalue())
    assert "inskannad" in text
    assert "3 av 3" in text


def test_scanned_pages_among_others_are_remarked_upon():
    data = changed(typeset(PLAIN), lambda pdf: [picture_page(pdf) for _ in range(2)])
    content = read(data)
    assert texts(content)
    assert content.pages == 3
    assert content.remarks == ("Sidorna 2–3 har bild men ingen text (inskannat) och granskas inte.",)


def test_a_page_of_absurd_size_is_left_out_and_said():
    def stretch(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.MediaBox = [0, 0, 1e9, 1e9]

    content = read(changed(typeset(f"{WORDS} #pagebreak() Andra sidan"), stretch))
    assert "Andra sidan" not in " ".join(texts(content))
    assert "2" in content.remarks[0]


def test_a_document_of_only_absurd_pages_is_refused():
    def shrink(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.MediaBox = [0, 0, 0.01, 0.01]

    refusal(changed(typeset(PLAIN), shrink))


@pytest.mark.parametrize("seed", range(30))
def test_changed_bytes_give_a_document_or_a_refusal(seed):
    """A short run of what the benchmark does for an hour: nothing but DocumentError comes out."""
    chance = random.Random(seed)
    data = bytearray(typeset(f"= Rubrik\n{WORDS}\n#table(columns: 2, [a], [1], [b], [2])"))
    for _ in range(chance.randint(1, 60)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.3:
        del data[chance.randrange(len(data)) :]
    with contextlib.suppress(DocumentError):
        assert read(bytes(data)).kind == "pdf"


def test_nothing_is_printed_by_the_library(capfd):
    with pytest.raises(DocumentError):
        read(b"%PDF-1.4\nnothing")
    read(typeset(PLAIN))
    assert capfd.readouterr() == ("", "")
