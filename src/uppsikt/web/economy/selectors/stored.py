"""Loads what statements are made of as plain tuples: columns, rows and figures of many statements in few queries.

No model instances: a page of a large budget has hundreds of rows, and making objects of them would
be most of its time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, TypeVar

from django.db.models import Q

from uppsikt.web.economy.models import Figure, Statement, StatementColumn, StatementRow
from uppsikt.web.history.models import Change
from uppsikt.web.organisation.gate import Actor, reach

T = TypeVar("T", bound=NamedTuple)


class StoredColumn(NamedTuple):
    """A column as it is stored; ``statement`` is its key."""

    pk: int
    statement: int
    key: str
    label: str
    group: str
    role: str
    period: str


class StoredRow(NamedTuple):
    """A row as it is stored, with the slugs of what it is about."""

    pk: int
    statement: int
    key: str
    label: str
    role: str
    measure: str
    parent: int | None
    unit: int | None
    unit_slug: str | None
    activity_code: str
    project_slug: str | None
    volume_slug: str | None
    indicator_slug: str | None
    indicator_is_ratio: bool | None
    part_slug: str | None


class StoredFigure(NamedTuple):
    """A figure as it is stored; ``row`` and ``column`` are keys."""

    pk: int
    row: int
    column: int
    raw: str
    number: Decimal | None
    decimals: int | None
    note: str
    printed_row: str
    printed_column: str


_COLUMN = ("pk", "statement_id", "key", "label", "group", "role", "period")
_ROW = (
    "pk", "statement_id", "key", "label", "role", "measure", "parent_id", "unit_id", "unit__slug", "activity_code",
    "project__slug", "volume__slug", "volume__indicator__slug", "volume__indicator__is_ratio",
    "volume__breakdown__slug",
)  # fmt: skip
_FIGURE = ("pk", "row_id", "column_id", "raw", "number", "decimals", "note", "printed_row", "printed_column")


class Entered(NamedTuple):
    """Who last entered or changed a figure by hand, and when."""

    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that a set of statements is made of."""

    columns: Mapping[int, Sequence[StoredColumn]]  # by key of the statement
    rows: Mapping[int, Sequence[StoredRow]]  # by key of the statement
    figures: Mapping[int, Sequence[StoredFigure]]  # by key of the row
    entered: Mapping[int, Entered]  # by key of the figure


def parts_of(actor: Actor, statements: Sequence[Statement]) -> Parts:
    """Load columns, rows, figures and hand-made changes of the statements: four queries, however many there are."""
    keys = [statement.pk for statement in statements]
    columns = reach(actor, StatementColumn).filter(statement__in=keys).order_by("statement", "order")
    rows = reach(actor, StatementRow).filter(statement__in=keys).order_by("statement", "order")
    figures = reach(actor, Figure).filter(row__statement__in=keys)
    return Parts(
        columns=_grouped((StoredColumn(*values) for values in columns.values_list(*_COLUMN)), by="statement"),
        rows=_grouped((StoredRow(*values) for values in rows.values_list(*_ROW)), by="statement"),
        figures=_grouped((StoredFigure(*values) for values in figures.values_list(*_FIGURE)), by="row"),
        entered=_entered(actor, keys),
    )


def _grouped(found: Iterable[T], by: str) -> Mapping[int, Sequence[T]]:
    groups: dict[int, list[T]] = defaultdict(list)
    for one in found:
        groups[getattr(one, by)].append(one)
    return groups


def _entered(actor: Actor, statements: Sequence[int]) -> dict[int, Entered]:
    """Give the last hand that touched each figure; one that still stands as printed has none."""
    figures = reach(actor, Figure).filter(row__statement__in=statements)
    by_hand = figures.filter(row__statement__source=None).values("pk")
    changes = (
        reach(actor, Change)
        .filter(Q(verb=Change.Verb.UPDATED) | Q(object_id__in=by_hand))
        .filter(model=Figure._meta.label_lower, object_id__in=figures.values("pk"))
    )
    return {key: Entered(who, at) for key, who, at in changes.order_by("pk").values_list("object_id", "who_name", "at")}
