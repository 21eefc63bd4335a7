"""Small invented documents and their records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from uppsikt.checks import Binding, Checked, Printed, check_document
from uppsikt.core.findings import Confidence, Finding, Place
from uppsikt.core.passages import Passage
from uppsikt.core.periods import Period
from uppsikt.core.quantities import MNKR, TKR, Quantity
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Row, RowRole, Sign, Table
from uppsikt.documents.model import Box, Document, PageSize, ReadTable
from uppsikt.review.making import record_of
from uppsikt.review.record import Record

NAMES = ("Kansliet", "Skolan", "Vården")


def table(
    key: str = "t01",
    amounts: Sequence[int] = (100, 250, 300),
    total: int = 650,
    *,
    title: str = "Driftsammandrag",
    names: Sequence[str] = NAMES,
    role: ColumnRole = ColumnRole.OUTCOME,
    year: int = 2019,
) -> Table:
    """A statement in tkr with one column; the total need not be right."""
    rows = [
        Row(f"r{n}", name, RowRole.ITEM, "sum", Measure.NET, subject=name.lower())
        for n, name in enumerate(names, start=1)
    ]
    rows.append(Row("sum", "Summa", RowRole.SUM))
    cells = {
        (row.key, "c1"): Cell(Quantity(Decimal(number), TKR, 0), str(number))
        for row, number in zip(rows, (*amounts, total), strict=True)
    }
    column = Column("c1", f"Utfall {year}", role, Period.year(year))
    return Table(key, title, (column,), tuple(rows), cells, TKR, Sign.NET_COST)


def document(*tables: Table, name: str = "sjovik-2019.pdf", passages: Sequence[Passage] = ()) -> Document:
    """A document of one page for each table, in which every cell has a place."""
    read = tuple(
        ReadTable(
            one,
            page=number,
            section=("Ekonomi", one.title),
            order=number * 10,
            kind="economy",
            boxes={
                (row.key, column): Box(number, 50, 100 + 20 * at, 200, 115 + 20 * at)
                for at, row in enumerate(one.rows)
                for column in ("", "c1")
            },
        )
        for number, one in enumerate(tables, start=1)
    )
    boxes = {passage.key: Box(passage.page or 1, 50, 500, 400, 540) for passage in passages}
    return Document(name, "pdf", max(len(tables), 1), tuple(passages), read, (PageSize(595, 842),), boxes)


def reviewed(made: Document, *, extra: Sequence[Finding] = (), bindings: Sequence[Binding] = ()) -> Record:
    """Check a document and make its record; findings and bindings about its text may be given."""
    printed = [Printed(one.table, one.order, one.section, one.page, one.kind) for one in made.tables]
    checked = check_document(printed, made.passages)
    return record_of(made, Checked((*checked.findings, *extra), (*checked.bindings, *bindings)), 0.25)


def text_finding(passage: Passage, quote: str, stated: str, expected: str) -> Finding:
    """A finding about an amount in running text."""
    said, right = (Quantity(Decimal(number), MNKR, 1) for number in (stated, expected))
    place = Place("", passage.section[-1], page=passage.page, passage=passage.key, quote=quote)
    message = f"Texten säger {quote}, men tabellen visar {expected} mnkr."
    return Finding(
        "TXT", "Belopp i texten stämmer inte med tabellen", message, place, Confidence.LIKELY, said, right, said - right
    )


PASSAGE = Passage("p1", "Året gav ett överskott med 21,9 mnkr.", ("Ekonomi", "Resultat"), page=1, order=5)


def wrong() -> Record:
    """A record with a sum that is 50 too large, and an amount in the text that is another than the table's."""
    made = document(table(total=700), passages=[PASSAGE])
    said = text_finding(PASSAGE, "21,9 mnkr", "21.9", "19.2")
    binding = Binding(
        PASSAGE, 27, 36, Quantity(Decimal("21.9"), MNKR, 1), "Summa / Utfall 2019 i tabell t01", agrees=False
    )
    return reviewed(made, extra=[said], bindings=[binding])


def hostile() -> Record:
    """A record in which every text tries to be something else than text."""
    evil = "=cmd|' /C calc'!A0<script>alert(1)</script>\x1b[31m\x9b2J\u202e&"
    made = table(title=evil, total=700, names=(evil, "Skolan", "Vården"))
    made = replace(made, columns=(replace(made.columns[0], label=evil),))
    passage = replace(PASSAGE, text=f"{evil} 21,9 mnkr", section=(evil,))
    return reviewed(
        document(made, name=f"{evil}.pdf", passages=[passage]),
        extra=[text_finding(passage, f"{evil} 21,9 mnkr", "21.9", "19.2")],
    )
