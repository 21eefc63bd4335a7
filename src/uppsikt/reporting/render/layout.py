"""What every renderer tells in the same words and order: headings without gaps, captions, the stamp."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from uppsikt.reporting.model import Block, ChartBlock, Heading, Paragraph, Report, Stamp, TableBlock, Words

EXAMPLE = "Exempeltext. "  # stands before the first of several paragraphs that were made up for a demonstration

NO_ROWS = "Tabellen har inga rader."
# XML 1.0 allows no other characters under the space.
_LEGAL = {code: None for code in (*range(32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)) if chr(code) not in "\t\n"}


def prepared(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Give the blocks as they are shown: headings begin at 1 and never skip a level, examples say what they are.

    A reader by ear counts on the levels.
    """
    level, in_example, result = 0, False, []
    for block in blocks:
        shown = block
        if isinstance(block, Heading):
            level = max(1, min(block.level, level + 1))
            shown = replace(block, level=level)
        is_example = isinstance(block, Paragraph) and block.kind == "example"
        if isinstance(block, Paragraph) and is_example and not in_example and not _says_so(block):
            shown = replace(block, inlines=(Words(EXAMPLE, strong=True), *block.inlines))
        in_example = is_example
        result.append(shown)
    return tuple(result)


def _says_so(example: Paragraph) -> bool:
    return bool(example.inlines) and example.inlines[0].text.startswith("Exempel")


def contents(report: Report) -> tuple[Heading, ...]:
    """Give the headings in order, with their anchors: the table of contents."""
    return tuple(block for block in prepared(report.blocks) if isinstance(block, Heading))


def as_of_text(stamp: Stamp) -> str:
    """Say as of when the report tells."""
    return f"Per den {stamp.as_of}"


def stamp_text(stamp: Stamp) -> str:
    """Say what the report stands on: the decision and version, or that it is not decided and when it was made.

    >>> stamp_text(Stamp("31 december 2024", "2025-02-01", 1, "KS 2025-02-11 § 12"))
    'Beslutad KS 2025-02-11 § 12, version 1'
    """
    if stamp.decision:
        return f"Beslutad {stamp.decision}, version {stamp.version}"
    return f"Ej beslutad, framtagen {stamp.made_at}" if stamp.made_at else "Ej beslutad"


def table_caption(block: TableBlock) -> str:
    """Give the caption of a table with its number."""
    return f"Tabell {block.number}. {block.caption}"


def chart_caption(block: ChartBlock) -> str:
    """Give the caption of a chart with its number."""
    return f"Diagram {block.number}. {block.caption}"


def legal(text: str) -> str:
    """Give the text without the signs that an XML file, as those of Word and Excel, cannot hold."""
    return text.translate(_LEGAL)
