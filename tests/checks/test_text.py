"""Numbers in running text: what they are bound to, what contradicts the tables, and above all what does not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from uppsikt.checks import Checked, check_document
from uppsikt.checks.examples import read_small_document
from uppsikt.checks.mentions import find_mentions
from uppsikt.core.findings import Confidence
from uppsikt.core.passages import Passage
from uppsikt.core.quantities import MNKR, TKR, Quantity, Unit, format_quantity

STATEMENT = """
### Ekonomi

| tkr, nettokostnad     | Utfall 2024 | Budget 2024 | Avvikelse 2024 | Utfall 2023 |
|-----------------------|------------:|------------:|---------------:|------------:|
| Kansliet              |     168 117 |     170 738 |          2 621 |     160 400 |
| Tekniska kontoret     |      49 159 |      44 224 |         -4 935 |      47 800 |
| Kultur- och fritidskontoret | 36 612 |     37 812 |          1 200 |      35 100 |
| Summa                 |     253 888 |     252 774 |         -1 114 |     243 300 |
"""


def checked(*texts: str, tables: str = STATEMENT, kind: str = "") -> Checked:
    small = read_small_document(tables + "\n\n" + "\n\n".join(texts))
    printed = [replace(one, kind=kind or one.kind) for one in small.printed]
    return check_document(printed, small.passages)


def told(result: Checked) -> list[tuple[str, Decimal | None, Decimal | None]]:
    return [
        (one.code, one.stated and one.stated.number, one.expected and one.expected.number) for one in result.findings
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kansliet redovisar ett överskott med 2,6 mnkr.",
        "Kansliets överskott uppgår till 2 621 tkr jämfört med budget.",
        "Årets resultat för Tekniska kontoret visar ett underskott om -4,9 mnkr.",
        "Tekniska kontorets avvikelse mot budget är minus 4 935 tkr.",
        "Nämnden redovisar ett underskott på 1,1 mnkr.",
        "Kultur- och fritidskontoret visar ett överskott på + 1,2 mnkr.",
        "Kansliets budget uppgick till 170,7 mnkr och utfallet blev 168,1 mnkr.",
        "Nettokostnaden för Kansliet var 160,4 mnkr 2023.",
    ],
)
def test_an_amount_that_the_table_confirms_is_bound_and_not_told(text: str) -> None:
    result = checked(text)
    assert result.findings == ()
    assert result.bindings
    assert all(one.agrees for one in result.bindings)


@pytest.mark.parametrize(
    ("text", "code", "stated", "expected"),
    [
        ("Kansliet redovisar ett överskott med 6,2 mnkr.", "TXT", "6.2", "2.621"),
        ("Kansliets nettokostnad uppgick till 186,1 mnkr 2024.", "TXT", "186.1", "168.117"),
        ("Nämnden redovisar ett underskott på 4,4 mnkr.", "TXT", "4.4", "1.114"),
        ("Tekniska kontoret visar ett överskott på 4,9 mnkr.", "SGN", "4.9", "-4.935"),
        ("Tekniska kontoret visar ett underskott på +4,9 mnkr.", "SGN", "4.9", "-4.935"),
        ("Kansliet redovisar ett överskott med 2,6 tkr.", "UNT", "2.6", "2621"),
        ("Kansliet gick bra, medan Tekniska kontoret visar ett underskott på 7,9 mnkr.", "TXT", "7.9", "4.935"),
    ],
)
def test_an_amount_that_contradicts_the_table_is_told_once(text: str, code: str, stated: str, expected: str) -> None:
    if "gick bra" in text:
        assert checked(text).findings == ()  # a word that nobody knows: it may be about something else
        return
    result = checked(text)
    assert told(result) == [(code, Decimal(stated), Decimal(expected))]
    (finding,) = result.findings
    assert finding.place.passage
    assert finding.place.row_label
    assert finding.place.quote in text


@pytest.mark.parametrize(
    "text",
    [
        "Personalkostnaderna inom Kansliet visar ett överskott på 1,1 mnkr.",
        "Kansliet visar ett överskott på 1,4 mnkr inom administrationen.",
        "Kansliet visar ett överskott på 2,6 mnkr, varav 0,9 mnkr avser vakanser.",
        "Kansliet visar en förbättring på 1,3 mnkr jämfört med prognosen i oktober.",
        "Prognosen för Kansliet var ett överskott på 1,4 mnkr.",
        "Kansliet redovisade 2022 ett överskott på 7,7 mnkr.",
        "Kansliet redovisar ett överskott på cirka 2,5 mnkr.",
        "Verksamheten redovisar ett underskott på 3,9 mnkr.",
        "I mars visade Kansliet ett överskott på 1,9 mnkr.",
        "Kansliet redovisar ett överskott på 3,4 mnkr exklusive projektmedel.",
        "Kansliet redovisar ett överskott på 3,4 mnkr (inklusive projektmedel).",
        "Kansliet redovisar ett överskott på 3,4 mnkr efter omfördelning.",
        "Januari 31 Februari 28 Mars 31 April 30",
        "I juni beslutade nämnden om en plan enligt KF 2019-02-26 § 60.",
        "Kansliet har fått 3,5 mnkr i statsbidrag från staten.",
        "Under 2024 såldes mark för 12,4 mnkr.",
        "Tekniska kontorets överskridande på 0,7 mnkr för snöröjning täcks av Kansliet.",
        "Beslut togs 2024-06-11 § 225 (Dnr KS 2024-519), se sidan 14.",
        "Utöver Kansliet väntas ett underskott på 5-7 mnkr.",
    ],
)
def test_what_may_be_about_something_else_is_never_told(text: str) -> None:
    assert checked(text).findings == ()


def test_what_is_said_under_another_heading_is_not_about_the_whole() -> None:
    assert checked("### Snöröjning", "Totalt redovisas ett underskott på 3,9 mnkr.").findings == ()


def test_a_heading_names_who_a_sentence_is_about() -> None:
    result = checked("### Tekniska kontoret", "Förvaltningen redovisar ett underskott på 9,4 mnkr.")
    assert told(result) == [("TXT", Decimal("9.4"), Decimal("4.935"))]


def test_a_wrong_cell_that_the_text_knows_is_one_cause() -> None:
    """The cell is wrong, its row and its column say so, and the text has the right figure: one finding."""
    result = checked(
        "Kansliet redovisar ett överskott med 2,6 mnkr.", tables=STATEMENT.replace("          2 621", "          6 221")
    )
    assert len(result.findings) == 1
    assert result.findings[0].expected == Quantity(Decimal(2621), TKR, 0)
    assert {"TXT", "DEV", "SUM"} >= {one.code for one in (*result.findings, *result.findings[0].consequences)}


def test_a_text_is_mended_after_a_cell_that_other_rules_confirm() -> None:
    (finding,) = checked("Kansliet redovisar ett överskott med 6,2 mnkr.").findings
    assert finding.proposal.startswith("Rätt tal är troligen 2,6")
    assert finding.confidence in (Confidence.CERTAIN, Confidence.LIKELY)


def test_a_finding_keeps_its_name_when_text_before_it_is_added() -> None:
    wrong = "Kansliet redovisar ett överskott med 6,2 mnkr."
    (before,) = checked(wrong).findings
    (after,) = checked("Året har varit händelserikt.", wrong).findings
    assert before.identity() == after.identity()


INDICATORS = """
| %                     | Utfall 2022 | Utfall 2023 | Utfall 2024 |
|-----------------------|------------:|------------:|------------:|
| Frisknärvaro          |        61,0 |        62,0 |        64,5 |
| Personalomsättning    |         9,1 |         8,0 |         7,4 |
"""


def test_a_step_is_held_against_both_years() -> None:
    def step(text: str) -> Checked:
        return checked(text, tables=INDICATORS, kind="indicator")

    assert step("Personalomsättningen har minskat från 8,0 till 7,4 procent.").findings == ()
    assert told(step("Personalomsättningen har minskat från 8,0 till 4,7 procent.")) == [
        ("TXT", Decimal("4.7"), Decimal("7.4"))
    ]
    assert told(step("Personalomsättningen 2024 var 4,7 procent.")) == [("TXT", Decimal("4.7"), Decimal("7.4"))]
    assert step("Kommunens personalomsättning 2024 var 4,7 procent.").findings == ()
    assert step("Personalomsättningen 2024 var 4,7 procent för män.").findings == ()
    (finding,) = step("Personalomsättningen har ökat från 8,0 till 7,4 procent.").findings
    assert "ökat" in finding.message


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Resultatet blev -25,2 mnkr.", ["-25.2 mnkr"]),
        ("ett underskott på minus 15 000 tkr", ["-15000 tkr"]),
        ("handlar det om 11 miljoner kronor", ["11 mnkr"]),
        ("ökade med 1,5 procentenheter", ["1.5 procentenheter"]),
        ("13 av 18 mål och två enheter", ["13 ", "18 ", "2 "]),
        ("mötet den 11 juni 2019 kl. 14:30, bilaga 5, kap. 11 § 5", []),
        ("sänkt med 5-7 procent under 2020-2023", []),
        ("1. Ärendet återremitteras. 2 Se tabell 7.", ["2 "]),
    ],
)
def test_numbers_are_found_and_what_only_names_something_is_not(text: str, numbers: list[str]) -> None:
    found = find_mentions(Passage("p", text))
    assert [f"{one.quantity.number} {one.quantity.unit}" for one in found] == numbers


@given(st.decimals(Decimal("-9999"), Decimal(9999), places=1), st.text("abcå .,;()-", max_size=30))
def test_an_amount_is_read_wherever_it_stands(number: Decimal, around: str) -> None:
    shown = format_quantity(Quantity(number, MNKR, 1), with_unit=True)
    found = find_mentions(Passage("p", f"{around} blev {shown} {around}"))
    assert number in [one.quantity.number for one in found if one.is_money]


GOALS = """
| mål                     | Bedömning       |
|-------------------------|-----------------|
| Trygg skola             | Uppnått         |
| Ren luft                | Uppnått         |
| God ekonomi             | Delvis uppnått  |
| Levande landsbygd       | Ej uppnått      |
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nämnden har fyra mål, varav två är uppnådda.", []),
        ("Av nämndens 4 mål bedöms 3 som uppnådda.", [(Decimal(3), Decimal(2))]),
        ("Av 21 mål är 11 uppnådda, 9 delvis uppnådda och 1 ej bedömt.", []),
        ("Av 21 mål är 11 uppnådda, 8 delvis uppnådda och 1 ej bedömt.", [(Decimal(21), Decimal(20))]),
        ("Nämnden har elva (12) mål.", [(Decimal(11), Decimal(12))]),
        ("Nämnden har elva (11) mål. Tre av dem är nya.", []),
        ("Av 21 mål är 11 uppnådda. Resten följs upp nästa år.", []),
    ],
)
def test_counts_are_held_against_rows_parts_and_their_own_digits(
    text: str, wanted: list[tuple[Decimal, Decimal]]
) -> None:
    result = checked(text, tables=GOALS, kind="assessment")
    assert [
        (one.stated.number, one.expected.number) for one in result.findings if one.stated and one.expected
    ] == wanted


