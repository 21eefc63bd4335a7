"""The builder: a definition and material in, a report out.

Each kind of part has one function that gives its blocks. Numbers of tables and charts run through
the report. A sentence that refers to something the material lacks is left out and named in the
report's notes, so that nobody believes it was never meant to be there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from uppsikt.core.errors import ReadingError, TableError
from uppsikt.core.examples import without_mark
from uppsikt.core.tables import ColumnRole, Sign, Table
from uppsikt.reporting.build import drawing
from uppsikt.reporting.build.definition import Definition, Part
from uppsikt.reporting.build.material import Material, Passage
from uppsikt.reporting.model import (
    Block,
    ChartBlock,
    Heading,
    Inline,
    Paragraph,
    Report,
    StateMark,
    TableBlock,
    Words,
)
from uppsikt.reporting.prose import write

_SIGN_WORDS = {
    Sign.NET_COST: "nettokostnad",
    Sign.RESULT: "resultat, intäkter minus kostnader",
    Sign.PLAIN: "",
}


# The names are those of definition.CHARTS.
_CHARTS: dict[str, Callable[[Table], Iterator[drawing.Drawing]]] = {
    "deviation": drawing.deviation,
    "states": drawing.states,
    "series": drawing.series,
}


def build_report(definition: Definition, material: Material) -> Report:
    """Build the report; raises nothing for lacking material, see the module's text."""
    return _Builder(definition, material).report()


class _Builder:
    """Holds what runs through one build: the numbers, the anchors in use, the notes."""

    def __init__(self, definition: Definition, material: Material) -> None:
        self._definition = definition
        self._material = material
        self._tables = material.tables()
        self._words = {
            "year": str(material.year),
            "last_year": str(material.year - 1),
            "organisation": material.organisation,
            "as_of": material.as_of,
        }
        self._anchors: set[str] = set()
        self._table_anchors: dict[str, str] = {}
        self._charts = 0
        self._notes: list[str] = []
        self._kinds: dict[str, Callable[[Part], Iterator[Block]]] = {
            "heading": self._heading,
            "text": self._text,
            "passage": self._passage,
            "table": self._table,
            "chart": self._chart,
            "goals": self._goals,
        }

    def report(self) -> Report:
        blocks = [block for part in self._wanted() for block in self._kinds[part.kind](part)]
        return Report(
            key=self._definition.key,
            title=self._definition.title.format(year=self._material.year, as_of=self._material.as_of),
            organisation=self._material.organisation,
            stamp=self._material.stamp,
            blocks=tuple(blocks),
            notes=tuple(self._notes),
        )

    def _wanted(self) -> Iterator[Part]:
        """Give the parts whose needs are met; a heading that falls takes what stands under it."""
        fallen = 0  # level of the heading that fell, 0 when none
        for part in self._definition.parts:
            if part.kind == "heading":
                if fallen and part.level > fallen:
                    continue
                fallen = 0 if self._has(part) else part.level
            if not fallen and self._has(part):
                yield part

    def _has(self, part: Part) -> bool:
        material = self._material
        return all(
            material.groups.get(need) or material.passages.get(need) or (need == "goals" and material.goals)
            for need in part.needs
        )

    def _anchor(self, text: str) -> str:
        plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
        stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "del"
        anchor, number = stem, 2
        while anchor in self._anchors:
            anchor, number = f"{stem}-{number}", number + 1
        self._anchors.add(anchor)
        return anchor

    def _heading(self, part: Part) -> Iterator[Block]:
        text = "".join(inline.text for inline in self._written(part.value) or ())
        yield Heading(part.level, text, self._anchor(text))

    def _written(self, text: str) -> tuple[Inline, ...] | None:
        try:
            return write(text, self._tables, self._words)
        except (ReadingError, TableError) as error:
            self._notes.append(f"En mening är utelämnad, eftersom underlag saknas. {error}")
            return None

    def _text(self, part: Part) -> Iterator[Block]:
        inlines = self._written(part.value)
        if inlines:
            yield Paragraph(inlines)

    def _passage(self, part: Part) -> Iterator[Block]:
        for passage in self._material.passages.get(part.value, ()):
            if passage.heading and part.headings:
                yield Heading(part.level, passage.heading, self._anchor(passage.heading))
            yield from self._paragraphs(passage, part.style)

    def _paragraphs(self, passage: Passage, style: str = "") -> Iterator[Block]:
        for text in passage.text.split("\n\n"):
            # A person's text stays even when a reference in it has gone wrong: then as it was typed.
            inlines = self._written(text) or (Words(text),)
            if text.strip():
                yield Paragraph(inlines, "example" if passage.is_example else style)

    def _table(self, part: Part) -> Iterator[Block]:
        for table in self._material.groups.get(part.value, ()):
            if part.headings:
                yield Heading(part.level, table.title, self._anchor(table.title))
            yield self._table_block(table, part.caption)

    def _table_block(self, table: Table, caption: str) -> TableBlock:
        anchor = self._anchor(f"tabell-{table.key}")
        self._table_anchors[table.key] = anchor
        title = caption or table.title
        unit = "" if table.unit.symbol in title.split() else table.unit.symbol  # many titles say it already
        is_compared = bool(table.columns_of(ColumnRole.DEVIATION)) and table.sign is not Sign.PLAIN
        deviation = "positiv avvikelse är bättre än budget" if is_compared else ""
        words = "; ".join(word for word in (_SIGN_WORDS[table.sign], deviation) if word)
        details = ", ".join(word for word in (unit, words) if word)
        return TableBlock(len(self._table_anchors), f"{title} ({details})" if details else title, table, anchor)

    def _chart(self, part: Part) -> Iterator[Block]:
        for table in self._material.groups.get(part.of, ()):
            for caption, alt, spec in _CHARTS[part.value](table):
                self._charts += 1
                anchor = self._anchor(f"diagram-{self._charts}")
                yield ChartBlock(self._charts, caption, alt, spec, anchor)

    def _goals(self, part: Part) -> Iterator[Block]:
        area = council_goal = ""
        for goal in self._material.goals:
            if goal.area != area:
                yield Heading(part.level, goal.area, self._anchor(goal.area))
            if goal.council_goal != council_goal:
                yield Heading(part.level + 1, goal.council_goal, self._anchor(goal.council_goal))
            area, council_goal = goal.area, goal.council_goal
            yield Paragraph((Words(goal.name, strong=True), Words(" "), StateMark(goal.state, goal.state_text)), "goal")
            for text in (goal.description, goal.reasons):
                if text:
                    yield from self._paragraphs(Passage("", *without_mark(text)))
