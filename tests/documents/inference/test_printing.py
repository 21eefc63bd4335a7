"""How other municipalities print: signs in brackets, thousands with full stops, costs below zero, two deviations."""

from __future__ import annotations

import pytest

from tests.documents.inference.printed import read, told
from uppsikt.checks import check_tables, holds
from uppsikt.core.quantities import Quantity
from uppsikt.documents.inference import infer
from uppsikt.documents.model import Limits
from uppsikt.documents.text import read_text

DRIFT = """
# Driftredovisning
Tkr | Intäkter 2024 | Kostnader 2024 | Netto 2024 | Budget netto 2024 | Budgetavvikelse
Kommunstyrelsen | 12{s}410 | -61{s}305 | {net} | -50{s}000 | 1{s}105
Byggnadsnämnden | 4{s}020 | -9{s}115 | -5{s}095 | -5{s}300 | 205
Kulturnämnden | 2{s}700 | -20{s}160 | -17{s}460 | -17{s}000 | -460
Summa | 19{s}130 | -90{s}580 | -71{s}450 | -72{s}300 | 850
"""


@pytest.mark.parametrize("space", [".", " ", "\u00a0", ""])
def test_thousands_may_be_grouped_by_a_full_stop(space: str) -> None:
    assert told(DRIFT.format(s=space, net=f"-48{space}895")) == []


def test_net_beside_its_income_and_costs_is_held_against_them() -> None:
    found = told(DRIFT.format(s=".", net="-48.985"))
    assert [one for one in found if one.endswith("Netto 2024: -48985, -48895")]


RESULT = """
# Resultaträkning
Belopp i tkr | Utfall 2024 | Utfall 2023
Verksamhetens intäkter | 41 300 | 39 800
Verksamhetens kostnader | ({costs}) | (201 400)
Avskrivningar | (9 400) | (9 050)
Verksamhetens nettokostnader | (178 200) | (170 650)
"""


def test_an_amount_in_brackets_is_below_zero() -> None:
    assert told(RESULT.format(costs="210 100")) == []
    assert told(RESULT.format(costs="201 100")) != []


def test_a_net_of_receipts_and_expenditure_below_zero_adds_them() -> None:
    text = """
    # Exploatering
    Tkr | Inkomster | Utgifter | Netto
    Strandängen | 12 300 | -9 100 | 3 200
    Kvarnbacken | 4 150 | -7 300 | {net}
    Norra hagen | 800 | -1 150 | -350
    """
    assert told(text.format(net="-3 150")) == []
    assert len(told(text.format(net="-3 510"))) == 1


FORECAST = """
# Helårsprognos
Mnkr | Budget 2025 | Prognos 2025 | Prognosavvikelse | Avvikelse i april
Kommunstyrelsen | 61,2 | 60,1 | 1,1 | 0,4
Socialnämnden | 214,0 | 219,5 | -5,5 | -3,1
Byggnadsnämnden | 9,3 | {building} | 0,3 | 0,3
Kulturnämnden | 17,5 | 17,9 | -0,4 | 0,1
Skolnämnden | 190,1 | 188,0 | 2,1 | -1,2
"""


def test_a_deviation_of_an_earlier_forecast_is_not_held_against_this_one() -> None:
    assert told(FORECAST.format(building="9,0")) == []
    assert len(told(FORECAST.format(building="8,0"))) == 1


BALANCE = """
# Balansräkning
Mnkr | 2024-12-31 | 2023-12-31
Anläggningstillgångar | 947 | 889
Omsättningstillgångar | 303 | 300
Summa tillgångar | 1 250 | 1 189
Årets resultat | 31 | -11
Övrigt eget kapital | 645 | 668
Summa eget kapital | {equity} | 657
Avsättningar för pensioner | 39 | 46
Andra avsättningar | 19 | 6
Summa avsättningar | 58 | 52
Långfristiga skulder | 299 | 266
Kortfristiga skulder | 217 | 214
Summa skulder | 516 | 480
Summa eget kapital, avsättningar och skulder | 1 250 | 1 189
"""


def test_debts_are_items_though_their_figures_may_meet_by_chance() -> None:
    assert told(BALANCE.format(equity="676")) == []


def test_a_wrong_sum_among_sums_is_told_once() -> None:
    assert told(BALANCE.format(equity="766")) == ["SUM Summa eget kapital / 2024-12-31: 766, 676"]


