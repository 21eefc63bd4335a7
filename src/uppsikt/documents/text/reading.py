"""Reads a plain text: what stands on it as furniture is left out, tables become grids, the rest prose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from uppsikt.documents.model import Block, Content, DocumentError, Limits, Paragraph, page_count_of
from uppsikt.documents.opening import Progress
from uppsikt.documents.text.decoding import decode
from uppsikt.documents.text.fixed import find_fixed
from uppsikt.documents.text.flat import find_flat, style_of
from uppsikt.documents.text.furniture import is_forward, without_furniture
from uppsikt.documents.text.lines import Line, lines_of
from uppsikt.documents.text.matrix import grid_of
from uppsikt.documents.text.prose import blocks_of
from uppsikt.documents.text.records import Style
from uppsikt.documents.text.tabs import Run, find_runs


def read_text(data: bytes, name: str, limits: Limits, progress: Progress) -> Content:
    """Read a text's blocks; DocumentError where it is no text or larger than the limits allow."""
    text = decode(data, name)
    if len(text) > limits.characters:
        raise DocumentError(
            f"{name} har mer än {limits.characters // 1_000_000} miljoner tecken och läses inte. Dela upp den."
        )
    lines = lines_of(text)
    fed = lines[-1].page if "\f" in text.strip("\f\n\r \t") else 0
    pages = fed or page_count_of(len(lines))
    if pages > limits.pages:
        raise DocumentError(f"{name} har mer än {limits.pages} sidor och läses inte. Dela upp den.")
    progress(0, pages)
    lines = without_furniture(lines)
    style = style_of(lines)
    runs = _all_runs(lines, style)
    if sum(len(row.cells) for run in runs for row in run.rows) > limits.cells:
        raise DocumentError(f"{name} har fler än {limits.cells} tabellceller och läses inte. Dela upp den.")
    blocks = tuple(_blocks(lines, runs, style))
    if not blocks:
        raise DocumentError(f"{name} innehåller ingen text.")
    progress(pages, pages)
    return Content(name, "text", blocks, pages)


def _blocks(lines: list[Line], runs: Sequence[Run], style: Style) -> Iterator[Block]:
    at = 0
    for run in runs:
        yield from blocks_of(_kept(lines[at : run.first]), style)
        grid = grid_of(run.rows)
        if grid is not None:
            yield grid
        yield from _left_over(run) if grid is None else ()
        for block in blocks_of(run.notes, style):
            yield Paragraph(block.text, block.page, note=True) if isinstance(block, Paragraph) else block
        at = run.last
    yield from blocks_of(_kept(lines[at:]), style)


def _all_runs(lines: list[Line], style: Style) -> list[Run]:
    """Find the tables, those first whose columns can be seen."""
    runs = _among(lines, find_runs(lines), find_fixed)
    return _among(lines, runs, lambda part: find_flat(part, style))


def _among(lines: list[Line], runs: list[Run], find: Callable[[list[Line]], list[Run]]) -> list[Run]:
    """Look for further tables between those that were found."""
    found: list[Run] = []
    at = 0
    for run in [*runs, None]:
        end = run.first if run else len(lines)
        between = find(lines[at:end])
        found += [Run(more.rows, max(more.first, at), more.last, more.notes) for more in between]
        if run:
            found.append(run)
            at = run.last
    return found


def _kept(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if not is_forward(line.text)]


def _left_over(run: Run) -> Iterator[Block]:
    """What proved to hold one column only is text."""
    for row in run.rows:
        text = " ".join(cell.strip() for cell in row.cells if cell.strip())
        if text:
            yield Paragraph(text, row.page)
