"""From a text file to the view ``lines``: one row for each row of the file, converted, with what could not be.

The engine reads every column as text and converts it in SQL, so a bad cell is a fault and never the end of the load.
Rows that are no rows (too few columns, broken quotes, letters of another encoding) come into the table ``rejected``.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

import duckdb

from uppsikt.core.economy.ledger import CODE_PARTS, FIELDS, EntryKind, Layout
from uppsikt.core.errors import UseError
from uppsikt.facts import conversions
from uppsikt.facts.engine import literal, parquet

LINES = "lines.parquet"
AMOUNTS = ("amount", "debit", "credit")
NAMED = tuple(name for name in FIELDS if name.endswith("_name"))

# What lies between the reading and the sorting: a column of few values is told by their numbers, and the search for
# them is given up soon where there are many (vouchers, texts), which saves a sixth of the reading.
_PASSING = "FORMAT parquet, DICTIONARY_SIZE_LIMIT 4000, WRITE_BLOOM_FILTER false"
_NATIVE = {"utf-8", "utf8", "utf-8-sig", "ascii", "us-ascii"}
_REJECTS = 100_000  # rows that are no rows; a file with more of them is no table of entries
_MIXED = "state machine reached an invalid state"


def check_layout(layout: Layout) -> None:
    """Refuse a layout by which no entries can be read, saying what is missing."""
    fields = Counter(name for name in layout.columns if name)
    if unknown := sorted(set(fields) - set(FIELDS)):
        raise UseError(f"Okända fält i kolumnindelningen: {', '.join(unknown)}.")
    if twice := sorted(name for name, times in fields.items() if times > 1):
        raise UseError(f"Samma fält är valt för flera kolumner: {', '.join(twice)}. Välj en av dem.")
    if missing := [swedish for name, swedish in (("account", "konto"), ("unit", "ansvar")) if name not in fields]:
        raise UseError(f"Ingen kolumn är vald för {' och '.join(missing)}.")
    if not fields.keys() & {"period", "date"}:
        raise UseError("Ingen kolumn är vald för period eller datum.")
    if not fields.keys() & set(AMOUNTS):
        raise UseError("Ingen kolumn är vald för belopp.")
    if "amount" in fields and fields.keys() & {"debit", "credit"}:
        raise UseError("Välj antingen en kolumn för belopp eller kolumner för debet och kredit, inte båda.")
    if layout.kind is None and "kind" not in fields:
        raise UseError("Säg om filen innehåller utfall, budget eller prognos, eller välj kolumnen som säger det.")


def as_utf8(file: Path, layout: Layout, folder: Path) -> Path:
    """Give the file where it can be read as UTF-8: itself, or a copy in the folder, made in passing."""
    return file if layout.encoding.lower() in _NATIVE else _copied(file, layout.encoding, folder)


def _copied(file: Path, encoding: str, folder: Path) -> Path:
    """Copy the file as UTF-8 with one kind of line break. A byte that means nothing in the encoding means nothing in
    UTF-8 either, so its row becomes a fault with its line.
    """
    copy = folder / "utf8.csv"
    wide = encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32"))
    errors = "replace" if wide else "surrogateescape"
    try:
        source = file.open(encoding=encoding, errors=errors)
    except LookupError as error:
        raise UseError(f"Teckenkodningen {encoding} är okänd.") from error
    with source, copy.open("w", encoding="utf-8", errors=errors, newline="\n") as target:
        while block := source.read(1 << 20):
            target.write(block)
    return copy


def read_lines(engine: duckdb.DuckDBPyConnection, file: Path, layout: Layout, folder: Path) -> Path:
    """Make the view ``lines`` and the table ``rejected``, and give the file that was read: a copy where it had to be
    mended.
    """
    readable = as_utf8(file, layout, folder)
    try:
        _convert(engine, readable, layout, folder / LINES)
    except duckdb.InvalidInputException as error:
        if _MIXED not in str(error):
            raise UseError(f"{file.name} går inte att läsa som en tabell med skilda kolumner.") from error
        readable = _made_even(engine, file, layout, folder)
    # Line breaks of several kinds after lines that are passed over can make the engine pass over all the others too.
    if readable == file and not _count(engine, folder) and has_text(readable, layout):
        readable = _made_even(engine, file, layout, folder)
    engine.execute(f"CREATE VIEW lines AS SELECT * FROM {parquet([folder / LINES])}")
    engine.execute("CREATE TABLE rejected AS SELECT line, line_byte_position, error_type, csv_line FROM reject_errors")
    return readable


def has_text(file: Path, layout: Layout) -> bool:
    """Say whether anything but blanks, delimiters and quotes stands in the lines that are not passed over."""
    nothing = f" \t\r\n\0{layout.delimiter}{layout.quote}"
    with file.open(encoding="utf-8-sig", errors="replace") as text:
        return any(line.strip(nothing) for line in islice(text, layout.skip, None))


def _made_even(engine: duckdb.DuckDBPyConnection, file: Path, layout: Layout, folder: Path) -> Path:
    """Read a copy whose lines all end in the same way."""
    copy = _copied(file, layout.encoding, folder)
    _convert(engine, copy, layout, folder / LINES)
    return copy


def _count(engine: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Count the rows that came out of the file, and those that were no rows."""
    question = f"SELECT (SELECT count(*) FROM {parquet([folder / LINES])}) + (SELECT count(*) FROM reject_errors)"
    (count,) = engine.execute(question).fetchone() or (0,)
    return int(count)


