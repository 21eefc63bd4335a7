"""The pages of frames: as of when, forms that lose nothing, both sides before saving."""

from __future__ import annotations

import pytest

from uppsikt.web.economy.models import FrameEntry
from uppsikt.web.organisation.models import Membership

from .test_frame_services import council  # noqa: F401  # a fixture

HERE = "/kommunstyrelsen/bokslut-2024/ramar"
GOOD = {
    "giver": "kommunstyrelsen", "receiver": "bildningsnamnden", "purpose": "Elitstöd", "amount_2024": "3 000",
    "amount_2025": "3 100,5", "body": "KF", "on": "2024-04-23", "paragraph": "98", "title": "Ändrade ramar",
    "why": "Enligt protokoll",
}  # fmt: skip


@pytest.fixture
def siri(council, signed_in):  # noqa: F811  # a fixture is asked for by its name
    Membership._default_manager.create(
        user=council.people["siri"], unit=council.units["kommunfullmaktige"], role="secretary"
    )
    return signed_in("siri")


def html(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def test_both_sides_are_shown_before_anything_is_saved(siri) -> None:
    shown = siri.post(f"{HERE}/omfordelning/", {**GOOD, "visa": ""})
    assert shown.status_code == 200
    text = html(shown)
    assert "Ingenting är sparat ännu" in text
    for words in ("84 000", "−3 000", "81 000", "120 000", "123 000"):
        assert words in text
    assert 'value="3 100,5"' in text
    assert not FrameEntry._default_manager.filter(kind="transfer").exists()


def test_a_transfer_is_saved_and_seen_by_both(siri, client) -> None:
    saved = siri.post(f"{HERE}/omfordelning/", {**GOOD, "spara": ""}, follow=True)
    assert "registrerad hos båda nämnderna" in html(saved)
    assert "till Bildningsnämnden, samma belopp hos motparten" in html(saved)
    other = html(client.get("/bildningsnamnden/bokslut-2024/ramar/"))
    assert "från Kommunstyrelsen" in other
    assert "123 000 tkr" in other


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount_2024": "tre tusen"}, "är inget belopp"),
        ({"amount_2024": "-3 000"}, "Byt givare och mottagare"),
        ({"amount_2024": "3 000 %"}, "Skriv beloppet i tkr"),
        ({"amount_2024": "1,2345"}, "högst tre decimaler"),
        ({"amount_2024": "9999999999999999"}, "för stort"),
        ({"amount_2024": "", "amount_2025": ""}, "minst ett år"),
        ({"receiver": "kommunstyrelsen"}, "Välj en annan nämnd"),
        ({"on": "", "paragraph": ""}, "fyll i hela det nya beslutet"),
        ({"why": ""}, "Något behöver rättas"),
    ],
)
def test_what_is_wrong_is_told_in_swedish_and_nothing_is_lost(siri, change, words) -> None:
    answer = siri.post(f"{HERE}/omfordelning/", {**GOOD, **change, "spara": ""})
    assert answer.status_code == 422
    assert words in html(answer)
    assert 'value="Elitstöd"' in html(answer)
    assert not FrameEntry._default_manager.filter(kind="transfer").exists()


def test_an_addition_asks_how_it_is_financed(siri) -> None:
    written = {key: value for key, value in GOOD.items() if key not in ("giver", "receiver")} | {"kind": "addition"}
    assert "11 kap. 15 §" in html(siri.post(f"{HERE}/beslut/", {**written, "spara": ""}))
    financed = {**written, "financing": "Ur årets resultat"}
    assert "87 000" in html(siri.post(f"{HERE}/beslut/", financed))
    assert siri.post(f"{HERE}/beslut/", {**financed, "spara": ""}).status_code == 302
    assert FrameEntry._default_manager.filter(kind="addition").count() == 2


