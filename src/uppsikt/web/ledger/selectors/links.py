"""The address of the page that lists the entries behind a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from uppsikt.core.economy import EntryKind, Side
from uppsikt.web.cycle.here import Here
from uppsikt.web.organisation.models import Unit

NET = "netto"  # costs and income together: what a net cost is made of
EVERYTHING, BESIDE = "alla", "intakt"  # of a unit: all under it, or only what is told beside its sum
NONE = "-"  # in the place of a code: the entries that have none
_SIDES = {
    NET: frozenset({Side.COSTS, Side.INCOME}),
    "kostnader": frozenset({Side.COSTS}),
    "intakter": frozenset({Side.INCOME}),
    "investering": frozenset({Side.INVESTMENT}),
    "finansiellt": frozenset({Side.FINANCIAL}),
    "balans": frozenset({Side.BALANCE}),
}
_KINDS = {"utfall": EntryKind.OUTCOME, "budget": EntryKind.BUDGET, "prognos": EntryKind.FORECAST}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries are asked for, as the address says it.

    ``unit`` is a slug: what its sum is made of, without the revenue-financed units that are told beside it;
    ``financing`` "alla" counts them too and "intakt" only them. ``own`` leaves out what is under the unit; ``code``
    is one responsibility code. ``first`` and ``last`` are months (YYYYMM). ``on`` is the day whose organisation counts
    where that is not the end of ``last``. ``side`` is one of netto, kostnader, intakter, investering,
    finansiellt, balans; empty is every side. A code may be "-": the entries without one.
    """

    kind: str = "utfall"
    unit: str = ""
    own: str = ""
    code: str = ""
    first: str = ""
    last: str = ""
    on: str = ""
    side: str = ""
    activity: str = ""
    account: str = ""
    project: str = ""
    object: str = ""
    counterpart: str = ""
    without_internal: str = ""
    financing: str = ""

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> Self:
        """Read what an address asks for."""
        return cls(**{field: str(query.get(word, ""))[:80] for field, word in WORDS.items() if query.get(word)})

    def query(self) -> str:
        """Write it as the query of an address."""
        return urlencode({word: getattr(self, field) for field, word in WORDS.items() if getattr(self, field)})

    @property
    def entry_kind(self) -> EntryKind:
        """The kind of entries; one that does not exist is outcome."""
        return _KINDS.get(self.kind, EntryKind.OUTCOME)

    @property
    def sides(self) -> frozenset[Side] | None:
        """The sides of the accounts; None for all of them."""
        return _SIDES.get(self.side)


WORDS = {
    "kind": "slag", "unit": "enhet", "own": "egna", "code": "ansvar", "first": "fran", "last": "till", "on": "per",
    "side": "kontosida", "activity": "verksamhet", "account": "konto", "project": "projekt", "object": "objekt",
    "counterpart": "motpart", "without_internal": "utan-internt", "financing": "finansiering",
}  # fmt: skip
assert tuple(WORDS) == tuple(field.name for field in fields(Asked))  # noqa: S101  # one word for each field


def entries_link(here: Here, **where: Any) -> str:
    """Give the address of the entries behind a figure; the names are those of Asked.

    ``unit`` may be a Unit, ``kind`` an EntryKind, ``on`` a date, ``first`` and ``last`` whole numbers, and flags
    True:

        entries_link(here, unit=unit, first=202401, last=202408, side="netto", kind=EntryKind.BUDGET)
    """
    return here.url("ledger_entries") + "?" + asked_for(**where).query()


def asked_for(**where: Any) -> Asked:
    """Give what the names ask for, see ``entries_link``."""
    return Asked(**{name: _word(value) for name, value in where.items() if value not in (None, "", False)})


def _word(value: Any) -> str:
    if isinstance(value, Unit):
        return value.slug
    if isinstance(value, EntryKind):
        return next(word for word, kind in _KINDS.items() if kind is value)
    if isinstance(value, date):
        return value.isoformat()
    return "1" if value is True else str(value)
