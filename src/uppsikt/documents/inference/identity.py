"""Which rows that bear the same name tell the same quantity: those whose figures bear it out.

Names alone make false alarms: a unit's item in one table and its total in another may be two things.
Two tellings are held for the same when some of their figures agree and not too many differ; or when
the tables they stand in, or tables of the same kind, otherwise agree; or when their only common
figure differs by a slip of the pen. A total that nothing names is given the name of the unit that
its figures agree with.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from uppsikt.core.periods import Period
from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import ColumnRole, Measure, Sign, Table

_NOT_COMPARED = (ColumnRole.TEXT, ColumnRole.STATE, ColumnRole.CHANGE, ColumnRole.AMOUNT)
_FAMILY = 2  # tables of the same kind must agree in so many figures, and twice as many as differ
_MONEY = ("net", "invest")
_NEAR = 8  # tellings: each is compared with so many before it, so that time grows with the document
_THOUSAND, _SURE = 1000, 2000  # half steps of the last digit: four figures do not meet a thousandfold by chance
_DIGITS = 2  # after the first: what two written precisions of one amount have in common
_COMMON = 50  # names: a figure that so many tell says nothing
_UNNAMED = 2  # figures that must agree before an unnamed total is given a name


@dataclass(frozen=True, slots=True)
class Mention:
    """A row and what it seems to be about; ``frame``: a decided frame, which may be another amount."""

    table: int
    row: str
    kind: str
    name: str
    measure: Measure
    frame: bool = False


class _What(NamedTuple):
    measure: Measure
    role: ColumnRole
    period: Period


class _Figure(NamedTuple):
    number: Decimal
    slack: Decimal

    def agrees(self, other: _Figure) -> bool:
        """Say whether both tell the same; or the same in a table whose unit is a thousand times wrong."""
        if abs(self.number - other.number) <= self.slack + other.slack:
            return True
        small, large = sorted((self, other), key=lambda one: abs(one.number))
        off = abs(small.number * _THOUSAND - large.number)
        return abs(small.number) >= _SURE * small.slack and off <= small.slack * _THOUSAND + large.slack

    @property
    def tells(self) -> bool:
        """Say whether it has two digits that rounding leaves alone: less is alike by chance."""
        return abs(self.number) >= 20 * self.slack

    def slipped(self, other: _Figure) -> bool:
        """Say whether the two differ in one digit, or have two digits swapped."""
        one, two = (str(abs(figure.number).normalize()).replace(".", "") for figure in (self, other))
        if len(one) != len(two) or len(one) < 3:
            return False
        unlike = [at for at in range(len(one)) if one[at] != two[at]]
        swapped = len(unlike) == 2 and sorted(one[at] for at in unlike) == sorted(two[at] for at in unlike)
        return len(unlike) == 1 or (swapped and unlike[1] - unlike[0] == 1)


@dataclass
class _Telling:
    """Everything that one table tells of one name: its figures by measure, role and period."""

    table: int
    kind: str
    name: str
    frame: bool
    rows: list[str] = field(default_factory=list)
    figures: dict[_What, _Figure] = field(default_factory=dict)


class _Count(NamedTuple):
    agree: int = 0
    differ: int = 0

    def plus(self, other: _Count) -> _Count:
        return _Count(self.agree + other.agree, self.differ + other.differ)

    @property
    def believed(self) -> bool:
        return self.agree > 0 and self.agree * 2 >= self.differ


def with_identities(
    tables: Sequence[Table], mentions: Sequence[Mention], units: Sequence[str]
) -> dict[tuple[int, str], str]:
    """Give the subject of each mentioned row, by table and row key: one name for what is told in several places."""
    tellings = _tellings(tables, mentions)
    _name_the_unnamed(tellings, units)
    weights = _Weights(tables, tellings)
    by_name: dict[tuple[str, str], list[_Telling]] = defaultdict(list)
    for telling in tellings:
        by_name[telling.kind, telling.name].append(telling)
    subjects: dict[tuple[int, str], str] = {}
    for (kind, name), told in by_name.items():
        for number, cluster in enumerate(_clusters(told, weights)):
            subject = f"{kind}:{name}" + (f"#{number + 1}" if number else "")
            for telling in cluster:
                lone_frame = telling.frame and len(cluster) == 1
                subjects |= {(telling.table, row): "" if lone_frame else subject for row in telling.rows}
    return subjects


def _tellings(tables: Sequence[Table], mentions: Sequence[Mention]) -> list[_Telling]:
    found: dict[tuple[int, str, str, str], _Telling] = {}
    for one in mentions:
        alone = one.row if one.frame else ""
        key = (one.table, one.kind, one.name, alone)
        telling = found.setdefault(key, _Telling(one.table, one.kind, one.name, one.frame))
        telling.rows.append(one.row)
        telling.figures |= _figures(tables[one.table], one)
    return list(found.values())


def _figures(table: Table, mention: Mention) -> dict[_What, _Figure]:
    figures = {}
    roles = [ColumnRole.OUTCOME if c.role is ColumnRole.LAST_YEAR else c.role for c in table.columns]
    kinds = [(role, column.period) for role, column in zip(roles, table.columns, strict=True)]
    for column, role in zip(table.columns, roles, strict=True):
        cell = table.cells.get((mention.row, column.key))
        value = None if cell is None else cell.value
        if column.period is None or role in _NOT_COMPARED or not isinstance(value, Quantity):
            continue
        if kinds.count((role, column.period)) > 1:
            continue  # two columns of a kind tell two things
        slack = value.half_step * value.unit.factor
        sign = -1 if _is_turned(table, mention, role) else 1
        figures[_What(mention.measure, role, column.period)] = _Figure(sign * value.number * value.unit.factor, slack)
    return figures


def _is_turned(table: Table, mention: Mention, role: ColumnRole) -> bool:
    """Say whether a figure is a result: a net cost with the other sign. A deviation is good when positive in both."""
    return table.sign is Sign.RESULT and mention.measure is Measure.NET and role is not ColumnRole.DEVIATION


def _compared(one: _Telling, other: _Telling) -> _Count:
    """Count the common figures that agree and that differ; two zeros say nothing."""
    agree = differ = 0
    for what in one.figures.keys() & other.figures.keys():
        first, second = one.figures[what], other.figures[what]
        if first.tells or second.tells:
            agrees = first.agrees(second)
            agree, differ = agree + agrees, differ + (not agrees)
    return _Count(agree, differ)


class _Weights:
    """How well tables, and families of tables with the same columns, agree in what they both tell."""

    def __init__(self, tables: Sequence[Table], tellings: Sequence[_Telling]) -> None:
        self.family = [_family(table) for table in tables]
        self.pairs: dict[tuple[int, int], _Count] = defaultdict(_Count)
        self.families: dict[tuple[int, object], _Count] = defaultdict(_Count)
        by_name: dict[tuple[str, str], list[_Telling]] = defaultdict(list)
        for telling in tellings:
            if not telling.frame:
                by_name[telling.kind, telling.name].append(telling)
        for told in by_name.values():
            for at, one in enumerate(told):
                for other in told[max(0, at - _NEAR) : at]:
                    self._add(other, one)

    def _add(self, one: _Telling, other: _Telling) -> None:
        count = _compared(one, other)
        pair = (min(one.table, other.table), max(one.table, other.table))
        self.pairs[pair] = self.pairs[pair].plus(count)
        for a, b in ((one, other), (other, one)):
            key = (a.table, self.family[b.table])
            self.families[key] = self.families[key].plus(count)

    def same(self, one: _Telling, other: _Telling) -> bool:
        """Say whether two tellings of one name tell the same quantity."""
        own = _compared(one, other)
        # A unit's money is its own wherever it stands; every unit has sick leave, and of the same years.
        sure = one.kind in _MONEY or own.agree > own.differ
        if own.believed and (sure or self._kin(one, other)):
            return True
        if one.frame or other.frame or own.differ != 1 or own.agree:
            return False
        if self._kin(one, other):
            return True
        families = (
            self.families[one.table, self.family[other.table]],
            self.families[other.table, self.family[one.table]],
        )
        if any(count.agree >= _FAMILY and count.agree >= 2 * count.differ for count in families):
            return True
        common = [(one.figures[what], other.figures[what]) for what in one.figures.keys() & other.figures.keys()]
        return len(common) == 1 and common[0][0].slipped(common[0][1])

    def _kin(self, one: _Telling, other: _Telling) -> bool:
        """Say whether the tables of two tellings tell the same as a whole, this name left out of it."""
        both = self.pairs[min(one.table, other.table), max(one.table, other.table)]
        own = _compared(one, other)
        return _Count(both.agree - own.agree, both.differ - own.differ).believed


def _family(table: Table) -> object:
    return tuple((column.role, column.period) for column in table.columns), table.unit


def _clusters(told: Sequence[_Telling], weights: _Weights) -> list[list[_Telling]]:
    """Group the tellings of a name that tell the same, the largest group first.

    Only the nearest groups are tried, so that a name that every table has takes no more time than it is long.
    """
    groups: list[list[_Telling]] = []
    for telling in told:
        near = groups[-_NEAR:]
        joined = [group for group in near if any(weights.same(telling, other) for other in group[-_NEAR:])]
        groups[-_NEAR:] = [group for group in near if group not in joined]
        groups.append([*(one for group in joined for one in group), telling])
    return sorted(groups, key=lambda group: -len(group))


def _name_the_unnamed(tellings: list[_Telling], units: Iterable[str]) -> None:
    """Give totals that nothing names, and frames, the name of the unit that their figures agree with best."""
    names = set(units)
    known = _Known()
    for telling in tellings:
        if telling.name in names and not telling.frame:
            known.add(telling)
    unnamed: dict[tuple[int, str, str], list[_Telling]] = defaultdict(list)
    for telling in tellings:
        if telling.name.startswith("?") or telling.frame:
            alone = telling.rows[0] if telling.frame else ""
            unnamed[telling.table, telling.name, alone].append(telling)
    for group in unnamed.values():
        counts = {name: _counted(group, known.told[name]) for name in known.like(group)}
        best = max(counts, key=lambda name: (counts[name].agree, -counts[name].differ), default="")
        if best and counts[best].agree >= _UNNAMED and counts[best].believed:
            for telling in group:
                telling.name = best
        for telling in group:
            if not telling.frame:
                known.add(telling)


class _Known:
    """The named tellings, and by figure the names that tell it: rounded, so that tkr and mnkr meet."""

    def __init__(self) -> None:
        self.told: dict[str, list[_Telling]] = defaultdict(list)
        self.names: dict[tuple[str, _What, int, int], dict[str, None]] = defaultdict(dict)

    def add(self, telling: _Telling) -> None:
        """Remember a telling under its name."""
        self.told[telling.name].append(telling)
        for what, figure in telling.figures.items():
            for key in _sizes(figure.number):
                self.names[telling.kind, what, *key][telling.name] = None

    def like(self, group: Sequence[_Telling]) -> list[str]:
        """Give the names that tell at least as many figures like those of a group as a name takes."""
        hits: Counter[str] = Counter()
        for one in group:
            for what, figure in one.figures.items():
                places = [(one.kind, what, *key) for key in _sizes(figure.number)] if figure.number else []
                found = {name: None for place in places for name in self.names.get(place, ())}
                if len(found) <= _COMMON:
                    hits.update(found.keys())
        return [name for name, count in hits.items() if count >= _UNNAMED]


def _sizes(number: Decimal) -> tuple[tuple[int, int], ...]:
    """Give two coarse sizes of a number, so that numbers that are nearly alike have one of them in common."""
    size = abs(number)
    power = size.adjusted() if size else 0
    leading = int(size.scaleb(_DIGITS - power))
    return ((power, leading // 2 * 2), (power, (leading + 1) // 2 * 2 + 1))


def _counted(group: Sequence[_Telling], others: Sequence[_Telling]) -> _Count:
    """Count the figures of a group that agree with some of the others, and those that agree with none."""
    agree = differ = 0
    for one in group:
        alike = [other for other in others if other.kind == one.kind]
        for what, figure in one.figures.items():
            told = [other.figures[what] for other in alike if what in other.figures]
            agrees = figure.tells and any(figure.agrees(other) for other in told)
            agree, differ = agree + agrees, differ + (bool(told) and figure.tells and not agrees)
    return _Count(agree, differ)
