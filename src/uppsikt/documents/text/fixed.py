"""Tables whose columns are kept apart by many spaces (text with its layout)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from uppsikt.documents.text.headers import header_words, is_label_header, kind_of
from uppsikt.documents.text.lines import Line, joined
from uppsikt.documents.text.matrix import TextRow, goes_on, is_value
from uppsikt.documents.text.tabs import Run, is_note

_SEGMENT = re.compile(r"[^ ]+(?: [^ ]+)*")
_WIDEST = 400  # characters of a line that may be a row
_HEAD_LINES = 6
_CAPTIONS = ("Tabell ", "Diagram ", "Figur ", "#")
_SPARSE = 0.45  # of a table's cells are filled, or it is none
_CLOSE = 8  # characters between two places that can be one column


class Segment(NamedTuple):
    """A text between gaps of two spaces or more, with its place on the line."""

    start: int
    end: int
    text: str


def segments(line: Line) -> list[Segment]:
    """Part a line where two spaces or more stand."""
    if not line.text or len(line.text) > _WIDEST or "\t" in line.text:
        return []
    found = [Segment(m.start() + line.indent, m.end() + line.indent, m.group()) for m in _SEGMENT.finditer(line.text)]
    return _signs_joined(found)


def _signs_joined(found: list[Segment]) -> list[Segment]:
    """A bullet or a sign set off from its text is no column."""
    if len(found) > 1 and found[0].text in ("•", "-", "–", "o", "*"):
        return [Segment(found[0].start, found[1].end, f"{found[0].text} {found[1].text}"), *found[2:]]
    return found


def find_fixed(lines: Sequence[Line]) -> list[Run]:
    """Find the tables in text with its layout kept."""
    runs: list[Run] = []
    at, base = 0, lines[0].number if lines else 0
    while at < len(lines):
        if _is_row(segments(lines[at])):
            end = _end(lines, at)
            run = _table(lines, max(runs[-1].last if runs else 0, at - _HEAD_LINES), at, end)
            if run:
                runs.append(run)
            at = end
        else:
            at += 1
    return [Run(run.rows, run.first + base, run.last + base, run.notes) for run in runs]


def _is_row(found: list[Segment]) -> bool:
    return len(found) > 1 and all(is_value(part.text) for part in found[2:]) and is_value(found[-1].text)


def _end(lines: Sequence[Line], first: int) -> int:
    """Give the line after the last row: a table goes on over short labels and single blank lines."""
    at, last, blanks, texts = first, first, 0, 0
    while at < len(lines):
        line = lines[at]
        found = segments(line)
        if line.blank:
            blanks += 1
        elif (blanks >= 2 and not _is_row(found)) or line.text.startswith(_CAPTIONS):
            break
        elif _is_row(found) and not _is_head(found):
            last, blanks, texts = at, 0, 0
        else:
            texts += 1
            if (
                texts > 3
                or blanks > 2
                or (len(found) == 1 and len(line.text) > 70)
                or _is_head(found)
                or is_note(line.text)
            ):
                break
        if blanks > 3:
            break
        at += 1
    following = last + 1
    while following < len(lines) and following < last + 3 and _continues(lines, following):
        following += 1
    return following


def _continues(lines: Sequence[Line], at: int) -> bool:
    found = segments(lines[at])
    return (
        len(found) == 1
        and len(found[0].text) < 60
        and found[0].text[0].islower()
        and goes_on(lines[at - 1].text, found[0].text)
    )


def _is_head(found: list[Segment]) -> bool:
    """Say whether the segments after the first are header words."""
    parts = found[1:] if len(found) > 1 else found
    return len(found) > 1 and all(header_words(part.text) == len(part.text.split()) for part in parts)


def _table(lines: Sequence[Line], earliest: int, first: int, end: int) -> Run | None:
    rows = [(line, segments(line)) for line in lines[first:end] if not line.blank]
    spaced = [found for _, found in rows if _is_row(found)]
    loose = sum(1 for found in spaced if all(is_value(part.text) for part in found[1:]))
    if len(spaced) < 2 or loose < 2 or not _aligned(spaced):
        return None
    columns = _columns(spaced)
    if columns is None:
        return None
    top = _above_groups(lines, earliest, first)
    head_first = _head_first(lines, earliest, top)
    head = _head(lines[head_first:top], columns)
    rows = [(line, segments(line)) for line in lines[top:first] if not line.blank and head_first < top] + rows
    head_first = head_first if head_first < top else first
    body = [_row(line, found, columns) for line, found in rows]
    if not head and sum(len(found) - 1 for found in spaced) < _SPARSE * len(spaced) * len(columns):
        return None  # the figures of a diagram
    return Run([*head, *_wrapped(body)], head_first, end, [])


def _aligned(spaced: list[list[Segment]]) -> bool:
    """Figures stand under each other: most right edges are shared (to four characters) by another row."""
    edges = Counter(part.end // 4 for found in spaced for part in found[1:])
    shared = sum(
        1 for found in spaced for part in found[1:] if any(edges[part.end // 4 + d] > (d == 0) for d in (-1, 0, 1))
    )
    return shared * 2 > sum(len(found) - 1 for found in spaced)


def _columns(spaced: list[list[Segment]]) -> list[tuple[int, int]] | None:
    """Give the places of the columns: segments that overlap stand in one; the label's is the first."""
    parts = sorted((part.start, part.end) for found in spaced for part in found[1:])
    columns: list[tuple[int, int]] = []
    for start, end in parts:
        if columns and start < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(end, columns[-1][1]))
        else:
            columns.append((start, end))
    columns = _without_doubles(columns, spaced)
    if all(len({_column(part, columns) for part in found[1:]}) == len(found) - 1 for found in spaced):
        return columns
    fullest = max(len(found) for found in spaced)
    full = [found[1:] for found in spaced if len(found) == fullest]
    edges = [
        (min(found[at].start for found in full), max(found[at].end for found in full)) for at in range(fullest - 1)
    ]
    parted = [(start if not at else max(start, edges[at - 1][1] - 3), end) for at, (start, end) in enumerate(edges)]
    distinct = all(len({_column(part, parted) for part in found[1:]}) == len(found) - 1 for found in spaced)
    return parted if distinct else None


