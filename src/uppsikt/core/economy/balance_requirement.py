"""The balance requirement of the local government act (Kommunallagen 2017:725), step by step with its paragraphs.

    11:5    the budget: income is to exceed costs; two exceptions
    11:12   a negative balance requirement result is to be restored (see deficits)
    11:13   what the council, for extraordinary reasons, decides need not be restored
    11:14   the result reserve (see result_reserve)

The adjustments of the year's result are those of the law on municipal bookkeeping (LKBR 2018:597) 11:10. Everything
is exact; each step is a row of a Table with its paragraph. Rules are dated: for years before the rules that stand
here came into force nothing is computed, because other rules held then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from uppsikt.core.economy.deficits import RESTORED_WITHIN
from uppsikt.core.errors import UseError
from uppsikt.core.periods import Period
from uppsikt.core.quantities import TKR, Missing, MissingReason, Quantity, Value, format_quantity
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, RowRole, Sign, Table

ZERO = Quantity(Decimal(0), TKR)


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits of the result reserve, from a day on, with where they stand.

    ``share`` and ``share_when_negative`` are parts of taxes, general grants and equalisation that the result must
    exceed before anything may be reserved: the second where equity, with the pension liability outside the balance
    sheet, is negative. ``ceiling`` is the part of the same sum that the reserve may be at most.
    """

    valid_from: date
    share: Decimal
    share_when_negative: Decimal
    ceiling: Decimal
    source: str


RULES = (
    Rules(
        date(2024, 1, 1), Decimal("0.01"), Decimal("0.02"), Decimal("0.05"),
        "11 kap. 14 § kommunallagen (2017:725) i lydelsen från den 1 januari 2024, prop. 2022/23:119",
    ),
)  # fmt: skip


def rules_for(year: int) -> Rules:
    """Give the rules that hold for a financial year; a year before them raises UseError: other rules held then."""
    found = [one for one in RULES if one.valid_from <= date(year, 1, 1)]
    if not found:
        first = RULES[0].valid_from.year
        raise UseError(
            f"Reglerna om resultatreserv gäller från och med {first}. För {year} gällde andra regler "
            "(resultatutjämningsreserv), och de räknas inte här. Skriv balanskravsresultatet som det står i "
            f"årsredovisningen för {year}."
        )
    return found[-1]


class BudgetVerdict(StrEnum):
    """How a budget stands to 11:5."""

    MET = "met"
    BY_RESERVE = "by_reserve"
    BY_REASON = "by_reason"
    BROKEN = "broken"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class BudgetAnswer:
    """Whether a budget holds 11:5; ``margin`` is income minus costs, and ``sentence`` says what the law asks."""

    verdict: BudgetVerdict
    margin: Value
    sentence: str


def budget_answer(
    year: int, income: Value, costs: Value, from_reserve: Quantity = ZERO, reason: str = ""
) -> BudgetAnswer:
    """Judge a budget by 11:5: income is to exceed costs; equal is not enough.

    Two exceptions: money that is taken from the result reserve, when with it the income at least covers the costs,
    and extraordinary reasons, which must be given. Raises UseError for a year whose rules are not here.
    """
    rules_for(year)
    if isinstance(income, Missing) or isinstance(costs, Missing):
        missing = Missing(MissingReason.NO_DATA, "intäkter eller kostnader saknas")
        return BudgetAnswer(BudgetVerdict.UNKNOWN, missing, _BUDGET_UNKNOWN)
    margin = income - costs
    if margin.number > 0:
        text = f"Budgeten uppfyller 11 kap. 5 §: intäkterna överstiger kostnaderna med {_told(margin)}."
        return BudgetAnswer(BudgetVerdict.MET, margin, text)
    short = f"Intäkterna överstiger inte kostnaderna ({_told(margin)}), och det är huvudregeln i 11 kap. 5 §."
    if from_reserve.number > 0 and (margin + from_reserve).number >= 0:
        text = f"{short} Undantaget för resultatreserven täcker det: {_told(from_reserve)} tas ur reserven."
        return BudgetAnswer(BudgetVerdict.BY_RESERVE, margin, text)
    if reason.strip():
        text = f"{short} Fullmäktige åberopar synnerliga skäl: {reason.strip()}"
        return BudgetAnswer(BudgetVerdict.BY_REASON, margin, text)
    text = (
        f"{short} Budgeten kan bara antas så om pengar ur resultatreserven täcker underskottet "
        "eller om det finns synnerliga skäl, och skälen ska anges."
    )
    return BudgetAnswer(BudgetVerdict.BROKEN, margin, text)