def test_a_list_has_as_many_items_as_it_says() -> None:
    three = ["- Skola", "- Vård", "- Omsorg"]
    assert checked("Arbetet har följande tre delar:", *three).findings == ()
    assert told(checked("Arbetet har följande fyra delar:", *three)) == [("CNT", Decimal(4), Decimal(3))]


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Rapporten lämnades den 31 september.", 1),
        ("Rapporten lämnades den 30 september.", 0),
        ("Den 29 februari 2023 antogs planen.", 1),
        ("Den 29 februari 2024 antogs planen.", 0),
        ("Nämnden möttes måndagen den 11 juni 2019.", 1),
        ("Nämnden möttes tisdagen den 11 juni 2019.", 0),
        ("I juni antog fullmäktige en plan (KF 2019-02-26 § 60).", 1),
        ("I februari antog fullmäktige en plan (KF 2019-02-26 § 60).", 0),
    ],
)
def test_dates_are_in_the_calendar(text: str, many: int) -> None:
    assert [one.code for one in checked(text).findings] == ["YER"] * many


def test_a_year_printed_over_the_wrong_column_is_told() -> None:
    wrong = STATEMENT.replace("Budget 2024", "Budget 2014")
    assert [(one.code, one.place.column_label) for one in checked(tables=wrong).findings] == [("YER", "Budget 2014")]


