from __future__ import annotations

import pytest

from tests.web.budget.conftest import WHY, Made
from uppsikt.core.economy.spreading import Profile
from uppsikt.core.errors import UseError
from uppsikt.web.budget import selectors
from uppsikt.web.budget.models import BudgetLine, BudgetUnit
from uppsikt.web.budget.selectors import Kind
from uppsikt.web.budget.services import lines, making, saving
from uppsikt.web.budget.services.saving import Edit, GridConflictError
from uppsikt.web.history.models import Change
from uppsikt.web.organisation.gate import NotAllowedError


def _edit(line: BudgetLine, month: int, amount: int) -> Edit:
    months = list(line.months)
    months[month - 1] = amount
    return Edit(line.pk, tuple(line.months), tuple(months))


def test_an_amount_is_laid_out_over_the_months_to_the_krona(made: Made) -> None:
    assert made.lines["Personal HR"].months == [250_001, *[250_000] * 11]
    assert made.lines["Ersättningar"].months == [-25_000] * 12


def test_what_is_not_spread_is_seen_by_unit_and_year(made: Made) -> None:
    page = selectors.version_page(made.tiny.here(who="kim"), made.version)
    told = {one.unit.slug: (one.given, one.spread, one.left) for one in page.units}
    shown = {slug: [int(one.number) if one else None for one in three] for slug, three in told.items()}
    assert shown["ekonomistaben"] == [6_000_000, 5_900_000, 100_000]
    assert shown["hr-staben"] == [3_500_000, 3_000_001, 499_999]
    assert shown["klf"] == [None, 8_900_001, None]
    now, plan = page.years[0], page.years[1]
    assert [int(one.number) for one in (now.frame, now.given, now.left_to_give, now.spread, now.left)] == [
        10_000_000, 9_500_000, 500_000, 8_900_001, 1_099_999,
    ]  # fmt: skip
    assert (int(plan.frame.number), plan.given, int(plan.left.number)) == (9_900_000, None, 9_900_000)
    assert str(page.frame.now.decision) == "KF 2023-11-28 § 77"


def test_a_year_without_a_frame_is_missing_and_not_zero(made: Made) -> None:
    page = selectors.version_page(made.tiny.here(who="kim"), made.version)
    assert not hasattr(page.years[3].frame, "number")
    assert page.years[3].left is None


def test_months_are_saved_and_the_year_follows(made: Made) -> None:
    line = made.lines["Personal"]
    saved = saving.months_save(made.kim, made.version, [_edit(line, 3, 1)], WHY)
    assert saved == saving.Saved(1, 0)
    after = made.again("Personal")
    assert after.months[2] == 1
    assert after.amount == sum(after.months)
    assert after.profile == Profile.OWN


def test_two_people_in_different_cells_of_a_line_keep_both(made: Made) -> None:
    line = made.lines["Personal"]
    saving.months_save(made.kim, made.version, [_edit(line, 1, 11)], WHY)
    saved = saving.months_save(made.charlie, made.version, [_edit(line, 2, 22)], WHY)
    assert saved == saving.Saved(1, 1)
    assert made.again("Personal").months[:2] == [11, 22]


def test_two_people_in_the_same_cell_are_told_and_nothing_is_lost(made: Made) -> None:
    line = made.lines["Personal"]
    saving.months_save(made.kim, made.version, [_edit(line, 1, 11)], WHY)
    other = _edit(made.lines["Konsulter"], 5, 555)
    with pytest.raises(GridConflictError, match=r"Kim Controller hann före dig i 1 cell\.") as told:
        saving.months_save(made.charlie, made.version, [other, _edit(line, 1, 22)], WHY)
    assert [(one.stored, one.typed) for one in told.value.clashes[line.pk]] == [(11, 22)]
    assert made.again("Personal").months[0] == 11
    assert made.again("Konsulter").months[4] == made.lines["Konsulter"].months[4]
    saving.months_save(made.charlie, made.version, [_edit(made.again("Personal"), 1, 22)], WHY)
    assert made.again("Personal").months[0] == 22


def test_one_row_that_may_not_be_changed_stops_all_rows(made: Made) -> None:
    with pytest.raises(NotAllowedError):
        saving.months_save(made.tiny.actor("siri"), made.version, [_edit(made.lines["Personal"], 1, 5)], WHY)
    with pytest.raises(UseError, match="varför"):
        saving.months_save(made.kim, made.version, [_edit(made.lines["Personal"], 1, 5)], "  ")
    gone = Edit(999_999, (0,) * 12, (1,) * 12)
    with pytest.raises(UseError, match="tagit bort"):
        saving.months_save(made.kim, made.version, [_edit(made.lines["Personal"], 1, 5), gone], WHY)
    assert made.again("Personal").months == made.lines["Personal"].months


def test_years_are_saved_and_a_year_without_a_line_gets_one(made: Made) -> None:
    line = made.lines["Konsulter"]
    edit = Edit(line.pk, (1_200_000, None, None, None), (600_000, 700_001, None, None))
    saving.years_save(made.kim, made.version, [edit], WHY)
    assert made.again("Konsulter").months == [50_000] * 12
    plan = BudgetLine._default_manager.get(version=made.version, label="Konsulter", year=2025)
    assert plan.amount == sum(plan.months) == 700_001


