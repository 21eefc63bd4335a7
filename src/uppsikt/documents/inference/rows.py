"""What each row is: an item, a sum, a part of another row, a heading or a note; and under which row it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from uppsikt.core.quantities import COUNT
from uppsikt.core.tables import Measure, Row, RowRole
from uppsikt.documents.inference.lines import Line
from uppsikt.documents.inference.measures import is_side, measure_of, says_part
from uppsikt.documents.inference.units import row_unit
from uppsikt.documents.inference.words import (
    AGES,
    BREAKDOWN,
    FOOTNOTE,
    SPECIFICATION,
    SUM_BEGINS,
    WHOLE_SUM,
    WOMEN_MEN,
)

_DEEPER = 1.5  # points or levels: less is not an indentation
_POINT = r"^[-–•]\s*\w"
_LONG = 7  # words: a last row without figures that is longer is a note


def says_sum(label: str) -> bool:
    """Say whether a label calls its row a sum."""
    words = label.casefold().rstrip(":.")
    return words in WHOLE_SUM or words.startswith(SUM_BEGINS)


def _first_word(label: str) -> str:
    bare = re.sub(r"^(varav|därav|[-–•\s])+", "", label.casefold()).strip()
    return re.split(r"[\s,(:]", bare)[0] if bare else ""


def is_breakdown(label: str) -> bool:
    """Say whether a label names a part of a population: women, men, an age, a kind of school."""
    bare = re.sub(r"^(varav|därav|[-–•\s])+", "", label.casefold()).strip()
    return (_first_word(label) in BREAKDOWN and len(bare.split()) <= 3) or re.match(AGES, bare) is not None


def _is_counted(label: str) -> bool:
    """Say whether the parts of what a label names are at most the whole: not so for shares, means and indexes."""
    words = label.casefold()
    return row_unit(label, COUNT) == COUNT and not re.search(r"medel|genomsnitt|median|index|kvot|grad\b", words)


def is_women_or_men(label: str) -> bool:
    """Say whether a label names women or men."""
    return _first_word(label) in WOMEN_MEN


@dataclass
class _Sub:
    """A specification under an item: its rows belong to the item as long as they look like it."""

    item: Row
    line: Line  # the item's
    head: Line
    fills: frozenset[str] | None = None

    def holds(self, line: Line) -> bool:
        if says_part(line.label) or says_sum(line.label):
            return False
        if (self.head.italic, self.head.indent) != (self.line.italic, self.line.indent):
            return (line.italic, line.indent) == (self.head.italic, self.head.indent)
        self.fills = self.fills or frozenset(line.figures)
        return frozenset(line.figures) == self.fills != frozenset(self.line.figures)


def with_printed_signs(rows: Sequence[Row], lines: Sequence[Line]) -> tuple[Row, ...]:
    """Give costs that are printed with minus no side: they are signed amounts, as the results beside them are."""
    below = {
        line.key for line in lines if line.numbers and sum(n < 0 for n in line.numbers.values()) * 2 > len(line.numbers)
    }
    signed = {row.key for row in rows if row.measure is Measure.COSTS and row.role is not RowRole.OF_WHICH} & below
    return tuple(replace(row, measure=Measure.NONE) if row.key in signed else row for row in rows)


class RowReader:
    """Reads the rows of one table from the top. ``money``: the figures are amounts that may be added."""

    def __init__(self, lines: Sequence[Line], *, money: bool) -> None:
        self.lines, self.money = lines, money
        self.wordy = not any(line.figures for line in lines)
        self.guided = any(line.left for line in lines)  # something stands to the left of some labels
        self.bold_heads = any(line.bold and not line.filled for line in lines)
        self.looks = Counter((line.bold, line.italic) for line in lines if line.filled)
        self.last = max((at for at, line in enumerate(lines) if line.filled), default=-1)
        self.by_key = {line.key: line for line in lines}
        self.rows: list[Row] = []
        self.heading: Row | None = None
        self.owner: tuple[Row, Line] | None = None  # the last row that parts can belong to
        self.sub: _Sub | None = None
        self.listed: Row | None = None  # a heading whose parts are told one by one, each with "varav"
        self.open_heading = False  # nothing has stood under the heading yet

    def read(self) -> tuple[Row, ...]:
        """Give the rows in order."""
        for at, line in enumerate(self.lines):
            row = self._filled(line) if line.filled else self._unfilled(line, at)
            self.open_heading = row.role is RowRole.HEADING
            heading = self.heading.label if self.heading else ""
            self.rows.append(replace(row, measure=measure_of(row, heading)) if self.money else row)
        return tuple(self.rows)

    def _unfilled(self, line: Line, at: int) -> Row:
        last = at > self.last
        wordy = len(line.label.split()) >= _LONG
        if re.match(FOOTNOTE, line.printed) or (last and (wordy or at == len(self.lines) - 1)):
            return Row(line.key, line.label, RowRole.NOTE)
        if re.match(SPECIFICATION, line.label.casefold()) and self.owner is not None and self.money:
            self.sub = _Sub(self.owner[0], self.owner[1], line)
            return Row(line.key, line.label, RowRole.HEADING, self.owner[0].key)
        if not self.money and not self._heads(line, at):
            whole = self._whole(line)
            role = RowRole.ITEM if whole is None else RowRole.BREAKDOWN
            row = Row(line.key, line.label, role, whole.key if whole else self.heading.key if self.heading else None)
            return row if whole else self._owning(row, line)
        above = self.heading if self.open_heading and self._under(line) else None
        if says_part(line.label) and self.listed is not None:
            above = self.listed
        else:
            self.listed = None
        self.heading = Row(line.key, line.label, RowRole.HEADING, above.key if above else None)
        self.owner = self.sub = None
        return self.heading

    def _heads(self, line: Line, at: int) -> bool:
        """Say whether a row without figures is a heading among shares, counts and words: by its looks or its place."""
        if self.looks[line.bold, line.italic] * 2 < self.looks.total():
            return line.bold or not self.bold_heads
        after = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if after is None or self.wordy:
            return False
        if is_breakdown(line.label) or is_breakdown(after.label):
            return not is_breakdown(line.label)
        deeper = after.indent - line.indent > _DEEPER or (after.italic and not line.italic)
        return deeper or not self.rows or (line.left and not after.left)

    def _under(self, line: Line) -> bool:
        before = self.lines[len(self.rows) - 1]
        return (before.bold and not line.bold) or line.indent - before.indent > _DEEPER

    def _filled(self, line: Line) -> Row:
        if self.sub is not None and self.sub.holds(line):
            return Row(line.key, line.label, RowRole.ITEM, self.sub.item.key)
        self.sub = None
        return self._money(line) if self.money else self._other(line)

    def _money(self, line: Line) -> Row:
        heading = self.heading.key if self.heading else None
        if says_sum(line.label):
            self.heading = self.listed = None
            return self._owning(Row(line.key, line.label, RowRole.SUM), line)
        if says_part(line.label) or (is_women_or_men(line.label) and self.owner):
            whole = self._whole_of(line)
            return Row(line.key, line.label, RowRole.ITEM if whole is None else RowRole.OF_WHICH, whole)
        if self.owner is not None and self._further_in(line, self.owner[1]) and not is_side(line.label):
            return Row(line.key, line.label, RowRole.OF_WHICH, self.owner[0].key)
        return self._owning(Row(line.key, line.label, RowRole.ITEM, heading), line)

    def _further_in(self, line: Line, above: Line) -> bool:
        pointed = re.match(_POINT, line.printed) is not None and re.match(_POINT, above.printed) is None
        return pointed or line.indent - above.indent > _DEEPER

    def _whole_of(self, line: Line) -> str | None:
        """Give what a "varav" row is a part of: the row above, or the heading whose parts are listed."""
        if self.listed is not None and not is_side(line.label):
            return self.listed.key
        if self.owner is None:
            self.listed = self.heading
            return self.heading.key if self.heading else None
        return self.owner[0].key

    def _owning(self, row: Row, line: Line) -> Row:
        self.owner = (row, line)
        return row

    def _other(self, line: Line) -> Row:
        """Read a row of shares, counts or words: an indicator, or the part of a population under it."""
        whole = self._whole(line)
        if whole is not None:
            part = says_part(line.label) and not is_women_or_men(line.label) and _is_counted(whole.label)
            return Row(line.key, line.label, RowRole.OF_WHICH if part else RowRole.BREAKDOWN, whole.key)
        return self._owning(Row(line.key, line.label, RowRole.ITEM, self.heading.key if self.heading else None), line)

    def _whole(self, line: Line) -> Row | None:
        """Give the row that a line is a part of: the indicator above, or a heading that only names one."""
        if line.left:
            self._new_group()
            return None
        whole, above = self.owner if self.owner else (None, None)
        if whole is None or above is None:
            named = self.heading is not None and is_breakdown(line.label)
            return self.heading if named or self._names_indicator(line) else None
        if is_breakdown(above.label):
            return None  # one of several parts whose whole, if any, stands below
        deeper = line.indent - above.indent > _DEEPER or (line.italic and not above.italic)
        dashed = re.match(_POINT, line.printed) is not None
        return whole if deeper or dashed or says_part(line.label) or is_breakdown(line.label) else None

    def _new_group(self) -> None:
        """Leave a heading that stood for an indicator: what has words to the left begins anew."""
        if self.guided:
            self.heading = None

    def _names_indicator(self, line: Line) -> bool:
        """Say whether the heading above is an indicator without figures of its own, told only by its parts."""
        if self.heading is None:
            return False
        head = self.by_key[self.heading.key]
        deeper = (line.italic and not head.italic) or line.indent - head.indent > _DEEPER
        return not head.bold and (deeper or self.guided)
