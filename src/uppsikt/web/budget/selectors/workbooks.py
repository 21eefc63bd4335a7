"""A budget as a workbook, and what a workbook that comes back would change.

A row is found by its number (the first column), never by its name. What each row held when the workbook was made
goes with it on its second sheet, so that cells changed in the file are told apart from cells that somebody has
changed here meanwhile. A row without a number is a new line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from uppsikt.core.economy.budget_tree import rest
from uppsikt.core.economy.kronor import kronor_of_cell
from uppsikt.core.errors import ReadingError, UseError
from uppsikt.core.quantities import Quantity
from uppsikt.exchange.sheets import ReadRow, ReadSheet, Sheet, read_xlsx, text_of, write_xlsx
from uppsikt.web.budget.models import BudgetLine, BudgetVersion
from uppsikt.web.budget.selectors.grids import held
from uppsikt.web.budget.selectors.new_lines import NewLine, NewRows
from uppsikt.web.budget.selectors.versions import kr, lines_of
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.organisation.reading import whole_number

KEYS = ("Rad", "Enhet", "Konto", "Verksamhet", "Projekt", "Benämning")
MONTHS_IN_ORDER = range(1, 13)
SPARE = 30  # empty rows for new lines
LARGEST = 5_000_000  # bytes: some fifty times the largest budget
_HELD = re.compile(r"-?[0-9]{1,15}")  # a month as the workbook's second sheet holds it; anybody can write there


def headings() -> tuple[str, ...]:
    """Give the headings of the sheet: what finds a row, then the months."""
    return (*KEYS, *(str(MONTHS[month]).capitalize() for month in MONTHS_IN_ORDER))


def workbook_of(actor: Actor, version: BudgetVersion, year: int) -> bytes:
    """Write the lines of a year as XLSX: the columns that find a row are locked, the months can be changed."""
    lines = list(lines_of(actor, version, year).order_by("unit__order", "unit__name", "order", "pk"))
    base = {f"Rad {line.pk}": held(line.months) for line in lines}
    facts = {"Budget": str(version.pk), "Namn": str(version), "År": str(year)}
    sheet = Sheet(
        headings(), [[line.pk, *_keys(line), *line.months] for line in lines], name=f"Budget {year}",
        locked=frozenset(KEYS), facts=facts | base, spare=SPARE,
    )  # fmt: skip
    return write_xlsx(sheet)


def _keys(line: BudgetLine) -> tuple[str, ...]:
    return line.unit.name, line.account, line.activity, line.project, line.label


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in the workbook: where, and what to do."""

    sheet: str
    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that the workbook would change; ``theirs`` is what somebody wrote here since it was made."""

    line: str
    month: str
    before: Quantity | None
    after: Quantity | None
    change: Quantity | None
    theirs: bool


@dataclass(frozen=True)
class Proposal:
    """What a workbook would change, or everything that is wrong with it.

    ``edits`` are rows by line: what they held when the workbook was made, what it holds now, and what is stored.
    ``new`` are the lines that the budget lacks. ``absent`` are the budget's lines that the workbook lacks: they stay.
    """

    year: int
    edits: Mapping[int, tuple[tuple[int, ...], ...]] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    faults: tuple[Fault, ...] = ()
    new: tuple[NewLine, ...] = ()
    absent: int = 0

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to save."""
        return bool(self.differences or self.new)

    @property
    def has_clashes(self) -> bool:
        """Whether somebody has changed the same cells here."""
        return any(one.theirs for one in self.differences)


def proposal_of(actor: Actor, version: BudgetVersion, content: bytes, name: str) -> Proposal:
    """Read a workbook and say what it would change. Raises UseError when it is no workbook, or not of this budget."""
    sheet = read_xlsx(content, name=name)
    year = _year(version, sheet, name)
    stored = {line.pk: line for line in lines_of(actor, version, year)}
    reader = _Reader(sheet, stored, NewRows(actor, version, year))
    edits = {key: (reader.base(key), months) for key, months in reader.rows()}
    if reader.faults:
        return Proposal(year, faults=tuple(reader.faults))
    return _compared(year, stored, edits, tuple(reader.new))


