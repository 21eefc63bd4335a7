"""Markup in what people write: shown as it was written, on every page, in every report and in every file.

The same text tries HTML, a template, our own braces, Typst, Word's fields, Excel's and CSV's formulas and Vega.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from lxml import etree

from tests.web.hostile.conftest import Town, doors
from tests.web.hostile.test_forms import told_by
from tests.web.ledger.conftest import entry
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.services import load_entries

EVIL = (
    '=1+1<script>alert(7)</script>"\'{{7*7}}{% now %}{belopp|²}{x[y,z]|mnkr}#read("/etc/passwd")#import "a":$x$ @ref '
    '<w:fldSimple w:instr="DATE"/>&amp;]]>'
)
SHOWN = (
    "comment", "text", "name", "reasons", "description", "analysis", "label", "purpose", "note", "why", "row_label",
    "column_label", "author_name", "title", "part", "source", "explanation", "responsible", "due", "financing",
    "file_name", "origin", "who_name",
)  # fmt: skip


@pytest.fixture
def evil(town: Town) -> Town:
    """Every text that a reader meets is evil, as far as its column holds it."""
    changed = 0
    with recording(town.tiny.actor("kim"), EVIL[:400]) as pen:
        for model in apps.get_models():
            if not model.__module__.startswith("uppsikt.") or model._meta.app_label in ("history", "reports"):
                continue
            for one in model._default_manager.all():
                told = {field.name: _evil(field, one) for field in model._meta.concrete_fields if _is_shown(field)}
                if told:
                    model._default_manager.filter(pk=one.pk).update(**told)
                    one.refresh_from_db()
                    pen.update(one)
                    changed += 1
    assert changed > 100
    load_entries(
        town.tiny.actor("kim"), "Elak", [entry(202405, "110", 3, text=EVIL[:200], counterpart="=2+2")], EVIL[:400]
    )
    return town


def _is_shown(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.CharField | models.TextField) and field.name in SHOWN and not field.choices


def _evil(field: models.Field[Any, Any], one: models.Model) -> str:
    """Give the text as long as its column; its key last, so that what must be unique is."""
    most = field.max_length or 2_000
    key = str(one.pk)
    return EVIL[: most - len(key)] + key


def pages(town: Town, who: str) -> Iterator[tuple[str, str, Any]]:
    """Give every page and file of the program."""
    client = town.client(who)
    for name in doors():
        url = town.url(name)
        yield name, url, client.get(url)
    for model, pk in (("followup.cellcomment", town.keys["cell_comment"]["pk"]), ("steering.goal", 1)):
        url = town.url("history", model=model, pk=pk)
        yield "history", url, client.get(url)
    yield "search", "", client.get(town.url("search") + "?q=script")
    yield "followup", "", client.get(town.url("followup") + "?snitt=verksamhet")
    yield "entries", "", client.get(town.url("ledger_entries") + "?enhet=klf&fran=202401&till=202412")


@pytest.mark.parametrize("who", ["", "kim"])
def test_no_page_obeys_it(evil: Town, who: str) -> None:
    faults = []
    for name, url, answer in pages(evil, who):
        kind = answer.headers.get("Content-Type", "")
        faults += [(name, url, answer.status_code)] if answer.status_code >= 500 else []
        if kind.startswith(("text/html", "image/svg")):
            told = told_by(answer)
            faults += [(name, url, "runs")] if "<script>alert(7)" in told or "<w:fldSimple" in told else []
            faults += [(name, url, "counts")] if re.search(r"(?:'|&#x27;|&#39;)49", told) else []  # {{7*7}} made
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.parametrize("date_slug", ["bokslut-2024", "delar-augusti-2024"])
def test_reports_hold_it_as_text(evil: Town, date_slug: str) -> None:
    definition = "verksamhetsberattelse" if date_slug == "bokslut-2024" else "delarsrapport"
    made = {
        kind: evil.client("kim").get(evil.url("report_file", definition=definition, kind=kind, date_slug=date_slug))
        for kind in ("pdf", "docx", "xlsx")
    }
    assert {kind: answer.status_code for kind, answer in made.items()} == {"pdf": 200, "docx": 200, "xlsx": 200}
    assert made["pdf"].content.startswith(b"%PDF")
    assert b"root:" not in made["pdf"].content
    word = zipfile.ZipFile(io.BytesIO(made["docx"].content))
    document = etree.fromstring(word.read("word/document.xml"))
    told = "".join(document.itertext())
    assert "<script>alert(7)</script>" in told
    assert not [one for one in document.iter() if etree.QName(one).localname == "fldSimple"]
    codes = [one.text or "" for one in document.iter() if etree.QName(one).localname == "instrText"]
    assert not [code for code in codes if "alert" in code or "passwd" in code]
    _no_formulas(made["xlsx"].content)


def _no_formulas(content: bytes) -> None:
    book = zipfile.ZipFile(io.BytesIO(content))
    for name in book.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            sheet = etree.fromstring(book.read(name))
            assert not [one for one in sheet.iter() if etree.QName(one).localname == "f"], name
        assert "externalLink" not in name
        if name.endswith(".rels"):
            assert b'TargetMode="External"' not in book.read(name), name


def test_files_hold_it_as_text(evil: Town) -> None:
    asked = {"ledger_entries_file": "?enhet=klf&fran=202401&till=202412"}
    client = evil.client("kim")
    for name in ("ledger_entries_file", "staff_people_file", "ledger_faults", "budget_export", "review_file"):
        for ending in ("csv", "xlsx"):
            told = {"ending": ending, "form": ending, "kind": ending}
            answer = client.get(evil.url(name, **told) + asked.get(name, ""))
            if answer.status_code == 404:  # this one is not made in that form
                continue
            assert answer.status_code == 200, name
            if answer.content.startswith(b"PK"):
                _no_formulas(answer.content)
            else:
                rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
                numbers = re.compile(r"[-−]?[\d\s]+(,\d+)?( ?%)?")
                dangerous = [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r") and cell]
                assert not [cell for cell in dangerous if not numbers.fullmatch(cell)], name
