"""A core Table as HTML: one function for every table of every page.

Built as text in Python rather than in a template, because a statement of four hundred rows is
otherwise the slowest thing on its page. Everything that comes from data is escaped.

A row is an anchor named ``<table key>.<row key>``, so that a finding can point at it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from uppsikt.core.quantities import Missing, MissingReason, Quantity, format_value, missing_text
from uppsikt.core.states import GoalState, WorkState
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, RowRole, Sign, Table, shown
from uppsikt.web.pages.marks import goal_mark, work_mark

WORDED = frozenset({ColumnRole.TEXT, ColumnRole.STATE})
_ROW_CLASS = {
    RowRole.SUM: "sum",
    RowRole.OF_WHICH: "of",
    RowRole.BREAKDOWN: "breakdown",
    RowRole.HEADING: "heading",
    RowRole.NOTE: "note-row",
}
_GOAL_WORDS = {state.wording(forecast=forecast): state for state in GoalState for forecast in (True, False)}
_GOAL_WORDS |= {state.value: state for state in GoalState}
_WORK_WORDS = {word: state for state in WorkState for word in (state.value, state.wording())}


def row_anchor(table: Table, row: Row) -> str:
    """Give the name of a row as the end of an address."""
    return f"{table.key}.{row.key}"


def table_html(table: Table, caption: str | None = None) -> SafeString:
    """Give the whole table with caption, header rows, body, footnotes and a wrapper that scrolls."""
    notes: list[str] = []
    body = "".join(_row(table, row, notes) for row in table.rows)
    title = table.title if caption is None else caption
    text = (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(title)}"><table id="{escape(table.key)}">'
        f"{_caption(table, title)}<thead>{_head(table)}</thead><tbody>{body}</tbody></table></div>"
        f"{_notes(table, notes)}"
    )
    return mark_safe(text)  # noqa: S308  # every part above is escaped where it is made


def _caption(table: Table, title: str) -> str:
    told = _convention(table)
    unit = format_html(' <span class="soft">{}</span>', told) if told else ""
    return f"<caption>{escape(title)}{unit}</caption>"


def _convention(table: Table) -> str:
    """Say unit and sign convention: "netto, mnkr"."""
    sign = {Sign.NET_COST: _("nettokostnad"), Sign.RESULT: _("resultat, minus är underskott"), Sign.PLAIN: ""}
    unit = "" if table.unit.symbol in table.title.split() else table.unit.symbol
    return ", ".join(part for part in (sign[table.sign], unit) if part)


def _head(table: Table) -> str:
    first = escape(_("Benämning"))
    if not any(column.group for column in table.columns):
        heads = "".join(_column_head(table, column) for column in table.columns)
        return f'<tr><th scope="col"><span class="hidden">{first}</span></th>{heads}</tr>'
    upper, lower = [], []
    for group, columns in groupby(table.columns, key=lambda column: column.group):
        together = tuple(columns)
        if group:
            upper.append(f'<th scope="colgroup" colspan="{len(together)}">{escape(group)}</th>')
            lower += [_column_head(table, column) for column in together]
        else:
            upper += [_column_head(table, column, ' rowspan="2"') for column in together]
    corner = f'<th scope="col" rowspan="2"><span class="hidden">{first}</span></th>'
    return f"<tr>{corner}{''.join(upper)}</tr><tr>{''.join(lower)}</tr>"


def _column_head(table: Table, column: Column, span: str = "") -> str:
    unit = f", {column.unit.symbol}" if column.unit and column.unit.symbol and column.unit != table.unit else ""
    look = "" if column.role in WORDED else ' class="num"'
    return f'<th scope="col"{look}{span}>{escape(column.label + unit)}</th>'


def _row(table: Table, row: Row, notes: list[str]) -> str:
    look = " ".join(_row_classes(table, row))
    opened = f'<tr id="{escape(row_anchor(table, row))}"' + (f' class="{look}">' if look else ">")
    label = escape(row.label)
    if row.link:
        label = format_html('<a href="{}">{}</a>', row.link, row.label)
    cells = "".join(_cell(table, column, table.cells.get((row.key, column.key)), notes) for column in table.columns)
    return f'{opened}<th scope="row">{label}</th>{cells}</tr>'


def _row_classes(table: Table, row: Row) -> Iterator[str]:
    if row.role in _ROW_CLASS:
        yield _ROW_CLASS[row.role]
    elif row.parent is not None:
        yield "deep" if table.row(row.parent).parent is None else "deeper"


def _cell(table: Table, column: Column, cell: Cell | None, notes: list[str]) -> str:
    worded = column.role in WORDED
    look = [] if worded else ["num"]
    if cell is None:
        return f'<td class="{look[0]}"></td>' if look else "<td></td>"
    if column.role is ColumnRole.DEVIATION and isinstance(cell.value, Quantity) and cell.value.number:
        look.append("good" if cell.value.number > 0 else "bad")
    inner = _worded(cell) if worded else _figure(table, column, cell)
    if cell.note:
        inner += _note_mark(table, cell.note, notes)
    attribute = f' class="{" ".join(look)}"' if look else ""
    return f"<td{attribute}>{inner}</td>"


def _figure(table: Table, column: Column, cell: Cell) -> str:
    text = shown(cell, table, column)
    if isinstance(cell.value, Missing):
        return missing_html(cell.value)
    plus = column.role is ColumnRole.DEVIATION and cell.value.number > 0 and any(digit in text for digit in "123456789")
    return escape(f"+{text}" if plus else text)


def missing_html(value: Missing) -> str:
    """Give the soft text for a missing value; why it is missing is told to whoever asks, by pointer or by ear."""
    if value.reason is MissingReason.TEXT:
        return escape(value.text)
    why = _(missing_text(value.reason))
    if value.reason is MissingReason.BLANK and not value.text:
        return ""
    text = value.text or why
    heard = "" if text == why else format_html('<span class="hidden"> ({})</span>', why)
    return format_html('<span class="soft" title="{}">{}</span>{}', why, text, heard)


def _worded(cell: Cell) -> str:
    if isinstance(cell.value, Quantity):
        return escape(cell.raw or shown_alone(cell))
    text = cell.value.text or cell.raw
    if (goal := _GOAL_WORDS.get(text)) is not None:
        return goal_mark(goal, text=text if text != goal.value else "")
    if (work := _WORK_WORDS.get(text)) is not None:
        return work_mark(work)
    return conditional_escape(text).replace("\n", "<br>")


def shown_alone(cell: Cell) -> str:
    """Give a figure that stands in a column of words."""
    return format_value(cell.value, with_unit=True)


def _note_mark(table: Table, note: str, notes: list[str]) -> str:
    if note not in notes:
        notes.append(note)
    number = notes.index(note) + 1
    return (
        f'<sup><a href="#{escape(table.key)}-not-{number}" aria-label="{escape(_("Anmärkning"))} {number}">'
        f"{number}</a></sup>"
    )


def _notes(table: Table, notes: list[str]) -> str:
    if not notes:
        return ""
    rows = ((f"{table.key}-not-{number}", note) for number, note in enumerate(notes, start=1))
    return format_html('<ol class="notes">{}</ol>', format_html_join("", '<li id="{}">{}</li>', rows))