def _compared(
    year: int, stored: Mapping[int, BudgetLine], edits: Mapping[int, tuple[tuple[int, ...], tuple[int, ...]]],
    new: tuple[NewLine, ...],
) -> Proposal:  # fmt: skip
    changed = {key: edit for key, edit in edits.items() if edit[0] != edit[1]}
    differences = tuple(
        Difference(
            str(stored[key]), str(MONTHS[month]), kr(now), kr(new), kr(rest(new, now)), theirs=now not in (was, new)
        )
        for key, (base, typed) in changed.items()
        for month, was, new, now in zip(MONTHS_IN_ORDER, base, typed, stored[key].months, strict=True)
        if new not in (was, now)
    )
    seen = {key: (*edit, tuple(stored[key].months)) for key, edit in changed.items()}
    return Proposal(year, seen, differences, new=new, absent=len(stored.keys() - edits.keys()))


def _year(version: BudgetVersion, sheet: ReadSheet, name: str) -> int:
    """Give the year that the workbook was made for; UseError when it is not made from this version."""
    told = sheet.facts.get("Budget", "")
    if told != str(version.pk):
        made_of = sheet.facts.get("Namn") or _("något annat")
        raise UseError(
            f"{name} är inte hämtad ur {version.name} utan ur {made_of}. Hämta budgeten som Excel här, och ändra i den."
        )
    year = whole_number(sheet.facts.get("År", ""))
    if year is None or year not in version.years:
        raise UseError(f"{name} saknar uppgift om vilket år den gäller. Hämta budgeten som Excel igen.")
    missing = [heading for heading in headings() if sheet.column(heading) < 0]
    if missing:
        raise UseError(f"{name}, bladet {sheet.name}: kolumnerna {', '.join(missing)} saknas. Ta inte bort kolumner.")
    return year


class _Reader:
    """Reads the rows of a workbook and gathers everything that is wrong in them."""

    def __init__(self, sheet: ReadSheet, stored: Mapping[int, BudgetLine], new_rows: NewRows) -> None:
        self._sheet, self._stored, self._new_rows = sheet, stored, new_rows
        self._places = [sheet.column(heading) for heading in headings()]
        self.faults: list[Fault] = []
        self.new: list[NewLine] = []
        self._seen: set[int] = set()

    def rows(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Give the rows that can be read, by line; what has no number is gathered among the new ones."""
        for row in self._sheet.rows:
            if not text_of(row.cells[self._places[0]]).strip():
                self._take_in(row)
                continue
            line = self._line(row)
            if line is not None:
                self._check_keys(row, line)
                yield line.pk, self._months(row)

    def _take_in(self, row: ReadRow) -> None:
        codes = tuple(text_of(row.cells[at]).strip() for at in self._places[1 : len(KEYS)])
        months = self._months(row)
        line, faults = self._new_rows.read(codes, months)
        for at, message in faults:
            self._fault(row, at, message)
        if line is not None:
            self.new.append(line)

    def _months(self, row: ReadRow) -> tuple[int, ...]:
        return tuple(self._amount(row, at) for at in range(len(KEYS), len(self._places)))

    def base(self, key: int) -> tuple[int, ...]:
        """Give what a line held when the workbook was made; what it holds now where the workbook does not tell."""
        parts = self._sheet.facts.get(f"Rad {key}", "").split(";")
        if len(parts) == len(MONTHS_IN_ORDER) and all(_HELD.fullmatch(part) for part in parts):
            return tuple(map(int, parts))
        return tuple(self._stored[key].months)

    def _line(self, row: ReadRow) -> BudgetLine | None:
        cell = row.cells[self._places[0]]
        number = int(cell) if isinstance(cell, Decimal) and cell == int(cell) else None
        line = self._stored.get(number) if number is not None else None
        if line is None:
            self._fault(row, 0, _("Raden finns inte i budgeten. Är den ny ska kolumnen Rad vara tom."))
        elif line.pk in self._seen:
            self._fault(row, 0, _("Raden står två gånger i filen. Är den ena ny ska dess kolumn Rad vara tom."))
            return None
        else:
            self._seen.add(line.pk)
        return line

    def _check_keys(self, row: ReadRow, line: BudgetLine) -> None:
        for at, wanted in enumerate(_keys(line), start=1):
            if text_of(row.cells[self._places[at]]).strip() != wanted:
                self._fault(
                    row, at, _("Här ska stå ”%(wanted)s”. Benämningar och koder ändras på sidan.") % {"wanted": wanted}
                )

    def _amount(self, row: ReadRow, at: int) -> int:
        try:
            return kronor_of_cell(row.cells[self._places[at]])
        except ReadingError as error:
            self._fault(row, at, str(error))
            return 0

    def _fault(self, row: ReadRow, at: int, message: str) -> None:
        self.faults.append(Fault(self._sheet.name, row.number, headings()[at], message))