@pytest.mark.parametrize(
    ("row", "many"),
    [
        ("Andel (%) företag per 1 000 invånare | 8,66 | 9,0 | 9,1", 1),
        ("Antal heltidsanställningar | 98 % | 99 % | 99 %", 1),
        ("Andelen som använder e-möten | 559 | 610 | 662", 1),
        ("Andelen som använder e-möten | 55 | 61 | 662", 0),
        ("Andel heltidsanställda | 98 % | 99 % | 99 %", 0),
    ],
)
def test_a_label_and_its_figures_speak_of_the_same_unit(row: str, many: int) -> None:
    table = f"| indikator | Utfall 2022 | Utfall 2023 | Utfall 2024 |\n|---|---|---|---|\n| {row} |"
    assert [one.code for one in checked(tables=table, kind="indicator").findings] == ["UNT"] * many


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Se bilaga 3.", 1),
        ("Se bilaga 2.", 0),
        ("Se tabell 9.", 0),
        ('Det beskrivs i avsnittet "Ekonomin".', 0),
        ('Det beskrivs i avsnittet "Ekonomisk ställning".', 1),
    ],
)
def test_references_lead_somewhere(text: str, many: int) -> None:
    result = checked(text, "### Bilaga 1 Investeringar", "### Bilaga 2 Lokaler")
    assert [one.code for one in result.findings] == ["REF"] * many


