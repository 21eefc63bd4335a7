"""What is booked at each place in each year: amounts in öre from which every printed figure adds up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache

from uppsikt.core.economy import EntryKind, Side
from uppsikt.core.economy.unfolding import Behind
from uppsikt.core.quantities import KR
from uppsikt.web.demo.ledger.fitting import Condition, fit
from uppsikt.web.demo.ledger.plan import FOLDER, Place, places, project_codes, rows_of
from uppsikt.web.demo.ledger.printed import Told, told
from uppsikt.web.demo.ledger.units import codes_of

TKR = 100_000  # öre
_RECEPTION = "600"  # the activity of SCB; its parts have a digit more
_BUDGET_STEP = 100  # a budget is decided in whole kronor


@dataclass(frozen=True, slots=True)
class Spot:
    """Something that has an amount in a year. ``look`` is the profile of its accounts, or its only account."""

    kind: EntryKind
    year: int
    side: Side
    unit: str
    activity: str
    look: str
    project: str = ""


@cache
def printed_amounts() -> Mapping[Spot, int]:
    """Give the amounts, in öre and never negative, that make the printed figures of 2018, 2019, 2023 and 2024.

    Costs, income and investments are all told as positive amounts.
    """
    conditions = tuple(one for one in told() if not one.is_contradicted)
    found: dict[Spot, int] = {}
    for guess in (_running(2019), _running(2024) | received(), _invested()):
        spots = tuple(guess)
        sides = {spot.side for spot in spots}
        years = {spot.year for spot in spots}
        wanted = [one for one in conditions if one.plus.sides <= sides and _years(one.plus) & years]
        answer = fit([guess[spot] for spot in spots], _conditions(wanted, spots))
        found |= {spot: _rounded(spot, amount) for spot, amount in zip(spots, answer, strict=True)}
    _balance_budgets(found, conditions)
    return found


def _balance_budgets(amounts: dict[Spot, int], conditions: Iterable[Told]) -> None:
    """Make a budget that is printed as nought exactly so: its largest cost takes the kronor that rounding left."""
    for one in conditions:
        is_net_budget = one.plus.kind is EntryKind.BUDGET and {Side.COSTS, Side.INCOME} <= one.plus.sides
        if one.printed.number or one.minus is not None or not is_net_budget:
            continue
        spots = [spot for spot in amounts if is_behind(one.plus, one.at, spot)]
        net = sum(-amounts[spot] if spot.side is Side.INCOME else amounts[spot] for spot in spots)
        largest = max(spots, key=lambda spot: amounts[spot] if spot.side is Side.COSTS else -1)
        amounts[largest] -= net


def _rounded(spot: Spot, amount: int) -> int:
    return amount // _BUDGET_STEP * _BUDGET_STEP if spot.kind is EntryKind.BUDGET else amount


def _running(year: int) -> dict[Spot, int]:
    """Guess the costs and income of a year: its outcome and budget, and the outcome of the year before."""
    found: dict[Spot, int] = {}
    for place in places(year):
        found |= _both(EntryKind.OUTCOME, year, place, place.costs, place.income)
        found |= _both(EntryKind.BUDGET, year, place, place.costs, place.income)
        found |= _both(EntryKind.OUTCOME, year - 1, place, place.costs_before, place.income_before)
    return found


def _both(kind: EntryKind, year: int, place: Place, costs: int, income: int) -> dict[Spot, int]:
    found = {}
    if costs:
        found[Spot(kind, year, Side.COSTS, place.unit, place.activity, place.cost_profile)] = costs * TKR
    if income:
        found[Spot(kind, year, Side.INCOME, place.unit, place.activity, place.income_profile)] = income * TKR
    return found


def received() -> dict[Spot, int]:
    """Guess what the reception of refugees cost and gave in 2024, part by part: the invented rows of its activities."""
    found: dict[Spot, int] = {}
    for row in rows_of(FOLDER / "ovriga.csv"):
        if row["verksamhet"].startswith(_RECEPTION) and row["verksamhet"] != _RECEPTION:
            for side, amount, look in (
                (Side.COSTS, "kostnader", "kostnadsprofil"), (Side.INCOME, "intäkter", "intäktsprofil"),
            ):  # fmt: skip
                place = row["ansvar"], row["verksamhet"], row[look]
                found[Spot(EntryKind.OUTCOME, 2024, side, *place)] = int(row[amount]) * TKR
    return found


def _invested() -> dict[Spot, int]:
    found: dict[Spot, int] = {}
    for row in rows_of(FOLDER / "investeringar.csv"):
        place = row["ansvar"], row["verksamhet"], row["konto"], project_codes()[row["projekt"]]
        for kind, word in ((EntryKind.OUTCOME, "utfall"), (EntryKind.BUDGET, "budget")):
            if row[word]:
                found[Spot(kind, int(row["år"]), Side.INVESTMENT, *place)] = int(row[word]) * TKR
    return found


def _years(found: Behind) -> set[int]:
    return {found.first // 100, found.last // 100}


def _conditions(wanted: Iterable[Told], spots: Sequence[Spot]) -> Iterator[Condition]:
    for one in wanted:
        added, taken = _booked(one.plus, one.at, spots)
        if one.minus is not None:
            less, more = _booked(one.minus, one.at, spots)
            added, taken = added + more, taken + less
        interval = one.printed.to(KR).interval()
        low = int((interval.low * 100).to_integral_value(ROUND_CEILING))
        high = int((interval.high * 100).to_integral_value(ROUND_FLOOR))
        yield Condition(one.name, added, taken, low, high)


def _booked(found: Behind, at: date, spots: Sequence[Spot]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Give the numbers of the amounts that a figure adds, and of those that it takes away."""
    numbers = [number for number, spot in enumerate(spots) if is_behind(found, at, spot)]
    debit = tuple(number for number in numbers if spots[number].side is not Side.INCOME)
    credit = tuple(number for number in numbers if spots[number].side is Side.INCOME)
    return (credit, debit) if found.is_turned else (debit, credit)


def is_behind(found: Behind, at: date, spot: Spot) -> bool:
    """Say whether a spot's entries are among those behind a figure."""
    projects = {project_codes()[slug] for slug in found.projects}
    return (
        spot.kind is found.kind
        and spot.side in found.sides
        and found.first <= spot.year * 100 + 12 <= max(found.last, found.last // 100 * 100 + 12)
        and (not found.activities or spot.activity in found.activities)
        and (not projects or spot.project in projects)
        and (not found.unit or spot.unit in codes_of(found.unit, at, whole=found.whole))
    )


def booked_of(found: Behind, at: date, amounts: Mapping[Spot, int]) -> Decimal:
    """Add what is booked behind a figure, in kronor, debit positive."""
    total = sum(
        -amount if spot.side is Side.INCOME else amount
        for spot, amount in amounts.items()
        if is_behind(found, at, spot)
    )
    return Decimal(total).scaleb(-2)