def test_indexation_shows_every_committee_before_it_is_saved(siri) -> None:
    asked = {
        "units": ["kommunstyrelsen", "bildningsnamnden"], "percent": "2,4", "base_year": "2024",
        "to_years": ["2024"], "purpose": "Pris och lön", "body": "KF", "on": "2024-04-23", "paragraph": "98",
        "title": "Ändrade ramar", "why": "Enligt protokoll",
    }  # fmt: skip
    text = html(siri.post(f"{HERE}/upprakning/", asked))
    for words in ("2 016", "2 880", "4 896", "avrundas för sig"):
        assert words in text
    assert siri.post(f"{HERE}/upprakning/", {**asked, "spara": ""}).status_code == 302
    assert FrameEntry._default_manager.filter(kind="indexation").count() == 2


def test_the_frame_as_of_an_earlier_decision(siri, client) -> None:
    siri.post(f"{HERE}/omfordelning/", {**GOOD, "spara": ""})
    now = html(client.get(f"{HERE}/"))
    assert "81 000 tkr" in now
    assert "Enligt beslut till och med" in now
    then = html(client.get(f"{HERE}/?den=2024-01-01"))
    assert "84 000 tkr" in then
    assert "Som den såg ut den 1 januari 2024" in then
    assert "1 ändring som beslutades senare räknas inte med" in then
    before = client.get(f"{HERE}/?den=2020-01-01")
    assert "Ingen ram var beslutad för Kommunstyrelsen då" in html(before)
    assert "Skriv dagen som 2019-09-01" in html(client.get(f"{HERE}/?den=igår"))


def test_a_change_is_refused_when_another_came_first_and_keeps_what_was_typed(siri) -> None:
    siri.post(f"{HERE}/omfordelning/", {**GOOD, "spara": ""})
    entry = FrameEntry._default_manager.filter(kind="transfer", unit__slug="kommunstyrelsen").order_by("year").first()
    page = siri.get(f"{HERE}/post/{entry.pk}/")
    form = page.context["form"]
    told = {"amount_2024": "-1 000", "why": "Rättat", "seen": form["seen"].value()}
    assert siri.post(f"{HERE}/post/{entry.pk}/", {**told, "spara": ""}).status_code == 302
    late = siri.post(f"{HERE}/post/{entry.pk}/", {**told, "amount_2024": "-900", "spara": ""})
    assert late.status_code == 409
    assert "hann före dig" in html(late)
    assert 'value="-900"' in html(late)
    again = {**told, "amount_2024": "-900", "seen": late.context["form"].data["seen"]}
    assert siri.post(f"{HERE}/post/{entry.pk}/", {**again, "spara": ""}).status_code == 302
    entry.refresh_from_db()
    assert entry.amount == -900


def test_a_withdrawn_entry_is_listed_and_can_be_put_back(siri) -> None:
    siri.post(f"{HERE}/omfordelning/", {**GOOD, "spara": ""})
    entry = FrameEntry._default_manager.filter(kind="transfer", unit__slug="kommunstyrelsen").order_by("year").first()
    address = f"{HERE}/post/{entry.pk}/"
    told = {"why": "Upphävt", "seen": siri.get(address).context["form"]["seen"].value()}
    assert "Återkallade poster" in html(siri.post(address, {**told, "aterkalla": ""}, follow=True))
    told["seen"] = siri.get(address).context["form"]["seen"].value()
    back = siri.post(address, {**told, "aterstall": ""}, follow=True)
    assert "Återkallade poster" not in html(back)
    assert "81 000 tkr" in html(back)


def test_who_may_not_sees_no_buttons_and_is_stopped(council, signed_in, client) -> None:  # noqa: F811  # a fixture is asked for by its name
    assert "Registrera en omfördelning" not in html(client.get(f"{HERE}/"))
    assert client.get(f"{HERE}/omfordelning/").status_code == 403
    chef = signed_in("charlie")
    assert chef.post(f"{HERE}/beslut/", GOOD).status_code == 403
    assert chef.get(f"{HERE}/post/999999/").status_code == 404


def test_all_transfers_of_the_municipality(siri, client) -> None:
    assert "Ingen omfördelning är registrerad" in html(client.get(f"{HERE}/kommunen/"))
    siri.post(f"{HERE}/omfordelning/", {**GOOD, "spara": ""})
    text = html(client.get(f"{HERE}/kommunen/"))
    assert "går jämnt ut över kommunen varje år" in text
    assert "+3 000" in text or "3 000" in text
