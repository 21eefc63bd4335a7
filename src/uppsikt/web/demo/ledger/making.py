"""The whole synthetic ledger: what makes the printed figures, and what is invented around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from uppsikt.core.economy import Entry, EntryKind, Side
from uppsikt.core.quantities import Quantity, read_cell
from uppsikt.web.demo.ledger.amounts import TKR, Spot, printed_amounts
from uppsikt.web.demo.ledger.booking import Book, Dice
from uppsikt.web.demo.ledger.fitting import split
from uppsikt.web.demo.ledger.plan import DATA, FINANCE_UNIT, FOLDER, rows_of

_YEAR = 2024
_BEFORE = 96  # percent of 2024: what the invented committees cost in 2023


def make_entries() -> Iterator[Entry]:
    """Make every entry, the same every time."""
    book = Book()
    for spot, amount in {**printed_amounts(), **invented_amounts()}.items():
        if amount:
            yield from book.entries(spot, amount)


def invented_amounts() -> Mapping[Spot, int]:
    """Give the amounts of the committees and of the financing that no printed figure tells: invented, in öre.

    A committee's budget is its frame, where the council has decided one: the costs are made to fit. What is printed of
    a committee, the reception of refugees, is left out.
    """
    dice = Dice(7)
    found: dict[Spot, int] = {}
    committees: dict[str, list[dict[str, str]]] = {}
    for row in rows_of(FOLDER / "ovriga.csv"):
        committees.setdefault(row["enhet"], []).append(row)
    for unit, rows in committees.items():
        income = [int(row["intäkter"]) * TKR for row in rows]
        costs = [int(row["kostnader"]) * TKR for row in rows]
        frame = _frame(unit)
        if frame is not None:
            costs = split(frame + sum(income), costs, 100_00)
        for row, cost, earned in zip(rows, costs, income, strict=True):
            place = row["ansvar"], row["verksamhet"]
            found |= _years((Side.COSTS, *place, row["kostnadsprofil"]), _outcome(row, "kostnader", cost), cost, dice)
            found |= _years(
                (Side.INCOME, *place, row["intäktsprofil"]), _outcome(row, "intäkter", earned), earned, dice
            )
    for row in rows_of(FOLDER / "finans.csv"):
        outcome, budget = (int(row[word]) * TKR for word in ("belopp 2024", "budget 2024"))
        found |= _years((Side.FINANCIAL, FINANCE_UNIT, "990", row["konto"]), outcome, budget, dice)
    return {spot: amount for spot, amount in found.items() if spot not in printed_amounts()}


def _outcome(row: dict[str, str], word: str, budget: int) -> int:
    return budget * int(row[f"utfall {word} promille"]) // 1000


def _frame(unit: str) -> int | None:
    """Give what the council has decided for a committee in the year, in öre; None where it has decided nothing."""
    decided = [
        read_cell(row["belopp"]).value
        for row in rows_of(DATA / "ramposter.csv")
        if row["enhet"] == unit and row["år"] == str(_YEAR)
    ]
    amounts = [int(one.number * TKR) for one in decided if isinstance(one, Quantity)]
    return sum(amounts) if amounts else None


def _years(place: tuple[Side, str, str, str], outcome: int, budget: int, dice: Dice) -> dict[Spot, int]:
    """Give outcome and budget of 2024 and the outcome of 2023; the last thousands of an outcome are chance."""
    if not budget:
        return {}
    return {
        Spot(EntryKind.OUTCOME, _YEAR, *place): outcome + dice.below(TKR),
        Spot(EntryKind.BUDGET, _YEAR, *place): budget,
        Spot(EntryKind.OUTCOME, _YEAR - 1, *place): outcome * _BEFORE // 100 + dice.below(TKR),
    }