@given(st.integers(1_000, 900_000), st.integers(1_000, 900_000), st.sampled_from((TKR, MNKR)))
def test_a_true_amount_is_never_told_however_it_is_rounded(outcome: int, budget: int, unit: Unit) -> None:
    table = f"""
| tkr, nettokostnad | Utfall 2024 | Budget 2024 | Avvikelse 2024 |
|---|---|---|---|
| Kansliet | {outcome} | {budget} | {budget - outcome} |
"""
    amount = Quantity(Decimal(abs(budget - outcome)), TKR, 0)
    shown = format_quantity(amount, unit=unit, decimals=0 if unit is TKR else 1, with_unit=True)
    side = "överskott" if budget >= outcome else "underskott"
    assert checked(f"Kansliet redovisar ett {side} med {shown}.", tables=table).findings == ()


@given(st.integers(100, 999), st.integers(100, 999))
def test_another_amount_is_told_with_the_right_one(right: int, wrong: int) -> None:
    assume(abs(right - wrong) > 1)
    table = "| mnkr, nettokostnad | Utfall 2024 | Budget 2024 | Avvikelse 2024 |\n|---|---|---|---|\n"
    table += f"| Kansliet | 2 000,0 | {2000 + right / 10:.1f} | {right / 10:.1f} |".replace(".", ",")
    (finding,) = checked(
        f"Kansliet redovisar ett överskott med {wrong / 10:.1f} mnkr.".replace(".", ",", 1), tables=table
    ).findings
    assert finding.code == "TXT"
    assert finding.expected == Quantity(Decimal(right) / 10, MNKR, 1)


def test_rows_of_one_name_are_summed_where_the_text_says_altogether() -> None:
    table = """
| tkr, nettokostnad | Budget 2024 |
|---|---|
| Kansliet | 900 |
| varav särskilda satsningar | 120 |
| Tekniska kontoret | 800 |
| varav särskilda satsningar | 235 |
"""
    said = "De särskilda satsningarna uppgår 2024 sammanlagt till {} tkr."
    right, wrong = checked(said.format(355), tables=table), checked(said.format(345), tables=table)
    assert right.findings == ()
    assert [one.agrees for one in right.bindings] == [True]
    assert told(wrong) == [("TXT", Decimal(345), Decimal(355))]


def test_a_change_is_bound_to_the_difference_between_two_columns() -> None:
    (one,) = checked("Kansliets nettokostnad ökade med 7,7 mnkr jämfört med 2023.").bindings
    assert one.agrees
    assert one.target.startswith("Kansliet / skillnaden mellan Utfall 2024 och Utfall 2023")
    assert checked("Kansliets nettokostnad ökade med 9,9 mnkr jämfört med 2023.").findings == ()


def test_a_list_of_amounts_does_not_confirm_itself() -> None:
    table = "| tkr | Utfall |\n|---|---|\n| Ramjustering för statistik med 1 250 tkr | 1 250 |"
    assert checked("Ramjustering för statistik med 1 250 tkr", tables=table).bindings == ()


def test_a_plan_is_not_done_before_it_begins() -> None:
    due = ("Q1 2024", "Q3 2024", "Tertial 2 2024", "Q4 2023")
    rows = "\n".join(f"| Aktivitet {number} | {when} |" for number, when in enumerate(due))
    table = f"| aktivitet | text |\n|---|---|\n{rows}"
    result = checked(tables=f"{table}\n\n{STATEMENT}", kind="")
    assert [(one.code, one.confidence, one.place.row_label) for one in result.findings] == [
        ("YER", Confidence.POSSIBLE, "Aktivitet 3")
    ]


_SAID = """
Kansliet Nämnden överskott underskott budget från till av varav mål uppnådda elva (11) ökat minskat bilaga tabell
avsnittet ”Ekonomi” 31 april 2024 måndagen den I juni antog (KF 2019-02-26 § 60) mnkr tkr % procent minus + -
4,9 -25,2 15 000 1 2,0 1,5 . , : ; / § kl 14:30 2020-2023 5-7 följande två enheter består jämfört med
"""
_WORDS = st.sampled_from(_SAID.split())


@given(st.lists(st.lists(st.one_of(_WORDS, st.text(max_size=6)), max_size=25).map(" ".join), max_size=6))
def test_no_text_is_too_strange(texts: list[str]) -> None:
    lines = [" ".join(text.split()) for text in texts]
    small = read_small_document(STATEMENT)
    passages = [
        Passage(f"p{at}", text, ("Ekonomi",), item=at % 3 == 2, heading=at % 5 == 4, order=at)
        for at, text in enumerate(lines)
    ]
    result = check_document(small.printed, passages)
    for one in result.bindings:
        assert one.passage.text[one.start : one.end]
    for finding in result.findings:
        assert finding.message
        assert finding.identity()


def test_a_number_of_any_length_is_read() -> None:
    assert [one.code for one in checked(f"Kansliet redovisar ett överskott på {'9' * 6000} mnkr.").findings] == ["TXT"]
