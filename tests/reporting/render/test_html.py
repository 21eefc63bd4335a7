"""The report as HTML: every name once, every figure there, nothing from data becomes markup."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

import pytest

from tests.reporting.sample import SPECIAL, large_report, sample_report
from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import shown
from uppsikt.reporting.model import NumberRef, Paragraph, Report
from uppsikt.reporting.render.html import contents, render


class Page(HTMLParser):
    """Collects what a reader and a test need to know of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.targets: set[str] = set()
        self.tags: Counter[str] = Counter()
        self.headings: list[int] = []
        self.styles: list[str] = []
        self.words: list[str] = []
        self.heads: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags[tag] += 1
        if "id" in told:
            self.ids[str(told["id"])] += 1
        if tag == "a":
            self.targets.add(str(told["href"]).removeprefix("#"))
        if tag == "th":
            self.heads.append(told)
        if "style" in told:
            self.styles.append(str(told["style"]))
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(params=[sample_report, large_report])
def report(request: pytest.FixtureRequest) -> Report:
    made: Report = request.param()
    return made


def test_every_name_stands_once_and_every_link_leads_to_one(report: Report) -> None:
    page = Page(render(report))
    assert max(page.ids.values()) == 1
    assert page.targets <= set(page.ids)


def test_headings_begin_where_told_and_skip_no_level(report: Report) -> None:
    page = Page(render(report, first_level=3))
    assert page.headings[0] == 3
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert [heading.anchor for heading in contents(report)] == [
        anchor for anchor in page.ids if anchor in {heading.anchor for heading in contents(report)}
    ]


def test_every_head_of_a_table_says_what_it_heads(report: Report) -> None:
    page = Page(render(report))
    assert page.tags["table"] == len(report.tables()) == page.tags["caption"]
    assert all(head.get("scope") in {"row", "col", "colgroup"} for head in page.heads)


def test_every_figure_of_every_table_stands_there(report: Report) -> None:
    text = "".join(Page(render(report)).words)
    for block in report.tables():
        figures = ((column, cell) for _, column, cell in block.table.filled() if isinstance(cell.value, Quantity))
        for column, cell in figures:
            assert shown(cell, block.table, column).removeprefix("+") in text


def test_a_number_leads_to_its_row() -> None:
    report = sample_report()
    page = Page(render(report))
    anchors = {block.table.key: block.anchor for block in report.tables()}
    numbers = [
        inline
        for block in report.blocks
        if isinstance(block, Paragraph)
        for inline in block.inlines
        if isinstance(inline, NumberRef) and inline.row
    ]
    assert numbers
    assert {f"{anchors[number.table]}-{number.row}" for number in numbers if number.table in anchors} <= page.targets


def test_nothing_from_data_becomes_markup() -> None:
    text = render(sample_report())
    assert "<b>taggar</b>" not in text
    assert SPECIAL in "".join(Page(text).words)


def test_nothing_is_styled_in_place() -> None:
    """The pages forbid styles in attributes, and what is forbidden is not drawn."""
    assert not Page(render(sample_report())).styles
