"""The text file that the store reads: the file itself where it can be read as it stands, else a plain one made of it.

Each row of the original becomes equally many lines (one for each column of amounts), empty where it holds no entry, so
that the place of a fault can be told in the original.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from uppsikt.core.economy.ledger import FIELDS
from uppsikt.core.errors import ReadingError
from uppsikt.exchange.ledger_table.columns import code_and_name
from uppsikt.exchange.ledger_table.csv_file import dialect, holds_rows
from uppsikt.exchange.ledger_table.headings import month_named, says_sum
from uppsikt.exchange.ledger_table.look import ColumnLook, Line, Look
from uppsikt.exchange.ledger_table.turning import turning_of
from uppsikt.exchange.ledger_table.zeros import Zeros
from uppsikt.exchange.sheets import Cell, amount_of, open_workbook, text_of
from uppsikt.exchange.sheets.reading import Workbook

_AMOUNTS = {"amount", "debit", "credit"}
_NO_ROW = "(raden går inte att läsa)"
_OFTEN = 2_000  # rows between two words about how far it has come
Progress = Callable[[float], None]


def as_text_file(
    path: Path, look: Look, folder: Path, *, zeros: Zeros | None = None, progress: Progress | None = None
) -> Path:
    """Give a text file that ``look.layout`` describes: the file itself, or one that is written to the folder.

    ``zeros`` says which codes of a workbook have lost their leading zeros, and is told which it gave back.
    ``progress`` is told fractions from 0 to 1 of a workbook.
    """
    if look.as_it_stands:
        return path
    made = folder / "entries.csv"
    with made.open("w", encoding="utf-8", errors="surrogateescape", newline="") as out:
        writer = csv.writer(out, delimiter=";", lineterminator="\n")
        writer.writerow(output_fields(look.columns))
        if look.type == "xlsx":
            opened = look.book or open_workbook(path)
            lines = _sheet_lines(opened, look, zeros or Zeros.of(look), progress or (lambda _: None))
        else:
            lines = _text_lines(path, look)
        for row in _entry_rows(look, lines):
            writer.writerow(row)
    return made


def output_fields(columns: tuple[ColumnLook, ...]) -> list[str]:
    """Give the fields of the made file in order."""
    fields: list[str] = []
    for column in columns:
        if column.field in FIELDS:
            fields.append(column.field)
            if column.with_names and _name_beside(column, columns):
                fields.append(f"{column.field}_name")
    values = [column.value for column in columns if column.value is not None]
    if any(column.field == "month" for column in columns) or any(month for _, month in values):
        fields.append("period")
    if values:
        fields += ["amount", "kind"] if any(kind for kind, _ in values) else ["amount"]
    return fields


def lines_of_row(columns: tuple[ColumnLook, ...]) -> int:
    """Give how many lines each row of the original becomes."""
    return max(1, sum(column.value is not None for column in columns))


def _name_beside(column: ColumnLook, columns: tuple[ColumnLook, ...]) -> bool:
    name = f"{column.field}_name"
    return name in FIELDS and all(other.field != name for other in columns)


def _text_lines(path: Path, look: Look) -> Iterator[Line]:
    """Give the rows of entries with their numbers; what stands before and after them is left out."""
    errors = "replace" if look.source_encoding.startswith("utf-16") else "surrogateescape"
    with path.open(encoding=look.source_encoding, errors=errors, newline="") as text:
        reader = csv.reader(text, **dialect(look.source_delimiter, look.source_quote))  # type: ignore[arg-type]  # its arguments
        number, waiting = 1, []
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells = [_NO_ROW]  # the store tells all that is missing
            if holds_rows(cells, look.source_delimiter, len(look.columns)):
                cells = [_NO_ROW]
            if number >= look.first_line:
                waiting.append(Line(number, cells))
                if len(waiting) > look.footer:
                    yield waiting.pop(0)
            number = reader.line_num + 1


def _sheet_lines(book: Workbook, look: Look, zeros: Zeros, progress: Progress) -> Iterator[Line]:
    """Do the same with a sheet of a workbook."""
    sheet = look.layout.sheet
    amounts = {at for at, column in enumerate(look.columns) if column.field in _AMOUNTS or column.value is not None}
    height, padding = max(1, book.height(sheet)), book.padding(sheet)
    waiting: list[tuple[int, list[Cell]]] = []
    for one in book.rows(sheet):
        if one[0] % _OFTEN == 0:
            progress(one[0] / height)
        if one[0] < look.first_line:
            continue
        waiting.append(one)
        if len(waiting) > look.footer:
            number, cells = waiting.pop(0)
            cells = zeros.restored(number, cells, padding)
            yield Line(number, [_sheet_text(cell, at in amounts) for at, cell in enumerate(cells)])


def _sheet_text(cell: Cell, is_amount: bool) -> str:  # noqa: FBT001 - a cell is of an amount or not
    """Write a cell as text; an amount that was typed as text is written as the other amounts are."""
    if is_amount and isinstance(cell, str):
        try:
            return text_of(amount_of(cell))
        except ReadingError:
            return cell
    return text_of(cell)


def _entry_rows(look: Look, lines: Iterator[Line]) -> Iterator[list[str]]:
    """Give the rows of the made file, with empty rows where the original has none, so that their numbers agree."""
    columns = look.columns
    values = [(at, column.value) for at, column in enumerate(columns) if column.value is not None]
    account = next((at for at, column in enumerate(columns) if column.field == "account"), -1)
    common = _common(columns)
    expected = look.first_line
    times = lines_of_row(columns)
    turned = turning_of(columns)
    for line in lines:
        for _ in range(max(0, line.number - expected) * times):
            yield []
        expected = line.number + 1
        cells = [_plain(cell) for cell in line.cells] + [""] * (len(columns) - len(line.cells))
        cells = turned(cells) if turned is not None and any(cells) else cells
        if is_sum_line(cells, account) or not any(cells):
            yield from ([] for _ in range(times))
        elif not values:
            yield common(cells, None)
        else:
            several = any(value[0] for _, value in values if value)
            for at, value in values:
                amount, kind = cells[at], value[0] if value else None
                row = common(cells, value[1] if value else None)
                yield [*row, amount, *([kind or ""] if several else [])] if amount.strip() else []


def _plain(cell: str) -> str:
    """Take away how Excel is told that a number is a text (="0123"), and line breaks."""
    if cell.startswith('="') and cell.endswith('"'):
        cell = cell[2:-1]
    return " ".join(cell.split()) if "\n" in cell or "\r" in cell else cell


def _common(columns: tuple[ColumnLook, ...]) -> Callable[[list[str], int | None], list[str]]:
    """Make what gives the cells of a row that are the same for all its amounts."""
    wanted = [
        (at, column.with_names, column.with_names and _name_beside(column, columns))
        for at, column in enumerate(columns)
        if column.field in FIELDS
    ]
    month_at = next((at for at, column in enumerate(columns) if column.field == "month"), -1)
    year_at = next((at for at, column in enumerate(columns) if column.field == "year"), -1)
    monthly = any(column.value is not None and column.value[1] for column in columns)

    def common(cells: list[str], month: int | None) -> list[str]:
        row: list[str] = []
        for at, parted, named in wanted:
            code, name = code_and_name(cells[at]) if parted else (cells[at], "")
            row += [code, name] if named else [code]
        if monthly:
            row.append(str(month or ""))
        elif month_at >= 0:
            year = cells[year_at] if year_at >= 0 else columns[month_at].written
            row.append(_period(year, cells[month_at]))
        return row

    return common


def _period(year: str, month: str) -> str:
    """Join a year and a month to a period; what is neither stays as it was written, for the store to refuse."""
    year, month = year.strip(), month.strip()
    number = int(month) if month.isdecimal() else month_named(month.casefold())
    return f"{year}{number:02d}" if year.isdecimal() and number is not None else f"{year} {month}".strip()


def is_sum_line(cells: list[str], account: int) -> bool:
    """Say whether a row is a sum of others: one of its first words says so and no account stands in it."""
    code = cells[account].strip() if 0 <= account < len(cells) else ""
    if any(letter.isdecimal() for letter in code[:3]) and not says_sum(code):
        return False
    filled = [cell for cell in cells if cell.strip()]
    return any(says_sum(cell) for cell in filled[:3])