def test_only_the_committees_own_give_the_frame(made: Made) -> None:
    unit = made.tiny.units["hr-staben"]
    edit = Edit(unit.pk, (3_500_000, None, None, None), (None, 1, None, None))
    with pytest.raises(NotAllowedError):
        saving.given_save(made.charlie, made.version, [edit], WHY)
    saving.given_save(made.kim, made.version, [edit], WHY)
    stored = BudgetUnit._default_manager.filter(version=made.version, unit=unit).order_by("year")
    assert [(one.year, one.given) for one in stored] == [(2024, None), (2025, 1)]


def test_a_rest_is_spread_over_the_lines_and_is_gone(made: Made) -> None:
    unit = made.tiny.units["ekonomistaben"]
    assert lines.rest_spread(made.charlie, made.version, unit, WHY) == 100_000
    here = made.tiny.here(who="kim")
    (own,) = [one for one in selectors.version_page(here, made.version).units if one.unit == unit]
    assert int(own.left.number) == 0
    with pytest.raises(UseError, match="inget kvar"):
        lines.rest_spread(made.charlie, made.version, unit, WHY)


def test_plan_years_come_to_their_frames(made: Made) -> None:
    assert lines.plan_make(made.kim, made.version, WHY) == 12
    assert lines.plan_make(made.kim, made.version, WHY) == 0
    page = selectors.version_page(made.tiny.here(who="kim"), made.version)
    assert int(page.years[1].left.number) == 0
    assert int(page.years[2].spread.number) == int(page.years[0].spread.number)  # no frame: as the budget year


def test_a_line_like_another_is_refused_and_one_is_changed_and_taken_away(made: Made) -> None:
    unit = made.tiny.units["ekonomistaben"]
    wanted = lines.LineWanted("Personal", "5011", 5)
    with pytest.raises(UseError, match="redan en sådan rad"):
        lines.line_add(made.kim, made.version, lines.Place(unit, 2024), wanted, WHY)
    stranger = made.tiny.units["bildningsnamnden"]
    with pytest.raises(NotAllowedError):
        lines.line_add(made.kim, made.version, lines.Place(stranger, 2024), wanted, WHY)
    line = made.again("Konsulter")
    new = lines.LineWanted("Konsulter", "7412", 1_200, Profile.SCHOOL_TERMS)
    seen = Change._default_manager.filter(model="budget.budgetline", object_id=line.pk).first()
    assert seen is not None
    lines.line_change(made.charlie, line, new, seen=seen.pk, why=WHY)
    assert made.again("Konsulter").months == [120] * 5 + [60, 0, 60] + [120] * 4
    lines.line_delete(made.charlie, made.again("Konsulter"), WHY)
    assert not BudgetLine._default_manager.filter(pk=line.pk).exists()


def test_a_draft_is_seen_by_the_committees_people_only(made: Made) -> None:
    committee = made.tiny.units["kommunstyrelsen"]
    assert len(selectors.versions_of(made.charlie, committee)) == 1
    assert selectors.versions_of(made.tiny.reader, committee) == ()
    assert not selectors.lines_of(made.tiny.reader, made.version).exists()
    assert selectors.lines_of(made.charlie, made.version).count() == 4  # each line once


def test_a_scenario_is_changed_thrown_away_and_brought_back(made: Made) -> None:
    copy = making.version_copy(made.kim, made.version, "Färre konsulter", WHY)
    assert copy.lines.count() == 4
    line = copy.lines.get(label="Konsulter")
    saving.months_save(made.kim, copy, [Edit(line.pk, tuple(line.months), (0,) * 12)], WHY)
    assert made.again("Konsulter").amount == 1_200_000
    making.version_discard(made.kim, copy, WHY)
    copy.refresh_from_db()
    with pytest.raises(UseError, match="kastad"):
        saving.months_save(made.kim, copy, [Edit(line.pk, (0,) * 12, (1,) * 12)], WHY)
    making.version_restore(made.kim, copy, WHY)
    copy.refresh_from_db()
    assert copy.is_draft
    with pytest.raises(UseError, match="namn"):
        making.version_copy(made.kim, made.version, "Färre konsulter", WHY)


def test_a_grid_asks_the_same_number_of_questions_however_many_lines(
    made: Made, django_assert_max_num_queries: object
) -> None:
    here = made.tiny.here(who="kim")
    unit = made.tiny.units["kommunstyrelsen"]
    for kind in Kind:
        with django_assert_max_num_queries(8):  # type: ignore[operator]  # a fixture of pytest-django
            grid = selectors.grid_of(here, made.version, kind, unit)
        assert grid.rows
    grid = selectors.grid_of(here, made.version, Kind.GIVEN, unit)
    assert [int(one.number) for one, _left in grid.limits if one] == [10_000_000, 9_900_000]
    assert grid.sums[0].number == 9_500_000
