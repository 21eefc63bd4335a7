"""Which lines make a row: told by drawn lines, by the distance between lines and by the figures that stand in them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from statistics import median

from uppsikt.documents.pdf.grid_columns import Columns
from uppsikt.documents.pdf.grid_lines import Chunk, Line

_TIGHT = 0.85  # of the leading: closer lines belong to one row (a figure set at the middle of a wrapped label)
_APART = 1.12  # of the leading: further apart is another row; tables add a tenth of it and more between rows
_LEAST_LEADING = 0.95  # em: lines of one text are never closer
_MOST_LEADING = 1.75  # em: lines of one text in a cell are never further apart
_OWN = ("varav", "därav")  # words that begin a row although they have no capital
_JOINERS = (",", "-", "\u2010", "/", "(", "\u00ad")
_LINKS = {
    "och", "eller", "samt", "av", "för", "i", "med", "till", "på", "om", "från", "per", "den", "de", "som",
}  # fmt: skip
_SPACES = "\\s\u00a0\u202f\u2009"
# a figure too long for its cell: after a sign, after whole thousands, or after the comma it goes on below
_BROKEN = re.compile(
    f"[-+\u2212\u2013]\\n[\\d{_SPACES}]+,?\\d*"
    f"|[^\\n]*[\\d{_SPACES}],\\n\\d+"
    f"|[^\\n]*\\d[{_SPACES}]?\\n\\d{{3}}(?:[{_SPACES}]\\d{{3}})*(?:,\\d*)?"
)

Row = list[Line]


def value_columns(lines: Sequence[Line], columns: Columns) -> set[int]:
    """Give the columns in which at least half of the lines hold figures only."""
    seen: dict[int, list[bool]] = {}
    for line in lines:
        for chunk in line.chunks:
            first, last = columns.under(chunk)
            if first == last:
                seen.setdefault(first, []).append(chunk.value)
    return {column for column, values in seen.items() if 2 * sum(values) >= len(values)}


def split_band(
    lines: Sequence[Line],
    columns: Columns,
    values: set[int],
    *,
    closed: bool,
) -> list[Row]:
    """Make rows of the lines between two drawn ones; ``closed`` says that such a band is usually one row."""
    if not lines:
        return []
    whole = closed and not _several(lines, columns, values)
    rows = [list(lines)] if whole else _by_distance(lines, columns, values)
    return [part for row in rows for part in _spans_apart(row, columns)]


def _several(lines: Sequence[Line], columns: Columns, values: set[int]) -> bool:
    """Say whether a band is more than one row: half of its columns of figures hold two of them.

    In one column alone it may be a figure that was too long for its cell.
    """
    seen: set[int] = set()
    twice: set[int] = set()
    for place, line in enumerate(lines):
        here = _figures(line, columns) & values
        if not (place and completes(lines[place - 1], line)):
            twice |= here & seen
        seen |= here
    return bool(twice) and 2 * len(twice) >= len(seen)


def completes(above: Line, line: Line) -> bool:
    """Say whether a line holds nothing but the ends of figures and labels that were too long for their cells."""
    broken = [any(_breaks(one, chunk, line.size) for one in above.chunks) for chunk in line.chunks]
    return any(broken) and all(
        found or (place == 0 and not chunk.value and continues(above.chunks[0], chunk, line.size))
        for place, (found, chunk) in enumerate(zip(broken, line.chunks, strict=True))
    )


def _breaks(above: Chunk, below: Chunk, em: float) -> bool:
    """Say whether a figure goes on from one line to the next in its cell."""
    return abs(above.right - below.right) < em and _BROKEN.fullmatch(f"{above.text}\n{below.text}") is not None


def _figures(line: Line, columns: Columns) -> set[int]:
    return {columns.under(chunk)[0] for chunk in line.chunks if chunk.value}


def _by_distance(lines: Sequence[Line], columns: Columns, values: set[int]) -> list[Row]:
    leading = leading_of(lines, columns)
    uniform = _uniform(lines, leading)
    rows: list[Row] = [[lines[0]]]
    for above, line in itertools.pairwise(lines):
        step = line.baseline - above.baseline
        if step < _TIGHT * leading:
            same = True
        elif step > min(_APART * leading, _MOST_LEADING * columns.em):
            same = False
        else:
            same = _continues(rows[-1], line, columns, values, uniform=uniform)
        if same:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def leading_of(lines: Sequence[Line], columns: Columns) -> float:
    """Give the distance between lines of one text: the least between lines of the same column, in points."""
    last: dict[int, float] = {}
    steps: list[float] = []
    for line in lines:
        for chunk in line.chunks:
            column = columns.under(chunk)[0]
            if column in last and line.baseline - last[column] >= _LEAST_LEADING * columns.em:
                steps.append(line.baseline - last[column])
            last[column] = line.baseline
    steps.sort()
    # a twentieth from the bottom: a single odd pair of lines does not decide
    return steps[len(steps) // 20] if steps else 1.2 * columns.em


def _uniform(lines: Sequence[Line], leading: float) -> bool:
    """Say whether nearly all lines have the same distance, so that distance tells nothing about rows."""
    steps = [b.baseline - a.baseline for a, b in itertools.pairwise(lines)]
    steps = [step for step in steps if step >= _TIGHT * leading]
    return (
        bool(steps)
        and median(steps) <= _APART * leading
        and sum(s > _APART * leading for s in steps) <= len(steps) // 5
    )


def _continues(
    row: Row,
    line: Line,
    columns: Columns,
    values: set[int],
    *,
    uniform: bool,
) -> bool:
    """Say whether a line at the usual distance goes on with the row above it."""
    figures = _figures(line, columns) & values
    above = set().union(*(_figures(one, columns) & values for one in row))
    if completes(row[-1], line):
        return True
    if figures & above:
        return False
    if not uniform:
        return True
    label = _label(row, columns)
    chunk = line.chunks[0]
    if label is None:
        return not any(c.value and not is_year(c.text) for one in [*row, line] for c in one.chunks)
    if not values - {0}:
        return not _resumes(row[-1], line, columns)
    return columns.under(chunk)[0] > 0 or continues(label, chunk, columns.em)


def _resumes(above: Line, line: Line, columns: Columns) -> bool:
    """Say whether a line begins anew in a column: it had no text above, or all columns have and begin with capitals.

    In tables of text all cells of a row begin at its first line.
    """
    before = {columns.under(c)[0] for c in above.chunks}
    here = {columns.under(c)[0]: c.text for c in line.chunks}
    if here.keys() - before:
        return True
    return 2 * len(here) > len(columns) and not any(text[:1].islower() for text in here.values())


def continues(above: Chunk, below: Chunk, em: float) -> bool:
    """Say whether the words of a label go on with those above it: no capital, or a word that cannot be the last."""
    text, last = below.text, above.text
    if _deeper(above, below, em) or text.startswith(_OWN):
        return False
    return text[:1].islower() or last.endswith(_JOINERS) or last.rpartition(" ")[2].lower() in _LINKS


def _deeper(above: Chunk, below: Chunk, em: float) -> bool:
    return below.left > above.left + em / 2


def is_year(text: str) -> bool:
    """Say whether a figure can be a year."""
    return len(text) == 4 and text.isdecimal() and text[:2] in {"19", "20"}


def _label(row: Row, columns: Columns) -> Chunk | None:
    """Give the last words of a row in its first column."""
    for line in reversed(row):
        if columns.under(line.chunks[0])[0] == 0:
            return line.chunks[0]
    return None


def _spans_apart(row: Row, columns: Columns) -> list[Row]:
    """Part a heading over several columns from the headings under it."""
    for place in range(len(row) - 1):
        if _heads(row[place], row[place + 1], columns):
            return [row[: place + 1], *_spans_apart(row[place + 1 :], columns)]
        for chunk in row[place].chunks:
            first, last = columns.under(chunk)
            if first == last or (first == 0 and len(row[place].chunks) == 1):
                continue
            if any(sum(_starts_in(c, first, last, columns) for c in below.chunks) > 1 for below in row[place + 1 :]):
                return [row[: place + 1], *_spans_apart(row[place + 1 :], columns)]
    return [row]


def _heads(above: Line, below: Line, columns: Columns) -> bool:
    """Say whether a line of headings stands for more columns than it has chunks.

    The lines of one cell have an edge or their middle in common; a heading over columns has neither.
    """
    if len(above.chunks) >= len(below.chunks) or any(c.value and not is_year(c.text) for c in below.chunks):
        return False
    under = {columns.under(c)[0]: c for c in below.chunks}
    for chunk in above.chunks:
        column = columns.under(chunk)[0]
        other = under.get(column)
        if column == 0 or other is None or chunk.right - chunk.left > columns.width(column):
            continue
        left, right = other.left - chunk.left, other.right - chunk.right
        if min(abs(left), abs(right), abs(left + right) / 2) > columns.em / 2:
            return True
    return False


def _starts_in(chunk: Chunk, first: int, last: int, columns: Columns) -> bool:
    return first <= columns.under(chunk)[0] <= last
