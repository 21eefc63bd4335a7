"""What counts: a manifest names parts, and a part names a file with what it holds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from uppsikt.core.economy.ledger import EntryKind

ENTRIES, SUMS, LARGEST = ".entries.parquet", ".sums.parquet", ".largest.parquet"
ENDINGS = (ENTRIES, SUMS, LARGEST)


@dataclass(frozen=True, slots=True)
class Part:
    """The entries of one source, kind and month, as one load brought them.

    ``month`` is YYYYMM; ``file`` is where they lie within the store's folder, without the endings of the file of
    entries, the file of sums and the file of the largest entries; ``total`` is the sum of the amounts as booked, in
    kr; ``digest`` is SHA-256 of the files.
    """

    source: str
    kind: EntryKind
    month: int
    load: str
    file: str
    rows: int
    total: Decimal
    digest: str

    @property
    def place(self) -> tuple[str, EntryKind, int]:
        """What the part takes the place of when it is named: the same source, kind and month."""
        return self.source, self.kind, self.month

    @property
    def files(self) -> tuple[str, str, str]:
        """The files of the part within the store's folder: entries, sums, the largest entries."""
        return self.file + ENTRIES, self.file + SUMS, self.file + LARGEST


@dataclass(frozen=True)
class Manifest:
    """The parts that count, and no others."""

    parts: tuple[Part, ...] = ()

    @cached_property
    def name(self) -> str:
        """A name of exactly these parts, whatever their order."""
        return sha256("\n".join(sorted(f"{part.file} {part.digest}" for part in self.parts)).encode()).hexdigest()[:32]

    @property
    def rows(self) -> int:
        """How many entries the manifest names."""
        return sum(part.rows for part in self.parts)

    @property
    def total(self) -> Decimal:
        """The sum of all amounts, in kr."""
        return sum((part.total for part in self.parts), Decimal(0))

    def replacing(self, parts: Iterable[Part]) -> Manifest:
        """Give the manifest in which each part stands where one of the same source, kind and month stood."""
        standing = {part.place: part for part in (*self.parts, *parts)}
        return Manifest(tuple(standing[place] for place in sorted(standing)))

    def to_json(self) -> str:
        """Write the manifest; amounts as text, so that they stay exact."""
        return json.dumps([asdict(part) | {"total": str(part.total)} for part in self.parts], ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read what to_json wrote."""
        return cls(tuple(_part(one) for one in json.loads(text)))


def _part(told: dict[str, Any]) -> Part:
    """Make a part of what was told; a file outside the store's folder is refused."""
    path = PurePosixPath(told["file"])
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(f"En del ligger utanför lagrets mapp: {path}")
    return Part(**{**told, "kind": EntryKind(told["kind"]), "total": Decimal(told["total"])})
