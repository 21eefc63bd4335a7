"""The store of the ledger: loading, size, statements and lists, beside three other engines on the same entries.

UPPSIKT_BENCH_ENTRIES    how many entries the main tables are of (ten million)
UPPSIKT_BENCH_GROWTH     sizes of the table of growth, with spaces between ("1000000 10000000")
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path

from benchmarks import ledger_others
from benchmarks.ledger_entries import FIRST, LAST, tree, write_csv
from benchmarks.measuring import markdown, median_and_range, timed
from uppsikt.core.economy.ledger import EntryKind, Side
from uppsikt.facts import Ledger, Manifest, Store, Where

ENTRIES = int(os.environ.get("UPPSIKT_BENCH_ENTRIES", "10000000"))
GROWTH = [int(size) for size in os.environ.get("UPPSIKT_BENCH_GROWTH", "1000000 10000000").split()]
ROUNDS = 5
TREE = tree()
_CELLS = tuple(f"{column} {side}" for column in ("outcome", "budget", "last_year") for side in ("costs", "income"))
OUTCOME = frozenset({EntryKind.OUTCOME})
BOTH = frozenset({EntryKind.OUTCOME, EntryKind.BUDGET})
SIDES = frozenset({Side.COSTS, Side.INCOME})  # all that a statement of net, costs and income asks for, of every engine
_LOADING = """
import json, sys, time
from pathlib import Path
from benchmarks.ledger_entries import LAYOUT, tree
from uppsikt.core.economy.ledger import Known
from uppsikt.facts import Manifest, Store
known = Known({"unit": frozenset(tree()), "activity": frozenset(str(100 + 5 * number) for number in range(150)),
               "account": frozenset(str(account) for account in range(1000, 9000))})
store = Store(Path(sys.argv[2]))
begun = time.perf_counter()
staged = store.stage(Path(sys.argv[1]), LAYOUT, known)
parts = store.keep(staged, "agresso", "1")
took = time.perf_counter() - begun
assert not staged.faults
(store.folder / "manifest.json").write_text(Manifest(parts).to_json())
most = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(json.dumps([took, int(most.split()[1]) / 1024]))
"""


def measured() -> str:
    """Measure everything and give the tables."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("UPPSIKT_BENCH_FOLDER")) as name:
        folder = Path(name)
        loads, manifest, ledger = _loaded(folder, ENTRIES, rounds=3)
        tables = [_store_table(loads, manifest, ledger, folder), _beside(ledger, folder)]
        tables.append(_growth(folder))
        load = " ".join(f"{one:.1f}".replace(".", ",") for one in os.getloadavg())
        return "\n\n".join([*tables, f"Maskinens last när mätningen slutade (1, 5 och 15 minuter): {load}."])


def _loaded(folder: Path, entries: int, rounds: int) -> tuple[list[tuple[float, float]], Manifest, Ledger]:
    """Write the file, load it in fresh processes, and give the seconds and megabytes of each with the last store."""
    file = folder / f"{entries}.csv"
    write_csv(file, entries)
    loads = []
    for number in range(rounds):
        place = folder / f"store-{entries}-{number}"
        told = subprocess.run(
            [sys.executable, "-c", _LOADING, str(file), str(place)], check=True, capture_output=True, text=True
        )
        took, megabytes = json.loads(told.stdout)
        loads.append((took, megabytes))
    file.unlink()
    manifest = Manifest.from_json((place / "manifest.json").read_text())
    return loads, manifest, Store(place).ledger(manifest)


def _store_table(loads: list[tuple[float, float]], manifest: Manifest, ledger: Ledger, folder: Path) -> str:
    seconds = [took for took, _ in loads]
    rate = statistics.median(manifest.rows / took for took in seconds)
    size = _bytes(manifest, folder) / manifest.rows
    cell = {"kinds": OUTCOME, "units": frozenset({"1040"})}
    every = {"kinds": OUTCOME, "first": FIRST, "last": LAST}
    asked: dict[str, tuple[str, Callable[[], object]]] = {
        "driftsammandrag, hela trädet, varm": ("50 ms", lambda: statement(ledger)),
        "fritt snitt: konto × verksamhet × motpart, 36 månader": ("600 ms", lambda: free_cut(ledger)),
        "poster: alla kostnader, 36 månader": ("50 ms", lambda: _page(ledger, sides=frozenset({Side.COSTS}), **every)),
        "poster: en enhet, kostnader, åtta månader": (
            "50 ms", lambda: _page(ledger, first=202401, last=202408, sides=frozenset({Side.COSTS}), **cell)),
        "poster: ett konto, 36 månader": ("50 ms", lambda: _page(ledger, accounts=frozenset({"5011"}), **every)),
        "poster: en enhet och ett konto, 36 månader": (
            "50 ms", lambda: _page(ledger, first=FIRST, last=LAST, accounts=frozenset({"5011"}), **cell)),
        "poster, störst först: alla kostnader, 36 månader": (
            "50 ms", lambda: _page(ledger, order="amount", sides=frozenset({Side.COSTS}), **every)),
        "poster, störst först: en enhet, 36 månader": (
            "50 ms", lambda: _page(ledger, order="amount", first=FIRST, last=LAST, **cell)),
    }  # fmt: skip
    first = timed(lambda: statement(Ledger(Path(ledger.folder), manifest)))
    rows = [
        ["inläsning från CSV, alla kontroller", "500 000 poster/s", f"{_whole(rate)}/s, {median_and_range(seconds)}"],
        ["minne, ny process", "1 500 MB", f"{_whole(max(megabytes for _, megabytes in loads))} MB"],
        ["på disk: poster, summor och de största", "12 byte/post", f"{size:.1f} byte/post".replace(".", ",")],
        ["driftsammandrag, hela trädet, första frågan till en nyöppnad redovisning", "", f"{first * 1000:.0f} ms"],
    ]  # fmt: skip
    for what, (aim, ask) in asked.items():
        ask()
        rows.append([what, aim, _milliseconds([timed(ask) for _ in range(3 * ROUNDS)])])
    return markdown(("", "krav", f"{_whole(manifest.rows)} poster"), rows)


