"""What awaits a reader who reports: on the overview of their unit, and only for them."""

from __future__ import annotations

from django.test import Client

from tests.web.conftest import Tiny
from tests.web.followup.conftest import AUGUST, books, whole  # noqa: F401  # fixtures
from tests.web.followup.test_forecasts import give
from tests.web.followup.test_plans import make
from tests.web.ledger.conftest import codes, home, put  # noqa: F401  # fixtures
from uppsikt.web.cycle.here import Here
from uppsikt.web.pages.overviewing import overview_at


def told(here: Here) -> list[tuple[str, str]]:
    return [(one.unit, one.text) for one in overview_at(here).duties]


NOT_GIVEN, MISSING_PLAN = "prognosen är inte lämnad", "en åtgärdsplan krävs och saknas"


def test_a_head_is_told_which_forecasts_are_awaited_and_led_there(books: Tiny, client: Client) -> None:  # noqa: F811  # a fixture
    here = books.here("klf", AUGUST, who="charlie")
    assert [one for one in told(here) if one[1] == NOT_GIVEN] == [
        ("Ekonomistaben", NOT_GIVEN), ("HR-staben", NOT_GIVEN),
    ]  # fmt: skip
    first = overview_at(here).duties[0]
    client.force_login(books.people["charlie"])
    assert first.url in client.get(f"/klf/{AUGUST}/").content.decode()
    assert client.get(first.url).status_code == 200


def test_nobody_else_is_asked(books: Tiny, client: Client) -> None:  # noqa: F811  # a fixture
    assert overview_at(books.here("klf", AUGUST)).duties == ()
    assert overview_at(books.here("klf", AUGUST, who="siri")).duties == ()
    assert "Väntar på dig" not in client.get(f"/klf/{AUGUST}/").content.decode()


def test_what_is_given_is_no_longer_asked_for(books: Tiny) -> None:  # noqa: F811  # a fixture
    give(books, unit="klf", costs=1_800_000)
    assert not [one for one in told(books.here("klf", AUGUST, who="charlie")) if one[1] == NOT_GIVEN]


def test_a_plan_that_is_owed_is_asked_for_until_it_is_made(books: Tiny) -> None:  # noqa: F811  # a fixture
    give(books, unit="klf", costs=2_900_000, comment="Hyror.")
    here = books.here("klf", AUGUST, who="charlie")
    name = books.units["klf"].name
    assert (name, MISSING_PLAN) in told(here)
    make(books)
    assert (name, MISSING_PLAN) not in told(here)


def test_at_year_end_no_forecast_is_asked_for(whole: Tiny) -> None:  # noqa: F811  # a fixture
    assert not [one for one in told(whole.here("klf", who="charlie")) if one[1] == NOT_GIVEN]


def test_goals_that_nobody_has_judged_are_counted(tiny: Tiny) -> None:
    assert "1 mål är inte bedömt" in [text for _unit, text in told(tiny.here(who="kim"))]
