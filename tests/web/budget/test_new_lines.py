"""Lines that a workbook brings: new when their unit and codes exist, a fault with its place when they do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.budget.conftest import WHY, Made
from tests.web.budget.test_pages import _apply, _back
from uppsikt.core.errors import UseError
from uppsikt.exchange.sheets import open_workbook
from uppsikt.web.budget.models import BudgetLine
from uppsikt.web.budget.selectors.new_lines import NewLine
from uppsikt.web.budget.selectors.workbooks import proposal_of, workbook_of
from uppsikt.web.budget.services import lines, saving
from uppsikt.web.budget.services.workbooks import workbook_save
from uppsikt.web.history.models import Change
from uppsikt.web.organisation.gate import NotAllowedError

SignIn = Callable[[str], Client]
NEW = [None, "HR-staben", "5011", None, None, "Företagshälsa", *[1000] * 11, 1001]


def _with(made: Made, *rows: list[object]):  # type: ignore[no-untyped-def]  # an uploaded file
    return _back(made, lambda told: told.extend(list(row) for row in rows))


def test_a_row_without_a_number_is_new_in_the_dry_run_and_then_a_line(made: Made, signed_in: SignIn) -> None:
    client = signed_in("kim")
    page = client.post(made.url("las-in/"), {"file": _with(made, NEW)}).content.decode()
    assert "1 ny rad 2024" in page
    assert "Företagshälsa" in page
    assert "12\N{NO-BREAK SPACE}001" in page
    assert not BudgetLine._default_manager.filter(label="Företagshälsa").exists()
    told = client.post(made.url("las-in/"), _apply(page), follow=True).content.decode()
    assert "1 ny rad är tillagd." in told
    line = BudgetLine._default_manager.get(label="Företagshälsa")
    assert (line.unit.slug, line.account, line.months, line.amount) == (
        "hr-staben",
        "5011",
        [*[1000] * 11, 1001],
        12_001,
    )
    again = client.post(made.url("las-in/"), _apply(page)).content.decode()
    assert "redan en sådan rad" in again
    assert BudgetLine._default_manager.filter(label="Företagshälsa").count() == 1


def test_changed_and_new_rows_are_one_action(made: Made, signed_in: SignIn) -> None:
    def change(rows: list[list[object]]) -> None:
        rows[0][6] = 7
        rows.append(list(NEW))

    client = signed_in("kim")
    page = client.post(made.url("las-in/"), {"file": _back(made, change)}).content.decode()
    assert "1 cell skulle ändras" in page
    client.post(made.url("las-in/"), _apply(page))
    written = Change._default_manager.filter(why="Ändrat i Excel")
    assert len({one.action_id for one in written}) == 1
    assert {one.verb for one in written} == {Change.Verb.CREATED, Change.Verb.UPDATED}


@pytest.mark.parametrize(
    ("place", "value", "column", "told"),
    [
        (1, "HR-stabben", "Enhet", "Menar du HR-staben?"),
        (1, None, "Enhet", "vilken enhet"),
        (1, "Bildningsnämnden", "Enhet", "finns inte i nämnden"),
        (2, "5019", "Konto", "Menar du 5011?"),
        (2, "1510", "Konto", "börjar med 3–8"),
        (2, None, "Konto", "börjar med 3–8"),
        (3, "999", "Verksamhet", "Verksamheten 999 finns inte"),
        (4, "P1", "Projekt", "Projektet P1 finns inte"),
        (5, None, "Benämning", "Skriv en benämning"),
        (5, "x" * 161, "Benämning", "högst 160 tecken"),
        (6, "1,5", "Januari", "har ören"),
    ],
)
def test_what_does_not_exist_is_told_with_sheet_row_and_column(
    made: Made, signed_in: SignIn, place: int, value: object, column: str, told: str
) -> None:
    row = list(NEW)
    row[place] = value
    page = signed_in("kim").post(made.url("las-in/"), {"file": _with(made, row)})
    text = page.content.decode()
    assert page.status_code == 400
    assert f'<td>Budget 2024</td><td class="num">6</td><td>{column}</td>' in text
    assert told in text
    assert BudgetLine._default_manager.count() == 4


def test_everything_that_is_wrong_with_a_row_is_told_at_once(made: Made) -> None:
    row = [None, "Finns inte", "9", "999", "P1", None, "x", *[0] * 11]
    file = _with(made, row)
    proposal = proposal_of(made.kim, made.version, file.read(), "budget.xlsx")
    columns = {one.column for one in proposal.faults}
    assert columns == {"Enhet", "Konto", "Verksamhet", "Projekt", "Benämning", "Januari"}
    assert {(one.sheet, one.row) for one in proposal.faults} == {("Budget 2024", 6)}


def test_a_row_that_is_there_already_or_stands_twice_is_a_fault(made: Made) -> None:
    there = [None, "Ekonomistaben", "5011", None, None, "Personal", *[0] * 12]
    proposal = proposal_of(made.kim, made.version, _with(made, there, NEW, NEW).read(), "budget.xlsx")
    assert [(one.row, one.column) for one in proposal.faults] == [(6, "Benämning"), (8, "Benämning")]


def test_a_group_of_accounts_is_known_when_an_account_in_it_is(made: Made) -> None:
    group = [*NEW[:2], 50, *NEW[3:]]  # a number, as a spreadsheet makes of it
    proposal = proposal_of(made.kim, made.version, _with(made, group).read(), "budget.xlsx")
    (line,) = proposal.new
    assert (line.account, proposal.faults) == ("50", ())


def test_who_does_not_hold_the_unit_is_told_in_the_cell_and_stopped_at_the_door(made: Made) -> None:
    row = [None, "Kommunstyrelsen", *NEW[2:]]
    proposal = proposal_of(made.charlie, made.version, _with(made, row).read(), "budget.xlsx")
    assert [(one.column, one.message) for one in proposal.faults] == [
        ("Enhet", "Du har inte ansvar för Kommunstyrelsen.")
    ]
    line = NewLine(made.tiny.units["kommunstyrelsen"], 2024, "5011", "", "", "Ny", (1,) * 12)
    with pytest.raises(NotAllowedError):
        workbook_save(made.charlie, made.version, [], [line], WHY)


def test_a_line_that_somebody_added_meanwhile_stops_all_of_it(made: Made) -> None:
    unit, base = made.tiny.units["hr-staben"], tuple(made.lines["Personal"].months)
    new = NewLine(unit, 2024, "5011", "", "", "Företagshälsa", (1,) * 12)
    lines.line_add(
        made.charlie, made.version, lines.Place(unit, 2024), lines.LineWanted("Företagshälsa", "5011", 5), WHY
    )
    edit = saving.Edit(made.lines["Personal"].pk, base, (0, *base[1:]))
    with pytest.raises(UseError, match="redan en sådan rad"):
        workbook_save(made.kim, made.version, [edit], [new], WHY)
    assert tuple(made.again("Personal").months) == base


def test_rows_that_were_taken_out_of_the_file_stay_and_are_told(made: Made, signed_in: SignIn) -> None:
    page = signed_in("kim").post(made.url("las-in/"), {"file": _back(made, lambda rows: rows.pop())}).content.decode()
    assert "1 rad i budgeten finns inte i filen. Den ligger kvar som den är." in page


def test_the_workbook_has_empty_rows_that_can_be_written_in(made: Made) -> None:
    book = open_workbook(workbook_of(made.kim, made.version, 2024))
    filled = [cells for _number, cells in book.rows(book.sheets[0]) if any(cells)]
    assert len(filled) == 5
