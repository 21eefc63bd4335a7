"""The same roll-ups on a distributed engine, from the same files and the same SQL, for one who keeps many ledgers.

Nothing here is needed to run the program. The extra ``spark`` brings PySpark; Java must be there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from uppsikt.facts.manifest import Manifest
from uppsikt.facts.rollups import ORDER, rollup_sql

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def rollups_on_spark(session: SparkSession, folder: Path, manifest: Manifest) -> DataFrame:
    """Give the roll-ups of all parts that the manifest names, made anew from their entries; amounts in öre as booked.

    The folder must be readable under the same name from every machine of the cluster.
    """
    files = [str(folder / part.files[0]) for part in manifest.parts]
    session.read.parquet(*files).createOrReplaceTempView("entries")
    return session.sql(f"SELECT * FROM ({rollup_sql('entries')}) AS made ORDER BY {ORDER}")
