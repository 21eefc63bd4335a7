"""The municipality's files about follow-up: forecasts with their limits, comments on figures, and action plans.

Amounts stand in tkr, as municipal documents print them. A municipality that has none of these files follows up without
them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from uppsikt.exchange.municipality import columns as c
from uppsikt.exchange.municipality.columns import Record, Reference, column, one_of, yes_no
from uppsikt.exchange.municipality.economy import COLUMN_ROLES, MEASURES
from uppsikt.exchange.municipality.organisation import DateRecord, UnitRecord
from uppsikt.exchange.municipality.steering import WORK_STATES

LIMIT_KINDS = {"kommentar": "comment", "åtgärdsplan": "action_plan"}
PLAN_STATES = {"föreslagen": "proposed", "beslutad": "adopted", "avslutad": "closed"}
_AT = Reference(("at",), DateRecord)
_OF = Reference(("unit",), UnitRecord)


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRecord(Record):
    """prognosgranser.csv: from which size a forecast's deviation demands something."""

    FILE = "prognosgranser.csv"
    ABOUT = "Hur stor avvikelse mot budget som kräver en kommentar till prognosen, eller en åtgärdsplan."
    OPTIONAL = True

    kind: str = column("slag", one_of(LIMIT_KINDS), "vad som krävs", key=True)
    valid_from: date = column("från", c.day, "första dagen som gränsen gäller", key=True)
    percent: Decimal | None = column("procent", c.amount, "procent av budgeten", empty=None)
    amount: Decimal | None = column("belopp", c.amount, "tkr", empty=None)
    both: bool = column("båda", yes_no, "om båda gränserna ska överskridas, och inte bara den ena", empty=False)
    source: str = column("källa", c.text, "dokumentet som säger det")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRecord(Record):
    """prognoser.csv: what units expect of the year at a reporting date."""

    FILE = "prognoser.csv"
    ABOUT = "Enheternas prognoser för helåret."
    OPTIONAL = True
    REFERS = (_AT, _OF)

    at: str = column("tillfälle", c.slug, "rapporttillfället", key=True)
    unit: str = column("enhet", c.slug, "vems prognos", key=True)
    costs: Decimal = column("kostnader", c.amount, "tkr, hela året")
    income: Decimal = column("intäkter", c.amount, "tkr, hela året")
    text: str = column(
        "kommentar", c.text, "förklaring; en som börjar med Exempeltext: visas som ett exempel", empty=""
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CellCommentRecord(Record):
    """beloppskommentarer.csv: what somebody says about one figure."""

    FILE = "beloppskommentarer.csv"
    ABOUT = "Kommentarer som hänger på ett belopp och följer med det in i rapporten. Raden avser en enhets hela netto."
    OPTIONAL = True
    REFERS = (_AT, _OF, Reference(("about",), UnitRecord))

    at: str = column("tillfälle", c.slug, "rapporttillfället", key=True)
    unit: str = column("enhet", c.slug, "i vilken enhets tabell den skrevs", key=True)
    about: str = column("avser", c.slug, "enheten som beloppet gäller", key=True)
    measure: str = column("mått", one_of(MEASURES), "vilken sida av kontot", key=True)
    role: str = column("roll", one_of(COLUMN_ROLES), "vad kolumnen visar", key=True)
    period: str = column("period", c.period, "perioden som kolumnen gäller", key=True)
    row: str = column("rad", c.text, "radens rubrik")
    heading: str = column("kolumn", c.text, "kolumnens rubrik")
    amount: Decimal | None = column("belopp", c.amount, "tkr, som det var när kommentaren skrevs", empty=None)
    author: str = column("skriven av", c.text, "namnet")
    text: str = column("kommentar", c.text, "{belopp} i texten är beloppet; Exempeltext: visas som ett exempel")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRecord(Record):
    """atgardsplaner.csv: action plans."""

    FILE = "atgardsplaner.csv"
    ABOUT = "Åtgärdsplaner för väntade underskott."
    OPTIONAL = True
    REFERS = (_AT, _OF)

    at: str = column("tillfälle", c.slug, "rapporttillfället då underskottet redovisades", key=True)
    unit: str = column("enhet", c.slug, "vems plan", key=True)
    state: str = column("läge", one_of(PLAN_STATES), "hur långt planen har kommit")
    text: str = column("analys", c.text, "varför underskottet uppstår; Exempeltext: visas som ett exempel")


_PLAN = Reference(("at", "unit"), PlanRecord)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanYearRecord(Record):
    """underskott.csv: the years of the plans."""

    FILE = "underskott.csv"
    ABOUT = "Åtgärdsplanernas år, och underskottet vart och ett av dem utan åtgärder."
    OPTIONAL = True
    REFERS = (_PLAN,)

    at: str = column("tillfälle", c.slug, "planens tillfälle", key=True)
    unit: str = column("enhet", c.slug, "planens enhet", key=True)
    year: int = column("år", c.year, "året", key=True)
    deficit: Decimal = column("underskott", c.amount, "tkr, utan minustecken")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMeasureRecord(Record):
    """atgarder.csv: the measures of the plans."""

    FILE = "atgarder.csv"
    ABOUT = "Åtgärderna i åtgärdsplanerna."
    OPTIONAL = True
    REFERS = (_PLAN,)

    at: str = column("tillfälle", c.slug, "planens tillfälle", key=True)
    unit: str = column("enhet", c.slug, "planens enhet", key=True)
    text: str = column("åtgärd", c.text, "vad som görs", key=True)
    responsible: str = column("ansvarig", c.text, "vem som ansvarar")
    due: str = column("klart", c.text, "när den ska vara klar")
    state: str = column("läge", one_of(WORK_STATES), "hur den står")


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectRecord(Record):
    """atgardseffekter.csv: what the measures give."""

    FILE = "atgardseffekter.csv"
    ABOUT = "Vad åtgärderna ger år för år; plus förbättrar resultatet."
    OPTIONAL = True
    REFERS = (Reference(("at", "unit", "text"), PlanMeasureRecord),)

    at: str = column("tillfälle", c.slug, "planens tillfälle", key=True)
    unit: str = column("enhet", c.slug, "planens enhet", key=True)
    text: str = column("åtgärd", c.text, "åtgärden", key=True)
    year: int = column("år", c.year, "året", key=True)
    planned: Decimal = column("planerad", c.amount, "tkr")
    realised: Decimal | None = column("uppnådd", c.amount, "tkr; tomt tills det är känt", empty=None)


FOLLOWUP: tuple[type[Record], ...] = (
    LimitRecord, ForecastRecord, CellCommentRecord, PlanRecord, PlanYearRecord, PlanMeasureRecord, EffectRecord,
)  # fmt: skip
