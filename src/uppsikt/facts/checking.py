"""What is wrong in the lines that were read: every kind of fault at once, grouped, with its first line and its rows."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import duckdb

from uppsikt.core.economy.ledger import CODE_PARTS, EntryFault, Known, Layout
from uppsikt.facts.reading import AMOUNTS, has_text

_SHOWN = 60  # characters of a bad value
_GROUPS = 400  # different values of one kind of fault that are told one by one; the rest are told as one
_CODES = 5_000  # unknown codes of a part that are told one by one: each is to be registered or mended
_SUGGESTED = 100  # unknown codes of a part that get suggestions
_COMPARED = 400  # codes that an unknown one is compared with
_PART_NAMES = {
    "account": "Kontot", "unit": "Ansvaret", "activity": "Verksamheten", "project": "Projektet",
    "object": "Objektet", "counterpart": "Motparten",
}  # fmt: skip
_REJECTED = {
    "MISSING COLUMNS": ("too_few_columns", "Raden har färre kolumner än filens indelning säger."),
    "TOO MANY COLUMNS": ("too_many_columns", "Raden har fler kolumner än filens indelning säger."),
    "UNQUOTED VALUE": (
        "broken_quotes",
        "Ett citattecken öppnas men stängs inte, så att resten av filen inte kan läsas.",
    ),
    "INVALID ENCODING": ("bad_letters", "Raden har tecken som inte hör till filens teckenkodning."),
    "LINE SIZE OVER MAXIMUM": ("too_long_line", "Raden är längre än två miljoner tecken."),
}


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows with the same fault: what the fault is, in which field, and what stands there."""

    code: str
    field: str
    value: str
    rows: int
    message: str
    like: tuple[str, ...] = ()


def mark_unreadable(engine: duckdb.DuckDBPyConnection, layout: Layout) -> None:
    """Name the lines that cannot be kept: a view ``judged`` with one column more than ``lines``."""
    columns = _columns(engine)
    bad = [f"bad_{name} IS NOT NULL" for name in (*AMOUNTS, "period", "date", "kind") if f"bad_{name}" in columns]
    missing = ["ore IS NULL", "month IS NULL", "kind IS NULL", "account = ''", "unit = ''"]
    engine.execute(f"CREATE VIEW judged AS SELECT *, {' OR '.join(missing + bad)} AS unreadable FROM lines")


def faults_of(
    engine: duckdb.DuckDBPyConnection, file: Path, layout: Layout, known: Known
) -> tuple[tuple[EntryFault, ...], int]:
    """Give the faults in the order of their first lines, and how many rows cannot be kept."""
    (unreadable,) = engine.execute("SELECT count(*) FROM judged WHERE unreadable").fetchone() or (0,)
    groups = [*_unreadable(engine, layout), *_unknown(engine, known)] if unreadable or known.codes else []
    rejected = [*_rejected(engine, file, layout), *_nothing(engine, file, layout)]
    placed = [*rejected, *_placed(groups, file, layout), *_closing(engine, layout)]
    found = sorted(placed, key=lambda fault: (fault.line, fault.code))
    return tuple(found), unreadable + sum(fault.rows for fault in rejected)


def _nothing(engine: duckdb.DuckDBPyConnection, file: Path, layout: Layout) -> Iterator[EntryFault]:
    """Give the fault of a file that has text but no row, good or bad: it is never read as if it were empty."""
    question = "SELECT (SELECT count(*) FROM lines) + (SELECT count(*) FROM rejected)"
    (count,) = engine.execute(question).fetchone() or (0,)
    if not count and has_text(file, layout):
        message = (
            "Filen har text efter rubriken, men ingen rad kan läsas ur den. Spara den på nytt som CSV eller Excel."
        )
        yield EntryFault("no_rows", layout.skip + 1, "", "", message, sheet=layout.sheet)


def _closing(engine: duckdb.DuckDBPyConnection, layout: Layout) -> Iterator[EntryFault]:
    """Tell which periods are no months, and the month they are booked in. That is worth knowing, but keeps no row out.

    A file replaces whole months, so one that holds the closing's period alone is told of more loudly.
    """
    if "period" not in layout.columns:
        return
    found = engine.execute(
        """SELECT month, extra_period, kind, count(*),
            bool_and(extra_period IS NOT NULL) OVER (PARTITION BY kind, month) AS alone
        FROM (SELECT * FROM judged WHERE NOT unreadable) GROUP BY month, extra_period, kind ORDER BY 1, 2, 3"""
    ).fetchall()
    at = layout.columns.index("period")
    heading = layout.headings[at] if at < len(layout.headings) else "period"
    for month, extra, _, rows, alone in found:
        if extra is None:
            continue
        where = f"{'december' if month % 100 == 12 else 'januari'} {month // 100}"
        message = f"{rows} {'post' if rows == 1 else 'poster'} i period {extra} räknas till {where}."
        if alone:
            message += f" Filen har inga andra poster för {where}: den ersätter hela månaden."
        yield EntryFault("closing_period", 0, heading, f"{month // 100}{extra}", message, rows, sheet=layout.sheet)


