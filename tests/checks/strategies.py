"""True operating statements: amounts in kronor that add up, shown rounded as a report prints them.

What is shown of one statement differs from the truth only by rounding, so nothing may be found in
it. ``shown`` prints it in a unit; ``bumped`` is a copy with one figure changed beyond any rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from uppsikt.core.periods import Period
from uppsikt.core.quantities import KR, MNKR, TKR, Quantity, Unit, round_to
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Row, RowRole, Sign, Table

YEAR = Period.year(2024)
COLUMNS = (
    Column("outcome", "Utfall 2024", ColumnRole.OUTCOME, YEAR),
    Column("budget", "Budget 2024", ColumnRole.BUDGET, YEAR),
    Column("deviation", "Avvikelse 2024", ColumnRole.DEVIATION, YEAR),
    Column("last_year", "Bokslut 2023", ColumnRole.LAST_YEAR, YEAR.last_year()),
    Column("change", "Förändring", ColumnRole.CHANGE, YEAR),
)
DECIMALS = {KR: 0, TKR: 0, MNKR: 1}


@dataclass(frozen=True)
class Line:
    """The true amounts of a row, in kronor."""

    key: str
    outcome: int
    budget: int
    last_year: int

    def amounts(self, measure: Measure) -> dict[str, int]:
        good = self.outcome - self.budget if measure is Measure.INCOME else self.budget - self.outcome
        change = self.outcome - self.last_year
        told = {"outcome": self.outcome, "budget": self.budget, "last_year": self.last_year}
        return told | {"deviation": good, "change": change}

    def plus(self, other: Line) -> Line:
        return Line("", self.outcome + other.outcome, self.budget + other.budget, self.last_year + other.last_year)


@dataclass(frozen=True)
class Statement:
    """Groups of units with their true net costs, and the income of them all."""

    groups: tuple[tuple[Line, ...], ...]
    income: Line

    def shown(self, unit: Unit, key: str = "statement", order: Sequence[int] = ()) -> Table:
        """Print it in a unit; ``order`` turns the items of the groups round."""
        printer = _Printer(unit)
        groups = [tuple(group[at % len(group)] for at in _turned(len(group), order)) for group in self.groups]
        total = Line("", 0, 0, 0)
        for at, group in enumerate(groups):
            within = f"grupp-{at}" if len(groups) > 1 else None
            if within:
                printer.rows.append(Row(within, f"Grupp {at}", RowRole.HEADING))
            subtotal = Line("", 0, 0, 0)
            for line in group:
                subtotal = subtotal.plus(line)
                printer.line(Row(line.key, line.key, RowRole.ITEM, within, Measure.NET, f"unit:{line.key}"), line)
            if within:
                printer.line(Row(f"delsumma-{at}", "Summa grupp", RowRole.SUM, within, Measure.NET), subtotal)
            total = total.plus(subtotal)
        printer.line(Row("summa", "Summa", RowRole.SUM, None, Measure.NET, "unit:alla"), total)
        costs = total.plus(self.income)
        printer.line(Row("kostnader", "varav kostnader", RowRole.OF_WHICH, "summa", Measure.COSTS), costs)
        printer.line(Row("intakter", "varav intäkter", RowRole.OF_WHICH, "summa", Measure.INCOME), self.income)
        return Table(key, "Driftsammandrag", COLUMNS, tuple(printer.rows), printer.cells, unit, Sign.NET_COST)


def _turned(length: int, order: Sequence[int]) -> list[int]:
    """Give 0..length-1 in another order, decided by the numbers in ``order``."""
    left = list(range(length))
    return [left.pop((order[at] if at < len(order) else 0) % len(left)) for at in range(length)]


class _Printer:
    def __init__(self, unit: Unit) -> None:
        self.unit, self.rows, self.cells = unit, [], {}

    def line(self, row: Row, line: Line) -> None:
        self.rows.append(row)
        for column, amount in line.amounts(row.measure).items():
            exact = Quantity(Decimal(amount), KR).to(self.unit)
            self.cells[row.key, column] = Cell(round_to(exact, DECIMALS[self.unit]))


def bumped(table: Table, row: str, column: str, by: Decimal) -> Table:
    """Give a copy in which one figure is another."""
    value = table.value(row, column)
    assert isinstance(value, Quantity)
    return table.with_cell(row, column, Cell(Quantity(value.number + by, value.unit, value.decimals)))


# Amounts so large that rounding never makes two of them alike, and that last year is not this year.
_amounts = st.integers(10**8, 10**10)


@st.composite
def lines(draw: st.DrawFn, key: str) -> Line:
    """A unit whose outcome, budget and last year all differ."""
    outcome, budget, last_year = draw(st.tuples(_amounts, _amounts, _amounts))
    return Line(key, outcome, budget + 10**10, last_year + 3 * 10**10)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """One to three groups of two to five units."""
    sizes = draw(st.lists(st.integers(2, 5), min_size=1, max_size=3))
    groups = tuple(tuple(draw(lines(f"enhet-{at}-{no}")) for no in range(size)) for at, size in enumerate(sizes))
    return Statement(groups, draw(lines("intakter")))


shown_units = st.sampled_from([KR, TKR, MNKR])
