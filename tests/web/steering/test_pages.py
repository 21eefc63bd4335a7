"""The pages of steering: what they show, in how few questions to the database, and when there is nothing to show."""

from __future__ import annotations

import pytest

KS = "/kommunstyrelsen/bokslut-2024"


def page(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("address", "most"),
    [("/malkedja/", 20), ("/indikatorer/", 16), ("/indikatorer/sjukfranvaro/", 20), ("/uppdrag/", 18)],
)
def test_a_page_asks_the_database_a_bounded_number_of_times(tiny, client, django_assert_max_num_queries, address, most):
    with django_assert_max_num_queries(most):
        page(client, KS + address)


def test_a_goal_asks_the_database_a_bounded_number_of_times(tiny, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(36):
        page(client, f"{KS}/mal/{tiny.goals['arbetsplatser'].pk}/")


def test_the_chain_runs_from_area_to_indicator(tiny, client):
    html = page(client, f"{KS}/malkedja/")
    places = [html.index(word) for word in ("En attraktiv arbetsgivare", "Goda arbetsplatser", "Total sjukfrånvaro")]
    assert places == sorted(places)
    assert "2 aktiviteter: 1 genomförd, 1 pågår" in html
    assert "2 indikatorer: 1 når målet, 1 går inte att bedöma" in html
    assert "Bra arbetsplatser" in html  # the predecessor
    assert "Målet har inga indikatorer." in html  # Hållbart ledarskap


def test_the_chain_of_an_administration_shows_its_own_goals(tiny, client):
    html = page(client, "/klf/bokslut-2024/malkedja/")
    assert "Snabbare handläggning" in html
    assert "Goda arbetsplatser" not in html


def test_a_unit_without_goals_sees_those_its_work_contributes_to(tiny, client):
    html = page(client, "/ekonomistaben/bokslut-2024/malkedja/")
    assert "Ekonomistaben har inga egna mål" in html
    assert "God ekonomisk kontroll" in html


def test_a_unit_without_goals_and_work_is_told_so(tiny, client):
    assert "Inga mål här" in page(client, "/bildningsnamnden/bokslut-2024/malkedja/")


def test_a_goal_shows_its_state_history_and_what_it_is_weighed_from(tiny, client):
    html = page(client, f"{KS}/mal/{tiny.goals['arbetsplatser'].pk}/")
    for words in (
        "Sjukfrånvaron har sjunkit två år i rad.",
        "Av 2 indikatorer: 1 når målet och 1 går inte att bedöma.",
        "Utbilda chefer i rehabilitering",
        "Ta fram en plan för tillgänglighet",
        "Väntas uppnås",  # the interim assessment, in its own wording
        "Delvis uppnått",  # the year before
    ):
        assert words in html
    assert "Ändra bedömningen" not in html  # a reader cannot


def test_a_council_goal_shows_the_goals_that_contribute(tiny, client):
    html = page(client, f"{KS}/mal/{tiny.goals['attraktiv'].pk}/")
    assert "Mål som bidrar" in html
    assert "Hållbart ledarskap" in html


def test_a_goal_of_another_term_says_what_carries_it_on(tiny, client):
    html = page(client, f"{KS}/mal/{tiny.goals['gamla-arbetsplatser'].pk}/")
    assert "gäller inte i Bokslut 2024" in html
    assert "Goda arbetsplatser" in html


def test_an_unknown_goal_is_a_swedish_page(tiny, client):
    assert "Målet finns inte" in page(client, f"{KS}/mal/999999/", 404)


def test_the_indicators_are_filtered_in_the_address(tiny, client):
    assert "Visar 4 av 4 indikatorer." in page(client, f"{KS}/indikatorer/")
    assert "Visar 1 av 4 indikatorer." in page(client, f"{KS}/indikatorer/?population=municipality")
    html = page(client, f"{KS}/indikatorer/?sok=sjukfr%C3%A5nvaro&omrade=Medarbetare")
    assert "Visar 1 av 4 indikatorer." in html
    assert "Ingen indikator stämmer" in page(client, f"{KS}/indikatorer/?sok=finns-inte")


def test_an_indicator_shows_its_values_where_they_came_from_and_the_way_up(tiny, client):
    html = page(client, f"{KS}/indikatorer/sjukfranvaro/")
    for words in (
        "Utfallet 1,5 % uppfyller målvärdet 3,0.",
        "Verksamhetsberättelse 2024, tabell t19 Attraktiv arbetsgivare, rad Total sjukfrånvaro, kolumn 2024",
        "2023: 2,1 i Bokslut 2023, 2,0 i Bokslut 2024",  # restated
        "ersatt av senare uppgift",
        "En attraktiv arbetsgivare",
        "Målmodell 2019–2022",
        "<figure",
    ):
        assert words in html
    assert "varde/" not in html  # a reader gets no edit links


def test_an_indicator_is_shown_as_it_was_known(tiny, client):
    html = page(client, "/kommunstyrelsen/bokslut-2023/indikatorer/sjukfranvaro/")
    assert "Visa som vid Bokslut 2024" in html
    assert "Redovisat med olika värden" not in html


def test_an_indicator_without_values_says_so(tiny, client):
    html = page(client, f"{KS}/indikatorer/utan-varden/")
    assert "Indikatorn har inga värden ännu." in html
    assert "Det finns inget målvärde för 2024." in html


def test_a_missing_value_keeps_its_reason_and_a_preliminary_one_its_mark(tiny, client):
    assert "ingen uppgift" in page(client, f"{KS}/indikatorer/foretag/")
    assert "preliminärt" in page(client, f"{KS}/indikatorer/budgetavvikelse/")


def test_work_is_counted_and_filtered(tiny, client):
    html = page(client, f"{KS}/uppdrag/")
    assert "3 uppdrag: 1 genomförd, 1 pågår, 1 kvarstår" in html
    assert "5 aktiviteter: 2 genomförda, 1 pågår, 1 kvarstår, 1 utgår" in html
    assert "KS 2024-06-11 § 225" in html  # reported back
    assert "överfört från budget 2023" in html
    assert "Förs över till 2025" in html
    done = page(client, f"{KS}/uppdrag/?lage=done")
    assert "1 uppdrag: 1 genomförd" in done
    assert "Byta ekonomisystem" not in done
    assert "1 aktivitet: 1 genomförd" in page(client, f"{KS}/uppdrag/?lage=done&enhet=hr-staben")
    assert "Ingen aktivitet stämmer" in page(client, f"{KS}/uppdrag/?text=finns-inte")
    goal = tiny.goals["arbetsplatser"].pk
    assert "2 aktiviteter: 1 genomförd, 1 pågår" in page(client, f"{KS}/uppdrag/?mal={goal}")


def test_a_choice_that_does_not_exist_leaves_everything(tiny, client):
    assert "5 aktiviteter" in page(client, f"{KS}/uppdrag/?lage=hittepå")


def test_a_unit_without_work_says_so(tiny, client):
    assert "Inget här ännu" in page(client, "/bildningsnamnden/bokslut-2023/uppdrag/")
