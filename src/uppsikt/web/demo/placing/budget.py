"""Rebuilds printed committee budgets as working budgets: the frame spread to divisions and teams as it was printed.

What a division was given and how that changed from the year before are the printed figures, also where they do not
agree with the division's lines: what is left to spread and what is not explained then show it. The printed lines are
net; accounts, months, and the lines that make income and costs what was printed are examples, and say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from uppsikt.core.economy.budget_tree import rest, whole_of
from uppsikt.core.economy.spreading import Profile, spread_year
from uppsikt.core.quantities import KR, TKR, Quantity
from uppsikt.core.tables import Measure, RowRole
from uppsikt.web.budget.models import BudgetLine, BudgetUnit, BudgetVersion, ChangeReason
from uppsikt.web.budget.selectors import committee_above, tree_of
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.demo.placing.shelf import Shelf
from uppsikt.web.economy.models import Figure, Statement
from uppsikt.web.organisation.gate import reach
from uppsikt.web.organisation.models import Unit

Kind = ChangeReason.Kind
_KINDS = {
    "kostnadsdampande": Kind.COST_REDUCING, "tekniska": Kind.TECHNICAL, "omfordelning": Kind.TRANSFER,
}  # fmt: skip
_BEFORE = "budget-"  # the row with last year's budget begins so
_LABOUR, _PREMISES, _SERVICES, _INCOME = "5011", "6011", "7411", "3911"
_ACCOUNTS = {
    "personal": _LABOUR, "enhetschefer": _LABOUR, "sekreterare": _LABOUR, "direktör": _LABOUR, "lokaler": _PREMISES,
    "anläggningar": _PREMISES,
}  # fmt: skip


def place_budgets(shelf: Shelf) -> None:
    """Make a working budget of each budget date whose documents print divisions' lines; one that is there is left."""
    for at in reach(shelf.actor, ReportingDate).filter(kind=ReportingDate.Kind.BUDGET):
        figures = list(
            reach(shelf.actor, Figure)
            .filter(row__statement__reporting_date=at, column__role="budget", number__isnull=False)
            .select_related("row__statement__unit", "row__parent__unit", "row__unit")
            .order_by("row__statement__order", "row__order")
        )
        divisions = [one for one in figures if one.row.statement.kind == Statement.Kind.DIVISION]
        # The loader has no role, and a draft is reached by its committee only.
        there = BudgetVersion._default_manager.filter(unit__municipality=shelf.municipality, year=at.year)
        if divisions and not there.exists():
            _Placer(shelf, at, divisions[0].row.statement.unit).place(divisions, figures)


class _Placer:
    """Places one working budget."""

    def __init__(self, shelf: Shelf, at: ReportingDate, division: Unit) -> None:
        self._shelf, self._year = shelf, at.year
        on = date(at.year, 1, 1)
        committee = committee_above(shelf.actor, division, on)
        self._version = shelf.pen.create(
            BudgetVersion, unit=committee, year=at.year, name=f"Internbudget {at.year}", is_example=True
        )
        self._units = tree_of(shelf.actor, committee, on).units

    def place(self, divisions: Iterable[Figure], figures: Iterable[Figure]) -> None:
        """Place what units are given with its reasons, and their lines."""
        changes = [one for one in figures if one.row.statement.key.startswith("forandring-")]
        given = {one.row.unit_id: _kr(one) for one in changes if one.row.role == RowRole.SUM}
        before = {one.row.statement.unit_id: _kr(one) for one in changes if one.row.key.startswith(_BEFORE)}
        made = self._shelf.pen.create_many(
            BudgetUnit,
            [
                BudgetUnit(
                    version=self._version, unit=unit, year=self._year, given=given.get(unit.pk),
                    before=before.get(unit.pk),
                )
                for unit in self._units
            ],
        )  # fmt: skip
        units = {one.unit_id: one for one in made}
        self._shelf.pen.create_many(ChangeReason, list(_reasons(changes, units)))
        by_division: dict[int, list[Figure]] = {}
        for one in divisions:
            by_division.setdefault(one.row.statement_id, []).append(one)
        lines = [line for printed in by_division.values() for line in self._lines(printed)]
        self._shelf.pen.create_many(BudgetLine, lines)
        self._shelf.created += 1 + len(made) + len(lines)

    def _lines(self, printed: list[Figure]) -> Iterator[BudgetLine]:
        """Give a division's lines as printed, and two that make its income and costs what was printed."""
        items = [one for one in printed if one.row.role == RowRole.ITEM and one.row.measure == Measure.NET]
        units = [one.row.parent.unit if one.row.parent and one.row.parent.unit else None for one in items]
        division = printed[0].row.statement.unit
        for order, (one, unit) in enumerate(zip(items, units, strict=True)):
            yield self._line(unit or division, one.row.label, _kr(one), order)
        income = whole_of(_kr(one) for one in printed if one.row.measure == Measure.INCOME)
        earned = whole_of(-_kr(one) for one in items if _kr(one) < 0)
        further = rest(income, earned) or 0
        if further > 0:
            place = division if None in units else next(unit for unit in units if unit)
            yield self._line(place, "Intäkter (exempel)", -further, len(items))
            yield self._line(place, "Kostnader som intäkterna täcker (exempel)", further, len(items) + 1)

    def _line(self, unit: Unit, label: str, amount: int, order: int) -> BudgetLine:
        return BudgetLine(
            version=self._version, unit=unit, year=self._year, label=label[:160], account=_account(label, amount),
            amount=amount, months=list(spread_year(amount, Profile.TWELFTHS)), order=order,
        )  # fmt: skip


def _account(label: str, amount: int) -> str:
    """Choose an account as an example: the printed lines tell none."""
    if amount < 0:
        return _INCOME
    return next((code for word, code in _ACCOUNTS.items() if word in label.lower()), _SERVICES)


def _reasons(changes: Iterable[Figure], units: Mapping[int, BudgetUnit]) -> Iterator[ChangeReason]:
    for one in changes:
        if one.row.role == RowRole.ITEM and not one.row.key.startswith(_BEFORE):
            kind = next((kind for start, kind in _KINDS.items() if one.row.key.startswith(start)), Kind.OTHER)
            own = units[one.row.statement.unit_id]
            yield ChangeReason(budget_unit=own, kind=kind, text=one.row.label, amount=_kr(one))


def _kr(figure: Figure) -> int:
    return int(Quantity(figure.number or Decimal(0), TKR).to(KR).number)