_BUDGET_UNKNOWN = "Det går inte att pröva budgeten mot 11 kap. 5 §: någon rad i resultatbudgeten saknar belopp."


@dataclass(frozen=True, slots=True)
class Given:
    """What a balance investigation starts from, in any unit of money.

    ``result`` and the two on securities have a sign: positive raises the result. All others are positive amounts,
    and the investigation knows which way they count: ``unrealised_losses`` are losses of the year on securities
    (written as a positive amount when they are to be added back), ``reversal`` takes such an adjustment of earlier
    years back. ``extraordinary`` is how much of the deficit need not be restored by 11:13, and
    ``earlier_deficits`` what is left to restore from earlier years.
    """

    year: int
    result: Quantity
    capital_gains: Quantity = ZERO
    gains_by_exception: Quantity = ZERO
    losses_by_exception: Quantity = ZERO
    unrealised_losses: Quantity = ZERO
    reversal: Quantity = ZERO
    to_reserve: Quantity = ZERO
    from_reserve: Quantity = ZERO
    extraordinary: Quantity = ZERO
    earlier_deficits: Quantity = ZERO


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the investigation: what it is called, where it stands in the law, and how it counts (0: a sum).

    The sign before the name is how the amount counts. The two last are printed the other way by those who write a
    deficit with a minus; here every amount is written without, and no sign says the opposite of its amount.
    """

    key: str
    label: str
    paragraph: str
    way: int = 0


_LKBR, _RESERVE, _REASONS, _RESTORE = (
    "LKBR 11 kap. 10 §", "KL 11 kap. 14 §", "KL 11 kap. 13 §", "KL 11 kap. 12 §",
)  # fmt: skip
# The order in which municipalities print it (LKBR 11:10, then KL 11:12-14).
STEPS = (
    Step("result", "Årets resultat", "LKBR 5 kap.", 1),
    Step("capital_gains", "− Samtliga realisationsvinster", _LKBR, -1),
    Step("gains_by_exception", "+ Realisationsvinster enligt undantagsmöjlighet", _LKBR, 1),
    Step("losses_by_exception", "+ Realisationsförluster enligt undantagsmöjlighet", _LKBR, 1),
    Step("unrealised_losses", "± Orealiserade förluster i värdepapper", _LKBR, 1),
    Step("reversal", "± Återföring av orealiserade förluster i värdepapper", _LKBR, 1),
    Step("after_adjustments", "= Årets resultat efter balanskravsjusteringar", _LKBR),
    Step("to_reserve", "− Reservering till resultatreserv", _RESERVE, -1),
    Step("from_reserve", "+ Användning av resultatreserv", _RESERVE, 1),
    Step("extraordinary", "+ Underskott som av synnerliga skäl inte ska återställas", _REASONS, 1),
    Step("balance_result", "= Årets balanskravsresultat", _LKBR),
    Step("earlier_deficits", "− Underskott från tidigare år", _RESTORE, -1),
    Step("total", "= Summa", _RESTORE),
    Step("to_restore", "Att återställa", _RESTORE),
)
_SIGNED_FIELDS = frozenset({"result", "unrealised_losses", "reversal"})


@dataclass(frozen=True, slots=True)
class Investigation:
    """The answer: the table of every step, its sums, and in one sentence what the law asks.

    ``to_restore`` is positive or zero. ``restored_by`` and ``decided_in_budget_for`` are the last year and the
    budget in which at the latest the council decides, where this year's own result is a deficit; else None.
    """

    table: Table
    after_adjustments: Quantity
    balance_result: Quantity
    total: Quantity
    to_restore: Quantity
    restored_by: int | None
    sentence: str


def faults_of(given: Given) -> Mapping[str, str]:
    """Say what in an investigation cannot be, by field; empty when it can be computed."""
    found: dict[str, str] = {}
    for step in STEPS:
        amount = getattr(given, step.key, None)
        if isinstance(amount, Quantity) and step.key not in _SIGNED_FIELDS and amount.number < 0:
            found[step.key] = "Skriv beloppet utan minus. Raden säger själv åt vilket håll det räknas."
    if not found and (given.gains_by_exception - given.capital_gains).number > 0:
        found["gains_by_exception"] = "Undantaget kan inte vara större än samtliga realisationsvinster."
    deficit = -(_after_reserve(given)).number
    if not found and given.extraordinary.number and given.extraordinary.to(TKR).number > max(deficit, Decimal(0)):
        left = Quantity(max(deficit, Decimal(0)), TKR)
        found["extraordinary"] = f"Beloppet är större än årets underskott, som är {_told(left)}."
    return found


def adjusted_result(given: Given) -> Quantity:
    """Give the year's result after the adjustments of LKBR 11:10, in tkr."""
    return _sum_until(given, "after_adjustments")


