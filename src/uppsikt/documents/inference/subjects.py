"""What each row is about, as far as its own words, its heading and its table's title tell.

A total is about the unit that the heading or the title names; an item is about itself within that
unit, unless it is a unit that has a table or a heading of its own. Words that every unit has
("Personal", "Lokaler") name nothing. ``identity`` then sees which of them the figures bear out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from uppsikt.core.quantities import COUNT, PERCENT, Quantity
from uppsikt.core.tables import Measure, Row, RowRole, Table
from uppsikt.documents.inference.identity import Mention, with_identities
from uppsikt.documents.inference.kinds import is_money
from uppsikt.documents.inference.labels import alike, label_of, name_of
from uppsikt.documents.inference.words import FRAME, GENERIC, GENERIC_TITLES, GENERIC_TOTAL, NET_LABEL
from uppsikt.documents.model import ReadTable

_ORGANISED = (
    r"(nämnd|nämnden|förvaltning|förvaltningen|stab|staben|styrelse|styrelsen|kontor|kontoret|avdelning|avdelningen|"
    r"enhet|enheten|bolag|bolaget|förbund|förbundet|kommunen|utskott|utskottet|verksamhet|\bab)s?$"
)
_SIDES = (Measure.COSTS, Measure.INCOME)
_LONG = 8  # words: a longer title names no unit


def with_subjects(tables: Sequence[ReadTable]) -> tuple[ReadTable, ...]:
    """Give the tables with the subjects of their rows."""
    units = _Units(tables)
    mentions = [mention for at, read in enumerate(tables) for mention in _mentions(at, read, units)]
    named = with_identities([read.table for read in tables], mentions, units.names)
    return tuple(
        replace(read, table=replace(read.table, rows=tuple(_named(at, row, named) for row in read.table.rows)))
        for at, read in enumerate(tables)
    )


def _named(at: int, row: Row, named: dict[tuple[int, str], str]) -> Row:
    subject = named.get((at, row.key), "")
    return replace(row, subject=subject) if subject else row


class _Units:
    """The units that a document knows: those with a table, a section or a group of rows of their own.

    ``owners`` are the tables' units; empty where nothing names one.
    """

    def __init__(self, tables: Sequence[ReadTable]) -> None:
        titled = [_title_name(read) for read in tables]
        grouped = [name_of(part) for read in tables if is_money(read.kind) for part in _group_heads(read.table)]
        items = {name_of(row.label) for read in tables if is_money(read.kind) for row in read.table.rows}
        sections = [
            next((n for n in _section_names(read) if n in items or re.search(_ORGANISED, n)), "") for read in tables
        ]
        owners = [own or section for own, section in zip(titled, sections, strict=True)]
        totals = [total for read in tables if is_money(read.kind) for total in _named_totals(read.table)]
        self.names = tuple(dict.fromkeys(name for name in (*grouped, *owners, *totals) if name))
        self.spelled: dict[str, str] = {}
        self.shelves: dict[tuple[int, str], list[str]] = {}
        for name in self.names:
            self.shelves.setdefault(_shelf(name), []).append(name)
        self.owners = tuple(self.known(name) or name for name in owners)

    def known(self, name: str) -> str:
        """Give the unit that a name is another spelling of, or nothing."""
        if name not in self.spelled:
            near = self.shelves.get(_shelf(name), ())
            self.spelled[name] = name if name in near else next((unit for unit in near if alike(unit, name)), "")
        return self.spelled[name]

    def of_label(self, label: str) -> str:
        """Give the unit that a label names, whole or in its last part ("Kommunstyrelsen/Kansliet")."""
        parts = [label, *reversed(re.split(r"[,/]", label))] if re.search(r"[,/]", label) else [label]
        whole = [name_of(part) for part in parts]
        best = [self.known(name) for name in whole[1:] if name] if len(whole) > 1 else []
        return next((unit for unit in best if unit), "") or self.known(whole[0])


def _shelf(name: str) -> tuple[int, str]:
    """Give what two spellings of a name have in common: the number of words and the first letter."""
    return name.count(" "), name[:1]


def _title_name(read: ReadTable) -> str:
    """Give the unit that a table's title names; a title that names a kind of table names none."""
    title = read.table.title
    name = name_of(title)
    named = is_money(read.kind) and name and len(name.split()) <= _LONG and not re.match(GENERIC_TITLES, name)
    return name if named else ""


def _section_names(read: ReadTable) -> Iterator[str]:
    for heading in reversed(read.section):
        name = name_of(heading)
        if name and len(name.split()) <= _LONG and not re.match(GENERIC_TITLES, name):
            yield name


def _group_heads(table: Table) -> Iterator[str]:
    """Give the parts of the headings that stand over a total with a general name."""
    rows = {row.key: row for row in table.rows}
    for row in table.rows:
        head = rows.get(row.parent or "")
        if head is not None and head.role is RowRole.HEADING and (_is_total(row) or row.measure in _SIDES):
            parts = re.split(r"[,/]", head.label)
            yield parts[-1] if len(parts) > 1 else head.label


