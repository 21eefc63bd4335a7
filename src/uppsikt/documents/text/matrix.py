"""Rows of cell texts become a Grid; what extraction has broken in them is mended first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from uppsikt.documents.model import Grid, GridCell, GridRow
from uppsikt.documents.text.headers import kind_of
from uppsikt.documents.text.lines import KEPT_SPACE, joined
from uppsikt.documents.text.markup import unmarked
from uppsikt.documents.text.values import FIGURE, PHRASE, parse

CONNECTIVES = (
    "och", "eller", "samt", "av", "för", "med", "i", "till", "per", "inkl.", "exkl.", "på", "inom", "mot", "som",
    "enligt", "vid", "utan", "under", "om", "från", "den", "en", "ett",
)  # fmt: skip
# Labels that begin in small letters though they are rows by themselves.
_OWN = re.compile(r"^(?:varav|därav|däri|inkomster|utgifter|intäkter|kostnader|netto|summa)\b", re.IGNORECASE)
_GROUPED = re.compile(
    rf"^[+\-−–]?\s?\d{{1,3}}(?:[ {KEPT_SPACE}]\d{{3}})*(?:[.,]\d+)?(?:\s?%)?\*{{0,5}}"
    r"(?:\s(?:tkr|mnkr|mkr|kr|ha|st))?\.?$"
)
_VALUE_HEADS = ("målvärde", "måltal", "utfall", "budget", "bokslut", "prognos", "plan")


@dataclass
class TextRow:
    """A row as it was written: the texts of its cells with their markup."""

    cells: list[str]
    page: int
    number: int  # of its line
    header: bool = False
    spans: dict[int, int] = field(default_factory=dict)

    def filled(self) -> list[int]:
        """Give the columns that hold something."""
        return [at for at, cell in enumerate(self.cells) if cell.strip()]


def is_value(text: str) -> bool:
    """Say whether a cell holds a figure or what stands for one.

    >>> is_value("+ 1 000"), is_value("1 900 1 900 0"), is_value("I.U.")
    (True, False, True)
    """
    bare = unmarked(text).text if len(text) < 80 else ""
    return bool(bare) and (
        bare in "-–—"
        or _GROUPED.match(bare) is not None
        or FIGURE.match(bare) is not None
        or (len(bare) < 40 and PHRASE.match(bare) is not None)
    )


def goes_on(before: str, after: str) -> bool:
    """Say whether a label that ends so and one that begins so are one label over two lines."""
    last, first = before.rstrip(), after.lstrip(" (")
    if not last or not first or _OWN.match(after.lstrip()):
        return False
    if last.endswith((",", "/", "+", "&")) or (last.endswith("-") and not last.endswith(" -")):
        return True
    return after.lstrip()[0] == "(" or first[0].islower() or last.split()[-1].casefold() in CONNECTIVES


def grid_of(rows: Sequence[TextRow]) -> Grid | None:
    """Make a Grid of rows; None where fewer than two columns hold anything."""
    kept = _mended([row for row in rows if row.filled()])
    if max((row.filled()[-1] for row in kept), default=0) < 1:
        return None
    width = max(at + row.spans.get(at, 1) for row in kept for at in row.filled())
    width = max(width, _usual_width(kept))
    return Grid(tuple(_grid_row(row) for row in kept), width, page=kept[0].page)


def _usual_width(rows: Sequence[TextRow]) -> int:
    return min(max((len(row.cells) for row in rows if row.header), default=0), 60)


def _grid_row(row: TextRow) -> GridRow:
    cells = []
    for at in row.filled():
        raw = row.cells[at]
        styled = unmarked(raw)
        indent = len(raw) - len(raw.lstrip(" "))
        cells.append(
            GridCell(
                styled.text, at, row.spans.get(at, 1), 1, None, styled.bold, styled.italic, float(indent), styled.marks
            )
        )
    return GridRow(tuple(cells), row.page, row.header)


def _mended(rows: list[TextRow]) -> list[TextRow]:
    return _parted(_shifted(_joined_rows(rows)))


def _joined_rows(rows: list[TextRow]) -> list[TextRow]:
    """Join a row that only carries on a cell of the row before, and a label whose figures come with its second line."""
    whole: list[TextRow] = []
    for row in rows:
        if whole and not row.header and not whole[-1].header and _carries_on(whole[-1], row):
            whole[-1] = _one_row(whole[-1], row)
        else:
            whole.append(row)
    return whole


def _carries_on(before: TextRow, row: TextRow) -> bool:
    filled, above = row.filled(), before.filled()
    if len(filled) == 1 and filled[0] in above and not is_value(row.cells[filled[0]]):
        place = filled[0]
        return _text_goes_on(before.cells[place], row.cells[place])
    if len(above) == 1 and len(filled) > 1 and above[0] == filled[0]:
        return _text_goes_on(before.cells[above[0]], row.cells[above[0]])
    return False


def _text_goes_on(before: str, after: str) -> bool:
    one, other = unmarked(before), unmarked(after)
    if not one.text or not other.text or is_value(before) or (one.bold, one.italic) != (other.bold, other.italic):
        return False
    return goes_on(one.text, other.text)


def _one_row(before: TextRow, row: TextRow) -> TextRow:
    cells = list(before.cells) + [""] * (len(row.cells) - len(before.cells))
    for at in row.filled():
        if cells[at].strip() and _styles(cells[at]) == _styles(row.cells[at]) != (False, False):
            cells[at] = _restyled(cells[at], joined([unmarked(cells[at]).text, unmarked(row.cells[at]).text]))
        else:
            cells[at] = joined([cells[at], row.cells[at]]) if cells[at].strip() else row.cells[at]
    return TextRow(cells, before.page, before.number)


def _styles(text: str) -> tuple[bool, bool]:
    styled = unmarked(text)
    return styled.bold, styled.italic


def _restyled(like: str, text: str) -> str:
    bold, italic = _styles(like)
    text = f"<b>{text}</b>" if bold else text
    return f"<i>{text}</i>" if italic else text


def _shifted(rows: list[TextRow]) -> list[TextRow]:
    """A row that lost leading empty cells and got them at its end instead is moved to where its figures belong."""
    numeric = _numeric_columns(rows)
    if len(rows) < 4 or not numeric or numeric[0] < 2:
        return rows
    return [_shift(row, numeric) for row in rows]


def _numeric_columns(rows: list[TextRow]) -> list[int]:
    counts: dict[int, list[int]] = {}
    for row in rows:
        for at in row.filled():
            seen = counts.setdefault(at, [0, 0])
            seen[0] += is_value(row.cells[at])
            seen[1] += 1
    return sorted(at for at, (values, filled) in counts.items() if values * 2 > filled)


def _shift(row: TextRow, numeric: list[int]) -> TextRow:
    filled = row.filled()
    values = [at for at in filled if is_value(row.cells[at])]
    steps = numeric[0] - values[0] if values else 0
    texts = [at for at in filled if at < (values[0] if values else 0)]
    room = len(row.cells) - 1 - filled[-1]
    if not 0 < steps <= room or len(values) < 2 or texts != [values[0] - 1]:
        return row
    cells = [""] * steps + row.cells[: len(row.cells) - steps]
    return TextRow(cells, row.page, row.number, row.header, row.spans)


def _parted(rows: list[TextRow]) -> list[TextRow]:
    """Part "label value label value" that slid into a value column while the label's own cell is empty."""
    head = rows[0].cells if rows else []
    if len(head) < 2 or not unmarked(head[1]).text.casefold().startswith(_VALUE_HEADS):
        return rows
    parted: list[TextRow] = []
    for row in rows:
        parts = _parts(row.cells[1]) if len(row.cells) > 1 and not row.cells[0].strip() and not row.header else []
        if not parts:
            parted.append(row)
            continue
        for number, (label, value) in enumerate(parts):
            rest = row.cells[2:] if number == 0 else [""] * (len(row.cells) - 2)
            parted.append(TextRow([label, value, *rest], row.page, row.number))
    return parted


_PART = re.compile(r"\s+(?=[A-ZÅÄÖ])")


def _parts(text: str) -> list[tuple[str, str]]:
    """Give pairs of label and value: "Sjukfrånvaro 3,5 % Omsättning 6,0"."""
    pairs: list[tuple[str, str]] = []
    waiting = ""
    for piece in _PART.split(unmarked(text).text[:600]):
        waiting = f"{waiting} {piece}".strip()
        parsed = parse(waiting)
        if parsed.label and parsed.values and parsed.values[0].kind != "dash":
            pairs.append((parsed.label, " ".join(word.text for word in parsed.values)))
            waiting = ""
    return pairs if pairs and not waiting and all(kind_of(label) != "period" for label, _ in pairs) else []
