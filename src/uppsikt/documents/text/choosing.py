"""Chooses among the ways to read a table's rows: by arithmetic that holds, by the sizes and kinds of each column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice
from statistics import median_low
from typing import NamedTuple

from uppsikt.documents.text.splitting import Placed, bounds, placements, ways
from uppsikt.documents.text.values import Word

MOST_COLUMNS = 14
FEWEST_WAYS = 6
_SAMPLE = 40  # rows that are asked which arithmetic the table follows
_VOTERS = 60  # rows that are asked how many columns there are
_SAMPLE_WAYS = 40  # readings of each that are asked
_CUT = 1.2  # what it weighs to part what could have been one number, where no arithmetic tells
_UNITS = (10_000, 1_000, 100, 10, 1)  # one unit of the last printed decimal, in ten-thousandths
# These begin a target.
_TARGETS = {
    "minska", "öka", "bibehålla", "behålla", "ska", "mindre", "större", "färre", "fler", "mer", "minst", "max",
    "högst", "lägst",
}  # fmt: skip
_HOLDS, _FAILS = -8.0, 1.5  # what it weighs that a row follows the table's arithmetic, or does not


class Cells(NamedTuple):
    """The words of one row with the spaces before and after them."""

    words: tuple[Word, ...]
    before: int = 1
    after: int = 0


class Relation(NamedTuple):
    """Three columns of which one is the difference of the other two, whatever its sign."""

    one: int
    other: int
    difference: int


@dataclass
class _Column:
    """What is known of a column: the sizes of its figures, the kinds of its cells, how often it is filled."""

    sizes: list[int] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    amounts: Counter[int] = field(default_factory=Counter)
    decimals: Counter[int] = field(default_factory=Counter)
    rows: int = 0
    target: bool = False  # its name says that it holds targets
    plain: bool = False  # its name says that it does not, and another's that it does

    @property
    def filled(self) -> float:
        return sum(self.kinds.values()) / self.rows if self.rows else 0.5


def width_of(rows: Sequence[Cells], named: Sequence[int]) -> int:
    """Give the number of columns that most rows can have; ``named`` are the numbers that the header allows."""
    votes: Counter[int] = Counter()
    least: dict[int, float] = {}
    rows = rows[:: len(rows) // _VOTERS + 1]
    for row in rows:
        fewest, most = bounds(row.words)
        empty = _empty(row)
        for count in range(max(fewest, 1), min(most, MOST_COLUMNS) + 1):
            width = count + empty
            votes[width] += 1
            least[width] = least.get(width, 0.0) + _plainness(row.words, count)
    allowed = [width for width in named if width <= MOST_COLUMNS and all(bounds(row.words)[0] <= width for row in rows)]
    for width in allowed:
        if votes[width] * 2 >= len(rows):
            return width
    if allowed or not votes:
        return allowed[0] if allowed else 0
    best = max(votes.values())
    return min(
        (width for width in votes if votes[width] >= 0.8 * best), key=lambda width: (least[width] / votes[width], width)
    )


def _empty(row: Cells) -> int:
    gaps = sum(max(word.gap - 1, 0) for word in row.words[1:] if not word.parted)
    told = max(row.before - 1, 0) + max(row.after - 1, 0) + gaps
    return told if told < MOST_COLUMNS else 0


def _plainness(words: Sequence[Word], count: int) -> float:
    """Say how odd the plainest way to part the words would be: thousands that are not grouped, or too many groups."""
    return min(
        (sum((0.4, 0.0, 0.7, 3.0)[min(p.groups, 4) - 1] for p in way) for way in islice(ways(words, count), 24)),
        default=9.0,
    )


def choose(
    rows: Sequence[Cells], width: int, targets: Sequence[bool] = (), most_ways: int = 160
) -> list[Placed | None]:
    """Choose how each row reads in a table of so many columns; None where it fits in no way.

    ``targets`` says of each column whether its name tells that it holds targets. ``most_ways`` bounds
    the readings that are weighed for a row; at the least of them the first is taken.
    """
    readings = _readings(rows, width, most_ways)
    if most_ways <= FEWEST_WAYS:
        return [found[0] if found else None for found in readings]
    relation = _relation(readings, width)
    sure = [_sure(found, relation, width) for found in readings]
    columns = _columns([placed for placed in sure if placed], width)
    chosen: list[Placed | None] = []
    for _ in range(2):
        for column, target in zip(columns, targets, strict=False):
            column.target = any(targets) and target
            column.plain = any(targets) and not target
        typical = [median_low(column.sizes) if column.sizes else None for column in columns]
        chosen = [
            min(found, key=lambda placed: _cost(placed, columns, typical, relation), default=None) for found in readings
        ]
        columns = _columns([placed for placed in chosen if placed], width)
    return chosen


def _readings(rows: Sequence[Cells], width: int, most_ways: int) -> list[list[Placed]]:
    """Give each row's readings; where empty space tells the empty cells of one row, the rows without it have none."""
    readings = [placements(row.words, width, (row.before, row.after), most_ways) for row in rows]
    told = [0 < _empty(row) < width and bool(found) for row, found in zip(rows, readings, strict=True)]
    if not any(told):
        return readings
    full = [[placed for placed in found if len(placed.columns) == width] for found in readings]
    return [found if hinted or not whole else whole for hinted, whole, found in zip(told, full, readings, strict=True)]


