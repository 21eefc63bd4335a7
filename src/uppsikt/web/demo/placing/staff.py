"""Synthetic payroll of the demonstration, and the volume and reception figures that its reports have printed.

The payroll is made up, and says so. Its employees and its sick leave, in all and by sex, are those that the annual
report of 2024 prints for the administration in 2020-2024; units, ages, hours and turnover are invented around them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product

from uppsikt.core.economy.staffing import AgeGroup, Sex
from uppsikt.core.quantities import KR, TKR, Quantity
from uppsikt.web.demo.placing.shelf import Shelf
from uppsikt.web.economy.models import Figure, Statement
from uppsikt.web.organisation.gate import reach
from uppsikt.web.organisation.models import Unit
from uppsikt.web.organisation.selectors import parents_on
from uppsikt.web.staff.models import PayrollLoad, PayrollMonth, Reception, StaffFigure, VolumeFigure

FILE = "Exempel: påhittad lönefil 2020–2024.csv"
EMPLOYED, SICK, LEFT = "tillsvidareanstallda-klf", "sjukfranvaro-klf", "personalavgangar-klf"
SEXES = {Sex.WOMEN: "-kvinnor", Sex.MEN: "-man"}
AGES = {AgeGroup.YOUNG: 15, AgeGroup.MIDDLE: 50, AgeGroup.OLD: 35}  # of a hundred
WITHOUT_STAFF = ("kommungemensamt", "ks-politisk-ledning")
HOURS = Decimal(152)  # ordinary working hours of a month
_UNEVEN = (70, 125, 90, 140, 80, 105, 60, 120)  # how unit differs from unit in sick leave
_NEAR = [Decimal(step) / 100 for step in (0, -2, 2, -4, 4)]  # within what is printed with one decimal


def place_staff(shelf: Shelf) -> None:
    """Place the synthetic payroll and the printed volumes and reception; what is there already stays as it is."""
    if not reach(shelf.actor, PayrollLoad).exists():
        _place_payroll(shelf)
    if not reach(shelf.actor, VolumeFigure).exists() and not reach(shelf.actor, Reception).exists():
        kinds = Statement.Kind.VOLUME, Statement.Kind.RECEPTION
        figures = reach(shelf.actor, Figure).filter(number__isnull=False, row__statement__kind__in=kinds)
        told = tuple(figures.select_related("column", "row__statement__reporting_date", "row__statement__unit"))
        _create(shelf, VolumeFigure, [made for one in told if (made := _volume(one)) is not None])
        _create(shelf, Reception, _receptions(told))


def _create(
    shelf: Shelf, model: type[VolumeFigure] | type[Reception], made: Sequence[VolumeFigure | Reception]
) -> None:
    if made:
        shelf.pen.create_many(model, made)
        shelf.created += len(made)


def _volume(one: Figure) -> VolumeFigure | None:
    statement, column = one.row.statement, one.column
    if statement.kind != Statement.Kind.VOLUME or one.row.volume_id is None or one.number is None:
        return None
    year = statement.reporting_date.on.year
    roles = {
        ("outcome", str(year - 1)): VolumeFigure.Role.LAST_YEAR,
        ("count", str(year)): VolumeFigure.Role.TO_DATE,
        ("forecast", str(year)): VolumeFigure.Role.FORECAST,
        ("forecast", str(year + 1)): VolumeFigure.Role.NEXT_YEAR,
    }
    role = roles.get((column.role, column.period))
    if role is None and column.role == "outcome" and column.period.startswith(f"{year}-"):
        role = VolumeFigure.Role.TO_DATE
    return None if role is None else VolumeFigure(
        volume_id=one.row.volume_id, unit=statement.unit, reporting_date=statement.reporting_date, role=role,
        number=one.number, decimals=max(one.decimals or 0, 0),
    )  # fmt: skip


def _receptions(figures: Sequence[Figure]) -> list[Reception]:
    made: dict[tuple[int, str], Reception] = {}
    for one in figures:
        statement, row = one.row.statement, one.row
        if statement.kind != Statement.Kind.RECEPTION or row.role != "item" or one.number is None:
            continue
        found = made.setdefault(
            (statement.reporting_date_id, row.label),
            Reception(
                unit=statement.unit, reporting_date=statement.reporting_date, part=row.label,
                activity=row.activity_code, order=len(made),
            ),
        )  # fmt: skip
        kronor = Quantity(one.number, TKR).to(KR).number
        if one.column.role == "expenditure":
            found.cost = kronor
        elif one.column.role == "receipts":
            found.compensation = kronor
    return list(made.values())


def _place_payroll(shelf: Shelf) -> None:
    printed = _printed(shelf)
    if not printed:
        return
    klf = reach(shelf.actor, Unit).get(slug="klf")
    figures = [one for year in sorted(printed) for one in _year(shelf, klf, year, printed[year])]
    load = shelf.pen.create(
        PayrollLoad, municipality=shelf.municipality, file_name=FILE, digest=shelf.files.digest, rows=len(figures),
        who=shelf.actor.name, is_synthetic=True,
    )  # fmt: skip
    for one in figures:
        one.load = load
    shelf.pen.create_many(StaffFigure, figures)
    months = [
        PayrollMonth(municipality=shelf.municipality, load=load, month=month)
        for month in sorted({one.month for one in figures})
    ]
    shelf.pen.create_many(PayrollMonth, months)
    shelf.created += len(figures) + len(months) + 1


def _printed(shelf: Shelf) -> dict[int, dict[str, Decimal]]:
    """Give what is printed of the administration's staff, by year and volume."""
    found: dict[int, dict[str, Decimal]] = {}
    figures = reach(shelf.actor, Figure).filter(
        row__statement__kind=Statement.Kind.STAFF, row__volume__isnull=False,
        row__statement__reporting_date__slug="bokslut-2024", column__role="outcome", number__isnull=False,
    )  # fmt: skip
    for slug, period, number in figures.values_list("row__volume__slug", "column__period", "number"):
        if slug is not None and number is not None:
            found.setdefault(int(period), {})[slug] = number
    wanted = {slug + end for slug in (EMPLOYED, SICK, LEFT) for end in ("", *SEXES.values())}
    return {year: told for year, told in found.items() if wanted <= told.keys()}


