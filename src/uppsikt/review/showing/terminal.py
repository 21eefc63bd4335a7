"""A review in a terminal: findings by table, with what stands, what it should be and the difference in columns."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from uppsikt.review.dismissals import comes_back
from uppsikt.review.record import FindingRecord, Record, TableRecord
from uppsikt.review.showing.grouping import (
    Group,
    Item,
    count_text,
    counted,
    degree_text,
    facts_text,
    figure,
    groups,
    page_text,
    place_text,
    printable,
    reason_text,
    standing,
)

_MARKS = {"certain": "■", "likely": "◆", "possible": "◇"}
_COLOURS = {"certain": "1;31", "likely": "33", "possible": "36"}
_BOLD, _SOFT, _GOOD = "1", "2", "32"
_MARGIN = 11  # where places and messages begin: a mark, a word, a space
_NARROWEST, _WIDEST = 40, 110
_LEAST_ROOM = 18  # letters of a place beside its figures; with less they stand under it
_MOST_BELOW = 8  # of what follows from a finding; the rest is counted
_HEADS = ("står", "ska vara", "skillnad")
COLUMN_WORDS = {
    "outcome": "utfall", "budget": "budget", "phased_budget": "periodiserad budget", "deviation": "avvikelse",
    "forecast": "prognos", "last_year": "förra årets utfall", "plan": "plan", "change": "förändring",
    "target": "målvärde", "expenditure": "utgifter", "receipts": "inkomster", "amount": "belopp", "count": "antal",
    "state": "läge", "text": "text",
}  # fmt: skip
ROW_WORDS = {
    "item": ("post", "poster"), "sum": ("summa", "summor"), "of_which": ("varav-rad", "varav-rader"),
    "breakdown": ("uppdelning", "uppdelningar"), "heading": ("rubrikrad", "rubrikrader"), "note": ("not", "noter"),
}  # fmt: skip
SIGN_WORDS = {
    "net_cost": "nettokostnad, avvikelse positiv när den är bra",
    "result": "resultat, avvikelse positiv när den är bra",
    "plain": "ingen teckenregel",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How it is shown: the width in letters, whether in colour, and what besides the findings.

    ``reading`` shows what was inferred, ``bindings`` what numbers in the text were bound to, and
    ``names`` the name of each finding, by which it can be dismissed.
    """

    width: int = 100
    colour: bool = False
    reading: bool = False
    bindings: bool = False
    names: bool = False


def lines_of(record: Record, look: Look) -> Iterator[str]:
    """Give the lines that show a record."""
    pen = _Pen(look)
    yield from pen.wrapped(record["document"]["name"], "", _BOLD)
    yield pen.paint("─" * pen.width, _SOFT)
    if look.reading:
        for table in record["tables"]:
            yield from _reading(table, record, pen)
    if look.bindings:
        yield from _bindings(record, pen)
    for group in groups(record):
        yield from _group(group, record, pen)
    for remark in record["document"]["remarks"]:
        yield from pen.wrapped(f"Obs: {remark}", "")
    yield from _summary(record, pen)


