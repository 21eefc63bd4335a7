"""Lists of amounts: "Planering: -1 325 tkr" with its points under it is a table in all but its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from uppsikt.documents.model import Block, Grid, GridCell, GridRow, Paragraph

_AMOUNT = r"[+\-−–]?\s?\d{1,3}(?:[ \u00a0]?\d{3})*(?:,\d+)?\s?(tkr|mnkr|mkr|kr)"
_STATED = re.compile(rf"^([^:.]{{2,80}}):\s*({_AMOUNT})\.?$")
_POINT = re.compile(rf"^(.{{3,500}}?)\s*\(({_AMOUNT})\)\.?$")
_FEWEST = 3  # amounts with a name before a colon that make a list
_INDENT = 2.0  # of a point under its amount


class _Entry(NamedTuple):
    """A paragraph of a list: its label, amount and unit (empty for a point without an amount)."""

    block: Paragraph
    label: str
    amount: str = ""
    unit: str = ""
    point: bool = False


def with_lists(blocks: Iterable[Block]) -> Iterator[Block]:
    """Make a Grid of every list of amounts; all other blocks pass."""
    waiting: list[_Entry] = []
    for block in blocks:
        entry = _entry(block, begun=bool(waiting))
        if entry is None:
            yield from _list(waiting)
            waiting = []
            yield block
        else:
            waiting.append(entry)
    yield from _list(waiting)


def _entry(block: Block, *, begun: bool) -> _Entry | None:
    if not isinstance(block, Paragraph) or block.note or len(block.text) > 600:
        return None
    stated = _STATED.match(block.text)
    if stated:
        return _Entry(block, *stated.groups()[:3])
    if not begun:
        return None
    point = _POINT.match(block.text) if block.item else None
    if point:
        return _Entry(block, *point.groups()[:3], point=True)
    return _Entry(block, block.text, point=True) if block.item or block.text.endswith(":") else None


def _list(entries: list[_Entry]) -> Iterator[Block]:
    """Give the Grid of a list, or its paragraphs where it is none; leading words between are put before it."""
    end = max((at + 1 for at, entry in enumerate(entries) if entry.amount), default=0)
    kept, rest = entries[:end], entries[end:]
    stated = [entry for entry in kept if entry.amount and not entry.point]
    if len(stated) < _FEWEST or len({entry.unit for entry in kept if entry.amount}) != 1:
        yield from (entry.block for entry in entries)
        return
    yield from (entry.block for entry in kept if not entry.block.item and not entry.amount)
    rows = tuple(_row(entry) for entry in kept if entry.block.item or entry.amount)
    yield Grid(rows, 2, page=kept[0].block.page)
    yield from (entry.block for entry in rest)


def _row(entry: _Entry) -> GridRow:
    label = GridCell(entry.label, 0, indent=_INDENT if entry.point else 0)
    return GridRow((label, GridCell(entry.amount, 1)) if entry.amount else (label,), entry.block.page)
