"""Records made by hand: small enough to be read beside a test, whole enough to be shown."""

from __future__ import annotations

from typing import Any

from uppsikt.review.record import FORMAT, BindingRecord, BoxRecord, FindingRecord, Record, TableRecord

BOX: BoxRecord = {"page": 2, "left": 300.0, "top": 200.0, "right": 360.0, "bottom": 214.0}
TEXT = "Nämnden redovisar ett överskott med 2,8 mnkr."


def finding(identity: str = "f1", **changed: Any) -> FindingRecord:
    """A sum that does not add up, certain, with a place on page 2."""
    made: FindingRecord = {
        "code": "SUM", "rule": "Summan stämmer med delarna", "table": "t01", "row": "Summa nettokostnader",
        "column": "Utfall 2025", "page": 2, "stated": "132765", "expected": "134565", "difference": "-1800",
        "explained_by_rounding": False, "confidence": "certain", "message": f"Raderna blir inte summan ({identity}).",
        "proposal": "Två siffror har bytt plats: 63 110 ska vara 61 310.", "id": identity, "place": f"plats-{identity}",
        "facts": {}, "cause": None, "unit": "tkr", "row_key": "r3", "column_key": "c1", "passage": None,
        "quote": None, "text": None, "parent": None,
        "title": "Driftsammandrag", "box": BOX, "dismissed": None,
    }  # fmt: skip
    return {**made, **changed}  # type: ignore[typeddict-item]  # a test changes only keys that there are


def in_text(identity: str = "x1") -> FindingRecord:
    """An amount in running text that differs from its table."""
    return finding(
        identity, code="TXT", rule="Belopp i texten stämmer med tabellen", table=None, row=None, column=None,
        row_key=None, column_key=None, quote="överskott med 2,8 mnkr", passage="p1", text=TEXT, confidence="likely",
        stated="2.8", expected="1.8", difference="1.0", unit="mnkr", title="Ekonomi", box=None, page=1,
    )  # fmt: skip


def table() -> TableRecord:
    """Two items and their sum."""
    rows = (("r1", "Gatukontoret", "item", "63 110"), ("r2", "Parken & <torget>", "item", "22 750"),
            ("r3", "Summa nettokostnader", "sum", "132 765"))  # fmt: skip
    return {
        "id": "t01", "page": 2, "section": "Ekonomi", "title": "Driftsammandrag", "unit": "tkr", "sign": "net_cost",
        "columns": [{"label": "Utfall 2025", "role": "outcome", "year": 2025, "key": "c1", "period": "2025",
                     "unit": None, "group": ""}],
        "rows": [
            {"label": label, "role": role, "parent": None, "key": key, "page": 2, "box": None, "subject": label,
             "measure": "net", "parent_key": None,
             "cells": [{"raw": raw, "number": raw.replace(" ", ""), "box": None}]}
            for key, label, role, raw in rows
        ],
        "kind": "economy", "inferred": ["Enheten tkr står i rubriken."],
    }  # fmt: skip


def binding(*, agrees: bool = False) -> BindingRecord:
    """The surplus of the text and the cell that it was taken to tell."""
    return {
        "page": 1, "section": "Ekonomi", "text": TEXT, "number": "2.8", "agrees": agrees,
        "target": "Summa nettokostnader / Avvikelse i tabell t01", "passage": "p1", "start": 36, "end": 39,
    }  # fmt: skip


def record(*findings: FindingRecord, kind: str = "pdf", name: str = "rapport.pdf") -> Record:
    """A review of two pages, one table and one number in the text."""
    return {
        "document": {
            "name": name, "pages": 2, "seconds": 0.5, "kind": kind, "remarks": [], "passages": 3,
            "sizes": [[595.3, 841.9], [595.3, 841.9]] if kind == "pdf" else [],
        },
        "tables": [table()], "findings": list(findings), "format": FORMAT, "bindings": [binding()],
    }  # fmt: skip
