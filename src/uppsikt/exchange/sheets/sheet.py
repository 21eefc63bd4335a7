"""A sheet to be written, and one that was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from uppsikt.exchange.sheets.cells import Cell

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Sheet:
    """A table for people to edit: headings on the first row, then the rows.

    ``locked`` are the headings of columns that must not be changed (the keys that rows are found by); everything
    else can be written in. ``formats`` gives Excel's number format by heading; other numbers are shown with two
    decimals where they have any. ``widths`` are letters by heading. ``spare`` rows under the last one are empty and
    can be written in from the first column, for what is new. ``facts`` are told on a second sheet and come
    back when the file is read: what the file is, and as of when.
    """

    headings: tuple[str, ...]
    rows: Iterable[Sequence[Cell | int]]
    name: str = "Blad1"
    locked: frozenset[str] = frozenset()
    formats: Mapping[str, str] = field(default_factory=lambda: _NONE)
    widths: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    facts: Mapping[str, str] = field(default_factory=lambda: _NONE)
    spare: int = 0


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row that was read: its number in the sheet (from 1) and its cells, as many as there are headings."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet that was read; rows without any content are left out."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[ReadRow, ...]
    facts: Mapping[str, str] = field(default_factory=lambda: _NONE)

    def column(self, heading: str) -> int:
        """Give the place of a heading, whatever its letters' size; -1 where there is none."""
        wanted = heading.strip().casefold()
        return next((at for at, one in enumerate(self.headings) if one.strip().casefold() == wanted), -1)