def test_the_cash_flow_of_the_year_adds_the_three_flows() -> None:
    text = """
    # Kassaflödesanalys
    Mnkr | 2024 | 2023
    Årets resultat | 12,4 | 8,0
    Avskrivningar, justering | 48,7 | 51,7
    Medel från verksamheten före förändring av rörelsekapital | 61,1 | 59,7
    Förändring av fordringar | 8,8 | -8,2
    Förändring av skulder | 5,0 | 13,9
    Kassaflöde från den löpande verksamheten | 74,9 | 65,4
    Investeringar | -119,1 | -122,9
    Försäljning | 2,2 | 2,4
    Kassaflöde från investeringsverksamheten | -116,9 | -120,5
    Nya lån | 66,8 | 79,1
    Amortering | -19,8 | -21,5
    Kassaflöde från finansieringsverksamheten | 47,0 | 57,6
    Årets kassaflöde | {flow} | 2,5
    """
    assert told(text.format(flow="5,0")) == []
    assert told(text.format(flow="15,0")) != []


def test_a_frame_made_of_changes_is_a_sum_whatever_their_signs() -> None:
    text = """
    # Ramförändringar
    Tkr | Budget 2026 | Plan 2027 | Plan 2028
    Budgetram 2025 | 163 604 | 163 604 | 163 604
    Index för löner och priser | 4 908 | 9 325 | 13 743
    Effektiviseringskrav | -1 636 | -3 272 | -4 908
    Överföring av arkivet | 368 | {moved} | 368
    Fler platser | 489 | 489 | 489
    Ny ram | 167 733 | 170 514 | 173 296
    """
    assert told(text.format(moved="368")) == []
    assert len(told(text.format(moved="638"))) == 1


def test_a_row_that_was_not_read_makes_its_sum_no_error() -> None:
    text = """
    # Investeringar
    Projekt, tkr | Budget 2024 | Utfall 2024
    Gatubelysning | 7 745 | 5 454
    Vägar | 2 18 231 8 126 | |
    Park | 22 897 | 16 586
    Summa | 48 873 | 30 166
    """
    assert told(text) == []


def test_an_amount_in_the_column_of_the_notes_was_moved_aside() -> None:
    text = """
    # Balansräkning
    Tkr | | Not | 2024-12-31 | 2023-12-31
    Mark och byggnader | | 11 | 827 937 | 807 822
    Aktier | 12 | 118 774 | 116 466 |
    Summa anläggningstillgångar | | | 946 711 | 924 288
    """
    assert told(text) == []
    cells = read(text).tables[0].table
    assert [cells.value("r2", key).number for key in ("c3", "c4")] == [118774, 116466]  # type: ignore[union-attr] # both are figures


def test_headings_that_ran_together_say_nothing_of_their_columns() -> None:
    text = """
    # Nämnder
    Tkr | Netto 2024 Budget netto 2024 Budgetavvikelse | Netto 2024 Budget netto 2024 Budgetavvikelse | Netto 2023
    Kommunstyrelsen | -48 895 | -50 000 | -47 100
    Kulturnämnden | -17 460 | -17 000 | -17 200
    """
    assert [one.role.value for one in read(text).tables[0].table.columns] == ["amount", "amount", "outcome"]


@pytest.mark.parametrize("heading", ["Budgetav vikelse", "Budgetavvik else", "Prognosavvikelse"])
def test_a_heading_that_the_line_broke_is_still_a_deviation(heading: str) -> None:
    text = f"""
    # Nämnder
    Tkr | Utfall 2024 | Budget 2024 | {heading}
    Kommunstyrelsen | 48 895 | 50 000 | 1 105
    """
    assert read(text).tables[0].table.columns[-1].role.value == "deviation"


def test_a_column_without_a_name_is_no_certain_sum() -> None:
    text = """
    # Budget
    Tkr | Budget 2025 | Budget 2026 |
    Infrastruktur | 20 000 | 20 400 | 2,0
    Kultur | 10 000 | 10 100 | 1,0
    Summa | 30 000 | 30 500 | 1,7
    """
    assert told(text) == []


def test_brackets_and_full_stops_may_come_together() -> None:
    text = """
    # Kassaflöde
    Tkr | 2024 | 2023
    Förändring av fordringar | (13.047) | (18.321)
    Förändring av förråd | 204 | 348
    Summa | (12.843) | (17.973)
    """
    assert told(text) == []
    assert told(text.replace("(12.843)", "(12.483)")) != []


def test_a_text_with_its_layout_kept_may_print_brackets() -> None:
    text = """Not 3 Verksamhetens kostnader

tkr                                         2024              2023
Löner och sociala avgifter              (176713)          (317731)
Pensionskostnader                       (238541)          (120155)
Lämnade bidrag                          (160418)           (71640)
Övriga kostnader                        (181120)          (147337)
Summa                                   (756792)          (656863)
"""
    read_as_text = read_text(text.encode(), "not.txt", Limits(), lambda done, of: None)
    (table,) = infer(read_as_text, holds).tables
    first = [table.table.value("r1", column.key) for column in table.table.columns]
    assert table.table.rows[0].label == "Löner och sociala avgifter"
    assert [value.number for value in first if isinstance(value, Quantity)] == [-176713, -317731]
    assert check_tables([table.table]) == ()
