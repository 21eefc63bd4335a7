"""The tables that PDF readers are measured with: invented municipal tables of every kind, and the text around them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

_UNITS = (
    "Förskola", "Grundskola", "Gymnasieskola", "Kultur och fritid", "Räddningstjänst", "Stadsbyggnad",
    "Omsorg om äldre", "Ekonomistab", "Personalstab", "Överförmyndare", "Miljö och hälsoskydd", "Näringsliv",
    "IT och digitalisering", "Vuxenutbildning", "Individ- och familjeomsorg", "Gator, vägar och parker",
    "Bad och idrott", "Bibliotek",
)  # fmt: skip
_LONG = (
    "Andel invånare som är nöjda med kommunens bemötande och tillgänglighet i kontakten med handläggare",
    "Antal ungdomar som har fått feriearbete eller annan sysselsättning under sommaren",
    "Elever som når behörighet till yrkesprogram efter avslutad skolgång, kommunala skolor",
    "Genomsnittlig väntetid till särskilt boende från ansökan till erbjudet inflyttningsdatum, dagar",
    "Kostnad för långvarigt ekonomiskt bistånd i förhållande till riket",
    "Energianvändning i kommunens egna lokaler per kvadratmeter och år",
)
_PROSE = (
    "Nämndens verksamhet har under perioden präglats av en fortsatt anpassning till den lägre befolkningstillväxten.",
    "Kostnaderna för vikarier minskade med 2,3 mnkr medan hyrorna ökade med 4 procent jämfört med 2023.",
    "Arbetet med att minska sjukfrånvaron fortsätter och följs upp i varje enhet två gånger om året.",
    "Under hösten flyttade 125 elever till den nya skolan i Norrby, vilket var 12 fler än planerat.",
    "Samarbetet mellan förskolan och biblioteken har utvecklats och omfattar nu samtliga stadsdelar.",
)
_SPACES = (" ", "\u00a0", "\u202f", "\u2009")
_MINUSES = ("-", "\u2212", "\u2013")


class Cell(NamedTuple):
    """A cell: its text, the columns it covers and a footnote mark set high."""

    text: str
    span: int = 1
    mark: str = ""


@dataclass
class Case:
    """A table as it shall be read: ``header`` and ``rows`` of cells, and how rows look (sum, item, inner, section)."""

    header: list[list[Cell]]
    rows: list[list[Cell]]
    looks: list[str]
    widths: list[float]  # of the columns, shares of the line
    text: frozenset[int] = frozenset({0})  # columns of text: set to the left, wrapped
    note: str = ""

    def truth(self) -> list[list[str]]:
        """Give the rows as texts by column; the places that a spanning cell covers are empty."""
        return [
            [text for cell in row for text in (cell.text, *[""] * (cell.span - 1))]
            for row in (*self.header, *self.rows)
        ]


def _number(rng: random.Random, space: str, minus: str, decimals: int = 1) -> str:
    value = rng.choice((rng.uniform(0, 9), rng.uniform(10, 999), rng.uniform(1000, 99999)))
    whole, _, part = f"{value:,.{decimals}f}".partition(".")
    sign = minus if rng.random() < 0.25 else ""
    return sign + whole.replace(",", space) + ("," + part if part else "")


def _statement(rng: random.Random, columns: Sequence[str], *, sections: bool = True) -> Case:
    space, minus, decimals = rng.choice(_SPACES), rng.choice(_MINUSES), rng.choice((0, 1))
    rows, looks = [], []
    units = rng.sample(_UNITS, rng.randint(5, 9))
    for place, unit in enumerate(units):
        if sections and place in {0, len(units) // 2}:
            rows.append([Cell(("Nettokostnad", "Varav uppdrag")[place > 0]), *[Cell("")] * len(columns)])
            looks.append("section")
        rows.append(
            [Cell(unit, 1, "1" if place == 1 else ""), *(Cell(_number(rng, space, minus, decimals)) for _ in columns)]
        )
        looks.append("item")
        if rng.random() < 0.2:
            gap = rng.randrange(len(columns))
            rows[-1][gap + 1] = Cell("")
        if rng.random() < 0.25:
            rows.append([Cell("varav lokaler"), *(Cell(_number(rng, space, minus, decimals)) for _ in columns)])
            looks.append("inner")
    rows.append([Cell("Summa"), *(Cell(_number(rng, space, minus, decimals)) for _ in columns)])
    looks.append("sum")
    header = [[Cell("Tkr"), *(Cell(column) for column in columns)]]
    width = 0.6 / len(columns)
    return Case(header, rows, looks, [0.4, *[width] * len(columns)], note="1) Från och med 2024 ingår lokalvård.")


def _indicators(rng: random.Random, *, wrapped: bool = True) -> Case:
    rows = []
    for label in rng.sample(_LONG, 5):
        values = [f"{rng.uniform(1, 99):.1f}".replace(".", ",") for _ in range(4)]
        if rng.random() < 0.3:
            values[rng.randrange(4)] = rng.choice(("I.U.", "-", "Mäts ej"))
        rows.append(
            [
                Cell(label if wrapped else label.split(",")[0][:38]),
                *map(Cell, values),
                Cell(rng.choice(("Öka", "Minst 85", "80,0"))),
            ]
        )
    header = [[Cell(name) for name in ("Indikator", "Utfall 2022", "Utfall 2023", "Kvinnor", "Män", "Mål- värde")]]
    return Case(header, rows, ["item"] * 5, [0.35, 0.13, 0.13, 0.13, 0.13, 0.13])


def _goals(rng: random.Random) -> Case:
    rows = []
    for place in range(rng.randint(3, 6)):
        texts = [" ".join(rng.choice(_PROSE).split()[: rng.randint(3, 16)]) for _ in range(2)]
        status = rng.choice(("Uppfyllt", "Delvis uppfyllt", "Ej uppfyllt"))
        rows.append(
            [
                Cell(f"{place + 1}. {rng.choice(_UNITS)} ska {texts[0].lower()}"),
                Cell(status),
                Cell(texts[1]),
                Cell(rng.choice(("Q1 2024", "Klart", "Tertial 2"))),
            ]
        )
    header = [[Cell(name) for name in ("Nämndmål", "Bedömning", "Kommentar", "Tid")]]
    return Case(header, rows, ["item"] * len(rows), [0.33, 0.15, 0.37, 0.15], frozenset({0, 1, 2, 3}))


def _spanning(rng: random.Random) -> Case:
    made = _statement(rng, ("Utfall", "Budget", "Avvikelse", "Utfall", "Budget"), sections=False)
    top = [Cell(""), Cell("2023"), Cell("2024", 3), Cell("Prognos")]
    if rng.random() < 0.5:
        top = [Cell(""), Cell("Helår 2023", 3), Cell("Helår 2024", 2)]
    made.header.insert(0, top)
    return made


def tables_of(kind: str, rng: random.Random) -> list[Case]:
    """Give the tables of a document of a kind."""
    year = ("Utfall 2023", "Budget 2024", "Utfall 2024", "Avvikelse")
    if kind.startswith("goals"):
        return [_goals(rng) for _ in range(6)]
    if kind.startswith("spanning"):
        return [_spanning(rng) for _ in range(6)]
    if kind.startswith("labels"):
        return [_indicators(rng) for _ in range(6)]
    if kind in {"beside", "columns"}:
        return [_statement(rng, year[:2] if rng.random() < 0.7 else year[:1], sections=False) for _ in range(6)]
    made = [_statement(rng, year[: rng.randint(2, 4)] if place else year[:1]) for place in range(6)]
    return [*made, _indicators(rng, wrapped=False), _indicators(rng, wrapped=False)]


def paragraph(rng: random.Random) -> str:
    """Give running text."""
    return " ".join(rng.choices(_PROSE, k=rng.randint(3, 6)))
