"""DEV: a deviation, a change and a bridge from one year to the next are differences between figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from uppsikt.checks.registry import rule
from uppsikt.checks.relations import ONE, Figures, Relation, Shape, Spot, Term, additive, fit
from uppsikt.checks.signs import counts_result
from uppsikt.core.findings import Confidence
from uppsikt.core.tables import Column, ColumnRole, Measure, Row, RowRole, Sign, Table

_PLANNED = (ColumnRole.BUDGET, ColumnRole.PHASED_BUDGET)
_ACTUAL = (ColumnRole.OUTCOME, ColumnRole.FORECAST)
_STATED = (*_ACTUAL, *_PLANNED, ColumnRole.PLAN, ColumnRole.LAST_YEAR)
_SEVERAL = 4  # rows that show what a column without a name is; so many for every one that does not
_FAR = 12  # columns: what stands further away is no part of a difference that a reader would see
_WORDS = {
    ColumnRole.OUTCOME: "utfall",
    ColumnRole.FORECAST: "prognos",
    ColumnRole.BUDGET: "budget",
    ColumnRole.PHASED_BUDGET: "periodiserad budget",
    ColumnRole.PLAN: "plan",
    ColumnRole.LAST_YEAR: "föregående år",
    ColumnRole.EXPENDITURE: "utgifter",
    ColumnRole.RECEIPTS: "inkomster",
    ColumnRole.AMOUNT: "kolumnen utan rubrik",
}


@rule(code="DEV", title="Avvikelsen eller förändringen stämmer inte", order=30)
def rule_dev(figures: Figures) -> Iterator[Relation]:
    """En avvikelse ska vara skillnaden mellan budget och utfall, med plus när den är bra.

    För kostnader och nettokostnader är det budget minus utfall, för intäkter och resultat utfall minus
    budget. En förändring är årets belopp minus förra årets. Där förändringar från ett år till nästa
    räknas upp rad för rad ska de leda från det ena beloppet till det andra. Står budget och avvikelse
    som rader under ett belopp gäller detsamma där, och en kolumn utan namn som i nästan alla rader är
    skillnaden mellan två andra ska vara det i alla. Följer alla intäktsrader i en tabell den omvända
    teckenregeln sägs det bara som en iakttagelse.

    Källa: Praxis i kommunal uppföljning: en positiv avvikelse är ett överskott mot budget.

    Stämmer:
        | tkr, nettokostnad | Utfall 2024 | Budget 2024 | Avvikelse 2024 |
        |-------------------|------------:|------------:|---------------:|
        | Nettokostnad      |         800 |         900 |            100 |
        | varav kostnader   |       1 000 |       1 050 |             50 |
        | varav intäkter    |         200 |         150 |             50 |

    Stämmer inte:
        | tkr, nettokostnad | Utfall 2024 | Budget 2024 | Avvikelse 2024 |
        |-------------------|------------:|------------:|---------------:|
        | Nettokostnad      |         800 |         900 |            100 |
        | varav kostnader   |       1 000 |       1 050 |             80 |
        | varav intäkter    |         200 |         150 |             50 |

        => DEV varav kostnader / Avvikelse 2024: 80, ska vara 50
    """
    for at, table in enumerate(figures.tables):
        for column in table.columns:
            if column.role is ColumnRole.DEVIATION:
                yield from _deviations(figures, at, column)
            elif column.role is ColumnRole.CHANGE:
                yield from _changes(figures, at, column)
        yield from _bridges(figures, at)
        yield from _in_rows(figures, at)
        yield from _unnamed(figures, at)


@dataclass(frozen=True)
class _Pair:
    """What is taken from what: ``planned`` − ``actual``, where actual may be expenditure − receipts."""

    planned: Column
    actual: Column
    less: Column | None = None
    convention: str = "declared"

    @property
    def columns(self) -> tuple[Column, ...]:
        return (self.planned, self.actual) + ((self.less,) if self.less else ())


def _deviations(figures: Figures, at: int, deviation: Column) -> Iterator[Relation]:
    table = figures.tables[at]
    rows = [row for row in table.rows if row.role is not RowRole.HEADING]
    pairs = list(_pairs(table, deviation))
    if not pairs:
        return

    def read(pair: _Pair) -> list[Relation]:
        return [_deviation(figures, at, row, deviation, pair) for row in rows]

    scores = {pair: fit(read(pair), figures) for pair in pairs}
    best = max(pairs, key=lambda pair: (scores[pair].score, -pairs.index(pair)))
    told = scores[best]
    rivals = (
        sum(column.role is ColumnRole.DEVIATION and column.group == deviation.group for column in table.columns) > 1
    )
    borne = max(1, told.held) if rivals else max(2, 2 * told.held)  # another column may be the real one
    if told.missed > borne or (not told.held and (told.missed > 1 or table.sign is Sign.PLAIN)):
        return  # nothing shows what this column is the difference of
    if table.sign is Sign.PLAIN and (told.held < 2 or told.score < 1):
        return  # a table without convention tells its own only by several rows
    yield from read(best)
    if best.convention == "same_for_all" and table.sign is not Sign.PLAIN:
        declared = replace(best, convention="declared")
        for row in rows:
            if row.measure is Measure.INCOME:
                yield replace(
                    _deviation(figures, at, row, deviation, declared),
                    confidence=Confidence.POSSIBLE,
                    basis="plus är bra i tabellens övriga rader, och då är intäkternas avvikelse {expected}",
                )


def _pairs(table: Table, deviation: Column) -> Iterator[_Pair]:
    """Give the pairs that a deviation may be the difference of, the most natural first."""
    near = [c for c in table.columns if c.group == deviation.group] if deviation.group else list(table.columns)
    for columns in (near, list(table.columns)):
        found = list(_pairs_among(columns, deviation))
        if found:
            signs = ("declared", "same_for_all", "opposite_for_all", "opposite")
            yield from (replace(pair, convention=sign) for sign in signs for pair in found)
            return


def _pairs_among(columns: Sequence[Column], deviation: Column) -> Iterator[_Pair]:
    def of(*roles: ColumnRole) -> list[Column]:
        return [c for c in columns if c.role in roles and _may_meet(c, deviation)]

    unnamed = [column for column in of(ColumnRole.AMOUNT) if not column.label]  # its heading may have been lost
    for planned in of(*_PLANNED):
        for actual in (*of(*_ACTUAL), *unnamed):
            yield _Pair(planned, actual)
    out, received = of(ColumnRole.EXPENDITURE), of(ColumnRole.RECEIPTS)
    if len(out) == len(received) == 1:
        for planned in of(*_PLANNED):
            yield _Pair(planned, out[0], received[0])
        if not of(*_PLANNED):
            yield _Pair(received[0], out[0])


def _may_meet(column: Column, deviation: Column) -> bool:
    """Say whether a column can be part of a deviation: the same year, as far as both say one."""
    if column.period is None or deviation.period is None:
        return True
    return column.period.year_number == deviation.period.year_number


def _deviation(figures: Figures, at: int, row: Row, deviation: Column, pair: _Pair) -> Relation:
    """Say that a deviation is planned − actual, or the other way round, by the row's sign."""
    one_rule = pair.convention.endswith("for_all")
    less_is_good = one_rule or not (row.measure is Measure.INCOME or row.key in counts_result(figures, at))
    sign = ONE if less_is_good != pair.convention.startswith("opposite") else -ONE
    spots = [Spot(at, row.key, column.key) for column in pair.columns]
    factors = (sign, -sign, sign)[: len(spots)]
    first, second = _WORDS[pair.planned.role], _WORDS[pair.actual.role]
    received = " plus inkomster {2}" if pair.less else ""
    basis = f"{first} {{0}} minus {second} {{1}}{received}"
    if sign != ONE:
        basis = f"{second} {{1}}{received.replace('plus', 'minus')} minus {first} {{0}}"
    return Relation(
        Shape.EQUAL,
        Spot(at, row.key, deviation.key),
        tuple(Term(spot, factor) for spot, factor in zip(spots, factors, strict=True)),
        basis=f"{basis} är {{expected}}",
        law=f"avvikelsen ({{target}}) ska vara skillnaden mellan {first} och {second}",
    )


