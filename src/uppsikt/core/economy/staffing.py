"""Staff: what a row of a payroll table file says, and what rows come to over months, units, sexes and ages.

Rows never overlap: a row is the people of one unit, month, sex and age group, and totals are sums of rows. Employees
and full-time equivalents are stocks, counted on the last day of the month; hours, new and left are flows of the month.
What a file does not tell is None, and never counted as zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


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
