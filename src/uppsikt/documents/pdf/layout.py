"""One page: what is furniture, what are tables, and the lines of text between them in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from uppsikt.documents.model import Grid
from uppsikt.documents.pdf.contents import contents_runs, is_leader
from uppsikt.documents.pdf.flow import Placed, in_order
from uppsikt.documents.pdf.furniture import Edge, Edges, furniture_of
from uppsikt.documents.pdf.grids import find_grids
from uppsikt.documents.pdf.lines import Line, make_line, make_runs, text_of
from uppsikt.documents.pdf.page import Area, PageContent, Word
from uppsikt.documents.pdf.tagged import TaggedGrid, read_tagged
from uppsikt.documents.pdf.tags import PageTags, Role
from uppsikt.documents.pdf.turning import Turn, upright

_TRUSTED = 0.6  # of the words of a page that its tags must know, before what they leave out is left out


@dataclass(slots=True)
class Draft:
    """A page as read, upright, with what its tags say; furniture is not told apart yet."""

    page: PageContent
    tags: PageTags
    turn: Turn = field(init=False)
    runs: list[list[Word]] = field(init=False)
    edges: Edges = field(init=False)

    def __post_init__(self) -> None:
        """Turn the page upright, leave out what the tags call artifacts, and make lines of the words."""
        self.page, self.turn = upright(self.page)
        words = [word for word in self.page.words if word.turn == 0]
        if self._tags_are_told(words):  # the labels of a diagram stand in a table, too, and make no sentence
            words = [word for word in words if word.mcid != -1 and self._kind(word) != "figure"]
        self.runs = make_runs(words)
        lines = [self._edge(run, key) for key, run in enumerate(self.runs)]
        self.edges = Edges(self.page.number, self.page.height, tuple(lines))

    def _edge(self, run: Sequence[Word], key: int) -> Edge:
        return Edge(
            text_of(run),
            min(word.top for word in run),
            max(word.bottom for word in run),
            max(word.size for word in run),
            key,
            run[0].left,
            max(word.right for word in run),
            any(self._kind(word) == "cell" for word in run),
        )

    def _kind(self, word: Word) -> str:
        """Give what the tags say that a word is, "" where they do not know it."""
        role = self.tags.roles.get(word.mcid) if word.mcid is not None else None
        return role.kind if role is not None else ""

    def _tags_are_told(self, words: Sequence[Word]) -> bool:
        """Say whether the tags know most of the page, so that what they call artifacts is no text of it."""
        known = sum(word.mcid in self.tags.roles for word in words)
        artifacts = sum(word.mcid == -1 and not is_leader(word) for word in words)
        others = sum(word.mcid != -1 for word in words)
        return known > 0 and known >= _TRUSTED * others and known >= artifacts


@dataclass(frozen=True, slots=True)
class Laid:
    """A page in reading order; ``tagged`` knows by identity which tables come from tags."""

    items: list[Line | Grid]
    turn: Turn
    tagged: Mapping[int, TaggedGrid]


def lay_out(draft: Draft, around: Sequence[Draft], pages: int) -> Laid:
    """Take a page apart, given the pages around it and how many pages the document has."""
    furniture = furniture_of(draft.edges, [other.edges for other in around])
    runs = [run for key, run in enumerate(draft.runs) if key not in furniture]
    entries = contents_runs(runs, pages)
    listed = {id(word) for place in entries for word in runs[place]}
    words = [word for run in runs for word in run]
    tagged = _tagged(draft, words)
    taken = {content for grid in tagged for content in grid.contents}
    left = [word for word in words if word.mcid not in taken and id(word) not in listed]
    grids: list[tuple[Area, Grid]] = [(grid.area, grid.grid) for grid in tagged]
    grids += [(Area.of(found.box), found.grid) for found in find_grids(_rest(draft.page, left, tagged))]
    inside = {
        id(word) for word in left if any(area.holds((word.left + word.right) / 2, word.middle) for area, _ in grids)
    }
    lines = [
        _line(kept, draft, contents=place in entries)
        for place, run in enumerate(runs)
        if (kept := [word for word in run if word.mcid not in taken and id(word) not in inside])
    ]
    return Laid(_in_order(lines, grids), draft.turn, {id(grid.grid): grid for grid in tagged})


def _tagged(draft: Draft, words: Sequence[Word]) -> list[TaggedGrid]:
    grids = (read_tagged(table, words, draft.page.number) for table in draft.tags.tables)
    return [grid for grid in grids if grid is not None]


def _rest(page: PageContent, words: Sequence[Word], tagged: Sequence[TaggedGrid]) -> PageContent:
    """Give the page without the tables that its tags have told, and without furniture."""
    areas = [Area(area.left - 6, area.top - 6, area.right + 6, area.bottom + 6) for area in (t.area for t in tagged)]
    rulings = tuple(r for r in page.rulings if not _within(areas, (r.left + r.right) / 2, (r.top + r.bottom) / 2))
    fills = tuple(f for f in page.fills if not _within(areas, (f.left + f.right) / 2, (f.top + f.bottom) / 2))
    return replace(page, words=tuple(words), rulings=rulings, fills=fills)


def _within(areas: Sequence[Area], x: float, y: float) -> bool:
    return any(area.holds(x, y) for area in areas)


def _line(run: Sequence[Word], draft: Draft, *, contents: bool) -> Line:
    known = Counter(word.mcid for word in run if word.mcid in draft.tags.roles)
    role: Role | None = draft.tags.roles[known.most_common(1)[0][0] or 0] if known else None
    line = make_line(run, draft.page.number, role)
    line.contents = contents or (role is not None and role.kind == "contents")
    return line


def _in_order(lines: Sequence[Line], grids: Sequence[tuple[Area, Grid]]) -> list[Line | Grid]:
    """Put lines and tables in reading order, and tell every line its column."""
    placed = [Placed(Area.of(line), key, len(line.text)) for key, line in enumerate(lines)]
    placed += [Placed(area, -1 - key, 0, table=True) for key, (area, _) in enumerate(grids)]
    items: list[Line | Grid] = []
    for number, column in enumerate(in_order(placed)):
        reach = max((item.area.right for item in column if not item.table), default=0.0)
        for item in column:
            if item.table:
                items.append(grids[-1 - item.key][1])
                continue
            line = lines[item.key]
            line.reach, line.column = reach, number
            items.append(line)
    return items
