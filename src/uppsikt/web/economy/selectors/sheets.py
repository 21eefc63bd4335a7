"""A statement as its page shows it: lines with figures, what is said beside them, and whether sums hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from uppsikt.core.quantities import Missing, Quantity, Value
from uppsikt.core.tables import Cell, Column, ColumnRole, Origin, Row, RowRole, Sign, Table, shown
from uppsikt.web.cycle.here import Here
from uppsikt.web.economy.selectors.comments import Said
from uppsikt.web.economy.selectors.organisation import listed
from uppsikt.web.economy.selectors.sums import SumCheck, sum_checks
from uppsikt.web.organisation.models import Unit

_LOOKS = {
    RowRole.SUM: "sum",
    RowRole.OF_WHICH: "of",
    RowRole.BREAKDOWN: "breakdown",
    RowRole.HEADING: "heading",
    RowRole.NOTE: "note-row",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell as it is shown: ``text`` for a figure, otherwise ``missing``."""

    cell: Cell | None
    text: str
    look: str

    @property
    def missing(self) -> Value | None:
        """The missing value, if that is what the cell holds."""
        return self.cell.value if self.cell and isinstance(self.cell.value, Missing) else None

    @property
    def is_plain(self) -> bool:
        """Say whether there is a figure and nothing more to tell of it: true of nearly all."""
        cell = self.cell
        return cell is None or bool(self.text and not cell.note and not (cell.origin and cell.origin.entered_by))


@dataclass(frozen=True, slots=True)
class Line:
    """A row with what belongs beside it. ``remark`` says when the unit is new; ``sums`` what a total comes to."""

    row: Row
    anchor: str
    look: str
    figures: tuple[Figure, ...]
    said: Said | None = None
    remark: str = ""
    sums: tuple[SumCheck, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Say whether none of the figures has more to tell than itself."""
        return all(figure.is_plain for figure in self.figures)

    @property
    def origin(self) -> Origin | None:
        """Where the row was printed: document, table and row. A column says its own in its heading."""
        origins = (figure.cell.origin for figure in self.figures if figure.cell and figure.cell.origin)
        printed = next((origin for origin in origins if origin.document), None)
        return replace(printed, column="") if printed else None

    @property
    def broken(self) -> tuple[tuple[str, SumCheck], ...]:
        """The columns in which the total is not the sum of its rows; those with the same figures are told together."""
        found: dict[object, tuple[list[str], SumCheck]] = {}
        for check in self.sums:
            if check.is_broken:
                same = found.setdefault((check.printed, check.counted, check.parts), ([], check))
                same[0].append(check.column.label)
        return tuple((listed(labels), check) for labels, check in found.values())

    @property
    def unjudged(self) -> str:
        """The columns in which rows lack a figure, so that nothing can be said."""
        return listed(check.column.label for check in self.sums if check.verdict is None)

    @property
    def judged(self) -> bool:
        """Say whether the total could be compared in some column."""
        return any(check.verdict is not None for check in self.sums)

    @property
    def opens(self) -> bool:
        """Say whether there is more under the row than where its figures came from."""
        return bool(self.sums) or "/ekonomi/enhet/" in self.row.link

    @property
    def rounded(self) -> tuple[SumCheck, ...]:
        """The columns in which only rounding makes the difference."""
        return tuple(check for check in self.sums if check.is_rounded)

    @property
    def counted_rows(self) -> int:
        """How many rows the total adds."""
        return len(self.sums[0].parts) if self.sums else 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A statement with its lines; ``convention`` says in words what a positive figure means."""

    table: Table
    lines: tuple[Line, ...]
    convention: str
    is_part: bool = False
    owner: Unit | None = None

    @property
    def groups(self) -> tuple[tuple[str, int], ...]:
        """The headings that stand over columns, with how many columns each covers; empty when there are none."""
        found = tuple((name, len(tuple(cols))) for name, cols in groupby(self.table.columns, key=lambda c: c.group))
        return found if any(name for name, _count in found) else ()

    @property
    def width(self) -> int:
        """The number of columns, the labels' too."""
        return len(self.table.columns) + 1


def sheet_of(
    here: Here,
    table: Table,
    said: Mapping[str, Said] | None = None,
    *,
    is_part: bool = False,
    owner: Unit | None = None,
) -> Sheet:
    """Lay a table out as a page shows it; ``said`` are the comments by slug of the unit."""
    sums: dict[str, list[SumCheck]] = defaultdict(list)
    for check in sum_checks(table):
        sums[check.row.key].append(check)
    units = {f"unit:{unit.slug}": unit for unit in here.units}
    lines = []
    for row in table.rows:
        unit = units.get(row.subject)
        beside = row.role is RowRole.ITEM and unit is not None and unit.pk != here.unit.pk
        lines.append(
            Line(
                row=row,
                anchor=f"{table.key}.{row.key}",
                look=_look(table, row),
                figures=tuple(_figures(table, row)),
                said=said.get(unit.slug) if said and beside and unit else None,
                remark=_remark(unit, table, here) if beside and unit else "",
                sums=tuple(sums[row.key]),
            )
        )
    return Sheet(table, tuple(lines), convention(table), is_part, owner)


def _look(table: Table, row: Row) -> str:
    if row.role in _LOOKS:
        return _LOOKS[row.role]
    if row.parent is None:
        return ""
    return "deep" if table.row(row.parent).parent is None else "deeper"


def _figures(table: Table, row: Row) -> Iterator[Figure]:
    for column in table.columns:
        cell = table.cells.get((row.key, column.key))
        look = "" if column.role in (ColumnRole.TEXT, ColumnRole.STATE) else "num"
        if cell is None or isinstance(cell.value, Missing):
            yield Figure(cell, "", look)
        else:
            yield Figure(cell, *_written(table, column, cell, look))


def _written(table: Table, column: Column, cell: Cell, look: str) -> tuple[str, str]:
    """Give the text and the look of a figure; a deviation carries its sign, so that colour is never alone."""
    text = shown(cell, table, column)
    number = cell.value.number if isinstance(cell.value, Quantity) else 0
    if column.role is not ColumnRole.DEVIATION or not number:
        return text, look
    return (f"+{text}", f"{look} good") if number > 0 else (text, f"{look} bad")


def _remark(unit: Unit, table: Table, here: Here) -> str:
    """Say when the unit is younger than what the table compares it with."""
    compared = [c.period.start for c in table.columns_of(ColumnRole.LAST_YEAR) if c.period]
    if compared and unit.valid_from > min(compared):
        return _("Ny %(on)s") % {"on": date_format(unit.valid_from, "j F Y")}
    return ""


def convention(table: Table) -> str:
    """Say in words what the signs of a table mean."""
    rules = {
        Sign.NET_COST: _("Netto är kostnader minus intäkter: ett positivt belopp är en kostnad."),
        Sign.RESULT: _("Resultat är intäkter minus kostnader: ett negativt belopp är ett underskott."),
        Sign.PLAIN: "",
    }
    words = [rules[table.sign]]
    if table.columns_of(ColumnRole.DEVIATION):
        words.append(_("En positiv avvikelse är bättre än budget."))
    return " ".join(word for word in words if word)
