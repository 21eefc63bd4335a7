"""Who owes an action plan at a date, plans that only the unit sees until they are proposed, and balance by year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.web.followup.conftest import AUGUST, thousandfold
from tests.web.followup.test_forecasts import give
from tests.web.ledger.conftest import entry
from uppsikt.core.errors import UseError
from uppsikt.core.quantities import KR, Missing, Quantity
from uppsikt.web.followup.models import ActionPlan, ForecastLimit, MeasureEffect
from uppsikt.web.followup.selectors.plans import plan_page, plans_page, proposed_deficit, seen_of
from uppsikt.web.followup.services import (
    MeasureText,
    PlanText,
    measure_delete,
    measure_save,
    plan_create,
    plan_save,
)
from uppsikt.web.history.services import EditConflictError, recording
from uppsikt.web.organisation.gate import Actor, NotAllowedError, reach

DEFICITS = {2024: Decimal(1_500_000), 2025: Decimal(1_500_000), 2026: Decimal(1_500_000)}


def deficit(books, costs: int):
    """Let klf forecast costs against its budget of 1 800 000."""
    return give(books, unit="klf", costs=costs, comment="Hyror.")


def make(books, who="charlie", **text):
    actor, place = books.actor(who), (books.units["klf"], books.dates[AUGUST])
    return plan_create(actor, *place, PlanText("Hyrorna ökar.", DEFICITS, **text))


def measure(books, plan, effects, text="Säg upp lokal", stored=None, seen=0):
    told = {year: (Decimal(planned), realised) for year, (planned, realised) in effects.items()}
    return measure_save(
        books.actor("charlie"), plan, stored, MeasureText(text, "Chefen", "Tertial 2", "ongoing", told), seen=seen
    )


@pytest.mark.parametrize(("costs", "owes"), [(2_800_000, False), (2_800_001, True)])
def test_more_than_a_million_and_a_per_cent_owes_a_plan(books, costs, owes):
    deficit(books, costs)
    (klf,) = plans_page(books.here("klf", AUGUST)).judged
    assert (klf.line.unit.slug, klf.owes, klf.plan) == ("klf", owes, None)


def test_without_a_forecast_nobody_can_say(books):
    page = plans_page(books.here("kommunstyrelsen", AUGUST))
    assert [(one.line.unit.slug, one.owes) for one in page.judged] == [("kommunstyrelsen", None), ("klf", None)]
    assert "1 %" in page.rule.source


def test_at_the_years_end_the_outcome_is_judged(whole, put):
    put(thousandfold([entry(202412, "10", 1_100)]), "Rättning")
    (klf,) = plans_page(whole.here("klf", "bokslut-2024")).judged
    assert (klf.owes, klf.told) == (True, Quantity(Decimal(2_960_000), KR))


def test_a_municipality_has_its_own_rule_as_data(books):
    with recording(Actor(books.municipality.pk, "Inläsning"), why="Reglementet") as pen:
        pen.create(
            ForecastLimit, municipality=books.municipality, kind="action_plan", valid_from="2024-01-01",
            percent=Decimal("0.5"), amount=Decimal(100_000), both=True, source="Eget reglemente § 9",
        )  # fmt: skip
    deficit(books, 1_900_001)
    page = plans_page(books.here("klf", AUGUST))
    assert (page.rule.source, page.judged[0].owes) == ("Eget reglemente § 9", True)


def test_a_plan_begins_with_the_deficit_that_the_forecast_tells(books):
    deficit(books, 3_300_000)
    here = books.here("klf", AUGUST)
    assert proposed_deficit(here, books.units["klf"]) == 1_500_000
    assert proposed_deficit(here, books.units["hr-staben"]) is None


def test_a_draft_is_for_the_unit_and_a_proposed_plan_for_everybody(books):
    plan = make(books)
    assert not reach(books.reader, ActionPlan).exists()
    plan_save(
        books.actor("charlie"), plan, PlanText("Hyrorna ökar.", DEFICITS, "proposed"),
        seen=seen_of(books.actor("charlie"), plan), why="Klar att läsas",
    )  # fmt: skip
    assert reach(books.reader, ActionPlan).get() == plan
    assert plans_page(books.here("kommunstyrelsen", AUGUST)).plans[0].plan == plan


def test_balance_comes_in_the_first_year_that_the_effects_are_enough(books):
    plan = make(books, state="proposed")
    measure(books, plan, {2024: (300_000, Decimal(200_000)), 2025: (900_000, None), 2026: (900_000, None)})
    page = plan_page(books.here("klf", AUGUST), plan.pk)
    assert isinstance(page.balanced, Missing)
    assert [one.left.number for one in page.years] == [1_300_000, 600_000, 600_000]
    measure(books, plan, {2026: (600_000, None)}, "Färre konsulter")
    page = plan_page(books.here("klf", AUGUST), plan.pk)
    assert (page.balance_year, page.years[0].realised) == (2026, Quantity(Decimal(200_000), KR))
    assert page.measures[1].effects[:2] == (None, None)


def test_two_who_change_a_measure_are_kept_apart_also_in_its_effects(books):
    plan = make(books)
    stored = measure(books, plan, {2024: (1, None)})
    seen = seen_of(books.actor("charlie"), stored)
    measure(books, plan, {2024: (2, None)}, stored=stored, seen=seen)
    with pytest.raises(EditConflictError):
        measure(books, plan, {2024: (3, None)}, stored=stored, seen=seen)


def test_a_measure_is_taken_away_with_its_effects_and_a_reason(books):
    plan = make(books)
    stored = measure(books, plan, {2024: (1, None)})
    with pytest.raises(UseError, match="varför"):
        measure_delete(books.actor("charlie"), stored, "")
    measure_delete(books.actor("charlie"), stored, "Gick inte att genomföra")
    assert not reach(books.actor("charlie"), MeasureEffect).exists()


def test_there_is_one_plan_for_a_unit_at_a_date_and_not_for_anybody_to_write(books):
    make(books)
    with pytest.raises(UseError, match="redan"):
        make(books)
    with pytest.raises(NotAllowedError):
        make(books, "siri")
