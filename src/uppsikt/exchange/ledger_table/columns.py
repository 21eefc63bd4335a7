"""Which column of a file holds what: by its heading, by what stands in it, and by what was chosen the last time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from uppsikt.core.economy.ledger import CODE_PARTS, FIELDS
from uppsikt.exchange.ledger_table import headings as words
from uppsikt.exchange.ledger_table.contents import Contents, contents_of, number_is_negative
from uppsikt.exchange.ledger_table.look import SWEDISH, VALUE, ColumnLook
from uppsikt.exchange.ledger_table.turning import NEGATIVE, SHORT
from uppsikt.exchange.ledger_table.values import choose_values

_MOSTLY = 0.9
_BESIDE_CODES = {"", "benämning", "namn", "klartext", "beskrivning"}
_SHOWN = 3  # cells of each column
_SURE_AMOUNT = 0.95


@dataclass(frozen=True)
class Columns:
    """The columns of a file, what a person should know of them, and how they differ from the last time."""

    columns: tuple[ColumnLook, ...]
    notes: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def columns_of(
    headings: Sequence[str], above: Sequence[str], rows: Sequence[Sequence[str]], remembered: Mapping[str, str] | None
) -> Columns:
    """Say what each column holds. ``above`` is the row over the headings, where one heading spans several columns."""
    cells = [[row[at] if at < len(row) else "" for row in rows] for at in range(len(headings))]
    found = [contents_of(column) for column in cells]
    samples = [tuple(dict.fromkeys(text for cell in column if (text := cell.strip())))[:_SHOWN] for column in cells]
    before = {words.key_of(heading): name for heading, name in (remembered or {}).items()}
    columns = [
        _first_thought(heading, contents, before.get(words.key_of(heading)), sample)
        for heading, contents, sample in zip(headings, found, samples, strict=True)
    ]
    columns = _without_rivals(columns, found)
    columns, notes = choose_values(_one_amount(columns), above, found)
    if not any(headings):
        columns = _by_contents(columns, found)
    columns = _completed(columns, found)
    columns = [_with_names(column, list(cell)) for column, cell in zip(columns, cells, strict=True)]
    columns = [_as_written(column, contents, cell)
               for column, contents, cell in zip(columns, found, cells, strict=True)]  # fmt: skip
    keys = {words.key_of(heading) for heading in headings}
    new = tuple(one for one in headings if one and before and words.key_of(one) not in before)
    gone = tuple(one for one in (remembered or {}) if words.key_of(one) not in keys)
    return Columns(tuple(columns), tuple(notes), new, gone)


def unlike(headings: list[str], above: Sequence[str]) -> list[str]:
    """Tell apart headings that are the same: by what stands over them, by the code they stand beside, or by number.

    >>> unlike(["Konto", "Namn", "Ansvar", "Namn", "jan", "jan"], ["", "", "", "", "Utfall", "Budget"])
    ['Konto', 'Konto namn', 'Ansvar', 'Ansvar namn', 'Utfall jan', 'Budget jan']
    """
    times = Counter(one.casefold() for one in headings if one)
    told: list[str] = []
    for at, heading in enumerate(headings):
        made = heading
        over = next((above[one] for one in range(min(at, len(above) - 1), -1, -1) if above[one].strip()), "")
        if times[heading.casefold()] > 1:
            if words.key_of(heading) in _BESIDE_CODES and at:
                made = f"{headings[at - 1]} {heading.lower()}"
            elif over:
                made = f"{' '.join(over.split())} {heading}"
            made = f"{heading} ({at + 1})" if made in told else made
        told.append(made)
    return told


def _first_thought(heading: str, contents: Contents, chosen: str | None, sample: tuple[str, ...]) -> ColumnLook:
    if chosen is not None and _is_field(chosen):
        return ColumnLook(heading, chosen, 1.0, "Så valdes kolumnen förra gången.", sample)
    said = _said(heading, contents)
    if said is None:
        return ColumnLook(heading, "", 0.0, "Kolumnen läses inte in.", sample)
    surety = said.surety * _fits(said.field, contents)
    if surety < 0.3:
        why = f"Rubriken säger {SWEDISH[said.field]}, men innehållet är något annat."
        return ColumnLook(heading, "", 0.0, why, sample)
    return ColumnLook(heading, said.field, round(surety, 2), f"Rubriken betyder {SWEDISH[said.field]}.", sample)


def _is_field(name: str) -> bool:
    return name in ("", "year", "month", "side", *FIELDS) or name.startswith(VALUE)


def _said(heading: str, contents: Contents) -> words.Said | None:
    """Say what a heading means, where what stands under it may tell more than the word."""
    if words.is_side(heading) and contents.side >= _MOSTLY:
        return words.Said("side", 0.95)
    if words.is_year(heading) and contents.year >= _MOSTLY:
        return words.Said("year", 0.9)
    said = words.said_by(heading)
    month_word = words.is_month(heading) or (said is not None and said.field == "period")
    if month_word and contents.period < _MOSTLY and contents.month >= _MOSTLY:
        return words.Said("month", 0.8)
    if words.is_month(heading) and contents.period >= _MOSTLY:
        return words.Said("period", 0.9)
    if said is not None and said.field == "date" and contents.day < _MOSTLY <= contents.period:
        return words.Said("period", 0.85)
    return said


def _fits(field: str, contents: Contents) -> float:
    """Give how well contents fit a field, 0 to 1; an empty column neither fits nor misfits."""
    if not contents.filled:
        return 0.8
    shares = {
        "period": max(contents.period, contents.day), "date": contents.day, "kind": contents.kind,
        "amount": contents.number, "debit": contents.number, "credit": contents.number, "year": contents.year,
        "month": contents.month, "account": contents.code, "unit": contents.code,
    }  # fmt: skip
    share = shares.get(field, 1.0)
    if field in ("account", "unit") and share < _MOSTLY:
        return 0.9 if not contents.fraction else 0.2  # a code and its name may stand in one cell
    return share if field in ("kind", "amount", "debit", "credit") else max(share, 0.5)


def _without_rivals(columns: list[ColumnLook], found: Sequence[Contents]) -> list[ColumnLook]:
    """Leave each field to the column that fits it best; "Aktivitet" beside "Verksamhet" becomes the object."""
    best: dict[str, int] = {}
    for at, column in enumerate(columns):
        if column.field and column.field[: len(VALUE)] != VALUE:
            first = best.setdefault(column.field, at)
            if (column.surety, found[at].filled > 0) > (columns[first].surety, found[first].filled > 0):
                best[column.field] = at
    settled = []
    for at, column in enumerate(columns):
        if not column.field or best.get(column.field, at) == at:
            settled.append(column)
        elif words.is_activity_beside(column.heading) and "object" not in best:
            best["object"] = at
            why = "Aktivitet är en egen koddel som här får objektets plats."
            settled.append(replace(column, field="object", surety=0.5, why=why))
        else:
            why = f"En annan kolumn är {SWEDISH.get(column.field, column.field)}."
            settled.append(replace(column, field="", surety=0.0, why=why))
    return settled


def _one_amount(columns: list[ColumnLook]) -> list[ColumnLook]:
    """Leave the amount to debit and credit where both stand: a saldo beside them is what has come up so far.

    A column that is surely the amount ("Belopp") needs no debit and credit beside it.
    """
    fields = {column.field: column for column in columns}
    sides = fields.keys() & {"debit", "credit"}
    amount = fields.get("amount")
    if amount is None or not sides:
        return columns
    kept = amount.surety < _SURE_AMOUNT and len(sides) == 2
    out, why = ({"amount"}, "Debet och kredit är beloppet.") if kept else (sides, "Beloppet står i en egen kolumn.")
    return [replace(one, field="", surety=0.0, why=why) if one.field in out else one for one in columns]


def _as_written(column: ColumnLook, contents: Contents, cells: list[str]) -> ColumnLook:
    """Say what the cells of a column need to be turned."""
    if column.field == "credit":
        filled = [cell for cell in cells if any(letter in "123456789" for letter in cell)]
        if filled and sum(number_is_negative(cell) for cell in filled) >= _MOSTLY * len(filled):
            return replace(column, written=NEGATIVE, why=f"{column.why} Beloppen har minustecken.")
    whole_years = contents.year >= _MOSTLY  # 2012 may be a year, or December 2020
    if column.field in ("period", "date") and contents.short >= _MOSTLY and not whole_years:
        return replace(column, written=SHORT, why=f"{column.why} Året har två siffror.")
    return column


def _completed(columns: list[ColumnLook], found: Sequence[Contents]) -> list[ColumnLook]:
    """Find by their contents the columns whose headings say nothing: names beside codes, a period, amounts."""
    completed = list(columns)
    taken = {column.field for column in columns}
    for at, column in enumerate(completed):
        left = completed[at - 1].field if at else ""
        name = f"{left}_name"
        nameless = words.key_of(column.heading) in _BESIDE_CODES and column.surety < 0.95
        if left in CODE_PARTS and name in FIELDS and name not in taken and nameless and _is_text(found[at]):
            why = f"Kolumnen står till höger om {SWEDISH[left]} och innehåller text."
            completed[at] = replace(column, field=name, surety=0.7, why=why)
            taken.add(name)
    if not taken & {"period", "date", "month"} and not any(column.value for column in completed):
        _claim(completed, found, "period", "period", "Innehållet är perioder (år och månad).")
        if not {column.field for column in completed} & {"period"}:
            _claim(completed, found, "date", "day", "Innehållet är datum.")
    if not taken & {"amount", "debit", "credit"} and not any(column.value for column in completed):
        _claim(completed, found, "amount", "fraction", "Innehållet är belopp.")
        if not {column.field for column in completed} & {"amount"}:
            _claim(completed, found, "amount", "amounts", "Innehållet är belopp.")
    return completed


def _is_text(contents: Contents) -> bool:
    return contents.filled > 0 and contents.number < 0.5 and contents.day < 0.5


def _claim(columns: list[ColumnLook], found: Sequence[Contents], field: str, sort: str, why: str) -> None:
    """Give a field to the free column whose contents are most surely of a sort; the last of several for amounts."""
    free = [at for at, column in enumerate(columns) if not column.field and getattr(found[at], sort) >= _MOSTLY]
    if free:
        at = max(free, key=lambda one: (getattr(found[one], sort), one if field == "amount" else -one))
        columns[at] = replace(columns[at], field=field, surety=0.6, why=why)


def _by_contents(columns: list[ColumnLook], found: Sequence[Contents]) -> list[ColumnLook]:
    """Guess the columns of a file without headings, the surest first."""
    guessed = list(columns)
    for field, sort, why in (
        ("period", "period", "Innehållet är perioder (år och månad)."),
        ("date", "day", "Innehållet är datum."),
        ("kind", "kind", "Innehållet är utfall, budget eller prognos."),
        ("amount", "fraction", "Innehållet är belopp."),
        ("account", "account", "Innehållet ser ut som konton."),
        ("unit", "code", "Innehållet ser ut som koder."),
    ):
        _claim(guessed, found, field, sort, why)
    return [replace(one, surety=0.4) if one.field in ("account", "unit") else one for one in guessed]


def _with_names(column: ColumnLook, cells: list[str]) -> ColumnLook:
    """Say whether a column of codes has the names in the same cells ("3011 Hyror")."""
    if column.field not in CODE_PARTS:
        return column
    filled = [cell.strip() for cell in cells if cell.strip()]
    parted = [code_and_name(cell) for cell in filled]
    if filled and sum(bool(name) for _, name in parted) >= _MOSTLY * len(filled):
        return replace(column, with_names=True, why=f"{column.why} Varje cell har kod och namn.")
    return column


def code_and_name(cell: str) -> tuple[str, str]:
    """Part a cell that holds a code and its name; a cell without both is all code.

    >>> code_and_name("3011 Hyror och arrenden"), code_and_name("3011 - Hyror"), code_and_name("3011")
    (('3011', 'Hyror och arrenden'), ('3011', 'Hyror'), ('3011', ''))
    """
    code, _, name = cell.strip().partition(" ")
    name = name.strip(" -–:")
    has_both = any(letter.isdecimal() for letter in code) and any(letter.isalpha() for letter in name)
    return (code.strip(":"), name) if has_both else (cell.strip(), "")
