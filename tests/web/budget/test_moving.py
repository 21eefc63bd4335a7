from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from tests.web.budget.conftest import WHY, Made
from uppsikt.core.errors import UseError
from uppsikt.web.budget.models import BudgetVersion, Move
from uppsikt.web.budget.selectors import Kind, frame_of, grid_of, version_page
from uppsikt.web.budget.selectors.moves import move_page
from uppsikt.web.budget.services import adopting, lines, making, moving, saving
from uppsikt.web.cycle.models import Decision, DecisionPoint
from uppsikt.web.economy.models import FrameEntry
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.models import ClosedPeriod, LedgerCode, Load
from uppsikt.web.ledger.selectors import statement
from uppsikt.web.organisation.gate import NotAllowedError


def _wanted(made: Made, giver: str, receiver: str, amount: int, first_month: int = 1) -> moving.MoveWanted:
    return moving.MoveWanted(made.lines[giver], made.lines[receiver], amount, first_month, "Vakans")


def _close(made: Made, month: int) -> None:
    with recording(made.kim, WHY) as pen:
        pen.create(
            ClosedPeriod, municipality=made.tiny.municipality, month=month, why="Bokslut", closed_by="Kim",
            closed_at=timezone.now(),
        )  # fmt: skip


def test_a_move_keeps_the_whole_and_every_month(made: Made) -> None:
    before = [sum(months) for months in zip(*(made.again(label).months for label in made.lines), strict=True)]
    move = moving.move_make(made.charlie, made.version, _wanted(made, "Personal", "Personal HR", 90_001, 4))
    assert made.again("Personal").amount == 4_909_999
    assert made.again("Personal HR").amount == 3_090_002
    assert [sum(months) for months in zip(*(made.again(label).months for label in made.lines), strict=True)] == before
    assert move.months == [0, 0, 0, 10_001, *[10_000] * 8]
    assert (move.who_name, move.under.slug, move.why) == ("Charlie Chef", "klf", "Vakans")


def test_a_move_is_undone_by_a_move_back_and_only_once(made: Made) -> None:
    move = moving.move_make(made.kim, made.version, _wanted(made, "Personal", "Konsulter", 7))
    back = moving.move_undo(made.kim, move, "Fel rad")
    assert made.again("Personal").months == made.lines["Personal"].months
    assert (back.undoes, move.undone_by) == (move, back)
    for undone in (move, back):
        with pytest.raises(UseError, match="redan ångrad"):
            moving.move_undo(made.kim, undone, "Igen")
    page = move_page(made.tiny.here(who="kim"), made.version)
    assert [one.may_undo for one in page.moves] == [False, False]


def test_who_may_not_move_is_told_who_may(made: Made) -> None:
    with pytest.raises(NotAllowedError, match="ansvar för Kommunledningsförvaltningen"):
        moving.move_make(made.tiny.actor("siri"), made.version, _wanted(made, "Personal", "Personal HR", 5))
    stranger = made.tiny.units["bildningsnamnden"]
    with pytest.raises(NotAllowedError, match=r"kommunfullmäktige.*Ramar"):
        moving.power_over(made.kim, made.version, made.tiny.units["ekonomistaben"], stranger)
    assert not Move._default_manager.exists()


def test_a_closed_month_is_never_touched(made: Made) -> None:
    move = moving.move_make(made.kim, made.version, _wanted(made, "Personal", "Konsulter", 1200))
    _close(made, 202401)
    with pytest.raises(UseError, match="Månad 1 är stängd"):
        moving.move_make(made.kim, made.version, _wanted(made, "Personal", "Konsulter", 100))
    with pytest.raises(UseError, match="månad 1, som är stängd"):
        moving.move_undo(made.kim, move, "För sent")
    moving.move_make(made.kim, made.version, _wanted(made, "Personal", "Konsulter", 100, 2))
    assert move_page(made.tiny.here(who="kim"), made.version).first_open == 2


def test_a_line_that_money_was_moved_from_stays(made: Made) -> None:
    moving.move_make(made.kim, made.version, _wanted(made, "Personal", "Konsulter", 5))
    with pytest.raises(UseError, match="flytt"):
        lines.line_delete(made.kim, made.again("Konsulter"), WHY)