def _changes(figures: Figures, at: int, change: Column) -> Iterator[Relation]:
    """Give the reading of a change column under which most rows hold, if more hold than do not."""
    table = figures.tables[at]
    near = [c for c in table.columns if c.group == change.group] if change.group else list(table.columns)
    stated = [c for c in near if c.role in _STATED]
    readings = [[*_change_of(table, at, change, a, b)] for a in stated for b in stated if a is not b]
    scored = [(fit(reading, figures), reading) for reading in readings]
    if scored:
        told, best = max(scored, key=lambda pair: pair[0].score)
        yield from best if told.held > told.missed else ()


def _change_of(table: Table, at: int, change: Column, later: Column, earlier: Column) -> Iterable[Relation]:
    for row in table.rows:
        if row.role is not RowRole.HEADING:
            yield Relation(
                Shape.EQUAL,
                Spot(at, row.key, change.key),
                (Term(Spot(at, row.key, later.key)), Term(Spot(at, row.key, earlier.key), -ONE)),
                basis=f"{_WORDS[later.role]} {{0}} minus {_WORDS[earlier.role]} {{1}} är {{expected}}",
                law=f"förändringen ({{target}}) ska vara {_WORDS[later.role]} minus {_WORDS[earlier.role]}",
            )


def _bridges(figures: Figures, at: int) -> Iterator[Relation]:
    """Give the bridges of a table: a row's later figure is its earlier one plus the changes listed under it.

    Believed only where more rows hold as bridges than do not: changes may also be items.
    """
    table = figures.tables[at]
    stated = [c for c in table.columns if c.role in _STATED and additive(table, c)]
    dated = sorted((column.period, at) for at, column in enumerate(stated) if column.period)
    ordered = [stated[at] for _, at in dated]
    for earlier, later in pairwise(ordered):
        found = [
            bridge
            for row in table.rows
            if row.role is RowRole.ITEM and (bridge := _bridge(figures, at, row, earlier, later)) is not None
        ]
        told = fit(found, figures)
        if told.held > told.missed:
            yield from found


