"""Staff: what a row of a payroll table file says, and what rows come to over months, units, sexes and ages.

Rows never overlap: a row is the people of one unit, month, sex and age group, and totals are sums of rows. Employees
and full-time equivalents are stocks, counted on the last day of the month; hours, new and left are flows of the month.
What a file does not tell is None, and never counted as zero.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from uppsikt.core.economy.ledger import EntryFault
from uppsikt.core.economy.suppression import LIMIT, Addition, hidden_groups
from uppsikt.core.quantities import PERCENT, Missing, MissingReason, Quantity, Value


class Sex(StrEnum):
    """Which sex the people of a row are registered as; the value is the word of the domain."""

    WOMEN = "kvinnor"
    MEN = "män"


class AgeGroup(StrEnum):
    """The age groups that RKR R15 asks sick leave by; the value is how a file and a page writes it."""

    YOUNG = "-29"
    MIDDLE = "30-49"
    OLD = "50-"


# What a column of a payroll table file can hold; ``unit_name`` only helps the reader of a fault.
PAYROLL_FIELDS = (
    "unit", "unit_name", "month", "sex", "age_group", "employees", "full_time_equivalents",
    "scheduled_hours", "sick_hours", "long_sick_hours", "began", "left",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PayrollRow:
    """One row of a payroll table file; ``month`` is YYYYMM, ``line`` where the row stands (1 is the first line).

    ``age_group`` is None where the file does not part people by age. ``scheduled_hours`` are ordinary working hours,
    ``sick_hours`` the part of them that people were ill, ``long_sick_hours`` the part of the sick hours that belongs
    to an absence of 60 days or more. ``began`` and ``left`` are people who came from and went to another employer.
    What the file has no column for, or leaves empty, is None.
    """

    unit: str
    month: int
    sex: Sex
    employees: int
    age_group: AgeGroup | None = None
    full_time_equivalents: Decimal | None = None
    scheduled_hours: Decimal | None = None
    sick_hours: Decimal | None = None
    long_sick_hours: Decimal | None = None
    began: int | None = None
    left: int | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Whose figures they are: a unit with everything under it, and of them one sex or one age group, or everybody.

    Sex and age group are never crossed: what is told of both at once would be told of very few.
    """

    unit: str
    sex: Sex | None = None
    age_group: AgeGroup | None = None
    is_own: bool = False  # only the unit's own people: never shown, but a reader can take units from their total


@dataclass(frozen=True, slots=True)
class Headcount:
    """What a group comes to over a period: stocks from its last month, flows summed over its months.

    ``average`` is the mean number of employees of the months. What a row did not tell makes the sum None.
    """

    employees: int
    average: Decimal
    full_time_equivalents: Decimal | None = None
    scheduled_hours: Decimal | None = None
    sick_hours: Decimal | None = None
    long_sick_hours: Decimal | None = None
    began: int | None = None
    left: int | None = None

    @property
    def sick_leave(self) -> Value:
        """Sick hours of the scheduled, in per cent (R15); Missing where nobody was to work."""
        return _share(self.sick_hours, self.scheduled_hours)

    @property
    def long_sick_leave(self) -> Value:
        """The part of the sick hours that belongs to absences of 60 days or more, in per cent (R15)."""
        return _share(self.long_sick_hours, self.sick_hours)

    @property
    def turnover(self) -> Value:
        """People who left the municipality of the mean number of employees, in per cent."""
        return _share(None if self.left is None else Decimal(self.left), self.average)


def _share(part: Decimal | None, whole: Decimal | None) -> Value:
    if part is None or whole is None:
        return Missing(MissingReason.NO_DATA)
    return Missing(MissingReason.NOT_APPLICABLE) if whole == 0 else Quantity(part * 100 / whole, PERCENT)


def headcounts(rows: Iterable[PayrollRow], above: Mapping[str, str | None]) -> dict[Group, Headcount]:
    """Add rows up by unit, sex and age group, along the tree of units; ``above`` tells each unit's parent.

    The rows are those of one period. People whose age is not told are in no age group, so a unit where the age of
    somebody is not told has no age groups: a part of them would be taken for all.
    """
    counted = tuple(rows)
    months = sorted({row.month for row in counted})
    found = _grouped(counted, above)
    return {group: _headcount(of, months) for group, of in found.items() if not group.is_own}


def suppressed(rows: Iterable[PayrollRow], above: Mapping[str, str | None], limit: int = LIMIT) -> frozenset[Group]:
    """Give the groups whose figures must not be shown, of everything that ``headcounts`` tells about the same rows.

    A group is small when it was so in any month of the period in which it had people. One pattern is made for the
    whole tree and for all figures of a group, so that neither another page nor another figure gives it away.
    """
    found = _grouped(rows, above)
    people = {group: _fewest(of) for group, of in found.items()}
    return frozenset(one for one in hidden_groups(people, _additions(found, above), limit) if not one.is_own)


