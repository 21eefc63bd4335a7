"""Tables that are printed as lists: lines with an amount each, points with one amount, a sentence that lists amounts.

    Kansliet: -1 200 tkr
    - Färre resor (-700 tkr).
    - Lägre hyra (-500 tkr).

They are read besides the text that they stand in, so that a line that does not add up is found. Where
points stand under a line with an amount of its own, the line is read as their sum if most such lines
of the list are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from uppsikt.core.passages import Passage
from uppsikt.core.quantities import MONEY, Quantity, Unit, read_cell
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Origin, Row, RowRole, Table
from uppsikt.documents.inference.readings import Holds
from uppsikt.documents.inference.units import commonest, money_unit
from uppsikt.documents.model import Inferred, ReadTable

KIND = "listing"
_AMOUNT = re.compile(
    r"(?:(?<![\w.,])[-\u2011\u2012\u2013\u2212+]\s?)?(?<![\w.,])\d[\d \u00a0\u202f]{0,20}(?:,\d{1,6})?"
    r"\s{0,3}(?:tkr|kkr|mnkr|mkr|mdkr|tusen kronor|miljon(?:er)?(?: kronor)?|miljard(?:er)?(?: kronor)?|kronor|kr)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^(?:\d{1,3}|[a-zåäö])[.)]\s+")
_LAST = re.compile(r"[\s.;,)]*$")
_SAYS = re.compile(r"\s+(?:uppgår|uppgick|blir|blev|är|var)?\s*(?:sammanlagt|totalt)?\s*(?:till)?$")
_ENOUGH = 3  # amounts: fewer are a sentence and no list
_SHORT = 9  # words: a longer line with an amount is a sentence
_LONGEST = 4_000  # letters: a longer paragraph is no line of a list
_BEFORE = 3  # paragraphs before a list in which its sum may be told


class _Amount(NamedTuple):
    """An amount as printed, what it says, and the passage that it stands in."""

    raw: str
    quantity: Quantity
    passage: Passage


_Amounts = dict[str, _Amount]  # by row key


@dataclass
class _Line:
    """A line of a list: its text, its amounts, and the lines that stand as points under it."""

    passage: Passage
    amounts: list[re.Match[str]]
    points: list[_Line] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The text without its number, and without the amount where that stands apart from the words."""
        text = self.passage.text
        if len(self.amounts) == 1:
            before, after = text[: self.amounts[0].start()], text[self.amounts[0].end() :]
            if before.rstrip().endswith((":", "(")) and _LAST.fullmatch(after):
                text = before.rstrip(" :(")
        return _NUMBER.sub("", text).strip().rstrip(".")

    @property
    def amount(self) -> _Amount | None:
        """The first of its amounts."""
        return _amount(self.amounts[0], self.passage) if self.amounts else None


def find_listings(passages: Sequence[Passage], name: str, holds: Holds | None) -> Iterator[ReadTable]:
    """Give the lists of amounts in running text, as tables without keys of their own."""
    passages = [one for one in passages if len(one.text) <= _LONGEST]
    for run in _runs(passages):
        lines = _nested(run)
        rows, amounts = _rows(lines, passages)
        if len(amounts) >= _ENOUGH:
            yield _table(run[0], rows, amounts, name, holds)
    for passage in passages:
        yield from _sentence(passage, name)


