"""What Hypothesis draws from: quantities, periods, tables, as municipal documents could hold them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from uppsikt.core.periods import Period
from uppsikt.core.quantities import (
    COUNT,
    MONEY,
    PERCENT,
    PLAIN,
    Missing,
    MissingReason,
    Quantity,
    Unit,
    unit_of,
)
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Origin, Row, RowRole, Sign, Table
from uppsikt.core.targets import (
    Balance,
    Both,
    Bound,
    Change,
    Count,
    NoTarget,
    Op,
    Reach,
    TextTarget,
    Way,
    YesNo,
)

units = st.sampled_from([*MONEY, PERCENT, COUNT, PLAIN, unit_of("ha"), unit_of("timmar"), unit_of("procentenheter")])
years = st.integers(1950, 2100)
days = st.dates(date(1950, 1, 1), date(2100, 12, 31))

periods = st.one_of(
    years.map(Period.year),
    st.builds(Period.half, years, st.integers(1, 2)),
    st.builds(Period.tertial, years, st.integers(1, 3)),
    st.builds(Period.quarter, years, st.integers(1, 4)),
    st.builds(Period.month, years, st.integers(1, 12)),
    days.map(Period.to_date),
)

# Words that no lexer can take for a number, a unit or a period.
words = st.text("abcdefghijlnopqrstuvxyzåäöABCDEFÅÄÖ ", max_size=20).map(str.strip)
names = words.filter(bool)


@st.composite
def quantities(draw: st.DrawFn, unit: st.SearchStrategy[Unit] = units) -> Quantity:
    """A figure with 0-4 written decimals."""
    decimals = draw(st.integers(0, 4))
    whole = draw(st.integers(-(10**13), 10**13))
    return Quantity(Decimal(whole).scaleb(-decimals), draw(unit), decimals)


exact_quantities = st.builds(
    lambda whole, places, unit: Quantity(Decimal(whole).scaleb(-places), unit),
    st.integers(-(10**13), 10**13),
    st.integers(0, 4),
    units,
)
missing_values = st.builds(Missing, st.sampled_from(MissingReason), words)
values = st.one_of(quantities(), exact_quantities, missing_values)
origins = st.builds(
    Origin,
    document=words,
    table=words,
    row=words,
    column=words,
    page=st.none() | st.integers(1, 500),
    entered_by=words,
    entered_at=st.none() | st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1)),  # noqa: DTZ001 Hypothesis wants it naive
)
cells = st.builds(Cell, values, raw=words, note=words, origin=st.none() | origins)
_columns = st.builds(
    Column,
    key=st.uuids().map(str),
    label=words,
    role=st.sampled_from(ColumnRole),
    period=st.none() | periods,
    group=words,
    unit=st.none() | units,
)
_rows = st.builds(
    Row,
    key=st.uuids().map(str),
    label=words,
    role=st.sampled_from(RowRole),
    measure=st.sampled_from(Measure),
    subject=words,
    link=words,
)


_figures = quantities(units.filter(lambda unit: unit != COUNT))
bounds = st.builds(Bound, st.sampled_from(Op), _figures, words)
_steps = quantities(st.sampled_from([PERCENT, COUNT, unit_of("procentenheter")])).filter(lambda q: q.number > 0)
_since = st.none() | years.map(Period.year)
changes = st.one_of(
    st.builds(Change, st.sampled_from([Way.UP, Way.DOWN]), st.none() | _steps, _since, words),
    st.builds(Change, st.sampled_from(Way), st.none(), _since, words),
)
targets = st.one_of(
    st.builds(Reach, _figures, words),
    st.builds(Count, quantities(st.just(COUNT))),
    bounds,
    changes,
    st.builds(Both, bounds, st.sampled_from([Way.UP, Way.DOWN]).map(Change)),
    st.sampled_from([True, False, None]).map(YesNo),
    st.sampled_from(["Budget i balans", "Nollresultat", "Ekonomi i balans"]).map(Balance),
    st.sampled_from(["90% inom 120 sekunder", "Genomfört enligt plan"]).map(TextTarget),
    st.sampled_from([Missing(MissingReason.NO_DATA, "I.U."), Missing(MissingReason.NOT_APPLICABLE, "-")]).map(NoTarget),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of any shape, in which every row's parent stands above it."""
    columns = draw(st.lists(_columns, max_size=4, unique_by=lambda c: c.key))
    rows: list[Row] = []
    for row in draw(st.lists(_rows, max_size=5, unique_by=lambda r: r.key)):
        parent = draw(st.none() | st.sampled_from(rows)) if rows else None
        rows.append(replace(row, parent=parent.key if parent else None))
    places = [(row.key, column.key) for row in rows for column in columns]
    filled = draw(st.lists(st.sampled_from(places), unique=True)) if places else []
    return Table(
        key=draw(names),
        title=draw(names),
        columns=tuple(columns),
        rows=tuple(rows),
        cells={place: draw(cells) for place in filled},
        unit=draw(units),
        sign=draw(st.sampled_from(Sign)),
        link=draw(words),
        source=draw(words),
    )


@st.composite
def true_tables(draw: st.DrawFn) -> Table:
    """A table of amounts in mnkr, shown with one decimal, whose sum row is the sum of the unrounded items."""
    amounts = draw(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=12))  # kronor
    outcome = Column("outcome", "Utfall", ColumnRole.OUTCOME)
    rows = [Row(f"r{n}", f"Rad {n}", RowRole.ITEM, "sum") for n in range(len(amounts))]
    cells = {(row.key, "outcome"): Cell(_mnkr(kronor)) for row, kronor in zip(rows, amounts, strict=True)}
    cells["sum", "outcome"] = Cell(_mnkr(sum(amounts)))
    return Table("t", "Sammandrag", (outcome,), (*rows, Row("sum", "Summa", RowRole.SUM)), cells, MONEY[2])


def _mnkr(kronor: int) -> Quantity:
    """Round kronor to tenths of a million half away from zero, by whole numbers only."""
    tenths = (abs(kronor) + 50_000) // 100_000
    return Quantity(Decimal(tenths if kronor >= 0 else -tenths).scaleb(-1), MONEY[2], 1)