def _convert(engine: duckdb.DuckDBPyConnection, file: Path, layout: Layout, lines: Path) -> None:
    for left in ("reject_errors", "reject_scans"):
        engine.execute(f"DROP TABLE IF EXISTS {left}")
    # From the innermost: cells as text; what they mean; what is left of them that means nothing.
    meant = f"{_meant(layout)} FROM {_cells(file, layout)}"
    engine.execute(f"COPY ({_told(layout)} FROM ({meant})) TO {literal(str(lines))} ({_PASSING})")


def _cells(file: Path, layout: Layout) -> str:
    """Write the source: every column as text, named by the field it holds."""
    names = [field or f"passed_{number}" for number, field in enumerate(layout.columns)]
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    used = ", ".join(f'"{name}"' for name in layout.columns if name)
    return f"""read_csv({literal(str(file))}, auto_detect = false, header = false, skip = {layout.skip},
        delim = {literal(layout.delimiter)}, quote = {literal(layout.quote)}, escape = {literal(layout.quote)},
        nullstr = '', columns = {{{columns}}}, store_rejects = true, rejects_limit = {_REJECTS})
        WHERE coalesce({used}) IS NOT NULL"""


def _meant(layout: Layout) -> str:
    fields = set(layout.columns)
    chosen = [f"{conversions.code(f'{part!s}') if part in fields else literal('')} AS {part}" for part in CODE_PARTS]
    chosen += [f"coalesce({name}, '') AS {name}" if name in fields else f"'' AS {name}" for name in ("voucher", "text")]
    chosen += [f"{conversions.code(name)} AS {name}" for name in NAMED if name in fields]
    for name in AMOUNTS:
        if name in fields:
            chosen += [f"{name}", f"{conversions.ore(name, layout.decimal)} AS {name}_ore"]
    for name, meant in (("period", conversions.period), ("date", conversions.day)):
        if name in fields:
            chosen += [f"{name}", f"{meant(name)} AS {name}_meant"]
    if "period" in fields:
        chosen.append(f"{conversions.extra_period('period')} AS extra")
    if "kind" in fields:
        chosen += ["kind AS kind_cell", f"{conversions.kind('kind', layout.kind)} AS kind_meant"]
    return f"SELECT {', '.join(chosen)}"


def _told(layout: Layout) -> str:
    fields = set(layout.columns)
    names = [name for name in NAMED if name in fields]
    chosen = [*CODE_PARTS, "voucher", "text", *names, f"{_amount(fields)} AS ore"]
    chosen += [f"{_month(fields)} AS month", f"{'date_meant' if 'date' in fields else 'CAST(NULL AS DATE)'} AS day"]
    chosen.append(f"{'kind_meant' if 'kind' in fields else literal(layout.kind or EntryKind.OUTCOME)} AS kind")
    chosen.append(f"{'extra' if 'period' in fields else 'CAST(NULL AS VARCHAR)'} AS extra_period")
    bad = {name: f"{name}_ore" for name in AMOUNTS if name in fields}
    bad |= {name: f"{name}_meant" for name in ("period", "date") if name in fields}
    chosen += [f"CASE WHEN {meant} IS NULL THEN {_filled(name)} END AS bad_{name}" for name, meant in bad.items()]
    if "kind" in fields:
        chosen.append("CASE WHEN kind_meant IS NULL THEN coalesce(kind_cell, '') END AS bad_kind")
    return f"SELECT {', '.join(chosen)}"


def _filled(column: str) -> str:
    """Write the cell where something stands in it."""
    return f"CASE WHEN {conversions.is_filled(column)} THEN {column} END"


def _amount(fields: set[str]) -> str:
    if "amount" in fields:
        return "amount_ore"
    sides = [f"{sign}coalesce(CAST({name}_ore AS HUGEINT), 0)" for name, sign in (("debit", ""), ("credit", "-"))
             if name in fields]  # fmt: skip
    given = ", ".join(f"{name}_ore" for name in ("debit", "credit") if name in fields)
    broken = [f"({name}_ore IS NULL AND {conversions.is_filled(name)})" for name in ("debit", "credit")
              if name in fields]  # fmt: skip
    return (
        f"CASE WHEN coalesce({given}) IS NOT NULL AND NOT ({' OR '.join(broken)})"
        f" THEN try_cast({' '.join(sides)} AS BIGINT) END"
    )


def _month(fields: set[str]) -> str:
    """Write the month: the period's where one is told, otherwise the date's."""
    period, dated = (conversions.month_of(f"{name}_meant") for name in ("period", "date"))
    if "period" not in fields:
        return dated
    if "date" not in fields:
        return period
    return f"CASE WHEN {conversions.is_filled('period')} THEN {period} ELSE {dated} END"