def _runs(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Give the stretches of lines that may be a list: lines with an amount, points, and the words that lead to them."""
    run: list[Passage] = []
    parallel = _parallel(passages)
    for passage in [*passages, Passage("", "")]:
        follows = not run or passage.order == run[-1].order + 1
        if run and not (follows and _belongs(passage, run)):
            yield from _worth(run)
            run = []
        if run or passage.item or _is_line(passage) or passage.key in parallel:
            run.append(passage)


def _belongs(passage: Passage, run: Sequence[Passage]) -> bool:
    if passage.item or _is_line(passage):
        return True
    leads = passage.text.endswith(":") and any(_is_line(one) for one in run)
    return leads or (bool(_AMOUNT.search(passage.text)) and _first_word(passage) == _first_word(run[-1]))


def _worth(run: list[Passage]) -> Iterator[list[Passage]]:
    """Let a run pass in which most lines have an amount; the lead to points that never came is left out."""
    while run and not _AMOUNT.search(run[-1].text) and not run[-1].item:
        run = run[:-1]
    told = sum(1 for one in run if _AMOUNT.search(one.text))
    if told >= _ENOUGH and told * 2 >= sum(1 for one in run if not one.text.endswith(":")):
        yield run


def _is_line(passage: Passage) -> bool:
    """Say whether it is a name, a colon and an amount, and no more."""
    found = list(_AMOUNT.finditer(passage.text))
    before = passage.text[: found[0].start()].rstrip() if len(found) == 1 else ""
    return (
        before.endswith(":") and len(before.split()) <= _SHORT and bool(_LAST.fullmatch(passage.text, found[0].end()))
    )


def _parallel(passages: Sequence[Passage]) -> set[str]:
    """Give the keys of the paragraphs that tell an amount and begin as the next one does, which tells one too."""
    return {
        one.key
        for one, after in pairwise(passages)
        if not one.heading and after.order == one.order + 1 and _first_word(one) == _first_word(after)
        if _AMOUNT.search(one.text) and _AMOUNT.search(after.text)
    }


def _first_word(passage: Passage) -> str:
    return _NUMBER.sub("", passage.text).split(" ", 1)[0].casefold()


def _nested(run: Sequence[Passage]) -> list[_Line]:
    """Put the points under the line with an amount that they stand under."""
    lines: list[_Line] = []
    for passage in run:
        line = _Line(passage, list(_AMOUNT.finditer(passage.text)))
        if passage.item and lines and _is_line(lines[-1].passage):
            lines[-1].points.append(line)
        elif passage.item or line.amounts:
            lines.append(line)
    return lines


def _rows(lines: Sequence[_Line], passages: Sequence[Passage]) -> tuple[list[Row], _Amounts]:
    """Give the rows and their amounts; a sum that is told before the list becomes its first row."""
    rows: list[Row] = []
    amounts: _Amounts = {}
    for line in lines:
        told = [one for one in line.points if one.amounts]
        rows.append(Row(f"r{len(rows) + 1}", line.label, RowRole.SUM if len(told) > 1 else RowRole.ITEM))
        above = rows[-1].key
        for point in line.points:
            role = RowRole.ITEM if point.amounts else RowRole.NOTE
            rows.append(Row(f"r{len(rows) + 1}", point.label, role, above))
    every = (one for line in lines for one in (line, *line.points))
    for row, one in zip(rows, every, strict=True):
        if one.amount is not None:
            amounts[row.key] = one.amount
    whole = _whole(lines, passages) if any(line.points for line in lines) else None
    if whole is not None:
        rows.insert(0, Row("r0", whole[0], RowRole.SUM))
        amounts["r0"] = whole[1]
    return rows, amounts


def _whole(lines: Sequence[_Line], passages: Sequence[Passage]) -> tuple[str, _Amount] | None:
    """Find the sum of the lines where it is told in the paragraphs right before them: its words and its amount."""
    told = [line.amount.quantity for line in lines if line.amount is not None]
    if len({quantity.unit for quantity in told}) != 1:
        return None
    total = replace(told[0], number=sum((quantity.number for quantity in told), Decimal(0)))
    first = lines[0].passage.order
    for passage in reversed([one for one in passages if first - _BEFORE <= one.order < first]):
        for found in _AMOUNT.finditer(passage.text):
            if _quantity(found[0]) == total:
                before = re.split(r"[.!?] ", passage.text[: found.start()])[-1]
                return _SAYS.sub("", before.rstrip()), _amount(found, passage)
    return None


def _table(first: Passage, rows: Sequence[Row], amounts: _Amounts, name: str, holds: Holds | None) -> ReadTable:
    """Make the table. Lines over points are their sums where most of them are; else nothing is added."""
    units = [amount.quantity.unit for amount in amounts.values()]
    table = _made(first, tuple(rows), amounts, name, commonest(units) or units[0])
    inferred = [Inferred("", "Läst ur löptexten: rader och punkter med ett belopp vardera.")]
    nested = any(row.parent for row in rows)
    if nested and holds is not None and holds(table) <= 0:
        rows = [replace(row, role=RowRole.NOTE if row.parent else RowRole.ITEM) for row in rows]
        table = replace(table, rows=tuple(rows))
    elif nested:
        inferred.append(Inferred("", "En rad med punkter under sig är läst som summan av dem."))
    return _read(table, first, tuple(inferred), amounts)


def _made(first: Passage, rows: tuple[Row, ...], amounts: _Amounts, name: str, unit: Unit) -> Table:
    title = first.section[-1] if first.section else "Uppställning i löptext"
    column = Column("c1", "Belopp", ColumnRole.AMOUNT)
    cells = {
        (key, "c1"): Cell(one.quantity, one.raw.strip(), origin=Origin(name, "", key, "c1", one.passage.page))
        for key, one in amounts.items()
    }
    return Table("", title, (column,), rows, cells, unit, source=name)


def _read(table: Table, first: Passage, inferred: tuple[Inferred, ...], amounts: _Amounts) -> ReadTable:
    pages = {key: one.passage.page for key, one in amounts.items() if one.passage.page is not None}
    return ReadTable(table, first.page, first.section, first.order, KIND, pages=pages, inferred=inferred)


def _sentence(passage: Passage, name: str) -> Iterator[ReadTable]:
    """Read a sentence that lists names with signed amounts ("de största är hyra -500 tkr, resor -200 tkr, ...")."""
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])", passage.text):
        found = [one for one in _AMOUNT.finditer(sentence) if one[0].strip()[0] in "-+\u2212\u2013"]
        parts = re.split(r",\s+|\soch\s", sentence)
        if len(found) < _ENOUGH or len([part for part in parts if _AMOUNT.search(part)]) < len(found):
            continue
        rows: list[Row] = []
        amounts: _Amounts = {}
        for part in parts:
            amount = _AMOUNT.search(part)
            label = re.sub(r"^.*\s(?:är|avser)\s", "", part[: amount.start()]).strip(" :(") if amount else ""
            if amount and label:
                key = f"r{len(rows) + 1}"
                rows.append(Row(key, label, RowRole.OF_WHICH, None, Measure.NONE))
                amounts[key] = _amount(amount, passage)
        if len(amounts) >= _ENOUGH:
            unit = next(iter(amounts.values())).quantity.unit
            said = (Inferred("", "Läst ur en mening som räknar upp belopp."),)
            yield _read(_made(passage, tuple(rows), amounts, name, unit), passage, said, amounts)


def _amount(found: re.Match[str], passage: Passage) -> _Amount:
    return _Amount(found[0], _quantity(found[0]), passage)


def _quantity(text: str) -> Quantity:
    """Read an amount as it is printed."""
    unit = money_unit(text) or MONEY[0]
    value = read_cell(re.sub(r"[^\d,+\-\u2011-\u2013\u2212\s\u00a0\u202f].*$", "", text).strip(), unit).value
    if isinstance(value, Quantity):
        return value
    return Quantity(Decimal(re.sub(r"\D", "", text) or 0), unit, 0)
