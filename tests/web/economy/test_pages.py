"""The pages of the economy: what they show, in how few queries, and when there is nothing to show."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from uppsikt.web.economy.models import Figure, InvestmentProject, StatementRow
from uppsikt.web.history.services import recording

KS = "/kommunstyrelsen/bokslut-2024"


def page(client, address: str, status: int = 200, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == status
    return re.sub("[ \n]+", " ", answer.content.decode())


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/ekonomi/", 18),
        ("/ekonomi/?snitt=verksamhet", 18),
        ("/ekonomi/enhet/ekonomistaben/", 16),
        ("/ekonomi/rad/by-unit-1/summa/", 13),
        ("/investeringar/", 16),
        ("/ramar/", 16),
        ("/personal/", 16),
    ],
)
def test_a_page_asks_the_database_a_bounded_number_of_times(tiny, client, django_assert_max_num_queries, address, most):
    with django_assert_max_num_queries(most):
        page(client, KS + address)


def test_the_number_of_questions_does_not_grow_with_the_statements(tiny, client, write, django_assert_max_num_queries):
    for n in range(8):
        write("budget", "budget-2024", [("lon", "item", "ekonomistaben", "", ["5"])], key=f"budget-{n}")
    with django_assert_max_num_queries(18):
        page(client, f"{KS}/ekonomi/")


def test_the_statement_shows_figures_as_swedish_readers_expect(tiny, client):
    html = page(client, f"{KS}/ekonomi/")
    assert "76\u00a0900" in html
    assert '<td class="num bad">−1\u00a0100</td>' in html
    assert "+9\u00a0100" in html
    assert "Netto är kostnader minus intäkter" in html
    assert "En positiv avvikelse är bättre än budget." in html


def test_a_total_says_whether_its_rows_make_it(tiny, client):
    assert "Summan av 2 rader stämmer" in page(client, f"{KS}/ekonomi/")


def test_a_total_that_its_rows_do_not_make_says_by_how_much(tiny, client, write):
    write("budget", "budget-2024", [("a", "item", "", "", ["10"]), ("b", "item", "", "", ["20"]),
                                    ("summa", "sum", "", "", ["50"])])  # fmt: skip
    assert "budget 2024: de 2 raderna blir 30, tryckt står 50. Skillnad 20." in page(client, f"{KS}/ekonomi/")


def test_how_an_amount_came_about_stands_after_the_statement_by_unit(tiny, client, write):
    write("budget", "budget-2024", [("forra", "item", "", "", ["10"]), ("mer", "item", "", "", ["2"]),
                                    ("summa", "sum", "", "", ["12"])], key="a-bridge")  # fmt: skip
    write("overview", "budget-2024", [("netto", "item", "", "", ["10"])], key="b-overview")
    html = page(client, f"{KS}/ekonomi/")
    places = [html.index(f'id="{key}"') for key in ("by-unit-1", "b-overview", "a-bridge")]
    assert places == sorted(places)


def test_every_figure_says_where_it_was_printed(tiny, client):
    html = page(client, f"{KS}/ekonomi/rad/by-unit-1/ekonomistaben/")
    assert "Verksamhetsberättelse 2024, tabell t03 Driftsammandrag, rad Ekonomistaben, kolumn Bokslut 2024" in html


def test_a_row_says_where_it_was_printed_without_unfolding(tiny, client):
    assert 'title="Verksamhetsberättelse 2024, tabell t03 Driftsammandrag, rad HR-staben"' in page(
        client, f"{KS}/ekonomi/"
    )


def test_a_figure_that_a_person_changed_says_so(tiny, client):
    figure = Figure._default_manager.get(row__key="hr-staben", column__key="outcome-2024")
    with recording(tiny.actor("kim"), why="Rättat efter avstämning") as pen:
        pen.update(figure, raw="51 300", number=Decimal(51300), note="Rättat")
    html = page(client, f"{KS}/ekonomi/")
    assert re.search(
        'title="Inlagt av Kim Controller [0-9-]{10}">51\u00a0300<span class="hidden"> .Rättat.</span>', html
    )
    assert "Inlagt av Kim Controller" in page(client, f"{KS}/ekonomi/rad/by-unit-1/hr-staben/")


def test_a_row_of_a_total_leads_to_the_rows_that_make_it(tiny, client):
    html = page(client, f"{KS}/ekonomi/rad/by-unit-1/summa/")
    assert "Från total till rader" in html
    assert "HR-staben" in html
    assert "varav intäkter" in html


def test_a_row_tells_what_the_checks_found_about_it(tiny, client, write):
    write("budget", "budget-2024", [("a", "item", "", "", ["10"]), ("b", "item", "", "", ["20"]),
                                    ("summa", "sum", "", "", ["50"])])  # fmt: skip
    assert "Summan stämmer inte" in page(client, f"{KS}/ekonomi/rad/budget-x/summa/")


@pytest.mark.parametrize("address", ["/ekonomi/rad/finns-inte/summa/", "/ekonomi/rad/by-unit-1/finns-inte/",
                                     "/ekonomi/enhet/finns-inte/", "/investeringar/finns-inte/"])  # fmt: skip
def test_an_unknown_address_is_a_swedish_page(tiny, client, address):
    assert "finns-inte" in page(client, KS + address, 404)


def test_a_unit_unfolds_as_a_page_and_as_a_piece_of_one(tiny, client, write):
    write("division", "budget-2024", [("lon", "item", "", "", ["34 000"]), ("lokaler", "item", "", "", ["800"]),
                                      ("summa", "sum", "ekonomistaben", "", ["34 800"])],
          unit="ekonomistaben")  # fmt: skip
    address = f"{KS}/ekonomi/enhet/ekonomistaben/"
    whole, piece = page(client, address), page(client, address, **{"HX-Request": "true"})
    for html in (whole, piece):
        assert "Lokaler" in html
        assert "Summan av 2 rader stämmer" in html
    assert "<html" in whole
    assert "<html" not in piece


def test_a_unit_that_is_told_differently_in_two_statements_says_so(tiny, client, write):
    write("division", "budget-2024", [("lon", "item", "", "", ["32 600"]),
                                      ("summa", "sum", "ekonomistaben", "", ["32 600"])],
          unit="ekonomistaben")  # fmt: skip
    html = page(client, f"{KS}/ekonomi/enhet/ekonomistaben/")
    assert "står 34\u00a0800\u00a0tkr" in html
    assert "32\u00a0600\u00a0tkr" in html


def test_a_unit_that_is_younger_than_the_comparison_says_so(tiny, client):
    html = page(client, f"{KS}/ekonomi/")
    assert "Ny 1 januari 2023" not in html  # it existed in all of 2023
    assert "Organisationen har ändrats" not in html


def test_what_happened_to_the_organisation_since_the_comparison_is_told(tiny, client, write):
    write("by_unit", "outcome-2023 last_year-2022", [("hr", "item", "hr-staben", "", ["5", "4"])], at="bokslut-2023")
    html = page(client, "/kommunstyrelsen/bokslut-2023/ekonomi/")
    assert "Den 1 januari 2023 bytte Personalstaben namn till HR-staben." in html
    assert "Ny 1 januari 2023" in html


def test_both_cuts_stand_side_by_side_and_say_that_they_agree(tiny, client, write):
    write("by_activity", "outcome-2024", [("a100", "item", "", "", ["76 900"]), ("summa", "sum", "", "", ["76 900"])])
    html = page(client, f"{KS}/ekonomi/")
    assert "Bokslut 2024: 76\u00a0900\u00a0tkr både per enhet och per verksamhet." in html
    assert "A100" in page(client, f"{KS}/ekonomi/?snitt=verksamhet")


def test_both_cuts_that_differ_say_by_how_much(tiny, client, write):
    write("by_activity", "outcome-2024", [("summa", "sum", "", "", ["77 000"])])
    assert "76\u00a0900 per enhet men 77\u00a0000 per verksamhet. Skillnad 100." in page(client, f"{KS}/ekonomi/")


def test_a_revenue_financed_unit_says_its_own_convention(tiny, client, write):
    write("by_unit", "outcome-2024", [("resultat", "item", "klf", "", ["-9,8"])], unit="klf", sign="result")
    html = page(client, "/klf/bokslut-2024/ekonomi/")
    assert "ett negativt belopp är ett underskott" in html


def test_text_of_people_and_documents_is_shown_and_not_obeyed(tiny, client):
    StatementRow._default_manager.filter(key="ekonomistaben").update(label="<script>alert(1)</script>")
    html = page(client, f"{KS}/ekonomi/")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


@pytest.mark.parametrize("address", ["/ekonomi/", "/investeringar/", "/personal/"])
def test_nothing_to_show_says_where_there_is_something(tiny, client, address):
    html = page(client, f"/bildningsnamnden/bokslut-2023{address}")
    assert "Inga siffror för Bildningsnämnden vid Bokslut 2023" in html
    assert "Ingen sammanställning är inlagd ännu." in html


def test_a_unit_without_frame_is_told_so(tiny, client):
    assert "Inga siffror för Ekonomistaben vid Bokslut 2024" in page(client, "/ekonomistaben/bokslut-2024/ramar/")


def test_an_empty_page_leads_to_the_dates_and_units_that_have_figures(tiny, client):
    assert 'href="/kommunstyrelsen/bokslut-2024/ekonomi/"' in page(client, "/kommunstyrelsen/bokslut-2023/ekonomi/")
    assert 'href="/kommunstyrelsen/bokslut-2024/ekonomi/"' in page(client, "/bildningsnamnden/bokslut-2024/ekonomi/")


def test_a_project_is_followed_through_the_years(tiny, client, write):
    with recording(tiny.reader, why="Prov") as pen:
        bath = pen.create(InvestmentProject, unit=tiny.units["kommunstyrelsen"], slug="badhus", name="Badhuset")
    for at, cells in (("bokslut-2023", ["11", "10"]), ("bokslut-2024", ["22", "20"])):
        year = at[-4:]
        write("investment", f"budget-{year} outcome-{year}", [("bad", "item", "", "", cells)], at=at, sign="plain")
    StatementRow._default_manager.filter(key="bad").update(project=bath)
    assert f"{KS}/investeringar/badhus/" in page(client, f"{KS}/investeringar/")
    html = page(client, f"{KS}/investeringar/badhus/")
    assert html.index("Bokslut 2024</a>") < html.index("Bokslut 2023</a>")
    assert "Badhuset" in html


def test_staff_by_sex_is_drawn_when_there_are_years_enough(tiny, client, write):
    write("staff", "outcome-2022 outcome-2023 outcome-2024",
          [("anstallda", "item", "", "", ["10", "11", "12"]),
           ("kvinnor", "breakdown", "", "anstallda", ["6", "6", "7"]),
           ("man", "breakdown", "", "anstallda", ["4", "5", "5"])], sign="plain", money_unit="antal")  # fmt: skip
    html = page(client, f"{KS}/personal/")
    assert "Linjediagram. Anstallda" in html
    assert "Kvinnor" in html