def _after_reserve(given: Given) -> Quantity:
    return _sum_until(given, "extraordinary")


def _sum_until(given: Given, key: str) -> Quantity:
    total = ZERO
    for step in STEPS:
        if step.key == key:
            break
        total += _counted(given, step)
    return total


def _counted(given: Given, step: Step) -> Quantity:
    """Give what a step adds to the sum, in tkr; a sum adds nothing."""
    if not step.way:
        return ZERO
    amount: Quantity = getattr(given, step.key)
    told = amount.to(TKR)
    return -told if step.way < 0 and told.number else told


def investigate(given: Given) -> Investigation:
    """Compute the balance requirement result of a year, every step of it; raises UseError when it cannot be."""
    rules_for(given.year)
    faults = faults_of(given)
    if faults:
        raise UseError(" ".join(faults.values()))
    adjusted, result, total = (_sum_until(given, key) for key in ("after_adjustments", "balance_result", "total"))
    to_restore = Quantity(max(-total.number, Decimal(0)), TKR)
    sums = {"after_adjustments": adjusted, "balance_result": result, "total": total, "to_restore": to_restore}
    restored_by = given.year + RESTORED_WITHIN if result.number < 0 else None
    sentence = _sentence(given.year, result, to_restore)
    return Investigation(_table(given, sums), adjusted, result, total, to_restore, restored_by, sentence)


def _table(given: Given, sums: Mapping[str, Quantity]) -> Table:
    year = Period.year(given.year)
    columns = (
        Column("amount", f"{given.year}", ColumnRole.AMOUNT, year),
        Column("paragraph", "Stöd i lagen", ColumnRole.TEXT),
    )
    rows, cells = [], {}
    for step in STEPS:
        rows.append(Row(step.key, step.label, RowRole.ITEM if step.way else RowRole.SUM))
        cells[step.key, "amount"] = Cell(_counted(given, step) if step.way else sums[step.key])
        cells[step.key, "paragraph"] = Cell(Missing(MissingReason.TEXT, step.paragraph), raw=step.paragraph)
    return Table("balanskrav", f"Balanskravsutredning {given.year}", columns, tuple(rows), cells, TKR, Sign.PLAIN)


def _sentence(year: int, result: Quantity, to_restore: Quantity) -> str:
    last = year + RESTORED_WITHIN
    if result.number < 0:
        return (
            f"Balanskravsresultatet {year} är negativt, {_told(result)}: fullmäktige ska anta en åtgärdsplan och "
            f"reglera underskottet senast {last}, med beslut senast i budgeten för {last} (11 kap. 12 §)."
        )
    if to_restore.number:
        return (
            f"Balanskravsresultatet {year} är {_told(result)} och räcker inte till underskotten från tidigare år: "
            f"{_told(to_restore)} är kvar att återställa inom sina tre år (11 kap. 12 §)."
        )
    told = f"balanskravsresultatet är {_told(result)} och inget är kvar att återställa (11 kap. 12 §)."
    return f"Balanskravet är uppfyllt {year}: {told}"


def _told(amount: Quantity) -> str:
    return format_quantity(amount, with_unit=True)
