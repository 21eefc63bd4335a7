"""Puts what the files say beside what is stored: new things are created, changed things follow the files.

What a person has changed in the system is never overwritten by a file: it is kept, and told.
Everything is written with the pen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from uppsikt.exchange.municipality import BrokenFilesError, Fault, MunicipalityFiles
from uppsikt.exchange.municipality.columns import Record
from uppsikt.exchange.municipality.organisation import DocumentRecord, DocumentTableRecord
from uppsikt.exchange.municipality.steering import Printed
from uppsikt.web.cycle.models import SourceDocument
from uppsikt.web.history.models import Change
from uppsikt.web.history.services import Pen
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Municipality

M = TypeVar("M", bound=Model)
R = TypeVar("R", bound=Record)
Key = tuple[Any, ...]


class Origin(TypedDict):
    """Where a stored thing was printed: the fields of cycle.Sourced."""

    source: SourceDocument | None
    source_table: str
    source_row: str
    source_column: str


@dataclass
class Shelf:
    """Everything that is placed so far, by the class of its record and the record's key."""

    municipality: Municipality
    actor: Actor
    pen: Pen
    files: MunicipalityFiles
    placed: dict[type[Record], dict[Key, Any]] = field(default_factory=dict)
    created: int = 0
    updated: int = 0
    kept: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        by_people = reach(self.actor, Change).filter(who__isnull=False)
        self._touched = set(by_people.values_list("model", "object_id").distinct())
        self._tables = {one.key: f"{one.table} {one.title}" for one in self.files.of(DocumentTableRecord)}

    def place(
        self, model: type[M], fields: tuple[str, ...], records: Iterable[R], build: Callable[[R], M]
    ) -> dict[Key, M]:
        """Place the records as objects of a model, whose ``fields`` name an object; by the records' keys.

        Several records may be about the same object: the first one tells what it is.
        """
        pairs = [(record, build(record)) for record in records]
        stored = self._put(fields, pairs, reach(self.actor, model).all())
        found = {record.key: one for (record, _), one in zip(pairs, stored, strict=True)}
        for record, _ in pairs[:1]:
            self.placed.setdefault(type(record), {}).update(found)
        return found

    def join(self, there: QuerySet[M], fields: tuple[str, ...], pairs: Sequence[tuple[Record, M]]) -> None:
        """Place objects that are only a part of what their record tells; ``there`` are those that are stored."""
        self._put(fields, pairs, there)

    def find(self, record: type[Record], *key: Any) -> Any:
        """Give what was placed for a record's key; None when the key's last part is empty."""
        return None if key[-1] in (None, "") else self.placed[record][key]

    def origin(self, record: Printed, row: str = "") -> Origin:
        """Give where a record was printed; ``row`` stands in for a row that the file leaves out."""
        if record.document is None:
            return Origin(source=None, source_table="", source_row="", source_column="")
        return Origin(
            source=self.find(DocumentRecord, record.document),
            source_table=self.table(record.document, record.table),
            source_row=record.printed_row or row,
            source_column=record.printed_column,
        )

    def table(self, document: str | None, table: str | None) -> str:
        """Give a printed table's letter and title."""
        return self._tables.get((document, table), "")

    def _put(self, fields: tuple[str, ...], pairs: Sequence[tuple[Record, M]], there: QuerySet[M]) -> list[M]:
        _refuse_invalid(pairs)
        known = {_named(one, fields): one for one in there}
        fresh: dict[Key, M] = {}
        for _, one in pairs:
            key = _named(one, fields)
            if key not in known and key not in fresh:
                fresh[key] = one
            elif key in known:
                self._follow(known[key], one)
        if fresh:
            self.pen.create_many(type(next(iter(fresh.values()))), list(fresh.values()))
            self.created += len(fresh)
        known |= fresh
        return [known[_named(one, fields)] for _, one in pairs]

    def _follow(self, stored: Model, wanted: Model) -> None:
        names = [one.attname for one in stored._meta.concrete_fields if not one.primary_key]
        differing = {name: getattr(wanted, name) for name in names if getattr(wanted, name) != getattr(stored, name)}
        if not differing:
            return
        if (stored._meta.label_lower, stored.pk) in self._touched:
            self.kept.append(f"{stored._meta.verbose_name} {stored}")
        else:
            self.pen.update(stored, **differing)
            self.updated += 1


def _named(one: Model, fields: tuple[str, ...]) -> Key:
    return tuple(getattr(one, name) for name in fields)


def _refuse_invalid(pairs: Sequence[tuple[Record, Model]]) -> None:
    """Stop with every record that a model's own fields refuse: a name that is too long, for example."""
    faults = []
    for record, one in pairs:
        try:
            one.clean_fields(exclude={part.name for part in one._meta.concrete_fields if part.is_relation})
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                label = str(one._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a concrete field
                faults.append(Fault(record.place, record.line, label, " ".join(messages)))
    if faults:
        raise BrokenFilesError(faults)
