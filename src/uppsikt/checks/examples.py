"""Reads the examples of the rule book: small documents in Markdown, and lines that say what is found.

| tkr, nettokostnad | Utfall 2024 |      unit and sign, then columns: role and period
|-------------------|------------:|
| Kansliet          |         120 |      an item; its label is also what it is about
| varav kostnader   |         150 |      "varav": a part of the row above; "- Kvinnor": a breakdown of it
| Summa             |         120 |      begins with "Summa": a sum

The first cell may instead say what the rows are: mål, uppdrag, aktivitet, indikator.

# A heading
- a list item
Any other line is a paragraph.

=> SUM Summa / Utfall 2024: 210, ska vara 200
=> YER 31 september                          where no figure is wrong: the words that are
=> CNT 21: 21, ska vara 22
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from uppsikt.checks.prose import Printed
from uppsikt.core.errors import ReadingError
from uppsikt.core.findings import Finding
from uppsikt.core.passages import Passage
from uppsikt.core.periods import parse_period
from uppsikt.core.quantities import MONEY, PLAIN, Unit, parse_quantity, read_cell, unit_of
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Row, RowRole, Sign, Table

_ROLES = {
    "utfall": ColumnRole.OUTCOME,
    "budget": ColumnRole.BUDGET,
    "avvikelse": ColumnRole.DEVIATION,
    "prognos": ColumnRole.FORECAST,
    "förändring": ColumnRole.CHANGE,
    "bokslut": ColumnRole.LAST_YEAR,
    "plan": ColumnRole.PLAN,
    "bedömning": ColumnRole.STATE,
    "status": ColumnRole.STATE,
    "text": ColumnRole.TEXT,
}
_KINDS = {"mål": "assessment", "uppdrag": "assignment", "aktivitet": "activity", "indikator": "indicator"}
_SIGNS = {"nettokostnad": Sign.NET_COST, "resultat": Sign.RESULT}


class Example(NamedTuple):
    """A small document, and what is said to be found in it."""

    printed: tuple[Printed, ...]
    passages: tuple[Passage, ...]
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What an example says is found: where (row and column, or words), what stands there and what should."""

    code: str
    where: str
    stated: Decimal | None = None
    expected: Decimal | None = None

    @classmethod
    def of(cls, finding: Finding) -> Expected:
        """Give a finding in the same form."""
        place = finding.place
        where = f"{place.row_label} / {place.column_label}" if place.row else place.quote or place.column_label
        stated, expected = (q.number if q else None for q in (finding.stated, finding.expected))
        return cls(finding.code, where, stated, expected)


def read_example(text: str) -> tuple[tuple[Table, ...], tuple[Expected, ...]]:
    """Read the tables of an example, and what is said to be found; ReadingError when it is malformed."""
    example = read_small_document(text)
    return tuple(one.table for one in example.printed), example.expected


def read_small_document(text: str) -> Example:
    """Read an example with its text; ReadingError when it is malformed."""
    blocks: list[list[str]] = [[]]
    expected: list[Expected] = []
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("=>"):
            expected.append(_expected(line))
        elif line.startswith("|") and blocks[-1][:1] != [] and blocks[-1][0].startswith("|"):
            blocks[-1].append(line)
        else:
            blocks.append([line] if line else [])
    printed: list[Printed] = []
    passages: list[Passage] = []
    section: tuple[str, ...] = ()
    for at, lines in enumerate(block for block in blocks if block):
        if lines[0].startswith("|"):
            table = _table(lines, f"exempel-{len(printed) + 1}")
            kind = _KINDS.get(lines[0].strip("| ").split("|")[0].strip(), "other")
            printed.append(Printed(table, at, section, kind="economy" if table.unit in MONEY else kind))
            continue
        words, heading, item = lines[0].lstrip("#- "), lines[0].startswith("#"), lines[0].startswith("- ")
        passages.append(Passage(f"text-{at}", words, section, item=item, heading=heading, order=at))
        section = (words,) if heading else section
    return Example(tuple(printed), tuple(passages), tuple(expected))


def _expected(line: str) -> Expected:
    code, _, rest = line.removeprefix("=>").strip().partition(" ")
    place, colon, figures = rest.rpartition(": ")
    stated, comma, should = figures.partition(", ska vara ")
    if comma and colon:
        return Expected(code, place, parse_quantity(stated).number, parse_quantity(should).number)
    if not rest or colon:
        raise ReadingError("Raden ska vara ”=> KOD Rad / Kolumn: tal, ska vara tal” eller ”=> KOD ord”.", text=line)
    return Expected(code, rest)


def _table(lines: list[str], key: str) -> Table:
    head, _, *body = [[part.strip() for part in line.strip("|").split("|")] for line in lines]
    symbol, _, sign = head[0].partition(", ")
    unit = PLAIN if symbol in _KINDS else unit_of(symbol)
    columns = tuple(_column(label) for label in head[1:])
    rows = tuple(_rows([cells[0] for cells in body], unit))
    cells = {
        (row.key, column.key): Cell(read_cell(text, unit).value, text)
        for row, (_, *texts) in zip(rows, body, strict=True)
        for column, text in zip(columns, texts, strict=True)
    }
    return Table(key, key, columns, rows, cells, unit, _SIGNS.get(sign, Sign.PLAIN))


def _column(label: str) -> Column:
    word, _, period = label.partition(" ")
    return Column(label, label, _ROLES[word.casefold()], parse_period(period) if period else None)


def _rows(labels: list[str], unit: Unit) -> Iterator[Row]:
    above = ""
    for at, label in enumerate(labels):
        key, words = f"rad-{at}", label.casefold()
        if words.startswith("varav"):
            measure = Measure.COSTS if "kostnader" in words else Measure.INCOME if "intäkter" in words else Measure.NONE
            yield Row(key, label, RowRole.OF_WHICH, above, measure)
        elif label.startswith("- "):
            yield Row(key, label, RowRole.BREAKDOWN, above)
        else:
            above = key
            role = RowRole.SUM if words.startswith("summa") else RowRole.ITEM
            yield Row(key, label, role, None, Measure.NET if unit in MONEY else Measure.NONE, subject=words)
