"""Tables that lost their columns: a label and its figures with a single space between, or each on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from uppsikt.documents.text.choosing import FEWEST_WAYS, choose, width_of
from uppsikt.documents.text.headers import column_labels, is_header_line, is_target, widths
from uppsikt.documents.text.lines import KEPT_SPACE, Line
from uppsikt.documents.text.matrix import TextRow
from uppsikt.documents.text.records import Gathered, Gatherer, Record, Style, plausible
from uppsikt.documents.text.splitting import Placed, bounds
from uppsikt.documents.text.tabs import Run, is_note
from uppsikt.documents.text.values import GOES_ON, OPENING, Parsed, parse

_BREAKDOWN = {"män", "kvinnor", "flickor", "pojkar", "unga", "totalt"}
_PROSE = 75  # characters of a line that holds running text, where lines are not longer than that
_WEIGHED = 30_000  # readings that are weighed in a whole document: what bounds the time
_READABLE = 0.7  # of the rows, or the table's lines are left as text
_LONG_ROW = 300  # of one that ends in several figures
_ROW = 170  # characters of a line that can be a row
_ITEM = re.compile(r"^(?:•|[-–*]\s+\D|\d{1,2}\.\s+\D|[a-z]\)\s)")
_BARE_AMOUNT = re.compile(r"^(?:än )?[\d ]+(?:,\d+)?(?: ?(?:%|tkr|mnkr|kr|st))?\.?$")


def find_flat(lines: Sequence[Line], style: Style) -> list[Run]:
    """Find the tables in a stretch of lines without tabs."""
    tables: list[tuple[Gathered, int]] = []
    gatherer = Gatherer(style)
    lines = _values_joined(lines)
    prose = _prose_width(lines)
    read = [parse(line.text) if line.text else Parsed("") for line in lines]
    for at, (line, parsed) in enumerate(zip(lines, read, strict=True)):
        if line.text and _ends_stretch(line, parsed, prose) and not _among_rows(line, read, at):
            tables += _tables(gatherer.end())
            gatherer = Gatherer(style)
        else:
            gatherer.take(line, parsed)
    return _read(tables + _tables(gatherer.end()))


def style_of(lines: Sequence[Line]) -> Style:
    """Say whether every line that wraps ends in one space, as some extraction leaves it."""
    long = [a for a, b in pairwise(lines) if len(a.text) >= 60 and not b.blank][:2000]
    return Style(len(long) >= 10 and sum(1 for line in long if line.trailing == 1) >= 0.7 * len(long))


def _prose_width(lines: Sequence[Line]) -> int:
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 20)
    usual = lengths[int(len(lengths) * 0.8)] if lengths else _PROSE
    return max(48, min(_PROSE, int(0.8 * usual)))


def _ends_stretch(line: Line, parsed: Parsed, prose: int) -> bool:
    """Running text, list items and footnotes end a stretch in which a table can stand."""
    text = line.text
    if not parsed.values or all(word.year for word in parsed.values):
        return (
            (len(text) > prose and not is_header_line(text))
            or _ITEM.match(text) is not None
            or text.startswith("#")
            or is_note(text)
        )
    if _ITEM.match(text) and not text[0].isdigit():
        return True
    several = bounds(parsed.values)[0] > 1 and ". " not in parsed.label[:-1]
    sentence = not several and len(parsed.values) <= 2 and len(parsed.label) > prose
    return sentence or len(text) > (_LONG_ROW if several else _ROW) or text.startswith("#")


def _among_rows(line: Line, read: Sequence[Parsed], at: int) -> bool:
    """A long line that ends in a figure is a row where the lines right before and after it are."""
    beside = [read[place].values for place in (at - 1, at, at + 1) if 0 <= place < len(read)]
    return len(line.text) <= _LONG_ROW and len(beside) == 3 and all(beside) and not any(v[0].year for v in beside)


def _values_joined(lines: Sequence[Line]) -> list[Line]:
    """Join a cell that was broken over lines: "74" + "(prognos)", "Mindre" + "än 70", "320" + "mnkr"."""
    whole = list(lines)
    for at in range(len(whole) - 1):
        line = whole[at]
        if not line.text or len(line.text) > 100:
            continue
        following = at + 1 if whole[at + 1].text else at + 2
        if following >= len(whole) or not GOES_ON.match(whole[following].text):
            continue
        rest = whole[following]
        opens = (
            OPENING.search(line.text) is not None and following == at + 1 and _BARE_AMOUNT.match(rest.text) is not None
        )
        adds = not rest.text[0].isdigit() and not rest.text.startswith("än") and bool(parse(line.text).values)
        if opens or adds:
            whole[at] = replace(line, text=f"{line.text} {rest.text}", trailing=rest.trailing)
            whole[following] = replace(rest, text="")
    return whole


def _tables(gathered: list[Gathered]) -> list[tuple[Gathered, int]]:
    """Keep what is a table, with its number of columns."""
    kept = []
    for table in gathered:
        _keep_whole(table)
        width = width_of(table.cells(), widths(table.header))
        if width and plausible(table, width):
            kept.append((table, width))
    return kept


def _keep_whole(table: Gathered) -> None:
    """Where some numbers' groups are held together by no-break spaces, an ordinary space parts two numbers."""
    if any(KEPT_SPACE in word.text for record in table.records for word in record.words):
        for record in table.records:
            record.words = [replace(word, whole=True) for word in record.words]