def _without_doubles(columns: list[tuple[int, int]], spaced: list[list[Segment]]) -> list[tuple[int, int]]:
    """Two places close to each other that no row fills both are one column: letters are not all as wide."""
    whole = columns[:1]
    for start, end in columns[1:]:
        before = whole[-1]
        both = any(
            any(part.end <= before[1] and part.start >= before[0] for part in found[1:])
            and any(part.start >= start and part.end <= end for part in found[1:])
            for found in spaced
        )
        if start - before[1] <= _CLOSE and not both:
            whole[-1] = (before[0], end)
        else:
            whole.append((start, end))
    return whole


def _column(part: Segment, columns: Sequence[tuple[int, int]]) -> int:
    """Give the column that a segment overlaps most, or that is nearest by its middle."""

    def closeness(at: int) -> tuple[int, int]:
        start, end = columns[at]
        return min(part.end, end) - max(part.start, start), -abs(part.start + part.end - start - end)

    return max(range(len(columns)), key=closeness)


def _row(line: Line, found: list[Segment], columns: Sequence[tuple[int, int]]) -> TextRow:
    cells = [""] * (len(columns) + 1)
    for number, part in enumerate(found):
        label = number == 0 and (part.start < columns[0][0] - 2 or not is_value(part.text))
        at = 0 if label else 1 + _column(part, columns)
        cells[at] = f"{cells[at]} {part.text}".strip()
    if found and cells[0]:
        cells[0] = " " * min(line.indent, 12) + cells[0]
    return TextRow(cells, line.page, line.number)


