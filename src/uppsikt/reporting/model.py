"""A report as data: what the builders make and the renderers show. No Django, no files.

A report is a list of blocks in reading order. Headings carry the level; tables and charts carry a
number and a caption. A sentence is a list of inlines, and every number in it that came from a table
is a NumberRef that remembers the cell, so that text and table cannot drift apart. The whole model
turns to JSON and back (``reporting.freezing``): that is how a decided report is kept for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from uppsikt.core.tables import Table


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words in a sentence."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class NumberRef:
    """A number in a sentence and the cells that it tells: ``text`` is what is shown.

    ``table``, ``row`` and ``column`` address the cell; a count or a sum over rows leaves ``row``
    empty and says in ``how`` what was counted.
    """

    text: str
    table: str
    row: str = ""
    column: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class StateMark:
    """A state shown by shape, colour and word; ``state`` is a name in core.states."""

    state: str
    text: str


Inline = Words | NumberRef | StateMark


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``anchor`` is unique in the report and stays the same between builds."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of inlines; ``kind`` is "", "lead", "note" or "example"."""

    inlines: tuple[Inline, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without numbers."""

    items: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True)
class TableBlock:
    """A table with its running number and caption (which says unit and sign convention)."""

    number: int
    caption: str
    table: Table
    anchor: str


@dataclass(frozen=True)
class ChartBlock:
    """A chart: a Vega-Lite specification, with caption and an alternative text that says what it shows."""

    number: int
    caption: str
    alt: str
    spec: Mapping[str, Any]
    anchor: str


Block = Heading | Paragraph | Bullets | TableBlock | ChartBlock


@dataclass(frozen=True, slots=True)
class Stamp:
    """As of what a report tells: period, decision, when it was made, and of which version."""

    as_of: str
    made_at: str
    version: int = 1
    decision: str = ""


@dataclass(frozen=True)
class Report:
    """A whole report."""

    key: str
    title: str
    organisation: str
    stamp: Stamp
    blocks: tuple[Block, ...]
    language: str = "sv-SE"
    notes: tuple[str, ...] = field(default_factory=tuple)

    def tables(self) -> tuple[TableBlock, ...]:
        """Give the tables in order."""
        return tuple(block for block in self.blocks if isinstance(block, TableBlock))

    def charts(self) -> tuple[ChartBlock, ...]:
        """Give the charts in order."""
        return tuple(block for block in self.blocks if isinstance(block, ChartBlock))
