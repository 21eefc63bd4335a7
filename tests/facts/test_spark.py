"""The roll-ups that loading wrote are what Spark makes of the same entries, with executors in their own processes."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from uppsikt.core.economy.ledger import Entry, EntryKind, Known
from uppsikt.facts import Manifest, Store
from uppsikt.facts.engine import parquet
from uppsikt.facts.rollups import KEPT_APART

COLUMNS = ("rollup", "kind", "month", *KEPT_APART, "amount", "entries")
MASTER = os.environ.get("UPPSIKT_SPARK_MASTER", "local-cluster[2,1,512]")  # a driver and two executors
PROGRAM = """
import json, sys
from pathlib import Path
from pyspark.sql import SparkSession
from uppsikt.facts import Manifest
from uppsikt.facts.spark import rollups_on_spark
folder, master = Path(sys.argv[1]), sys.argv[2]
session = (
    SparkSession.builder.master(master).config("spark.ui.enabled", "false").config("spark.executor.memory", "512m")
    .config("spark.sql.shuffle.partitions", "2").config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.host", "127.0.0.1").getOrCreate()
)
made = rollups_on_spark(session, folder, Manifest.from_json((folder / "manifest.json").read_text()))
print(json.dumps([list(row) for row in made.select(*sys.argv[3:]).collect()]))
session.stop()
"""


@pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None, reason="PySpark (tillvalet spark) är inte installerat."
)
@pytest.mark.skipif(shutil.which("java") is None, reason="Java finns inte här.")
def test_spark_makes_the_same_rollups_of_the_same_files(tmp_path: Path) -> None:
    store = Store(tmp_path)
    manifest = Manifest(store.keep(store.stage_entries(invented(3_000), Known()), "a", "1"))
    (tmp_path / "manifest.json").write_text(manifest.to_json())
    child = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path), MASTER, *COLUMNS],
        capture_output=True, text=True, timeout=400, cwd=tmp_path, check=False,
        env={**os.environ, "PYSPARK_PYTHON": sys.executable},
    )  # fmt: skip
    assert child.returncode == 0, child.stderr[-3000:]
    sums = parquet(tmp_path / part.files[1] for part in manifest.parts)
    with duckdb.connect() as engine:
        kept = engine.execute(f"SELECT {', '.join(COLUMNS)} FROM {sums}").fetchall()
    made = json.loads(child.stdout.splitlines()[-1])
    assert len(kept) > 500
    assert sorted(map(repr, map(tuple, made))) == sorted(map(repr, kept))


def invented(rows: int) -> list[Entry]:
    """Make entries of three months with every code part filled now and then."""
    chance = random.Random(4)
    return [
        Entry(
            chance.choice((EntryKind.OUTCOME, EntryKind.BUDGET)), chance.choice((202401, 202402, 202403)),
            chance.choice(("3011", "4011", "5011", "7777", "8411")), f"enhet {chance.randrange(30)}",
            Decimal(chance.randrange(-(10**12), 10**12)).scaleb(-2), date(2024, 1, chance.randrange(1, 31)),
            chance.choice(("", "100", "åäö")), chance.choice(("", "P1")), "", chance.choice(("", "16", "81")),
            f"A {chance.randrange(10**6)}", "Hyra; \"lokal\"",
        )
        for _ in range(rows)
    ]  # fmt: skip
