"""A process that loads is killed at many moments: what counted before still counts, to the öre, and nothing is left."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from uppsikt.core.economy.ledger import EntryKind, Known, Layout
from uppsikt.facts import Manifest, Store, Where

COLUMNS = ("account", "unit", "period", "amount")
ALL = Where(frozenset(EntryKind), 202401, 202412)
LOADING = """
import sys
from pathlib import Path
from uppsikt.core.economy.ledger import Known, Layout
from uppsikt.facts import Store
store = Store(Path(sys.argv[1]))
print("begins", flush=True)
while True:
    staged = store.stage(Path(sys.argv[2]), Layout(("account", "unit", "period", "amount"), skip=0), Known())
    store.keep(staged, "a", "2")
"""


def test_killing_a_load_at_any_moment_leaves_the_old_state(tmp_path: Path) -> None:
    folder, file = tmp_path / "ledger", tmp_path / "file.csv"
    file.write_text("".join(f"5011;{row % 50};2024{row % 12 + 1:02};{row},25\n" for row in range(60_000)))
    store = Store(folder)
    manifest = Manifest(store.keep(store.stage(file, Layout(COLUMNS, skip=0), Known()), "a", "1"))
    before = store.ledger(manifest).sums((), ALL)[0]
    assert before.amount == sum((Decimal(row) + Decimal("0.25") for row in range(60_000)), Decimal(0))
    for moment in range(10):
        _killed_after(0.03 + 0.13 * moment, folder, file)
        assert store.faulty(manifest) == ()
        assert Store(folder).ledger(manifest).sums(("month",), ALL) == store.ledger(manifest).sums(("month",), ALL)
    assert Store(folder).ledger(manifest).sums((), ALL)[0] == before
    assert store.sweep([manifest], timedelta(hours=1)) == 0  # a load that is under way is left alone
    assert store.sweep([manifest], timedelta(seconds=-5)) > 0
    left = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert left == {file for part in manifest.parts for file in part.files}
    assert Store(folder).ledger(manifest).sums((), ALL)[0] == before


def _killed_after(seconds: float, folder: Path, file: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", LOADING, str(folder), str(file)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == b"begins\n"
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
        assert child.wait(timeout=30) == -signal.SIGKILL
