"""What belongs to others, named in a form that is one's own to send: hidden fields, cells of a grid, addresses."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from tests.web.doors.conftest import SECRET
from tests.web.hostile.conftest import Town
from tests.web.hostile.test_forms import state, told_by
from uppsikt.web.budget.models import BudgetLine, BudgetUnit
from uppsikt.web.budget.services import lines
from uppsikt.web.economy.models import InvestmentProject
from uppsikt.web.followup.models import ActionPlan, PlanMeasure
from uppsikt.web.history.services import recording
from uppsikt.web.investments.models import InvestmentFrame
from uppsikt.web.review import services as reviews
from uppsikt.web.staff.models import Reception

ZEROS = {**{f"r%s-{month}": "5" for month in range(12)}, "b%s": ";".join(["0"] * 12)}


def grid(key: int, cells: int = 12, base: str = "0") -> dict[str, str]:
    """Give a row of a grid as a browser sends it."""
    return {"why": "Prov", f"b{key}": ";".join([base] * cells), **{f"r{key}-{at}": "5" for at in range(cells)}}


def refused(town: Town, answer: HttpResponse, before: dict[str, int], *statuses: int) -> None:
    assert answer.status_code in statuses, (answer.status_code, told_by(answer)[:500])
    assert state(town) == before


def test_a_line_of_another_unit_is_not_changed_through_ones_own_grid(town: Town) -> None:
    before = state(town)
    line = town.things["lines"][0]
    body = {**grid(line.pk), f"b{line.pk}": ";".join(map(str, line.months))}
    refused(town, town.client("hanna").post(town.url("budget_grid", of="hr-staben"), body), before, 400, 403)
    form = {"label": "Mitt", "account": "5011", "amount": "1", "profile": "twelfths", "why": "Prov", "seen": "0"}
    refused(town, town.client("hanna").post(town.url("budget_line", line=line.pk), form), before, 403)
    refused(
        town, town.client("hanna").post(town.url("budget_line", line=line.pk), {"delete": "1", "why": "x"}), before, 403
    )


def test_money_is_not_moved_from_another_unit(town: Town) -> None:
    before = state(town)
    own = BudgetLine._default_manager.get(version=town.things["version"], unit=town.tiny.units["hr-staben"])
    body = {"giver": town.things["lines"][0].pk, "receiver": own.pk, "amount": "5", "first_month": "2", "why": "Prov"}
    refused(town, town.client("hanna").post(town.url("budget_moves"), body), before, 200)


@pytest.mark.parametrize("kind", ["manader", "ar", "tilldelning"])
def test_a_committee_gives_nothing_to_the_units_of_another(town: Town, kind: str) -> None:
    """Being given money is also to be let in: nobody must be able to put another's unit into a budget."""
    before, version = state(town), town.things["others_version"]
    theirs = town.tiny.units["kommunstyrelsen"].pk if kind == "tilldelning" else town.things["lines"][0].pk
    cells = 12 if kind == "manader" else 4
    url = f"/bildningsnamnden/bokslut-2024/budget/{version.pk}/rutnat/{kind}/bildningsnamnden/"
    refused(town, town.client("berit").post(url, grid(theirs, cells, "" if cells == 4 else "0")), before, 400)
    assert not BudgetUnit._default_manager.filter(version=version, unit=town.tiny.units["kommunstyrelsen"]).exists()


def test_a_line_of_one_budget_is_not_reached_through_another(town: Town) -> None:
    before, version = state(town), town.things["others_version"]
    line = town.things["lines"][0].pk
    url = f"/bildningsnamnden/bokslut-2024/budget/{version.pk}/rad/{line}/"
    for answer in (town.client("berit").get(url), town.client("berit").post(url, {"delete": "1", "why": "Prov"})):
        refused(town, answer, before, 404)
        assert SECRET not in told_by(answer)


def test_a_measure_of_one_plan_is_not_reached_through_another(town: Town) -> None:
    at = town.tiny.dates["bokslut-2024"]
    with recording(town.tiny.actor("kim"), "Prov") as pen:
        own = pen.create(ActionPlan, unit=town.tiny.units["hr-staben"], reporting_date=at, analysis="Egen")
    before = state(town)
    theirs = PlanMeasure._default_manager.exclude(plan=own).get()
    for name in ("plan_measure_edit", "plan_measure_delete"):
        url = town.url(name, pk=own.pk, number=theirs.pk)
        for answer in (town.client("hanna").get(url), town.client("hanna").post(url, {"why": "Prov", "text": "Mitt"})):
            refused(town, answer, before, 404)
            assert SECRET not in told_by(answer)


