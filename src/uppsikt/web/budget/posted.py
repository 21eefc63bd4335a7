"""What came from a grid: each row with what it held when it was shown, and what was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from uppsikt.core.economy.kronor import read_kronor
from uppsikt.core.errors import ReadingError, UseError
from uppsikt.web.budget.selectors import Grid, Kind, Typed, shown
from uppsikt.web.budget.services.saving import Edit

LONGEST = 60  # letters in a cell
_CELL = re.compile(r"r(\d{1,18})-(\d{1,2})")


@dataclass(frozen=True)
class GridPosted:
    """What came from a grid: the rows that can be saved, what was typed, and what is wrong, cell by cell."""

    edits: tuple[Edit, ...]
    texts: Mapping[str, str]
    faults: Mapping[str, str]
    bases: Mapping[int, tuple[int | None, ...]] = field(default_factory=dict)

    def typed(self, grid: Grid) -> Typed:
        """Give what is to be shown again: what the person changed, and what somebody else wrote there meanwhile."""
        theirs: dict[str, str] = {}
        for row in grid.rows:
            base = self.bases.get(row.key, row.base)
            for at, (was, now) in enumerate(zip(base, row.base, strict=False)):
                name = f"r{row.key}-{at}"
                if was != now and name in self.texts:
                    theirs[name] = shown(now) or _("tomt")
        return Typed(self.texts, self.faults, theirs)


def grid_posted(post: Mapping[str, str], kind: Kind, width: int) -> GridPosted:
    """Read a grid that was sent; raises UseError when it is not one of ours."""
    rows: dict[int, dict[int, str]] = {}
    for name, text in post.items():
        found = _CELL.fullmatch(name)
        if found:
            rows.setdefault(int(found[1]), {})[int(found[2])] = str(text)[:LONGEST]
    edits, texts, faults, bases = [], {}, {}, {}
    for key, cells in rows.items():
        base = base_posted(post.get(f"b{key}", ""), width)
        if base is None or set(cells) != set(range(width)):
            raise UseError("Formuläret kom inte fram helt. Ladda om sidan och försök igen.")
        bases[key] = base
        typed: list[int | None] = []
        for at in range(width):
            name = f"r{key}-{at}"
            try:
                typed.append(_read(cells[at], base[at], kind))
            except ReadingError as error:
                typed.append(base[at])
                faults[name] = str(error)
            if name in faults or typed[at] != base[at]:
                texts[name] = cells[at]
        edits.append(Edit(key, base, tuple(typed)))
    return GridPosted(tuple(edits), texts, faults, bases)


def _read(text: str, base: int | None, kind: Kind) -> int | None:
    """Read a cell; an empty one is nothing where nothing can stand, and zero where an amount is needed."""
    if not text.strip() and (kind is Kind.GIVEN or (kind is Kind.YEARS and base is None)):
        return None
    return read_kronor(text)


def base_posted(text: str, width: int) -> tuple[int | None, ...] | None:
    """Read what a row held when it was shown; None when it is not one of ours."""
    parts = text.split(";")
    if len(parts) != width or not all(re.fullmatch(r"-?\d{0,15}", part) and part != "-" for part in parts):
        return None
    return tuple(int(part) if part else None for part in parts)
