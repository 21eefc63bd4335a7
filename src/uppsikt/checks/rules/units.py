"""UNT: what a label says is counted is what its figures count, and the text speaks in the table's unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations

from uppsikt.checks.binding import bind
from uppsikt.checks.naming import words_of
from uppsikt.checks.prose import Printed, Remark
from uppsikt.checks.registry import rule
from uppsikt.checks.relations import Figures, Relation, Spot
from uppsikt.checks.rules.amounts import repeats
from uppsikt.core.findings import Confidence, Place
from uppsikt.core.quantities import PERCENT, PLAIN, Quantity
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, RowRole

_WHOLE, _BEYOND = 100, 150  # a share of what was planned may well be somewhat more than the whole
_ENOUGH = 3  # amounts that must differ alike before the unit is to blame
_FEW = 6  # places where one amount is told: fifteen pairs
_NOT_SHARES = ("index", "poäng", "kr", "antal", "per ", "/", "andelar", "förändring", "kvot")
_TOLD = (ColumnRole.OUTCOME, ColumnRole.TARGET, ColumnRole.LAST_YEAR, ColumnRole.FORECAST)


@rule(code="UNT", title="Enheten stämmer inte", order=110)
def rule_unt(figures: Figures) -> Iterator[Relation | Remark]:
    """Ett tal ska ha den enhet som dess rubrik säger.

    En rubrik ska inte säga två enheter på en gång (procent och per 1 000). Ett antal skrivs inte i procent,
    och en andel är inte större än 100. Ett belopp i texten ska inte vara tusen gånger större eller mindre
    än samma belopp i tabellen.

    Källa: Praxis: en uppgift utan rätt enhet går inte att läsa.

    Stämmer:
        | tkr, nettokostnad | Utfall 2024 | Budget 2024 | Avvikelse 2024 |
        |-------------------|------------:|------------:|---------------:|
        | Kansliet          |     632 100 |     654 000 |         21 900 |

        Kansliet redovisar ett överskott med 21,9 mnkr.

    Stämmer inte:
        | tkr, nettokostnad | Utfall 2024 | Budget 2024 | Avvikelse 2024 |
        |-------------------|------------:|------------:|---------------:|
        | Kansliet          |     632 100 |     654 000 |         21 900 |

        Kansliet redovisar ett överskott med 21,9 tkr.

        => UNT Kansliet / Avvikelse 2024: 21,9, ska vara 21 900
    """
    if figures.prose is None:
        return
    remarks = list(_thousandfold(figures, figures.prose.printed))
    yield from remarks
    blamed = {remark.place.table for remark in remarks}
    for bound in bind(figures):
        known = figures.table(bound.spot).key in blamed or bound.opposite
        if bound.thousand and not known and (relation := repeats(figures, bound)) is not None:
            yield relation
    for printed in figures.prose.printed:
        for row in printed.table.rows:
            yield from _label(printed, row)
            yield from _cells(printed, row)


def _thousandfold(figures: Figures, printed: Sequence[Printed]) -> Iterator[Remark]:
    """Give a table of money whose amounts are all a thousand times those of another table about the same."""
    told: dict[object, list[Spot]] = defaultdict(list)
    for spot in figures.spots():
        row, column = figures.row(spot), figures.column(spot)
        name = row.subject or " ".join(words_of(row.label)) or row.role.value
        if figures.at(spot).unit.base and figures.at(spot).number and column.period is not None:
            told[name, row.measure, column.role, column.period].append(spot)
    larger: dict[tuple[int, int], list[bool]] = defaultdict(list)
    for spots in told.values():
        for one, other in permutations(spots[:_FEW], 2):
            if one.table != other.table:
                larger[one.table, other.table].append(_is_thousandfold(figures, one, other))
    for (large, small), found in larger.items():
        if len(found) >= _ENOUGH and all(found):
            first, second = printed[large].table, printed[small].table
            reason = f"beloppen är tusen gånger större än samma belopp i ”{second.title}” ({second.unit})"
            place = Place(first.key, first.title, page=printed[large].page)
            words = f"Tabellen ”{first.title}” ({first.unit}): {reason}."
            yield Remark(words, place, Confidence.LIKELY, proposal="Kontrollera enheten i tabellens rubrik.")


def _is_thousandfold(figures: Figures, large: Spot, small: Spot) -> bool:
    """Say whether a cell's amount is a thousand times another's, as exactly as they are told."""
    first, second = figures.at(large), figures.at(small)
    slack = first.half_step * first.unit.factor + second.half_step * second.unit.factor * 1000
    return abs(abs(first.number) * first.unit.factor - abs(second.number) * second.unit.factor * 1000) <= slack


def _label(printed: Printed, row: Row) -> Iterator[Remark]:
    """Give a label with two units."""
    label = row.label.casefold()
    thousandth = any(words in label for words in ("per 1 000", "per 1000", "per tusen", "promille"))
    if thousandth and ("(%)" in label or "i procent" in label or label.startswith("andel %")):
        reason = "rubriken säger två enheter på en gång, procent och per 1 000"
        yield _remark(printed, row, None, reason, Confidence.LIKELY)


def _cells(printed: Printed, row: Row) -> Iterator[Remark]:
    """Give figures that cannot be what the label of their row says: once for each row."""
    label = row.label.casefold()
    if row.role is not RowRole.ITEM or printed.kind not in ("indicator", "volume", "staff", "activity"):
        return
    for column in printed.table.columns_of(*_TOLD):
        cell = printed.table.cell(row.key, column.key)
        if not isinstance(cell.value, Quantity):
            continue
        if label.startswith("antal ") and "%" in cell.raw and not _says_percent(label):
            reason = f"rubriken säger antal, men det står ”{cell.raw}”"
            yield _remark(printed, row, column, reason, Confidence.LIKELY)
            return
        if label.startswith("andel") and _is_too_much(label, cell):
            # Where the row has ordinary shares too it is this figure that is wrong, and not the label.
            told = [printed.table.value(row.key, one.key) for one in printed.table.columns_of(*_TOLD)]
            numbers = [value.number for value in told if isinstance(value, Quantity)]
            if min(numbers) > _WHOLE:
                reason = f"rubriken säger andel, men det står ”{cell.raw}”, som är mer än 100 procent"
                sure = Confidence.LIKELY if min(numbers) > _BEYOND else Confidence.POSSIBLE
                yield _remark(printed, row, column, reason, sure)
            return


def _says_percent(label: str) -> bool:
    return any(words in label for words in ("%", "procent", "andel"))


def _is_too_much(label: str, cell: Cell) -> bool:
    value = cell.value
    known = isinstance(value, Quantity) and value.unit in (PLAIN, PERCENT) and value.number > _WHOLE
    return known and not any(words in label for words in _NOT_SHARES)


def _remark(printed: Printed, row: Row, column: Column | None, reason: str, confidence: Confidence) -> Remark:
    table = printed.table
    place = Place(table.key, table.title, row.key, row.label, page=printed.page)
    if column is not None:
        place = Place(table.key, table.title, row.key, row.label, column.key, column.label, printed.page)
    return Remark(f"Raden ”{row.label}”: {reason}.", place, confidence)
