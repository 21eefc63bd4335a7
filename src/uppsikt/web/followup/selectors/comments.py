"""Comments that hang on figures: found wherever the figure is told, on a page or in a report.

A figure is addressed as core.tables does: by what its row is about, the side of the accounts, and the role and period
of its column. What is about a unit is the same figure in every table of the municipality; an activity code, or a row
without subject, is one only within the table of the unit that it was written at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q
from django.http import Http404

from uppsikt.core.errors import UppsiktError
from uppsikt.core.periods import Period
from uppsikt.core.quantities import KR, NO_BREAK_SPACE, Missing, Quantity, Value, unit_of
from uppsikt.core.quantities import Unit as MoneyUnit
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, Table, shown
from uppsikt.reporting.prose import write
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.followup.models import CellComment
from uppsikt.web.history.selectors import last_change
from uppsikt.web.organisation.gate import Act, Actor, may, reach
from uppsikt.web.organisation.models import Unit
from uppsikt.web.organisation.selectors import units_under

OWN_FIGURE = "belopp"  # {belopp} in a comment is the figure that it hangs on


class Address(NamedTuple):
    """Which figure: two cells with the same address tell the same quantity."""

    subject: str
    measure: str
    role: str
    period: str


def address_of(table: Table, row: Row, column: Column) -> Address:
    """Give the address of a cell; a year up to its last day is the year."""
    return Address(row.subject or f"{table.key}.{row.key}", row.measure, column.role, _period(column.period))


def _period(period: Period | None) -> str:
    if period is None:
        return ""
    whole = period.fiscal_year
    return (whole if (period.start, period.end) == (whole.start, whole.end) else period).key


@dataclass(frozen=True)
class Remark:
    """A comment where it hangs: its number under the table, the cell now, and whether its figure has moved since.

    ``text`` has its references replaced by figures as they are now.
    """

    number: int
    comment: CellComment
    row: Row
    column: Column
    now: str
    before: str
    has_moved: bool
    text: str
    may_change: bool
    replies: tuple[CellComment, ...] = ()

    @property
    def where(self) -> str:
        """Which cell, in words."""
        return f"{self.row.label}, {self.column.label}"


@dataclass(frozen=True)
class Remarks:
    """The comments on a table in the order of its cells; ``numbers`` by key of row and column."""

    found: tuple[Remark, ...]
    numbers: Mapping[tuple[str, str], tuple[int, ...]]

    @property
    def moved_of_reader(self) -> tuple[Remark, ...]:
        """Those of the reader's own comments whose figure has moved since they were written."""
        return tuple(one for one in self.found if one.has_moved and one.may_change)


def comments_at(actor: Actor, unit: Unit, date: ReportingDate) -> dict[Address, list[CellComment]]:
    """Give the comments at a date on figures of a unit and everything under it, by address; four queries.

    Those that were written at the unit's own tables, and those about its units wherever they were written.
    """
    under = reach(actor, Unit).filter(pk__in=units_under(actor, unit, date.on))
    about = [f"unit:{slug}" for slug in under.values_list("slug", flat=True)]
    theirs = Q(unit=unit) | Q(subject__in=about)
    stored = reach(actor, CellComment).filter(theirs, reporting_date=date, answers=None)
    found: dict[Address, list[CellComment]] = defaultdict(list)
    for one in stored.select_related("unit", "author").prefetch_related("replies"):
        found[Address(one.subject, one.measure, one.role, one.period)].append(one)
    return found


def remarks_on(
    actor: Actor,
    table: Table,
    comments: Mapping[Address, Sequence[CellComment]],
    tables: Mapping[str, Table] | None = None,
    *,
    first: int = 1,
) -> Remarks:
    """Find the comments that hang on a table's cells, numbered from ``first``.

    ``tables`` are those that their references may name.
    """
    found: list[Remark] = []
    numbers: dict[tuple[str, str], tuple[int, ...]] = {}
    for row, column, cell in table.filled() if comments else ():
        for comment in comments.get(address_of(table, row, column), ()):
            made = _remark(actor, len(found) + first, comment, (table, row, column, cell), tables or {table.key: table})
            numbers[row.key, column.key] = (*numbers.get((row.key, column.key), ()), made.number)
            found.append(made)
    return Remarks(tuple(found), numbers)


