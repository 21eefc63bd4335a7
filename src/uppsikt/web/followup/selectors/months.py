"""The year month by month: what was booked beside its budget, as figures and as a drawing of the same figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.core.economy import EntryKind, deviation, net
from uppsikt.core.economy.operating_statement import months_in_words
from uppsikt.core.economy.sides import Sides, sides_of, sum_sides
from uppsikt.core.periods import MONTHS
from uppsikt.core.quantities import TKR, Missing, MissingReason, Value, round_to
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Row, RowRole, Sign, Table
from uppsikt.facts import Where
from uppsikt.reporting.build.drawing import Drawing
from uppsikt.reporting.chart_texts import indicator_alt
from uppsikt.reporting.charts import indicator_chart
from uppsikt.web.cycle.here import Here
from uppsikt.web.ledger.selectors import code_tree, internal_counterparts, last_day, ledger_of, loaded

OUTCOME, BUDGET = EntryKind.OUTCOME, EntryKind.BUDGET
_COLUMNS = (
    Column("outcome", "Utfall", ColumnRole.OUTCOME),
    Column("budget", "Budget", ColumnRole.PHASED_BUDGET),
    Column("deviation", "Avvikelse", ColumnRole.DEVIATION),
    Column("so_far", "Avvikelse hittills", ColumnRole.DEVIATION),
)
_UNTOLD = Missing(MissingReason.NO_DATA)


@dataclass(frozen=True)
class Monthly:
    """The months up to the statement's last one with their sum, and the whole year drawn."""

    table: Table
    drawing: Drawing


def monthly_of(here: Here, through: int, sign: Sign, *, without_internal: bool) -> Monthly | None:
    """Tell the net of each month from January to ``through`` (1-12); None where fewer than two months are known.

    The entries are those of the statement to the same month: its codes, and without internal items where it is. So
    the sum is the statement's. A unit whose everything lives on its income is told with all of it.
    """
    year = here.reporting_date.year
    tree = code_tree(here.actor, last_day(year * 100 + through))
    codes = tree.counted(here.unit.pk) or tree.under(here.unit.pk)
    own = internal_counterparts(here.actor) if without_internal else frozenset()
    where = Where(
        kinds=frozenset({OUTCOME, BUDGET}), first=year * 100 + 1, last=year * 100 + 12, units=codes,
        without_counterparts=own,
    )  # fmt: skip
    known = loaded(here.actor)
    outcome = [month for month in known.of(OUTCOME, year) if month <= through]
    if len(outcome) < 2 or not codes:
        return None
    booked = _booked(here, where)
    told = {
        OUTCOME: {month: booked[OUTCOME, month] for month in outcome},
        BUDGET: {month: booked[BUDGET, month] for month in range(1, 13)} if known.of(BUDGET, year) else {},
    }
    return Monthly(_table(year, through, told, sign), _drawing(year, told, sign))


Months = Mapping[EntryKind, Mapping[int, Sides]]


def _booked(here: Here, where: Where) -> Mapping[tuple[EntryKind, int], Sides]:
    """Give what the entries of each kind come to in each month (1-12); one question to the ledger."""
    sums: dict[tuple[EntryKind, int], list[tuple[str, Decimal, int]]] = defaultdict(list)
    for one in ledger_of(here.actor).sums(("kind", "month", "side"), where):
        kind, month, side = one.keys
        sums[EntryKind(kind), int(month) % 100].append((side, one.amount, one.rows))
    return defaultdict(Sides, {place: sides_of(booked) for place, booked in sums.items()})


def _table(year: int, through: int, told: Months, sign: Sign) -> Table:
    months = range(1, through + 1)
    rows = [Row(f"{month:02}", MONTHS[month - 1].capitalize(), RowRole.ITEM) for month in months]
    words = months_in_words(year, through).removesuffix(f" {year}").capitalize()
    total = Row("summa", "Hela året" if through == len(MONTHS) else words, RowRole.SUM)
    cells = {
        (row.key, column.key): Cell(value)
        for row, upto in zip(rows, months, strict=True)
        for column, value in zip(_COLUMNS, _values(told, [upto], range(1, upto + 1), sign), strict=True)
    }
    whole = zip(_COLUMNS[:3], _values(told, months, months, sign)[:3], strict=True)
    cells |= {(total.key, column.key): Cell(value) for column, value in whole}
    title = f"Månad för månad {year}"
    return Table("manader", title, _COLUMNS, (*rows, total), cells, TKR, sign)


def _values(told: Months, months: Sequence[int], so_far: Sequence[int], sign: Sign) -> tuple[Value, ...]:
    """Give outcome, budget and deviation of some months, and the deviation of all months so far."""
    outcome, budget = (_net(told[kind], months, sign) for kind in (OUTCOME, BUDGET))
    since = deviation(_net(told[OUTCOME], so_far, sign), _net(told[BUDGET], so_far, sign), Measure.NET, sign)
    return outcome, budget, deviation(outcome, budget, Measure.NET, sign), since


def _net(told: Mapping[int, Sides], months: Sequence[int], sign: Sign) -> Value:
    """Give the net of some months in tkr; missing when one of them is not known."""
    if any(month not in told for month in months):
        return _UNTOLD
    sides = sum_sides(told[month] for month in months)
    value = net(sides.costs, sides.income, sign)
    return value if isinstance(value, Missing) else value.to(TKR)


def _drawing(year: int, told: Months, sign: Sign) -> Drawing:
    def points(kind: EntryKind) -> list[tuple[str, Decimal | None]]:
        nets = ((MONTHS[month - 1][:3], _net(told[kind], [month], sign)) for month in range(1, 13))
        return [(name, None if isinstance(one, Missing) else round_to(one, 0).number) for name, one in nets]

    series = {"Utfall": points(OUTCOME)} | ({"Periodiserad budget": points(BUDGET)} if told[BUDGET] else {})
    title = f"Månad för månad {year}, {'resultat' if sign is Sign.RESULT else 'nettokostnad'}"
    return Drawing(title, indicator_alt(title, series, [], "tkr"), indicator_chart(title, series, [], "tkr"))
