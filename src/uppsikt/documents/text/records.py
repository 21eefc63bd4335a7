"""Rows of a table that has lost its columns: gathered line by line as labels and the values after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from uppsikt.documents.text.choosing import Cells
from uppsikt.documents.text.headers import (
    Header,
    header_words,
    is_header_line,
    is_label_header,
    is_weak,
    mended,
    read_header,
)
from uppsikt.documents.text.lines import Line, joined
from uppsikt.documents.text.matrix import CONNECTIVES, goes_on
from uppsikt.documents.text.splitting import bounds
from uppsikt.documents.text.values import MOST_WORDS, Parsed, Word

_MOST_BLOCKS = 7  # of text between two rows of one table
_MOST_LINES = 18
_HEADER_LINES = 16


@dataclass
class Record:
    """A row: its label, texts that stand before it (``asides``), and the words of its values."""

    label: str
    words: list[Word]
    before: int
    after: int
    page: int
    number: int
    indent: int = 0
    asides: list[tuple[str, Line]] = field(default_factory=list)


@dataclass
class Gathered:
    """A table as it was gathered, with its lines from ``first`` up to ``last`` (not included)."""

    header: Header
    header_line: Line | None
    records: list[Record]
    first: int
    last: int

    def cells(self) -> list[Cells]:
        """Give the words of each row."""
        return [Cells(tuple(record.words), record.before, record.after) for record in self.records]


@dataclass
class Style:
    """How the text was made: ``trailing`` says that a line which wraps ends in one space and others in none."""

    trailing: bool

    def continues(self, line: Line, text: str) -> bool:
        """Say whether a line's text goes on with this one."""
        if not self.trailing:
            return goes_on(line.text, text)
        return line.trailing == 1 or (line.trailing == 0 and goes_on(line.text, text))

    def label(self, lines: Sequence[Line]) -> str:
        """Join a label's lines; where wrapped lines end in a space, one that does not was broken within a word."""
        texts: list[str] = []
        wraps = self.trailing and any(line.trailing == 1 for line in lines[:-1])
        for before, line in zip([None, *lines], lines, strict=False):
            broken = before is not None and wraps and before.trailing == 0 and before.text[-1].isalpha()
            if broken and line.text[0].islower():
                texts[-1] += line.text
            else:
                texts.append(line.text)
        return joined(texts)


class Gatherer:
    """Takes the lines of a stretch without running text, one by one, and gives the tables in it."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.tables: list[Gathered] = []
        self._blocks: list[list[Line]] = []
        self._blank = True
        self._table: Gathered | None = None
        self._open: Record | None = None

    def take(self, line: Line, parsed: Parsed) -> None:
        """Take the next line."""
        if line.blank:
            self._blank = True
        elif not parsed.values or len(parsed.values) > MOST_WORDS or (_is_text(parsed) and not self._in_rows(parsed)):
            self._text(line)
            self._blank = False
        else:
            self._values(line, parsed)
            self._blank = False

    def end(self) -> list[Gathered]:
        """End the stretch and give its tables."""
        self._flush()
        return self.tables

    def _in_rows(self, parsed: Parsed) -> bool:
        """A line of nothing but years is a row only where the row before is open for its values."""
        return self._table is not None and not self._blocks and not parsed.label

    def _text(self, line: Line) -> None:
        if line.trailing >= 3:
            self._blocks.append([line])
            self._blank = True
            return
        if self._open is not None and self._table is not None and self._lowercase_rest(self._open, line):
            self._open.label = joined([self._open.label, line.text])
            self._table.last = line.number + 1
            return
        if self._blank or not self._blocks:
            self._blocks.append([])
        self._blocks[-1].append(line)

    def _lowercase_rest(self, record: Record, line: Line) -> bool:
        """The label's last line can stand under the values."""
        if self._blocks or self._blank or not record.label or self.style.trailing:
            return False
        return line.text[0].islower() and goes_on(record.label, line.text) and len(line.text) < 60

    def _values(self, line: Line, parsed: Parsed) -> None:
        if self._open is not None and not self._blocks and not parsed.label and self._table is not None:
            first = parsed.values[0]
            self._open.words += [Word(first.text, first.kind, parted=True), *parsed.values[1:]]
            self._open.after = line.trailing
            self._table.last = line.number + 1
        else:
            self._begin(line, parsed)
        if parsed.rest:
            self._open = None
            self._blocks = [[Line(parsed.rest, line.page, line.number, 0, line.trailing)]]
            self._blank = False

    def _begin(self, line: Line, parsed: Parsed) -> None:
        table = self._table_for(line, parsed)
        label, asides = self._label(line, parsed)
        indent = line.indent if parsed.label else 0
        record = Record(
            label,
            list(parsed.values),
            parsed.label_gap if parsed.label else 1,
            line.trailing,
            line.page,
            line.number,
            indent,
            asides,
        )
        table.records.append(record)
        table.last = line.number + 1
        self._open, self._blocks = record, []

    def _table_for(self, line: Line, parsed: Parsed) -> Gathered:
        """Give the row's table: the one at hand, or a new one where a header or a break stands before."""
        header, line_of, rest = self._header()
        if header is None and self._table is not None and not self._far():
            return self._table
        if header is None:
            rest = [] if parsed.label else self._blocks[-1:]
        first = line_of or (rest[0][0] if rest else line)
        self._flush()
        self._table = Gathered(header or Header((), ()), line_of, [], first.number, line.number + 1)
        self._blocks = rest
        return self._table

    def _far(self) -> bool:
        lines = sum(len(block) for block in self._blocks)
        return (
            len(self._blocks) > _MOST_BLOCKS
            or lines > _MOST_LINES
            or any(_breaks(block[0].text) for block in self._blocks)
        )

    def _header(self) -> tuple[Header | None, Line | None, list[list[Line]]]:
        """Find a header among the texts that wait; give it, its first line, and the texts after it."""
        lines = [line for block in self._blocks for line in block][-_HEADER_LINES - _MOST_LINES :]
        texts = [line.text for line in lines]
        start, end = _header_place(lines, texts)
        if start == end:
            return None, None, []
        header = read_header(texts[start:end])
        if header.strength < 1:
            return None, None, []
        after = {line.number for line in lines[end:]}
        rest = [
            kept
            for block in self._blocks
            if (kept := [line for line in block if line.number in after and line in lines[end:]])
        ]
        return header, lines[start], rest

    def _label(self, line: Line, parsed: Parsed) -> tuple[str, list[tuple[str, Line]]]:
        blocks = [list(block) for block in self._blocks]
        if parsed.label:
            wrapped: list[Line] = []
            following = parsed.label
            while blocks and blocks[-1] and (not self._blank or wrapped) and self._leads(blocks[-1][-1], following):
                wrapped.insert(0, blocks[-1].pop())
                following = wrapped[0].text
            own = Line(parsed.label, line.page, line.number)
            return self.style.label([*wrapped, own]), self._asides(blocks)
        if not blocks:
            return "", []
        last = blocks.pop()
        start = len(last) - 1
        several = self._table is not None and len(self._table.header.labels) > 1
        while start > 0 and (
            several or not self.style.trailing or self.style.continues(last[start - 1], last[start].text)
        ):
            start -= 1
        label = self.style.label(last[start:])
        if last[:start]:
            blocks.append(last[:start])
        if blocks and label[:1] and (label[0] == "(" or label[0].islower()):
            label = self._from_before(blocks, label)
        return label, self._asides(blocks)

    def _leads(self, line: Line, following: str) -> bool:
        return line.trailing < 3 and self.style.continues(line, following)

    def _from_before(self, blocks: list[list[Line]], label: str) -> str:
        """A label that begins in the middle began at the end of the text before it, after its last full stop."""
        line = blocks[-1][-1]
        kept, stop, moved = line.text.rpartition(". ")
        if not stop or len(moved) > 40:
            return label
        blocks[-1][-1] = Line(f"{kept}.", line.page, line.number)
        return joined([moved, label])

    def _asides(self, blocks: list[list[Line]]) -> list[tuple[str, Line]]:
        return [(self.style.label(block), block[0]) for block in blocks if block]

    def _flush(self) -> None:
        if self._table is not None and self._table.records:
            self.tables.append(self._table)
        self._table, self._open, self._blocks = None, None, []


