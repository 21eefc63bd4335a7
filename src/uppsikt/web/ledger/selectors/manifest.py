"""Which files count, and the reader of them: the manifest of a municipality and what it has loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from uppsikt.core.economy import EntryKind
from uppsikt.core.periods import MONTHS
from uppsikt.core.quantities import Missing, MissingReason
from uppsikt.facts import Ledger, Manifest, Part, Store
from uppsikt.web.ledger.models import LoadedPart
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Municipality
from uppsikt.web.organisation.once import once

OF = {
    EntryKind.OUTCOME: "redovisningen",
    EntryKind.BUDGET: "budgeten",
    EntryKind.FORECAST: "prognosen",
}


def folder_of(actor: Actor) -> Path:
    """Give the folder in which the municipality's ledger lies."""
    slug = reach(actor, Municipality).values_list("slug", flat=True).get()
    return Path(settings.HOME) / "ledger" / slug


def store_of(actor: Actor) -> Store:
    """Give the municipality's store of entries; one for each folder in each process, so that open ledgers are kept."""
    return _store(folder_of(actor))


@lru_cache(maxsize=64)
def _store(folder: Path) -> Store:
    return Store(folder)


def current_parts(actor: Actor) -> QuerySet[LoadedPart]:
    """Give the rows of the visible manifest."""
    return reach(actor, LoadedPart).filter(is_current=True)


def manifest_of(actor: Actor) -> Manifest:
    """Give the visible manifest; one query."""
    return manifest_from(current_parts(actor))


def manifest_from(parts: Iterable[LoadedPart]) -> Manifest:
    """Make a manifest of its rows."""
    return Manifest(tuple(part_of(one) for one in parts))


def part_of(stored: LoadedPart) -> Part:
    """Give the store's word for a row of the manifest."""
    return Part(
        source=str(stored.source_id),
        kind=EntryKind(stored.kind),
        month=stored.month,
        load=str(stored.load_id),
        file=stored.file,
        rows=stored.rows,
        total=stored.total,
        digest=stored.digest,
    )


@once
def ledger_of(actor: Actor) -> Ledger:
    """Give the reader of everything that is visible now; two queries. It is kept by the manifest's name."""
    return store_of(actor).ledger(manifest_of(actor))


@dataclass(frozen=True)
class Loaded:
    """Which months (YYYYMM) are loaded, for each kind of entries."""

    months: Mapping[str, frozenset[int]]

    def of(self, kind: str, year: int) -> tuple[int, ...]:
        """Give the months of a year (1-12) that are loaded."""
        return tuple(sorted(month % 100 for month in self.months.get(kind, ()) if month // 100 == year))

    def through(self, kind: str, year: int) -> int:
        """Give the last month (1-12) up to which a year is loaded without a gap; 0 when January is not."""
        months, last = set(self.of(kind, year)), 0
        while last + 1 in months:
            last += 1
        return last

    def lacking(self, kind: str, year: int, through: int = 12) -> Missing | None:
        """Say in words what is not loaded of January to a month; None when the amount can be told.

        A budget need not have entries in every month: it is known when any month of the year is loaded.
        """
        months, what = self.of(kind, year), OF[EntryKind(kind)]
        if not months:
            return Missing(MissingReason.NO_DATA, f"{what} för {year} är inte inläst")
        if kind != EntryKind.OUTCOME:
            return None
        unknown = sorted(set(range(1, through + 1)) - set(months))
        if not unknown:
            return None
        if unknown[0] > months[-1]:
            return Missing(MissingReason.NO_DATA, f"{what} är inläst till och med {MONTHS[months[-1] - 1]} {year}")
        return Missing(MissingReason.NO_DATA, f"{what} för {MONTHS[unknown[0] - 1]} {year} är inte inläst")


@once
def loaded(actor: Actor) -> Loaded:
    """Give which months are loaded; one query."""
    months: dict[str, set[int]] = defaultdict(set)
    for kind, month in current_parts(actor).values_list("kind", "month").distinct():
        months[kind].add(month)
    return Loaded({kind: frozenset(found) for kind, found in months.items()})
