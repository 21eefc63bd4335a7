"""What rows are about: the same quantity told twice is found, and two things of one name are kept apart."""

from __future__ import annotations

from tests.documents.inference.printed import read, told

OVERVIEW = """
# Tekniska nämnden
Driftsammandrag (tkr) | Utfall 2023 | Budget 2023
Gatuenheten | 400 | 410
Parkenheten | {park} | 305
Summa | {total} | 715
# Gatuenheten
Gatuenheten (tkr) | Utfall 2023 | Budget 2023
Personal | 250 | 255
Material | 150 | 155
Summa enhet | 400 | 410
# Parkenheten
Parkenheten (tkr) | Utfall 2023 | Budget 2023
Personal | 200 | 205
Material | 100 | 100
Summa enhet | 300 | 305
"""


def subjects(text: str) -> dict[str, list[str]]:
    return {one.table.key: [row.subject for row in one.table.rows] for one in read(text).tables}


def test_a_unit_is_the_same_in_the_overview_and_in_its_own_table() -> None:
    found = subjects(OVERVIEW.format(park=300, total=700))
    assert found["t01"][:2] == ["net:gatuenheten", "net:parkenheten"]
    assert found["t02"][2], found["t03"][2] == found["t01"][:2]
    assert found["t02"][0] == ""  # "Personal" names nothing


def test_one_that_differs_is_found_because_the_others_agree() -> None:
    assert told(OVERVIEW.format(park=300, total=700)) == []
    assert len(told(OVERVIEW.format(park=310, total=710))) == 1


def test_names_alone_are_no_identity() -> None:
    text = """
    # Kansliet
    Kansliet (tkr) | Budget 2024 | Plan 2025
    Kontaktcenter | 3 210 | 3 300
    Summa | 3 210 | 3 300
    # Serviceförvaltningen
    Driftsammandrag (tkr) | Budget 2024 | Plan 2025
    Kontaktcenter | 37 265 | 38 771
    Summa | 37 265 | 38 771
    """
    assert told(text) == []


def test_an_unnamed_total_is_known_by_its_figures() -> None:
    text = """
    # Ekonomi i korthet
    Belopp, tkr | Bokslut 2023 | Budget 2023
    Verksamhetens nettokostnad | 700 | 715
    varav kostnader | 905 | 915
    varav intäkter | 205 | 200
    # Driftsammandrag
    Enhet (tkr) | Bokslut 2023 | Budget 2023
    Gatuenheten | 400 | 410
    Parkenheten | 300 | 305
    Summa | 700 | 715
    varav kostnader | {costs} | 915
    varav intäkter | {income} | 200
    """
    assert told(text.format(costs=905, income=205)) == []
    assert [one[:3] for one in told(text.format(costs=910, income=210))] == ["XTB"]


def test_investments_and_running_costs_of_a_unit_do_not_mix() -> None:
    found = subjects("# Parkenheten\nParkenheten (tkr) | Budget 2024\nSumma | 5\nInvesteringar, netto | 7")
    assert found["t01"] == ["net:parkenheten", "invest:parkenheten"]


def test_a_decided_frame_is_the_net_only_where_most_figures_say_so() -> None:
    text = """
    Parkenheten (tkr) | Budget 2023 | Budget 2024 | Plan 2025 | Plan 2026
    Verksamhetens nettokostnad | 455 | 460 | 452 | 440
    Budgetram enligt beslut | 455 | 460 | 452 | {0}
    # Gatuenheten
    Gatuenheten (tkr) | Budget 2023 | Budget 2024 | Plan 2025 | Plan 2026
    Verksamhetens nettokostnad | 15 | 17 | 19 | 20
    Budgetram enligt beslut | 0 | 0 | 0 | 0
    """
    assert told(text.format(440)) == []
    assert [one[:3] for one in told(text.format(404))] == ["XTB"]
