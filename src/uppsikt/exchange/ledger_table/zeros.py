"""Leading zeros that a workbook lost: a code that was kept as a number gets them back where something says how many.

Two things say so, and nothing else does: the cell's own number format ("0000"), and the codes that exist, when all of
that part are digits of one length and some of them begin with a zero. What was given back is told, never silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from uppsikt.core.economy.ledger import CODE_PARTS, EntryFault, Known
from uppsikt.exchange.ledger_table.look import Look
from uppsikt.exchange.sheets import Cell, text_of
from uppsikt.exchange.sheets.padding import Padding

_FEWEST = 2  # known codes: one alone says nothing of the others
_BY_FORMAT, _BY_CODES = "format", "codes"


@dataclass
class _Given:
    """The cells of a column that got zeros: how many, and the first of them."""

    rows: int
    line: int
    before: str
    after: str


@dataclass
class Zeros:
    """Which columns hold codes, and how many digits the codes of each have, where the known ones tell."""

    look: Look
    columns: Mapping[int, int]
    _given: dict[tuple[int, str], _Given] = field(default_factory=dict)

    @classmethod
    def of(cls, look: Look, lengths: Mapping[str, int] | None = None) -> Zeros:
        """Make it for the columns of a look; ``lengths`` by part of the code string, see ``lengths_of``."""
        told = lengths or {}
        parts = {at: one.field for at, one in enumerate(look.columns) if one.field in CODE_PARTS}
        return cls(look, {at: told.get(part, 0) for at, part in parts.items()})

    def restored(self, row: int, cells: list[Cell], padding: Padding) -> list[Cell]:
        """Give the cells of a row with the codes as they were meant; what is no whole number is left as it is."""
        for at, length in self.columns.items():
            cell = cells[at] if at < len(cells) else None
            if isinstance(cell, Decimal) and cell >= 0 and cell == cell.to_integral_value():
                shown = padding.digits(row, at + 1)
                before = text_of(cell)
                after = before.zfill(shown or length)
                if after != before:
                    self._note(at, _BY_FORMAT if shown else _BY_CODES, row, (before, after))
                    cells[at] = after
        return cells

    def _note(self, at: int, why: str, row: int, codes: tuple[str, str]) -> None:
        given = self._given.setdefault((at, why), _Given(0, row, *codes))
        given.rows += 1

    @property
    def told(self) -> tuple[EntryFault, ...]:
        """What was given back, for the one who loads the file; it keeps no row out."""
        return tuple(self._told(at, why, given) for (at, why), given in sorted(self._given.items()))

    def _told(self, at: int, why: str, given: _Given) -> EntryFault:
        digits = len(given.after)
        because = (
            f"cellens talformat i Excel visar {digits} siffror"
            if why == _BY_FORMAT
            else f"alla koder som finns har {digits} siffror"
        )
        message = (
            f"Koden står som ett tal i Excel och hade mist sina inledande nollor: {given.before} läses som "
            f"{given.after}, eftersom {because}."
        )
        heading, sheet = self.look.columns[at].heading, self.look.layout.sheet
        return EntryFault("zeros_restored", given.line, heading, given.before, message, given.rows, sheet=sheet)


def lengths_of(known: Known) -> dict[str, int]:
    """Say how many digits the codes of each part have, where they all have the same and some begin with a zero.

    >>> lengths_of(Known({"unit": frozenset({"0100", "4711"}), "account": frozenset({"3011", "5011"})}))
    {'unit': 4}
    """
    found = {}
    for part, codes in known.codes.items():
        lengths = {len(code) for code in codes}
        digits = all(code.isascii() and code.isdecimal() for code in codes)
        if len(codes) >= _FEWEST and len(lengths) == 1 and digits and any(code.startswith("0") for code in codes):
            found[part] = lengths.pop()
    return found