def _header_place(lines: Sequence[Line], texts: list[str]) -> tuple[int, int]:
    """Give the header's first line and the one after its last; the same twice where there is no header."""
    flags = _header_flags(texts)
    if not any(flags):
        return 0, 0
    end = len(flags) - flags[::-1].index(True)
    start = end - 1
    while start > 0 and end - start < _HEADER_LINES and _extends(lines, texts, flags, start):
        start -= 1
    while start > 0 and is_label_header(texts[start - 1]) and lines[start - 1].number >= lines[start].number - 2:
        start -= 1
    while end < len(texts) and is_weak(texts[end]):
        end += 1
    return start, end


def _extends(lines: Sequence[Line], texts: list[str], flags: list[bool], start: int) -> bool:
    """Say whether the line above belongs to the header: nothing stands over a line that names the label column."""
    labelled = 0 < header_words(texts[start]) < len(texts[start].split()) and not texts[start][0].islower()
    if labelled and lines[start - 1].number != lines[start].number - 1:
        return False
    if flags[start - 1] or is_weak(texts[start - 1]):
        return True
    return (
        start > 1
        and flags[start - 2]
        and len(texts[start - 1].split()) <= 3
        and not texts[start - 1].endswith(".")
        and not labelled
    )


def _header_flags(texts: list[str]) -> list[bool]:
    """Say of each line whether it is part of a header; a word that was broken is judged as a whole."""
    flags = []
    for at, text in enumerate(texts):
        pair = mended(texts[at : at + 2])
        behind = mended(texts[at - 1 : at + 1]) if at else [text]
        whole = (len(pair) == 1 and at + 1 < len(texts) and is_header_line(pair[0])) or (
            at > 0 and len(behind) == 1 and is_header_line(behind[0])
        )
        flags.append(whole or is_header_line(text))
    return flags


def _is_text(parsed: Parsed) -> bool:
    """Say whether the values end a header or a sentence: nothing but years, or one amount after "per" or "av"."""
    last = parsed.label.split()[-1].casefold() if parsed.label else ""
    single = bounds(parsed.values)[0] == 1 and len(parsed.values) <= 2
    return all(word.year for word in parsed.values) or (single and last in CONNECTIVES)


def _breaks(text: str) -> bool:
    """Say whether a text begins something new, so that no table goes on over it."""
    return text.startswith(("#", "•", "Tabell ", "Diagram ", "Figur ", "Bilaga ")) or (
        text.startswith("- ") and len(text) > 30
    )


def plausible(table: Gathered, width: int) -> bool:
    """Say whether what was gathered is a table: rows that agree, and for a single column a header that names it."""
    if sum(1 for record in table.records if len(record.label) > 240) * 3 > len(table.records):
        return False
    fitting = [r for r in table.records if bounds(r.words)[0] <= width]
    several = [r for r in table.records if bounds(r.words)[0] >= 2 or len(r.words) >= 4]
    named = [r for r in fitting if any(c.isalpha() for c in r.label)]
    if len(named) * 2 < len(table.records):
        return False
    strength = table.header.strength
    if width >= 2:
        return len(several) >= (1 if strength >= 2 else 2)
    return strength == 1 and len(named) >= 3
