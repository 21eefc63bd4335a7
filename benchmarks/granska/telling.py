"""Writes sentences whose numbers a table confirms, as municipal reports do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from benchmarks.granska.made import Fact, Made, Style, Text, rounded
from benchmarks.granska.steering import STATES, STATUSES
from uppsikt.core.tables import ColumnRole, RowRole

_WORDS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_FILLERS = (
    "Verksamheten har under perioden arbetat vidare med de prioriteringar som beslutades i samband med budgeten.",
    "Den allmänna utvecklingen i omvärlden påverkar efterfrågan på kommunens tjänster och möjligheten att rekrytera.",
    "Arbetet med att utveckla nya arbetssätt fortsätter i nära dialog med brukare, föreningar och företag.",
    "Beslut om den fortsatta inriktningen väntas under nästa år (KS 2023-417, § 88).",
    "Ett antal insatser som startade den 14 mars har nu övergått i ordinarie verksamhet.",
)


def filler(random: Random) -> Text:
    """Write one or two sentences that no table says anything about."""
    return Text(" ".join(random.sample(_FILLERS, random.randint(1, 2))))


def about_money(random: Random, table: Made, style: Style) -> Iterator[Text]:
    """Tell the total's deviation, and one item's, as surplus or deficit; and what the total was."""
    deviation = table.column(ColumnRole.DEVIATION)
    actual = table.column(ColumnRole.OUTCOME, ColumnRole.FORECAST)
    if deviation is None or actual is None or table.kind != "economy":
        return
    total = max(at for at, line in enumerate(table.lines) if line.role is RowRole.SUM)
    told = _amount(table, total, deviation, style)
    side = "överskott" if (table.lines[total].numbers[deviation] or 0) >= 0 else "underskott"
    yield Text(f"Nämnden redovisar totalt ett {side} mot budget med {told} {table.unit}.",
               (Fact(told, table.title, total, deviation),))  # fmt: skip
    items = [at for at, line in enumerate(table.lines) if line.role is RowRole.ITEM and line.numbers[deviation]]
    if items and random.random() < 0.8:
        at = random.choice(items)
        told = _amount(table, at, deviation, style)
        side = "överskott" if (table.lines[at].numbers[deviation] or 0) >= 0 else "underskott"
        yield Text(f"{table.lines[at].label} visar ett {side} på {told} {table.unit} jämfört med budget.",
                   (Fact(told, table.title, at, deviation),))  # fmt: skip


def _amount(table: Made, row: int, column: int, style: Style) -> str:
    number = table.lines[row].numbers[column]
    return style.write(abs(number or Decimal(0)), table.decimals)


def about_indicators(random: Random, table: Made, style: Style) -> Iterator[Text]:
    """Tell how a share went from last year's figure to this year's."""
    for at, line in enumerate(table.lines):
        before, now = line.numbers[1], line.numbers[2]
        if line.role is RowRole.ITEM and "(%)" in line.label and before and now and random.random() < 0.4:
            way = "ökat" if now > before else "minskat" if now < before else "legat stilla"
            name = line.label.removesuffix(" (%)")
            first, second = style.write(before, 1), style.write(now, 1)
            if way != "legat stilla":
                yield Text(f"{name} har {way} från {first} till {second} procent.",
                           (Fact(first, table.title, at, 1), Fact(second, table.title, at, 2)))  # fmt: skip


def about_states(random: Random, table: Made) -> Iterator[Text]:
    """Count the goals by state, or the assignments by status, in figures or words."""
    counted = Counter(line.cells[0] for line in table.lines)
    many = len(table.lines)
    if table.kind == "assessment":
        number, told = (_count(random, n) for n in (many, counted[STATES[0]]))
        yield Text(f"Av nämndens {number} mål bedöms {told} som uppfyllda.",
                   (Fact(number, table.title), Fact(told, table.title, None, 0)))  # fmt: skip
    elif table.kind == "assignment":
        number, told = (_count(random, n) for n in (many, counted[STATUSES[0]]))
        yield Text(f"Nämnden har {number} uppdrag, varav {told} är genomförda.",
                   (Fact(number, table.title), Fact(told, table.title, None, 0)))  # fmt: skip


def _count(random: Random, number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) and random.random() < 0.5 else str(number)


def about_staff(table: Made, style: Style) -> Iterator[Text]:
    """Tell how many are employed."""
    number = table.lines[0].numbers[-1]
    year = table.heads[-1].year
    if number is not None and table.kind == "staff":
        told = style.write(rounded(number, 0), 0)
        yield Text(f"Antalet tillsvidareanställda var {told} i december {year}.",
                   (Fact(told, table.title, 0, len(table.heads) - 1),))  # fmt: skip
