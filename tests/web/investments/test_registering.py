"""A project is registered, changed and taken away by those who may, with every fault told at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from uppsikt.core.economy.investments import Scope
from uppsikt.core.errors import UseError
from uppsikt.web.economy.models import InvestmentProject
from uppsikt.web.history.models import Change
from uppsikt.web.history.services import EditConflictError
from uppsikt.web.investments import selectors, services
from uppsikt.web.investments.models import ProjectCode, ProjectDecision, ProjectFacts
from uppsikt.web.investments.services import ProjectFaultsError, ProjectTold
from uppsikt.web.ledger.models import LedgerCode
from uppsikt.web.organisation.gate import NotAllowedError

PAGES = "/kommunstyrelsen/bokslut-2024/investeringar/projekt/"


def told(built, **more) -> ProjectTold:
    given = {"name": "Ny bro över ån", "unit": built.hall.unit, "scope": Scope.OUTSIDE, "why": "Beslut i fullmäktige"}
    return ProjectTold(**(given | more))


def seen_of(built) -> int:
    change = selectors.last_change_of(built.tiny.actor("kim"), built.hall)
    return change.pk if change else 0


def test_a_project_is_registered_with_its_facts_codes_and_a_history(built):
    here = built.tiny.here(who="kim")
    made = services.project_register(
        here, told(built, codes=("7002",), are_new=True, started=date(2024, 3, 1), responsible=built.tiny.units["klf"])
    )
    assert made.slug == "ny-bro-over-an"
    facts = ProjectFacts._default_manager.get(project=made)
    assert (facts.scope, facts.started, facts.responsible.slug) == ("outside", date(2024, 3, 1), "klf")
    assert LedgerCode._default_manager.get(part="project", code="7002").name == "Ny bro över ån"
    whys = Change._default_manager.filter(model="economy.investmentproject", object_id=made.pk)
    assert [(one.verb, one.why) for one in whys] == [("created", "Beslut i fullmäktige")]
    page = selectors.projects_page(here)
    assert [one.project for one in page.undecided] == [made]


def test_two_projects_of_the_same_name_in_two_committees_have_addresses_of_their_own(built):
    here = built.tiny.here(who="kim")
    first = services.project_register(here, told(built, name="Nytt"))
    other = InvestmentProject(unit=built.tiny.units["bildningsnamnden"], name="Nytt", slug="x")
    assert first.slug == "nytt-2"  # the word of the page where a project is registered is no project's
    assert other.name == first.name


def test_every_fault_is_told_at_once_and_nothing_is_written(built):
    faulty = told(built, name="simhallen", why=" ", codes=("70 01", "7001"), earlier_expenditure=Decimal(1))
    with pytest.raises(ProjectFaultsError) as caught:
        services.project_register(built.tiny.here(who="kim"), faulty)
    assert set(caught.value.faults) == {"name", "why", "codes", "earlier_until"}
    assert InvestmentProject._default_manager.count() == 1


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"codes": ("7001",)}, "codes", "hör redan till Simhallen"),
        ({"codes": ("7O01",)}, "codes", "Menar du 7001"),
        ({"codes": ("9",)}, "codes", "kryssa i rutan"),
        ({"is_yearly": True, "earlier_until": 2022}, "earlier_until", "börjar om varje år"),
        ({"started": date(2023, 1, 1), "earlier_until": 2022}, "earlier_until", "före projektets början"),
    ],
)
def test_what_cannot_be_is_said_where_it_belongs(built, more, field, words):
    with pytest.raises(ProjectFaultsError) as caught:
        services.project_register(built.tiny.here(who="kim"), told(built, **more))
    assert words in caught.value.faults[field]


@pytest.mark.parametrize("who", ["", "charlie"])
def test_only_those_who_register_decisions_register_projects(built, who):
    here = built.tiny.here(who=who)
    for write in (
        lambda: services.project_register(here, told(built)),
        lambda: services.project_change(here, built.hall, told(built)),
        lambda: services.project_remove(here, built.hall, "Fel"),
    ):
        with pytest.raises(NotAllowedError):
            write()


def test_a_code_moves_from_one_project_to_another_and_the_outcome_with_it(built):
    built.book()
    here = built.tiny.here(who="kim")
    services.project_change(here, built.hall, told(built, name="Simhallen", seen=seen_of(built)))
    made = services.project_register(here, told(built, codes=("7001",), started=date(2023, 1, 1)))
    standing = selectors.project_page(here, made.slug).told.standing
    assert standing.accumulated.number == 700_000
    assert selectors.project_page(here, "simhallen").told.standing.outcome.text == "ingen projektkod"


def test_who_saw_an_older_state_is_told_also_when_only_a_code_has_changed(built):
    here, seen = built.tiny.here(who="kim"), seen_of(built)
    services.project_change(here, built.hall, told(built, name="Simhallen", seen=seen))  # takes the code away
    with pytest.raises(EditConflictError):
        services.project_change(here, built.hall, told(built, name="Badhuset", seen=seen))


def test_a_project_that_started_after_it_was_finished_is_refused(built):
    here = built.tiny.here(who="kim")
    services.project_finish(here, built.hall, date(2024, 6, 1), "Klart", selectors.project_page(here, "simhallen").seen)
    with pytest.raises(ProjectFaultsError, match="blev färdigt"):
        services.project_change(
            here, built.hall, told(built, name="Simhallen", started=date(2024, 6, 2), seen=seen_of(built))
        )


def test_only_a_project_that_nothing_hangs_on_is_taken_away(built):
    here = built.tiny.here(who="siri")
    with pytest.raises(UseError, match="kan inte tas bort"):
        services.project_remove(here, built.hall, "Fel")
    made = services.project_register(here, told(built, codes=("7003",), are_new=True))
    assert selectors.project_page(here, made.slug).may_drop
    services.project_remove(here, made, "Lades in två gånger")
    assert not ProjectCode._default_manager.filter(code="7003").exists()
    assert Change._default_manager.filter(verb="deleted", why="Lades in två gånger").count() == 3


def test_the_form_keeps_what_was_typed_and_the_page_follows(built, signed_in):
    kim = signed_in("kim")
    sent = {"name": "Ny bro", "unit": built.hall.unit.pk, "scope": "within", "codes": "7001; 7009", "seen": "0"}
    refused = kim.post(PAGES + "nytt/", sent)
    html = refused.content.decode()
    assert refused.status_code == 400
    assert 'value="7001; 7009"' in html
    assert "Skriv varför" in html
    sent |= {"codes": "7008, 7009", "are_new": "on", "why": "Beslut", "earlier_until": "2022", "earlier_receipts": "10"}
    answer = kim.post(PAGES + "nytt/", sent)
    assert answer.url == PAGES + "ny-bro/"
    assert "Inget beslut är inlagt" in kim.get(answer.url).content.decode()
    edit = kim.get(PAGES + "ny-bro/uppgifter/").content.decode()
    assert 'value="7008, 7009"' in edit
    assert 'value="10"' in edit
    stale = kim.post(PAGES + "ny-bro/uppgifter/", {**sent, "name": "Annan bro"})
    assert stale.status_code == 409
    assert "Annan bro" in stale.content.decode()
    assert kim.post(PAGES + "ny-bro/bort/", {"why": "Fel"}).url == PAGES


@pytest.mark.parametrize("address", ["nytt/", "simhallen/uppgifter/", "simhallen/bort/"])
def test_a_reader_may_not_open_the_forms(built, client, address):
    assert client.get(PAGES + address).status_code == 403


def test_a_decided_project_has_no_way_out_of_the_tables(built, signed_in):
    html = signed_in("kim").get(PAGES + "simhallen/").content.decode()
    assert "Ändra uppgifter" in html
    assert "Ta bort projektet" not in html
    assert ProjectDecision._default_manager.filter(project=built.hall).exists()
