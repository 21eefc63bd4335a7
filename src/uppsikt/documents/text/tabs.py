"""Tables whose columns are parted by tabs or by vertical bars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.documents.text.furniture import is_forward
from uppsikt.documents.text.headers import kind_of
from uppsikt.documents.text.lines import Line
from uppsikt.documents.text.markup import unmarked
from uppsikt.documents.text.matrix import TextRow, goes_on, is_value

_NOTE = re.compile(
    r"^(?:<sup>|[¹²³⁴⁵⁶⁷⁸⁹]|\\?\*{1,6}(?=[\s\wåäöÅÄÖ\-–])(?!\*)|\d{1,2}\)\s|\*?not\.?\s?\d|\*?i\.u\.?\s*=)",
    re.IGNORECASE,
)
_MARKER = re.compile(r"^(?:[•\-–*o]|\d{1,2}[.)]|[a-zA-Z][.)])$")
_BAR_RULE = re.compile(r"^\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*\|?$")
_BAR = re.compile(r"(?<!\\)\|")
_FURTHEST = 40  # lines between the parts of one table


@dataclass
class Run:
    """A table's rows with the lines from ``first`` up to ``last`` (not included) and the footnotes between them."""

    rows: list[TextRow]
    first: int
    last: int
    notes: list[Line]


def is_note(text: str) -> bool:
    """Say whether a line looks like a footnote under a table."""
    return (
        len(text) < 900
        and _NOTE.match(text) is not None
        and not (text.startswith("*") and text.rstrip().endswith("*") and text.count("*") == 2 and len(text) < 12)
    )


def cells_of(line: Line) -> list[str]:
    """Part a line at its tabs or bars; one text where it has none."""
    if "\t" in line.text:
        return line.text.split("\t")
    if line.text.count("|") >= 2 or line.text.startswith("|"):
        text = line.text[1:] if line.text.startswith("|") else line.text
        text = text[:-1] if text.endswith("|") else text
        return [cell.strip(" ") if cell.strip() else "" for cell in _BAR.split(text)]
    return [line.text]


def find_runs(lines: Sequence[Line]) -> list[Run]:
    """Find the tables parted by tabs or bars, each joined over page breaks where its parts are one."""
    runs: list[Run] = []
    at = 0
    while at < len(lines):
        if len(cells_of(lines[at])) > 1:
            run = _run(lines, at)
            at = run.last
            if _is_table(run):
                runs.append(run)
        else:
            at += 1
    return _joined(lines, runs)


def _run(lines: Sequence[Line], first: int) -> Run:
    rows: list[TextRow] = []
    at, waiting = first, ""
    while at < len(lines):
        line = lines[at]
        cells = cells_of(line)
        if len(cells) == 1:
            if not _wraps(lines, at):
                break
            waiting = _wrapped(rows, line, waiting)
        elif _BAR_RULE.match(line.text):
            if rows:
                rows[-1].header = True
        else:
            cells, waiting = _with_waiting(cells, waiting, rows, line)
            rows.append(TextRow(cells, line.page, line.number))
        at += 1
    return Run(rows, first, at, [])


def _wraps(lines: Sequence[Line], at: int) -> bool:
    """A line without columns between rows, with no blank line around it: part of a label, or a row of its own."""
    if lines[at].blank or len(lines[at].text) > 120 or is_note(lines[at].text):
        return False
    place = at
    while place < len(lines) and place < at + 4 and len(cells_of(lines[place])) == 1:
        if lines[place].blank or lines[place].text.startswith("#"):
            return False
        place += 1
    return place < len(lines) and len(cells_of(lines[place])) > 1


def _wrapped(rows: list[TextRow], line: Line, waiting: str) -> str:
    """Give what still waits for the next row; a text that carries on the last row is put into it."""
    if (
        not waiting
        and rows
        and goes_on(_last_text(rows[-1]), line.text)
        and (line.text[0].islower() or line.text[0] == "(")
    ):
        row = rows[-1]
        row.cells[_last_text_column(row)] += f" {line.text}"
        return ""
    return f"{waiting}\n{line.text}" if waiting else line.text


def _last_text_column(row: TextRow) -> int:
    texts = [at for at in row.filled() if not is_value(row.cells[at])]
    return texts[-1] if texts else 0


def _last_text(row: TextRow) -> str:
    return row.cells[_last_text_column(row)]


def _with_waiting(cells: list[str], waiting: str, rows: list[TextRow], line: Line) -> tuple[list[str], str]:
    """Give the next row the beginning of its label, or make the text that waited a row of its own."""
    for text in waiting.split("\n") if waiting else []:
        if goes_on(text, cells[0]) or (not cells[0].strip() and is_value(cells[-1])):
            cells = [f"{text} {cells[0]}".strip(), *cells[1:]]
        else:
            rows.append(TextRow([text], line.page, line.number - 1))
    return cells, ""


def _is_table(run: Run) -> bool:
    """A single line with tabs is none, nor is a list whose marks are set off by a tab."""
    filled = [row.filled() for row in run.rows]
    if not any(len(columns) > 1 for columns in filled):
        return len(run.rows) > 1 and any(len(row.cells) > 2 for row in run.rows)
    marked = sum(1 for row in run.rows if _MARKER.match(row.cells[0].strip()) and len(row.cells) == 2)
    if marked * 2 > len(run.rows):
        return False
    return len(run.rows) > 1 or len(filled[0]) >= 3


def _joined(lines: Sequence[Line], runs: list[Run]) -> list[Run]:
    whole: list[Run] = []
    for run in runs:
        if whole and _belongs(lines, whole[-1], run):
            before = whole[-1]
            same = _same_head(before, run)
            before.notes += [
                line for line in lines[before.last : run.first] if not line.blank and not is_forward(line.text)
            ]
            before.rows += run.rows[1:] if same else run.rows
            before.last = run.last
        else:
            whole.append(run)
    for run in whole:
        run.rows = [row for row in run.rows if not (len(row.filled()) == 1 and is_forward(row.cells[row.filled()[0]]))]
    return whole


def _belongs(lines: Sequence[Line], before: Run, run: Run) -> bool:
    """Between the parts of one table stand only empty lines and footnotes; the second has the same header or none."""
    between = lines[before.last : run.first]
    if len(between) > _FURTHEST or not all(
        line.blank or is_note(line.text) or is_forward(line.text) for line in between
    ):
        return False
    if _same_head(before, run):
        return True
    usual = len(before.rows[-1].cells)
    return (
        not is_head(run.rows[0])
        and abs(len(run.rows[0].cells) - usual) <= (1 if usual > 3 else 0)
        and len(between) <= 12
    )


def _same_head(before: Run, run: Run) -> bool:
    one, other = (
        ["".join(unmarked(c).text.casefold().replace("-", "").split()) for c in r.rows[0].cells] for r in (before, run)
    )
    return one == other and len(before.rows) > 1 and is_head(run.rows[0])


def is_head(row: TextRow) -> bool:
    """Say whether a row names columns: words and periods in several cells, and no figure but years."""
    if row.header:
        return True
    texts = [unmarked(row.cells[at]).text for at in row.filled()]
    named = [
        text
        for text in texts[1:]
        if any(kind_of(word) in ("first", "period") for word in text.split()[:6]) and len(text) < 60
    ]
    if any(is_value(text) and kind_of(text) != "period" for text in texts[1:]):
        return False
    words_only = len(texts) == len(row.cells) > 1 and all(len(text) < 45 and not text.endswith(".") for text in texts)
    return bool(named) or (
        words_only and len(texts) > 1 and (unmarked(row.cells[0]).italic or unmarked(row.cells[0]).bold)
    )
