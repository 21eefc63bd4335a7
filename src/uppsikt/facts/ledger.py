"""What the entries of one manifest are: sums by any parts of the code string, and the entries behind a figure."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

from uppsikt.core.economy.ledger import CODE_PARTS, Entry, EntryKind, Side
from uppsikt.core.errors import UseError
from uppsikt.facts.engine import for_reading, literals, parquet
from uppsikt.facts.manifest import Manifest, Part
from uppsikt.facts.rollups import ROLLUPS, rollup_for
from uppsikt.facts.writing import STORED, kronor

BY = ("kind", "month", "side", *CODE_PARTS)


@dataclass(frozen=True, slots=True)
class Where:
    """Which entries are meant: kinds, months from ``first`` to ``last`` (YYYYMM, both included), and codes.

    None is every code; an empty set is none. ``without_counterparts`` leaves out what was booked against these.
    """

    kinds: frozenset[EntryKind]
    first: int
    last: int
    units: frozenset[str] | None = None
    activities: frozenset[str] | None = None
    accounts: frozenset[str] | None = None
    sides: frozenset[Side] | None = None
    projects: frozenset[str] | None = None
    objects: frozenset[str] | None = None
    counterparts: frozenset[str] | None = None
    without_counterparts: frozenset[str] = frozenset()

    @property
    def chosen(self) -> dict[str, frozenset[str]]:
        """Give the codes that are asked for, by part, where not every one is."""
        every = {
            "unit": self.units, "activity": self.activities, "account": self.accounts, "side": self.sides,
            "project": self.projects, "object": self.objects, "counterpart": self.counterparts,
        }  # fmt: skip
        return {part: frozenset(str(code) for code in codes) for part, codes in every.items() if codes is not None}

    @property
    def parts(self) -> set[str]:
        """Name the parts of the code string that the question needs to see."""
        return {*self.chosen, *({"counterpart"} if self.without_counterparts else ())}

    def sql(self) -> str:
        """Write the condition on codes, kinds and months."""
        conditions = [f"month BETWEEN {int(self.first)} AND {int(self.last)}", f"kind IN ({literals(self.kinds)})"]
        conditions += [f"{part} IN ({literals(codes)})" for part, codes in self.chosen.items() if codes]
        conditions += ["false" for codes in self.chosen.values() if not codes]
        if self.without_counterparts:
            conditions.append(f"counterpart NOT IN ({literals(self.without_counterparts)})")
        return " AND ".join(conditions)


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of entries with these keys, in the order they were asked for; ``amount`` in kr as booked (debit +)."""

    keys: tuple[str, ...]
    amount: Decimal
    rows: int


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Some of the entries behind a figure, with the number and the sum (kr, as booked) of all of them."""

    entries: tuple[Entry, ...]
    rows: int
    total: Decimal


class Ledger:
    """The entries that a manifest names. Safe to ask from several threads; answers are exact."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.manifest = manifest
        self._folder = folder
        self._engine = for_reading(folder)
        self._loaded: set[str] = set()
        self._lock = threading.Lock()
        self._check()

    def sums(self, by: tuple[str, ...], where: Where) -> list[Sum]:
        """Sum the entries by these parts, sorted by them; from the roll-ups when they suffice.

        Without parts the answer is one sum, also when there are no entries.
        """
        if strange := [part for part in by if part not in BY]:
            raise UseError(f"Redovisningen kan inte delas upp efter {', '.join(strange)}.")
        if not where.kinds or not self._parts(where):
            return [] if by else [Sum((), Decimal(0), 0)]
        rollup = rollup_for({*by, *where.parts})
        source, rows = (self._rollup(rollup), "sum(entries)") if rollup else (self._files(where), "count(*)")
        keys = ", ".join(by)
        question = f"SELECT {keys + ', ' if by else ''}sum(amount), {rows} FROM {source} WHERE {where.sql()}"
        grouped = f"{question} GROUP BY {keys} ORDER BY {keys}" if by else question
        answer = self._engine.cursor().execute(grouped).fetchall()
        return [Sum(tuple(str(key) for key in row[:-2]), kronor(row[-2] or 0), int(row[-1] or 0)) for row in answer]

    def entries(
        self, where: Where, *, first: int = 100, offset: int = 0, order: Literal["month", "amount"] = "month"
    ) -> EntryPage:
        """Give ``first`` entries after the first ``offset``, with the number and the sum of all.

        Order "month" is month, unit, account and what follows in the code string; "amount" is the largest first,
        whatever its sign.
        """
        every = self.sums((), where)[0]
        if not every.rows or offset >= every.rows or first < 1:
            return EntryPage((), every.rows, every.amount)
        leading = ("month", "kind") if order == "month" else ("abs(amount) DESC", "month", "kind")
        rows = (
            self._engine.cursor()
            .execute(
                f"SELECT kind, month, account, unit, amount, day, activity, project, object, counterpart, voucher, text"
                f" FROM {self._files(where)} WHERE {where.sql()}"
                f" ORDER BY {', '.join((*leading, *STORED))} LIMIT {int(first)} OFFSET {int(offset)}"
            )
            .fetchall()
        )
        return EntryPage(tuple(_entry(row) for row in rows), every.rows, every.amount)

    def _check(self) -> None:
        missing = [file for part in self.manifest.parts for file in part.files if not (self._folder / file).is_file()]
        if missing:
            raise UseError(
                f"Filer i redovisningens lager saknas ({len(missing)} stycken, den första är {missing[0]})."
                " Lägg tillbaka mappen från säkerhetskopian."
            )

    def _parts(self, where: Where) -> list[Part]:
        return [
            part for part in self.manifest.parts if part.kind in where.kinds and where.first <= part.month <= where.last
        ]

    def _files(self, where: Where) -> str:
        return parquet(self._folder / part.files[0] for part in self._parts(where))

    def _rollup(self, name: str) -> str:
        """Give the roll-up as a table in memory, read from the files the first time that it is asked for."""
        with self._lock:
            if name not in self._loaded:
                columns = ", ".join(("kind", "month", *ROLLUPS[name], "amount", "entries"))
                sums = parquet(self._folder / part.files[1] for part in self.manifest.parts)
                self._engine.execute(f"CREATE TABLE {name} AS SELECT {columns} FROM {sums} WHERE rollup = '{name}'")
                self._loaded.add(name)
        return name


def _entry(row: tuple[object, ...]) -> Entry:
    kind, month, account, unit, amount, day, *codes = row
    activity, project, object_, counterpart, voucher, text = (str(code) for code in codes)
    return Entry(
        EntryKind(str(kind)), int(str(month)), str(account), str(unit), kronor(int(str(amount))), day,  # type: ignore[arg-type]  # the engine gives dates as dates
        activity, project, object_, counterpart, voucher, text,
    )  # fmt: skip
