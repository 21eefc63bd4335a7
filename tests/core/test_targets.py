"""Targets are read as what they say, and an outcome is weighed against them with a reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_printed_facts import rows
from tests.strategies import periods, quantities, targets, values
from uppsikt.core.periods import Period
from uppsikt.core.quantities import COUNT, KR, PERCENT, PLAIN, Missing, Quantity, Unit, Value, read_cell, unit_of
from uppsikt.core.states import GoalState
from uppsikt.core.targets import (
    Balance,
    Both,
    Bound,
    Change,
    Count,
    DesiredDirection,
    NoTarget,
    Op,
    Reach,
    Target,
    TextTarget,
    Way,
    YesNo,
    evaluate,
    format_target,
    parse_direction,
    parse_target,
)


def q(number: str, unit: Unit = PLAIN) -> Quantity:
    _, _, fraction = number.partition(".")
    return Quantity(Decimal(number), unit, len(fraction))


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("78", Reach(q("78"))),
        ("90%", Reach(q("90", PERCENT))),
        ("300 ha.", Reach(q("300", unit_of("ha")))),
        ("1750 tkr.", Reach(q("1750", unit_of("tkr")))),
        ("100 ⁷", Reach(q("100"), "fotnot 7")),
        ("85,0 (exkl Kost & Restaurang)", Reach(q("85.0"), "exkl Kost & Restaurang")),
        ("85 % har formell kompetens", Reach(q("85", PERCENT), "har formell kompetens")),
        ("4 stycken", Count(q("4", COUNT))),
        ("Mindre än 70", Bound(Op.LESS, q("70"))),
        ("Färre än 700", Bound(Op.LESS, q("700"))),
        ("< 5%", Bound(Op.LESS, q("5", PERCENT))),
        ("Max 900 kr.", Bound(Op.AT_MOST, q("900", KR))),
        ("<= 3,5 dagar", Bound(Op.AT_MOST, q("3.5", unit_of("dagar")))),
        ("Max 1 % budgetavvikelse", Bound(Op.AT_MOST, q("1", PERCENT), "budgetavvikelse")),
        ("Större än 0", Bound(Op.MORE, q("0"))),
        ("Minst 85 %", Bound(Op.AT_LEAST, q("85", PERCENT))),
        ("Andelen ska vara minst 85 %", Bound(Op.AT_LEAST, q("85", PERCENT))),
        ("Ej negativ", Bound(Op.AT_LEAST, q("0"))),
        (">= 4% Positiv trend", Both(Bound(Op.AT_LEAST, q("4", PERCENT)), Change(Way.UP))),
        ("≥4% Positiv trend", Both(Bound(Op.AT_LEAST, q("4", PERCENT)), Change(Way.UP))),
        ("Positiv trend", Change(Way.UP)),
        ("Minska", Change(Way.DOWN)),
        ("Andelen ska minska", Change(Way.DOWN)),
        ("Ökar", Change(Way.UP)),
        ("Bibehålla", Change(Way.KEEP)),
        ("Behålla", Change(Way.KEEP)),
        ("ska bibehållas eller öka", Change(Way.KEEP_OR_UP)),
        ("Minska eller bibehålla", Change(Way.KEEP_OR_DOWN)),
        ("Minska med 10%", Change(Way.DOWN, q("10", PERCENT))),
        ("Öka med 2 procentenheter", Change(Way.UP, q("2", unit_of("procentenheter")))),
        ("Öka med 2 sedan 2019", Change(Way.UP, q("2"), Period.year(2019))),
        ("Ska öka jämfört med 2016", Change(Way.UP, since=Period.year(2016))),
        ("Öka jämfört med föregående år", Change(Way.UP, note="jämfört med föregående år")),
        ("Ökade HME siffror", Change(Way.UP, note="HME siffror")),
        ("Ja", YesNo(wanted=True)),
        ("Nej", YesNo(wanted=False)),
        ("Ja/Nej", YesNo(wanted=None)),
        ("Nollresultat", Balance("Nollresultat")),
        ("Budget i balans", Balance()),
    ],
)
def test_printed_forms(text: str, target: Target) -> None:
    assert parse_target(text) == target


@pytest.mark.parametrize(
    "text",
    ["90% inom 120 sekunder", "Genomfört enligt plan", "Minska övertid, öka mertid vid behov", "Not. 1", "38 41 (2021)",
     "8/7", "Öka 5", "minska eller öka", "Öka med -5", "Bibehålla med 5", "Mindre än", "Ja då", "ska", "<", "trend"],
)  # fmt: skip
def test_what_cannot_be_read_is_kept_as_text(text: str) -> None:
    assert parse_target(text) == TextTarget(text)


@pytest.mark.parametrize("text", ["-", "I.U.", "", "Mäts på kommunnivå"])
def test_no_target_keeps_its_reason(text: str) -> None:
    target = parse_target(text)
    assert isinstance(target, NoTarget)
    assert target.missing.text == text


@pytest.mark.parametrize(
    ("text", "direction"),
    [("Öka", "up"), ("Minska", "down"), ("Behålla", "keep"), ("-", "none"), ("Mindre än 23", "down"),
     ("Ej negativ", "up"), ("≥4% Positiv trend", "up"), ("", "none"), ("78", "none")],
)  # fmt: skip
def test_the_column_of_desired_direction(text: str, direction: str) -> None:
    assert parse_direction(text) is DesiredDirection(direction)


@given(targets)
def test_what_is_written_can_be_read(target: Target) -> None:
    assert parse_target(format_target(target)) == target


@given(st.text())
def test_reading_never_raises(text: str) -> None:
    target = parse_target(text)
    assert not isinstance(target, TextTarget) or target.text == " ".join(text.split())


@given(st.text("Mindreämaxökjlbståg <>=≤≥0123456789,%()-"))
def test_reading_never_raises_near_the_language(text: str) -> None:
    assert parse_target(text) is not None


WORDS_ONLY = {
    "% upplevd digital mognad ska mätas",
    "Genomfört enligt plan",
    "Minska övertid, öka mertid vid behov",
    "Not. 1",
}


def test_every_printed_target_is_read() -> None:
    printed = {
        row["raw"]
        for row in rows("facts.csv")
        if any(word in row["column"] for word in ("Målvärde", "Önskad riktning", "Måltal"))
    }
    assert {raw for raw in printed if isinstance(parse_target(raw), TextTarget)} == WORDS_ONLY


THEN, NOW = Period.year(2018), Period.year(2019)


def weigh(target: str, now: str, then: str | None = None, direction: str = "none") -> tuple[GoalState, str]:
    series: dict[Period, Value] = {NOW: read_cell(now).value}
    if then is not None:
        series[THEN] = read_cell(then).value
    verdict = evaluate(parse_target(target), series, direction=DesiredDirection(direction), period=NOW)
    return verdict.state, verdict.reason.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("target", "now", "then", "direction", "state"),
    [
        ("78", "83", None, "up", "met"),
        ("78", "78,0", None, "up", "met"),
        ("78", "75", "72", "up", "partly"),
        ("78", "75", "75", "up", "missed"),
        ("78", "75", "76", "up", "missed"),
        ("78", "75", None, "up", "missed"),
        ("78", "75", "I.U.", "up", "missed"),
        ("78", "75", None, "down", "met"),
        ("78", "80", "82", "down", "partly"),
        ("78", "78", None, "none", "met"),
        ("78", "80", "70", "none", "none"),
        ("78", "77", "70", "keep", "partly"),
        ("78", "77", "78", "keep", "missed"),
        ("78", "83 %", None, "up", "met"),
        ("70 %", "83", None, "up", "met"),
        ("70 %", "83 kr", None, "up", "none"),
        ("1750 tkr.", "1,8 mnkr", None, "up", "met"),
        ("4 stycken", "5", None, "none", "met"),
        ("4 stycken", "3", "2", "none", "partly"),
        ("4 stycken", "3", "2", "down", "met"),
        ("Mindre än 70", "69,9", None, "none", "met"),
        ("Mindre än 70", "70", "75", "none", "partly"),
        ("Mindre än 70", "71", "70", "none", "missed"),
        ("Max 900 kr", "900 kr", None, "up", "met"),
        ("Större än 0", "0", None, "none", "missed"),
        ("Minst 85 %", "85 %", None, "none", "met"),
        ("Max 1 % budgetavvikelse", "-3,0 %", "-5,0 %", "none", "partly"),
        ("Max 1 % budgetavvikelse", "-0,9 %", None, "none", "met"),
        ("Ej negativ", "-1", "-2", "none", "partly"),
        ("Minska", "5,5", "7,3", "none", "met"),
        ("Minska", "6,5", "5,8", "none", "missed"),
        ("Minska", "6,5", "6,5", "none", "missed"),
        ("Minska", "6,5", None, "none", "none"),
        ("Öka", "6,5 kr", "5 %", "none", "none"),
        ("Bibehålla", "6,5", "6,5", "none", "met"),
        ("Bibehålla", "6,6", "6,5", "none", "missed"),
        ("Bibehålla", "6,6", "6,5", "up", "met"),
        ("Bibehålla", "6,4", "6,5", "down", "met"),
        ("ska bibehållas eller öka", "6,5", "6,5", "none", "met"),
        ("ska bibehållas eller öka", "6,4", "6,5", "none", "missed"),
        ("Minska med 10%", "90", "100", "none", "met"),
        ("Minska med 10%", "91", "100", "none", "partly"),
        ("Minska med 10%", "100", "100", "none", "missed"),
        ("Minska med 10%", "0", "0", "none", "none"),
        ("Öka med 10%", "-90", "-100", "none", "met"),
        ("Öka med 2 procentenheter", "52 %", "50 %", "none", "met"),
        ("Öka jämfört med 2018", "52", "50", "none", "met"),
        ("Öka jämfört med 2016", "52", "50", "none", "none"),
        ("≥4% Positiv trend", "5 %", "4 %", "none", "met"),
        ("≥4% Positiv trend", "5 %", "6 %", "none", "partly"),
        ("≥4% Positiv trend", "3 %", "6 %", "none", "missed"),
        ("≥4% Positiv trend", "5 %", None, "none", "none"),
        ("Nollresultat", "0", None, "none", "met"),
        ("Budget i balans", "-9,8 mnkr", None, "none", "missed"),
        ("Budget i balans", "-9,8 mnkr", "-12 mnkr", "none", "partly"),
        ("Ja", "Ja", None, "none", "met"),
        ("Ja", "nej", None, "none", "missed"),
        ("Nej", "nej", None, "none", "met"),
        ("Ja/Nej", "Ja", None, "none", "none"),
        ("Ja", "7", None, "none", "none"),
        ("Ja", "", None, "none", "none"),
        ("78", "I.U.", "70", "up", "none"),
        ("78", "", "70", "up", "none"),
        ("78", "Mindre än 12", "70", "up", "none"),
        ("90% inom 120 sekunder", "95", None, "up", "none"),
        ("-", "95", "90", "up", "none"),
    ],
)  # fmt: skip
def test_an_outcome_is_weighed(target: str, now: str, then: str | None, direction: str, state: str) -> None:
    assert weigh(target, now, then, direction)[0] is GoalState(state)


REASONS = """
78                | 83   |      | up   | Utfallet 83 uppfyller målvärdet 78.
78 %              | 75 % | 72 % | up   | Utfallet 75 % uppfyller inte målvärdet 78 % men är bättre än 72 % (2018).
78                | 75   |      | up   | Utfallet 75 uppfyller inte målvärdet 78, och det finns inget tidigare värde att jämföra med.
Mindre än 70      | 71   | 70   | none | Utfallet 71 uppfyller inte målvärdet mindre än 70 och är inte bättre än 70 (2018).
78                | 80   |      | none | Utfallet 80 skiljer sig från målvärdet 78, men det är inte angivet om ett högre eller ett lägre värde är bättre.
78                | I.U. |      | up   | Utfallet för 2019 saknas (I.U.).
78                |      | 70   | up   | Utfallet för 2019 saknas.
78                | gott |      | up   | Utfallet för 2019 är skrivet i ord (”gott”) och bedöms av en person.
Minska            | -6,5 | 5,8  | none | Utfallet −6,5 har minskat från 5,8 (2018); målet är att minska.
Minska            | 6,5  |      | none | Det finns inget tidigare värde att jämföra utfallet 6,5 med; målet är att minska.
Öka sedan 2016    | 6,5  | 6,0  | none | Det finns inget värde för 2016 att jämföra utfallet 6,5 med; målet är att öka.
Minska med 10%    | 91   | 100  | none | Utfallet 91 har minskat från 100 (2018); målet är att minska med 10 %.
≥4% Positiv trend | 5 %  | 4 %  | none | Utfallet 5 % uppfyller målvärdet minst 4 %, och utfallet 5 % har ökat från 4 % (2018); målet är att öka.
≥4% Positiv trend | I.U. |      | none | Utfallet för 2019 saknas (I.U.).
Ja                | nej  |      | none | Svaret är nej och målvärdet är ja.
-                 | 7    |      | none | Det finns inget målvärde för 2019.
"""  # noqa: E501 a table with a sentence in its last column


@pytest.mark.parametrize("line", REASONS.strip().splitlines())
def test_the_reason_is_one_swedish_sentence(line: str) -> None:
    target, now, then, direction, reason = (part.strip() for part in line.split("|"))
    assert weigh(target, now, then or None, direction)[1] == reason


def test_a_year_to_a_date_is_compared_with_the_same_date_last_year_if_it_is_known() -> None:
    august, before = Period.to_date(date(2018, 8, 31)), Period.to_date(date(2017, 8, 31))
    series: dict[Period, Value] = {august: q("60"), Period.year(2017): q("90"), Period.year(2016): q("80")}
    target = parse_target("Öka")
    assert evaluate(target, series, period=august).state is GoalState.MISSED
    assert "90 (2017)" in evaluate(target, series, period=august).reason
    assert evaluate(target, {**series, before: q("55")}, period=august).state is GoalState.MET


def test_a_year_is_not_compared_with_its_own_interim() -> None:
    series: dict[Period, Value] = {NOW: q("60"), Period.to_date(date(2019, 8, 31)): q("50"), THEN: q("70")}
    assert "70 (2018)" in evaluate(parse_target("Öka"), series, period=NOW).reason


directions = st.sampled_from(DesiredDirection)


@given(targets, st.dictionaries(periods, values, max_size=4), directions, periods)
def test_weighing_never_raises_and_always_says_why(
    target: Target, series: dict[Period, Value], direction: DesiredDirection, period: Period
) -> None:
    verdict = evaluate(target, series, direction=direction, period=period)
    assert verdict.reason.endswith(".")
    assert verdict.reason[0].isupper()


@given(targets, directions, periods)
def test_missing_is_never_weighed(target: Target, direction: DesiredDirection, period: Period) -> None:
    assert evaluate(target, {period: Missing()}, direction=direction, period=period).state is GoalState.NONE


plain = quantities(st.just(PLAIN))


@given(plain, plain, plain, st.sampled_from([DesiredDirection.UP, DesiredDirection.DOWN]))
def test_what_is_better_than_met_is_met(
    goal: Quantity, outcome: Quantity, more: Quantity, way: DesiredDirection
) -> None:
    def state(of: Quantity) -> GoalState:
        return evaluate(Reach(goal), {NOW: of}, direction=way, period=NOW).state

    further = abs(more) if way is DesiredDirection.UP else -abs(more)
    if state(outcome) is GoalState.MET:
        assert state(outcome + further) is GoalState.MET


@given(plain, plain, plain, directions)
def test_the_order_of_a_series_does_not_matter(
    now: Quantity, then: Quantity, long_ago: Quantity, direction: DesiredDirection
) -> None:
    series: dict[Period, Value] = {NOW: now, THEN: then, Period.year(2010): long_ago}
    for target in (Reach(then), Change(Way.UP), Bound(Op.LESS, long_ago)):
        mixed = dict(reversed(series.items()))
        assert evaluate(target, series, direction=direction, period=NOW) == evaluate(
            target, mixed, direction=direction, period=NOW
        )
