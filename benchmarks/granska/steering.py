"""Makes tables of steering: indicators by sex, goals with states, assignments, staff and volumes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from benchmarks.granska.made import Head, Line, Made, Style, rounded
from uppsikt.core.tables import ColumnRole, RowRole

STATES = ("Uppfyllt", "Delvis uppfyllt", "Ej uppfyllt")
STATUSES = ("Genomfört", "Pågår", "Kvarstår")
_SHARES = (
    "Sjukfrånvaro (%)", "Nöjda brukare inom hemtjänsten (%)", "Andel elever med gymnasiebehörighet (%)",
    "Andel ekologiska livsmedel (%)", "Andel som får svar inom två dagar (%)", "Trygghet kvällstid i centrum (%)",
    "Andel heltidsanställda (%)", "Frisknärvaro (%)",
)  # fmt: skip
_PLAIN = (
    "Nöjd medborgarindex", "Företagsklimat, placering", "Hållbart medarbetarengagemang", "Väntetid till bygglov, dagar",
    "Utsläpp av växthusgaser, ton per invånare", "Antal besök på biblioteken", "Hushållsavfall, kg per invånare",
)  # fmt: skip
_GOALS = (
    "Invånarna har en trygg vardag", "Skolan ger alla barn samma möjligheter", "Kommunen växer på ett hållbart sätt",
    "Medarbetarna trivs och utvecklas", "Ekonomin är långsiktigt stark", "Företagen har lätt att etablera sig",
    "Äldre bestämmer själva över sin vardag", "Kulturen når alla delar av kommunen", "Klimatpåverkan minskar varje år",
    "Fler kommer i arbete eller studier", "Den digitala servicen är enkel att använda", "Naturen är nära för alla",
)  # fmt: skip
_REASONS = (
    "Arbetet har följt planen och flera av insatserna är nu en del av den löpande verksamheten.",
    "Utvecklingen går åt rätt håll, men takten behöver öka för att målet ska nås i tid.",
    "Underlaget från höstens enkät visar en tydlig förbättring jämfört med tidigare mätningar.",
    "Rekryteringen har tagit längre tid än väntat och delar av arbetet har därför skjutits fram.",
    "Samarbetet med föreningslivet har gett goda resultat.",
)
_ASSIGNMENTS = (
    "Utreda en gemensam växel", "Ta fram en plan för laddplatser", "Föreslå en modell för lokalhyror",
    "Se över avgifterna för fritidsgårdar", "Pröva nya former för medborgardialog", "Samla kommunens e-tjänster",
    "Minska användningen av engångsartiklar", "Redovisa effekterna av heltidsreformen",
)  # fmt: skip
_VOLUMES = ("Antal ärenden", "Antal lunchportioner", "Antal hemtjänsttimmar", "Antal elever", "Antal bygglov")
_TARGETS = ("Minska", "Öka", "Minst 80", "-", "I.U.")


def years(year: int) -> tuple[Head, ...]:
    """Two earlier outcomes, this year's, and its target."""
    past = tuple(Head(f"Utfall {one}", ColumnRole.OUTCOME, one) for one in (year - 2, year - 1, year))
    return (*past, Head(f"Målvärde {year}", ColumnRole.TARGET, year))


def indicators(random: Random, year: int, style: Style, *, title: str) -> Made:
    """Make indicators, some of them by sex: the total lies between its parts."""
    heads, lines = years(year), list[Line]()
    for label in random.sample(_SHARES, random.randint(2, 5)):
        by_sex = random.random() < 0.6
        women, men, total = _series(random, len(heads) - 1)
        lines.append(_line(random, _shown(label, total, style)))
        if by_sex:
            whole = len(lines) - 1
            for name, series in (("Kvinnor", women), ("Män", men)):
                part = replace(_shown(name, series, style), role=RowRole.BREAKDOWN, parent=whole)
                lines.append(_line(random, part))
    for label in random.sample(_PLAIN, random.randint(0, 4)):
        lines.append(_line(random, _shown(label, [Decimal(random.randint(1, 900)) for _ in heads[1:]], style, 0)))
    return Made(title, "indicator", "Indikator", heads, tuple(lines), decimals=1)


