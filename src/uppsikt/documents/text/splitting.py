"""Parts a row's words into cells: every way that the thousands can be grouped, and where the cells can stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, islice, pairwise

from uppsikt.documents.text.lines import KEPT_SPACE
from uppsikt.documents.text.values import Word

_SCALE = 4  # decimals that are kept when figures are compared; all arithmetic is on whole numbers
_ONE = 10_000  # one, in these units
_BARE = re.compile(r"^([+\-−–(]?)\s?(\d+)(?:[.,](\d{1,4}))?")
_MOST_WAYS = 120  # that a row's words are parted in; beyond that the first ones are tried
_GROUPS = 3  # a cell of more groups than this is over 999 million: seldom in a table of tkr


@dataclass(frozen=True)
class Piece:
    """A cell as it would read. ``amount`` is its number in ten-thousandths, None where it is no number."""

    text: str
    kind: str
    groups: int

    @cached_property
    def amount(self) -> int | None:
        """Give the number as a whole number of ten-thousandths."""
        if self.kind != "figure":
            return None
        found = _BARE.match(self.text.replace(" ", "").replace(KEPT_SPACE, ""))
        if not found:
            return None
        sign, whole, fraction = found.group(1), found.group(2), found.group(3) or ""
        amount: int = int(whole[:30]) * _ONE + int(fraction.ljust(_SCALE, "0"))
        return -amount if sign in ("-", "−", "–", "(") and sign else amount

    @cached_property
    def decimals(self) -> int:
        """Give the number of decimals that are printed."""
        found = _BARE.match(self.text.replace(" ", "").replace(KEPT_SPACE, ""))
        return len(found.group(3) or "") if found else 0

    @cached_property
    def size(self) -> int:
        """Give the number of digits before the decimals."""
        return 0 if not self.amount else len(str(abs(self.amount))) - _SCALE


@dataclass(frozen=True)
class Placed:
    """One way to read a row: its cells and the column of each. ``to_label`` words at the start are the label's own."""

    pieces: tuple[Piece, ...]
    columns: tuple[int, ...]
    to_label: int = 0
    cuts: int = 0  # cells that were parted where they could have been one number

    def at(self, column: int) -> Piece | None:
        """Give the cell of a column."""
        return self.pieces[self.columns.index(column)] if column in self.columns else None


def bounds(words: Sequence[Word]) -> tuple[int, int]:
    """Give the fewest and the most cells that the words can be."""
    forced = _forced(words)
    fewest = 1 + sum(forced) if words else 0
    return fewest, len(words)


def _forced(words: Sequence[Word]) -> list[bool]:
    """Say, for every word but the first, whether a cell must begin with it."""
    forced, groups = [], 1
    for before, word in pairwise(words):
        signed = (
            before.kind == "dash"
            and word.kind == "figure"
            and word.gap == 1
            and not word.parted
            and word.text[0].isdigit()
        )
        grouped = word.group and (before.head if groups == 1 else before.open)
        zero = groups == 1 and before.text.lstrip("+-−–").startswith("0")
        joins = signed or (grouped and not zero)
        groups = groups + 1 if joins and not signed else 1
        if groups > _GROUPS + 1:
            joins, groups = False, 1
        forced.append(not joins)
    return forced


def ways(words: Sequence[Word], count: int) -> Iterator[tuple[Piece, ...]]:
    """Give the ways to part the words into so many cells."""
    forced = _forced(words)
    fixed = [at + 1 for at, must in enumerate(forced) if must]
    free = [at + 1 for at, must in enumerate(forced) if not must]
    chosen = count - 1 - len(fixed)
    if chosen < 0 or chosen > len(free):
        return
    for cuts in islice(combinations(free, chosen), _MOST_WAYS):
        pieces = _pieces(words, sorted([*fixed, *cuts]))
        if pieces:
            yield pieces


def _pieces(words: Sequence[Word], cuts: list[int]) -> tuple[Piece, ...]:
    pieces = []
    for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True):
        piece = _piece(words[start:end])
        if piece is None:
            return ()
        pieces.append(piece)
    return tuple(pieces)


def _piece(words: Sequence[Word]) -> Piece | None:
    first = words[0]
    if len(words) == 1:
        bad = first.kind == "figure" and len(first.text) == 3 and first.text.isdigit() and first.text[0] == "0"
        return None if bad else Piece(first.text, first.kind, 1)
    if first.kind == "dash":
        rest = _piece(words[1:])
        return Piece(f"{first.text} {rest.text}", "figure", rest.groups) if rest else None
    if not first.head or first.text.lstrip("+-−–").startswith("0"):
        return None
    if not all(word.group for word in words[1:]) or not all(word.open for word in words[1:-1]):
        return None
    return Piece(" ".join(word.text for word in words), "figure", len(words))


def placements(words: Sequence[Word], width: int, hints: tuple[int, int], most_ways: int = 160) -> list[Placed]:
    """Give the ways to read a row in a table of so many columns, at most so many.

    ``hints`` are the spaces before the first cell and after the last: a column that is empty leaves a
    space more. Where they add up to the width they decide.
    """
    hinted = list(islice(_hinted(words, width, hints), most_ways))
    if hinted:
        return hinted
    found: list[Placed] = []
    fewest, most = bounds(words)
    for count in range(min(width, most), fewest - 1, -1):
        for pieces in ways(words, count):
            found += [
                Placed(pieces, columns, cuts=count - fewest)
                for columns in islice(combinations(range(width), count), 60)
            ]
            if len(found) >= most_ways:
                return found
    return found or _with_label(words, width)


def _with_label(words: Sequence[Word], width: int) -> list[Placed]:
    """More cells than columns: the first words are the end of the label ("Årskurs 9")."""
    for taken in range(1, min(len(words), 3)):
        rest = words[taken:]
        if rest[0].parted:
            return []
        fewest, most = bounds(rest)
        if fewest <= width <= most:
            return [Placed(pieces, tuple(range(width)), taken) for pieces in ways(rest, width)]
        if fewest <= width:
            return [Placed(pieces, tuple(range(most)), taken) for pieces in ways(rest, most)]
    return []


def _hinted(words: Sequence[Word], width: int, hints: tuple[int, int]) -> Iterator[Placed]:
    before, after = max(hints[0] - 1, 0), max(hints[1] - 1, 0)
    gaps = [max(word.gap - 1, 0) if not word.parted else 0 for word in words[1:]]
    empty = before + after + sum(gaps)
    if not 0 < empty < width:
        return
    for pieces in ways(words, width - empty):
        starts = _starts(pieces)
        columns, column = [], before
        for start in starts:
            column += gaps[start - 1] if start else 0
            columns.append(column)
            column += 1
        if columns[-1] < width:
            yield Placed(pieces, tuple(columns))


def _starts(pieces: tuple[Piece, ...]) -> list[int]:
    """Give the place of each cell's first word."""
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += piece.text.count(" ") + 1 if piece.kind == "figure" and piece.groups > 1 else 1
    return starts
