"""What every renderer tells in the same words and order: headings without gaps, the stamp, the words of a state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from uppsikt.reporting.model import Block, Heading, Report, Stamp

_CHARACTERS = {
    "met": "●", "partly": "◐", "missed": "■", "none": "○", "done": "✓", "ongoing": "▶", "continuous": "↻",
    "not_begun": "○", "delayed": "▲", "remains": "→", "cancelled": "✗", "not_applicable": "–", "unknown": "○",
}  # fmt: skip


def state_character(state: str) -> str:
    """Give the character that stands for a state's shape where nothing can be drawn."""
    return _CHARACTERS.get(state, "○")


def levelled(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Give the blocks with heading levels that begin at 1 and never skip one: a reader by ear counts on it."""
    level, result = 0, []
    for block in blocks:
        if isinstance(block, Heading):
            level = max(1, min(block.level, level + 1))
            result.append(replace(block, level=level))
        else:
            result.append(block)
    return tuple(result)


def contents(report: Report) -> tuple[Heading, ...]:
    """Give the headings in order, with their anchors: the table of contents."""
    return tuple(block for block in levelled(report.blocks) if isinstance(block, Heading))


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
