"""OFW and BRK: parts and their whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from uppsikt.checks.registry import rule
from uppsikt.checks.relations import ONE, Figures, Relation, Shape, Spot, Term, additive, fit, unit_of
from uppsikt.core.findings import Confidence
from uppsikt.core.quantities import COUNT, PERCENT
from uppsikt.core.tables import Column, ColumnRole, Measure, Row, RowRole, Table

_WOMEN = {"kvinnor", "kvinna", "flickor", "flicka", "tjejer"}
_ALL = {"totalt", "samtliga", "alla"}
_BEFORE = r"^(varav|därav|[-–•:\s])+"
_MEN = {"män", "man", "pojkar", "pojke", "killar"}
_NO_FIGURE = (ColumnRole.STATE, ColumnRole.TEXT)
_Part = TypeVar("_Part", Row, Column)
_NO_RANGE = (*_NO_FIGURE, ColumnRole.TARGET, ColumnRole.DEVIATION, ColumnRole.CHANGE)


@rule(code="OFW", title="Delen är större än det hela", order=40)
def rule_ofw(figures: Figures) -> Iterator[Relation]:
    """En ”varav”-rad får inte vara större än raden som den är en del av.

    Där delarna i någon kolumn tillsammans är hela beloppet ska de vara det i de andra kolumnerna också.
    Kostnader och intäkter under ett netto är inte delar av det; dem prövar kontrollen NET.

    Källa: Språkbruk: ”varav” säger att delen ingår i det hela.

    Stämmer:
        | antal          | Utfall 2024 |
        |----------------|------------:|
        | Ärenden        |     250 000 |
        | varav chatt    |      12 500 |

    Stämmer inte:
        | antal          | Utfall 2024 |
        |----------------|------------:|
        | Ärenden        |      12 500 |
        | varav chatt    |     250 000 |

        => OFW varav chatt / Utfall 2024: 250 000, ska vara 12 500
    """
    for at, table in enumerate(figures.tables):
        columns = [c for c in table.columns if additive(table, c)]
        for whole in table.rows:
            parts = [row for row in table.children(whole.key, RowRole.OF_WHICH) if _is_part(row)]
            if parts and whole.role is not RowRole.HEADING:
                yield from _at_most(figures, at, whole, parts, columns)
                yield from _complete(figures, at, whole, parts, columns)


def _is_part(row: Row) -> bool:
    return row.measure not in (Measure.COSTS, Measure.INCOME)


def _at_most(
    figures: Figures, at: int, whole: Row, parts: Sequence[Row], columns: Sequence[Column]
) -> Iterator[Relation]:
    """Say that each part is at most the whole, where all of them have the same sign."""
    for column in columns:
        spots = [Spot(at, row.key, column.key) for row in (whole, *parts)]
        known = [figures.at(spot).number for spot in spots if spot in figures]
        if not (all(n >= 0 for n in known) or all(n <= 0 for n in known)):
            continue
        for part in spots[1:]:
            yield Relation(
                Shape.AT_MOST, part, (Term(spots[0]),), basis=f"hela beloppet i raden ”{whole.label}” är {{expected}}"
            )


def _complete(
    figures: Figures, at: int, whole: Row, parts: Sequence[Row], columns: Sequence[Column]
) -> Iterator[Relation]:
    """Say that the parts are the whole, where they are so in more columns than they are not."""
    if len(parts) < 2:
        return
    relations = []
    for column in columns:
        terms = tuple(Term(Spot(at, part.key, column.key)) for part in parts)
        relations.append(
            Relation(
                Shape.EQUAL,
                Spot(at, whole.key, column.key),
                terms,
                basis=f"de {len(parts)} delarna blir tillsammans {{expected}}",
                law=f"delarna ska bli ”{whole.label}” ({{target}})",
                confidence=Confidence.LIKELY,
                rows=tuple(term.spot for term in terms),
            )
        )
    told = fit(relations, figures)
    if told.held > told.missed:
        yield from relations


@rule(code="BRK", title="Totalen ligger utanför sina delar", order=50)
def rule_brk(figures: Figures) -> Iterator[Relation]:
    """En andel, ett index eller ett medelvärde för alla ska ligga mellan kvinnors och mäns.

    För antal gäller i stället att kvinnor och män tillsammans är alla. Vilket det är läses av enheten, av
    ordet ”antal” och av siffrorna själva. Kolumner med mål, avvikelser och förändringar prövas inte.

    Källa: Ett vägt medelvärde ligger alltid mellan sina delar. Könsuppdelad statistik: 7 § förordningen om
    den officiella statistiken.

    Stämmer:
        | %              | Utfall 2024 |
        |----------------|------------:|
        | Sjukfrånvaro   |         8,1 |
        | - Kvinnor      |         8,8 |
        | - Män          |         5,6 |

    Stämmer inte:
        | %              | Utfall 2024 |
        |----------------|------------:|
        | Sjukfrånvaro   |         9,1 |
        | - Kvinnor      |         8,8 |
        | - Män          |         5,6 |

        => BRK Sjukfrånvaro / Utfall 2024: 9,1, ska vara 8,8
    """
    for at, table in enumerate(figures.tables):
        yield from (relation for three in _threes(table, at) for relation in _read(figures, three))


@dataclass(frozen=True)
class _Three:
    """A total, women and men, in each of several cells: rows under each other or columns side by side."""

    label: str
    subject: str
    cells: tuple[tuple[Spot, Spot, Spot], ...]

    def sums(self) -> list[Relation]:
        return [
            Relation(
                Shape.EQUAL,
                total,
                (Term(women), Term(men)),
                basis="kvinnor {0} och män {1} blir tillsammans {expected}",
                law="kvinnor och män tillsammans ska bli alla ({target})",
                rows=(women, men),
                exact=True,
            )
            for total, women, men in self.cells
        ]

    def ranges(self) -> list[Relation]:
        return [
            Relation(
                Shape.WITHIN,
                total,
                (Term(women, ONE), Term(men, ONE)),
                basis="totalen måste ligga mellan kvinnor {0} och män {1}, alltså som mest eller minst {expected}",
            )
            for total, women, men in self.cells
        ]


def _threes(table: Table, at: int) -> Iterator[_Three]:
    columns = [c for c in table.columns if c.role not in _NO_RANGE]
    for row in table.rows:
        parts = table.children(row.key, RowRole.BREAKDOWN)
        women, men = _part(parts, _WOMEN), _part(parts, _MEN)
        if women is not None and men is not None:
            keys = (row.key, women.key, men.key)
            yield _Three(row.label, row.subject, tuple(_cells(at, keys, (c.key,) * 3) for c in columns))
    total, women_at, men_at = (_part(columns, words) for words in (_ALL, _WOMEN, _MEN))
    if total is not None and women_at is not None and men_at is not None:
        for row in table.rows:
            cells = _cells(at, (row.key,) * 3, (total.key, women_at.key, men_at.key))
            yield _Three(f"{table.title} {row.label}", row.subject, (cells,))


def _cells(at: int, rows: tuple[str, str, str], columns: tuple[str, str, str]) -> tuple[Spot, Spot, Spot]:
    return Spot(at, rows[0], columns[0]), Spot(at, rows[1], columns[1]), Spot(at, rows[2], columns[2])


def _part(parts: Sequence[_Part], words: set[str]) -> _Part | None:
    """Give the part that one of the words names, where there is exactly one such."""
    found = [part for part in parts if re.sub(_BEFORE, "", part.label.casefold()).split(" ")[0] in words]
    return found[0] if len(found) == 1 else None


def _read(figures: Figures, three: _Three) -> list[Relation]:
    """Choose between a count (the parts are added) and a mean (the total lies between them).

    The subject's own word decides, then the unit, then "antal" in the label unless it is per something;
    where none of them speaks the reading that holds in more cells is taken.
    """
    kind = three.subject.split(":", 1)[0]
    units = {unit_of(figures, spot) for cells in three.cells for spot in cells}
    if kind == "count" or COUNT in units:
        return three.sums()
    if kind == "indicator" or PERCENT in units:
        return three.ranges()
    label = three.label.casefold()
    says_count = "antal" in label and not any(word in label for word in (" per ", "/", "%", "andel"))
    added, between = fit(three.sums(), figures), fit(three.ranges(), figures)
    counts = added.score > between.score or (says_count and added.score == between.score)
    return three.sums() if counts else three.ranges()