class _Pen:
    """Paints and wraps to the width; everything that comes from a document is made printable here."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.width = min(max(look.width, _NARROWEST), _WIDEST)

    def paint(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.look.colour and style and text else text

    def wrapped(self, text: str, indent: str, style: str = "", hang: int = 0) -> Iterator[str]:
        """Wrap a text; lines after the first are set in by ``hang`` more."""
        lines = textwrap.wrap(
            printable(text), self.width, initial_indent=indent, subsequent_indent=indent + " " * hang,
            break_on_hyphens=False,
        )  # fmt: skip
        yield from (self.paint(line, style) for line in lines)

    def row(self, start: str, margin: int, place: str, figures: str) -> Iterator[str]:
        """Give a place, wrapped in the room that the figures leave; they stand at the end of its first line.

        ``start`` stands in the margin, which is so many letters wide. The first margin is that of findings.
        """
        room, after = self.width - margin - len(figures), ""
        if room < _LEAST_ROOM:
            room, figures, after = self.width - margin, "", figures
        style = _BOLD if margin == _MARGIN else ""
        first, *others = textwrap.wrap(printable(place), room, break_on_hyphens=False) or [""]
        yield (start + self.paint(first, style) + " " * (room - len(first)) + figures).rstrip()
        yield from (" " * margin + self.paint(line, style) for line in others)
        if after:
            yield after.rjust(self.width)

    def sides(self, left: str, right: str, style: str) -> Iterator[str]:
        """Give a line with something at both ends; the left gives way."""
        left, right = printable(left), printable(right)
        room = self.width - len(right) - 2
        left = left if len(left) <= room else left[: room - 1] + "…"
        gap = " " * (self.width - len(left) - len(right))
        yield (self.paint(left, style) + gap + self.paint(right, _SOFT)).rstrip()


def _summary(record: Record, pen: _Pen) -> Iterator[str]:
    yield from pen.wrapped(facts_text(record), "", _SOFT)
    wrong = standing(record)
    aside = sum(one["dismissed"] is not None for one in record["findings"] if one["cause"] is None)
    if wrong:
        number = sum(one["cause"] is None for one in wrong)
        told = counted(number, "sak som inte stämmer", "saker som inte stämmer")
        yield from pen.wrapped(f"{told}: {count_text(wrong)}.", "", _BOLD)
    elif record["tables"]:
        yield pen.paint("Ingenting hittades som inte stämmer.", _GOOD)
    else:
        yield from pen.wrapped("Inga tabeller hittades i dokumentet, så det fanns ingenting att räkna på.", "", _BOLD)
    if aside:
        told = counted(aside, "avfärdad anmärkning", "avfärdade anmärkningar")
        yield from pen.wrapped(f"{told} visas också.", "", _SOFT)


def _group(group: Group, record: Record, pen: _Pen) -> Iterator[str]:
    title = group.heading if group.table else f"Text: {group.heading}"
    yield from pen.sides(title, page_text(group.page, record), _BOLD)
    if group.table:
        told = [group.section, group.table["unit"] or "", group.table["id"]]
        yield from pen.wrapped(" · ".join(part for part in told if part), "", _SOFT)
    widths = _widths(group)
    if any(widths):
        heads = _figures(_HEADS, widths)
        yield pen.paint(heads.rjust(pen.width), _SOFT)
    for item in group.items:
        yield from _item(item, group, record, pen, widths)
    yield ""


def _widths(group: Group) -> tuple[int, ...]:
    """Give the widths of the three columns; all 0 where nothing in the group has figures."""
    shown = [_told(one) for item in group.items for one in (item.head, *item.below)]
    columns = [max(map(len, column)) for column in zip(*shown, strict=True)]
    return tuple(max(width, len(head)) if any(columns) else 0 for width, head in zip(columns, _HEADS, strict=True))


def _told(finding: FindingRecord) -> tuple[str, str, str]:
    return figure(finding["stated"]), figure(finding["expected"]), figure(finding["difference"], plus=True)


def _figures(texts: Iterable[str], widths: tuple[int, ...]) -> str:
    return "".join(f"  {text:>{width}}" for text, width in zip(texts, widths, strict=True)) if any(widths) else ""


def _item(item: Item, group: Group, record: Record, pen: _Pen, widths: tuple[int, ...]) -> Iterator[str]:
    head, indent = item.head, " " * _MARGIN
    aside = head["dismissed"] is not None or head["explained_by_rounding"]
    mark = "≈" if head["explained_by_rounding"] else _MARKS[head["confidence"]]
    style = _SOFT if aside else _COLOURS[head["confidence"]]
    mark = pen.paint(f"{mark} {degree_text(head)}".ljust(_MARGIN - 1), style)
    place = place_text(head) + (f"  [{head['id']}]" if pen.look.names else "")
    yield from pen.row(mark + " ", _MARGIN, place, _figures(_told(head), widths))
    yield from pen.wrapped(f"{head['code']} {reason_text(head)}", indent)
    if head["proposal"]:
        yield from pen.wrapped(f"→ {head['proposal']}", indent, _GOOD, hang=2)
    if comes_back(head):
        yield from pen.wrapped(f"↺ {comes_back(head)}", indent, hang=2)
    if head["dismissed"]:
        yield from pen.wrapped(f"Avfärdad: {head['dismissed']}", indent, _SOFT)
    if item.below:
        yield indent + pen.paint("Därav följer:", _SOFT)
    for below in item.below[:_MOST_BELOW]:
        place = f"{below['code']} {place_text(below)}{_elsewhere(below, group, record)}"
        yield from pen.row(f"{indent}└ ", _MARGIN + 2, place, _figures(_told(below), widths))
    if len(item.below) > _MOST_BELOW:
        yield from pen.wrapped(f"… och {len(item.below) - _MOST_BELOW} till.", indent + "  ", _SOFT)


def _elsewhere(finding: FindingRecord, group: Group, record: Record) -> str:
    if finding["table"] == (group.table["id"] if group.table else None):
        return ""
    page = page_text(finding["page"], record)
    return f" (i ”{finding['title']}”{', ' + page if page else ''})"


def _reading(table: TableRecord, record: Record, pen: _Pen) -> Iterator[str]:
    """Give what was concluded about a table."""
    yield from pen.sides(
        f"{table['id']}  {table['title'] or 'Tabell utan rubrik'}", page_text(table["page"], record), _BOLD
    )
    columns = "; ".join(
        f"{column['label'] or 'utan rubrik'} = {COLUMN_WORDS.get(column['role'], column['role'])}"
        + (f" {column['period']}" if column["period"] else "")
        for column in table["columns"]
    )
    roles = Counter(row["role"] for row in table["rows"])
    rows = ", ".join(counted(number, *ROW_WORDS.get(role, (role, role))) for role, number in roles.items())
    sign = SIGN_WORDS.get(table["sign"], table["sign"])
    for text in (
        table["section"],
        f"Kolumner: {columns}",
        f"Rader: {rows}",
        f"Enhet: {table['unit'] or 'ingen'}; {sign}",
    ):
        yield from pen.wrapped(text, "  ", _SOFT, hang=2)
    for sentence in table["inferred"]:
        yield from pen.wrapped(f"· {sentence}", "  ", hang=2)
    yield ""


def _bindings(record: Record, pen: _Pen) -> Iterator[str]:
    """Give the numbers of the text and what they were bound to."""
    yield pen.paint("Tal i texten", _BOLD)
    for one in record["bindings"]:
        words = one["text"][max(0, one["start"] - 40) : one["end"] + 25]
        page = page_text(one["page"], record)
        verdict = "stämmer med" if one["agrees"] else "stämmer inte med"
        told = f"{'✓' if one['agrees'] else '✗'} ”…{words}…” {verdict} {one['target']}{', ' + page if page else ''}"
        yield from pen.wrapped(told, "  ", "" if one["agrees"] else _COLOURS["certain"], hang=2)
    if not record["bindings"]:
        yield from pen.wrapped("Inget tal i texten gick att knyta till en tabell.", "  ")
    yield ""
