"""Tables in plain text, as different programs leave them: read back cell for cell."""

from __future__ import annotations

import pytest

from uppsikt.documents.model import Content, Grid, Limits, Paragraph
from uppsikt.documents.opening import quiet
from uppsikt.documents.text import read_text


def read(text: str) -> Content:
    return read_text(text.encode(), "rapport.txt", Limits(), quiet)


def grids(text: str) -> list[Grid]:
    return [block for block in read(text).blocks if isinstance(block, Grid)]


def rows(grid: Grid) -> list[list[str]]:
    return [[row.text(column) for column in range(grid.width)] for row in grid.rows]


def only(text: str) -> list[list[str]]:
    found = grids(text)
    assert len(found) == 1, found
    return rows(found[0])


def test_tabs_with_empty_cells_and_a_section_row() -> None:
    text = "Belopp tkr\tBudget 2031\tPlan 2032\nTeknik\t\t\nParker\t1 200\t\n<i>varav intäkter</i>\t-300\t-310\n"
    assert only(text) == [
        ["Belopp tkr", "Budget 2031", "Plan 2032"],
        ["Teknik", "", ""],
        ["Parker", "1 200", ""],
        ["varav intäkter", "-300", "-310"],
    ]
    cell = grids(text)[0].rows[3].cells[0]
    assert cell.italic
    assert not cell.bold


def test_a_label_that_wraps_in_a_table_with_tabs() -> None:
    text = (
        "Post\tUtfall 2031\tUtfall 2030\nKostnader för underhåll av\nvägar och broar\t12 345\t11 000\nIntäkter\t5\t6\n"
    )
    assert only(text)[1:] == [
        ["Kostnader för underhåll av vägar och broar", "12 345", "11 000"],
        ["Intäkter", "5", "6"],
    ]


def test_a_label_that_wraps_after_its_figures() -> None:
    text = "Post\tUtfall 2031\tUtfall 2030\nKostnader för kärnverk-\t71,7\tI.U.\nsamhet (procent)\t\t\nIntäkter\t5\t6\n"
    assert only(text)[1:] == [["Kostnader för kärnverksamhet (procent)", "71,7", "I.U."], ["Intäkter", "5", "6"]]


def test_a_table_over_a_page_break_with_its_header_repeated_and_footnotes_between() -> None:
    head = "Nämnd (tkr)\tBudget 2031\n"
    text = f"{head}Kultur\t100\n<i>Forts. nästa sida</i>\t\n\n<sup>1</sup> Utan hyra.\n\n"
    text += f"{head}Fritid\t200<sup>1</sup>\nSumma\t300\n"
    assert only(text) == [["Nämnd (tkr)", "Budget 2031"], ["Kultur", "100"], ["Fritid", "200"], ["Summa", "300"]]
    assert grids(text)[0].rows[2].cells[1].marks == ("1",)
    notes = [block for block in read(text).blocks if isinstance(block, Paragraph) and block.note]
    assert [note.text for note in notes] == ["1 Utan hyra."]


def test_another_header_is_another_table() -> None:
    text = "Volymer\tUtfall 2031\nMåltider\t12\n\nPersonal\tUtfall 2031\nÅrsarbetare\t14\n"
    assert [rows(grid)[0][0] for grid in grids(text)] == ["Volymer", "Personal"]


def test_a_row_that_lost_its_leading_empty_cells() -> None:
    text = (
        "Mål\tNämndmål\tIndikator\t2030\t2031\n"
        "Trygg kommun\tGod miljö\tUtsläpp\t4,1\t3,9\n\t\tMän\t1\t2\nKvinnor\t3\t4\t\t\n\t\tUnga\t5\t6\n"
    )
    assert only(text)[3] == ["", "", "Kvinnor", "3", "4"]


def test_label_and_target_that_slid_together() -> None:
    text = "Indikator\tMålvärde 2031\tAktivitet\n\tSjukfrånvaro 3,5 % Omsättning 6,0\tSamtal hålls\n"
    text += "Trivsel\t80\tEnkät görs\n"
    assert only(text)[1:] == [
        ["Sjukfrånvaro", "3,5 %", "Samtal hålls"],
        ["Omsättning", "6,0", ""],
        ["Trivsel", "80", "Enkät görs"],
    ]


def test_markdown_bars() -> None:
    text = "| Post | Budget | Utfall |\n|:---|---:|---:|\n| **Summa** | 1 200 | 1\u00a0100 |\n| Hyra | - | 5 |\n"
    assert only(text) == [["Post", "Budget", "Utfall"], ["Summa", "1 200", "1\u00a0100"], ["Hyra", "-", "5"]]
    grid = grids(text)[0]
    assert grid.rows[0].header
    assert grid.rows[1].cells[0].bold


def test_columns_kept_apart_by_spaces() -> None:
    text = (
        "                              Bokslut     Budget\n"
        "Benämning                        2031       2031   Avvikelse\n\n"
        "Skolor\n"
        "Skolan i Ekby                   1 150      1 650         500\n"
        "   varav lokaler                  281                    -20\n"
        "Förskolor som kommunen\n"
        "driver                          5 305      7 900       2 595\n\n"
        "Texten går vidare efter tabellen med en mening som är ganska lång.\n"
    )
    found = only(text)
    assert found == [
        ["Benämning", "Bokslut 2031", "Budget 2031", "Avvikelse"],
        ["Skolor", "", "", ""],
        ["Skolan i Ekby", "1 150", "1 650", "500"],
        ["varav lokaler", "281", "", "-20"],
        ["Förskolor som kommunen driver", "5 305", "7 900", "2 595"],
    ]
    assert grids(text)[0].rows[3].cells[0].indent == 3


