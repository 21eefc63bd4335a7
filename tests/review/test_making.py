"""The record: the published shape, plain numbers, and names that stay while the facts do."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from tests.review.samples import PASSAGE, document, reviewed, table, text_finding, wrong
from tests.strategies import tables
from uppsikt.checks import Checked
from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import Table
from uppsikt.documents.model import Inferred
from uppsikt.review.making import plain, record_of
from uppsikt.review.record import FindingRecord, Record
from uppsikt.review.restoring import tables_of
from uppsikt.review.showing.data import json_of

PUBLISHED = {
    "document": {"name": str, "pages": int, "seconds": float},
    "table": {"id": str, "page": (int, None), "section": str, "title": str, "unit": (str, None), "sign": str,
              "columns": list, "rows": list},
    "column": {"label": str, "role": str, "year": (int, None)},
    "row": {"label": str, "role": str, "parent": (str, None), "cells": list},
    "cell": {"raw": str, "number": (str, None)},
    "finding": {"code": str, "rule": str, "table": (str, None), "row": (str, None), "column": (str, None),
                "page": (int, None), "stated": (str, None), "expected": (str, None), "difference": (str, None),
                "explained_by_rounding": bool, "confidence": str, "message": str, "proposal": (str, None)},
}  # fmt: skip


def conforms(value: object, kind: str) -> bool:
    """Say whether an object has every published key, of the published type, first and in the published order."""
    shape = PUBLISHED[kind]
    assert isinstance(value, dict)
    assert list(value)[: len(shape)] == list(shape)
    for name, wanted in shape.items():
        types = tuple(
            type(None) if one is None else one for one in (wanted if isinstance(wanted, tuple) else (wanted,))
        )
        assert isinstance(value[name], types), (kind, name, value[name])
    return True


def check_shape(record: Record) -> None:
    """Check a record, as it came back from JSON, against the published format."""
    assert list(record)[:3] == ["document", "tables", "findings"]
    assert conforms(record["document"], "document")
    for one in record["tables"]:
        assert conforms(one, "table")
        assert all(conforms(column, "column") for column in one["columns"])
        for row in one["rows"]:
            assert conforms(row, "row")
            assert len(row["cells"]) == len(one["columns"])
            assert all(conforms(cell, "cell") for cell in row["cells"])
    for finding in record["findings"]:
        assert conforms(finding, "finding")
        assert finding["confidence"] in ("certain", "likely", "possible")
        assert not any("E" in (finding[name] or "") for name in ("stated", "expected", "difference"))


def only(record: Record, code: str) -> FindingRecord:
    found = [one for one in record["findings"] if one["code"] == code]
    assert len(found) == 1
    return found[0]


def test_a_record_has_the_published_shape_and_survives_json() -> None:
    record = wrong()
    back = json.loads("".join(json_of([record])))
    check_shape(back)
    assert back == record


def test_several_records_are_a_list() -> None:
    told = json.loads("".join(json_of([wrong(), wrong()])))
    assert [one["document"]["name"] for one in told] == ["sjovik-2019.pdf"] * 2


def test_a_wrong_sum_is_told_with_its_place() -> None:
    found = only(wrong(), "SUM")
    assert (found["table"], found["row"], found["column"], found["page"]) == ("t01", "Summa", "Utfall 2019", 1)
    assert (found["stated"], found["expected"], found["difference"]) == ("700", "650", "50")
    assert found["unit"] == "tkr"
    assert found["box"] == {"page": 1, "left": 50, "top": 160, "right": 200, "bottom": 175}


def test_findings_stand_in_reading_order_with_the_text_among_the_tables() -> None:
    assert [one["code"] for one in wrong()["findings"]] == ["TXT", "SUM"]


def test_a_finding_in_the_text_has_the_words_and_the_heading() -> None:
    found = only(wrong(), "TXT")
    assert (found["quote"], found["title"], found["passage"]) == ("21,9 mnkr", "Resultat", "p1")
    assert found["text"] == PASSAGE.text
    assert (found["stated"], found["box"]) == ("21.9", {"page": 1, "left": 50, "top": 500, "right": 400, "bottom": 540})


def test_a_name_survives_a_table_that_is_put_in_before_it() -> None:
    before = only(reviewed(document(table(total=700))), "SUM")
    after = only(reviewed(document(table("t01", title="Volymer"), table("t02", total=700))), "SUM")
    assert (before["table"], after["table"]) == ("t01", "t02")
    assert (before["id"], before["place"]) == (after["id"], after["place"])


def test_a_name_changes_with_the_figures_and_the_place_does_not() -> None:
    before, after = (only(reviewed(document(table(total=total))), "SUM") for total in (700, 710))
    assert before["id"] != after["id"]
    assert before["place"] == after["place"]


def test_a_name_in_the_text_follows_the_words_around_it() -> None:
    longer = replace(
        PASSAGE, text=f"{PASSAGE.text} Sedan följer en mening till, som inte hör till saken alls, men är lång."
    )
    other = replace(PASSAGE, text="Skolan fick 21,9 mnkr mer än året innan.")
    names = [
        only(reviewed(document(passages=[one]), extra=[text_finding(one, "21,9 mnkr", "21.9", "19.2")]), "TXT")["place"]
        for one in (PASSAGE, replace(PASSAGE, key="p9"), longer, other)
    ]
    assert names[0] == names[1]
    assert len({names[0], names[3]}) == 2


def test_two_alike_are_told_apart() -> None:
    alike = [table(key, total=700, names=("A", "B", "C")) for key in ("t01", "t02")]
    found = [one for one in reviewed(document(*alike))["findings"] if one["code"] == "SUM"]
    assert len({one["id"] for one in found}) == len({one["place"] for one in found}) == len(found) == 2


def test_what_follows_stands_after_its_cause_and_names_it() -> None:
    record = reviewed(document(table("t01", (100, 250, 300), 650), table("t02", (100, 250, 390), 650)))
    heads = {one["id"]: at for at, one in enumerate(record["findings"]) if one["cause"] is None}
    below = [(at, one) for at, one in enumerate(record["findings"]) if one["cause"] is not None]
    assert below
    assert all(heads[str(one["cause"])] < at for at, one in below)


@pytest.mark.parametrize(
    ("where", "told"), [("", "Enheten är tkr."), ("column:c1", "Kolumnen ”Utfall 2019”: Enheten är tkr.")]
)
def test_what_was_inferred_is_told_in_the_documents_words(where: str, told: str) -> None:
    made = document(table())
    read = replace(made.tables[0], inferred=(Inferred(where, "Enheten är tkr."),))
    assert reviewed(replace(made, tables=(read,)))["tables"][0]["inferred"] == [told]


@given(tables())
def test_a_table_comes_back_from_its_record_with_every_figure(one: Table) -> None:
    record = json.loads("".join(json_of([record_of(document(one), Checked(()), 0.1)])))
    check_shape(record)
    (back,) = tables_of(record)
    assert (back.title, back.unit.symbol, back.sign) == (one.title, one.unit.symbol, one.sign)
    assert [replace(column, unit=None) for column in back.columns] == [replace(c, unit=None) for c in one.columns]
    assert back.rows == tuple(replace(row, link="") for row in one.rows)
    assert figures(back) == figures(one)


def figures(one: Table) -> dict[tuple[str, str], Quantity]:
    return {place: cell.value for place, cell in one.cells.items() if isinstance(cell.value, Quantity)}


def test_numbers_never_have_an_exponent() -> None:
    assert [plain(Decimal(text)) for text in ("1E+5", "-0.00", "1E-7")] == ["100000", "0.00", "0.0000001"]
