"""What the entries of one manifest are: sums by any parts of the code string, and the entries behind a figure."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal, NamedTuple

import duckdb

from uppsikt.core.economy.ledger import CODE_PARTS, Entry, EntryKind, Side
from uppsikt.core.errors import UseError
from uppsikt.facts.engine import for_reading, literals, parquet
from uppsikt.facts.manifest import Manifest, Part
from uppsikt.facts.rollups import ROLLUPS, rollup_for
from uppsikt.facts.writing import STORED, kronor

_ORE = Decimal("0.01")  # kr
_KEPT = 256  # answers, each of some hundred sums
_DEEPEST = 10_000  # of the largest entries; sorting millions by size for a page that nobody reads is refused
_FEW = 1_000  # entries that are read at once, whatever page of them is asked for
_CHOSEN = (
    "SELECT kind, month, account, unit, amount, day, activity, project, object, counterpart, voucher, text FROM"
)  # fmt: skip
_AMOUNT = 4  # its place among them
_SORTED = {"month": f"month, kind, {', '.join(STORED)}"}
_SORTED["amount"] = f"abs(amount::HUGEINT) DESC, {_SORTED['month']}"
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
        return (
            f"month BETWEEN {int(self.first)} AND {int(self.last)} AND kind IN ({literals(self.kinds)})"
            f" AND {self.codes_sql()}"
        )

    def codes_sql(self) -> str:
        """Write the condition on codes: all that is left to ask of files, which are of one kind and month each."""
        conditions = [f"{part} IN ({literals(codes)})" for part, codes in self.chosen.items() if codes]
        conditions += ["false" for codes in self.chosen.values() if not codes]
        if self.without_counterparts:
            conditions.append(f"counterpart NOT IN ({literals(self.without_counterparts)})")
        return " AND ".join(conditions) or "true"


class Sum(NamedTuple):
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
        self.folder = folder
        self._files = for_reading(folder)
        self._tables = for_reading(folder, threads=1)  # roll-ups are small: a second thread costs more than it does
        self._loaded: set[str] = set()
        self._held: dict[str, int] = {}  # entries in each roll-up that has been read
        self._lock = threading.Lock()
        self._sums = lru_cache(maxsize=_KEPT)(self._summed)
        self._check()

    def sums(self, by: tuple[str, ...], where: Where) -> list[Sum]:
        """Sum the entries by these parts, sorted by them; from the roll-ups when they suffice.

        Without parts the answer is one sum, also when there are no entries. The files of a manifest never change, so
        the latest answers are kept: the pages of a unit ask the same again and again.
        """
        return list(self._sums(by, where))

    def forget(self) -> None:
        """Drop the answers that are kept, so that the next question is computed."""
        self._sums.cache_clear()

    def _summed(self, by: tuple[str, ...], where: Where) -> list[Sum]:
        if strange := [part for part in by if part not in BY]:
            raise UseError(f"Redovisningen kan inte delas upp efter {', '.join(strange)}.")
        if not where.kinds or not self._parts(where):
            return [] if by else [Sum((), Decimal(0), 0)]
        rollup = rollup_for({*by, *where.parts})
        whole = rollup is not None and self._is_whole(rollup)
        source, rows = (f"{rollup} WHERE {where.sql()}", "sum(entries)") if whole else (self._found(where), "count(*)")
        told = f"CAST(coalesce(sum(amount), 0) AS BIGINT), CAST(coalesce({rows}, 0) AS BIGINT)"
        keys = ["CAST(month AS VARCHAR)" if part == "month" else part for part in by]
        question = f"SELECT {', '.join([*keys, told])} FROM {source}"
        grouped = f"{question} GROUP BY {', '.join(by)}" if by else question
        width = len(by)
        told_rows = self._asked(self._tables if whole else self._files, grouped)
        told_rows.sort(key=itemgetter(slice(width)))  # quicker here than in the engine
        return [Sum(row[:width], row[width] * _ORE, row[width + 1]) for row in told_rows]

    def entries(
        self, where: Where, *, first: int = 100, offset: int = 0, order: Literal["month", "amount"] = "month"
    ) -> EntryPage:
        """Give ``first`` entries after the first ``offset``, with the number and the sum of all.

        Order "month" is month by month as a unit's journal: unit, day, voucher, account. "amount" is the largest
        first, whatever its sign, down to the ten thousandth; raises UseError beyond that.
        """
        if order == "amount" and offset + first > _DEEPEST:
            raise UseError(f"De {_DEEPEST} största posterna kan visas i storleksordning. Välj månadsordning för fler.")
        if (few := self._few(where, order)) is not None:
            chosen = few[offset : offset + first] if offset >= 0 and first > 0 else []
            ore = sum(int(row[_AMOUNT]) for row in few)
            return EntryPage(tuple(_entry(row) for row in chosen), len(few), ore * _ORE)
        months = self.sums(("month",), where)
        rows, total = sum(one.rows for one in months), sum((one.amount for one in months), Decimal(0))
        wanted = min(first, rows - offset)
        if wanted < 1 or offset < 0:
            return EntryPage((), rows, total)
        found = (
            self._by_size(where, wanted, offset) if order == "amount" else self._by_month(where, months, wanted, offset)
        )
        return EntryPage(tuple(_entry(row) for row in found), rows, total)

    def _few(self, where: Where, order: str) -> list[tuple[Any, ...]] | None:
        """Give every entry, in order, where no roll-up tells how many they are and they turn out to be few.

        Otherwise the files would be opened twice, to count and to read. When they are many, the engine stops early.
        """
        if rollup_for({"month", *where.parts}) or not self._parts(where):
            return None
        found = f"{_CHOSEN} {self._found(where)} LIMIT {_FEW + 1}"
        rows = self._asked(self._files, f"SELECT * FROM ({found}) ORDER BY {_SORTED[order]}")
        return rows if len(rows) <= _FEW else None

    def _by_month(self, where: Where, months: list[Sum], wanted: int, offset: int) -> list[tuple[Any, ...]]:
        """Read only the months in which the page lies, and a single file only as far as the page goes."""
        skipped = 0
        while offset - skipped >= months[0].rows:
            skipped += months.pop(0).rows
        held = accumulate(month.rows for month in months)
        last = next(month for month, rows in zip(months, held, strict=True) if rows >= offset - skipped + wanted)
        near = replace(where, first=int(months[0].keys[0]), last=int(last.keys[0]))
        order = "" if len(self._parts(near)) == 1 else f"ORDER BY {_SORTED['month']}"
        return self._asked(
            self._files, f"{_CHOSEN} {self._found(near)} {order} LIMIT {wanted} OFFSET {offset - skipped}"
        )

    def _by_size(self, where: Where, wanted: int, offset: int) -> list[tuple[Any, ...]]:
        """Look among the largest of each part first; when they do not answer for the whole page, look everywhere."""
        largest = self._table("largest", "*", 2, "true")
        page = f"ORDER BY {_SORTED['amount']} LIMIT {wanted} OFFSET {offset}"
        involved = Where(where.kinds, where.first, where.last)
        surely = f"abs(amount::HUGEINT) > (SELECT max(above) FROM {largest} WHERE {involved.sql()})"
        found = self._asked(self._tables, f"{_CHOSEN} {largest} WHERE {where.sql()} AND {surely} {page}")
        return found if len(found) == wanted else self._asked(self._files, f"{_CHOSEN} {self._found(where)} {page}")

    def _asked(self, engine: duckdb.DuckDBPyConnection, question: str) -> list[tuple[Any, ...]]:
        try:
            return engine.cursor().execute(question).fetchall()  # a way of its own for every thread
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise UseError(
                "En fil i redovisningens lager går inte att läsa. Lägg tillbaka mappen från säkerhetskopian."
            ) from error

    def _check(self) -> None:
        missing = [file for part in self.manifest.parts for file in part.files if not (self.folder / file).is_file()]
        if missing:
            raise UseError(
                f"Filer i redovisningens lager saknas ({len(missing)} stycken, den första är {missing[0]})."
                " Lägg tillbaka mappen från säkerhetskopian."
            )

    def _parts(self, where: Where) -> list[Part]:
        return [
            part for part in self.manifest.parts if part.kind in where.kinds and where.first <= part.month <= where.last
        ]

    def _found(self, where: Where) -> str:
        """Write the source: the files of the kinds and months that are asked for, and which of their entries."""
        return f"{parquet(self.folder / part.files[0] for part in self._parts(where))} WHERE {where.codes_sql()}"

    def _is_whole(self, name: str) -> bool:
        """Make a roll-up a table and say whether it holds every entry: a part older than the roll-up lacks it."""
        columns = ", ".join(("kind", "month", *ROLLUPS[name], "amount", "entries"))
        self._table(name, columns, 1, f"rollup = '{name}'", numbered=("kind", *ROLLUPS[name]))
        if name not in self._held:
            self._held[name] = int(self._asked(self._tables, f"SELECT coalesce(sum(entries), 0) FROM {name}")[0][0])
        return self._held[name] == self.manifest.rows

    def _table(self, name: str, columns: str, which: int, condition: str, numbered: tuple[str, ...] = ()) -> str:
        """Give a table in memory, read from one of the files of every part the first time that it is asked for.

        The codes of ``numbered`` columns are kept as numbers in a list of all of them: sums by them take half the time.
        """
        with self._lock:
            if name not in self._loaded:
                source = parquet(self.folder / part.files[which] for part in self.manifest.parts)
                self._tables.execute(f"CREATE TABLE {name} AS SELECT {columns} FROM {source} WHERE {condition}")
                for column in numbered:
                    codes = f"SELECT {column} FROM {name} UNION SELECT ''"  # a list of none is refused
                    self._tables.execute(f"CREATE TYPE {name}_{column} AS ENUM ({codes})")
                    self._tables.execute(f"ALTER TABLE {name} ALTER {column} TYPE {name}_{column}")
                self._loaded.add(name)
        return name


def _entry(row: tuple[Any, ...]) -> Entry:
    kind, month, account, unit, amount, day, *codes = row
    activity, project, object_, counterpart, voucher, text = (str(code) for code in codes)
    return Entry(
        EntryKind(str(kind)), int(str(month)), str(account), str(unit), kronor(int(str(amount))), day,
        activity, project, object_, counterpart, voucher, text,
    )  # fmt: skip