@dataclass(frozen=True)
class _Cell:
    """The people of one unit, sex and age group in a year, and how their sick leave differs from others'."""

    unit: Unit
    sex: Sex
    age: AgeGroup
    people: int
    weight: int


def _year(shelf: Shelf, klf: Unit, year: int, told: dict[str, Decimal]) -> Iterator[StaffFigure]:
    parents = parents_on(shelf.actor, date(year, 12, 31))
    under = reach(shelf.actor, Unit).filter(pk__in=[unit for unit, parent in parents.items() if parent == klf.pk])
    units = list(under.exclude(slug__in=WITHOUT_STAFF).order_by("order"))
    rates = _rates(told)
    for sex, end in SEXES.items():
        cells = list(_cells(units, sex, int(told[EMPLOYED + end])))
        yield from _months(cells, year, *rates[sex], round(told[LEFT + end] * told[EMPLOYED + end] / 100))


def _rates(told: dict[str, Decimal]) -> dict[Sex, tuple[Decimal, Decimal]]:
    """Find sick leave (per cent) and hours per person that give what is printed of women, of men and of all."""
    women, men = (told[EMPLOYED + end] for end in SEXES.values())
    for fewer, near, beside in product(range(20), _NEAR, _NEAR):
        hours = (HOURS * (100 - fewer) / 100, HOURS)
        sick = told[SICK + "-kvinnor"] + near, told[SICK + "-man"] + beside
        total = (women * hours[0] * sick[0] + men * hours[1] * sick[1]) / (women * hours[0] + men * hours[1])
        if abs(total - told[SICK]) < Decimal("0.045"):
            return {sex: (rate, hour) for sex, rate, hour in zip(SEXES, sick, hours, strict=True)}
    raise ValueError(f"sick leave of all {told[SICK]} lies not between that of women and of men")


def _cells(units: Sequence[Unit], sex: Sex, people: int) -> Iterator[_Cell]:
    """Part people on units and ages: larger shares first, and to the last person."""
    shares = [(unit, age, (7 + 5 * (at * 3 % 7)) * AGES[age]) for at, unit in enumerate(units) for age in AGES]
    whole, given = sum(share for _unit, _age, share in shares), 0
    upto = 0
    for at, (unit, age, share) in enumerate(shares):
        upto += share
        number = people * upto // whole - given
        given += number
        if number:
            yield _Cell(unit, sex, age, number, _UNEVEN[at % len(_UNEVEN)])


def _months(cells: Sequence[_Cell], year: int, rate: Decimal, hours: Decimal, left: int) -> Iterator[StaffFigure]:
    """Make the rows of a year. Uneven weights are evened out in the last row, so that the sum of the year is exact."""
    scheduled = {cell: cell.people * hours for cell in cells}
    weights = sum(scheduled[cell] * cell.weight for cell in cells)
    wanted = sum(scheduled.values()) * rate / 100
    sick = {cell: round(wanted * scheduled[cell] * cell.weight / weights, 2) for cell in cells}
    sick[cells[-1]] += wanted - sum(sick.values())
    for month, (at, cell) in product(range(1, 13), enumerate(cells)):
        long = round(sick[cell] * (cell.weight + year % 5 * 10) / 400, 2)
        goes = sum(1 for one in range(left) if one * 12 // max(left, 1) + 1 == month and one % len(cells) == at)
        yield StaffFigure(
            unit=cell.unit, month=year * 100 + month, sex=cell.sex, age_group=cell.age, employees=cell.people,
            full_time_equivalents=cell.people * Decimal("0.97"), scheduled_hours=round(scheduled[cell], 2),
            sick_hours=round(sick[cell], 2), long_sick_hours=long, began=goes, left=goes,
        )  # fmt: skip
