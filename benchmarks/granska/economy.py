"""Makes tables of money that add up: amounts are drawn in whole kronor, summed, and rounded when they are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from benchmarks.granska.made import Head, Line, Made, Style, rounded
from uppsikt.core.tables import ColumnRole, Measure, RowRole, Sign

TOTAL = "Summa nettokostnad"
_UNITS = (
    "Kansliet", "Ekonomiavdelningen", "Personalavdelningen", "Måltidsservice", "Fastigheter", "Gata och park",
    "Kultur och fritid", "Biblioteken", "Överförmyndare", "Förskola", "Grundskola", "Gymnasieskola", "Vuxenutbildning",
    "Äldreomsorg", "Stöd till personer med funktionsnedsättning", "Individ- och familjeomsorg", "Räddningstjänst",
    "Bygglov och tillsyn", "Mark och exploatering", "Arbetsmarknad", "Näringsliv och turism", "Kommunikation",
    "Digital utveckling", "Upphandling", "Konsument- och skuldrådgivning", "Idrottsanläggningar och friluftsliv",
)  # fmt: skip
_GROUPS = ("Ledning och stöd", "Samhälle och miljö", "Lärande och arbete", "Omsorg och hälsa")
_PROJECTS = (
    "Ny sporthall vid Ekängen", "Ombyggnad av stadshusets entré", "Reinvestering i gator", "Verksamhetssystem",
    "Inventarier i skolor", "Laddstolpar", "Renovering av badhuset", "Cykelväg längs ån", "Datorer och nätverk",
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """What a column tells: its head, and from which of the drawn years its amounts come."""

    head: Head
    source: str


@dataclass
class Amounts:
    """Costs and income of one thing in whole kronor, by drawn year."""

    costs: dict[str, int] = field(default_factory=dict)
    income: dict[str, int] = field(default_factory=dict)

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(
            {key: self.costs[key] + other.costs[key] for key in self.costs},
            {key: self.income[key] + other.income[key] for key in self.income},
        )


def annual(year: int) -> tuple[Kind, ...]:
    """Outcome, budget, deviation and last year."""
    return (
        Kind(Head(f"Utfall {year}", ColumnRole.OUTCOME, year), "now"),
        Kind(Head(f"Budget {year}", ColumnRole.BUDGET, year), "budget"),
        Kind(Head(f"Avvikelse {year}", ColumnRole.DEVIATION, year), ""),
        Kind(Head(f"Utfall {year - 1}", ColumnRole.OUTCOME, year - 1), "last"),
    )


def forecast(year: int) -> tuple[Kind, ...]:
    """Full-year forecast, budget, deviation and the closing of last year."""
    return (
        Kind(Head(f"Prognos helår {year}", ColumnRole.FORECAST, year), "now"),
        Kind(Head(f"Budget {year}", ColumnRole.BUDGET, year), "budget"),
        Kind(Head("Avvikelse", ColumnRole.DEVIATION, year), ""),
        Kind(Head(f"Bokslut {year - 1}", ColumnRole.OUTCOME, year - 1), "last"),
    )


def planned(year: int) -> tuple[Kind, ...]:
    """Budget of this year and the next, and two plan years."""
    return (
        Kind(Head(f"Budget {year}", ColumnRole.BUDGET, year), "now"),
        Kind(Head(f"Budget {year + 1}", ColumnRole.BUDGET, year + 1), "budget"),
        Kind(Head(f"Plan {year + 2}", ColumnRole.PLAN, year + 2), "last"),
        Kind(Head(f"Plan {year + 3}", ColumnRole.PLAN, year + 3), "later"),
    )


_DRIFT = {"now": 0, "budget": 17, "last": -41, "later": 29}  # thousandths: no year is the same as another


def amounts(random: Random, name: str, *, earning: bool) -> Amounts:
    """Draw costs and income; where the unit earns its costs the two are near each other.

    Every name has something of its own in its costs, so that two rows are not the same however drawing goes.
    """
    costs = random.randint(900_000, 180_000_000) + 1_370 * sum(map(ord, name))
    income = costs + random.randint(-900_000, 900_000) if earning else random.randint(0, costs // 3)
    drawn = Amounts()
    for source, drift in _DRIFT.items():
        drawn.costs[source] = costs + costs * drift // 1000 + random.randint(-costs // 12, costs // 12)
        drawn.income[source] = max(0, income + random.randint(-income // 12, income // 12))
    return drawn


@dataclass
class Writer:
    """Collects the rows of a statement."""

    kinds: Sequence[Kind]
    style: Style
    unit: str
    sign: Sign
    lines: list[Line] = field(default_factory=list)

    @property
    def decimals(self) -> int:
        """Mnkr are written with one decimal, tkr with none."""
        return 1 if self.unit == "mnkr" else 0

    def add(self, label: str, drawn: Amounts | None, measure: Measure = Measure.NET, **more: object) -> int:
        """Write a row and give its number."""
        sources = [self._sources(at) for at in range(len(self.kinds))]
        exact = [None if drawn is None else self._amount(drawn, source, measure) for source in sources]
        scale = 1_000_000 if self.unit == "mnkr" else 1_000
        numbers = tuple(None if one is None else rounded(Decimal(one) / scale, self.decimals) for one in exact)
        cells = tuple("" if one is None else self.style.write(one, self.decimals) for one in numbers)
        self.lines.append(Line(label, cells, numbers, measure=measure, **more))  # type: ignore[arg-type] # see Line
        return len(self.lines) - 1

    def parts(self, whole: int, drawn: Amounts) -> None:
        """Write of which costs and income."""
        of_which = {"role": RowRole.OF_WHICH, "parent": whole}
        self.add("varav kostnader", drawn, Measure.COSTS, **of_which)
        self.add("varav intäkter", drawn, Measure.INCOME, **of_which)

    def _sources(self, at: int) -> tuple[str, ...]:
        """Give what a column tells: one source, or the two that a deviation is between (actual, planned)."""
        kind = self.kinds[at]
        if kind.source:
            return (kind.source,)
        near = [one for one in self.kinds if one.head.group == kind.head.group]
        planned = next(one.source for one in near if one.head.role is ColumnRole.BUDGET)
        actual = next(one.source for one in near if one.head.role in (ColumnRole.OUTCOME, ColumnRole.FORECAST))
        return actual, planned

    def _amount(self, drawn: Amounts, sources: tuple[str, ...], measure: Measure) -> int:
        if len(sources) == 1:
            return self._of(drawn, sources[0], measure)
        deviation = self._of(drawn, sources[0], measure) - self._of(drawn, sources[1], measure)
        good_when_more = measure is Measure.INCOME or (measure is Measure.NET and self.sign is Sign.RESULT)
        return deviation if good_when_more else -deviation

    def _of(self, drawn: Amounts, source: str, measure: Measure) -> int:
        costs, income = drawn.costs[source], drawn.income[source]
        if measure is not Measure.NET:
            return costs if measure is Measure.COSTS else income
        return costs - income if self.sign is Sign.NET_COST else income - costs


@dataclass(frozen=True)
class Statement:
    """An operating statement and the amounts behind its total, which other tables tell again."""

    table: Made
    total: Amounts
    kinds: tuple[Kind, ...]


def statement(
    random: Random, year: int, style: Style, *, title: str, own: Callable[[int], tuple[Kind, ...]]
) -> Statement:
    """Make an operating statement: items, perhaps in groups with sums, a total, perhaps of which."""
    kinds = own(year)
    unit = random.choice(("tkr", "mnkr"))
    sign = random.choice((Sign.NET_COST, Sign.NET_COST, Sign.RESULT))
    writer = Writer(kinds, style, unit, sign)
    names = random.sample(_UNITS, random.randint(3, 12))
    total = (
        _groups(random, writer, names) if len(names) > 6 and random.random() < 0.6 else _plain(random, writer, names)
    )
    if random.random() < 0.7:
        whole = next(at for at, line in enumerate(writer.lines) if line.label == _total_label(sign))
        writer.parts(whole, total)
    word = "nettokostnad" if sign is Sign.NET_COST else "resultat"
    corner, caption, lead = _places(random, word, unit)
    table = Made(
        f"{title}{caption}", "economy", corner, _heads(kinds), tuple(writer.lines), unit, writer.decimals, sign, lead
    )
    return Statement(table, total, kinds)


def _total_label(sign: Sign) -> str:
    return TOTAL if sign is Sign.NET_COST else "Summa resultat"


def _places(random: Random, word: str, unit: str) -> tuple[str, str, str]:
    """Say unit and convention in the corner, in the caption or on a line of its own."""
    return random.choice(
        (
            (f"{word.capitalize()}, {unit}", "", ""),
            ("Verksamhet", f", {word}, {unit}", ""),
            (f"{word.capitalize()}", "", f"Belopp i {unit}"),
        )
    )


def _heads(kinds: Sequence[Kind]) -> tuple[Head, ...]:
    return tuple(kind.head for kind in kinds)


def _sum(drawn: Sequence[Amounts]) -> Amounts:
    total = drawn[0]
    for one in drawn[1:]:
        total = total + one
    return total


def _plain(random: Random, writer: Writer, names: Sequence[str]) -> Amounts:
    """Items and their total; each item with its parts, or none."""
    with_parts = random.random() < 0.25
    earning = writer.sign is Sign.RESULT
    drawn, items = [], []
    for name in names:
        drawn.append(amounts(random, name, earning=earning))
        items.append(writer.add(name, drawn[-1]))
        if with_parts:
            writer.parts(items[-1], drawn[-1])
    total = _sum(drawn)
    writer.add(_total_label(writer.sign), total, role=RowRole.SUM, items=tuple(items))
    return total


def _groups(random: Random, writer: Writer, names: Sequence[str]) -> Amounts:
    """Groups under headings, each with its sum, and the sum of the sums."""
    earning = writer.sign is Sign.RESULT
    sums, totals = [], []
    many = random.randint(2, min(4, len(names) // 2))
    for at, group in enumerate(_GROUPS[:many]):
        heading = writer.add(group, None, Measure.NONE, role=RowRole.HEADING)
        drawn, items = [], []
        for name in names[at::many]:
            drawn.append(amounts(random, name, earning=earning))
            items.append(writer.add(name, drawn[-1], parent=heading))
        totals.append(_sum(drawn))
        sums.append(
            writer.add(f"Summa {group.lower()}", totals[-1], role=RowRole.SUM, items=tuple(items), parent=heading)
        )
    total = _sum(totals)
    writer.add(_total_label(writer.sign), total, role=RowRole.SUM, items=tuple(sums))
    return total


def overview(of: Statement, style: Style, *, title: str) -> Made:
    """Tell a statement's total again in a small table, in mnkr."""
    sign = of.table.sign
    writer = Writer(of.kinds, style, "mnkr", sign)
    writer.parts(writer.add(_total_label(sign), of.total, role=RowRole.SUM), of.total)
    word = "Nettokostnad" if sign is Sign.NET_COST else "Resultat"
    return Made(title, "economy", f"{word}, mnkr", _heads(of.kinds), tuple(writer.lines), "mnkr", 1, sign)


