"""Balance investigations: computed, saved, refused over the limits of the reserve, and the three-year clock."""

from __future__ import annotations

from decimal import Decimal

import pytest

from uppsikt.core.errors import UseError
from uppsikt.web.council import services
from uppsikt.web.council.models import BalanceInvestigation
from uppsikt.web.council.selectors import balance_page, investigation_of
from uppsikt.web.council.services import BalanceWritten
from uppsikt.web.history.services import EditConflictError

HERE = "/kommunfullmaktige/bokslut-2024/kommunen/balanskrav"
GOOD = {
    "result": "320 000", "capital_gains": "80 000", "to_reserve": "100 000", "tax_base": "12 000 000",
    "equity": "-1", "reserve": "0", "why": "Bokslutet", "seen": "0",
}  # fmt: skip
STEPS = {"capital_gains": Decimal(80_000)}


def html(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def save(town, year=2024, *, seen=0, **amounts) -> BalanceInvestigation:
    told = {key: Decimal(value) for key, value in amounts.items()}
    return services.balance_save(town.siri, BalanceWritten(year, told, "Bokslutet", seen))


def test_anybody_may_compute_and_only_the_council_saves(town, client, signed_in) -> None:
    shown = client.post(f"{HERE}/rakna/", {**GOOD, "rakna": "", "to_reserve": "0"})
    text = html(shown)
    assert shown.status_code == 200
    for words in ("LKBR 11 kap. 10 §", "240 000", "KL 11 kap. 14 §", "2 procent", "Ingenting får reserveras 2024"):
        assert words in text
    assert client.post(f"{HERE}/rakna/", {**GOOD, "spara": ""}).status_code == 403
    assert not BalanceInvestigation._default_manager.exists()
    saved = signed_in("siri").post(f"{HERE}/rakna/", {**GOOD, "to_reserve": "", "spara": ""}, follow=True)
    assert "Balanskravet är uppfyllt 2024: balanskravsresultatet är 240 000 tkr" in html(saved)


@pytest.mark.parametrize(("reserved", "status"), [("119 999,999", 302), ("120 000", 302), ("120 000,001", 422)])
def test_a_reservation_is_held_against_the_limit_on_both_sides_and_on_it(town, signed_in, reserved, status) -> None:
    asked = {**GOOD, "equity": "1", "to_reserve": reserved, "spara": ""}
    answer = signed_in("siri").post(f"{HERE}/rakna/", asked)
    assert answer.status_code == status
    if status == 422:
        assert "Högst 120 000 tkr får reserveras enligt 11 kap. 14 §" in html(answer)


def test_a_reservation_without_what_the_limit_asks_for_is_refused(town) -> None:
    with pytest.raises(UseError, match="taket i 11 kap"):
        save(town, result=320_000, to_reserve=1)


def test_a_deficit_runs_on_the_clock_until_it_is_restored(town) -> None:
    save(town, 2024, result=-150_000)
    assert [(one.state.value, one.deficit.last_year) for one in balance_page(town.here()).clock] == [("running", 2027)]
    assert "senast i budgeten för 2027" in balance_page(town.here()).told.sentence


def test_years_before_the_rules_keep_what_was_printed(town, signed_in, client) -> None:
    siri = signed_in("siri")
    address = "/kommunfullmaktige/bokslut-2023/kommunen/balanskrav/rakna/"
    assert "2023 gällde andra regler" in html(siri.get(address))
    sent = {"stated": "-40 000", "why": "Årsredovisningen 2023", "seen": "0", "spara": ""}
    assert siri.post(address, sent).status_code == 302
    text = html(client.get("/kommunfullmaktige/bokslut-2023/kommunen/balanskrav/"))
    assert "−40 000 tkr" in text
    assert "Underskottet 2023 på 40 000 tkr" in text
    # The next year begins with what is left to restore.
    assert 'value="40 000"' in html(siri.get(f"{HERE}/rakna/"))
    with pytest.raises(UseError, match="2023"):
        save(town, 2023, result=1, seen=investigation_of(town.siri, 2023)[1])


def test_all_faults_are_told_at_their_fields(town, client) -> None:
    wrong = {"result": "1", "capital_gains": "-5", "losses_by_exception": "x", "gains_by_exception": "2", "seen": "0"}
    text = html(client.post(f"{HERE}/rakna/", wrong))
    assert "är inget belopp" in text
    text = html(client.post(f"{HERE}/rakna/", {**wrong, "losses_by_exception": "-1"}))
    assert text.count("Skriv beloppet utan minus. Raden säger") == 2


def test_the_second_who_saves_is_told(town) -> None:
    first = save(town, result=10)
    with pytest.raises(EditConflictError):
        save(town, result=20)
    save(town, result=20, seen=investigation_of(town.siri, 2024)[1])
    first.refresh_from_db()
    assert first.result == 20


@pytest.mark.parametrize(("taken", "status"), [("49 999,999", 302), ("50 000", 302), ("50 000,001", 422)])
def test_what_is_taken_out_of_the_reserve_must_be_there(town, signed_in, taken, status) -> None:
    asked = {**GOOD, "result": "-60 000", "capital_gains": "", "to_reserve": "", "reserve": "50 000"}
    answer = signed_in("siri").post(f"{HERE}/rakna/", {**asked, "from_reserve": taken, "spara": ""})
    assert answer.status_code == status
    if status == 422:
        assert "Reserven innehåller 50 000 tkr" in html(answer)
        assert f'value="{taken}"' in html(answer)


def test_the_reserve_is_asked_for_when_money_is_taken_out_of_it(town) -> None:
    with pytest.raises(UseError, match="vad resultatreserven innehåller"):
        save(town, result=-10, from_reserve=10)


def test_the_form_says_which_way_every_amount_counts(town, client) -> None:
    text = html(client.get(f"{HERE}/rakna/"))
    assert text.count("Dras av. ") == 3
    assert text.count("Läggs till. ") == 4
    assert text.count("dras av om det är negativt") == 2
