"""What a column may hold. A record class names its columns with ``column(...)``; nothing else defines a file.

A reader takes the cell's text, stripped and not empty, and gives its value or raises ValueError with
a Swedish sentence that says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from uppsikt.core.errors import ReadingError
from uppsikt.core.periods import parse_period
from uppsikt.core.quantities import parse_quantity
from uppsikt.core.references import DecisionReference, parse_reference

Read = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column: heading, reader, what it means, whether it must be filled, and whether it is part of the key."""

    header: str
    read: Read
    about: str
    required: bool
    key: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The fields whose values together must be the key of a record in another file; an empty last field is none."""

    fields: tuple[str, ...]
    record: type[Record]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A line of a file. ``line`` is its number in the file, for messages. An OPTIONAL file may be absent."""

    FILE: ClassVar[str] = ""
    ABOUT: ClassVar[str] = ""
    OPTIONAL: ClassVar[bool] = False
    REFERS: ClassVar[tuple[Reference, ...]] = ()

    line: int

    @classmethod
    def specs(cls) -> dict[str, ColumnSpec]:
        """Give the columns by field name, in order."""
        return {one.name: one.metadata["column"] for one in _column_fields(cls)}

    @classmethod
    def key_fields(cls) -> tuple[str, ...]:
        """Give the fields that together name a record."""
        return tuple(name for name, spec in cls.specs().items() if spec.key)

    def values(self, names: tuple[str, ...]) -> tuple[Any, ...]:
        """Give the values of some fields."""
        return tuple(getattr(self, name) for name in names)

    @property
    def place(self) -> str:
        """The file that the record stands in."""
        return self.FILE

    @property
    def key(self) -> tuple[Any, ...]:
        """The values that name this record in its file."""
        return self.values(self.key_fields())


def _column_fields(record: type[Record]) -> list[Field[Any]]:
    return [one for one in fields(record) if "column" in one.metadata]


def column(header: str, read: Read, about: str, *, key: bool = False, **empty: Any) -> Any:
    """Declare a field of a record as a column; ``empty=`` makes it optional and is what an empty cell means."""
    words = tuple(getattr(read, "words", ()))
    metadata = {"column": ColumnSpec(header, read, about, "empty" not in empty, key, words)}
    return field(default=empty["empty"], metadata=metadata) if empty else field(metadata=metadata)


def text(cell: str) -> str:
    """Read any words."""
    return cell


def slug(cell: str) -> str:
    """Read a short name for addresses."""
    if not re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", cell):
        raise ValueError("Ett kortnamn skrivs med a-z, 0-9 och bindestreck, till exempel hr-staben.")
    return cell


def day(cell: str) -> date:
    """Read a date."""
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError("Skriv datumet som 2019-01-31.") from None


def whole(cell: str) -> int:
    """Read a whole number that is not negative."""
    if not cell.isdecimal():
        raise ValueError("Skriv ett heltal, till exempel 3.")
    return int(cell)


def year(cell: str) -> int:
    """Read a year."""
    if not re.fullmatch(r"(19|20)\d\d", cell):
        raise ValueError("Skriv året med fyra siffror, till exempel 2024.")
    return int(cell)


def amount(cell: str) -> Decimal:
    """Read an exact number, as it is written in Swedish."""
    try:
        return parse_quantity(cell).number
    except ReadingError:
        raise ValueError("Skriv ett tal, till exempel 1 234,5.") from None


def period(cell: str) -> str:
    """Read the key of a period."""
    try:
        return parse_period(cell).key
    except ReadingError:
        raise ValueError("Skriv perioden som 2024, 2024-08, 2018-08-31, 2020-Q1 eller 2020-T2.") from None


def decision(cell: str) -> DecisionReference:
    """Read a reference to a decision."""
    try:
        found = parse_reference(cell)
    except ReadingError:
        found = None
    if not isinstance(found, DecisionReference):
        raise ValueError("Skriv hänvisningen som KS 2019-06-11 § 225.")
    return found


def paths(cell: str) -> tuple[str, ...]:
    """Read several short names with commas between; each may stand in another model: 2019/goda-arbetsplatser."""
    found = tuple(part.strip() for part in cell.split(","))
    for part in found:
        for piece in part.split("/"):
            slug(piece)
    return found


def one_of(words: Mapping[str, Any]) -> Read:
    """Make a reader of a few fixed words."""

    def read(cell: str) -> Any:
        if cell.casefold() not in words:
            raise ValueError(f"Skriv något av {', '.join(words)}.")
        return words[cell.casefold()]

    read.words = tuple(words)  # type: ignore[attr-defined]  # so that the description can list them
    return read


yes_no = one_of({"ja": True, "nej": False})