def investments(random: Random, year: int, style: Style, *, title: str) -> Made:
    """Make projects with decided budget, what is used since the start, and the deviation; with a sum."""
    unit = random.choice(("tkr", "mnkr"))
    kinds = (
        Kind(Head("Beslutad budget", ColumnRole.BUDGET), "budget"),
        Kind(Head("Utfall sedan start", ColumnRole.OUTCOME), "now"),
        Kind(Head("Avvikelse", ColumnRole.DEVIATION), ""),
        Kind(Head(f"Varav utfall {year}", ColumnRole.OUTCOME, year), "last"),
    )
    writer = Writer(kinds, style, unit, Sign.NET_COST)
    drawn, items = [], []
    for name in random.sample(_PROJECTS, random.randint(3, 7)):
        drawn.append(_project(random, name))
        items.append(writer.add(name, drawn[-1]))
    writer.add("Summa investeringar", _sum(drawn), role=RowRole.SUM, items=tuple(items))
    corner = f"Nettoutgift, {unit}"
    return Made(title, "investment", corner, _heads(kinds), tuple(writer.lines), unit, writer.decimals, Sign.NET_COST)


def projects(random: Random, year: int, style: Style, *, title: str) -> Made:
    """Make projects since their start and of which this year, under headings over three columns each."""
    unit = random.choice(("tkr", "mnkr"))
    since, this = "Sedan start", f"Varav {year}"
    kinds = tuple(
        Kind(Head(label, role, told, group), source)
        for group, told, sources in ((since, None, ("budget", "now")), (this, year, ("later", "last")))
        for label, role, source in (
            ("Budget", ColumnRole.BUDGET, sources[0]),
            ("Utfall", ColumnRole.OUTCOME, sources[1]),
            ("Avvikelse", ColumnRole.DEVIATION, ""),
        )
    )
    writer = Writer(kinds, style, unit, Sign.NET_COST)
    drawn, items = [], []
    for name in random.sample(_PROJECTS, random.randint(3, 7)):
        drawn.append(_project(random, name))
        items.append(writer.add(name, drawn[-1]))
    writer.add("Summa projekt", _sum(drawn), role=RowRole.SUM, items=tuple(items))
    corner = f"Nettoutgift, {unit}"
    return Made(title, "investment", corner, _heads(kinds), tuple(writer.lines), unit, writer.decimals, Sign.NET_COST)


