"""Plants one error in a true report and says what must be found: the code, the place, and the right figure.

An error is only planted where a reader with a pocket calculator could find it and say which figure is
wrong: a changed figure takes part in at least two relations, and the change is larger than rounding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from benchmarks.granska.made import Fact, Made, Report, Text, rounded
from uppsikt.core.tables import ColumnRole, Measure, RowRole

ACTUAL = (ColumnRole.OUTCOME, ColumnRole.FORECAST)


@dataclass(frozen=True)
class Planted:
    """A report with one error, and the finding that must be told.

    ``codes``: any of them. ``row`` is "" for an error in running text; ``words`` must stand in the proposal.
    """

    report: Report
    what: str
    codes: tuple[str, ...]
    row: str = ""
    column: str = ""
    stated: Decimal | None = None
    expected: Decimal | None = None
    words: str = ""


@dataclass(frozen=True)
class _Spot:
    """A figure of a report that can be made wrong."""

    at: int
    table: Made
    row: int
    column: int

    @property
    def number(self) -> Decimal:
        return self.table.lines[self.row].numbers[self.column] or Decimal(0)

    def wrong(self, report: Report, number: Decimal, what: str, *codes: str, words: str = "") -> Planted:
        """Put another figure here."""
        text = report.style.write(number, self.table.decimals)
        changed = report.with_part(self.at, self.table.with_cell(self.row, self.column, text, number))
        line, head = self.table.lines[self.row], self.table.heads[self.column]
        return Planted(changed, what, codes, line.label, head.label, number, self.number, words)


Planter = Callable[[Random, Report], Planted | None]


def _spots(
    report: Report, roles: tuple[ColumnRole, ...], *rows: RowRole, kind: str = "economy", title: str = "Driftsammandrag"
) -> Iterator[_Spot]:
    """Give figures in columns and rows of these roles in tables of a kind."""
    for at, table in report.tables():
        if table.kind != kind or not table.title.startswith(title):
            continue
        for row, line in enumerate(table.lines):
            for column, head in enumerate(table.heads):
                if head.role in roles and line.role in rows and line.numbers[column] is not None:
                    yield _Spot(at, table, row, column)


def _checked_spots(report: Report, *rows: RowRole) -> list[_Spot]:
    """Give this year's figures in a statement with a deviation: row and column both say what they should be."""
    spots = _spots(report, ACTUAL, *rows)
    with_deviation = [one for one in spots if one.table.column(ColumnRole.DEVIATION) is not None]
    return [one for one in with_deviation if one.table.heads[one.column].year == report.year]


def _clear(table: Made) -> Decimal:
    """Give a difference that no rounding of the table's rows can explain."""
    return Decimal(len(table.lines) + 2).scaleb(-table.decimals)


def wrong_sum(random: Random, report: Report) -> Planted | None:
    """A total is another figure, with no slip of the pen to explain it."""
    spots = _checked_spots(report, RowRole.SUM)
    if not spots:
        return None
    spot = random.choice(spots)
    step = Decimal(1).scaleb(-spot.table.decimals)
    wrong = spot.number + _clear(spot.table) + random.randint(123, 987) * step
    return spot.wrong(report, wrong, "fel summa", "SUM", "DEV", "NET", "XTB")


def swapped_digits(random: Random, report: Report) -> Planted | None:
    """Two digits of an item have changed places."""
    options = [(spot, other) for spot in _checked_spots(report, RowRole.ITEM) for other in _swaps(spot)]
    if not options:
        return None
    spot, other = random.choice(options)
    return spot.wrong(report, other, "omkastade siffror", "SUM", "DEV", "NET", words="bytt plats")


def _swaps(spot: _Spot) -> Iterator[Decimal]:
    scale = Decimal(1).scaleb(-spot.table.decimals)
    digits = str(int(abs(spot.number) / scale))
    for at in range(len(digits) - 1):
        text = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        number = int(text) * scale * (-1 if spot.number < 0 else 1)
        if text[0] != "0" and abs(number - spot.number) > _clear(spot.table):
            yield number