def _bridge(figures: Figures, at: int, row: Row, earlier: Column, later: Column) -> Relation | None:
    changes = figures.tables[at].children(row.key, RowRole.ITEM)
    spots = tuple(Spot(at, change.key, later.key) for change in changes)
    before = (Spot(at, change.key, earlier.key) for change in changes)
    if not spots or any(spot in figures for spot in before):
        return None
    start = Spot(at, row.key, earlier.key)
    return Relation(
        Shape.EQUAL,
        Spot(at, row.key, later.key),
        (Term(start), *(Term(spot) for spot in spots)),
        basis=f"{earlier.label} {{0}} och de {len(spots)} förändringarna blir {{expected}}",
        law=f"”{row.label}” ({{target}}) ska vara {earlier.label} med förändringarna",
        rows=spots,
    )


def _in_rows(figures: Figures, at: int) -> Iterator[Relation]:
    """Give what binds an amount to the rows of its budget and its deviation that stand right under it.

    The sign is the one under which most columns hold; where none does nothing is said.
    """
    table = figures.tables[at]
    columns = [column for column in table.columns if additive(table, column)]
    for amount, budget, deviation in zip(table.rows, table.rows[1:], table.rows[2:], strict=False):
        names = budget.label.casefold(), deviation.label.casefold()
        if not (names[0].startswith("budget") and names[1].startswith(("avvikelse", "budgetavvikelse"))):
            continue
        readings = [[_of_rows(at, (amount, budget, deviation), one, sign) for one in columns] for sign in (ONE, -ONE)]
        told, best = max(((fit(reading, figures), reading) for reading in readings), key=lambda pair: pair[0].score)
        yield from best if told.held else ()


def _of_rows(at: int, rows: tuple[Row, Row, Row], column: Column, sign: Decimal) -> Relation:
    amount, budget, deviation = (Spot(at, row.key, column.key) for row in rows)
    first, second = (rows[0].label, rows[1].label) if sign == ONE else (rows[1].label, rows[0].label)
    of_first, of_second = ("{0}", "{1}") if sign == ONE else ("{1}", "{0}")
    return Relation(
        Shape.EQUAL,
        deviation,
        (Term(amount, sign), Term(budget, -sign)),
        basis=f"”{first}” {of_first} minus ”{second}” {of_second} är {{expected}}",
        law="avvikelsen ({target}) ska vara skillnaden mellan raderna över den",
    )


def _unnamed(figures: Figures, at: int) -> Iterator[Relation]:
    """Give the columns without a role that nearly all rows show to be a difference of two columns before them."""
    table = figures.tables[at]
    columns = [c for c in table.columns if additive(table, c) and c.role is not ColumnRole.COUNT]
    for place, column in enumerate(columns):
        if column.role is not ColumnRole.AMOUNT or column.group or place < 2 or place > _FAR:
            continue
        readings = [
            [*_difference(table, at, column, one, other)] for one in columns[:place] for other in columns[:place]
            if one is not other
        ]  # fmt: skip
        told, best = max(((fit(reading, figures), reading) for reading in readings), key=lambda pair: pair[0].score)
        if told.held >= _SEVERAL and told.missed * _SEVERAL <= told.held:
            yield from best


def _difference(table: Table, at: int, column: Column, one: Column, other: Column) -> Iterator[Relation]:
    for row in table.rows:
        if row.role is not RowRole.HEADING:
            yield Relation(
                Shape.EQUAL,
                Spot(at, row.key, column.key),
                (Term(Spot(at, row.key, one.key)), Term(Spot(at, row.key, other.key), -ONE)),
                basis="i tabellens övriga rader är kolumnen en skillnad, och här blir {0} minus {1} {expected}",
                law="kolumnen ({target}) ska vara skillnaden mellan två andra, som i de övriga raderna",
                confidence=Confidence.LIKELY,
            )