def new_codes(engine: duckdb.DuckDBPyConnection, known: Known) -> dict[str, dict[str, str]]:
    """Give, by part, the codes that are not known, with the name that most rows give them."""
    columns = _columns(engine)
    found: dict[str, dict[str, str]] = {}
    for part in CODE_PARTS:
        name = f"mode(nullif({part}_name, ''))" if f"{part}_name" in columns else "NULL"
        rows = engine.execute(f"SELECT {part}, {name} FROM judged WHERE {part} <> '' GROUP BY 1 ORDER BY 1").fetchall()
        there = known.codes.get(part, frozenset())
        found[part] = {code: called or "" for code, called in rows if code not in there}
    return {part: codes for part, codes in found.items() if codes}


def _columns(engine: duckdb.DuckDBPyConnection) -> set[str]:
    return {str(row[0]) for row in engine.execute("DESCRIBE lines").fetchall()}


def _unreadable(engine: duckdb.DuckDBPyConnection, layout: Layout) -> Iterator[_Group]:
    fields = set(layout.columns)
    for field in (name for name in AMOUNTS if name in fields):
        for value, rows in _counted(engine, f"bad_{field}"):
            yield _Group("bad_amount", field, value, rows, _about_amount(value, layout.decimal))
    no_amount = _without("ore", fields & set(AMOUNTS))
    amounts = "amount" if "amount" in fields else "debit" if "debit" in fields else "credit"
    for field in (name for name in ("period", "date") if name in fields):
        for value, rows in _counted(engine, f"bad_{field}"):
            yield _Group("bad_period", field, value, rows, f"”{_short(value)}” är ingen {_WHEN[field]}.")
    if "kind" in fields:
        for value, rows in _counted(engine, "bad_kind"):
            yield _Group("bad_kind", "kind", value, rows, "Raden är varken utfall, budget eller prognos.")
    no_period = _without("month", fields & {"period", "date"})
    when = "period" if "period" in fields else "date"
    for code, field, condition, message in (
        ("no_amount", amounts, no_amount, "Beloppet saknas."),
        ("no_period", when, no_period, "Perioden saknas."),
        ("no_account", "account", "account = ''", "Kontot saknas."),
        ("no_unit", "unit", "unit = ''", "Ansvaret saknas."),
    ):
        (rows,) = engine.execute(f"SELECT count(*) FROM lines WHERE {condition}").fetchone() or (0,)
        if rows:
            yield _Group(code, field, "", rows, message)


_WHEN = {"period": "period (år och månad)", "date": "giltig dag"}


def _without(meant: str, fields: set[str]) -> str:
    """Write the condition that nothing is meant, although nothing that stands there is bad."""
    return " AND ".join([f"{meant} IS NULL", *(f"bad_{name} IS NULL" for name in sorted(fields))])


def _counted(engine: duckdb.DuckDBPyConnection, column: str) -> list[tuple[str, int]]:
    """Give the values of a column with their rows, the most frequent first; what is beyond the bound as one."""
    rows = engine.execute(
        f"SELECT {column}, count(*) FROM lines WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_GROUPS}"
    ).fetchall()
    (every,) = engine.execute(f"SELECT count({column}) FROM lines").fetchone() or (0,)
    if rest := every - sum(count for _, count in rows):
        value, count = rows.pop()
        rows.append((value, count + rest))
    return rows


def _about_amount(value: str, decimal: str) -> str:
    """Say why a text is no amount."""
    digits = "".join(letter for letter in value if letter.isdigit())
    before, sign, after = value.strip().rpartition(decimal)
    if sign and before.strip(" -−()").replace(" ", "").isdigit() and after.strip(" -−()").isdigit() and len(after) > 2:
        return f"”{_short(value)}” har fler än två decimaler; ett belopp avrundas aldrig när det läses."
    if len(digits) > 17 and not value.strip("+-−() 0123456789.,\u00a0'"):
        return f"”{_short(value)}” är större än ett belopp kan vara."
    return f"”{_short(value)}” är inget belopp (decimaltecknet är ”{decimal}”)."


