"""A file that has been read and checked, and that nobody sees yet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from uppsikt.core.economy.ledger import EntryFault, EntryKind


@dataclass(frozen=True, slots=True)
class Held:
    """What a file holds of one kind, month and unit; amounts in kr.

    ``total`` is as booked (debit positive). ``costs`` and ``income`` are told as positive amounts and are of the
    operating accounts alone, so investments, financial and balance accounts are in the total and in neither.
    """

    kind: EntryKind
    month: int
    unit: str
    rows: int
    costs: Decimal
    income: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class StagedPart:
    """The files of one kind and month that wait; ``stem`` is their name in the staging folder without endings."""

    kind: EntryKind
    month: int
    stem: str
    rows: int
    total: Decimal
    digest: str


@dataclass(frozen=True, slots=True)
class Staged:
    """What a file held, and what is wrong in it.

    ``rows`` and ``total`` (kr, as booked) are of the entries that could be read: the control total. ``unreadable`` is
    how many rows could not, and then nothing of the file can be kept. A row whose code is unknown can be read: whether
    it may be kept is for the one who knows the codes. ``codes`` are, by part of the code string, the codes that are
    not known yet with the names that stand beside them (or "").
    """

    id: str
    rows: int
    total: Decimal
    unreadable: int
    faults: tuple[EntryFault, ...]
    summary: tuple[Held, ...]
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    parts: tuple[StagedPart, ...] = ()

    @property
    def months(self) -> tuple[tuple[EntryKind, int], ...]:
        """The kinds and months that the file holds: what it would take the place of."""
        return tuple((part.kind, part.month) for part in self.parts)

    def to_json(self) -> str:
        """Write it all down, so that the one who says yes tomorrow says yes to the same."""
        return json.dumps(asdict(self), default=str, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Staged:
        """Read what to_json wrote."""
        told = json.loads(text)
        told["total"] = Decimal(told["total"])
        told["faults"] = tuple(EntryFault(**{**one, "like": tuple(one["like"])}) for one in told["faults"])
        told["summary"] = tuple(Held(**_exact(one)) for one in told["summary"])
        told["parts"] = tuple(StagedPart(**_exact(one)) for one in told["parts"])
        return cls(**told)


def _exact(told: dict[str, Any]) -> dict[str, Any]:
    amounts: dict[str, Any] = {name: Decimal(told[name]) for name in ("costs", "income", "total") if name in told}
    return {**told, **amounts, "kind": EntryKind(told["kind"])}
