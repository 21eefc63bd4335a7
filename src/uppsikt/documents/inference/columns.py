"""What each column tells: its role, its period and its unit, and what of it was concluded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from uppsikt.core.periods import Period
from uppsikt.core.quantities import Missing, MissingReason, Quantity, Unit
from uppsikt.core.tables import Column, ColumnRole
from uppsikt.documents.inference.headers import Head
from uppsikt.documents.inference.labels import is_figure, value_of
from uppsikt.documents.inference.periods import period_in, years_in
from uppsikt.documents.inference.units import column_unit
from uppsikt.documents.inference.words import COLUMN_ROLES, NAMING, NOT_FIGURES, SINCE_START, UNIT_COLUMN
from uppsikt.documents.model import GridRow, Inferred

_TOLD = (ColumnRole.OUTCOME, ColumnRole.FORECAST)
_DATED = {
    ColumnRole.OUTCOME, ColumnRole.FORECAST, ColumnRole.BUDGET, ColumnRole.PHASED_BUDGET, ColumnRole.DEVIATION,
    ColumnRole.PLAN, ColumnRole.TARGET, ColumnRole.CHANGE, ColumnRole.EXPENDITURE, ColumnRole.RECEIPTS,
}  # fmt: skip
_TO_THE_END = r"jan\w*\.? ?[-–] ?dec"
_CALCULATED = (ColumnRole.DEVIATION, ColumnRole.CHANGE)
_SIDE = re.compile(r"\b(netto)?(utgift(er)?|inkomst(er)?)\b|\bnetto\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that hold values, the grid's column of each, and the grid's column of the labels."""

    columns: tuple[Column, ...]
    places: tuple[int, ...]
    label: int
    unit: int | None = None  # the column that tells each row's unit
    inferred: tuple[Inferred, ...] = ()


def read_columns(heads: Sequence[Head], body: Sequence[GridRow], width: int, year: int | None) -> Columns:
    """Read the columns of a table; ``year`` is what the texts around it speak of."""
    roles = [_role(heads[at], body, at) for at in range(width)]
    unit = _unit_column(heads, body)
    label = _label_column(heads, roles, body, unit)
    roles[:label] = [ColumnRole.TEXT] * label
    places = [at for at in range(width) if at != label and (_filled(body, at) or heads[at].label)]
    columns = [
        Column(f"c{number}", heads[at].label, roles[at], _period(heads[at], roles[at], year), heads[at].group)
        for number, at in enumerate(places, 1)
    ]
    columns = [replace(one, unit=_unit(one), role=_whole_year(one)) for one in columns]
    columns, dated = _with_years(columns, year)
    return Columns(tuple(_sides(columns)), tuple(places), label, unit, tuple(dated))


def _unit_column(heads: Sequence[Head], body: Sequence[GridRow]) -> int | None:
    """Give the column that is headed "Enhet" and holds units."""
    for at, head in enumerate(heads):
        texts = [row.text(at) for row in body if row.text(at).strip()]
        known = sum(column_unit(text) is not None for text in texts)
        if at and head.label.casefold() in UNIT_COLUMN and texts and known * 2 > len(texts):
            return at
    return None


def _period(head: Head, role: ColumnRole, year: int | None) -> Period | None:
    """Give the period that a heading says; a forecast is of the whole year, whenever it was made."""
    if role is ColumnRole.TEXT:
        return None
    period = period_in(head.text, year)
    return period.fiscal_year if period is not None and role is ColumnRole.FORECAST else period


def _whole_year(column: Column) -> ColumnRole:
    """Give the role: a budget that is phased over the whole year ("jan-dec") is the budget."""
    whole = column.period is not None and column.period == column.period.fiscal_year
    return (
        ColumnRole.BUDGET
        if column.role is ColumnRole.PHASED_BUDGET and whole and re.search(_TO_THE_END, column.label.casefold())
        else column.role
    )


def _unit(column: Column) -> Unit | None:
    unit = column_unit(f"{column.group} {column.label}")
    if column.role in (ColumnRole.TEXT, ColumnRole.STATE, ColumnRole.TARGET):
        return None
    return unit


def _filled(body: Sequence[GridRow], at: int) -> bool:
    return any(row.text(at).strip() for row in body)


def _role(head: Head, body: Sequence[GridRow], at: int) -> ColumnRole:
    """Read a column's role from its heading; a column of words is text whatever stands over it."""
    if head.label.casefold() in NOT_FIGURES:
        return ColumnRole.TEXT
    values = [value_of(row.text(at)) for row in body if row.text(at).strip()]
    figures = sum(isinstance(value, Quantity) for value in values)
    words = sum(isinstance(value, Missing) and value.reason is MissingReason.TEXT for value in values)
    said = next((role for pattern, role in COLUMN_ROLES if re.search(pattern, head.label.casefold())), None)
    said = said or next((role for pattern, role in COLUMN_ROLES if re.search(pattern, head.text)), None)
    if _run_together(head.label, calculated=said in _CALCULATED):
        said = ColumnRole.AMOUNT
    if said in (ColumnRole.TARGET, ColumnRole.STATE, ColumnRole.TEXT):
        return _worded(said, figures, words)
    if words > figures and words:
        return ColumnRole.STATE if said in _TOLD else ColumnRole.TEXT
    if said is None and not figures:
        return ColumnRole.OUTCOME if years_in(head.text) else ColumnRole.TEXT
    if said is None:
        return ColumnRole.OUTCOME if period_in(head.text) is not None else ColumnRole.AMOUNT
    return said


