"""The result budget: versions, plan years, sums, what 11:5 says, and two who write at once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from uppsikt.core.economy.result_budget import ResultLine
from uppsikt.core.errors import UseError
from uppsikt.web.council import services
from uppsikt.web.council.models import ResultBudget
from uppsikt.web.council.selectors import budget_stored, result_page
from uppsikt.web.council.services import ResultWritten
from uppsikt.web.history.services import EditConflictError
from uppsikt.web.organisation.gate import NotAllowedError

HERE = "/kommunfullmaktige/bokslut-2024/kommunen/resultatbudget"
AMOUNTS = ("2 400", "13 500", "600", "9 600", "2 300", "250", "120", "0")
TYPED = {f"{line.value}_2024": text for line, text in zip(ResultLine, AMOUNTS, strict=True)}
GOOD = {**TYPED, "why": "Enligt protokollet", "seen": "0"}


def html(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def written(year=2024, version="budget", *, seen=0, costs=13_500, **more) -> ResultWritten:
    told = dict(zip(ResultLine, map(Decimal, (2_400, costs, 600, 9_600, 2_300, 250, 120, 0)), strict=True))
    return ResultWritten(year, version, {(year, line): amount for line, amount in told.items()}, "Prov", seen, **more)


def test_the_budget_is_saved_and_judged_by_the_law(town, client, signed_in) -> None:
    assert "För 2024 är ingen resultatbudget inlagd" in html(client.get(f"{HERE}/"))
    saved = signed_in("siri").post(f"{HERE}/budget/", GOOD, follow=True)
    text = html(saved)
    assert "Resultatbudgeten är sparad" in text
    assert "intäkterna överstiger kostnaderna med 330 tkr" in text
    for words in ("Verksamhetens nettokostnader", "−11 700", "−13 500", "11 kap. 5 §"):
        assert words in text


@pytest.mark.parametrize(
    ("costs", "more", "verdict"),
    [
        (13_829, {}, "met"),
        (13_830, {}, "broken"),  # exactly in balance is not more income than costs
        (13_930, {"from_reserve": Decimal(100)}, "by_reserve"),
        (13_931, {"from_reserve": Decimal(100)}, "broken"),
        (13_931, {"reason": "Stort eget kapital."}, "by_reason"),
    ],
)
def test_the_exceptions_of_the_law_are_named(town, costs, more, verdict) -> None:
    services.result_budget_save(town.siri, written(costs=costs, **more))
    assert result_page(town.here()).answer.verdict == verdict


def test_a_year_before_the_rules_is_shown_and_not_judged(town) -> None:
    services.result_budget_save(town.siri, written(2023))
    page = result_page(town.here(at="bokslut-2023"))
    assert (page.answer, "2023 gällde andra regler" in page.refusal) == (None, True)


def test_plan_years_and_versions_stand_in_one_table(town) -> None:
    amounts = dict(written().amounts) | {(2025, ResultLine.OPERATING_INCOME): Decimal(2_500)}
    services.result_budget_save(town.siri, ResultWritten(2024, "budget", amounts, "Prov", 0))
    services.result_budget_save(town.siri, written(version="outcome", costs=13_700))
    table = result_page(town.here()).table
    assert [column.key for column in table.columns] == [
        "budget-2024", "outcome-2024", "deviation-outcome-2024", "plan-2025",
    ]  # fmt: skip
    assert table.value("result", "deviation-outcome-2024").number == -200
    assert table.value("result", "plan-2025").text == "7 rader saknar belopp"


def test_the_second_who_saves_is_told_and_loses_nothing(town, signed_in) -> None:
    siri = signed_in("siri")
    siri.post(f"{HERE}/budget/", GOOD)
    late = siri.post(f"{HERE}/budget/", {**GOOD, "tax_income_2024": "9 700"})
    assert late.status_code == 409
    assert "hann före dig" in html(late)
    assert 'value="9 700"' in html(late)
    _, seen = budget_stored(town.siri, 2024, "budget")
    assert siri.post(f"{HERE}/budget/", {**GOOD, "tax_income_2024": "9 700", "seen": seen}).status_code == 302
    with pytest.raises(EditConflictError):
        services.result_budget_save(town.siri, written(seen=seen))


def test_a_line_that_is_emptied_is_missing_again(town) -> None:
    services.result_budget_save(town.siri, written())
    _, seen = budget_stored(town.siri, 2024, "budget")
    left = {place: amount for place, amount in written().amounts.items() if place[1] is not ResultLine.DEPRECIATION}
    stored = services.result_budget_save(town.siri, ResultWritten(2024, "budget", left, "Prov", seen))
    assert ResultBudget._default_manager.get(pk=stored.pk).lines.count() == 7
    assert result_page(town.here()).answer.verdict == "unknown"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"operating_costs_2024": "-13 500"}, "Skriv utan minus"),
        ({"operating_costs_2024": "mycket"}, "är inget belopp"),
        ({"why": ""}, "Något behöver rättas"),
        (dict.fromkeys(TYPED, ""), "Skriv minst ett belopp"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(town, signed_in, change, words) -> None:
    answer = signed_in("siri").post(f"{HERE}/budget/", {**GOOD, **change})
    assert (answer.status_code, words in html(answer)) == (422, True)
    assert not ResultBudget._default_manager.exists()


def test_only_who_has_a_role_in_the_council_may(town, signed_in, client) -> None:
    assert client.get(f"{HERE}/budget/").status_code == 403
    assert signed_in("kim").post(f"{HERE}/budget/", GOOD).status_code == 403
    assert signed_in("siri").get(f"{HERE}/finns-inte/").status_code == 404
    with pytest.raises(NotAllowedError):
        services.result_budget_save(town.actor("kim"), written())
    with pytest.raises(UseError, match="utan minus"):
        services.result_budget_save(town.siri, written(costs=-1))
