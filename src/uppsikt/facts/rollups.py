"""The sums that lie beside the entries, defined once in SQL that both DuckDB and Spark read."""

from __future__ import annotations

# What each roll-up keeps apart, beside kind and month. A question is answered from the first whose parts suffice, so
# the small ones come first.
ROLLUPS: dict[str, tuple[str, ...]] = {
    "unit": ("unit", "side"),
    "tree": ("unit", "side", "activity"),
    "account": ("side", "account"),
    "project": ("unit", "side", "project"),
    "counterpart": ("unit", "side", "counterpart"),
}
KEPT_APART = ("unit", "side", "activity", "account", "project", "counterpart")
ORDER = ", ".join(("rollup", "kind", "month", *KEPT_APART))


def rollup_sql(entries: str) -> str:
    """Write the question that makes the roll-ups of a source of entries; amounts in öre as booked."""
    return " UNION ALL ".join(_one(name, parts, entries) for name, parts in ROLLUPS.items())


def _one(name: str, parts: tuple[str, ...], entries: str) -> str:
    columns = ", ".join(part if part in parts else f"CAST(NULL AS VARCHAR(1)) AS {part}" for part in KEPT_APART)
    return (
        f"SELECT '{name}' AS rollup, kind, month, {columns},"
        f" CAST(sum(amount) AS BIGINT) AS amount, CAST(count(*) AS BIGINT) AS entries"
        f" FROM {entries} GROUP BY kind, month, {', '.join(parts)}"
    )


def rollup_for(parts: set[str]) -> str | None:
    """Say which roll-up answers a question about these parts of the code string, if any does."""
    return next((name for name, kept in ROLLUPS.items() if parts <= {*kept, "kind", "month"}), None)
