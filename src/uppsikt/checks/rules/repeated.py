"""XTB: the same quantity is stated the same everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from uppsikt.checks.peers import by_peers
from uppsikt.checks.registry import rule
from uppsikt.checks.relations import ONE, Figures, Relation, Shape, Spot, Term
from uppsikt.checks.signs import blocks, counts_result
from uppsikt.checks.structure import additions
from uppsikt.core.findings import Confidence
from uppsikt.core.periods import Period
from uppsikt.core.tables import Column, ColumnRole, Measure, Row, Sign, Table

_NOT_COMPARED = (ColumnRole.STATE, ColumnRole.TEXT, ColumnRole.CHANGE, ColumnRole.AMOUNT)
_FEW = 6  # places: fifteen pairs


class Quantity(NamedTuple):
    """What a cell tells: of what, which side of the account, and as what of which period."""

    subject: str
    measure: Measure
    role: ColumnRole
    period: Period


@dataclass(frozen=True)
class _Told:
    """A place where a quantity is told: a cell, or expenditure less receipts."""

    terms: tuple[Term, ...]
    signless: bool  # the table says no sign convention: only the size can be compared

    @property
    def spot(self) -> Spot:
        return self.terms[0].spot


_Index = dict[Quantity, list[_Told]]


@rule(code="XTB", title="Samma uppgift anges olika", order=60)
def rule_xtb(figures: Figures) -> Iterator[Relation]:
    """Samma uppgift ska vara densamma på alla ställen.

    Två rader om samma sak, i kolumner av samma slag och för samma period, ska visa samma belopp, oavsett om
    det skrivs i tusental eller miljoner kronor. Förra årets utfall är samma uppgift som det årets utfall.
    Där en enhets delar är kända ska enhetens belopp i en tabell också vara summan av delarnas i andra, och
    enheter som står bredvid varandra i en översikt ska tillsammans bli totalen där den står.
    Skiljer sig tabellerna bara i tecken, och säger någon av dem inte vilken teckenregel den följer, är det
    bara något att titta på.

    Källa: God redovisningssed: uppgifter i samma handling ska stämma överens.

    Stämmer:
        | tkr, nettokostnad | Utfall 2024 |
        |-------------------|------------:|
        | Kansliet          |     632 107 |

        | mnkr, nettokostnad | Utfall 2024 |
        |--------------------|------------:|
        | Kansliet           |       632,1 |

    Stämmer inte:
        | tkr, nettokostnad | Utfall 2024 |
        |-------------------|------------:|
        | Kansliet          |     623 107 |

        | mnkr, nettokostnad | Utfall 2024 |
        |--------------------|------------:|
        | Kansliet           |       632,1 |

        => XTB Kansliet / Utfall 2024: 623 107, ska vara 632 100
    """
    told = _index(figures)
    for places in told.values():
        yield from (_same(figures, one, other) for one, other in _pairs(figures, places))
    yield from _by_parts(figures, told)
    yield from by_peers(figures)


def _index(figures: Figures) -> _Index:
    told: _Index = defaultdict(list)
    for at, table in enumerate(figures.tables):
        columns = _told_once(table)
        for row in table.rows:
            for column in columns if row.subject else ():
                spot = Spot(at, row.key, column.key)
                if column.period is not None and spot in figures:
                    key = Quantity(row.subject, row.measure, _role(column), column.period)
                    term = Term(spot, _factor(figures, at, row, column))
                    told[key].append(_Told((term,), row.measure is Measure.NET and table.sign is Sign.PLAIN))
            for key, terms in _outlays(figures, at, table, row):
                told[key].append(_Told(terms, signless=False))
    return told


def _role(column: Column) -> ColumnRole:
    return ColumnRole.OUTCOME if column.role is ColumnRole.LAST_YEAR else column.role


def _told_once(table: Table) -> list[Column]:
    """Give the columns whose role and period no other column of the table has: two of a kind are two things."""
    kinds = [(_role(column), column.period) for column in table.columns]
    return [
        column
        for column, kind in zip(table.columns, kinds, strict=True)
        if kinds.count(kind) == 1 and column.role not in _NOT_COMPARED
    ]


def _factor(figures: Figures, at: int, row: Row, column: Column) -> Decimal:
    """Give -1 for a result, which is a net cost with the other sign; a deviation is good when positive in both."""
    turned = row.measure is Measure.NET and column.role is not ColumnRole.DEVIATION
    return -ONE if turned and row.key in counts_result(figures, at) else ONE


def _outlays(figures: Figures, at: int, table: Table, row: Row) -> Iterator[tuple[Quantity, tuple[Term, ...]]]:
    """Give the outcome of an investment that is told as expenditure and receipts, in tables without outcome."""
    by_role = {role: [c for c in table.columns if c.role is role] for role in ColumnRole}
    out, received = by_role[ColumnRole.EXPENDITURE], by_role[ColumnRole.RECEIPTS]
    if by_role[ColumnRole.OUTCOME] or not row.subject or not len(out) == len(received) == 1:
        return
    spots = Spot(at, row.key, out[0].key), Spot(at, row.key, received[0].key)
    if out[0].period is not None and all(spot in figures for spot in spots):
        key = Quantity(row.subject, row.measure, ColumnRole.OUTCOME, out[0].period)
        yield key, (Term(spots[0]), Term(spots[1], -ONE))


def _pairs(figures: Figures, places: list[_Told]) -> Iterator[tuple[_Told, _Told]]:
    """Pair all places, so that two against one is seen; many places only with one that tells the commonest size."""
    if len(places) <= _FEW:
        yield from combinations(places, 2)
        return
    sizes = [abs(figures.at(place.spot).number) for place in places]
    usual = places[sizes.index(max(sizes, key=sizes.count))]
    for place in places:
        if place is not usual:
            yield (place, usual) if place.spot.table < usual.spot.table else (usual, place)


def _same(figures: Figures, one: _Told, other: _Told) -> Relation:
    """Say that two places tell the same; the earlier is the target, because an overview stands before its details."""
    if len(one.terms) > 1:
        one, other = other, one
    sign = one.terms[0].factor
    label, title = figures.row(other.spot).label, figures.table(other.spot).title
    where = f"i ”{title}”, raden ”{label}”," if other.spot.table != one.spot.table else f"i raden ”{label}”"
    wholly = abs(figures.at(one.spot).number) == abs(figures.at(other.spot).number)
    return Relation(
        Shape.EQUAL,
        one.spot,
        tuple(Term(term.spot, term.factor * sign) for term in other.terms),
        basis=f"{where} {'står' if len(other.terms) == 1 else 'är utgifter minus inkomster'} {{expected}}",
        law=f"samma belopp ska stå i ”{figures.table(one.spot).title}” ({{target}})",
        confidence=Confidence.POSSIBLE if wholly and (one.signless or other.signless) else Confidence.CERTAIN,
        facts={"other": "/".join((figures.table(other.spot).key, other.spot.row, other.spot.column))},
    )


class _Kin(NamedTuple):
    """A subject, and the subjects that together are it; ``table`` is where that was read, ``summed`` from a sum."""

    whole: str
    parts: tuple[str, ...]
    table: int
    summed: bool


def _kinship(figures: Figures) -> Iterator[_Kin]:
    """Read from sums, and from costs and income without a net of their own, what a subject is made of."""
    for at, table in enumerate(figures.tables):
        wholes = [(one.total, one.items, True) for one in additions(figures, at) if not one.minus]
        wholes += [(block.costs, block.items, False) for block in blocks(table, at) if block.net is None]
        for whole, items, summed in wholes:
            parts = tuple(item.subject for item in items)
            if whole.subject and all(parts) and len(set(parts)) == len(parts) > 1 and whole.subject not in parts:
                yield _Kin(whole.subject, parts, at, summed)


def _by_parts(figures: Figures, told: _Index) -> Iterator[Relation]:
    """Say that a whole told in one table is the sum of its parts told in others."""
    for kin in dict.fromkeys(_kinship(figures)):
        for key, places in [(k, p) for k, p in told.items() if k.subject == kin.whole]:
            parts = [_nearest(told.get(key._replace(subject=part), []), kin.table) for part in kin.parts]
            known = [part for part in parts if part is not None]
            tables = {part.spot.table for part in known}
            whole = (_nearest(places, kin.table) if tables == {kin.table} else None) or places[0]
            told_by_sum = kin.summed and tables & {place.spot.table for place in places}
            if len(known) < len(parts) or len(whole.terms) > 1 or told_by_sum:
                continue
            title = figures.table(whole.spot).title
            where = f"i ”{figures.tables[tables.copy().pop()].title}”" if len(tables) == 1 else "i egna tabeller"
            yield Relation(
                Shape.EQUAL,
                whole.spot,
                tuple(Term(t.spot, t.factor * whole.terms[0].factor) for part in known for t in part.terms),
                basis=f"de {len(known)} delarna {where} blir tillsammans {{expected}}",
                law=f"delarna ska bli ”{figures.row(whole.spot).label}” ({{target}}) i ”{title}”",
                facts={"parts": ",".join(kin.parts)},
            )


def _nearest(places: list[_Told], table: int) -> _Told | None:
    """Give the telling in a table, else the first one."""
    return next((place for place in places if place.spot.table == table), places[0] if places else None)
