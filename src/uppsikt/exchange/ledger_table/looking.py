"""Finds out how a table file of entries is laid out. Only the first part of a text file is read, and its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from uppsikt.core.economy.ledger import EntryFault, EntryKind, Layout
from uppsikt.core.errors import UseError, reason_of
from uppsikt.exchange.ledger_table import headings as words
from uppsikt.exchange.ledger_table.columns import Columns, columns_of, unlike
from uppsikt.exchange.ledger_table.contents import decimal_sign, number_of, thousands_sign
from uppsikt.exchange.ledger_table.csv_file import TextGrid, cut_file
from uppsikt.exchange.ledger_table.judging import income_is_positive, money_unit, strange_periods, what_is_missing
from uppsikt.exchange.ledger_table.letters import name_of
from uppsikt.exchange.ledger_table.look import VALUE, ColumnLook, Line, Look
from uppsikt.exchange.ledger_table.text_file import is_sum_line, lines_of_row, output_fields
from uppsikt.exchange.sheets import Cell, open_workbook, text_of
from uppsikt.exchange.sheets.guarding import column_letters
from uppsikt.exchange.sheets.reading import Workbook

_KEPT, _TAIL, _SHOWN, _SEARCHED = 3_000, 40, 20, 60
_MOST_COLUMNS = 2_000  # each becomes a choice on a page, and what reads more is no table but one long line
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".xlsb")
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NO_TEXT = bytes((*range(1, 9), *range(14, 27), *range(28, 32)))  # control characters that no text file has


@dataclass
class _Grid:
    """The first and last rows of a file, whichever its format."""

    lines: list[Line]
    tail: list[Line]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    faults: list[EntryFault] = field(default_factory=list)
    text: TextGrid | None = None
    book: Workbook | None = None


def is_workbook(path: Path, name: str = "") -> bool:
    """Say whether a file is a workbook, or calls itself one. Raises OSError."""
    return _start_of(path).startswith((_ZIP, _OLD)) or Path(name or path.name).suffix.lower() in _WORKBOOKS


def look_at(
    path: Path, *, sheet: str | None = None, remembered: Mapping[str, str] | None = None, name: str = "",
    year: int | None = None,
) -> Look:  # fmt: skip
    """Find out what a table file holds and which column is what.

    ``remembered`` is the mapping of an earlier Look, or what a person chose: field by heading. ``name`` is what the
    user calls the file, ``year`` the year of columns that tell months only. Raises UseError for what cannot be read.
    """
    name = name or path.name
    try:
        if is_workbook(path, name):
            grid = _sheet_grid(open_workbook(path, name), sheet)
        else:
            grid = _text_grid(path, name, _start_of(path))
    except OSError as error:
        raise UseError(f"{name} går inte att läsa: {reason_of(error)}.") from error
    if not any(any(line.cells) for line in grid.lines):
        raise UseError(f"{name} är tom." if not grid.sheet else f"Bladet {grid.sheet} i {name} är tomt.")
    widest = max(grid.lines, key=lambda line: len(line.cells))
    if len(widest.cells) > _MOST_COLUMNS:
        raise UseError(
            f"{name}, rad {widest.number}: {len(widest.cells)} kolumner är fler än någon tabellfil har "
            f"({_MOST_COLUMNS}). Kontrollera radbrytningar och citattecken, eller spara filen på nytt."
        )
    return _Looking(path, name, grid, remembered, year).look()


def _start_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)


def _text_grid(path: Path, name: str, start: bytes) -> _Grid:
    odd = sum(start.count(byte) for byte in _NO_TEXT)
    if odd > len(start) // 50 + 2 or start.startswith(b"%PDF"):
        raise UseError(f"{name} är ingen tabellfil. Exportera den som CSV eller Excel (.xlsx).")
    text = cut_file(path)
    return _Grid(text.lines, text.tail, text=text)


def _sheet_grid(book: Workbook, sheet: str | None) -> _Grid:
    if not book.sheets:
        raise UseError(f"{book.name} har inga blad.")
    if sheet is not None and sheet not in book.sheets:
        raise UseError(f"{book.name} har inget blad som heter {sheet}. Bladen heter {', '.join(book.sheets)}.")
    chosen = sheet or _suggested(book)
    padding = book.padding(chosen)
    lines, tail = ([Line(number, [_shown(cell, padding.digits(number, column)) for column, cell in enumerate(cells, 1)])
                    for number, cells in rows] for rows in book.ends(chosen, _KEPT, _TAIL))  # fmt: skip
    last = tail[-1].number if tail else 0
    faults = [
        EntryFault("formula_error", one.row, column_letters(one.column), one.shown,
                   f"Formeln i cell {column_letters(one.column)}{one.row} ger felet {one.shown}.", sheet=chosen)
        for one in book.errors(chosen)
    ]  # fmt: skip
    faults += [
        EntryFault("merged_cells", top, column_letters(left), "",
                   f"Cellerna {column_letters(left)}{top}–{column_letters(right)}{bottom} är sammanfogade. "
                   "Dela dem i Excel, så att varje rad har sina egna uppgifter.", sheet=chosen)
        for (top, left), (bottom, right) in book.merged(chosen) if bottom > top
    ]  # fmt: skip
    backwards = [Line(last - line.number, line.cells) for line in reversed(tail)]
    return _Grid(lines, backwards, chosen, book.sheets, faults, book=book)


def _shown(cell: Cell, digits: int) -> str:
    """Write a cell as Excel shows it: a whole number whose format has leading zeros keeps them."""
    text = text_of(cell).strip()
    return text.zfill(digits) if digits and isinstance(cell, Decimal) and text.isdecimal() else text


def _suggested(book: Workbook) -> str:
    """Suggest the sheet whose first rows hold most headings that we know; the first of equals."""

    def known(sheet: str) -> int:
        first = []
        for number, cells in book.rows(sheet):
            first.append(sum(words.said_by(text_of(cell)) is not None for cell in cells))
            if number >= _SEARCHED:
                break
        return max(first, default=0)

    return max(book.sheets, key=known) if len(book.sheets) > 1 else book.sheets[0]


class _Looking:
    """Looks at one grid."""

    def __init__(
        self, path: Path, name: str, grid: _Grid, remembered: Mapping[str, str] | None, year: int | None
    ) -> None:
        self.path, self.name, self.grid, self.remembered = path, name, grid, remembered
        self.heading_at = _heading_at(grid.lines, remembered)
        self.below = _goes_on_below(grid.lines, self.heading_at)
        self.preamble = self._preamble()
        titles = " ".join((*self.preamble, grid.sheet))
        self.year = year or words.year_in(titles) or words.year_in(name)
        self.titles = f"{titles} {name}"

    def _preamble(self) -> tuple[str, ...]:
        before = self.grid.lines[: max(self.heading_at, 0)]
        return tuple(text for line in before if (text := " ".join(cell.strip() for cell in line.cells if cell.strip())))

    def look(self) -> Look:
        """Say what the file holds."""
        grid = self.grid
        body = [
            line for line in grid.lines[self.heading_at + 1 + self.below :] if any(cell.strip() for cell in line.cells)
        ]
        rows = [line for line in body if not is_sum_line(line.cells, -1)] or body
        headings, above = self._headings(rows)
        told = columns_of(headings, above, [line.cells for line in rows[:500]], self.remembered)
        columns = self._with_years(told.columns)
        account = next((at for at, one in enumerate(columns) if one.field == "account"), -1)
        footer, stated = _footer(grid.tail, columns, account)
        body = [line for line in body if not _among_last(line, grid, footer)]
        return replace(self._assembled(columns, told, body, footer), footer=footer, stated_total=stated)

    def _headings(self, rows: list[Line]) -> tuple[list[str], list[str]]:
        """Give a heading for every column, and the row over them."""
        lines = self.grid.lines
        headings = list(lines[self.heading_at].cells) if self.heading_at >= 0 else []
        breadths = Counter(len(line.cells) for line in rows[:500])
        common = max(breadths, key=lambda one: (breadths[one], one), default=0)
        while len(headings) > common and not headings[-1].strip():
            headings.pop()
        headings += [""] * (common - len(headings))
        above = lines[self.heading_at - 1].cells if self.heading_at > 0 else []
        if self.below:
            under = lines[self.heading_at + 1].cells
            joined = words.is_under(under)  # "Konto" over "nr", or months under "Utfall"
            above, headings = (
                headings,
                [(f"{one} {under[at]}" if joined else under[at]) if at < len(under) and under[at].strip() else one
                 for at, one in enumerate(headings)],
            )  # fmt: skip
        return unlike([" ".join(one.split()) for one in headings], above), above

    def _with_years(self, columns: tuple[ColumnLook, ...]) -> tuple[ColumnLook, ...]:
        """Give the year to columns of amounts that tell their month only."""
        if self.year is None:
            return columns
        dated = []
        for one in columns:
            value = one.value
            if value is not None and value[1] and value[1] < 100:
                name = f"{VALUE}{value[0] or ''}:{self.year * 100 + value[1]:06d}"
                one = replace(one, field=name, why=f"{one.why} Året är {self.year}.")  # noqa: PLW2901 - the column with its year
            elif one.field == "month" and all(other.field != "year" for other in columns):
                one = replace(one, written=str(self.year), why=f"{one.why} Året är {self.year}.")  # noqa: PLW2901 - as above
            dated.append(one)
        return tuple(dated)

    def _assembled(self, columns: tuple[ColumnLook, ...], told: Columns, body: list[Line], footer: int) -> Look:
        grid, text = self.grid, self.grid.text
        account = next((at for at, one in enumerate(columns) if one.field == "account"), -1)
        entries = [line for line in body if not is_sum_line(line.cells, account)]
        amounts = [line.cells[at] for at, one in enumerate(columns) for line in entries
                   if at < len(line.cells) and (one.field in ("amount", "debit", "credit") or one.value)]  # fmt: skip
        decimal = "." if text is None else decimal_sign(amounts, "." if text.delimiter == "," else ",")
        kind, why = self._kind(columns)
        first_line = entries[0].number if entries else grid.lines[self.heading_at].number + 1
        positive = income_is_positive(entries, columns, decimal)
        stands = (
            text is not None
            and text.even
            and not footer
            and not _needs_making(columns, entries, body, grid, first_line)
        )
        source = text or TextGrid("utf-8", ";", '"', [], [], whole=True)
        encoding = "utf-8" if source.encoding == "ascii" else source.encoding
        layout = Layout(
            columns=tuple(one.field for one in columns), encoding=encoding, delimiter=source.delimiter,
            quote=source.quote, decimal=decimal, skip=first_line - 1, kind=kind, income_positive=positive,
            headings=tuple(one.heading for one in columns),
        )  # fmt: skip
        if not stands:
            layout = self._made_layout(layout, columns, first_line)
        turned = ["Intäkter är skrivna som positiva tal; de vänds när filen läses in."] if positive else []
        seen = (*money_unit(self.titles, columns), *strange_periods(entries, columns))
        return Look(
            path=self.path, type="xlsx" if text is None else "csv",
            encoding="Excel (XLSX)" if text is None else name_of(encoding), layout=layout, columns=columns,
            lines=tuple(entries[:_SHOWN]),
            heading_line=grid.lines[self.heading_at].number if self.heading_at >= 0 else 0,
            first_line=first_line, thousands=thousands_sign(amounts, decimal), preamble=self.preamble,
            sheets=grid.sheets, new=told.new, gone=told.gone, notes=(*why, *told.notes, *seen, *turned),
            faults=(*what_is_missing(columns, grid.sheet), *_in_the_table(grid.faults, first_line)),
            as_it_stands=stands, source_encoding=encoding, source_delimiter=source.delimiter, source_quote=source.quote,
            book=grid.book,
        )  # fmt: skip

    def _kind(self, columns: tuple[ColumnLook, ...]) -> tuple[EntryKind | None, list[str]]:
        """Say what the entries are where no column says it, and how one knows."""
        if any(one.field == "kind" for one in columns):
            return None, []
        heads = [one.value[0] for one in columns if one.value and one.value[0]]
        if heads:
            return heads[0], []
        amount = next((one.heading for one in columns if one.field == "amount"), "")
        said = words.value_heading(amount)
        if said is not None and said.kind is not None:
            return said.kind, []
        found = words.kind_in(self.titles)
        if found is not None and found is not EntryKind.OUTCOME:
            return found, ["Filens namn eller rubrik säger att den inte är utfall utan " + (
                "budget." if found is EntryKind.BUDGET else "prognos.")]  # fmt: skip
        return EntryKind.OUTCOME, []

    def _made_layout(self, layout: Layout, columns: tuple[ColumnLook, ...], first_line: int) -> Layout:
        """Describe the text file that is made of the file."""
        fields = output_fields(columns)
        by_field = {one.field: one.heading for one in columns if one.heading}
        return replace(
            layout, columns=tuple(fields), encoding="utf-8", delimiter=";", quote='"', skip=1,
            headings=tuple(by_field.get(one, one) for one in fields), sheet=self.grid.sheet, first_row=first_line,
            lines_of_row=lines_of_row(columns),
        )  # fmt: skip


def _heading_at(lines: Sequence[Line], remembered: Mapping[str, str] | None) -> int:
    """Find the row of headings: where most words are known; -1 where none is. Several columns of amounts help."""
    known = {words.key_of(heading) for heading in remembered or {}}

    def score(line: Line) -> float:
        said = {found.field for cell in line.cells if (found := words.said_by(cell)) is not None}
        again = sum(words.key_of(cell) in known for cell in line.cells if cell.strip())
        values = sum(words.value_heading(cell) is not None for cell in line.cells)
        return 2.0 * max(len(said), again) + (0.5 * values if said or again else 0.0)

    best, at = 0.0, -1
    for number, line in enumerate(lines[:_SEARCHED]):
        if score(line) > best and len([cell for cell in line.cells if cell.strip()]) > 1:
            best, at = score(line), number
    return at if best >= 4.0 else -1


def _goes_on_below(lines: Sequence[Line], heading_at: int) -> bool:
    """Say whether the months of the columns stand on a row of their own under the headings."""
    if heading_at < 0 or heading_at + 1 >= len(lines):
        return False
    heads, under = lines[heading_at].cells, lines[heading_at + 1].cells
    if words.is_under(under):
        return True
    filled = [(at, cell) for at, cell in enumerate(under) if cell.strip()]
    named = [words.value_heading(cell) for _, cell in filled]
    free = all(at >= len(heads) or words.said_by(heads[at]) is None for at, _ in filled)
    return len(filled) > 1 and free and all(one is not None and (one.month or one.kind) for one in named)


def _footer(tail: Sequence[Line], columns: tuple[ColumnLook, ...], account: int) -> tuple[int, Decimal | None]:
    """Count the lines at the end that are sums and remarks; give the amount of the sum line."""
    count, stated = 0, None
    amount = next((at for at, one in enumerate(columns) if one.field == "amount"), -1)
    for line in tail:
        filled = [cell for cell in line.cells if cell.strip()]
        if is_sum_line(line.cells, account):
            told = [line.cells[amount]] if 0 <= amount < len(line.cells) else []
            decimal = decimal_sign(filled, ",")
            numbers = [
                number for cell in (*told, *reversed(filled)) if (number := number_of(cell, decimal)) is not None
            ]
            stated = stated if stated is not None else (numbers[0] if numbers else None)
            count = line.number + 1
        elif len(filled) == 1 and len(columns) > 2:
            count = line.number + 1
        elif filled:
            break
    return count, stated


def _among_last(line: Line, grid: _Grid, footer: int) -> bool:
    """Say whether a row of the first part is one of the last lines, when the first part is all of the file."""
    if not footer or (grid.text is not None and not grid.text.whole) or not grid.lines:
        return False
    return line.number > grid.lines[-1].number - footer and len(grid.lines) < _KEPT


def _needs_making(
    columns: tuple[ColumnLook, ...], entries: list[Line], body: list[Line], grid: _Grid, first_line: int
) -> bool:
    """Say whether a text file must be written anew before the store can read it."""
    if any(one.value or one.with_names or one.written or one.field in ("year", "month", "side") for one in columns):
        return True
    uneven = any(len(line.cells) != len(columns) for line in entries)
    told_as_text = any(cell.startswith('="') for line in entries[:200] for cell in line.cells)
    before = sum(line.number < first_line for line in grid.lines)  # fewer where a heading holds line breaks
    return uneven or told_as_text or len(entries) < len(body) or before != first_line - 1


def _in_the_table(faults: list[EntryFault], first_line: int) -> list[EntryFault]:
    return [one for one in faults if one.line >= first_line]
