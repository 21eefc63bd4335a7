"""The municipality's files about itself as a whole: the result budget in its versions, and balance investigations.

Amounts stand in tkr. A municipality that has none of these files does without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from uppsikt.core.economy.result_budget import LABELS, ResultLine
from uppsikt.core.references import DecisionReference
from uppsikt.exchange.municipality import columns as c
from uppsikt.exchange.municipality.columns import Record, Reference, column, one_of, yes_no
from uppsikt.exchange.municipality.organisation import DecisionRecord

VERSIONS = {"budget": "budget", "prognos": "forecast", "utfall": "outcome"}
RESULT_LINES = {LABELS[line].casefold(): line.value for line in ResultLine}
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRecord(Record):
    """resultatbudget.csv: every line of every version, with the plan years of a budget."""

    FILE = "resultatbudget.csv"
    ABOUT = "Kommunens resultatbudget: budget med plan, prognos och utfall, en rad för varje belopp."
    OPTIONAL = True
    REFERS = (Reference(("decision",), DecisionRecord),)

    year: int = column("år", c.year, "budgetåret", key=True)
    version: str = column("version", one_of(VERSIONS), "vad som berättas", key=True)
    of_year: int = column("gäller", c.year, "året som beloppet gäller: budgetåret eller ett planår", key=True)
    row: str = column("rad", one_of(RESULT_LINES), "raden i resultaträkningen", key=True)
    amount: Decimal = column("belopp", c.amount, "tkr; kostnader utan minus")
    decision: DecisionReference | None = column("beslut", c.decision, "fullmäktiges beslut", empty=None)
    is_example: bool = column("exempel", yes_no, "om siffran är påhittad", empty=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceRecord(Record):
    """balanskrav.csv: what the balance investigation of a year starts from."""

    FILE = "balanskrav.csv"
    ABOUT = "Balanskravsutredningar: vad varje års balanskravsresultat räknas från."
    OPTIONAL = True
    REFERS = (Reference(("decision",), DecisionRecord),)

    year: int = column("år", c.year, "året", key=True)
    stated: Decimal | None = column("tryckt", c.amount, "årsredovisningens resultat, för år före 2024", empty=None)
    result: Decimal | None = column("resultat", c.amount, "årets resultat, tkr", empty=None)
    capital_gains: Decimal = column("reavinster", c.amount, "samtliga realisationsvinster", empty=_ZERO)
    gains_by_exception: Decimal = column("undantag vinster", c.amount, "vinster enligt undantag", empty=_ZERO)
    losses_by_exception: Decimal = column("undantag förluster", c.amount, "förluster enligt undantag", empty=_ZERO)
    unrealised_losses: Decimal = column("orealiserat", c.amount, "orealiserade förluster", empty=_ZERO)
    reversal: Decimal = column("återföring", c.amount, "återföring av orealiserade förluster", empty=_ZERO)
    to_reserve: Decimal = column("till reserv", c.amount, "till resultatreserven", empty=_ZERO)
    from_reserve: Decimal = column("ur reserv", c.amount, "ur resultatreserven", empty=_ZERO)
    extraordinary: Decimal = column("synnerliga skäl", c.amount, "behöver inte återställas", empty=_ZERO)
    earlier_deficits: Decimal = column("tidigare underskott", c.amount, "kvar att återställa", empty=_ZERO)
    tax_base: Decimal | None = column("skatter", c.amount, "skatter, statsbidrag och utjämning", empty=None)
    equity: Decimal | None = column("eget kapital", c.amount, "med pensionsförpliktelser", empty=None)
    reserve: Decimal | None = column("reserv", c.amount, "resultatreserven före", empty=None)
    decision: DecisionReference | None = column("beslut", c.decision, "fullmäktiges beslut", empty=None)
    is_example: bool = column("exempel", yes_no, "om siffrorna är påhittade", empty=False)


COUNCIL: tuple[type[Record], ...] = (ResultRecord, BalanceRecord)