def _wrapped(rows: list[TextRow]) -> list[TextRow]:
    """Join a label's further lines; the figures may stand on any of them."""
    whole: list[TextRow] = []
    for row in rows:
        if whole and row.cells[0].strip() and goes_on(whole[-1].cells[0], row.cells[0].strip()):
            bare = row.filled() == [0] or whole[-1].filled() == [0]
            if bare and whole[-1].cells[0].strip():
                merged = [a if a.strip() else b for a, b in zip(whole[-1].cells, row.cells, strict=True)]
                merged[0] = f"{whole[-1].cells[0]} {row.cells[0].strip()}"
                whole[-1] = TextRow(merged, whole[-1].page, whole[-1].number)
                continue
        whole.append(row)
    return whole


def _above_groups(lines: Sequence[Line], earliest: int, first: int) -> int:
    """Give the line after the header: the name of the first rows' group can stand between it and them."""
    for at in range(first - 1, max(earliest, first - 4) - 1, -1):
        found = segments(lines[at])
        if len(found) > 1:
            return at + 1 if _names(found) else first
        if found and (found[0].start > 20 or len(found[0].text) > 60 or header_words(found[0].text)):
            return first
    return first


def _head_first(lines: Sequence[Line], earliest: int, first: int) -> int:
    """Give the first of the header's lines, directly above the first row."""
    at, top = first - 1, first
    while at >= earliest:
        found = segments(lines[at])
        if lines[at].blank:
            if at < first - 1 and top == first:
                break
        elif _names(found) and not lines[at].text.startswith(_CAPTIONS):
            top = at
        else:
            break
        at -= 1
    return top


def _names(found: list[Segment]) -> bool:
    if not found or any(len(part.text) > 60 for part in found):
        return False
    if len(found) == 1:
        text = found[0].text
        return (
            header_words(text) == len(text.split()) or is_label_header(text) or (found[0].start > 30 and len(text) < 40)
        )
    return any(kind_of(word) for part in found[1:] for word in part.text.split()) or all(
        len(part.text) < 30 for part in found
    )


def _head(lines: Sequence[Line], columns: Sequence[tuple[int, int]]) -> list[TextRow]:
    """Put a header's words into their columns; lines under each other are one label, a word over several spans them."""
    above: list[TextRow] = []
    labels = [""] * (len(columns) + 1)
    last: Line | None = None
    for line in lines:
        if line.blank:
            continue
        found = [word for part in segments(line) for word in _repeated(part)]
        spanning = _spans(found, columns)
        if spanning:
            above.append(TextRow(spanning[0], line.page, line.number, header=True, spans=spanning[1]))
            continue
        for number, part in enumerate(found):
            at = (
                0
                if number == 0 and part.start < columns[0][0] - 2 and part.end <= columns[0][1]
                else 1 + _column(part, columns)
            )
            labels[at] = joined([labels[at], part.text])
        last = line
    return [*above, *([TextRow(labels, last.page, last.number, header=True)] if last else [])]


def _repeated(part: Segment) -> list[Segment]:
    """The same words over each of several narrow columns stand too close to be kept apart."""
    words = [Segment(m.start() + part.start, m.end() + part.start, m.group()) for m in re.finditer(r"[^ ]+", part.text)]
    return words if len(words) > 1 and len({word.text for word in words}) * 2 <= len(words) else [part]


def _spans(found: list[Segment], columns: Sequence[tuple[int, int]]) -> tuple[list[str], dict[int, int]] | None:
    """Give the cells of a line in which a word stands over the middles of several columns."""
    cells, spans, next_free = [""] * (len(columns) + 1), {}, 0
    for part in found:
        over = [at for at, (start, end) in enumerate(columns, start=1) if part.start <= (start + end) // 2 <= part.end]
        at = over[0] if over else 0 if part.end < columns[0][0] else 1 + _column(part, columns)
        if at < next_free:
            return None  # two words over one column: no word spans
        cells[at] = part.text
        if len(over) > 1:
            spans[at] = len(over)
        next_free = at + max(len(over), 1)
    return (cells, spans) if spans else None