FLAT = """Driftsammandrag, netto tkr Budget Bokslut

Verksamhet

Bokslut\x20
2031

2031
Avvikelse\x20

2030
Ledning 168 117 170 738 2 621\x20\x20
Planering 34 220 47 888 13 668\x20\x20
Summa nettokostnader 202 337 218 626 16 289 210 004
varav kostnader 585 007 562 220 -22 787\x20\x20
Ram enligt beslut  218 626\x20\x20\x20
Bolaget\x20\x20\x20\x20\x20
Nettokostnad 25 157 0 -25 157 38 996
"""


def test_flattened_with_a_header_in_odd_order_and_empty_space_for_empty_cells() -> None:
    assert only(FLAT) == [
        ["Driftsammandrag, netto tkr Verksamhet", "Bokslut 2031", "Budget 2031", "Avvikelse", "Bokslut 2030"],
        ["Ledning", "168 117", "170 738", "2 621", ""],
        ["Planering", "34 220", "47 888", "13 668", ""],
        ["Summa nettokostnader", "202 337", "218 626", "16 289", "210 004"],
        ["varav kostnader", "585 007", "562 220", "-22 787", ""],
        ["Ram enligt beslut", "", "218 626", "", ""],
        ["Bolaget", "", "", "", ""],
        ["Nettokostnad", "25 157", "0", "-25 157", "38 996"],
    ]


def test_flattened_without_empty_space_the_arithmetic_tells() -> None:
    lines = [line.rstrip() for line in FLAT.splitlines() if line.strip() != "Bolaget" and "Ram" not in line]
    found = only("\n".join(lines))
    assert found[1] == ["Ledning", "168 117", "170 738", "2 621", ""]
    assert found[3] == ["Summa nettokostnader", "202 337", "218 626", "16 289", "210 004"]


def test_an_indicator_table_over_several_lines() -> None:
    text = (
        "Nämndmål Nämndindikator 2029 2030 2031\nMålvä\n\nrde\n"
        "Invånare med god hälsa,\nandel (%)\n\nI.U.                    76 I.U. 78\n\nMän I.U. 76\n\n"
        "God hälsa i hela kommunen\nAlla ska må bra.\n\nKvinnor I.U. 75\n"
        "Antal vandringar\n\nI.U. I.U. 19 18Trygga kvarter\nDet ska vara tryggt ute.\n\n"
        "Kommunens resultat\n\n320\nmnkr\n\n62 Se ÅR. Större\nän 50\n"
    )
    found = only(text)
    assert found[0] == ["Nämndmål", "Nämndindikator", "2029", "2030", "2031", "Målvärde"]
    assert [row[1:] for row in found[1:]] == [
        ["Invånare med god hälsa, andel (%)", "I.U.", "76", "I.U.", "78"],
        ["Män", "I.U.", "76", "", ""],
        ["Kvinnor", "I.U.", "75", "", ""],
        ["Antal vandringar", "I.U.", "I.U.", "19", "18"],
        ["Kommunens resultat", "320 mnkr", "62", "Se ÅR.", "Större än 50"],
    ]
    assert found[1][0].startswith("God hälsa i hela kommunen")


def test_a_cell_on_each_line() -> None:
    cells = [
        "Benämning",
        "Bokslut\n2031",
        "Budget\n2031",
        "Avvikelse",
        "Ledning",
        "168 117",
        "170 738",
        "+2 621",
        "Stab",
        "34 220",
        "47 888",
        "+13 668",
    ]
    assert only("\n\n".join(cells)) == [
        ["Benämning", "Bokslut 2031", "Budget 2031", "Avvikelse"],
        ["Ledning", "168 117", "170 738", "+2 621"],
        ["Stab", "34 220", "47 888", "+13 668"],
    ]


def test_a_single_column_needs_a_header_that_names_it() -> None:
    text = "Ledning (tkr) Budget 2031\nNämnden -4 878\nPolitiken 9 088\nSumma stab 4 210\n"
    assert only(text) == [
        ["Ledning (tkr)", "Budget 2031"],
        ["Nämnden", "-4 878"],
        ["Politiken", "9 088"],
        ["Summa stab", "4 210"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Nämnden beslutade 2031-02-03 om 1 200 tkr.\nUnder 2031 användes 900 tkr av\n1 100 tkr i ram för 2031 2032.\n",
        "- Kontoret +20,5 mnkr (+20,5 mnkr i okt)\n- Bolaget -25,1 mnkr (-31,0 mnkr i okt)\n",
        "§ 12 Budget 2031\n§ 13 Plan 2032\n§ 14 Taxor 2031\n",
        "Delårsrapport 30 april 2031\nDelårsrapport 31 augusti 2031\nBokslut 31 december 2031\n",
        "1.\tNämnden godkänner budgeten.\n2.\tNämnden noterar planen.\n",
        "Ordförandens signatur\tJusterarens signatur\n----------\t----------\t------\n\nText följer.\n",
        "Ledning: -1 200 tkr\n\n- Färre resor (-1 200 tkr).\n\nPlanering: -325 tkr\n\nKultur: +50 tkr\n",
        "Innehållsförteckning\n\nEkonomi\t5\nDriftsammandrag\t6\nInvesteringar\t9\n\nText följer här.\n",
    ],
)
def test_prose_dates_lists_and_contents_are_no_tables(text: str) -> None:
    assert grids(text) == []


def test_a_year_at_the_end_of_the_label_is_no_figure() -> None:
    text = "Belopp tkr Budget 2031 Plan 2032\nSkola 46 375 45 285\nRam enligt beslut den 28 maj 2030 46 375 45 285\n"
    assert only(text)[2] == ["Ram enligt beslut den 28 maj 2030", "46 375", "45 285"]
