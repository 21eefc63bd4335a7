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
# Sentences about nothing, in so many turns that none of them is printed twice by chance.
_WHO = (
    "Verksamheten",
    "Förvaltningen",
    "Ledningen",
    "Avdelningen",
    "Projektgruppen",
    "Enheten",
    "Styrgruppen",
    "Nämnden",
)
_DID = ("har under perioden arbetat vidare med", "har fortsatt att utveckla", "har haft fokus på", "planerar för",
        "har tagit ett samlat grepp om", "ser ett ökat behov av", "har prioriterat", "följer noga")  # fmt: skip
_WHAT = ("nya arbetssätt", "dialogen med föreningar och företag", "rekryteringen", "den digitala servicen", "lokalerna",
         "samarbetet med grannkommunerna", "introduktionen av nya medarbetare", "informationen på webben")  # fmt: skip
_WHY = ("i linje med budgetens inriktning", "efter önskemål från brukarna", "för att möta en förändrad efterfrågan",
        "trots ett ansträngt läge på arbetsmarknaden", "som en del av kvalitetsarbetet", "hösten igenom",
        "enligt beslut den 14 mars (KS 2023-417, § 88)", "tillsammans med fack och skyddsombud")  # fmt: skip


def filler(random: Random, about: str) -> Text:
    """Write one or two sentences that no table says anything about; ``about`` begins them and keeps them apart."""
    subjects = random.sample(_WHO, random.randint(1, 2))
    said = [" ".join((who, *(random.choice(turn) for turn in (_DID, _WHAT, _WHY)))) for who in subjects]
    return Text(f"{about}: " + " ".join(f"{sentence}." for sentence in said))


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
