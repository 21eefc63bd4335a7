"""The faces of a review: what they show, in which words, and that nothing in a document can become more than text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.review.samples import PASSAGE, document, hostile, reviewed, table, text_finding, wrong
from tests.review.test_comparing import year_2019, year_2020
from uppsikt.checks import Printed, check_document
from uppsikt.review.comparing import compare_records
from uppsikt.review.dismissals import apply_dismissals, dismissal_of
from uppsikt.review.making import record_of
from uppsikt.review.record import Record
from uppsikt.review.showing.files import findings_docx, findings_xlsx
from uppsikt.review.showing.grouping import groups, printable, selected
from uppsikt.review.showing.page import page_of
from uppsikt.review.showing.terminal import Look, lines_of

ESCAPE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def shown(record: Record, **look: object) -> str:
    return "\n".join(lines_of(record, Look(**look)))  # type: ignore[arg-type]  # as Look takes them


def caused() -> Record:
    """A record in which one figure is wrong in a sum and against another table."""
    return reviewed(document(table("t01"), table("t02", (100, 250, 390), 650)))


def test_the_terminal_groups_by_table_and_aligns_the_figures() -> None:
    told = shown(wrong(), width=80).splitlines()
    heads, figures = (next(line for line in told if word in line) for word in ("ska vara", "Summa / Utfall 2019"))
    assert told[0] == "sjovik-2019.pdf"
    assert any(line.startswith("Driftsammandrag") and line.endswith("sida 1") for line in told)
    assert "Ekonomi · tkr · t01" in told
    assert figures.startswith("■ säker    Summa / Utfall 2019")
    assert re.search(r"700\s+650\s+\+50$", figures)
    assert len(figures) == len(heads) == 80
    assert told[-1] == "2 saker som inte stämmer: 1 säker, 1 trolig."
    assert told[-2] == "1 sida · 1 tabell · 4 tal · 1 tal i texten knutet till en tabell · 0,2 s"


def test_a_figure_is_written_in_swedish() -> None:
    record = reviewed(document(table(amounts=(-20_000, 1, 2), total=15_000)))
    assert re.search(r"15\u00a0000 +−19\u00a0997 +\+34\u00a0997$", shown(record), re.MULTILINE)


def test_what_follows_is_set_in_under_its_cause_with_where_it_is() -> None:
    told = shown(caused()).splitlines()
    at = next(number for number, line in enumerate(told) if line.strip() == "Därav följer:")
    assert told[at + 1].startswith(" " * 11 + "└ XTB Vården / Utfall 2019 (i ”Driftsammandrag”, sida 1)")
    assert any(line.strip().startswith("→ Rätt tal är troligen 300") for line in told[:at])


def test_colour_and_names_only_when_asked_for() -> None:
    assert "\x1b" not in shown(wrong())
    painted = shown(wrong(), colour=True)
    assert "\x1b[1;31m■ säker" in painted
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == shown(wrong())
    name = wrong()["findings"][0]["id"]
    assert name not in shown(wrong())
    assert f"[{name}]" in shown(wrong(), names=True)


def test_what_was_read_and_bound_is_shown_when_asked_for() -> None:
    told = shown(wrong(), reading=True, bindings=True)
    assert "Kolumner: Utfall 2019 = utfall 2019" in told
    assert "Rader: 3 poster, 1 summa" in told
    assert "✗ ”…Året gav ett överskott med 21,9 mnkr.…” stämmer inte med Summa" in told


def test_nothing_found_and_nothing_to_count_are_two_things() -> None:
    assert "Ingenting hittades som inte stämmer." in shown(reviewed(document(table())))
    assert "Inga tabeller hittades" in shown(reviewed(document(passages=[PASSAGE])))
    only_text = reviewed(document(passages=[PASSAGE]), extra=[text_finding(PASSAGE, "21,9 mnkr", "21.9", "19.2")])
    assert shown(only_text).endswith("1 sak som inte stämmer: 1 trolig.")


def test_a_dismissed_finding_is_shown_with_its_reason_and_one_that_came_back_too() -> None:
    found = wrong()["findings"][1]
    aside = dismissal_of(found, "sjovik-2019.pdf", "Rättas i nästa rapport", "2020-02-01")
    assert "Avfärdad: Rättas i nästa rapport" in shown(apply_dismissals(wrong(), [aside]))
    changed = apply_dismissals(reviewed(document(table(total=710))), [aside])
    for told in (shown(changed, width=110), "".join(page_of([changed]))):
        assert "Avfärdades tidigare, men uppgifterna har ändrats" in told


def test_what_rounding_explains_is_shown_as_that_and_not_counted() -> None:
    record = rounded()
    assert [one["explained_by_rounding"] for one in record["findings"]] == [True]
    told = shown(record)
    assert re.search(r"^≈ avrundat +Summa / Utfall 2019 +651 +650 +\+1$", told, re.MULTILINE)
    assert told.endswith("Ingenting hittades som inte stämmer.")
    assert "≈ avrundat</span>" in "".join(page_of([record]))
    assert cells(findings_xlsx(record))[1][8] == "avrundat"


def rounded() -> Record:
    """A record of a sum that is one too large, which rounding explains."""
    made = document(table(total=651))
    printed = [Printed(one.table, one.order, one.section, one.page, one.kind) for one in made.tables]
    return record_of(made, check_document(printed, made.passages, with_rounding=True), 0.25)


@given(st.integers(1, 200))
def test_no_line_is_longer_than_the_terminal(width: int) -> None:
    for record in (wrong(), caused()):
        lines = shown(record, width=width, reading=True, bindings=True, names=True).splitlines()
        assert max(map(len, lines)) <= max(width, 40)


def test_only_what_is_sure_enough_is_selected_and_an_orphan_stands_alone() -> None:
    record = wrong()
    assert [one["code"] for one in selected(record, least="certain")["findings"]] == ["SUM"]
    record["findings"][1]["cause"] = record["findings"][0]["id"]
    (orphan,) = selected(record, least="certain")["findings"]
    assert orphan["cause"] is None


def test_a_finding_between_documents_stands_with_its_table() -> None:
    record = compare_records([year_2019(), year_2020((100, 205, 300))])[1]
    (group,) = groups(record)
    assert (group.title, group.page, len(group.items)) == ("Jämförelse", 2, 1)


@pytest.mark.parametrize("colour", [False, True])
def test_a_document_cannot_speak_to_the_terminal(*, colour: bool) -> None:
    told = shown(hostile(), colour=colour, reading=True, bindings=True)
    own = re.sub(r"\x1b\[(?:[012]|1;31|3[236])m", "", told) if colour else told
    assert ESCAPE.search(own) is None
    assert "alert(1)" in own


@given(st.text())
def test_what_is_printable_is_one_line_without_controls(text: str) -> None:
    told = printable(text)
    assert ESCAPE.search(told) is None
    assert told.splitlines() in ([], [told])
    assert printable(told) == told


def test_the_page_stands_alone_and_escapes_what_it_shows() -> None:
    told = "".join(page_of([hostile()]))
    assert "<script" not in told
    assert "alert(1)" in told
    assert ESCAPE.search(told) is None
    assert re.findall(r"(?:src|href)=\"(?!#)[^\"]*\"|url\(|@import|https?://", told) == []


def test_the_page_shows_the_table_with_the_cell_marked_and_linked() -> None:
    record = wrong()
    told = "".join(page_of([record]))
    name = next(one["id"] for one in record["findings"] if one["code"] == "SUM")
    assert f'<mark class="certain"><a href="#f-{name}">700</a></mark>' in told
    assert f'id="f-{name}"' in told
    assert 'överskott med <mark class="likely">21,9 mnkr</mark>.</blockquote>' in told


def test_a_long_table_is_shown_around_what_is_marked() -> None:
    amounts = [1] * 200
    record = reviewed(document(table(amounts=amounts, total=900, names=[f"Enhet {n}" for n in range(200)])))
    told = "".join(page_of([record]))
    assert "197 rader visas inte" in told
    assert told.count('<th scope="row">') == 4


def cells(data: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()  # type: ignore[return-value]  # texts and numbers


def test_excel_has_one_row_for_each_finding_with_figures_as_numbers() -> None:
    head, text, total = cells(findings_xlsx(wrong()))
    assert head[:9] == [
        "Sida", "Tabell eller rubrik", "Rad eller text", "Kolumn", "Står", "Ska vara", "Skillnad", "Enhet", "Säkerhet",
    ]  # fmt: skip
    assert total[:9] == [1.0, "Driftsammandrag", "Summa", "Utfall 2019", 700.0, 650.0, 50.0, "tkr", "säker"]
    assert text[2:9] == ["21,9 mnkr", "", 21.9, 19.2, 2.7, "mnkr", "trolig"]


def parts(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        yield from (file.read(name).decode() for name in file.namelist() if name.endswith(".xml"))


def test_a_text_never_becomes_a_formula_in_excel() -> None:
    data = findings_xlsx(hostile())
    assert not any("<f>" in part for part in parts(data))
    assert any('quotePrefix="1"' in part for part in parts(data))
    assert any(str(value).startswith("=cmd") for row in cells(data) for value in row)


def test_a_number_that_excel_cannot_hold_is_a_text() -> None:
    long = 12345678901234567890
    row = cells(findings_xlsx(reviewed(document(table(amounts=(1, 2, 3), total=long)))))[1]
    assert row[4] == "12\u00a0345\u00a0678\u00a0901\u00a0234\u00a0567\u00a0890"


@pytest.mark.parametrize("record", [wrong(), hostile()], ids=["wrong", "hostile"])
def test_word_has_a_heading_for_each_table_and_its_figures_in_columns(record: Record) -> None:
    made = docx.Document(io.BytesIO(findings_docx(record)))
    assert len(made.tables) == 2
    assert [cell.text for cell in made.tables[1].rows[1].cells][1:] == ["700", "650", "+50"]
    headings = [one.text for one in made.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert len(headings) == 2


def test_several_documents_share_a_file() -> None:
    records = [wrong(), year_2019(total=1)]
    assert [row[-1] for row in cells(findings_xlsx(*records))][1:] == ["sjovik-2019.pdf"] * 2 + ["2019.pdf"]
    made = docx.Document(io.BytesIO(findings_docx(*records)))
    assert [one.text for one in made.paragraphs if one.style is not None and one.style.name == "Heading 1"] == [
        "sjovik-2019.pdf",
        "2019.pdf",
    ]
    told = "".join(page_of(records))
    assert "<h2>sjovik-2019.pdf</h2>" in told
