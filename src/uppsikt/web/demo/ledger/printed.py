"""The printed statements of 2019 and 2024 as Tables, read from the demonstration's data files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from uppsikt.core.economy.unfolding import Behind, behind, deviation_terms
from uppsikt.core.periods import parse_period
from uppsikt.core.quantities import Quantity, Value, read_cell, unit_of
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Row, RowRole, Sign, Table
from uppsikt.web.demo.ledger.plan import DATA, rows_of

_ROLES = {
    "utfall": ColumnRole.OUTCOME, "budget": ColumnRole.BUDGET, "avvikelse": ColumnRole.DEVIATION,
    "föregående år": ColumnRole.LAST_YEAR, "utgifter": ColumnRole.EXPENDITURE, "inkomster": ColumnRole.RECEIPTS,
    "förändring": ColumnRole.CHANGE,
}  # fmt: skip
_ROW_ROLES = {"post": RowRole.ITEM, "summa": RowRole.SUM, "varav": RowRole.OF_WHICH, "rubrik": RowRole.HEADING,
              "not": RowRole.NOTE, "nedbrytning": RowRole.BREAKDOWN}  # fmt: skip
_MEASURES = {"": Measure.NONE, "netto": Measure.NET, "kostnader": Measure.COSTS, "intäkter": Measure.INCOME}
_SIGNS = {"nettokostnad": Sign.NET_COST, "resultat": Sign.RESULT, "ingen": Sign.PLAIN}
_WHOLE = "flyktingmottagande"  # told of the whole municipality, whoever reports it
_KINDS = ("ekonomi i korthet", "per enhet", "per verksamhet", "investeringar", _WHOLE)
_DATES = {"bokslut-2019": date(2019, 12, 31), "bokslut-2024": date(2024, 12, 31)}

# Printed figures that no entries can make together with the rest, and why; the pages tell the difference.
CONTRADICTIONS = {
    "bokslut-2019/overview-1/summa-kostnader/outcome-2019": "driftsammandraget i samma rapport har 585 007",
    "bokslut-2019/overview-1/summa-kostnader/deviation-2019": "driftsammandraget i samma rapport har -22 787",
    "bokslut-2019/overview-1/summa-intakter/outcome-2019": "driftsammandraget i samma rapport har 122 895",
    "bokslut-2019/overview-1/summa-intakter/deviation-2019": "driftsammandraget i samma rapport har 43 251",
    "bokslut-2019/investment-1/summa-investeringar-utom-ram/expenditure-2019": "raden som summan har är 737",
    "bokslut-2024/reception-2/summa/receipts-2024": "raderna som summan har är 8 900, och avvikelsen räknar med dem",
    "bokslut-2019/investment-1/summa/expenditure-2019": "översikten har 167 150, med det som är utom ram",
}


@dataclass(frozen=True)
class Statement:
    """A printed table, the unit that it is of (empty: the whole municipality) and its reporting date."""

    at: str
    unit: str
    table: Table

    @property
    def on(self) -> date:
        """The day it tells of."""
        return _DATES[self.at]


@dataclass(frozen=True, slots=True)
class Told:
    """A printed figure and the entries behind it; a deviation has two terms, of which the second is taken away."""

    name: str
    printed: Quantity
    plus: Behind
    minus: Behind | None
    at: date

    @property
    def is_contradicted(self) -> bool:
        """Say whether another printed figure says otherwise, so that the ledger follows that one."""
        return self.name in CONTRADICTIONS


@cache
def statements() -> tuple[Statement, ...]:
    """Give the statements of money of both years."""
    columns = rows_of(DATA / "kolumner.csv")
    return tuple(
        Statement(row["tillfälle"], "" if row["slag"] == _WHOLE else row["enhet"], _table(row, columns))
        for row in rows_of(DATA / "sammanstallningar.csv")
        if row["tillfälle"] in _DATES and row["slag"] in _KINDS
    )


def _table(row: dict[str, str], columns: list[dict[str, str]]) -> Table:
    place = (row["tillfälle"], row["nyckel"])
    own = [_column(one) for one in columns if (one["tillfälle"], one["nyckel"]) == place]
    lines = rows_of(DATA / "sammanstallningar" / place[0] / f"{place[1]}.csv")
    return Table(
        key=row["nyckel"],
        title=row["rubrik"],
        columns=tuple(own),
        rows=tuple(_row(line) for line in lines),
        cells={(line["rad"], one.key): Cell(_value(line[one.key], row["mått"])) for line in lines for one in own},
        unit=unit_of(row["mått"]),
        sign=_SIGNS[row["teckenregel"]],
    )


def _column(row: dict[str, str]) -> Column:
    period = parse_period(row["period"]) if row["period"] else None
    return Column(row["kolumn"], row["rubrik"], _ROLES[row["roll"]], period, row["grupp"])


def _row(line: dict[str, str]) -> Row:
    subject = ""
    for word, about in (("projekt", "project"), ("verksamhet", "activity"), ("enhet", "unit")):
        subject = subject or (f"{about}:{line[word]}" if line[word] else "")
    measure, role = _MEASURES[line["mått"]], _ROW_ROLES[line["roll"]]
    return Row(line["rad"], line["rubrik"], role, line["under"] or None, measure, subject)


def _value(raw: str, unit: str) -> Value:
    value = read_cell(raw).value
    return Quantity(value.number, unit_of(unit), value.decimals) if isinstance(value, Quantity) else value


def told() -> Iterator[Told]:
    """Give every printed figure that entries make."""
    for statement in statements():
        table = statement.table
        for row in table.rows:
            for column in table.columns:
                printed = table.value(row.key, column.key)
                terms = terms_of(table, row, column, statement.unit, statement.on)
                if isinstance(printed, Quantity) and terms:
                    name = f"{statement.at}/{table.key}/{row.key}/{column.key}"
                    yield Told(name, printed, terms[0], terms[1] if len(terms) > 1 else None, statement.on)


def terms_of(table: Table, row: Row, column: Column, unit: str, at: date) -> tuple[Behind, ...]:
    """Give the entries behind a figure: one set, two for a deviation (what is better first), none when it has none."""
    if column.role is not ColumnRole.DEVIATION:
        told = behind(table, row, column, unit, at)
        return (told,) if told else ()
    found = {one.key: told for one in table.columns if (told := behind(table, row, one, unit, at))}
    terms = deviation_terms(table, column, found)
    return tuple(found[key] for key in terms) if terms else ()
