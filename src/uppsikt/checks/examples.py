"""Reads the examples of the rule book: small tables in Markdown, and lines that say what is found.

| tkr, nettokostnad | Utfall 2024 |      unit and sign, then columns: role and period
|-------------------|------------:|
| Kansliet          |         120 |      an item; its label is also what it is about
| varav kostnader   |         150 |      "varav": a part of the row above; "- Kvinnor": a breakdown of it
| Summa             |         120 |      begins with "Summa": a sum

=> SUM Summa / Utfall 2024: 210, ska vara 200
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.core.errors import ReadingError
from uppsikt.core.findings import Finding
from uppsikt.core.periods import parse_period
from uppsikt.core.quantities import MONEY, Unit, parse_quantity, read_cell, unit_of
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Row, RowRole, Sign, Table

_ROLES = {
    "utfall": ColumnRole.OUTCOME,
    "budget": ColumnRole.BUDGET,
    "avvikelse": ColumnRole.DEVIATION,
    "prognos": ColumnRole.FORECAST,
    "förändring": ColumnRole.CHANGE,
    "bokslut": ColumnRole.LAST_YEAR,
    "plan": ColumnRole.PLAN,
}
_SIGNS = {"nettokostnad": Sign.NET_COST, "resultat": Sign.RESULT}


@dataclass(frozen=True, slots=True)
class Expected:
    """What an example says is found."""

    code: str
    row: str
    column: str
    stated: Decimal
    expected: Decimal

    @classmethod
    def of(cls, finding: Finding) -> Expected:
        """Give a finding in the same form."""
        stated, expected = (q.number if q else Decimal(0) for q in (finding.stated, finding.expected))
        return cls(finding.code, finding.place.row_label, finding.place.column_label, stated, expected)


def read_example(text: str) -> tuple[tuple[Table, ...], tuple[Expected, ...]]:
    """Read an example: its tables, and what is said to be found in them; ReadingError when it is malformed."""
    blocks: list[list[str]] = [[]]
    expected = []
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("=>"):
            expected.append(_expected(line))
        elif line.startswith("|"):
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    tables = tuple(_table(lines, f"exempel-{at}") for at, lines in enumerate(blocks, 1) if lines)
    return tables, tuple(expected)


def _expected(line: str) -> Expected:
    place, colon, figures = line.removeprefix("=>").strip().rpartition(": ")
    stated, comma, should = figures.partition(", ska vara ")
    code, _, rest = place.partition(" ")
    row, slash, column = rest.partition(" / ")
    if not (colon and comma and slash):
        raise ReadingError("Raden ska vara ”=> KOD Rad / Kolumn: tal, ska vara tal”.", text=line)
    return Expected(code, row, column, parse_quantity(stated).number, parse_quantity(should).number)


def _table(lines: list[str], key: str) -> Table:
    head, _, *body = [[part.strip() for part in line.strip("|").split("|")] for line in lines]
    symbol, _, sign = head[0].partition(", ")
    unit = unit_of(symbol)
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
    return Column(label, label, _ROLES[word.casefold()], parse_period(period))


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
