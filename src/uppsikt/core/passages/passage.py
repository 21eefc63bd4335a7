"""A passage: one paragraph or list item of running text, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a list item or a heading as it is printed, its lines joined by single spaces.

    ``section`` holds the headings above it, the outermost first. ``order`` is its place in the
    document's reading order, counted together with the tables; so a rule can see which
    table a text stands beside.
    """

    key: str
    text: str
    section: tuple[str, ...] = ()
    page: int | None = None
    item: bool = False  # one of a list
    heading: bool = False
    order: int = 0
