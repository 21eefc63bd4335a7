"""Makes a core Table of a whole printed table: heading, columns, unit, rows, cells, and what was concluded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from uppsikt.core.quantities import MONEY, PERCENT, PLAIN, Quantity, Unit, unit_of
from uppsikt.core.tables import Origin, Sign, Table
from uppsikt.documents.inference.columns import Columns, read_columns
from uppsikt.documents.inference.headers import Head, heads_of
from uppsikt.documents.inference.joining import Gathered
from uppsikt.documents.inference.kinds import is_money, kind_of
from uppsikt.documents.inference.labels import joined, label_of, value_of, without_unit
from uppsikt.documents.inference.lines import Line, lines_of, with_units_of_wholes
from uppsikt.documents.inference.periods import commonest_year
from uppsikt.documents.inference.readings import Holds, best_reading
from uppsikt.documents.inference.rows import RowReader, with_printed_signs
from uppsikt.documents.inference.totals import with_counted_totals, with_money_totals
from uppsikt.documents.inference.units import first_money_unit, money_unit
from uppsikt.documents.inference.words import NAMES_ITSELF, NAMING
from uppsikt.documents.model import Box, Inferred, ReadTable

# The second line of a heading's first cell.
_COLUMN_NAME = r"(?<=\w) (Verksamhet|Nämnd|Projekt|Ändamål|Benämning|Enhet|Område)$"
_SOME = 50  # rows: enough to see what unit the figures carry
_COPIED_DOWN = ("activity", "assignment")


@dataclass(frozen=True)
class Around:
    """What the document says where the table does not: its year, and the unit that its tables share."""

    name: str
    year: int | None = None
    unit: Unit | None = None


def said_unit(gathered: Gathered) -> Unit | None:
    """Give the unit of money that stands at a table: in its heading rows, title, or the texts right above."""
    heads = [cell.text for row in gathered.head for cell in row.cells]
    first = [
        joined(row.cells[0].text) for row in gathered.body[:1] if sum(bool(c.text.strip()) for c in row.cells) == 1
    ]
    near = [text for text in reversed(gathered.near) if re.search(r"belopp|\(|tabell|redovisas", text.casefold())]
    return first_money_unit([*heads, gathered.caption, gathered.above, *first, *near[:1]]) or _written_unit(gathered)


def _written_unit(gathered: Gathered) -> Unit | None:
    """Give the unit of money that most figures carry themselves ("-1 200 tkr")."""
    values = [value_of(cell.text) for row in gathered.body[:_SOME] for cell in row.cells]
    units = Counter(value.unit for value in values if isinstance(value, Quantity))
    unit, times = units.most_common(1)[0] if units else (PLAIN, 0)
    return unit if unit in MONEY and times * 2 > units.total() else None


def read_table(gathered: Gathered, key: str, around: Around, holds: Holds | None) -> ReadTable:
    """Read one table. ``holds`` weighs two readings against each other."""
    heads = heads_of(gathered.head, gathered.width) or tuple(Head("") for _ in range(gathered.width))
    columns = read_columns(heads, gathered.body, gathered.width, _year(gathered, around))
    title = _title(gathered, columns)
    labels = [joined(row.text(columns.label)) for row in gathered.body]
    said = said_unit(gathered)
    words = f"{' '.join(head.text for head in heads)} {title} {gathered.above}"
    kind = kind_of(columns.columns, words, " ".join(gathered.section), labels, money=said is not None)
    unit, told = _unit(kind, said, words, around)
    if kind == "staff" and all("årsarbetare" in label.casefold() for label in labels):
        unit = unit_of("årsarbetare")
    lines = lines_of(gathered.body, columns, unit, copy_down=kind in _COPIED_DOWN)
    rows = RowReader(lines, money=is_money(kind)).read()
    rows = with_money_totals(rows, lines) if is_money(kind) else with_counted_totals(rows, lines)
    lines = with_units_of_wholes(lines, rows)
    rows = with_printed_signs(rows, lines)
    cells = {
        (line.key, column): replace(cell, origin=Origin(around.name, key, line.key, column, line.page or gathered.page))
        for line in lines
        for column, cell in line.cells.items()
    }
    table = Table(key, title, columns.columns, rows, cells, unit, Sign.PLAIN, source=around.name)
    inferred = [*columns.inferred, *told]
    if is_money(kind):
        table, weighed = best_reading(table, holds, words)
        inferred += weighed
    pages = {line.key: line.page for line in lines if line.page is not None}
    return ReadTable(
        table, gathered.page, gathered.section, gathered.order, kind, _boxes(lines), pages, tuple(inferred)
    )


def _unit(kind: str, said: Unit | None, words: str, around: Around) -> tuple[Unit, list[Inferred]]:
    """Give the table's unit: what stands at it, or for money what the other tables say; that is told."""
    if is_money(kind) and said is None and around.unit is not None:
        text = f"Enheten står inte vid tabellen; läst som {around.unit}, som dokumentets andra tabeller."
        return around.unit, [Inferred("", text)]
    if is_money(kind) and said is not None:
        return said, []
    shares = re.search(r"\(%\)|, %|procent", words.casefold()) and said is None and kind != "economy"
    return PERCENT if shares else PLAIN, []


def _boxes(lines: Sequence[Line]) -> dict[tuple[str, str], Box]:
    return {(line.key, column): box for line in lines for column, box in line.boxes.items()}


def _year(gathered: Gathered, around: Around) -> int | None:
    """Give the year in the table's title, else in the nearest heading that names one, else the document's."""
    for texts in ((gathered.caption, gathered.above), *((heading,) for heading in reversed(gathered.section))):
        year = commonest_year(texts)
        if year is not None:
            return year
    return around.year


def _title(gathered: Gathered, columns: Columns) -> str:
    """Give the caption, else the heading's first cell where it names more than a column, else what stands above."""
    first = label_of(gathered.head[0].text(0)) if columns.label == 0 and gathered.head else ""
    named = re.sub(r"\s*belopp( i)?,? \w+( ändamål)?$", "", first, flags=re.IGNORECASE)
    named = re.sub(_COLUMN_NAME, "", named)
    words = without_unit(named).casefold()
    plain = (
        not words
        or money_unit(words) is not None
        or any(words.rstrip("ser") == word or words == word for word in NAMING)
        or "indikator" in words
    )
    own = named if not plain or words in NAMES_ITSELF else ""
    last = gathered.section[-1] if gathered.section else ""
    title = gathered.caption or own or gathered.above or last or first
    return without_unit(title) or title or "Tabell"
