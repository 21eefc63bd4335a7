"""Makes true reports of random structure: sections, tables that add up, and sentences that the tables confirm.

One generator serves both the property tests (Hypothesis hands it a Random that it can shrink) and the
benchmarks (a seeded Random).
"""

from __future__ import annotations

from random import Random

from benchmarks.granska import economy, steering, telling
from benchmarks.granska.made import Made, Part, Report, Style, Text, Title

_MUNICIPALITIES = ("Björkvik", "Ekholma", "Norrsunda", "Vassbo", "Klintefors", "Sundaby", "Åmossen", "Granhult")
_COMMITTEES = ("Kommunstyrelsen", "Samhällsnämnden", "Bildningsnämnden", "Vård- och omsorgsnämnden")
_TOPICS = [f"Om {place} och {matter}" for place in ("centrum", "tätorterna", "landsbygden", "skärgården", "skolorna",
           "hemtjänsten", "lokalerna") for matter in ("trygghet", "tillgänglighet", "bemanning", "digitalisering",
           "underhåll")]  # fmt: skip
_GROUPS = ("\u00a0", "\u00a0", "\u202f", " ")
_MINUSES = ("\u2212", "-", "-", "\u2013")


def make(random: Random) -> Report:
    """Make a report: one to six sections in random order after the summary."""
    year = random.randint(2015, 2027)
    style = Style(random.choice(_GROUPS), random.choice(_MINUSES))
    municipality, committee = random.choice(_MUNICIPALITIES), random.choice(_COMMITTEES)
    kind = random.choice(("Verksamhetsberättelse", "Delårsrapport", "Internbudget"))
    parts: list[Part] = [
        Title(1, f"{kind} {year}"),
        Text(f"{committee}, {municipality} kommun"),
        telling.filler(random, "I korthet"),
    ]
    for section in random.sample(list(_SECTIONS.values()), random.randint(1, 6)):
        parts += section(random, year, style, kind)
    return Report(f"{kind} {year}", f"{municipality} kommun", year, style, tuple(parts))


def make_long(seed: int, *, tables: int, filling: int) -> Report:
    """Make a report with at least so many tables, in chapters; ``filling`` paragraphs follow each table."""
    random = Random(seed)
    year, style = 2024, Style()
    parts: list[Part] = [Title(1, f"Verksamhetsberättelse {year}")]
    names = list(_SECTIONS)
    chapter = made = 0
    while made < tables:
        chapter += 1
        parts.append(Title(1, f"Område {chapter}"))
        for name in random.sample(names, len(names)):
            parts += _SECTIONS[name](random, year, style, "Verksamhetsberättelse")
            parts += [telling.filler(random, about) for about in random.sample(_TOPICS, filling)]
        made = sum(isinstance(part, Made) for part in parts)
    return Report("Verksamhetsberättelse 2024", "Björkvik kommun", year, style, tuple(parts))


def _money(random: Random, year: int, style: Style, kind: str) -> list[Part]:
    own = {"Verksamhetsberättelse": economy.annual, "Delårsrapport": economy.forecast}.get(kind, economy.planned)
    made = economy.statement(random, year, style, title="Driftsammandrag", own=own)
    parts: list[Part] = [Title(2, "Ekonomi")]
    if random.random() < 0.5:
        parts += [Title(3, "Ekonomi i korthet"), economy.overview(made, style, title="Ekonomi i korthet")]
    parts += [Title(3, "Driftsammandrag"), made.table]
    return [*parts, *telling.about_money(random, made.table, style), telling.filler(random, "Om ekonomin")]


def _goals(random: Random, year: int, style: Style, kind: str) -> list[Part]:
    table = steering.goals(random, title="Måluppfyllelse")
    return [Title(2, "Nämndens mål"), *telling.about_states(random, table), table]


def _indicators(random: Random, year: int, style: Style, kind: str) -> list[Part]:
    table = steering.indicators(random, year, style, title="Indikatorer")
    return [Title(2, "Indikatorer"), table, *telling.about_indicators(random, table, style)]


def _assignments(random: Random, year: int, style: Style, kind: str) -> list[Part]:
    table = steering.assignments(random, title="Uppdrag från kommunfullmäktige")
    return [Title(2, "Uppdrag"), *telling.about_states(random, table), table, telling.filler(random, "Om uppdragen")]


def _investments(random: Random, year: int, style: Style, kind: str) -> list[Part]:
    own = random.choice((economy.investments, economy.projects))
    return [Title(2, "Investeringar"), own(random, year, style, title="Investeringsprojekt")]


def _staff(random: Random, year: int, style: Style, kind: str) -> list[Part]:
    table = steering.staff(random, year, style, title="Antal anställda")
    return [Title(2, "Personal"), table, *telling.about_staff(table, style)]


def _volumes(random: Random, year: int, style: Style, kind: str) -> list[Part]:
    return [
        Title(2, "Volymutveckling"),
        telling.filler(random, "Om volymerna"),
        steering.volumes(random, year, style, title="Volymer"),
    ]


def _frame(random: Random, year: int, style: Style, kind: str) -> list[Part]:
    return [Title(2, "Budgetram"), economy.frame(random, year, style, title="Justering av ram")]


_SECTIONS = {
    "money": _money,
    "goals": _goals,
    "indicators": _indicators,
    "assignments": _assignments,
    "investments": _investments,
    "staff": _staff,
    "volumes": _volumes,
    "frame": _frame,
}
