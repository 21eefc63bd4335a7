"""How much of the reference documents is found: figures in the right row and in the right order."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from uppsikt.documents.model import Grid, Limits
from uppsikt.documents.opening import quiet
from uppsikt.documents.text import read_text

MARKS = "¹²³⁴⁵⁶⁷⁸⁹*."


def bare(text: str) -> str:
    return re.sub(r"[\W_¹²³⁴⁵⁶⁷⁸⁹]+", "", text).casefold()


def figure(text: str) -> str:
    return text.replace("\u00a0", "").replace(" ", "").replace("−", "-").rstrip(MARKS)


def grid_rows(path: Path) -> list[list[str]]:
    content = read_text(path.read_bytes(), path.name, Limits(), quiet)
    rows = [row for block in content.blocks if isinstance(block, Grid) for row in block.rows]
    return [[cell.text for cell in sorted(row.cells, key=lambda cell: cell.column)] for row in rows]


def in_order(wanted: list[str], row: list[str]) -> int:
    found, at = 0, 0
    for figure_wanted in wanted:
        if figure_wanted in row[at:]:
            at += row[at:].index(figure_wanted) + 1
            found += 1
    return found


def share_found(rows: list[list[str]], tables: list[dict[str, Any]]) -> float:
    """Give the share of the tables' figures that stand in a row with the right label; each row is used once."""
    total = found = 0
    left = [(row, [bare(cell) for cell in row], [figure(cell) for cell in row]) for row in rows]
    for table in tables:
        for row in table["rows"]:
            wanted = [figure(cell["raw"]) for cell in row["cells"].values() if cell.get("num") is not None]
            label, best = bare(row["label"]), (0, -1)
            for at, (_, labels, figures) in enumerate(left):
                if label in labels:
                    best = max(best, (in_order(wanted, figures[labels.index(label) + 1 :]), -at))
            total += len(wanted)
            found += best[0]
            if best[0]:
                left.pop(-best[1])
    return found / total


def test_internal_budget(reference: Path) -> None:
    tables = json.loads((reference / "truth/ks2020budget/tables.json").read_text())
    printed = [table for table in tables if table["form"] == "table"]
    assert share_found(grid_rows(reference / "seeds/ks2020budget.txt"), printed) >= 0.99


def facts_of(reference: Path, report: str, kinds: set[str]) -> list[dict[str, Any]]:
    import csv

    rows: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    with (reference / "facts/facts.csv").open(encoding="utf-8") as file:
        for fact in csv.DictReader(file):
            if fact["report"] == report and fact["kind"] in kinds:
                key = (fact["table"], fact["parent"], fact["row"], fact["goal_area"])
                row = rows.setdefault(key, {"label": fact["row"], "cells": {}})
                row["cells"][fact["column"]] = {"raw": fact["raw"], "num": fact["number"] or None}
    return [{"rows": list(rows.values())}]


def test_flattened_annual_report(reference: Path) -> None:
    facts = facts_of(reference, "ks2019", {"economy", "investment", "indicator", "staff"})
    assert share_found(grid_rows(reference / "seeds/ks2019.txt"), facts) >= 0.97


def test_interim_report(reference: Path) -> None:
    facts = facts_of(reference, "ks2018aug", {"economy", "investment", "indicator"})
    assert share_found(grid_rows(reference / "seeds/ks2018aug.txt"), facts) >= 0.97