def _remark(
    actor: Actor, number: int, comment: CellComment, at: tuple[Table, Row, Column, Cell], tables: Mapping[str, Table]
) -> Remark:
    table, row, column, cell = at
    then = figure_then(comment)
    return Remark(
        number=number,
        comment=comment,
        row=row,
        column=column,
        now=_told(cell.value, table, column),
        before=_told(then, table, column),
        has_moved=has_moved(then, cell.value),
        text=text_of(comment, _told(cell.value, table, column), tables),
        may_change=may_change(actor, comment),
        replies=tuple(comment.replies.all()),
    )


def _told(value: Value, table: Table, column: Column) -> str:
    text = signed(Cell(value), table, column)
    return f"{text}{NO_BREAK_SPACE}{table.unit_of(column)}".strip() if isinstance(value, Quantity) else text


def signed(cell: Cell, table: Table, column: Column) -> str:
    """Give the text of a cell as the pages show it: a deviation or a change above zero with its plus."""
    text, value = shown(cell, table, column), cell.value
    if column.role not in (ColumnRole.DEVIATION, ColumnRole.CHANGE) or isinstance(value, Missing) or value.number <= 0:
        return text
    return f"+{text}" if any(digit in text for digit in "123456789") else text


def text_of(comment: CellComment, figure: str, tables: Mapping[str, Table]) -> str:
    """Give a comment's text with its references replaced; one that refers to nothing stays as it was typed."""
    try:
        return "".join(inline.text for inline in write(comment.text, tables, {OWN_FIGURE: figure}))
    except UppsiktError:  # whatever a person typed in braces: it must not keep others from the page
        return comment.text.replace(f"{{{OWN_FIGURE}}}", figure)


def figure_then(comment: CellComment) -> Value:
    """Give what the cell held when the comment was written."""
    return Missing() if comment.figure is None else Quantity(comment.figure, unit_of(comment.figure_unit))


def kept_figure(value: Value) -> tuple[Decimal | None, str]:
    """Give a cell's figure as it is kept with a comment: money in kronor."""
    if isinstance(value, Missing):
        return None, ""
    told = value.to(_kept_unit(value.unit))
    return told.number, told.unit.symbol


def _kept_unit(unit: MoneyUnit) -> MoneyUnit:
    return KR if unit.converts_to(KR) else unit


def has_moved(then: Value, now: Value) -> bool:
    """Say whether a figure is another than it was; a printed one has moved when its precision does not allow both."""
    if isinstance(then, Missing) or isinstance(now, Missing):
        return isinstance(then, Missing) != isinstance(now, Missing)
    if not then.unit.converts_to(now.unit):
        return True
    half = now.to(then.unit).half_step
    return abs(now.to(then.unit) - Quantity(then.number, then.unit)).number > half


def may_change(actor: Actor, comment: CellComment) -> bool:
    """Say whether the actor may change a comment: its author, while they may report for its unit."""
    return actor.user_id is not None and comment.author_id == actor.user_id and may(actor, Act.REPORT, comment.unit)


def comment_numbered(here: Here, pk: int) -> CellComment:
    """Give a comment at the reader's date, or a Swedish 404."""
    found = reach(here.actor, CellComment).filter(pk=pk, reporting_date=here.reporting_date, answers=None)
    comment = found.select_related("unit", "author").prefetch_related("replies__author").first()
    if comment is None:
        raise Http404("Kommentaren finns inte. Den kan ha tagits bort; uppföljningen visar de kommentarer som finns.")
    return comment


def seen_of_comment(actor: Actor, comment: CellComment) -> int:
    """Give the number of a comment's last change."""
    change = last_change(actor, comment)
    return change.pk if change else 0


def with_comments(here: Here, tables: Iterable[Table]) -> tuple[Table, ...]:
    """Give tables whose commented cells carry the comments as notes, as a report shows them under the table."""
    every = tuple(tables)
    comments = comments_at(here.actor, here.unit, here.reporting_date)
    if not comments:
        return every
    named = {table.key: table for table in every}
    return tuple(_noted(table, remarks_on(here.actor, table, comments, named)) for table in every)


def _noted(table: Table, remarks: Remarks) -> Table:
    cells = dict(table.cells)
    for one in remarks.found:
        place = one.row.key, one.column.key
        example = "Exempel: " if one.comment.is_example else ""
        note = f"{one.where} ({one.now}): {example}{one.text}"
        cells[place] = replace(cells[place], note=" ".join(part for part in (cells[place].note, note) if part))
    return replace(table, cells=cells)
