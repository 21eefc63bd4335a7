"""Findings as a controller reads them: each case is a small table and what is said about it."""

from __future__ import annotations

import pytest

from tests.checks.test_properties import flat
from uppsikt.checks import check_tables
from uppsikt.checks.examples import read_example
from uppsikt.core.findings import Confidence, Finding


def found(text: str) -> tuple[Finding, ...]:
    return check_tables(read_example(text)[0])


def plain(text: str) -> str:
    """Take narrow and no-break spaces for spaces, so that a test can be read."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def money(*rows: str, columns: str = "Utfall 2024", unit: str = "tkr, nettokostnad") -> str:
    head = f"| {unit} | {columns.replace(';', ' | ')} |"
    return "\n".join([head, "|---|", *(f"| {row.replace(';', ' | ')} |" for row in rows)])


def test_a_sum_says_what_is_printed_what_it_should_be_and_by_how_much() -> None:
    (one,) = found(money("Kansliet;1 120", "Ekonomi;80", "Summa;1 300"))
    assert plain(one.message) == (
        "Raden ”Summa”, kolumnen ”Utfall 2024”: det står 1 300 tkr, men de 2 raderna blir tillsammans 1 200 tkr. "
        "Skillnaden är 100 tkr, mer än avrundning kan förklara."
    )
    assert plain(one.proposal) == "Möjlig rättelse: 1 200 tkr: en siffra är fel."
    assert one.confidence is Confidence.CERTAIN
    assert (one.place.title, one.place.row_label, one.place.column_label) == ("exempel-1", "Summa", "Utfall 2024")


def test_a_minus_is_written_as_a_minus() -> None:
    (one,) = found(money("Kansliet;-1 120", "Ekonomi;80", "Summa;-1 140"))
    assert "det står −1\u00a0140\u00a0tkr, men de 2 raderna blir tillsammans −1\u00a0040\u00a0tkr" in one.message


def test_a_difference_that_every_rows_rounding_can_make_is_silent() -> None:
    rows = [f"Enhet {no};1" for no in range(9)]
    assert found(money(*rows, "Summa;14")) == ()
    (rounded,) = check_tables(read_example(money(*rows, "Summa;14"))[0], with_rounding=True)
    assert rounded.explained_by_rounding
    assert plain(rounded.message).endswith("Skillnaden är 5 tkr; den kan förklaras av avrundning.")
    assert len(found(money(*rows, "Summa;15"))) == 1


@pytest.mark.parametrize(
    ("stated", "proposal"),
    [
        ("2 541", "Rätt tal är troligen 2 451 tkr: två siffror har bytt plats."),
        ("-2 451", "Rätt tal är troligen 2 451 tkr: minustecknet är för mycket."),
        ("2 451 000", "Rätt tal är troligen 2 451 tkr: talet är tusen gånger för stort."),
        ("7 451", "Rätt tal är troligen 2 451 tkr: en siffra är fel."),
        ("3 000", "Rätt tal är troligen 2 451 tkr."),
    ],
)
def test_a_slip_of_the_pen_is_recognised_and_right_only_when_everything_agrees(stated: str, proposal: str) -> None:
    net = money("Kansliet;1 451", "Ekonomi;1 000", f"Summa;{stated}", "varav kostnader;3 451", "varav intäkter;1 000")
    (one,) = found(net)
    assert plain(one.proposal) == proposal
    assert [below.code for below in flat(one.consequences)] == ["NET"]


def test_the_wrong_row_is_found_though_only_its_sum_looks_wrong() -> None:
    text = money(
        "Kansliet;180 000;190 000;10 000",
        "Ekonomi;80;90;10",
        "Summa;180 080;190 090;10 010",
        columns="Utfall 2024;Budget 2024;Avvikelse 2024",
    )
    assert found(text) == ()
    (one,) = found(text.replace("| Kansliet | 180 000", "| Kansliet | 108 000"))
    assert (one.place.row_label, one.place.column_label) == ("Kansliet", "Utfall 2024")
    assert plain(one.proposal) == "Rätt tal är troligen 180 000 tkr: två siffror har bytt plats."
    assert plain(one.message).startswith(
        "Raden ”Kansliet”, kolumnen ”Utfall 2024”: det står 108 000 tkr, men 180 000 tkr behövs för att "
        "”Summa” (180 080 tkr) ska vara summan av sina rader."
    )


def test_a_forgotten_and_a_doubled_row_are_named() -> None:
    rows = ("Kansliet;1 120", "Ekonomi;83", "Personal;457")
    (forgotten,) = found(money(*rows, "Summa;1 577"))
    (doubled,) = found(money(*rows, "Summa;1 743"))
    assert plain(forgotten.proposal) == "Möjlig förklaring: raden ”Ekonomi” (83 tkr) ser ut att vara glömd i summan."
    assert plain(doubled.proposal) == "Möjlig förklaring: raden ”Ekonomi” (83 tkr) ser ut att vara räknad två gånger."


def test_a_sum_that_is_confirmed_elsewhere_points_at_its_rows() -> None:
    (one,) = found(money("Kansliet;1 120", "Ekonomi;80", "Summa;1 300", "varav kostnader;1 700", "varav intäkter;400"))
    assert one.proposal == "Beloppet bekräftas på annat håll, så felet ligger troligen i någon av raderna."


def test_an_error_that_was_carried_into_the_total_is_told_once() -> None:
    (one,) = found(
        money(
            "Kansliet;1 000;1 500;500",
            "Ekonomi;900;900;100",
            "Summa;1 900;2 400;600",
            columns="Utfall 2024;Budget 2024;Avvikelse 2024",
        )
    )
    assert [finding.place.row_label for finding in flat([one])] == ["Ekonomi", "Summa"]


def test_a_wrong_figure_in_the_overview_too_is_a_consequence() -> None:
    statement = money("Kansliet;1 000", "Ekonomi;900", "Summa;1 700", "varav kostnader;2 000", "varav intäkter;100")
    (one,) = found(f"{statement}\n\n{money('Summa;1 900')}")
    assert one.place.row_label == "Summa"
    assert plain(one.proposal) == "Rätt tal är troligen 1 900 tkr: en siffra är fel."
    assert sorted(below.code for below in one.consequences) == ["NET", "XTB"]


def test_a_result_among_net_costs_is_recognised_by_its_figures() -> None:
    columns = "Utfall 2024;Budget 2024;Avvikelse 2024;Bokslut 2023"
    table = money(
        "Verksamhetsstöd;-9,8;0;-9,8;-1,9",
        "varav kostnader;671,8;632,3;-39,5;638,4",
        "varav intäkter;662,0;632,3;29,7;636,5",
        columns=columns,
        unit="mnkr, nettokostnad",
    )
    assert found(table) == ()
    (one,) = found(table.replace("-9,8 | 0 | -9,8", "-9,8 | 0 | 9,8"))
    assert plain(one.proposal) == "Möjlig rättelse: −9,8 mnkr: ett minustecken saknas."


def test_one_net_that_holds_only_as_a_result_has_lost_its_minus() -> None:
    (one,) = found(money("Verksamhetsstöd;3 345", "varav kostnader;254 271", "varav intäkter;257 616"))
    assert plain(one.message).endswith("är −3 345 tkr. Skillnaden är 6 690 tkr, mer än avrundning kan förklara.")
    assert "ett minustecken saknas" in one.proposal


def test_income_deviations_that_all_follow_the_other_sign_are_only_an_observation() -> None:
    columns = "Prognos 2018;Budget 2018;Avvikelse 2018"
    rows = ("Kansliet;100;120;20", "varav kostnader;145;152;7", "varav intäkter;45;32;-13")
    (one,) = found(money(*rows, columns=columns))
    assert one.confidence is Confidence.POSSIBLE
    assert "plus är bra i tabellens övriga rader, och då är intäkternas avvikelse 13" in plain(one.message)


def test_the_deviation_of_a_share_is_told_in_percentage_points() -> None:
    (one,) = found(money("Sjukfrånvaro;9,1", "- Kvinnor;8,8", "- Män;5,6", unit="%"))
    assert plain(one.message).endswith("Skillnaden är 0,3 procentenheter, mer än avrundning kan förklara.")


def test_women_and_men_together_are_all_where_heads_are_counted() -> None:
    (one,) = found(money("Anställda;140", "- Kvinnor;97", "- Män;44", unit="antal"))
    assert "kvinnor 97 och män 44 blir tillsammans 141" in one.message
    assert one.proposal == "Möjlig rättelse: 141: en siffra är fel."
    assert found(money("Anställda;141", "- Kvinnor;97", "- Män;44", unit="antal")) == ()


def test_a_row_that_repeats_the_sum_for_comparison_is_not_an_item() -> None:
    columns = "Budget 2020;Plan 2021"
    rows = ("Kansliet;100;110", "Ekonomi;50;60", "Summa i ram;150;170", "Beslutad ram;150;170", "Bad;900;950")
    assert found(money(*rows, "Summa;1 050;1 120", columns=columns)) == ()
    (one,) = found(money(*rows, "Summa;1 050;1 210", columns=columns))
    assert plain(one.proposal) == "Möjlig rättelse: 1 120 tkr: två siffror har bytt plats."


def test_findings_come_in_the_order_of_tables_and_rows() -> None:
    wrong = money("Kansliet;1 120", "Ekonomi;80", "Summa;1 300")
    other = wrong.replace("Kansliet", "Bad").replace("Ekonomi", "Idrott")
    assert [one.place.table for one in found(f"{other}\n\n{wrong}")] == ["exempel-1", "exempel-2"]


def test_a_finding_keeps_its_name_until_its_figures_change() -> None:
    first, again, changed = (
        found(money("Kansliet;1 120", "Ekonomi;80", f"Summa;{total}"))[0].identity() for total in (1300, 1300, 1400)
    )
    assert first == again != changed


@pytest.mark.parametrize(("total", "told"), [("8,8", 0), ("8,9", 0), ("9,0", 1), ("5,5", 0), ("5,4", 1)])
def test_a_total_may_miss_its_nearest_part_by_rounding_and_no_more(total: str, told: int) -> None:
    assert len(found(money(f"Sjukfrånvaro;{total}", "- Kvinnor;8,8", "- Män;5,6", unit="%"))) == told


def test_a_figure_told_in_many_places_is_compared_with_what_most_of_them_say() -> None:
    tables = [money(f"Kansliet;{amount}") for amount in (500, 100, 100, 100, 100, 100, 900, 100)]
    assert [one.place.table for one in found("\n\n".join(tables))] == ["exempel-1", "exempel-7"]