def _unknown(engine: duckdb.DuckDBPyConnection, known: Known) -> Iterator[_Group]:
    for part in (part for part in CODE_PARTS if part in known.codes):
        there = known.codes[part]
        rows = engine.execute(f"SELECT {part}, count(*) FROM lines WHERE {part} <> '' GROUP BY 1 ORDER BY 2 DESC, 1")
        strangers = [(code, count) for code, count in rows.fetchall() if code not in there]
        for number, (code, count) in enumerate(strangers[:_CODES]):
            like = _like(code, there) if number < _SUGGESTED else ()
            yield _Group(f"unknown_{part}", part, code, count, f"{_PART_NAMES[part]} finns inte.", like)
        if beyond := strangers[_CODES:]:
            message = f"{_PART_NAMES[part]} finns inte, och inte heller {len(beyond) - 1} andra."
            yield _Group(f"unknown_{part}", part, beyond[0][0], sum(count for _, count in beyond), message)


def _like(code: str, there: Iterable[str]) -> tuple[str, ...]:
    """Give at most three existing codes that look like this one."""
    near = [one for one in there if abs(len(one) - len(code)) <= 1 and (one[:1] == code[:1] or one[-2:] == code[-2:])]
    near.sort(key=lambda one: (one[:2] != code[:2], one[:1] != code[:1], one))
    return tuple(get_close_matches(code[:_SHOWN], near[:_COMPARED], n=3, cutoff=0.6))


def _rejected(engine: duckdb.DuckDBPyConnection, file: Path, layout: Layout) -> Iterator[EntryFault]:
    """Give the rows that are no rows, one fault for each kind of break."""
    rows = engine.execute(
        """SELECT error_type, min(line), min(line_byte_position), count(DISTINCT line), arg_min(csv_line, line)
        FROM rejected GROUP BY 1"""
    ).fetchall()
    for kind, record, position, count, text in rows:
        code, message = _REJECTED.get(str(kind), ("too_few_columns", "Raden går inte att läsa."))
        line = layout.first_row + record - 1 - layout.skip if layout.first_row else _line_at(file, position - 1)
        yield EntryFault(code, line, "", _short((text or "").strip()), message, count, sheet=layout.sheet)


def _line_at(file: Path, position: int) -> int:
    """Give the line of a byte, or of the first that is no line break after it; lines end with LF, CR LF or CR."""
    lines, left, last = 1, position, b""
    with file.open("rb") as opened:
        while left > 0 and (block := opened.read(min(left, 1 << 20))):
            lines += block.count(b"\n") + block.count(b"\r") - block.count(b"\r\n")
            lines -= last == b"\r" and block.startswith(b"\n")
            left, last = left - len(block), block[-1:]
        blank = opened.read(1 << 16)
    empty = blank[: len(blank) - len(blank.lstrip(b"\r\n"))]
    return lines + empty.count(b"\n") + empty.count(b"\r") - empty.count(b"\r\n")


def _placed(groups: list[_Group], file: Path, layout: Layout) -> Iterator[EntryFault]:
    """Find the first line of each group, in one walk through the file that ends when all are found."""
    column_of = {field: number for number, field in enumerate(layout.columns) if field}
    wanted: dict[tuple[int, str], int] = {(column_of[group.field], group.value.strip()): 0 for group in groups}
    missing = set(wanted)
    columns = sorted({column for column, _ in wanted})
    for record, line, cells in _records(file, layout) if wanted else ():
        for place in [(column, cells[column].strip()) for column in columns if column < len(cells)]:
            if place in missing:
                missing.remove(place)
                wanted[place] = layout.first_row + record // layout.lines_of_row if layout.first_row else line
        if not missing:
            break
    for group in groups:
        column = column_of[group.field]
        heading = layout.headings[column] if column < len(layout.headings) else group.field
        line = wanted[column, group.value.strip()]
        value = _short(group.value)
        yield EntryFault(group.code, line, heading, value, group.message, group.rows, group.like, layout.sheet)


def _records(file: Path, layout: Layout) -> Iterator[tuple[int, int, list[str]]]:
    """Give each record with its number (from 0 after what is skipped) and the line where it begins."""
    csv.field_size_limit(sys.maxsize)
    quoting = {"quotechar": layout.quote} if layout.quote else {"quoting": csv.QUOTE_NONE}
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        rows = csv.reader(text, delimiter=layout.delimiter, **quoting)
        number, line = -layout.skip, 1
        for cells in rows:
            if number >= 0 and any(cells):
                yield number, line, cells
            number, line = number + 1, rows.line_num + 1


def _short(value: str) -> str:
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
