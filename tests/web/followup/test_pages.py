"""The pages as a reader, a unit head and a controller meet them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.web.followup.conftest import AUGUST, LIMIT, thousandfold
from tests.web.followup.test_forecasts import give
from tests.web.followup.test_plans import make, measure
from tests.web.ledger.conftest import entry
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.followup.models import CellComment, Forecast, ForecastDraft
from uppsikt.web.followup.selectors.giving import seen_of
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Actor, reach

KLF = f"/klf/{AUGUST}/"
MOST = {  # queries of each page, however many units
    "uppfoljning/": 26, "uppfoljning/?snitt=verksamhet": 26, "uppfoljning/?utan_interna=1": 26, "prognos/": 26,
    "prognos/enhet/klf/": 26, "prognos/traffsakerhet/": 26, "atgardsplan/": 26, "uppfoljning/enhet/ekonomistaben/": 26,
}  # fmt: skip
OWN = f"{KLF}prognos/enhet/ekonomistaben/"


def plain(response) -> str:
    return response.content.decode().replace("\xa0", " ").replace("&nbsp;", " ").replace("\u202f", " ")


def test_the_statement_tells_both_cuts_with_the_same_sum(books, client):
    page = plain(client.get(f"{KLF}uppfoljning/"))
    assert "Ekonomistaben" in page
    assert "Samma summa i båda snitten: 1 240 tkr" in page
    other = plain(client.get(f"{KLF}uppfoljning/?snitt=verksamhet"))
    assert "100 Nämnd- och styrelseverksamhet" in other
    assert "Samma summa i båda snitten: 1 240 tkr" in other


@pytest.fixture
def beside(books):
    """hr-staben lives on its income."""
    with recording(Actor(books.municipality.pk), "Nu intäktsfinansierad") as pen:
        pen.update(books.units["hr-staben"], financing="revenue")
    return books


@pytest.mark.parametrize("cut", ["enhet", "verksamhet"])
def test_what_lives_on_its_income_stands_in_a_table_of_its_own(beside, client, cut):
    page = plain(client.get(f"{KLF}uppfoljning/?snitt={cut}"))
    assert "Samma summa i båda snitten: 840 tkr" in page
    assert "Utan HR-staben, som lever på sina intäkter." in page
    assert "Intäktsfinansierade förvaltningar, resultat, januari–augusti 2024" in page
    assert f'href="{KLF}uppfoljning/enhet/hr-staben/' in page


def test_a_comment_beside_is_written_and_read_at_its_own_unit(beside, signed_in, client):
    signed_in("kim")
    page = plain(client.get(f"{KLF}uppfoljning/"))
    address = f"/hr-staben/{AUGUST}/uppfoljning/kommentera/?rad=summa&amp;till=8"
    assert address in page
    client.post(address.replace("&amp;", "&"), {"column": "outcome-2024", "text": "Sjuklöner: {belopp}"})
    assert "Sjuklöner: −400 tkr" in plain(client.get(f"{KLF}uppfoljning/"))
    pk = reach(beside.reader, CellComment).get().pk
    assert "Beloppet finns inte" not in plain(client.get(f"{KLF}uppfoljning/kommentar/{pk}/"))


def test_the_sum_of_several_that_live_on_their_income_is_shown_to_whoever_may_comment(beside, signed_in):
    with recording(Actor(beside.municipality.pk), "Också intäktsfinansierad") as pen:
        pen.update(beside.units["ekonomistaben"], financing="revenue")
    page = plain(signed_in("charlie").get(f"{KLF}uppfoljning/"))
    assert "Summa resultat" in page
    assert "Kommentera" in page


def test_the_forecast_of_a_unit_that_lives_on_its_income_is_in_no_sum_above(beside, client):
    give(beside)
    give(beside, unit="klf", costs=2_000_000, comment="Hyror.")
    page = plain(client.get(f"/kommunstyrelsen/{AUGUST}/prognos/"))
    summed, apart = page.split("Intäktsfinansierade, utanför summan ovan")
    assert 'id="hr-staben"' in apart.split("</table>")[0]
    assert 'id="hr-staben"' not in summed
    assert "2 000" in summed.split('id="kommunstyrelsen"')[1].split("</tr>")[0]
    assert "ingår i" not in apart.split("</table>")[0]


def test_where_everything_lives_on_its_income_the_page_says_what_there_is(books, signed_in):
    with recording(Actor(books.municipality.pk), "Nu intäktsfinansierad") as pen:
        pen.update(books.units["klf"], financing="revenue")
    client, place = signed_in("kim"), f"/kommunstyrelsen/{AUGUST}/"
    page = plain(client.get(f"{place}uppfoljning/"))
    assert "Allt under Kommunstyrelsen lever på sina intäkter." in page
    assert "−1 240 tkr" in page.split('class="keys"')[1].split("</dl>")[0]
    assert "Månad för månad 2024" in page
    assert "Summa nettokostnader" not in page
    forecasts = plain(client.get(f"{place}prognos/"))
    assert "Allt under Kommunstyrelsen lever på sina intäkter" in forecasts
    assert 'id="klf"' in forecasts
    assert "Lämna prognos för Kommunstyrelsen" not in forecasts
    own = plain(client.get(f"{place}prognos/enhet/kommunstyrelsen/"))
    assert f'href="{place}prognos/enhet/klf/"' in own
    assert "Lämna prognosen" not in own


def test_what_is_not_loaded_is_told_once_and_not_in_every_cell(books, client):
    page = plain(client.get("/klf/bokslut-2024/uppfoljning/"))
    why = "redovisningen är inläst till och med augusti 2024"
    assert page.count(why) == 1
    assert f"<li>Utfall 2024, Avvikelse: {why}.</li>" in page
    keys = page.split('class="keys"')[1].split("</dl>")[0]
    assert "Periodiserad budget" in keys
    assert "Utfall" not in keys


def test_where_a_budget_is_decided_no_forecast_is_asked_for(books, signed_in):
    pen_of = Actor(books.municipality.pk, "Inläsning")
    with recording(pen_of, why="Internbudget") as pen:
        pen.create(
            ReportingDate, municipality=books.municipality, slug="internbudget-2024", name="Internbudget 2024",
            kind="budget", on=date(2023, 10, 31), year=2024,
        )  # fmt: skip
    page = plain(signed_in("kim").get("/klf/internbudget-2024/prognos/"))
    assert "Här beslutas budgeten" in page
    assert "Lämna prognos för" not in page


def test_at_the_years_end_the_outcome_stands(whole, client):
    page = plain(client.get("/klf/bokslut-2024/prognos/"))
    assert "2024 är slut och utfallet står fast" in page
    assert "Inte lämnad" not in page
    assert "/klf/bokslut-2024/prognos/traffsakerhet/" in page
    assert "Prognos helår" not in plain(client.get("/klf/bokslut-2024/uppfoljning/"))


@pytest.mark.parametrize(("path", "most"), MOST.items())
def test_everything_is_asked_for_once(books, signed_in, django_assert_max_num_queries, path, most):
    give(books)
    give(books, unit="hr-staben", costs=720_000, income=120_000)
    make(books)
    client = signed_in("kim")
    with django_assert_max_num_queries(most):
        client.get(f"{KLF}{path}")


def test_internal_items_are_left_out_on_request(books, client):
    page = plain(client.get(f"{KLF}uppfoljning/?utan_interna=1"))
    assert "1 320" in page
    assert "utan interna poster" in page


def test_an_earlier_month_can_be_chosen_and_nonsense_is_the_dates_own(books, client):
    assert "januari–februari 2024" in plain(client.get(f"{KLF}uppfoljning/?till=2"))
    for nonsense in ("99", "x", "-1", "²", "1" * 5000):
        assert "januari–augusti 2024" in plain(client.get(f"{KLF}uppfoljning/", {"till": nonsense}))


def test_a_unit_unfolds_in_place_and_as_a_page(books, client):
    address = f"/kommunstyrelsen/{AUGUST}/uppfoljning/enhet/klf/"
    piece = plain(client.get(address, headers={"HX-Request": "true"}))
    assert "Ekonomistaben" in piece
    assert "<html" not in piece
    assert "<h1>" in plain(client.get(address))
    assert client.get(f"{KLF}uppfoljning/enhet/ingen/").status_code == 404


def test_without_entries_the_page_says_so(codes, client):
    assert "Inga poster att visa" in plain(client.get("/klf/bokslut-2024/uppfoljning/"))
    assert "Inget att göra prognos av" in plain(client.get("/klf/bokslut-2024/prognos/"))
    assert client.get("/klf/bokslut-2024/prognos/traffsakerhet/").status_code == 200
    assert client.get("/klf/bokslut-2024/atgardsplan/").status_code == 200


def test_a_head_uses_a_proposal_forgets_the_comment_and_submits(books, signed_in):
    client = signed_in("charlie")
    assert "Använd förslaget" in plain(client.get(OWN))
    filled = client.post(OWN, {"use": "last_years_pattern", "costs": "", "income": "", "comment": "Mitt.", "seen": "0"})
    assert 'value="1 200"' in plain(filled)
    assert "Mitt." in plain(filled)
    assert not reach(books.actor("kim"), ForecastDraft).exists()
    typed = {"costs": "1,3 mnkr", "income": "0", "comment": "", "seen": "0"}
    refused = client.post(OWN, {**typed, "submit": "1"})
    assert LIMIT in plain(refused)
    assert 'value="1,3 mnkr"' in plain(refused)
    assert not reach(books.reader, Forecast).exists()
    done = client.post(OWN, {**typed, "comment": "Konsulter.", "submit": "1"}, follow=True)
    assert "Prognosen är lämnad" in plain(done)
    assert "Konsulter." in plain(client.get(f"{KLF}prognos/"))
    assert "1 300" in plain(client.get(f"{KLF}uppfoljning/"))


def test_everything_that_is_lacking_is_told_at_once(books, signed_in):
    give(books)
    seen = seen_of(books.actor("charlie"), books.units["ekonomistaben"], books.dates[AUGUST])
    page = plain(signed_in("charlie").post(OWN, {"costs": "9 999", "income": "0", "seen": seen, "submit": "1"}))
    assert LIMIT in page
    assert "Skriv varför du ändrar den" in page


@pytest.mark.parametrize("amount", ["tolv", "12 %", "1" * 30, "1e400", "=1+1"])
def test_an_amount_that_cannot_be_read_is_kept_and_explained(books, signed_in, amount):
    response = signed_in("charlie").post(OWN, {"costs": amount, "income": "0", "seen": "0", "save": "1"})
    assert response.status_code == 200
    assert "errorlist" in plain(response)
    assert amount[:10] in plain(response)


def test_a_draft_is_saved_shown_to_its_own_and_thrown_away(books, signed_in, client):
    signed_in("charlie").post(OWN, {"costs": "1 250", "income": "0", "seen": "0", "save": "1"})
    page = plain(client.get(OWN))
    assert "syns bara inom enheten" in page
    assert 'value="1 250"' in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    client.post(OWN, {"discard": "1", "seen": seen})
    assert not reach(books.actor("kim"), ForecastDraft).exists()
    client.logout()
    assert "Spara utkast" not in plain(client.get(OWN))
    assert client.post(OWN, {"costs": "1"}).status_code == 403


def test_who_comes_second_sees_what_the_first_did_and_loses_nothing(books, signed_in):
    give(books, who="kim")
    response = signed_in("charlie").post(
        OWN, {"costs": "1 111", "income": "0", "seen": "0", "why": "Nytt", "save": "1"}
    )
    assert response.status_code == 409
    assert "Kim Controller" in plain(response)
    assert 'value="1 111"' in plain(response)


def test_a_comment_is_hung_on_a_cell_and_stands_under_the_table(books, signed_in, put):
    client = signed_in("charlie")
    address = f"{KLF}uppfoljning/kommentera/?rad=ekonomistaben&snitt=enhet&till=8"
    assert "Utfall januari–augusti 2024: 800" in plain(client.get(address))
    client.post(address, {"column": "outcome-2024", "text": "Vakanser: {belopp}"})
    page = plain(client.get(f"{KLF}uppfoljning/"))
    assert "Vakanser: 800 tkr" in page
    assert 'href="#klf-kommentar-1"' in page
    put(thousandfold([entry(202408, "10", 150)]), "Rättning")
    assert "Belopp som du har kommenterat" in plain(client.get(f"{KLF}uppfoljning/"))
    pk = reach(books.reader, CellComment).get().pk
    own = plain(client.get(f"{KLF}uppfoljning/kommentar/{pk}/"))
    assert "det var 800 och är 950" in own
    seen = own.split('name="seen" value="')[1].split('"')[0]
    client.post(f"{KLF}uppfoljning/kommentar/{pk}/", {"text": "Läst om.", "refresh": "on", "seen": seen})
    assert "Belopp som du har kommenterat" not in plain(client.get(f"{KLF}uppfoljning/"))
    client.post(f"{KLF}uppfoljning/kommentar/{pk}/", {"svar-text": "Tack.", "answer": "1"})
    assert "Tack." in plain(client.get(f"{KLF}uppfoljning/"))
    client.post(f"{KLF}uppfoljning/kommentar/{pk}/ta-bort/", {"why": "Fel rad"})
    assert not reach(books.reader, CellComment).exists()


def test_an_unknown_row_or_column_is_told(books, signed_in):
    client = signed_in("charlie")
    assert client.get(f"{KLF}uppfoljning/kommentera/?rad=ingen").status_code == 404
    response = client.post(f"{KLF}uppfoljning/kommentera/?rad=summa&till=8", {"column": "x", "text": "y"})
    assert "errorlist" in plain(response)
    assert client.get(f"{KLF}uppfoljning/kommentar/99/").status_code == 404


def test_markup_in_a_comment_is_shown_and_not_obeyed(books, signed_in):
    client = signed_in("charlie")
    address = f"{KLF}uppfoljning/kommentera/?rad=ekonomistaben&snitt=enhet&till=8"
    client.post(address, {"column": "outcome-2024", "text": "<script>alert(1)</script>"})
    page = plain(client.get(f"{KLF}uppfoljning/"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_plan_is_begun_measured_and_seen(books, signed_in, client):
    give(books, unit="klf", costs=3_300_000, comment="Hyror.")
    signed_in("charlie")
    assert "Krävs, saknas" in plain(client.get(f"{KLF}atgardsplan/"))
    new = f"{KLF}atgardsplan/ny/klf/"
    assert 'value="1 500"' in plain(client.get(new))
    years = {f"deficit_{year}": "1 500" for year in range(2024, 2028)}
    made = client.post(new, {"analysis": "Hyrorna.", "state": "proposed", **years}, follow=True)
    assert "räcker inte till balans" in plain(made)
    plan = made.redirect_chain[-1][0]
    effects = {"planned_2025": "1 500", "realised_2025": ""}
    told = {"text": "Säg upp", "responsible": "Chefen", "due": "2025", "state": "ongoing"}
    assert "i balans 2025" in plain(client.post(f"{plan}atgard/", {**told, **effects}, follow=True))
    client.logout()
    assert "Säg upp" in plain(client.get(plan))
    assert "Lägg till en åtgärd" not in plain(client.get(plan))
    assert "Plan finns" in plain(client.get(f"{KLF}atgardsplan/"))


def test_a_plan_and_a_measure_are_changed(books, signed_in, client):
    plan = make(books)
    one = measure(books, plan, {2024: (1_000, None)})
    signed_in("charlie")
    address = f"{KLF}atgardsplan/{plan.pk}/"
    page = plain(client.get(f"{address}andra/"))
    seen = page.split('name="seen" value="')[1].split('"')[0]
    told = {"analysis": "Ny text.", "state": "adopted", "why": "Beslutad", "seen": seen}
    told |= {f"deficit_{year}": "1 500" for year in (2024, 2025, 2026)}
    assert "Ny text." in plain(client.post(f"{address}andra/", told, follow=True))
    assert client.post(f"{address}andra/", told).status_code == 409
    assert 'value="1"' in plain(client.get(f"{address}atgard/{one.pk}/"))
    client.post(f"{address}atgard/{one.pk}/ta-bort/", {"why": "Nej"})
    assert "Inga åtgärder ännu" in plain(client.get(address))
    client.logout()
    assert client.get(f"{address}andra/").status_code == 403


def test_a_draft_plan_is_not_there_for_a_reader(books, client):
    plan = make(books)
    assert client.get(f"{KLF}atgardsplan/{plan.pk}/").status_code == 404
