"""Projects and frames: what the pages tell, what services refuse, and that nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from uppsikt.core.economy.investments import Giving, Scope
from uppsikt.core.errors import UseError
from uppsikt.core.quantities import KR, Missing, Quantity
from uppsikt.web.history.selectors import changes_of
from uppsikt.web.history.services import EditConflictError, recording
from uppsikt.web.investments import selectors, services
from uppsikt.web.investments.models import InvestmentFrame, ProjectCode, ProjectDecision, ProjectFacts, ProjectForecast
from uppsikt.web.investments.services import Deciding, Forecasting
from uppsikt.web.organisation.gate import NotAllowedError

KS = "/kommunstyrelsen/bokslut-2024/investeringar"
DAY = date(2024, 2, 6)


def tkr(amount: int | str) -> Quantity:
    return Quantity(Decimal(amount) * 1000, KR)


def deciding(kind: Giving, amount: int | str, **more) -> Deciding:
    given = {"year": 2024, "why": "Enligt protokollet", "decided_on": DAY, **more}
    return Deciding(kind=kind, expenditure=Decimal(amount) * 1000, **given)


def standing(built, at: str = "bokslut-2024"):
    return selectors.project_page(built.tiny.here(at=at), "simhallen").told.standing


def test_a_project_is_told_since_its_start_and_of_which_this_year(built):
    built.book()
    told = standing(built)
    assert (told.decided, told.accumulated, told.left) == (tkr(1000), tkr(700), tkr(300))
    assert (told.budget, told.outcome, told.deviation_of_year) == (tkr(600), tkr(400), tkr(200))


def test_an_earlier_date_knows_only_what_was_booked_then(built):
    built.book()
    told = standing(built, "delar-augusti-2024")
    assert told.outcome == tkr(400)
    before = standing(built, "bokslut-2023")
    assert (before.accumulated, before.budget) == (tkr(300), tkr(400))


def test_without_a_ledger_the_outcome_is_missing_and_not_zero(built):
    told = standing(built)
    assert "2024 är inte inläst" in told.outcome.text
    assert isinstance(told.accumulated, Missing)


def test_without_a_code_the_outcome_is_missing(built):
    built.book()
    with recording(built.tiny.actor("kim"), "Fel kod") as pen:
        pen.delete(ProjectCode._default_manager.get())
    assert standing(built).outcome.text == "ingen projektkod"


def test_a_year_that_the_ledger_lacks_makes_the_sum_missing_until_it_is_entered_by_hand(built):
    built.book()
    facts = ProjectFacts._default_manager.get()
    with recording(built.tiny.actor("kim"), "Projektet började tidigare") as pen:
        pen.update(facts, started=date(2021, 5, 1))
    assert standing(built).accumulated.text == "utfall för 2021 är inte inläst"
    with recording(built.tiny.actor("kim"), "Ur det gamla systemet") as pen:
        pen.update(facts, earlier_until=2022, earlier_expenditure=Decimal(90_000))
    assert standing(built).accumulated == tkr(790)


def test_a_finished_project_has_its_outcome_as_calculated_total(built):
    built.book()
    here = built.tiny.here(who="charlie")
    page = selectors.project_page(here, "simhallen")
    services.project_finish(here, built.hall, date(2024, 11, 30), "Slutbesiktigad", page.seen)
    told = standing(built)
    assert (told.calculated, told.deviation) == (tkr(700), tkr(300))
    listings = selectors.projects_page(here).listings
    assert [one.key for one in listings] == ["fardiga"]
    earlier = selectors.projects_page(built.tiny.here(at="delar-augusti-2024")).listings
    assert [one.key for one in earlier] == ["pagar"]
    seen = selectors.project_page(here, "simhallen").seen
    services.project_reopen(here, built.hall, "Garantiarbeten", seen)
    assert isinstance(standing(built).calculated, Missing)


@pytest.mark.parametrize("on", [date(2025, 1, 1), date(2022, 12, 31)])
def test_a_project_is_not_finished_after_the_date_or_before_its_start(built, on):
    with pytest.raises(UseError):
        services.project_finish(built.tiny.here(who="charlie"), built.hall, on, "Klart", 0)


def test_who_saw_an_older_state_is_told_of_the_newer(built):
    here = built.tiny.here(who="charlie")
    seen = selectors.project_page(here, "simhallen").seen
    services.project_finish(here, built.hall, date(2024, 11, 30), "Slutbesiktigad", seen)
    with pytest.raises(EditConflictError):
        services.project_reopen(here, built.hall, "Nej", seen)


@pytest.mark.parametrize(("amount", "fits"), [(99, True), (100, True), ("100.01", False)])
def test_up_to_what_is_unused_may_be_carried_over_and_no_more(built, amount, fits):
    built.book()
    here = built.tiny.here(who="kim")
    asked = deciding(Giving.CARRY_OVER, amount, from_year=2023)
    if fits:
        services.project_decide(here, built.hall, asked)
        told = standing(built)
        assert told.decided == tkr(1000)
        assert told.budget == tkr(600) + tkr(amount)
        return
    with pytest.raises(UseError, match="för mycket"):
        services.project_decide(here, built.hall, asked)
    assert ProjectDecision._default_manager.count() == 2


def test_what_is_carried_once_is_not_there_to_carry_again(built):
    built.book()
    here = built.tiny.here(who="kim")
    services.project_decide(here, built.hall, deciding(Giving.CARRY_OVER, 100, from_year=2023))
    with pytest.raises(UseError, match="för mycket"):
        services.project_decide(here, built.hall, deciding(Giving.CARRY_OVER, 1, from_year=2023))


def test_nothing_is_carried_from_a_year_whose_outcome_nobody_knows(built):
    with pytest.raises(UseError, match="inte inläst"):
        services.project_decide(built.tiny.here(who="kim"), built.hall, deciding(Giving.CARRY_OVER, 1, from_year=2023))


@pytest.mark.parametrize(
    ("more", "words"),
    [({"from_year": None}, "tidigare år"), ({"from_year": 2024}, "tidigare år"),
     ({"from_year": 2023, "decided_on": None}, "kräver ett beslut"), ({"from_year": 2023, "why": " "}, "varför")],
)  # fmt: skip
def test_a_carry_over_needs_a_year_a_decision_and_a_reason(built, more, words):
    built.book()
    with pytest.raises(UseError, match=words):
        services.project_decide(built.tiny.here(who="kim"), built.hall, deciding(Giving.CARRY_OVER, 1, **more))


@pytest.mark.parametrize(("amount", "fits"), [(100, True), ("100.01", False)])
def test_the_reserve_is_used_to_the_last_krona_and_the_frame_stays_as_large(built, amount, fits):
    here = built.tiny.here(who="kim")
    asked = deciding(Giving.RESERVE_USE, amount, purpose="Bastu")
    if not fits:
        with pytest.raises(UseError, match="för mycket"):
            services.project_decide(here, built.hall, asked)
        return
    made = services.project_decide(here, built.hall, asked)
    frame = selectors.frames_page(here).scopes[0].years[0].frame
    assert (frame.total, frame.reserve_left) == (tkr(700), tkr(0))
    assert standing(built).decided == tkr(1100)
    services.decision_remove(here, made, "Beslutet upphävdes")
    assert selectors.reserve_left(here, built.hall.unit, 2024) == tkr(100)
    assert InvestmentFrame._default_manager.filter(kind="reserve_use").count() == 0


def test_unused_frame_is_carried_to_the_next_year(built):
    built.book()
    here = built.tiny.here(who="siri")
    assert selectors.frame_left(here, here.unit, Scope.WITHIN, 2023) == tkr(100)
    services.frame_decide(here, here.unit, deciding(Giving.CARRY_OVER, 100, from_year=2023))
    now, before = selectors.frames_page(here).scopes[0].years
    assert (now.frame.carried_in, now.frame.total, now.left) == (tkr(100), tkr(800), tkr(400))
    assert (before.frame.carried_out, before.left) == (tkr(100), tkr(0))
    with pytest.raises(UseError, match="Kvar av ramen 2023 inom ram"):
        services.frame_decide(here, here.unit, deciding(Giving.CARRY_OVER, 1, from_year=2023))


def test_the_reserve_is_not_used_without_a_project(built):
    here = built.tiny.here(who="kim")
    with pytest.raises(UseError, match="projekt"):
        services.frame_decide(here, here.unit, deciding(Giving.RESERVE_USE, 1))


@pytest.mark.parametrize("who", ["", "charlie"])
def test_only_those_who_register_decisions_do(built, who):
    here = built.tiny.here(who=who)
    with pytest.raises(NotAllowedError):
        services.project_decide(here, built.hall, deciding(Giving.DECIDED, 1))
    with pytest.raises(NotAllowedError):
        services.frame_decide(here, here.unit, deciding(Giving.DECIDED, 1))


def test_a_proposal_counts_in_no_table(built):
    here = built.tiny.here(who="kim")
    services.project_decide(here, built.hall, deciding(Giving.ADDITION, 500, decided_on=None))
    services.frame_decide(here, here.unit, deciding(Giving.ADDITION, 500, decided_on=None))
    assert standing(built).decided == tkr(1000)
    page = selectors.frames_page(here)
    assert page.scopes[0].years[0].frame.total == tkr(700)
    assert len(page.proposals) == 1


def test_a_forecast_is_given_by_the_responsible_and_changed_with_a_history(built):
    built.book()
    here = built.tiny.here(who="charlie")
    first = Forecasting(Decimal(1_200_000), Decimal(50_000), date(2026, 6, 1), "Dyrare mark", "Första prognosen", 0)
    stored = services.forecast_save(here, built.hall, first)
    told = standing(built)
    assert (told.calculated, told.deviation) == (tkr(1150), tkr(-150))
    seen = changes_of(here.actor, stored)[0].pk
    services.forecast_save(here, built.hall, Forecasting(Decimal(900_000), Decimal(0), None, "", "Nytt anbud", seen))
    assert standing(built).deviation == tkr(100)
    assert changes_of(here.actor, stored).count() == 2


def test_a_forecast_tells_its_change_and_the_newest_counts(built):
    built.book()
    for at, amount in (("delar-augusti-2024", 1000), ("bokslut-2024", 1100)):
        here = built.tiny.here(at=at, who="kim")
        services.forecast_save(
            here, built.hall, Forecasting(Decimal(amount * 1000), Decimal(0), None, "", "Prognos", 0)
        )
    given = selectors.project_page(built.tiny.here(), "simhallen").forecasts
    newest = given[0]
    assert (newest.total, newest.change) == (tkr(1100), tkr(-100))


def test_a_finished_project_takes_no_forecast(built):
    here = built.tiny.here(who="kim")
    services.project_finish(
        here, built.hall, date(2024, 11, 30), "Klart", selectors.project_page(here, "simhallen").seen
    )
    with pytest.raises(UseError, match="färdigt"):
        services.forecast_save(here, built.hall, Forecasting(Decimal(1), Decimal(0), None, "", "Prognos", 0))


def page(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return re.sub("[ \n]+", " ", answer.content.decode())


@pytest.mark.parametrize("address", ["/", "/ram/", "/projekt/", "/projekt/simhallen/", "/simhallen/"])
@pytest.mark.parametrize("booked", [True, False])
def test_everybody_reads_every_page(built, client, address, booked):
    if booked:
        built.book()
    assert "<h1>" in page(client, KS + address)


@pytest.mark.parametrize(("address", "most"), [("/ram/", 40), ("/projekt/", 30), ("/projekt/simhallen/", 40)])
def test_a_page_asks_the_database_a_bounded_number_of_times(
    built, client, address, most, django_assert_max_num_queries
):
    built.book()
    with django_assert_max_num_queries(most):
        page(client, KS + address)


def test_an_outcome_leads_to_its_entries_which_add_up(built, client):
    built.book()
    html = page(client, f"{KS}/projekt/simhallen/")
    links = re.findall(r'href="([^"]*/redovisning/poster/[^"]*)"', html)
    assert links
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200
    assert "450" in page(client, next(one for one in links if "202401" in one).replace("&amp;", "&"))


def test_a_decided_project_without_money_this_year_is_told(built, client):
    with recording(built.tiny.actor("kim"), "Året saknar pengar") as pen:
        pen.delete(ProjectDecision._default_manager.get(year=2024))
    assert "Beslutade projekt utan pengar i år" in page(client, f"{KS}/projekt/")


def test_a_project_that_does_not_exist_is_told_in_swedish(built, client):
    assert "badhuset" in page(client, f"{KS}/projekt/badhuset/", 404)


def test_a_refused_form_keeps_what_was_typed_and_says_why(built, signed_in):
    built.book()
    kim = signed_in("kim")
    sent = {"kind": "carry_over", "year": "2024", "from_year": "2023", "expenditure": "500", "purpose": "Etapp två",
            "decided_on": "2024-02-06", "why": "Enligt protokollet"}  # fmt: skip
    answer = kim.post(f"{KS}/projekt/simhallen/beslut/", sent)
    html = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 400
    assert "Kvar av Simhallen 2023 är 100 000 kr" in html
    assert 'value="Etapp två"' in html
    assert kim.post(f"{KS}/projekt/simhallen/beslut/", {**sent, "expenditure": "100"}).status_code == 302
    assert ProjectDecision._default_manager.filter(kind="carry_over").count() == 1


def test_every_fault_of_a_form_is_told_at_once(built, signed_in):
    answer = signed_in("kim").post(f"{KS}/projekt/simhallen/beslut/", {"year": "2024", "expenditure": "mycket"})
    html = answer.content.decode()
    assert "Skriv ett belopp i tkr" in html
    assert "Skriv varför" in html


def test_a_forecast_begins_with_the_proposal_and_is_saved(built, signed_in):
    built.book()
    charlie = signed_in("charlie")
    assert 'value="900"' in charlie.get(f"{KS}/projekt/simhallen/prognos/").content.decode()
    sent = {"expenditure": "1,1 mnkr", "receipts": "", "comment": "", "why": "Första", "seen": "0"}
    assert charlie.post(f"{KS}/projekt/simhallen/prognos/", sent).status_code == 302
    assert ProjectForecast._default_manager.get().expenditure == Decimal(1_100_000)
    conflict = charlie.post(f"{KS}/projekt/simhallen/prognos/", {**sent, "expenditure": "2 mnkr"})
    assert conflict.status_code == 409
    assert "2 mnkr" in conflict.content.decode()


@pytest.mark.parametrize("address", ["/ram/beslut/", "/projekt/simhallen/beslut/", "/projekt/simhallen/prognos/",
                                     "/projekt/simhallen/fardigt/"])  # fmt: skip
def test_a_reader_may_not_open_the_forms(built, client, address):
    assert client.get(KS + address).status_code == 403


def test_a_decision_is_taken_away_with_a_reason(built, signed_in):
    stored = ProjectDecision._default_manager.get(year=2024)
    kim = signed_in("kim")
    address = f"{KS}/projekt/simhallen/beslut/{stored.pk}/bort/"
    assert kim.post(address, {"why": ""}).status_code == 400
    assert kim.post(address, {"why": "Fel år"}).status_code == 302
    assert not ProjectDecision._default_manager.filter(pk=stored.pk).exists()
