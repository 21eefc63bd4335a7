"""A Look as JSON and back: it is found out once, where the file is a workbook in a process of its own, then shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from uppsikt.core.economy.ledger import EntryFault, EntryKind, Layout
from uppsikt.exchange.ledger_table.look import ColumnLook, Line, Look

_LISTS = ("preamble", "sheets", "new", "gone", "notes")


def look_to_json(look: Look) -> str:
    """Write a look as ASCII, without its file: a database's text cannot hold every character."""
    return json.dumps(
        {**asdict(replace(look, book=None)), "path": ""}, ensure_ascii=True, separators=(",", ":"), default=str
    )


def look_from_json(text: str, path: Path) -> Look:
    """Read what ``look_to_json`` wrote, of the file at a path."""
    told: dict[str, Any] = json.loads(text)
    stated = told["stated_total"]
    made = {
        "path": path,
        "layout": _layout(told["layout"]),
        "columns": tuple(ColumnLook(**_tuples(one, "sample")) for one in told["columns"]),
        "lines": tuple(Line(**one) for one in told["lines"]),
        "faults": faults_from(told["faults"]),
        "stated_total": None if stated is None else Decimal(stated),
    }
    return Look(**{**_tuples(told, *_LISTS), **made})


def faults_from(told: Iterable[Mapping[str, Any]]) -> tuple[EntryFault, ...]:
    """Read faults that were written as JSON."""
    return tuple(EntryFault(**_tuples(one, "like")) for one in told)


def _layout(told: Mapping[str, Any]) -> Layout:
    kind = told["kind"]
    return Layout(**{**_tuples(told, "columns", "headings"), "kind": EntryKind(kind) if kind else None})


def _tuples(told: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Give the values with the lists of these names as the tuples that they were."""
    return {name: tuple(value) if name in names else value for name, value in told.items()}