def _is_even(placed: Placed) -> bool:
    """Say whether all cells are numbers of the same number of groups, more than one."""
    groups = {piece.groups if piece.kind == "figure" else 0 for piece in placed.pieces}
    return len(groups) == 1 and groups.pop() > 1


def _sure(found: list[Placed], relation: Relation | None, width: int) -> Placed | None:
    if len(found) == 1:
        return found[0]
    even = [placed for placed in found if len(placed.columns) == width and _is_even(placed)]
    if len(even) == 1:
        return even[0]
    holding = [placed for placed in found if relation and _holds(placed, relation)]
    return holding[0] if len(holding) == 1 else None


def _relation(readings: list[list[Placed]], width: int) -> Relation | None:
    """Find the arithmetic that most rows can follow, if at least half of the full rows can."""
    if width < 3:
        return None
    votes: Counter[Relation] = Counter()
    full = [found[:_SAMPLE_WAYS] for found in readings if found and len(found[0].columns) >= 3][:_SAMPLE]
    for found in full:
        votes.update({relation for placed in found for relation in _relations(placed, width)})
    if not votes:
        return None
    relation, count = max(votes.items(), key=lambda item: (item[1], -sum(item[0])))
    return relation if count >= max(2, len(full) / 2) else None


def _relations(placed: Placed, width: int) -> list[Relation]:
    amounts = [None if piece is None else piece.amount for piece in map(placed.at, range(width))]
    found = []
    for one, other, third in combinations(range(width), 3):
        a, b, c = amounts[one], amounts[other], amounts[third]
        if a is None or b is None or c is None or not (a and b and c):
            continue
        precision = min(p.decimals for p in placed.pieces)
        found += [
            relation
            for relation, x, y, d in (
                (Relation(one, other, third), a, b, c),
                (Relation(one, third, other), a, c, b),
                (Relation(other, third, one), b, c, a),
            )
            if abs(abs(x - y) - abs(d)) <= _UNITS[precision]
        ]
    return found


def _holds(placed: Placed, relation: Relation) -> bool | None:
    pieces = [placed.at(column) for column in relation]
    amounts = [piece.amount for piece in pieces if piece]
    if len(amounts) < 3 or any(amount is None for amount in amounts):
        return None
    one, other, difference = (amount or 0 for amount in amounts)
    precision = min(piece.decimals for piece in pieces if piece)
    return abs(abs(one - other) - abs(difference)) <= _UNITS[precision]


def _columns(rows: Sequence[Placed], width: int) -> list[_Column]:
    columns = [_Column() for _ in range(width)]
    for placed in rows:
        for column in columns:
            column.rows += 1
        for piece, at in zip(placed.pieces, placed.columns, strict=True):
            columns[at].kinds[_kind(piece.text, piece.kind)] += 1
            if piece.amount:
                columns[at].sizes.append(piece.size)
                columns[at].decimals[piece.decimals] += 1
                columns[at].amounts[abs(piece.amount)] += 1
    return columns


def _kind(text: str, kind: str) -> str:
    """Part the phrases into those of targets and those that say why there is no figure."""
    if kind != "phrase":
        return kind
    first = text.split(maxsplit=1)[0].casefold().rstrip(".")
    if first in _TARGETS or first[0] in "<>":
        return "target"
    return "elsewhere" if first in ("se", "mäts") else "missing"


def _cost(placed: Placed, columns: list[_Column], typical: list[int | None], relation: Relation | None) -> float:
    cost = 2.0 * placed.to_label + (0.5 if relation else _CUT) * placed.cuts
    if relation is not None:
        holds = _holds(placed, relation)
        cost += 0.0 if holds is None else _HOLDS if holds else _FAILS
    taken = set(placed.columns)
    for at, column in enumerate(columns):
        if at not in taken:
            cost += 2.5 * column.filled
    for piece, at in zip(placed.pieces, placed.columns, strict=True):
        column, usual = columns[at], typical[at]
        cost += 0.15 * at + 1.5 * (1 - column.filled)
        kind = _kind(piece.text, piece.kind)
        if column.kinds and not column.kinds[kind]:
            cost += 1.5 if kind in ("target", "elsewhere") else 0.4
        cost += 2.0 if (column.plain and kind == "target") or (column.target and kind == "elsewhere") else 0.0
        if piece.amount:
            cost += _odd_size(piece.size, usual)
            cost -= 1.5 if piece.groups > 1 and column.amounts[abs(piece.amount)] > 1 else 0.0
            cost += 0.5 if column.decimals and not column.decimals[piece.decimals] else 0.0
        cost += 3.0 if piece.groups > 3 else 1.5 if placed.cuts and _is_end(piece.text) else 0.0
    return cost + _unevenness(placed)


def _is_end(text: str) -> bool:
    """Say whether a cell looks like the end of a number with its unit ("723 tkr")."""
    return text[:3].isdigit() and text[3:4] == " " and text[4:5].isalpha()


def _odd_size(size: int, usual: int | None) -> float:
    """A figure of another size than its column's: small figures differ by a digit for no reason."""
    if usual is None:
        return 0.0
    return 0.7 * abs(size - usual) if max(size, usual) > 3 else 0.2 * max(abs(size - usual) - 1, 0)


def _unevenness(placed: Placed) -> float:
    groups = [piece.groups for piece in placed.pieces if piece.kind == "figure" and piece.amount]
    return 0.25 * (max(groups) - min(groups)) if groups else 0.0