def lost_minus(random: Random, report: Report) -> Planted | None:
    """A negative deviation has lost its sign."""
    spots = list(_spots(report, (ColumnRole.DEVIATION,), RowRole.ITEM))
    spots = [one for one in spots if one.number < -_clear(one.table)]
    if not spots:
        return None
    spot = random.choice(spots)
    return spot.wrong(report, -spot.number, "tappat minustecken", "DEV", "SUM", "SGN", words="minustecken saknas")


def thousandfold(random: Random, report: Report) -> Planted | None:
    """An item is written in kronor in a table of tkr."""
    spots = [one for one in _checked_spots(report, RowRole.ITEM) if abs(one.number) > 2 * _clear(one.table)]
    if not spots:
        return None
    spot = random.choice(spots)
    return spot.wrong(report, spot.number * 1000, "faktor tusen", "SUM", "DEV", "NET", words="tusen gånger för stort")


def wrong_deviation(random: Random, report: Report) -> Planted | None:
    """An item's deviation is another figure."""
    spots = list(_spots(report, (ColumnRole.DEVIATION,), RowRole.ITEM))
    if not spots:
        return None
    spot = random.choice(spots)
    step = Decimal(1).scaleb(-spot.table.decimals)
    wrong = spot.number + _clear(spot.table) + random.randint(123, 987) * step
    return spot.wrong(report, wrong, "fel avvikelse", "DEV", "SUM")


def wrong_part(random: Random, report: Report) -> Planted | None:
    """Of which costs is another figure: costs less income is not the net."""
    spots = [one for one in _checked_spots(report, RowRole.OF_WHICH) if _measure(one) is Measure.COSTS]
    if not spots:
        return None
    spot = random.choice(spots)
    step = Decimal(1).scaleb(-spot.table.decimals)
    wrong = spot.number + _clear(spot.table) + random.randint(123, 987) * step
    return spot.wrong(report, wrong, "fel varav-belopp", "NET", "DEV", "SUM", "XTB")


def _measure(spot: _Spot) -> Measure:
    return spot.table.lines[spot.row].measure


def forgotten_row(random: Random, report: Report) -> Planted | None:
    """A sum was added up without one of its rows."""
    options = []
    for spot in _checked_spots(report, RowRole.SUM):
        line = spot.table.lines[spot.row]
        for item in line.items:
            number = spot.table.lines[item].numbers[spot.column]
            alike = sum(abs((spot.table.lines[one].numbers[spot.column] or 0) - (number or 0)) < _clear(spot.table)
                        for one in line.items)  # fmt: skip
            if number is not None and abs(number) > _clear(spot.table) and len(line.items) > 2 and alike == 1:
                options.append((spot, item, number))
    if not options:
        return None
    spot, item, number = random.choice(options)
    name = spot.table.lines[item].label
    return spot.wrong(report, spot.number - number, "glömd rad", "SUM", "DEV", "NET", "XTB", words=name)


def outside_parts(random: Random, report: Report) -> Planted | None:
    """A share for all lies outside women's and men's."""
    spots = []
    for spot in _spots(report, (ColumnRole.OUTCOME,), RowRole.ITEM, kind="indicator", title="Indikatorer"):
        below = [line.numbers[spot.column] for line in spot.table.lines if line.parent == spot.row]
        if len(below) == 2 and None not in below and not _told(report, spot):
            most = max(number for number in below if number is not None)
            spots += [(spot, most)] if most < 95 else []
    if not spots:
        return None
    spot, most = random.choice(spots)
    wrong = min(
        most + Decimal(random.randint(11, 99)) / 10, Decimal(100)
    )  # a share that reaches further is another error
    return replace(spot.wrong(report, wrong, "total utanför könen", "BRK"), expected=most)


def _told(report: Report, spot: _Spot) -> bool:
    """Say whether a sentence tells the figure: then two things would contradict it."""
    facts = (fact for _, text in report.texts() for fact in text.facts)
    return any((fact.table, fact.row, fact.column) == (spot.table.title, spot.row, spot.column) for fact in facts)


def told_otherwise(random: Random, report: Report) -> Planted | None:
    """The overview tells the total otherwise than the statement."""
    spots = list(_spots(report, (ColumnRole.BUDGET, *ACTUAL), RowRole.SUM, title="Ekonomi i korthet"))
    if not spots:
        return None
    spot = random.choice(spots)
    wrong = spot.number + _clear(spot.table) + Decimal(random.randint(12, 99))
    return spot.wrong(report, wrong, "annan uppgift i översikten", "XTB", "DEV", "NET")


