"""The same thing through the years: what every report has told about a unit or a volume, year by year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from uppsikt.core.periods import PeriodKind
from uppsikt.core.quantities import MNKR, PLAIN, Quantity, Unit, format_quantity, unit_of
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Origin, Row, RowRole, Sign, Table
from uppsikt.web.economy.models import Figure, Statement
from uppsikt.web.economy.selectors.tables import address, exact, period_of
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit as OrganisationUnit

Kind = Statement.Kind
_KINDS = (Kind.BY_UNIT, Kind.FORECAST, Kind.BUDGET, Kind.OVERVIEW)
# What a column of a later report tells of an earlier year is an outcome all the same.
_AS = {
    ColumnRole.OUTCOME: ColumnRole.OUTCOME,
    ColumnRole.LAST_YEAR: ColumnRole.OUTCOME,
    ColumnRole.BUDGET: ColumnRole.BUDGET,
    ColumnRole.PLAN: ColumnRole.PLAN,
    ColumnRole.FORECAST: ColumnRole.FORECAST,
    ColumnRole.DEVIATION: ColumnRole.DEVIATION,
}
_ORDER = (ColumnRole.OUTCOME, ColumnRole.BUDGET, ColumnRole.DEVIATION, ColumnRole.FORECAST, ColumnRole.PLAN)


class _Told(NamedTuple):
    """One figure as one report told it."""

    raw: str
    number: Decimal
    decimals: int | None
    row: str
    column: str
    role: str
    period: str
    title: str
    money_unit: str
    sign: str
    source: str | None
    source_table: str
    date_name: str


def unit_over_time(actor: Actor, unit: OrganisationUnit, date_slug: str) -> Table | None:
    """Give the unit's net amounts by year as every report told them; None when fewer than two years are known.

    A year that several reports tell differently shows the latest and notes the earlier. Amounts are
    told in mnkr when any report used it. One query.
    """
    found = (
        reach(actor, Figure)
        .filter(row__unit=unit, row__statement__kind__in=_KINDS, number__isnull=False)
        .filter(row__role__in=(RowRole.ITEM, RowRole.SUM), row__measure=Measure.NET)
        .filter(column__role__in=list(_AS))
        .exclude(column__period="")
        .order_by("row__statement__reporting_date__on", "row__statement__order")
    )
    told = [_Told(*values) for values in found.values_list(*_FIELDS)]
    return _table(unit, told, address("economy", unit.slug, date_slug))


_FIELDS = (
    "raw", "number", "decimals", "row__label", "column__label", "column__role", "column__period",
    "row__statement__title", "row__statement__money_unit", "row__statement__sign", "row__statement__source__title",
    "row__statement__source_table", "row__statement__reporting_date__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Entry:
    """A figure and where it was told."""

    quantity: Quantity
    told: _Told


def _table(unit: OrganisationUnit, told: list[_Told], link: str) -> Table | None:
    sign = next((Sign(one.sign) for one in reversed(told) if one.sign != Sign.PLAIN), Sign.PLAIN)
    by_place: dict[tuple[int, ColumnRole], list[_Entry]] = defaultdict(list)
    for one in told:
        period = period_of(one.period)
        if period is not None and period.kind is PeriodKind.YEAR:
            quantity = Quantity(exact(one.number, one.decimals), unit_of(one.money_unit), one.decimals)
            role = _AS[ColumnRole(one.role)]
            by_place[period.year_number, role].append(_Entry(_as_told_by(sign, one, role, quantity), one))
    _leave_out_strange_deviations(by_place)
    years = sorted({year for year, _role in by_place})
    if len(years) < 2:
        return None
    roles = {role for _year, role in by_place}
    words = {ColumnRole.OUTCOME: _("Utfall"), ColumnRole.BUDGET: _("Budget"), ColumnRole.DEVIATION: _("Avvikelse"),
             ColumnRole.FORECAST: _("Prognos"), ColumnRole.PLAN: _("Plan")}  # fmt: skip
    return Table(
        key=f"genom-aren-{unit.slug}",
        title=_("%(unit)s genom åren") % {"unit": unit.name},
        columns=tuple(Column(role.value, words[role], role) for role in _ORDER if role in roles),
        rows=tuple(Row(str(year), str(year), measure=Measure.NET, subject=f"unit:{unit.slug}") for year in years),
        cells={(str(year), role.value): _cell(entries) for (year, role), entries in by_place.items()},
        unit=_common_unit([entry.quantity.unit for entries in by_place.values() for entry in entries]),
        sign=sign,
        link=link,
    )


def _as_told_by(sign: Sign, told: _Told, role: ColumnRole, quantity: Quantity) -> Quantity:
    """Turn a net amount to the sign convention of the latest report; a deviation is good when positive in both."""
    turned = {told.sign, sign.value} == {Sign.NET_COST.value, Sign.RESULT.value} and role is not ColumnRole.DEVIATION
    return -quantity if turned else quantity


def _leave_out_strange_deviations(by_place: dict[tuple[int, ColumnRole], list[_Entry]]) -> None:
    """Take away the deviation of a year whose outcome another report told: it is not of the figures beside it."""
    for year in {year for year, role in by_place if role is ColumnRole.DEVIATION}:
        outcome = by_place.get((year, ColumnRole.OUTCOME))
        if outcome and outcome[-1].told.date_name != by_place[year, ColumnRole.DEVIATION][-1].told.date_name:
            del by_place[year, ColumnRole.DEVIATION]


def _common_unit(units: list[Unit]) -> Unit:
    return MNKR if MNKR in units else units[0] if units else PLAIN


def _cell(entries: list[_Entry]) -> Cell:
    """Give what the latest report told, with a note on what earlier ones told differently."""
    last = entries[-1]
    earlier = {}
    for entry in entries[:-1]:
        if not entry.quantity.interval().meets(last.quantity.to(entry.quantity.unit).interval()):
            earlier[entry.told.date_name] = format_quantity(entry.quantity, with_unit=True)
    note = "; ".join(_("%(date)s: %(figure)s") % {"date": date, "figure": figure} for date, figure in earlier.items())
    origin = None
    if last.told.source:
        origin = Origin(last.told.source, last.told.source_table, last.told.row, last.told.column)
    return Cell(last.quantity, last.told.raw, note, origin)