def test_an_adopted_budget_is_frozen_and_shown_by_every_statement(made: Made) -> None:
    frozen = adopting.version_adopt(made.kim, made.version, made.decision)
    made.version.refresh_from_db()
    assert (made.version.kind, frozen.kind) == (BudgetVersion.Kind.ADOPTED, BudgetVersion.Kind.FROZEN)
    table = statement(made.tiny.reader, made.tiny.units["klf"], 2024, 3)
    row = next(one for one in table.rows if one.label == "Ekonomistaben")
    assert table.value(row.key, "budget-2024").number * 1000 == 5_900_000
    assert table.value(row.key, "phased_budget-2024").number * 1000 == 3 * (416_667 + 100_000 - 25_000)
    line = made.again("Personal")
    with pytest.raises(UseError, match="flyttar"):
        saving.months_save(made.kim, made.version, [saving.Edit(line.pk, tuple(line.months), (1,) * 12)], WHY)
    assert len(frozen.lines.all()) == 4
    registered = set(LedgerCode._default_manager.filter(part="account").values_list("code", flat=True))
    assert {"3511", "5011", "7411"} <= registered


def test_a_move_after_adoption_is_a_new_load_and_the_old_one_is_kept(made: Made) -> None:
    frozen = adopting.version_adopt(made.kim, made.version, made.decision)
    made.version.refresh_from_db()
    moving.move_make(made.charlie, made.version, _wanted(made, "Personal", "Personal HR", 600_000))
    table = statement(made.tiny.reader, made.tiny.units["klf"], 2024, 12)
    budget = {row.label: table.value(row.key, "budget-2024") for row in table.rows}
    assert budget["Ekonomistaben"].number * 1000 == 5_300_000
    assert budget["HR-staben"].number * 1000 == 3_600_001
    assert Load._default_manager.filter(source__name="Budget Kommunstyrelsen 2024").count() == 2
    assert frozen.lines.get(label="Personal").amount == 5_000_000


def test_a_month_that_a_move_empties_takes_the_place_of_what_it_held(made: Made) -> None:
    for label in ("Konsulter", "Ersättningar", "Personal HR"):
        lines.line_delete(made.kim, made.again(label), WHY)
    line = made.again("Personal")
    saving.months_save(
        made.kim, made.version, [saving.Edit(line.pk, tuple(line.months), (*line.months[:11], 0))], WHY
    )  # fmt: skip
    adopting.version_adopt(made.kim, made.version, made.decision)
    table = statement(made.tiny.reader, made.tiny.units["klf"], 2024, 12)
    row = next(one for one in table.rows if one.label == "Ekonomistaben")
    assert table.value(row.key, "budget-2024").number * 1000 == sum(line.months[:11])


def test_adoption_is_all_or_nothing(made: Made) -> None:
    LedgerCode._default_manager.filter(code="120").delete()
    with pytest.raises(UseError, match="HR-staben"):
        adopting.version_adopt(made.kim, made.version, made.decision)
    made.version.refresh_from_db()
    assert made.version.is_draft
    assert BudgetVersion._default_manager.count() == 1
    assert not Load._default_manager.exists()
    with pytest.raises(NotAllowedError):
        adopting.version_adopt(made.charlie, made.version, made.decision)


def test_a_new_decision_takes_the_place_of_the_old(made: Made) -> None:
    copy = making.version_copy(made.kim, made.version, "Reviderad", WHY)
    adopting.version_adopt(made.kim, made.version, made.decision)
    adopting.version_adopt(made.kim, copy, made.decision)
    kinds = BudgetVersion._default_manager.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["frozen", "adopted", "frozen", "frozen"]


def test_what_was_moved_is_part_of_what_a_unit_has_to_spread(made: Made) -> None:
    here = made.tiny.here(who="kim")

    def left() -> dict[str, int]:
        page = version_page(here, made.version)
        return {one.unit.slug: int(one.left.number) for one in page.units if one.left is not None}

    before = left()
    assert before == {"ekonomistaben": 100_000, "hr-staben": 499_999}
    assert not version_page(here, made.version).has_moves
    move = moving.move_make(made.kim, made.version, _wanted(made, "Personal", "Personal HR", 600_000))
    assert left() == before  # nobody has spread more than they have
    page = version_page(here, made.version)
    assert {one.unit.slug: int(one.moved.number) for one in page.units if one.moved} == {
        "ekonomistaben": -600_000, "hr-staben": 600_000,
    }  # fmt: skip
    grid = grid_of(here, made.version, Kind.MONTHS, made.tiny.units["hr-staben"])
    assert grid.limit is not None
    assert int(grid.limit.number) == 4_100_000
    copy = making.version_copy(made.kim, made.version, "Kopia", WHY)
    assert {one.unit.slug: one.given for one in copy.units.filter(given__isnull=False)} == {
        "ekonomistaben": 5_400_000, "hr-staben": 4_100_000,
    }  # fmt: skip
    moving.move_undo(made.kim, move, "Fel")
    assert left() == before
    assert not version_page(here, made.version).has_moves


