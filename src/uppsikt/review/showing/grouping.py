"""What every face of a review has in common: what is shown, how it is grouped, and the Swedish words and figures."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from uppsikt.core.quantities import NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE, Quantity, format_quantity, unit_of
from uppsikt.review.making import BETWEEN, written_decimals
from uppsikt.review.record import FindingRecord, Record, TableRecord

CONFIDENCES = ("certain", "likely", "possible")  # the surest first
WORDS = {"certain": "säker", "likely": "trolig", "possible": "möjlig"}
_MANY = {"certain": "säkra", "likely": "troliga", "possible": "möjliga"}
MEANINGS = {
    "certain": "Räkningen lämnar inget utrymme för en annan tolkning.",
    "likely": "Något annat än ett fel är svårt att tänka sig.",
    "possible": "Värt att titta på.",
}
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")  # controls and directions: they could rewrite what a reader sees
_HOLDING = (NO_BREAK_SPACE, NARROW_NO_BREAK_SPACE)
_QUOTES = "”“\"»«’' "


@dataclass
class Item:
    """A finding and those that follow from it."""

    head: FindingRecord
    below: list[FindingRecord] = field(default_factory=list)


@dataclass
class Group:
    """The findings of a table, or of the text under a heading (``table`` is None)."""

    title: str
    section: str
    page: int | None
    table: TableRecord | None
    items: list[Item] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """Its title, or the words for that it has none."""
        return self.title or ("Tabell utan rubrik" if self.table else "Text utan rubrik")


def selected(record: Record, *, least: str = "possible", dismissed: bool = False) -> Record:
    """Give the record with the findings that are at least so sure; the dismissed ones only when asked for."""
    sure = CONFIDENCES[: CONFIDENCES.index(least) + 1]
    kept = [one for one in record["findings"] if one["confidence"] in sure and (dismissed or one["dismissed"] is None)]
    names = {one["id"] for one in kept}
    orphans: list[FindingRecord] = [one if one["cause"] in names else {**one, "cause": None} for one in kept]
    return {**record, "findings": orphans}


def groups(record: Record) -> list[Group]:
    """Group the findings by the table or text that they stand in, in reading order."""
    tables = {table["id"]: table for table in record["tables"]}
    made: dict[str, Group] = {}
    items: dict[str, Item] = {}
    for finding in record["findings"]:
        cause = items.get(finding["cause"] or "")
        if cause is not None:
            cause.below.append(finding)
            continue
        items[finding["id"]] = item = Item(finding)
        table = tables.get(finding["table"] or "")
        key = table["id"] if table else f"text: {finding['title']}"
        if key not in made:
            section = _above(table["section"], table["title"]) if table else ""
            page = table["page"] if table else finding["page"]
            made[key] = Group(finding["title"], section, page, table)
        made[key].items.append(item)
    return list(made.values())


def _above(section: str, title: str) -> str:
    """Give the headings over a table without a last one that only says its title again."""
    above, _, last = section.rpartition(BETWEEN)
    return above if title and last.startswith(title) else section


def standing(record: Record) -> list[FindingRecord]:
    """Give what is wrong: not what is dismissed, and not what rounding can explain."""
    return [one for one in record["findings"] if one["dismissed"] is None and not one["explained_by_rounding"]]


def count_text(findings: Iterable[FindingRecord]) -> str:
    """Say how many there are of each kind; what follows from another finding is not counted.

    >>> count_text([])
    ''
    """
    counted = Counter(one["confidence"] for one in findings if one["cause"] is None)
    return ", ".join(f"{n} {(WORDS if n == 1 else _MANY)[kind]}" for kind in CONFIDENCES if (n := counted[kind]))


def degree_text(finding: FindingRecord) -> str:
    """Say how sure a finding is, or that it need not be anything but rounding."""
    return "avrundat" if finding["explained_by_rounding"] else WORDS[finding["confidence"]]


def facts_text(record: Record) -> str:
    """Say what was read: pages, tables, figures, numbers in the text that were bound, and how long it took."""
    document = record["document"]
    cells = sum(cell["number"] is not None for t in record["tables"] for row in t["rows"] for cell in row["cells"])
    return " · ".join(
        (
            counted(document["pages"], "sida", "sidor"),
            counted(len(record["tables"]), "tabell", "tabeller"),
            counted(cells, "tal", "tal"),
            counted(len(record["bindings"]), "tal i texten knutet till en tabell", "tal i texten knutna till tabeller"),
            f"{figure(str(round(document['seconds'], 1)))} s",
        )
    )


def counted(number: int, one: str, many: str) -> str:
    """Write a count with its word.

    >>> counted(1, "sida", "sidor"), counted(60, "sida", "sidor")
    ('1 sida', '60 sidor')
    """
    return f"{figure(str(number))} {one if number == 1 else many}"


def figure(number: str | None, *, unit: str | None = None, plus: bool = False) -> str:
    """Write a number of a record as Swedish readers expect it, with its ``unit`` if one is given; nothing for None.

    >>> figure("-15000.50"), figure("2200", unit="tkr", plus=True), figure(None)
    ('−15\\xa0000,50', '+2\\xa0200\\xa0tkr', '')
    """
    if number is None:
        return ""
    quantity = Quantity(Decimal(number), unit_of(unit or ""), written_decimals(number))
    return format_quantity(quantity, with_unit=unit is not None, plus=plus)


def place_text(finding: FindingRecord) -> str:
    """Say where in its table or text a finding is; a part of a row is told with the row."""
    if finding["passage"] is not None or finding["row"] is None:
        return f"”{finding['quote'].strip(_QUOTES)}”" if finding["quote"] else finding["rule"]
    row = f"{finding['row']} ({finding['parent']})" if finding["parent"] else finding["row"]
    return f"{row} / {finding['column']}" if finding["column"] else row


def reason_text(finding: FindingRecord) -> str:
    """Give the message without the place that it begins with, for where the place is already told."""
    last = f"kolumnen ”{finding['column']}”: " if finding["column"] else f"Raden ”{finding['row']}”: "
    _, found, rest = finding["message"].partition(last)
    if not found or not finding["message"].startswith("Raden ”"):
        return finding["message"]
    return rest[:1].upper() + rest[1:]


def page_text(page: int | None, record: Record) -> str:
    """Say the page; a document without pages of its own has none."""
    return f"sida {page}" if page is not None and record["document"]["kind"] == "pdf" else ""


def printable(text: str) -> str:
    """Give a stranger's text on one line without anything that a terminal or a browser would obey.

    The spaces that hold a figure together stay as they are.

    >>> printable("Kansliet\\x1b[31m\\n 5"), printable("a\\u202eb\\u00adc")
    ('Kansliet[31m 5', 'abc')
    """
    shown = "".join(
        " " if c.isspace() and c not in _HOLDING else c
        for c in text
        if c.isspace() or unicodedata.category(c) not in _UNSEEN
    )
    return " ".join(part for part in shown.split(" ") if part)
