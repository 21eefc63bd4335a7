"""What reports, overview and search are given: cards, tables, series, counts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from uppsikt.core.quantities import Missing, Quantity
from uppsikt.core.states import GoalState, WorkState
from uppsikt.core.tables import ColumnRole, RowRole
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.organisation.models import Municipality
from uppsikt.web.steering import selectors
from uppsikt.web.steering.models import Goal, IndicatorTarget, IndicatorUse, IndicatorValue


def tables(tiny, at: str = "bokslut-2024"):
    return selectors.indicator_tables_at(tiny.reader, tiny.units["kommunstyrelsen"], tiny.dates[at])


def told(table, row: str) -> list[str]:
    return [table.cell(row, column.key).raw for column in table.columns]


def test_goals_stand_in_the_order_of_the_tree_with_state_and_chain(tiny, django_assert_max_num_queries):
    here = tiny.here()
    with django_assert_max_num_queries(12):
        cards = selectors.goals_at(here)
    assert [(card.area, card.council_goal, card.name, card.state) for card in cards] == [
        ("Ekonomi", "En hållbar ekonomi", "God ekonomisk kontroll", "partly"),
        ("Medarbetare", "En attraktiv arbetsgivare", "Goda arbetsplatser", "met"),
        ("Medarbetare", "En attraktiv arbetsgivare", "Hållbart ledarskap", "none"),
    ]
    assert cards[1].state_text == "Uppnått"
    assert selectors.goals_at(tiny.here(at="delar-augusti-2024"))[1].state_text == "Väntas uppnås"


def test_nothing_of_another_municipality_is_reached(tiny):
    other = Municipality._default_manager.create(name="Annanstad", code="9998", slug="annanstad")
    stranger = Actor(other.pk)
    unit, at = tiny.units["kommunstyrelsen"], tiny.dates["bokslut-2024"]
    assert selectors.indicator_tables_at(stranger, unit, at) == ()
    assert selectors.goal_state_table(stranger, unit, at).rows == ()
    assert selectors.activities_at(stranger, unit, at) == ()
    assert selectors.assignments_at(stranger, unit, at) == ()


def test_a_table_for_each_council_goal_as_reports_print_them(tiny, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        economy, staff = tables(tiny)
    assert staff.title == "Medarbetare: En attraktiv arbetsgivare"
    assert [column.label for column in staff.columns_of(ColumnRole.OUTCOME)] == ["2022", "2023", "2024"]
    goal = tiny.goals["arbetsplatser"].pk
    assert told(staff, f"sjukfranvaro-{goal}") == ["2,2", "2,0", "1,5", "3,0"]
    assert [(row.role, row.subject) for row in staff.rows] == [
        (RowRole.HEADING, "goal:arbetsplatser"),
        (RowRole.ITEM, "indicator:utan-varden"),
        (RowRole.ITEM, "indicator:sjukfranvaro"),
        (RowRole.BREAKDOWN, "indicator:sjukfranvaro/kvinnor"),
        (RowRole.BREAKDOWN, "indicator:sjukfranvaro/man"),
    ]
    assert staff.row(f"sjukfranvaro-{goal}-man").parent == f"sjukfranvaro-{goal}"
    assert "count:foretag" in {row.subject for row in economy.rows}  # a count is not bound by its parts


def test_values_are_those_known_at_the_date(tiny):
    goal = tiny.goals["arbetsplatser"].pk
    assert told(tables(tiny, "bokslut-2023")[1], f"sjukfranvaro-{goal}")[1:3] == ["2,2", "2,1"]
    interim = tables(tiny, "delar-augusti-2024")[1]
    assert [column.label for column in interim.columns][:3] == ["2022", "2023", "per den 31 augusti 2024"]
    assert told(interim, f"sjukfranvaro-{goal}")[:3] == ["2,2", "2,1", "1,8"]


def test_a_cell_knows_where_it_was_printed(tiny):
    cell = tables(tiny)[1].cell(f"sjukfranvaro-{tiny.goals['arbetsplatser'].pk}", "outcome-2024")
    assert cell.origin.document == "Verksamhetsberättelse 2024"
    assert cell.value == Quantity(Decimal("1.5"), decimals=1)


def test_states_can_be_counted_by_their_names(tiny):
    table = selectors.goal_state_table(tiny.reader, tiny.units["kommunstyrelsen"], tiny.dates["bokslut-2024"])
    assert sorted(table.cell(row.key, "state").raw for row in table.rows) == ["met", "none", "partly"]
    assert {row.role for row in table.rows} == {RowRole.ITEM}


def test_work_is_told_as_tables_and_counted(tiny):
    unit, at = tiny.units["kommunstyrelsen"], tiny.dates["bokslut-2024"]
    assert len(selectors.assignment_table(tiny.reader, unit, at).rows) == 3
    table = selectors.activity_table(tiny.reader, unit, at)
    assert [table.cell(row.key, "state").raw for row in table.rows].count("done") == 2
    assignments, activities = selectors.states_count(tiny.reader, unit, at)
    assert assignments == {WorkState.DONE: 1, WorkState.ONGOING: 1, WorkState.REMAINS: 1}
    assert activities[WorkState.CANCELLED] == 1


def test_an_assignment_stands_as_it_does_with_the_unit_that_asks(tiny):
    at = tiny.dates["bokslut-2024"]
    (other,) = selectors.assignments_at(tiny.reader, tiny.units["bildningsnamnden"], at)
    assert other.state is WorkState.ONGOING
    assert [(one.unit, one.state) for one in other.receivers] == [
        ("Kommunstyrelsen", WorkState.DONE),
        ("Bildningsnämnden", WorkState.ONGOING),
    ]


def test_an_activity_that_no_report_has_told_of_is_unknown(tiny):
    lines = selectors.activities_at(tiny.reader, tiny.units["klf"], tiny.dates["delar-augusti-2024"])
    assert {line.state for line in lines} == {WorkState.UNKNOWN}


def test_a_series_is_what_was_told_last(tiny):
    series = selectors.series_of(tiny.reader, tiny.indicators["sjukfranvaro"], "totalt", tiny.dates["bokslut-2024"].on)
    assert [(one.period.key, one.raw) for one in series] == [
        ("2022", "2,2"), ("2023", "2,0"), ("2024-08-31", "1,8"), ("2024", "1,5"),
    ]  # fmt: skip


def card(tiny, slug: str, at: str = "bokslut-2024"):
    lines = selectors.indicator_lines(tiny.here(at=at))
    return next(line.card for line in lines if line.card.slug == slug)


def test_the_latest_figure_stands_with_its_period_when_it_is_old(tiny):
    old, new = card(tiny, "foretag"), card(tiny, "sjukfranvaro")
    assert (old.latest.number, old.latest_period) == (807, "2023")
    assert (new.latest.number, new.latest_period) == (Decimal("1.5"), "")
    assert old.points == (Decimal(807), None)


@pytest.mark.parametrize(
    ("slug", "state"),
    [("sjukfranvaro", GoalState.MET), ("budgetavvikelse", GoalState.MISSED), ("foretag", GoalState.NONE)],
)
def test_a_light_is_weighed_by_the_core(tiny, slug, state):
    assert card(tiny, slug).light.state is state


def parts_only(tiny, pen) -> None:
    """Tell only women and men of an indicator that has no whole."""
    indicator, at = tiny.indicators["utan-varden"], tiny.dates["bokslut-2024"]
    for part, raw in (("kvinnor", "40"), ("man", "70")):
        pen.create(
            IndicatorValue, indicator=indicator, breakdown=tiny.breakdowns[part], period="2024", reporting_date=at,
            raw=raw, number=Decimal(raw), decimals=0,
        )  # fmt: skip
    pen.create(
        IndicatorTarget, indicator=indicator, breakdown=tiny.breakdowns["totalt"], period="2024", reporting_date=at,
        raw="Högst 60",
    )  # fmt: skip


def test_parts_without_a_whole_are_weighed_one_by_one(tiny):
    with recording(tiny.actor("kim"), why="Delar") as pen:
        parts_only(tiny, pen)
    found = card(tiny, "utan-varden")
    assert [(name, value.number) for name, value in found.parts] == [("Kvinnor", 40), ("Män", 70)]
    assert isinstance(found.latest, Missing)
    assert found.light.state is GoalState.PARTLY
    assert "Kvinnor: Utfallet 40 uppfyller" in found.light.reason
    assert "Män: Utfallet 70 uppfyller inte" in found.light.reason


def test_indicators_that_hang_under_an_area_are_shown_and_not_assessed(tiny):
    unit, at = tiny.units["kommunstyrelsen"], tiny.dates["bokslut-2024"]
    with recording(tiny.actor("kim"), why="Som 2018") as pen:
        area = pen.create(Goal, model=tiny.models["2023"], slug="p", name="Personal", level="area", unit=unit, order=99)
        pen.create(IndicatorUse, indicator=tiny.indicators["foretag"], goal=area, label="Företag")
    *_, node = selectors.chain_at(tiny.here()).areas
    assert (node.name, [one.label for one in node.indicators]) == ("Personal", ["Företag"])
    assert "Personal" not in {row.label for row in selectors.goal_state_table(tiny.reader, unit, at).rows}
    assert tables(tiny)[-1].title == "Indikatorer per område"


def test_the_council_sees_every_goal(tiny):
    tiny.units["kommunstyrelsen"].kind = "council"
    assert (
        len(selectors.goal_state_table(tiny.reader, tiny.units["kommunstyrelsen"], tiny.dates["bokslut-2024"]).rows)
        == 4
    )
