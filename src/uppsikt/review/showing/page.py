"""A review as one page of HTML that stands alone: no scripts, nothing fetched from anywhere, fit to print.

Every text from a document is made printable and escaped where it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from uppsikt.review.dismissals import comes_back
from uppsikt.review.record import CellRecord, ColumnRecord, FindingRecord, Record, RowRecord, TableRecord
from uppsikt.review.showing.grouping import (
    CONFIDENCES,
    MEANINGS,
    WORDS,
    Group,
    Item,
    count_text,
    counted,
    facts_text,
    figure,
    groups,
    page_text,
    place_text,
    printable,
    reason_text,
    standing,
)
from uppsikt.review.showing.page_look import STYLE, SYMBOLS

_WHOLE = 40  # rows: a longer table is shown only around what is marked in it
_NEAR = 3  # rows over and under a marked one
_FIGURES = (("stated", "Står"), ("expected", "Ska vara"), ("difference", "Skillnad"))
_WORDED = ("text", "state", "target")
_NUMERIC = ' class="num"'
_Marked = dict[tuple[str, str], tuple[FindingRecord, str]]  # by row and column: the finding, and its cause's name


def page_of(records: Sequence[Record]) -> Iterator[str]:
    """Give the pieces of the page; several documents stand one after the other."""
    alone = len(records) == 1
    title = (
        f"Granskning av {_text(records[0]['document']['name'])}" if alone else f"Granskning av {len(records)} dokument"
    )
    yield (
        '<!doctype html>\n<html lang="sv"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body>{SYMBOLS}\n"
        '<header class="site"><div class="wrap"><span class="brand">Uppsikt</span>'
        '<span class="soft">Granskning</span></div></header>\n'
        f'<main class="wrap"><div class="top"><h1>{title}</h1>'
    )
    wrong = [finding for record in records for finding in standing(record)]
    if alone:
        yield _told(records[0])
    yield f"{_filter(wrong)}</div>\n"
    for number, record in enumerate(records):
        if not alone:
            yield f'<div class="top"><h2>{_text(record["document"]["name"])}</h2>{_told(record)}</div>\n'
        for at, group in enumerate(groups(record)):
            yield _group(group, record, f"d{number}-{at}", 2 if alone else 3)
    yield "</main></body></html>\n"


def _text(text: str) -> str:
    return escape(printable(text))


def _told(record: Record) -> str:
    """Give what was read, what was found, and what the reader must say."""
    wrong = standing(record)
    number = sum(one["cause"] is None for one in wrong)
    result = f"{counted(number, 'sak', 'saker')} stämmer inte: {count_text(wrong)}" if wrong else (
        "Ingenting hittades som inte stämmer" if record["tables"] else "Inga tabeller hittades i dokumentet"
    )  # fmt: skip
    remarks = "".join(f'<p class="small">Obs: {_text(one)}</p>' for one in record["document"]["remarks"])
    return f'<p>{result}.</p><p class="soft small">{facts_text(record)}</p>{remarks}'


def _filter(wrong: Sequence[FindingRecord]) -> str:
    """Give a check box for each degree of certainty that occurs, when there is more than one."""
    found = [kind for kind in CONFIDENCES if any(one["confidence"] == kind and one["cause"] is None for one in wrong)]
    if len(found) < 2:
        return ""
    boxes = "".join(
        f'<label title="{MEANINGS[kind]}"><input type="checkbox" id="visa-{kind}" checked>{_state(kind)}</label>'
        for kind in found
    )
    return f'<fieldset class="filter"><legend>Visa det som är</legend>{boxes}</fieldset>'


def _state(kind: str) -> str:
    return f'<span class="state {kind}"><svg aria-hidden="true"><use href="#s-{kind}"/></svg>{WORDS[kind]}</span>'


def _group(group: Group, record: Record, anchor: str, level: int) -> str:
    unit = group.table["unit"] or "" if group.table else ""
    told = [group.section, page_text(group.page, record), unit, "" if group.table else "löpande text"]
    items = "".join(_item(item, group, record, level + 1) for item in group.items)
    table = _table(group.table, group, f"{anchor}-tabell") if group.table else ""
    return (
        f'<section class="card"><h{level} id="{anchor}">{_text(group.heading)}</h{level}>'
        f'<p class="soft small">{" · ".join(_text(part) for part in told if part)}</p>{items}{table}</section>\n'
    )


def _item(item: Item, group: Group, record: Record, level: int) -> str:
    head = item.head
    kind = "rounded" if head["explained_by_rounding"] else head["confidence"]
    state = '<span class="state soft">≈ avrundat</span>' if kind == "rounded" else _state(kind)
    numbers = "".join(
        f"<div><dt>{name}</dt><dd>{figure(number, plus=key == 'difference')}</dd></div>"
        for key, name in _FIGURES
        if (number := head[key]) is not None  # type: ignore[literal-required]  # the three that hold figures
    )
    notes = [("proposal", head["proposal"] or ""), ("small", comes_back(head))]
    notes.append(("small soft", f"Avfärdad: {head['dismissed']}" if head["dismissed"] else ""))
    return (
        f'<article class="finding {kind}" id="f-{_text(head["id"])}">{state}'
        f"<h{level}>{_text(place_text(head))}</h{level}>{f'<dl>{numbers}</dl>' if numbers else ''}"
        f'{_quote(head)}<p>{_text(reason_text(head))} <span class="soft small">{_text(head["code"])}</span></p>'
        + "".join(f'<p class="{look}">{_text(text)}</p>' for look, text in notes if text)
        + f"{_below(item, group, record)}</article>"
    )


def _quote(finding: FindingRecord) -> str:
    """Give the passage with the words that it is about marked."""
    text, quote = finding["text"] or "", finding["quote"] or ""
    before, found, after = text.partition(quote) if quote else ("", "", "")
    if not found:
        return ""
    mark = f'<mark class="{finding["confidence"]}">{_text(found)}</mark>'
    glue = " " if before[-1:].isspace() else "", " " if after[:1].isspace() else ""
    return f"<blockquote>{_text(before)}{glue[0]}{mark}{glue[1]}{_text(after)}</blockquote>"


def _below(item: Item, group: Group, record: Record) -> str:
    if not item.below:
        return ""
    own = group.table["id"] if group.table else None
    told = "".join(
        f"<li>{_text(place_text(one))}{'' if one['table'] == own else ' i ' + _text(_where(one, record))}: "
        f"{_text(_numbers(one))}</li>"
        for one in item.below
    )
    return f'<p class="small soft">Därav följer:</p><ul class="below small">{told}</ul>'


def _where(finding: FindingRecord, record: Record) -> str:
    page = page_text(finding["page"], record)
    return f"”{finding['title']}”" + (f", {page}" if page else "")


def _numbers(finding: FindingRecord) -> str:
    if finding["stated"] is None or finding["expected"] is None:
        return finding["message"]
    return f"står {figure(finding['stated'])}, ska vara {figure(finding['expected'])}"


def _table(table: TableRecord, group: Group, anchor: str) -> str:
    """Show the table with the cells of the findings marked, each a link to what is said of it."""
    marked: _Marked = {}
    for item in group.items:
        for one in (item.head, *item.below):
            if one["table"] == table["id"] and one["row_key"]:
                place = (one["row_key"], one["column_key"] or "")
                marked.setdefault(place, (one, item.head["id"]))
    heads = "".join(_head(column, number) for number, column in enumerate(table["columns"], start=1))
    label = _text(table["title"]) or "Tabell utan rubrik"
    return (
        f'<div class="scroll" role="group" tabindex="0" aria-label="{label}"><table id="{anchor}">'
        f"<caption>Tabellen som den är läst</caption>"
        f'<thead><tr><th scope="col">Rad</th>{heads}</tr></thead><tbody>{"".join(_rows(table, marked))}</tbody>'
        "</table></div>"
    )


def _head(column: ColumnRecord, number: int) -> str:
    look = "" if column["role"] in _WORDED else _NUMERIC
    return f'<th scope="col"{look}>{_text(column["label"]) or f"Kolumn {number}"}</th>'


def _rows(table: TableRecord, marked: _Marked) -> Iterator[str]:
    rows, told = table["rows"], {row for row, _ in marked}
    near = {at + step for at, row in enumerate(rows) if row["key"] in told for step in range(-_NEAR, _NEAR + 1)}
    left_out = 0
    for at, row in enumerate(rows):
        if len(rows) > _WHOLE and at not in near:
            left_out += 1
            continue
        yield _gap(left_out, len(table["columns"]))
        left_out = 0
        yield _row(row, table, marked)
    yield _gap(left_out, len(table["columns"]))


def _gap(rows: int, columns: int) -> str:
    if not rows:
        return ""
    return f'<tr class="gap"><td colspan="{columns + 1}">{counted(rows, "rad", "rader")} visas inte</td></tr>'


def _row(row: RowRecord, table: TableRecord, marked: _Marked) -> str:
    label = _marked(_text(row["label"]), marked.get((row["key"], ""))) or "–"
    cells = "".join(
        f"<td{'' if cell['number'] is None else _NUMERIC}>"
        f"{_marked(_shown(cell, row), marked.get((row['key'], column['key'])))}</td>"
        for cell, column in zip(row["cells"], table["columns"], strict=True)
    )
    return f'<tr class="{escape(row["role"])}"><th scope="row">{label}</th>{cells}</tr>'


def _shown(cell: CellRecord, row: RowRecord) -> str:
    if row["role"] == "heading" and cell["raw"] == row["label"]:
        return ""  # one cell over the whole row
    return _text(cell["raw"]) or figure(cell["number"])


def _marked(text: str, told: tuple[FindingRecord, str] | None) -> str:
    if told is None:
        return text
    finding, head = told
    return f'<mark class="{finding["confidence"]}"><a href="#f-{_text(head)}">{text or "tom"}</a></mark>'
