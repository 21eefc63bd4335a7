"""The history of a thing, in words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from tests.web.conftest import Tiny
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.models import Membership
from uppsikt.web.pages.telling import INNER, _label, told_changes
from uppsikt.web.steering.models import Assessment, IndicatorValue

HERE = "/kommunstyrelsen/bokslut-2024/"


def test_a_changed_value_is_told_with_its_field_and_swedish_figures(tiny: Tiny) -> None:
    value = IndicatorValue._default_manager.get(indicator__slug="sjukfranvaro", period="2023", raw="2,0")
    with recording(tiny.actor("kim"), why="Rättad efter avstämning") as pen:
        pen.update(value, raw="12 345,5", number=Decimal("12345.5"), decimals=1)
    told = told_changes(tiny.reader, value)[0]
    assert [(step.field, step.before, step.after) for step in told.steps] == [
        ("Som skrivet", "2,0", "12 345,5"),
        ("Tal", "2", "12\u00a0345,5"),
    ]
    assert told.change.who_name == "Kim Controller"
    assert told.change.why == "Rättad efter avstämning"


def test_states_and_related_things_are_told_by_name(tiny: Tiny) -> None:
    judged = Assessment._default_manager.get(
        goal=tiny.goals["arbetsplatser"], reporting_date=tiny.dates["bokslut-2024"]
    )
    with recording(tiny.actor("charlie"), why="Ny bedömning") as pen:
        pen.update(judged, state="partly")
    newest, made = told_changes(tiny.reader, judged)
    assert [(step.before, step.after) for step in newest.steps] == [("Uppnått", "Delvis uppnått")]
    assert ("Mål", "", "Goda arbetsplatser") in [(step.field, step.before, step.after) for step in made.steps]


def test_every_field_that_a_reader_can_meet_has_a_swedish_name() -> None:
    english = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if hasattr(model, "SCOPE") and not model._meta.label.startswith(("history.", "demo."))
        for field in model._meta.concrete_fields
        if field.name not in INNER and _label(field).lower() == field.name.replace("_", " ")
    ]
    assert {name.split(".")[-1] for name in english} <= {"period", "text", "version"}  # the same in both languages


def test_the_page_tells_who_when_and_why(tiny: Tiny, client: Client) -> None:
    goal = tiny.goals["ledarskap"]
    with recording(tiny.actor("kim"), why="Tydligare namn") as pen:
        pen.update(goal, name="Ledarskap <i>")
    html = client.get(f"{HERE}historik/steering.goal/{goal.pk}/").content.decode()
    for words in (
        "Kim Controller",
        "Ändrades: Tydligare namn",
        "Hållbart ledarskap",
        "Ledarskap &lt;i&gt;",
        "Skapades",
    ):
        assert words in html


def test_the_number_of_questions_does_not_grow_with_the_history(
    tiny: Tiny, client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    goal = tiny.goals["ledarskap"]
    for number in range(12):
        with recording(tiny.actor("kim"), why="ännu en gång") as pen:
            pen.update(goal, name=f"Namn {number}")
    with django_assert_max_num_queries(14):
        client.get(f"{HERE}historik/steering.goal/{goal.pk}/")


@pytest.mark.parametrize("path", ["auth.user/1", "organisation.user/1", "finns.inte/1", "steering.goal/987654", "x/1"])
def test_what_has_no_history_is_a_404(tiny: Tiny, client: Client, path: str) -> None:
    assert client.get(f"{HERE}historik/{path}/").status_code == 404


def test_who_has_which_role_is_not_told_to_a_reader(tiny: Tiny, client: Client) -> None:
    role = Membership._default_manager.filter(user=tiny.people["kim"]).get()
    assert client.get(f"{HERE}historik/organisation.membership/{role.pk}/").status_code == 404