def _series(random: Random, many: int) -> tuple[list[Decimal], list[Decimal], list[Decimal]]:
    """Draw women's and men's figures, and totals that lie between them."""
    women, men, total = [], [], []
    for _ in range(many):
        one, other = (Decimal(random.randint(20, 990)) / 10 for _ in range(2))
        share = Decimal(random.randint(2, 8)) / 10
        women.append(one)
        men.append(other)
        total.append(rounded(one * share + other * (1 - share), 1))
    return women, men, total


def _shown(label: str, series: list[Decimal], style: Style, decimals: int = 1) -> Line:
    return Line(label, tuple(style.write(one, decimals) for one in series), tuple(series))


def _line(random: Random, line: Line) -> Line:
    """Leave perhaps the first figure out, and end the row with a target in figures or words."""
    if random.random() < 0.15:
        line = replace(line, cells=("I.U.", *line.cells[1:]), numbers=(None, *line.numbers[1:]))
    target = random.randint(1, 99) if random.random() < 0.5 and line.role is RowRole.ITEM else None
    text = random.choice(_TARGETS) if target is None else str(target)
    number = None if target is None else Decimal(target)
    return replace(line, cells=(*line.cells, text), numbers=(*line.numbers, number))


def goals(random: Random, *, title: str) -> Made:
    """Make goals with a state and a reason in long text."""
    heads = (Head("Bedömning", ColumnRole.STATE), Head("Motivering", ColumnRole.TEXT))
    lines = [
        Line(goal, (random.choice(STATES), " ".join(random.sample(_REASONS, random.randint(1, 3)))), (None, None))
        for goal in random.sample(_GOALS, random.randint(4, len(_GOALS)))
    ]
    return Made(title, "assessment", "Nämndmål", heads, tuple(lines))


def assignments(random: Random, *, title: str) -> Made:
    """Make assignments with a status."""
    heads = (Head("Status", ColumnRole.STATE), Head("Kommentar", ColumnRole.TEXT))
    lines = [
        Line(one, (random.choice(STATUSES), random.choice(_REASONS)), (None, None))
        for one in random.sample(_ASSIGNMENTS, random.randint(3, len(_ASSIGNMENTS)))
    ]
    return Made(title, "assignment", "Uppdrag", heads, tuple(lines))


def staff(random: Random, year: int, style: Style, *, title: str) -> Made:
    """Make the number of employees, women and men, over three years: the parts add up."""
    heads = tuple(Head(str(one), ColumnRole.OUTCOME, one) for one in (year - 2, year - 1, year))
    lines = list[Line]()
    for label in ("Antal tillsvidareanställda", "Antal visstidsanställda"):
        women = [Decimal(random.randint(20, 4_000)) for _ in heads]
        men = [Decimal(random.randint(20, 2_000)) for _ in heads]
        whole = len(lines)
        lines.append(_counts(label, [a + b for a, b in zip(women, men, strict=True)], style))
        lines.append(_counts("Kvinnor", women, style, role=RowRole.BREAKDOWN, parent=whole))
        lines.append(_counts("Män", men, style, role=RowRole.BREAKDOWN, parent=whole))
    return Made(title, "staff", "Personal", heads, tuple(lines))


def volumes(random: Random, year: int, style: Style, *, title: str) -> Made:
    """Make volume figures: last year, this year, forecast."""
    heads = (
        Head(f"Utfall {year - 1}", ColumnRole.OUTCOME, year - 1),
        Head(f"Utfall {year}", ColumnRole.OUTCOME, year),
        Head(f"Prognos {year + 1}", ColumnRole.FORECAST, year + 1),
    )
    lines = [
        _counts(label, [Decimal(random.randint(10, 400_000)) for _ in heads], style)
        for label in random.sample(_VOLUMES, random.randint(2, len(_VOLUMES)))
    ]
    return Made(title, "volume", "Volymer", heads, tuple(lines))


def _counts(
    label: str, numbers: list[Decimal], style: Style, *, role: RowRole = RowRole.ITEM, parent: int | None = None
) -> Line:
    return Line(label, tuple(style.write(one, 0) for one in numbers), tuple(numbers), role, parent)