def statement(ledger: Ledger) -> dict[str, dict[str, Decimal]]:
    """Make the operating statement of every unit in the tree, January to August 2024."""
    ledger.forget()
    this = ledger.sums(("kind", "unit", "side"), Where(BOTH, 202401, 202408, sides=SIDES))
    before = ledger.sums(("kind", "unit", "side"), Where(OUTCOME, 202301, 202308, sides=SIDES))
    told = [(one.keys[0], *one.keys[1:], one.amount) for one in this]
    return climbed([*told, *(("last_year", *one.keys[1:], one.amount) for one in before)])


def climbed(sums: list[tuple[str, str, str, Decimal]]) -> dict[str, dict[str, Decimal]]:
    """Add (column, unit, side, amount) up along the tree: costs, income, net and deviation of each unit."""
    totals: dict[str, dict[str, Decimal]] = {unit: dict.fromkeys(_CELLS, Decimal(0)) for unit in TREE}
    for column, unit, side, amount in sums:
        totals[unit][f"{column} {side}"] += amount
    for unit in sorted(TREE, reverse=True):  # a unit's code comes after its parent's
        at, parent = totals[unit], TREE[unit]
        if parent is not None:
            above = totals[parent]
            for cell, amount in at.items():
                above[cell] += amount
        for column in ("outcome", "budget", "last_year"):
            at[f"{column} net"] = at[f"{column} costs"] + at[f"{column} income"]
        for what in ("costs", "income", "net"):
            at[f"deviation {what}"] = at[f"budget {what}"] - at[f"outcome {what}"]
    return totals


def free_cut(ledger: Ledger) -> int:
    """Sum by account, activity and counterpart, which no roll-up answers."""
    ledger.forget()
    return len(ledger.sums(("account", "activity", "counterpart"), Where(OUTCOME, FIRST, LAST)))


def _page(ledger: Ledger, *, order: str = "month", **where: object) -> None:
    ledger.forget()
    page = ledger.entries(Where(**where), order=order)  # type: ignore[arg-type]  # told above
    assert len(page.entries) == min(100, page.rows)


def _beside(ledger: Ledger, folder: Path) -> str:
    """Give the same statement by the others, in turn with ours."""
    ours = statement(ledger)
    engines = {"uppsikt": lambda: statement(ledger), **ledger_others.statements(ledger, folder, climbed)}
    took: dict[str, list[float]] = {name: [] for name in engines}
    for name, ask in engines.items():
        if ask() != ours:
            raise AssertionError(f"{name} svarar något annat.")
    for _ in range(ROUNDS):
        for name, ask in engines.items():
            took[name].append(timed(ask))
    least = statistics.median(took["uppsikt"])
    rows = [
        [name, _milliseconds(times), f"{statistics.median(times) / least:.0f}".replace(".", ",")]
        for name, times in took.items()
    ]
    return markdown(("samma driftsammandrag, samma poster, i tur och ordning", "tid", "gånger vår"), rows)


def _growth(folder: Path) -> str:
    rows = []
    for size in GROWTH:
        loads, manifest, ledger = _loaded(folder, size, rounds=1)
        statement(ledger)
        asked = [[timed(partial(ask, ledger)) for _ in range(ROUNDS)] for ask in (statement, free_cut)]
        rows.append([
            _whole(size), f"{loads[0][0]:.1f} s".replace(".", ","), _whole(size / loads[0][0]), _whole(loads[0][1]),
            f"{_bytes(manifest, folder) / size:.1f}".replace(".", ","), *(_milliseconds(times) for times in asked),
        ])  # fmt: skip
    return markdown(
        ("poster", "inläsning", "poster/s", "MB minne", "byte/post", "driftsammandrag", "fritt snitt"), rows
    )


def _bytes(manifest: Manifest, folder: Path) -> int:
    named = {file for part in manifest.parts for file in part.files}
    store = next(place for place in folder.glob("store-*") if (place / manifest.parts[0].files[0]).exists())
    return sum((store / file).stat().st_size for file in named)


def _milliseconds(seconds: list[float]) -> str:
    middle, least, most = (one * 1000 for one in (statistics.median(seconds), min(seconds), max(seconds)))
    return f"{middle:.0f} ms ({least:.0f}–{most:.0f})"


def _whole(number: float) -> str:
    return f"{number:,.0f}".replace(",", "\u00a0")