def wrong_text(random: Random, report: Report) -> Planted | None:
    """An amount in a sentence is not the table's."""
    options = [(at, text) for at, text in report.texts() if _tells(text, r"skott")]
    return _retold(random, report, options, "fel belopp i text", "TXT")


def wrong_count(random: Random, report: Report) -> Planted | None:
    """A count in a sentence is not the count in the table."""
    options = [(at, text) for at, text in report.texts() if _tells(text, r"^(Av nämndens|Nämnden har)")]
    return _retold(random, report, options, "fel antal i text", "CNT")


def wrong_step(random: Random, report: Report) -> Planted | None:
    """A share in "from ... to ..." is not the table's."""
    options = [(at, text) for at, text in report.texts() if _tells(text, r"har (ökat|minskat) från")]
    return _retold(random, report, options, "fel andel i text", "TXT")


def _tells(text: Text, words: str) -> bool:
    return bool(text.facts) and re.search(words, text.text) is not None


def _retold(random: Random, report: Report, options: list[tuple[int, Text]], what: str, code: str) -> Planted | None:
    if not options:
        return None
    at, text = random.choice(options)
    fact = text.facts[-1]
    number = _number(fact)
    if fact.row is not None and not number:
        return None
    if fact.row is None:
        wrong, told = number + 2, str(number + 2)
    else:
        decimals = max(0, -int(number.as_tuple().exponent))
        wrong = rounded(number * Decimal("1.5") + 3, decimals)
        told = report.style.write(wrong, decimals)
    *_, last = re.finditer(rf"\b{re.escape(fact.text)}\b", text.text)
    changed = report.with_part(at, Text(text.text[: last.start()] + told + text.text[last.end() :]))
    return Planted(changed, what, (code,), stated=wrong, expected=number)


_WORDS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def _number(fact: Fact) -> Decimal:
    if fact.text in _WORDS:
        return Decimal(_WORDS.index(fact.text))
    return Decimal(re.sub(r"[\s\u202f]", "", fact.text).replace(",", "."))


def wrong_year(random: Random, report: Report) -> Planted | None:
    """A column of this year is headed with a year long gone."""
    for at, table in report.tables():
        columns = [one for one, head in enumerate(table.heads) if head.role is ColumnRole.BUDGET and head.year]
        if table.title.startswith("Driftsammandrag") and columns and table.column(ColumnRole.DEVIATION) is not None:
            head = table.heads[columns[0]]
            wrong = (head.year or 0) - 10
            label = head.label.replace(str(head.year), str(wrong))
            heads = tuple(replace(head, label=label, year=wrong) if no == columns[0] else one
                          for no, one in enumerate(table.heads))  # fmt: skip
            return Planted(report.with_part(at, replace(table, heads=heads)), "fel år i rubrik", ("YER",), column=label)
    return None


def wrong_unit(random: Random, report: Report) -> Planted | None:
    """A statement says mnkr over amounts in tkr, which the overview in mnkr shows."""
    overviews = [table for _, table in report.tables() if table.title.startswith("Ekonomi i korthet")]
    for at, table in report.tables():
        if overviews and table.title.startswith("Driftsammandrag") and table.unit == "tkr":

            def said(text: str) -> str:
                return text.replace("tkr", "mnkr")

            changed = replace(
                table, corner=said(table.corner), title=said(table.title), lead=said(table.lead), unit="mnkr"
            )
            return Planted(report.with_part(at, changed), "fel enhet", ("UNT",))
    return None


PLANTERS: dict[str, Planter] = {
    "fel summa": wrong_sum,
    "omkastade siffror": swapped_digits,
    "tappat minustecken": lost_minus,
    "faktor tusen": thousandfold,
    "fel avvikelse": wrong_deviation,
    "fel varav-belopp": wrong_part,
    "glömd rad": forgotten_row,
    "total utanför könen": outside_parts,
    "annan uppgift i översikten": told_otherwise,
    "fel belopp i text": wrong_text,
    "fel antal i text": wrong_count,
    "fel andel i text": wrong_step,
    "fel år i rubrik": wrong_year,
    "fel enhet": wrong_unit,
}
