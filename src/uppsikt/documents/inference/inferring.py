"""The whole document: gathers it, reads its tables, and says what their rows are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from uppsikt.core.quantities import Unit
from uppsikt.core.tables import Table
from uppsikt.documents.inference.joining import Flow, Gathered, gather
from uppsikt.documents.inference.listings import find_listings
from uppsikt.documents.inference.periods import commonest_year
from uppsikt.documents.inference.readings import Holds
from uppsikt.documents.inference.subjects import with_subjects
from uppsikt.documents.inference.tables import Around, read_table, said_unit
from uppsikt.documents.inference.units import commonest
from uppsikt.documents.model import Content, Document, Heading, ReadTable


def infer(content: Content, holds: Holds | None = None) -> Document:
    """Make a document of a reader's blocks.

    ``holds`` says how many relations of a table hold less those that do not; it decides where a
    table can be read in two ways. Without it the first reading stands.
    """
    flow = gather(content)
    around = Around(content.name, _year(content, flow), _unit(flow.tables))
    read = with_subjects([read_table(table, f"t{at:02}", around, holds) for at, table in enumerate(flow.tables, 1)])
    tables = _numbered([*read, *find_listings(flow.passages, content.name, holds)])
    return Document(
        content.name,
        content.kind,
        content.pages,
        tuple(flow.passages),
        tables,
        content.sizes,
        flow.boxes,
        content.remarks,
    )


def _numbered(read: Sequence[ReadTable]) -> tuple[ReadTable, ...]:
    """Give the tables in the order in which they are read, with keys that say it."""
    ordered = sorted(read, key=lambda one: one.order)
    keys = (f"t{at:02}" for at in range(1, len(ordered) + 1))
    return tuple(
        one if one.table.key == key else replace(one, table=_keyed(one.table, key))
        for one, key in zip(ordered, keys, strict=True)
    )


def _keyed(table: Table, key: str) -> Table:
    cells = {
        at: replace(cell, origin=replace(cell.origin, table=key)) if cell.origin else cell
        for at, cell in table.cells.items()
    }
    return replace(table, key=key, cells=cells)


def _year(content: Content, flow: Flow) -> int | None:
    """Give the year that the document is about: the one that its name, headings and table headings name most."""
    headings = [block.text for block in content.blocks if isinstance(block, Heading)]
    heads = [cell.text for table in flow.tables for row in table.head for cell in row.cells]
    first = [passage.text for passage in flow.passages[:20]]
    return commonest_year([content.name.replace("_", " "), *headings, *first]) or commonest_year(heads)


def _unit(tables: Sequence[Gathered]) -> Unit | None:
    """Give the unit of money that the document's tables share, when all that name one name the same."""
    return commonest([unit for table in tables if (unit := said_unit(table)) is not None])
