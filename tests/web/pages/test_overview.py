"""The overview: goals, money, findings, indicators, work, chain."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import Tiny
from uppsikt.core.quantities import Quantity
from uppsikt.core.states import GoalState, WorkState
from uppsikt.web.economy.models import Figure, Statement, StatementColumn, StatementRow
from uppsikt.web.history.services import recording
from uppsikt.web.pages.overviewing import overview_at

HERE = "/kommunstyrelsen/bokslut-2024/"


def test_goals_are_counted_by_state(tiny: Tiny) -> None:
    page = overview_at(tiny.here())
    assert len(page.goals) == 3
    assert page.met == 1
    assert page.states == {GoalState.MET: 1, GoalState.PARTLY: 1, GoalState.MISSED: 0, GoalState.NONE: 1}


def test_the_page_shows_what_a_director_asks_first(tiny: Tiny, client: Client) -> None:
    html = client.get(HERE).content.decode()
    assert "1 av 3 uppnådda" in html
    assert "+8\u00a0000\u00a0tkr" in html
    assert "76\u00a0900 av 84\u00a0900\u00a0tkr" in html
    assert "Överskott" in html
    assert 'aria-label="Genomförd 2, Pågår 1, Kvarstår 1, Utgår 1"' in html
    assert "Goda arbetsplatser" in html


def test_at_an_interim_date_the_goals_are_forecasts(tiny: Tiny, client: Client) -> None:
    html = client.get("/kommunstyrelsen/delar-augusti-2024/").content.decode()
    assert "1 av 3 väntas uppnås" in html
    assert "Inget driftsammandrag" in html


def test_the_indicators_that_changed_most_come_first(tiny: Tiny) -> None:
    (changed,) = overview_at(tiny.here()).changed  # budgetavvikelse stood still, foretag has no figure
    assert changed.card.slug == "sjukfranvaro"
    assert changed.change.number == Decimal("-0.5")
    assert not changed.rises


def test_work_is_counted(tiny: Tiny) -> None:
    page = overview_at(tiny.here())
    assert page.assignments == {WorkState.DONE: 1, WorkState.ONGOING: 1, WorkState.REMAINS: 1}
    assert sum(page.activities.values()) == 5


def test_a_report_tells_its_change_since_the_report_before_in_the_year(tiny: Tiny, client: Client) -> None:
    at = tiny.dates["delar-augusti-2024"]
    with recording(tiny.reader, why="prognosen i augusti") as pen:
        statement = pen.create(
            Statement, unit=tiny.units["kommunstyrelsen"], reporting_date=at, kind="forecast", key="forecast-1",
            title="Prognos", money_unit="mnkr", sign="net_cost",
        )  # fmt: skip
        row = pen.create(StatementRow, statement=statement, key="summa", label="Summa", role="sum", order=0)
        for order, (role, figure) in enumerate((("forecast", "78.9"), ("budget", "84.9"), ("deviation", "6.0"))):
            column = pen.create(
                StatementColumn,
                statement=statement,
                key=f"{role}-2024",
                label=role,
                role=role,
                period="2024",
                order=order,
            )
            pen.create(Figure, row=row, column=column, raw=figure, number=Decimal(figure), decimals=1)
    money = overview_at(tiny.here()).money
    assert money is not None
    assert money.before == at
    assert isinstance(money.since, Quantity)
    assert money.since.number == 2000  # 8 000 tkr now, 6,0 mnkr then: told in the unit of now
    assert "bättre än i Delår augusti 2024" in client.get(HERE).content.decode()
    assert "Prognos mot budget" in client.get("/kommunstyrelsen/delar-augusti-2024/").content.decode()


def test_a_unit_without_goals_shows_those_it_contributes_to(tiny: Tiny, client: Client) -> None:
    html = client.get("/hr-staben/bokslut-2024/").content.decode()
    assert "Mål som enheten bidrar till" in html
    assert "1 av 1 uppnådda" in html
    assert "−1\u00a0100\u00a0tkr" in html
    assert "Underskott" in html


def test_a_unit_with_nothing_says_so(tiny: Tiny, client: Client) -> None:
    html = client.get("/bildningsnamnden/bokslut-2023/").content.decode()
    assert "Inget att visa här" in html
    assert "Bildningsnämnden i Bokslut 2023" in html


def test_what_does_not_add_up_is_shown_before_the_decision(tiny: Tiny, client: Client) -> None:
    assert "Rapportens tabeller går ihop" in client.get(HERE).content.decode()
    figure = Figure._default_manager.get(row__key="hr-staben", column__key="outcome-2024")
    with recording(tiny.actor("kim"), why="ett fel") as pen:
        pen.update(figure, raw="15200", number=Decimal(15200))
    html = client.get(HERE).content.decode()
    assert "Rapportens tabeller går ihop" not in html
    assert f"{HERE}rapporter/" in html
    assert 'class="note small"' in html


@pytest.mark.parametrize("unit", ["kommunstyrelsen", "klf", "ekonomistaben"])
def test_the_overview_asks_a_bounded_number_of_questions(
    tiny: Tiny, client: Client, unit: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(80):
        client.get(f"/{unit}/bokslut-2024/")  # the report is built and checked
    with django_assert_max_num_queries(45):
        client.get(f"/{unit}/bokslut-2024/")  # it is kept until something is written