@pytest.mark.parametrize(("amount", "refused"), [(1_199_999, False), (1_200_000, False), (1_200_001, True)])
def test_a_line_gives_what_it_has_and_no_more(made: Made, amount: int, refused: bool) -> None:
    wanted = _wanted(made, "Konsulter", "Personal", amount)
    if not refused:
        assert moving.move_make(made.kim, made.version, wanted).amount == amount
        return
    with pytest.raises(UseError, match=r"Konsulter har 1.200.000 kr från och med januari"):
        moving.move_make(made.kim, made.version, wanted)
    assert made.again("Konsulter").months == made.lines["Konsulter"].months


def test_what_lies_in_earlier_months_is_not_taken_from_later_ones(made: Made) -> None:
    moving.move_make(made.kim, made.version, _wanted(made, "Konsulter", "Personal", 200_000, 11))
    with pytest.raises(UseError, match="har 0 kr från och med november"):
        moving.move_make(made.kim, made.version, _wanted(made, "Konsulter", "Personal", 1, 11))


def test_income_gives_by_being_raised_and_receives_until_nothing_is_to_be_earned(made: Made) -> None:
    moving.move_make(made.kim, made.version, _wanted(made, "Ersättningar", "Personal", 600_000))
    assert made.again("Ersättningar").amount == -900_000
    with pytest.raises(UseError, match=r"ska ge 900.000 kr"):
        moving.move_make(made.kim, made.version, _wanted(made, "Personal", "Ersättningar", 900_001))
    moving.move_make(made.kim, made.version, _wanted(made, "Personal", "Ersättningar", 900_000))
    assert made.again("Ersättningar").amount == 0


def test_money_that_was_moved_on_is_not_moved_back(made: Made) -> None:
    first = moving.move_make(made.kim, made.version, _wanted(made, "Personal", "Konsulter", 1_000_000))
    moving.move_make(made.kim, made.version, _wanted(made, "Konsulter", "Personal HR", 2_000_000))
    with pytest.raises(UseError, match=r"Konsulter har 200.000 kr"):
        moving.move_undo(made.kim, first, "För sent")


def test_what_is_pressed_twice_is_moved_once(made: Made, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("charlie")
    page = client.get(made.url("flyttar/"))
    sent = {
        "giver": made.lines["Personal"].pk, "receiver": made.lines["Personal HR"].pk, "amount": "12 000",
        "first_month": "1", "why": "Vakans", "seen": page.context["form"]["seen"].value(),
    }  # fmt: skip
    assert client.post(made.url("flyttar/"), sent).status_code == 302
    again = client.post(made.url("flyttar/"), sent)
    text = again.content.decode()
    assert "Du flyttade 12\N{NO-BREAK SPACE}000 kr från Personal till Personal HR" in text
    assert "Din flytt är inte gjord" in text
    assert 'value="12 000"' in text
    assert made.again("Personal").amount == 4_988_000
    knowingly = {**sent, "seen": again.context["form"]["seen"].value()}
    assert client.post(made.url("flyttar/"), knowingly).status_code == 302
    assert made.again("Personal").amount == 4_976_000


def test_the_second_of_two_is_shown_what_the_first_moved_from_the_same_line(made: Made) -> None:
    wanted = replace(_wanted(made, "Personal", "Konsulter", 5), seen=0)
    moving.move_make(made.kim, made.version, wanted)
    other = replace(_wanted(made, "Ersättningar", "Personal HR", 7), seen=0)
    moving.move_make(made.charlie, made.version, other)  # other lines: nothing to be told
    with pytest.raises(moving.MovedMeanwhileError, match="Kim Controller flyttade 5 kr"):
        moving.move_make(made.charlie, made.version, replace(wanted, amount=9))


def test_a_withdrawn_decision_counts_in_no_budget_and_neither_does_a_replaced_plan(made: Made) -> None:
    committee = made.tiny.units["kommunstyrelsen"]
    told = {"unit": committee, "kind": "technical", "purpose": "Fel", "decision_point": made.decision.points.get()}
    with recording(made.kim, WHY) as pen:
        pen.create(FrameEntry, year=2024, amount=Decimal(700), withdrawn=True, **told)
        later = pen.create(
            Decision,
            municipality=made.tiny.municipality,
            body="KF",
            on=date(2024, 11, 26),
            paragraph=250,
            title="Budget",
        )
        point = pen.create(DecisionPoint, decision=later, number=1, kind="frame", text="Ram 2025")
        pen.create(
            FrameEntry, unit=committee, year=2025, kind="decided", amount=Decimal(12_000), purpose="Ram 2025",
            decision_point=point,
        )  # fmt: skip
    frame = frame_of(made.kim, made.version)
    assert [frame.kronor(year) for year in made.version.years] == [10_000_000, 12_000_000, None, None]
    made.version.frame_decision = made.decision
    assert frame_of(made.kim, made.version).kronor(2025) == 9_900_000
    assert "KF 2023-11-28 § 77" in frame_of(made.kim, made.version).now.words