def _read(tables: list[tuple[Gathered, int]]) -> list[Run]:
    """Read the rows; tables with the same header are read together, because one shows what the other leaves open."""
    total = sum(len(table.records) for table, _ in tables)
    most_ways = max(FEWEST_WAYS, min(160, _WEIGHED // max(total, 1)))
    alike: dict[tuple[int, tuple[str, ...]], list[int]] = {}
    for at, (table, width) in enumerate(tables):
        names = tuple(token.text for token in table.header.tokens) or (str(at),)
        alike.setdefault((width, names), []).append(at)
    chosen: dict[int, list[Placed | None]] = {}
    for (width, _), places in alike.items():
        rows = [row for at in places for row in tables[at][0].cells()]
        labels = column_labels(tables[places[0]][0].header, width) or []
        found = iter(choose(rows, width, [is_target(label) for label in labels], most_ways))
        for at in places:
            chosen[at] = [next(found) for _ in tables[at][0].records]
    return [_run(table, width, chosen[at]) for at, (table, width) in enumerate(tables) if _reads(table, chosen[at])]


def _reads(table: Gathered, chosen: list[Placed | None]) -> bool:
    """Say whether most rows have a label and fit the columns; otherwise what was printed cannot be told any more."""
    good = sum(1 for row, placed in zip(table.records, chosen, strict=True) if placed and row.label)
    return good >= _READABLE * len(chosen)


def _run(table: Gathered, width: int, chosen: list[Placed | None]) -> Run:
    labels = max(1, len(table.header.labels))
    rows = _head(table, width, labels)
    asides_at: dict[int, str] = {}
    for number, record in enumerate(table.records):
        if labels > 1 and record.asides:
            asides_at[_place(table.records, number, asides_at)] = " ".join(text for text, _ in record.asides)
    for number, (record, placed) in enumerate(zip(table.records, chosen, strict=True)):
        if labels == 1:
            rows += [TextRow([text], line.page, line.number) for text, line in record.asides]
        cells = [""] * (labels + width)
        cells[0] = asides_at.get(number, "")
        cells[labels - 1] = " " * min(record.indent, 12) + record.label
        if placed is None:
            cells[labels] = " ".join(word.text for word in record.words)
        else:
            moved = " ".join(word.text for word in record.words[: placed.to_label])
            cells[labels - 1] = f"{cells[labels - 1]} {moved}".rstrip()
            for piece, column in zip(placed.pieces, placed.columns, strict=True):
                cells[labels + column] = piece.text
        rows.append(TextRow(cells, record.page, record.number))
    return Run(rows, table.first, table.last, [])


def _place(records: list[Record], number: int, taken: dict[int, str]) -> int:
    """What stands beside several rows is given to the first of them, which is not a breakdown of the one before."""
    at = number
    while at > 0 and records[at].label.casefold() in _BREAKDOWN and at - 1 not in taken:
        at -= 1
    return at if at not in taken else number


def _head(table: Gathered, width: int, labels: int) -> list[TextRow]:
    if not table.header.tokens or table.header_line is None:
        return []
    named = column_labels(table.header, width)
    line = table.header_line
    names = list(table.header.labels) or [""]
    if named is None:
        words = " ".join(token.text for token in table.header.tokens)
        return [
            TextRow([*names, words], line.page, line.number, header=True, spans={labels: width} if width > 1 else {})
        ]
    return [TextRow([*names, *named], line.page, line.number, header=True)]
