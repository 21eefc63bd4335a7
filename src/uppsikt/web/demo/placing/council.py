"""The result budget and the balance investigations of the municipality's files."""

from __future__ import annotations

from uppsikt.exchange.municipality.council import BalanceRecord, ResultRecord
from uppsikt.exchange.municipality.organisation import DecisionRecord
from uppsikt.web.council.models import BalanceInvestigation, ResultBudget, ResultLine
from uppsikt.web.cycle.models import Decision
from uppsikt.web.demo.placing.shelf import Shelf
from uppsikt.web.organisation.gate import reach

_GIVEN = (
    "stated", "result", "capital_gains", "gains_by_exception", "losses_by_exception", "unrealised_losses", "reversal",
    "to_reserve", "from_reserve", "extraordinary", "earlier_deficits", "tax_base", "equity", "reserve",
)  # fmt: skip


def place_council(shelf: Shelf) -> None:
    """Place every version of the result budget with its lines, and the balance investigations."""
    town = shelf.municipality
    records = shelf.files.of(ResultRecord)
    budgets = shelf.place(
        ResultBudget,
        ("year", "version"),
        records,
        lambda one: ResultBudget(
            municipality=town, year=one.year, version=one.version, decision=_decision(shelf, one.decision),
            is_example=one.is_example,
        ),
    )  # fmt: skip
    lines = [(one, _line(one, budgets[one.key])) for one in records]
    shelf.join(reach(shelf.actor, ResultLine).all(), ("budget_id", "year", "line"), lines)
    shelf.place(
        BalanceInvestigation,
        ("year",),
        shelf.files.of(BalanceRecord),
        lambda one: BalanceInvestigation(
            municipality=town, year=one.year, decision=_decision(shelf, one.decision), is_example=one.is_example,
            **{name: getattr(one, name) for name in _GIVEN},
        ),
    )  # fmt: skip


def _decision(shelf: Shelf, named: object) -> Decision | None:
    found: Decision | None = shelf.find(DecisionRecord, named)
    return found


def _line(record: ResultRecord, budget: ResultBudget) -> ResultLine:
    return ResultLine(budget=budget, year=record.of_year, line=record.row, amount=record.amount)
