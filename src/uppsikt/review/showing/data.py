"""Records as JSON: one line for each table and finding, so that a large report is never one large text in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from uppsikt.review.record import Record

# Letters that JSON lets through and a terminal may obey, or that no encoding can write.
_ESCAPED = {
    code: f"\\u{code:04x}"
    for code in (*range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFEFF,
                 *range(0xD800, 0xE000))
}  # fmt: skip


def json_of(records: Sequence[Record]) -> Iterator[str]:
    """Give the pieces of the JSON: an object for one document, a list of objects for several."""
    if len(records) == 1:
        yield from _object(records[0])
    else:
        yield "[\n"
        for number, record in enumerate(records):
            yield ",\n" if number else ""
            yield from _object(record)
        yield "]"
    yield "\n"


def _object(record: Record) -> Iterator[str]:
    yield f'{{"document": {_text(record["document"])}'
    for part in ("tables", "findings", "bindings"):
        yield f',\n "{part}": ['
        for number, value in enumerate(record[part]):
            yield (",\n  " if number else "\n  ") + _text(value)
        yield "]"
    yield f',\n "format": {record["format"]}}}'


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).translate(_ESCAPED)
