"""The synthetic ledger: it makes every printed figure, its vouchers balance, and it is the same every time."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import cache

import pytest

from uppsikt.core.economy import Entry, EntryKind, Side, side_of
from uppsikt.core.economy.unfolding import Agreement, agreement
from uppsikt.core.errors import UseError
from uppsikt.web.demo.ledger import make_codes, make_entries
from uppsikt.web.demo.ledger.amounts import booked_of, printed_amounts
from uppsikt.web.demo.ledger.fitting import Condition, fit, split
from uppsikt.web.demo.ledger.making import invented_amounts
from uppsikt.web.demo.ledger.plan import BALANCE_UNIT, FOLDER, rows_of
from uppsikt.web.demo.ledger.printed import CONTRADICTIONS, Told, told


@cache
def entries() -> tuple[Entry, ...]:
    return tuple(make_entries())


def booked(figure: Told) -> Agreement:
    amounts = printed_amounts()
    value = figure.plus.told(booked_of(figure.plus, figure.at, amounts))
    if figure.minus is not None:
        value -= figure.minus.told(booked_of(figure.minus, figure.at, amounts))
    return agreement(figure.printed, value)


def test_every_printed_figure_is_what_the_entries_come_to():
    figures = tuple(told())
    assert len(figures) > 290
    assert {one.name for one in figures if not booked(one).holds} == set(CONTRADICTIONS)


@pytest.mark.parametrize(
    ("name", "printed", "booked_as"),
    [
        ("bokslut-2019/by-unit-1/kommunledning/outcome-2019", 168117, 0),
        ("bokslut-2019/by-unit-1/summa-kostnader/outcome-2019", 585007, 0),
        ("bokslut-2019/by-unit-3/nettokostnad/last_year-2018", 38996, 0),
        ("bokslut-2024/by-unit-1/summa/deviation-2024", Decimal("21.9"), 1),
        ("bokslut-2024/by-activity-1/verksamhet-815/last_year-2023", Decimal("-48.1"), 1),
        ("bokslut-2024/by-unit-2/resultat/outcome-2024", Decimal("-9.8"), 1),
        ("bokslut-2024/investment-1/simhallen/outcome-sedan-start", Decimal("938.4"), 1),
    ],
)
def test_the_figures_that_people_know(name, printed, booked_as):
    figure = next(one for one in told() if one.name == name)
    assert figure.printed.number == printed
    assert round(booked(figure).booked.number, booked_as) == printed


def test_the_two_cuts_of_2024_are_the_same_entries():
    amounts = printed_amounts()
    units, activities = (
        sum(
            booked_of(one.plus, one.at, amounts)
            for one in told()
            if one.name.startswith(f"bokslut-2024/{table}/")
            and one.name.endswith("/outcome-2024")
            and "summa" not in one.name
        )
        for table in ("by-unit-1", "by-activity-1")
    )
    assert units == activities > 0


def test_a_budget_printed_as_nought_is_nought_to_the_last_ore():
    noughts = [one for one in told() if not one.printed.number and one.name.endswith(("/budget-2019", "/budget-2024"))]
    assert len(noughts) >= 2
    assert all(not booked_of(one.plus, one.at, printed_amounts()) for one in noughts)


def test_every_amount_is_booked_to_the_last_ore():
    made: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
    for one in entries():
        if one.unit != BALANCE_UNIT:
            made[one.kind, one.month // 100, side_of(one.account), one.unit, one.activity, one.project] += one.amount
    wanted: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
    for spot, amount in (printed_amounts() | invented_amounts()).items():
        credit = spot.side is Side.INCOME or (spot.side is Side.FINANCIAL and not spot.look.startswith("85"))
        place = spot.kind, spot.year, spot.side, spot.unit, spot.activity, spot.project
        wanted[place] += Decimal(-amount if credit else amount).scaleb(-2)
    assert {place: amount for place, amount in wanted.items() if amount} == made


def test_every_voucher_sums_to_zero():
    vouchers: dict[str, Decimal] = defaultdict(Decimal)
    months: dict[str, set[int]] = defaultdict(set)
    for one in entries():
        if one.kind is EntryKind.OUTCOME:
            vouchers[one.voucher] += one.amount
            months[one.voucher].add(one.month)
    assert len(vouchers) > 10_000
    assert not any(vouchers.values())
    assert all(len(found) == 1 for found in months.values())


def test_the_same_entries_are_made_every_time():
    assert tuple(make_entries()) == entries()
    assert 60_000 <= len(entries()) <= 150_000


def test_every_code_of_an_entry_is_in_the_plan():
    known = {(one.part, one.code) for one in make_codes()}
    for part in ("account", "unit", "activity", "project", "counterpart"):
        used = {getattr(one, part) for one in entries()} - {""}
        assert used <= {code for name, code in known if name == part}


def test_a_year_runs_as_a_municipality_s_year():
    pay: dict[int, Decimal] = defaultdict(Decimal)
    rents: dict[int, Decimal] = defaultdict(Decimal)
    for one in entries():
        if one.kind is EntryKind.OUTCOME and one.month // 100 == 2024 and one.unit.startswith("1"):
            pay[one.month % 100] += one.amount if one.account == "5011" else 0
            rents[one.month % 100] += one.amount if one.account == "6011" else 0
    assert min(pay, key=lambda month: pay[month]) == 7
    assert max(pay.values()) < 2 * min(pay.values())
    # Most of a rent is paid each month, a part of it each quarter.
    assert set(rents) == set(range(1, 13))
    assert {month for month, amount in rents.items() if amount > min(rents.values()) * Decimal("1.3")} == {1, 4, 7, 10}
    assert max(rents.values()) < 2 * min(rents.values())


def test_one_committee_alone_ends_over_its_frame():
    net: dict[str, int] = defaultdict(int)
    own = {row["ansvar"]: row["enhet"] for row in rows_of(FOLDER / "ovriga.csv") if row["enhet"] != "leanlink"}
    for spot, amount in invented_amounts().items():
        if spot.year == 2024 and spot.unit in own:
            signed = -amount if spot.side is Side.INCOME else amount
            net[own[spot.unit]] += signed if spot.kind is EntryKind.BUDGET else -signed
    assert [unit for unit, left in net.items() if left < 0] == ["barn-och-ungdomsnamnden"]
    assert net["barn-och-ungdomsnamnden"] < -50_000 * 100_000  # öre


def test_amounts_are_split_so_that_the_parts_are_the_whole():
    assert split(100, [1, 1, 1]) == [33, 33, 34]
    assert split(1_000_050, [1, 0, 2], 100) == [333_300, 0, 666_750]
    assert sum(split(10**13 + 7, list(range(1, 50)))) == 10**13 + 7


def test_figures_that_contradict_each_other_are_named():
    lower, upper = Condition("liten", (0,), (), 0, 10), Condition("stor", (0,), (), 20, 30)
    assert 10 <= fit([5], [Condition("ensam", (0,), (), 10, 30)])[0] <= 30
    with pytest.raises(UseError, match=r"motsäger varandra.*(liten|stor)"):
        fit([5], [lower, upper])


def test_no_amount_is_negative_and_income_stands_on_income_accounts():
    assert min((printed_amounts() | invented_amounts()).values()) >= 0
    assert all(one.amount <= 0 for one in entries() if side_of(one.account) is Side.INCOME)
