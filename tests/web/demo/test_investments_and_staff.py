"""The demonstration's living investments and staff tell what the printed tables tell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from uppsikt.core.quantities import MNKR, TKR, Missing, Quantity, round_to
from uppsikt.core.tables import Table
from uppsikt.web.cycle.here import Here, here_at
from uppsikt.web.economy.selectors import investment_page, staff_page
from uppsikt.web.investments.selectors import frames_page, projects_page
from uppsikt.web.organisation.asking import reader
from uppsikt.web.staff.selectors import people_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_with_ledger")]
COLUMNS = {
    "budget-sedan-start": "decided", "outcome-sedan-start": "accumulated", "deviation-sedan-start": "left",
    "budget-2024": "budget-2024", "outcome-2024": "outcome-2024", "deviation-2024": "deviation-2024",
}  # fmt: skip


def here(unit: str, at: str) -> Here:
    return here_at(reader(), unit, at)


def living(at: str) -> dict[str, Table]:
    return {row.subject or row.key: one.table for one in projects_page(here("kommunstyrelsen", at)).listings
            for row in one.table.rows if row.subject}  # fmt: skip


def test_the_projects_of_2024_stand_as_they_are_printed():
    made = living("bokslut-2024")
    checked = 0
    for sheet in investment_page(here("kommunstyrelsen", "bokslut-2024")).sheets:
        for row, column, cell in sheet.table.filled():
            if row.subject in made and isinstance(cell.value, Quantity):
                told = made[row.subject].value(row.subject.removeprefix("project:"), COLUMNS[column.key])
                assert isinstance(told, Quantity), (row.label, column.label)
                shown = round_to(told.to(MNKR), 1).number
                assert abs(shown - cell.value.to(MNKR).number) <= Decimal("0.1"), (row.label, column.label)
                checked += 1
    assert checked == 7 * 6


def test_the_frame_of_2019_is_what_was_printed_with_what_was_left_of_the_reserve():
    within = frames_page(here("kommunstyrelsen", "bokslut-2019")).scopes[0]
    frame = next(one.frame for one in within.years if one.year == 2019)
    assert frame.total == Quantity(Decimal(109_450_000), frame.total.unit)
    assert frame.reserve_left.to(TKR).number == 1900


def test_the_made_up_payroll_tells_the_printed_employees_and_sick_leave():
    page = people_page(here("klf", "bokslut-2024"))
    assert page.is_synthetic
    own = {row.key: table for table in page.tables for row in table.rows}
    names = {
        "tillsvidareanstallda-klf": "anstallda", "tillsvidareanstallda-klf-kvinnor": "anstallda-kvinnor",
        "tillsvidareanstallda-klf-man": "anstallda-man", "sjukfranvaro-klf": "sjukfranvaro",
        "sjukfranvaro-klf-kvinnor": "sjukfranvaro-kvinnor", "sjukfranvaro-klf-man": "sjukfranvaro-man",
    }  # fmt: skip
    checked = 0
    for sheet in staff_page(here("klf", "bokslut-2024")).staff:
        for row, column, cell in sheet.table.filled():
            key = names.get(row.key)
            if key is not None and isinstance(cell.value, Quantity):
                told = own[key].value(key, column.key)
                assert not isinstance(told, Missing)
                assert told.number == cell.value.number, (row.label, column.label)
                checked += 1
    assert checked == 6 * 5