def _fewest(rows: Iterable[PayrollRow]) -> int:
    """Give the number of people of the month with fewest, of the months that had any."""
    by_month: Counter[int] = Counter()
    for row in rows:
        by_month[row.month] += row.employees
    return min((count for count in by_month.values() if count), default=0)


def _grouped(rows: Iterable[PayrollRow], above: Mapping[str, str | None]) -> dict[Group, list[PayrollRow]]:
    found: dict[Group, list[PayrollRow]] = defaultdict(list)
    unparted: set[str] = set()
    with_units_under = set(above.values())
    for row in rows:
        parts = [(None, None), (row.sex, None), (None, row.age_group)][: 3 if row.age_group else 2]
        for unit in _line_up(row.unit, above):
            for sex, age in parts:
                found[Group(unit, sex, age)].append(row)
                if unit == row.unit and unit in with_units_under:
                    found[Group(unit, sex, age, is_own=True)].append(row)
            if row.age_group is None:
                unparted.add(unit)
    return {group: of for group, of in found.items() if group.age_group is None or group.unit not in unparted}


def _additions(groups: Collection[Group], above: Mapping[str, str | None]) -> Iterator[Addition[Group]]:
    """Give every sum that a reader of all pages can make: everybody is the sexes, everybody is the age groups, and a
    unit is its units and its own people.
    """
    parts: dict[tuple[Group, str], list[Group]] = defaultdict(list)
    for one in groups:
        whole = Group(one.unit, is_own=one.is_own)
        if one != whole:
            parts[whole, "sex" if one.sex else "age"].append(one)
        over = one.unit if one.is_own else above.get(one.unit)
        if over is not None:
            parts[Group(over, one.sex, one.age_group), "units"].append(one)
    for (whole, _by), found in parts.items():
        if whole in groups:
            yield Addition(whole, tuple(found))


def _line_up(unit: str | None, above: Mapping[str, str | None]) -> Iterator[str]:
    while unit is not None:
        yield unit
        unit = above.get(unit)


def _headcount(rows: list[PayrollRow], months: list[int]) -> Headcount:
    last = [row for row in rows if row.month == months[-1]]
    return Headcount(
        employees=sum(row.employees for row in last),
        average=Decimal(sum(row.employees for row in rows)) / len(months),
        full_time_equivalents=_all(row.full_time_equivalents for row in last),
        scheduled_hours=_all(row.scheduled_hours for row in rows),
        sick_hours=_all(row.sick_hours for row in rows),
        long_sick_hours=_all(row.long_sick_hours for row in rows),
        began=_all(row.began for row in rows),
        left=_all(row.left for row in rows),
    )


N = TypeVar("N", int, Decimal)


def _all(numbers: Iterable[N | None]) -> N | None:
    """Sum, or None as soon as one of them is not told; also when there are none."""
    known = list(numbers)
    told = [one for one in known if one is not None]
    return sum(told[1:], start=told[0]) if told and len(told) == len(known) else None


def payroll_faults(rows: Iterable[PayrollRow]) -> tuple[EntryFault, ...]:
    """Give what cannot be right in the rows of a payroll file, all at once.

    A row told twice would count people twice; nobody is ill more hours than they were to work, and the long absences
    are a part of all.
    """
    seen: dict[tuple[object, ...], int] = {}
    faults: list[EntryFault] = []
    for row in rows:
        first = seen.setdefault((row.unit, row.month, row.sex, row.age_group), row.line)
        if first != row.line:
            message = f"Raden gäller samma enhet, månad, kön och åldersgrupp som rad {first}. Behåll en av dem."
            faults.append(EntryFault("twice", row.line, "enhet", row.unit, message))
        faults.extend(_out_of_proportion(row))
    return tuple(faults)


def _out_of_proportion(row: PayrollRow) -> Iterator[EntryFault]:
    for part, whole, column, message in (
        (row.sick_hours, row.scheduled_hours, "sjuktimmar", "Sjuktimmarna är fler än de ordinarie timmarna."),
        (row.long_sick_hours, row.sick_hours, "långa sjuktimmar", "De långa sjuktimmarna är fler än alla sjuktimmar."),
    ):
        if part is not None and whole is not None and part > whole:
            yield EntryFault("too_much", row.line, column, str(part), message)
    numbers = {
        "anställda": row.employees, "årsarbetare": row.full_time_equivalents, "ordinarie timmar": row.scheduled_hours,
        "sjuktimmar": row.sick_hours, "långa sjuktimmar": row.long_sick_hours, "började": row.began,
        "slutade": row.left,
    }  # fmt: skip
    for column, number in numbers.items():
        if number is not None and number < 0:
            yield EntryFault("negative", row.line, column, str(number), "Talet är mindre än noll.")
