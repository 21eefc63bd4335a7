"""Files with several columns of amounts: a column for each month, or one for outcome and one for budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from uppsikt.core.economy.ledger import EntryKind
from uppsikt.exchange.ledger_table.contents import Contents
from uppsikt.exchange.ledger_table.headings import ValueHeading, value_heading
from uppsikt.exchange.ledger_table.look import VALUE, ColumnLook

_NUMBERS = 0.9
_KINDS = {EntryKind.OUTCOME: "utfall", EntryKind.BUDGET: "budget", EntryKind.FORECAST: "prognos"}


@dataclass(frozen=True, slots=True)
class _Amounts:
    at: int
    said: ValueHeading


def choose_values(
    columns: list[ColumnLook], above: Sequence[str], found: Sequence[Contents]
) -> tuple[list[ColumnLook], list[str]]:
    """Say which columns are amounts of a month or of a kind each, with notes on those that are passed over."""
    if any(column.field.startswith(VALUE) for column in columns):
        return columns, []  # chosen the last time
    free = [at for at, column in enumerate(columns) if not column.field and _could_be_amounts(found[at])]
    amounts = [_Amounts(at, said) for at in free if (said := _said(columns[at].heading, _over(above, at))) is not None]
    monthly = [one for one in amounts if one.said.month is not None]
    if len(monthly) > 1:
        return _fields(columns, _once(monthly)), _passed(columns, amounts, _once(monthly))
    kinds = _once([one for one in amounts if one.said.kind is not None])
    has_amount = any(column.field in ("amount", "debit", "credit") and column.surety >= 0.9 for column in columns)
    if not kinds or has_amount:
        return columns, _passed(columns, amounts, [])
    columns = [replace(c, field="", surety=0.0, why="Ersätts av kolumnerna med belopp av olika slag.")
               if c.field in ("amount", "kind") else c for c in columns]  # fmt: skip
    return _fields(columns, kinds), _passed(columns, amounts, kinds)


def _could_be_amounts(contents: Contents) -> bool:
    return not contents.filled or contents.number >= _NUMBERS


def _over(above: Sequence[str], at: int) -> str:
    """Give what stands over a column, where one heading may span several: its own, or the nearest to the left."""
    return next((above[one] for one in range(min(at, len(above) - 1), -1, -1) if above[one].strip()), "")


def _said(heading: str, over: str) -> ValueHeading | None:
    own = value_heading(heading)
    if own is None:
        return None
    wider = value_heading(over) or ValueHeading()
    return ValueHeading(own.kind or wider.kind, own.year or wider.year, own.month)


def _once(amounts: list[_Amounts]) -> list[_Amounts]:
    """Keep one column for each kind and month: the first."""
    kept: dict[tuple[EntryKind | None, int | None, int | None], _Amounts] = {}
    for one in amounts:
        year = one.said.year if one.said.month else None
        kept.setdefault((one.said.kind, year, one.said.month), one)
    return list(kept.values())


def _fields(columns: list[ColumnLook], chosen: list[_Amounts]) -> list[ColumnLook]:
    made = list(columns)
    for one in chosen:
        kind, month = one.said.kind, one.said.month
        number = f"{(one.said.year or 0) * 100 + month:06d}" if month else ""
        name = f"{VALUE}{kind or ''}:{number}"
        told = [_KINDS[kind]] if kind else []
        told += [f"månad {month}"] if month else []
        made[one.at] = replace(made[one.at], field=name, surety=0.9, why=f"Rubriken betyder {', '.join(told)}.")
    if len(chosen) == 1 and chosen[0].said.month is None:
        at = chosen[0].at
        made[at] = replace(made[at], field="amount")
    return made


def _passed(columns: list[ColumnLook], amounts: list[_Amounts], chosen: list[_Amounts]) -> list[str]:
    kept = {one.at for one in chosen}
    left = [columns[one.at].heading for one in amounts if one.at not in kept]
    return [f"Kolumner med belopp som inte läses in: {', '.join(left)}."] if left else []
