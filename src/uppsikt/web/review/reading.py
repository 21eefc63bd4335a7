"""How a document was read, for a person to judge: every table with its conclusions, every number that was bound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from uppsikt.review.record import BindingRecord, Record, TableRecord
from uppsikt.web.review.listing import number_in
from uppsikt.web.review.viewing import Sentence, ShownTable

A_PAGE = 50  # numbers of the text


@dataclass(frozen=True, slots=True)
class Bound:
    """A number of the text in its sentence, and what it was bound to."""

    binding: BindingRecord
    sentence: Sentence


@dataclass(frozen=True)
class Read:
    """The tables, the one that is shown, and a page of the bound numbers."""

    tables: tuple[TableRecord, ...]
    chosen: ShownTable | None
    bound: tuple[Bound, ...]
    page: int
    pages: int
    count: int
    only_differing: bool


def reading_of(record: Record, asked: Mapping[str, str]) -> Read:
    """Choose the table (with a cell to mark, where one is named) and the page of numbers that the address asks for."""
    tables = tuple(record["tables"])
    table = next((one for one in tables if one["id"] == asked.get("tabell")), tables[0] if tables else None)
    only = asked.get("tal") == "skiljer"
    bindings = [one for one in record["bindings"] if not only or not one["agrees"]]
    pages = max(1, -(-len(bindings) // A_PAGE))
    page = min(max(1, number_in(asked.get("sida", ""))), pages)
    shown = bindings[(page - 1) * A_PAGE : page * A_PAGE]
    return Read(
        tables=tables,
        chosen=ShownTable(table, asked.get("rad"), asked.get("kolumn")) if table else None,
        bound=tuple(Bound(one, _sentence(one)) for one in shown),
        page=page,
        pages=pages,
        count=len(bindings),
        only_differing=only,
    )


def _sentence(binding: BindingRecord) -> Sentence:
    text, start, end = binding["text"], binding["start"], binding["end"]
    return Sentence(text[:start], text[start:end], text[end:])