def _named_totals(table: Table) -> Iterator[str]:
    """Give the units that totals name: "Kommunstyrelsens nettokostnad", "Summa socialnämnden"."""
    for row in table.rows:
        if (
            row.role is RowRole.SUM
            and not _is_total(row)
            and re.search(r"nettokostnad|\bnetto\b", row.label.casefold())
        ):
            yield _unit_of_total(row.label)


def _unit_of_total(label: str) -> str:
    """Give the name of the unit in the label of its total."""
    bare = re.sub(
        r"^(summa|totalt|delsumma)[ :]+|,? ?(nettokostnad(er)?|netto|totalt)\b.*$", "", label, flags=re.IGNORECASE
    )
    return re.sub(r"(?<=en)s$", "", name_of(bare))


def _is_total(row: Row) -> bool:
    """Say whether a row is a total with a name that any unit's total may have."""
    label = label_of(row.label).casefold()
    says = row.role is RowRole.SUM or (row.role is RowRole.ITEM and re.search(NET_LABEL, label))
    return bool(says) and re.match(GENERIC_TOTAL, label) is not None


def _mentions(at: int, read: ReadTable, units: _Units) -> Iterator[Mention]:
    reader = _Money(at, read, units) if is_money(read.kind) else _Counted(at, read)
    found = [mention for row in read.table.rows if (mention := reader.mention(row)) is not None]
    times = Counter((one.kind, one.name, one.measure) for one in found if not one.frame)
    yield from (one for one in found if one.frame or times[one.kind, one.name, one.measure] == 1)


class _Money:
    """Names the rows of a table of money."""

    def __init__(self, at: int, read: ReadTable, units: _Units) -> None:
        self.at, self.table, self.units = at, read.table, units
        self.owner = units.owners[at]
        self.kind = "invest" if read.kind == "investment" else "net"
        self.rows = {row.key: row for row in read.table.rows}

    def mention(self, row: Row) -> Mention | None:
        if row.role in (RowRole.HEADING, RowRole.BREAKDOWN) or self._in_item(row):
            return None
        if row.role is RowRole.OF_WHICH:
            return self._side(row)
        kind = "invest" if "investering" in row.label.casefold() else self.kind
        frame = re.match(FRAME, row.label.casefold()) is not None
        name = self._whole(row) if frame or _is_total(row) else self._item(row)
        return Mention(self.at, row.key, kind, name, row.measure, frame) if name else None

    def _in_item(self, row: Row) -> bool:
        parent = self.rows.get(row.parent or "")
        return parent is not None and parent.role is RowRole.ITEM and row.role is RowRole.ITEM

    def _side(self, row: Row) -> Mention | None:
        """Name costs and income as what they are part of."""
        parent = self.rows.get(row.parent or "")
        if row.measure not in _SIDES:
            return None
        if parent is None or parent.role is RowRole.HEADING:
            name, kind = self._whole(row), self.kind
        else:
            whole = self.mention(parent)
            name, kind = (whole.name, whole.kind) if whole and not whole.frame else ("", self.kind)
        return Mention(self.at, row.key, kind, name, row.measure) if name else None

    def _whole(self, row: Row) -> str:
        """Name a total: the unit of its heading, else the table's; one that nothing names is the table's own."""
        head = self._heading(row)
        if head is not None:
            return self.units.of_label(head.label) or f"{self.owner}/{name_of(head.label)}"
        return self.owner or f"?{self.at}"

    def _heading(self, row: Row) -> Row | None:
        parent = self.rows.get(row.parent or "")
        return parent if parent is not None and parent.role is RowRole.HEADING else None

    def _item(self, row: Row) -> str:
        label = _unit_of_total(row.label) if row.role is RowRole.SUM else row.label
        name = name_of(label)
        if not name or name in GENERIC or row.role is RowRole.NOTE:
            return ""
        unit = self.units.of_label(label)
        if unit and unit == self.owner:
            return unit if row.role is RowRole.SUM else ""
        head = self._heading(row)
        return unit or "/".join(part for part in (self.owner or "", name_of(head.label) if head else "", name) if part)


class _Counted:
    """Names indicators, volumes and staff: by their whole name, and the part of the population."""

    def __init__(self, at: int, read: ReadTable) -> None:
        self.at, self.table = at, read.table
        self.rows = {row.key: row for row in read.table.rows}

    def mention(self, row: Row) -> Mention | None:
        parent = self.rows.get(row.parent or "")
        part = row.role in (RowRole.BREAKDOWN, RowRole.OF_WHICH)
        whole = parent if part else row
        name = name_of(whole.label) if whole is not None else ""
        if row.role in (RowRole.HEADING, RowRole.NOTE) or not name or name in GENERIC:
            return None
        kind = self._kind(whole or row)
        return Mention(self.at, row.key, kind, f"{name}/{name_of(row.label)}" if part else name, row.measure)

    def _kind(self, row: Row) -> str:
        """Say whether an indicator is counted (its parts are added), shared, or neither for certain."""
        cells = (self.table.cells.get((row.key, column.key)) for column in self.table.columns)
        units = {cell.value.unit for cell in cells if cell is not None and isinstance(cell.value, Quantity)}
        if units == {COUNT}:
            return "count"
        return "indicator" if PERCENT in units else "figure"