def _run_together(label: str, *, calculated: bool) -> bool:
    """Say whether the headings of several columns have run together ("Utfall 2024 Budget 2024"): nobody knows whose.

    A difference names two columns ("Avvikelse budget 2024 mot utfall 2024"), but first says that it is one.
    """
    years = years_in(label)
    last = re.search(r"\d\D*(avvik|differ|förändr)\w*$", label.casefold()) is not None
    return len(years) > len(set(years)) and (not calculated or last)


def _worded(said: ColumnRole, figures: int, words: int) -> ColumnRole:
    """Correct a role of words where the column holds figures: "Resultat aktivitet" may be an amount."""
    return ColumnRole.AMOUNT if said is not ColumnRole.TARGET and figures > words else said


def _label_column(heads: Sequence[Head], roles: Sequence[ColumnRole], body: Sequence[GridRow], unit: int | None) -> int:
    """Give the column that names the rows: of those before the figures the one in which most rows differ."""
    values = (at for at in range(len(heads)) if roles[at] is not ColumnRole.TEXT and _value_column(heads, body, at))
    first = next(values, 0)
    if first == 0:
        return 0
    told = [[text for row in body if (text := row.text(at).strip())] for at in range(first)]
    most = max(len(texts) for texts in told)
    wordy = [at for at in range(first) if len(told[at]) * 2 >= most and at != unit and not _all_figures(body, at)]
    named = [at for at in wordy if any(word in heads[at].text for word in NAMING)] or wordy
    return max(named, key=lambda at: (len(set(told[at])), at), default=0)


def _value_column(heads: Sequence[Head], body: Sequence[GridRow], at: int) -> bool:
    if at == 0:
        return False
    says = any(re.search(pattern, heads[at].text) for pattern, _ in COLUMN_ROLES) or bool(years_in(heads[at].text))
    naming = any(word in heads[at].text for word in ("indikator", "mål")) and not years_in(heads[at].text)
    texts = [row.text(at) for row in body if row.text(at).strip()]
    figures = sum(is_figure(text) for text in texts)
    if naming and figures * 2 <= len(texts) and not re.search(r"målvärde|måltal|målnivå", heads[at].text):
        return False
    return says or figures * 2 > len(texts)


def _all_figures(body: Sequence[GridRow], at: int) -> bool:
    texts = [row.text(at) for row in body if row.text(at).strip()]
    return bool(texts) and all(is_figure(text) for text in texts)


def _with_years(columns: Sequence[Column], year: int | None) -> tuple[list[Column], list[Inferred]]:
    """Give columns that say no year that of the table, and "föregående år" the year before it."""
    main = _main_year(columns, year)
    told, inferred = [], []
    for column in columns:
        silent = column.period is None and main is not None and not _several_years(column)
        period = _meant(column, main, columns) if silent and main is not None else None
        if period is not None:
            inferred.append(Inferred(f"column:{column.key}", f"”{column.label}” läses som {period.label}."))
        told.append(column if period is None else replace(column, period=period))
    return [_last_year(one, told) for one in told], inferred


def _several_years(column: Column) -> bool:
    """Say whether a column tells more than one year: a stretch of years, or everything since a project began."""
    words = f"{column.group} {column.label}".casefold()
    return len(set(years_in(words))) > 1 or re.search(SINCE_START, words) is not None


def _meant(column: Column, main: int, columns: Sequence[Column]) -> Period | None:
    if column.role is ColumnRole.LAST_YEAR:
        interim = [
            c.period for c in columns if c.role is ColumnRole.OUTCOME and c.period and c.period.year_number == main
        ]
        return interim[0].last_year() if interim else Period.year(main - 1)
    return Period.year(main) if column.role in _DATED else None


def _main_year(columns: Sequence[Column], year: int | None) -> int | None:
    """Give the year that the table is about: the latest outcome, forecast or budget that says one."""
    known = [c.period.year_number for c in columns if c.period and c.role in (*_TOLD, ColumnRole.BUDGET)]
    dated = [c for c in columns if c.role in _DATED and c.role not in _CALCULATED and not _several_years(c)]
    silent = [c for c in dated if c.period is None]
    if not known or not silent:
        return year if not known else max(known)
    if year is not None and all(one < year for one in known):
        return year if year - max(known) == 1 else max(known)
    return Counter(known).most_common(1)[0][0] if len(set(known)) == 1 else max(known)


def _last_year(column: Column, columns: Sequence[Column]) -> Column:
    """Call the outcome of the year before a table's own year last year's, where the table compares with a budget."""
    if column.role is not ColumnRole.OUTCOME or column.period is None:
        return column
    year = column.period.year_number
    compared = any(c.role in (ColumnRole.BUDGET, ColumnRole.PHASED_BUDGET) and _year(c) == year + 1 for c in columns)
    told = any(c.role in _TOLD and _year(c) == year + 1 for c in columns)
    own = any(c.role in (ColumnRole.BUDGET, ColumnRole.DEVIATION) and _year(c) == year for c in columns)
    return replace(column, role=ColumnRole.LAST_YEAR) if compared and told and not own else column


def _year(column: Column) -> int | None:
    return None if column.period is None else column.period.year_number


def _sides(columns: Sequence[Column]) -> list[Column]:
    """Group expenditure, receipts and net that stand side by side under the same words."""
    stems = [" ".join(_SIDE.sub("", column.label).split()).casefold() for column in columns]
    sided = [bool(_SIDE.search(column.label)) and not column.group for column in columns]
    return [
        replace(column, group=" ".join(_SIDE.sub("", column.label).split()))
        if sided[at] and stems[at] and sum(sided[i] and stems[i] == stems[at] for i in range(len(columns))) > 1
        else column
        for at, column in enumerate(columns)
    ]