def test_a_row_of_another_unit_or_date_or_project_is_not_found(town: Town) -> None:
    bildning = town.tiny.units["bildningsnamnden"]
    with recording(town.tiny.actor("kim"), "Prov") as pen:
        reception = pen.create(Reception, unit=bildning, reporting_date=town.tiny.dates["bokslut-2024"], part="Skola")
        frame = pen.create(InvestmentFrame, unit=bildning, year=2024, amount=5)
        pen.create(InvestmentProject, unit=bildning, slug="skolan", name="Skolan")
    before, kim = state(town), town.client("kim")
    decided = town.keys["investment_project_remove"]["pk"]
    ways = [
        town.url("reception_edit", pk=reception.pk), town.url("investment_frame_remove", pk=frame.pk),
        town.url("investment_project_remove", slug="skolan", pk=decided),
    ]  # fmt: skip
    for url in ways:
        answer = kim.post(url, {"why": "Prov", "part": "Min", "seen": "0"})
        refused(town, answer, before, 404)
        assert "matches the given query" not in told_by(answer)


def test_a_document_of_another_unit_is_neither_followed_nor_compared_nor_told_of(town: Town) -> None:
    with_role = town.tiny.actor("kim")
    hidden = reviews.document_take(
        with_role, town.tiny.units["kommunstyrelsen"], "hemlig.pdf", [b"%PDF hemlig"]
    ).document
    before, hanna = state(town), town.client("hanna")
    here = town.url("reviewed", unit_slug="hr-staben")
    from django.core.files.uploadedfile import SimpleUploadedFile

    body = {"version_av": str(hidden.pk), "fil": SimpleUploadedFile("min.txt", b"Resultatet blev 5 mnkr.")}
    answer = hanna.post(here, body)
    refused(town, answer, before, 404)
    unknown = hanna.post(here, {**body, "version_av": "999999", "fil": SimpleUploadedFile("min.txt", b"5 mnkr.")})
    assert told_by(answer) == told_by(unknown)
    for name in ("review", "review_reading", "review_changes", "review_page", "review_file", "review_progress"):
        assert hanna.get(town.url(name, pk=hidden.pk, unit_slug="hr-staben")).status_code == 404
    assert "hemlig" not in told_by(hanna.get(here))


@pytest.mark.parametrize("who", ["", "hanna", "berit", "olle"])
def test_what_one_may_not_see_and_what_does_not_exist_are_told_alike(town: Town, who: str) -> None:
    """A draft that is there must not be told from one that is not, by status or by words."""
    client = town.client(who)
    hidden = {
        "budget": ("berit", "", "olle"),
        "action_plan": ("berit", "", "olle", "hanna"),
        "review": ("berit", "", "olle"),
    }
    for name, whom in hidden.items():
        if who in whom:
            there, nowhere = client.get(town.url(name)), client.get(town.url(name, pk=987_654))
            own = str(town.keys[name]["pk"])
            assert (there.status_code, nowhere.status_code) == (404, 404), name
            assert told_by(there).replace(f"/{own}/", "/x/") == told_by(nowhere).replace("/987654/", "/x/"), name


def test_a_role_that_has_ended_ends_at_once(town: Town) -> None:
    hanna = town.client("hanna")
    assert hanna.get(town.url("budget")).status_code == 200
    town.tiny.people["hanna"].memberships.all().delete()
    assert hanna.get(town.url("budget")).status_code == 404
    town.tiny.people["charlie"].is_active = False
    charlie = town.client("charlie")
    town.tiny.people["charlie"].save()
    before = state(town)
    assert charlie.post(town.url("cell_comment_delete"), {"why": "Prov"}).status_code == 403
    assert state(town) == before


def test_a_closed_unit_gets_no_lines(town: Town) -> None:
    kim = town.tiny.actor("kim")
    wanted = lines.LineWanted("Ny", "5011", 5)
    before = state(town)
    from uppsikt.core.errors import UseError

    with pytest.raises(UseError, match="hör inte till"):
        lines.line_add(
            kim, town.things["version"], lines.Place(town.tiny.units["personalstaben"], 2024), wanted, "Prov"
        )
    assert state(town) == before