def _project(random: Random, name: str) -> Amounts:
    """Draw a project's amounts: this year's are a part of those since its start."""
    drawn = amounts(random, name, earning=False)
    drawn.income = dict.fromkeys(drawn.income, 0)
    drawn.costs["last"] = random.randint(1_000, drawn.costs["now"])
    drawn.costs["later"] = drawn.costs["last"] + random.randint(-900_000, 900_000)
    return drawn


def frame(random: Random, year: int, style: Style, *, title: str) -> Made:
    """Make the adjustment of a frame: what it was, what was moved, what it became; one column."""
    heads = (Head(f"Budget {year}", ColumnRole.BUDGET, year),)
    kinds = (Kind(heads[0], "now"),)
    writer = Writer(kinds, style, "tkr", Sign.NET_COST)
    sources = ("Pris- och löneuppräkning", "Teknisk justering", "Överföring från kommunfullmäktige", "Sparkrav",
               "Överföring till fritidsnämnden")  # fmt: skip
    drawn = [amounts(random, title, earning=False)]
    items = [writer.add(f"Ram {year - 1}", drawn[0])]
    for name in random.sample(sources, random.randint(2, 5)):
        sign = 1 if "från" in name else -1 if "Sparkrav" in name or "till" in name else random.choice((1, -1))
        moved = random.randint(20, 4_000) * 1_000 * sign
        drawn.append(Amounts(dict.fromkeys(drawn[0].costs, moved), dict.fromkeys(drawn[0].income, 0)))
        items.append(writer.add(name, drawn[-1]))
    writer.add(f"Summa ram {year}", _sum(drawn), role=RowRole.SUM, items=tuple(items))
    return Made(title, "economy", "Nettokostnad, tkr", heads, tuple(writer.lines), "tkr", 0, Sign.NET_COST)
