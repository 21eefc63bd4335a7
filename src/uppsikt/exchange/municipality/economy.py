"""The municipality's files about money and volumes, and the statements that each have a file of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from uppsikt.core.references import DecisionReference
from uppsikt.exchange.municipality import columns as c
from uppsikt.exchange.municipality.columns import Record, Reference, column, one_of
from uppsikt.exchange.municipality.organisation import (
    DateRecord,
    DecisionRecord,
    DocumentTableRecord,
    PointRecord,
    UnitRecord,
)
from uppsikt.exchange.municipality.steering import PRINTED_IN, BreakdownRecord, IndicatorRecord, Printed

FOLDER = "sammanstallningar"
VOLUME_KINDS = {"personal": "staff", "volym": "volume"}
STATEMENT_KINDS = {
    "ekonomi i korthet": "overview", "per enhet": "by_unit", "per verksamhet": "by_activity", "till och med": "to_date",
    "prognos": "forecast", "budget": "budget", "per stab": "division", "åtgärder": "measures", "ram": "frame",
    "investeringar": "investment", "flyktingmottagande": "reception", "personal": "staff", "volymtal": "volume",
}  # fmt: skip
SIGNS = {"nettokostnad": "net_cost", "resultat": "result", "ingen": "plain"}
COLUMN_ROLES = {
    "utfall": "outcome", "budget": "budget", "periodiserad budget": "phased_budget", "avvikelse": "deviation",
    "prognos": "forecast", "föregående år": "last_year", "plan": "plan", "förändring": "change", "målvärde": "target",
    "utgifter": "expenditure", "inkomster": "receipts", "belopp": "amount", "antal": "count", "läge": "state",
    "text": "text",
}  # fmt: skip
ROW_ROLES = {
    "post": "item", "summa": "sum", "varav": "of_which", "nedbrytning": "breakdown", "rubrik": "heading", "not": "note",
}  # fmt: skip
MEASURES = {"netto": "net", "kostnader": "costs", "intäkter": "income"}
FRAME_KINDS = {
    "beslutad budget": "decided", "pris och lön": "indexation", "teknisk justering": "technical",
    "kostnadsdämpande åtgärd": "cost_reducing", "omfördelning": "transfer", "tilläggsbudget": "addition",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRecord(Record):
    """projekt.csv: what is built or bought."""

    FILE = "projekt.csv"
    ABOUT = "Investeringsprojekt som följs genom åren."
    REFERS = (Reference(("unit",), UnitRecord),)

    slug: str = column("projekt", c.slug, "kortnamn", key=True)
    unit: str = column("enhet", c.slug, "vem som investerar")
    name: str = column("namn", c.text, "projektets namn")


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeRecord(Record):
    """volymer.csv: what is counted."""

    FILE = "volymer.csv"
    ABOUT = "Det som räknas: ärenden, timmar, anställda."
    REFERS = (Reference(("indicator",), IndicatorRecord), Reference(("breakdown",), BreakdownRecord))

    slug: str = column("volym", c.slug, "kortnamn", key=True)
    name: str = column("namn", c.text, "vad som räknas")
    kind: str = column("slag", one_of(VOLUME_KINDS), "personal eller vad personalen gör")
    unit_text: str = column("enhet", c.text, "till exempel timmar", empty="")
    indicator: str = column("indikator", c.slug, "den indikator som mäter samma sak, så att de kan jämföras", empty="")
    breakdown: str = column("nedbrytning", c.slug, "vilken del av indikatorn", empty="")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRecord(Printed):
    """ramposter.csv: decisions about the frames."""

    FILE = "ramposter.csv"
    ABOUT = "Enheternas ramar: varje beslut för sig. En omfördelning har en rad hos givaren och en hos mottagaren."
    REFERS = (
        Reference(("unit",), UnitRecord),
        Reference(("counterpart",), UnitRecord),
        Reference(("decision",), DecisionRecord),
        Reference(("decision", "point"), PointRecord),
        PRINTED_IN,
    )

    unit: str = column("enhet", c.slug, "vems ram", key=True)
    year: int = column("år", c.year, "vilket års ram", key=True)
    kind: str = column("slag", one_of(FRAME_KINDS), "varför ramen ändras", key=True)
    purpose: str = column("ändamål", c.text, "vad pengarna är till", key=True)
    counterpart: str | None = column("motpart", c.slug, "den andra enheten vid en omfördelning", empty=None, key=True)
    amount: Decimal = column("belopp", c.amount, "tkr; minus när ramen minskar")
    decision: DecisionReference | None = column("beslut", c.decision, "beslutet", empty=None)
    point: int | None = column("punkt", c.whole, "beslutets punkt", empty=None)
    decided_on: date | None = column("beslutad den", c.day, "dagen, när beslutet inte är inlagt", empty=None)
    financing: str = column("finansiering", c.text, "hur en tilläggsbudget betalas (11 kap. 15 § KL)", empty="")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRecord(Record):
    """kommentarer.csv: what units say about their figures."""

    FILE = "kommentarer.csv"
    ABOUT = "Enheternas kommentarer till sina siffror."
    REFERS = (Reference(("at",), DateRecord), Reference(("unit",), UnitRecord))

    at: str = column("tillfälle", c.slug, "rapporttillfället", key=True)
    unit: str = column("enhet", c.slug, "vem som säger det", key=True)
    topic: str = column("ämne", c.slug, "driftsammandrag, investeringar eller en rubrik i rapporten", key=True)
    text: str = column("kommentar", c.text, "kommentaren; en som börjar med Exempeltext: visas som ett exempel")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecord(Record):
    """sammanstallningar.csv: the tables of figures; the figures of each stand in a file of its own."""

    FILE = "sammanstallningar.csv"
    ABOUT = (
        "Tabeller med belopp. Siffrorna står i en egen fil för varje tabell: sammanstallningar/tillfälle/nyckel.csv."
    )
    REFERS = (
        Reference(("at",), DateRecord),
        Reference(("unit",), UnitRecord),
        Reference(("document", "table"), DocumentTableRecord),
    )

    at: str = column("tillfälle", c.slug, "rapporttillfället", key=True)
    slug: str = column("nyckel", c.slug, "tabellens kortnamn", key=True)
    unit: str = column("enhet", c.slug, "vems tabell")
    kind: str = column("slag", one_of(STATEMENT_KINDS), "vad tabellen visar")
    title: str = column("rubrik", c.text, "tabellens rubrik")
    money_unit: str = column("mått", c.text, "tkr, mnkr, antal eller tomt", empty="")
    sign: str = column(
        "teckenregel", one_of(SIGNS), "vad ett positivt netto betyder: en kostnad, ett överskott eller ingenting"
    )
    document: str | None = column("källa", c.slug, "dokumentet", empty=None)
    table: str | None = column("tabell", c.slug, "tabellen i dokumentet", empty=None)

    @property
    def path(self) -> str:
        """Where the statement's own file lies, from the municipality's folder."""
        return statement_path(self.at, self.slug)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRecord(Record):
    """kolumner.csv: the columns of the statements."""

    FILE = "kolumner.csv"
    ABOUT = "Kolumnerna i tabellerna med belopp, från vänster till höger."
    REFERS = (Reference(("at", "statement"), StatementRecord),)

    at: str = column("tillfälle", c.slug, "rapporttillfället", key=True)
    statement: str = column("nyckel", c.slug, "tabellen", key=True)
    slug: str = column("kolumn", c.slug, "kolumnens kortnamn: rubriken i tabellens egen fil", key=True)
    label: str = column("rubrik", c.text, "rubriken som den visas")
    group: str = column("grupp", c.text, "rubriken ovanför flera kolumner", empty="")
    role: str = column("roll", one_of(COLUMN_ROLES), "vad kolumnen visar")
    period: str = column("period", c.period, "perioden som kolumnen gäller", empty="")
    printed: str = column("tryckt", c.text, "rubriken i källan när den är en annan", empty="")


class Amount(NamedTuple):
    """A cell of a statement: as it was written, and its number in the statement's unit (None: missing)."""

    raw: str
    number: Decimal | None
    decimals: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRecord(Record):
    """A line of a statement's own file: a row and its amounts by the keys of the columns."""

    FILE = "sammanstallningar/tillfälle/nyckel.csv"
    ABOUT = (
        "En tabells rader. Efter de fasta kolumnerna kommer en kolumn för varje kolumn i kolumner.csv. Ett belopp "
        "skrivs som det är tryckt. Står det något annat än ett tal i rutan skrivs talet sist efter ett "
        "likhetstecken: tolv förslag = 12."
    )
    REFERS = (
        Reference(("unit",), UnitRecord),
        Reference(("project",), ProjectRecord),
        Reference(("volume",), VolumeRecord),
    )

    slug: str = column("rad", c.slug, "radens kortnamn", key=True)
    label: str = column("rubrik", c.text, "raden som den visas")
    role: str = column("roll", one_of(ROW_ROLES), "vad raden är för raderna omkring")
    measure: str = column("mått", one_of(MEASURES), "vilken sida av kontot", empty="")
    parent: str | None = column("under", c.slug, "raden som den hör till", empty=None)
    unit: str | None = column("enhet", c.slug, "enheten som raden handlar om", empty=None)
    activity_code: str = column("verksamhet", c.text, "SCB:s verksamhetskod", empty="")
    project: str | None = column("projekt", c.slug, "investeringsprojektet", empty=None)
    volume: str | None = column("volym", c.slug, "det som räknas", empty=None)
    printed: str = column(
        "tryckt",
        c.text,
        "raden i källan när den är en annan; … står för resten av en lång rad",
        empty="",
    )
    cells: Mapping[str, Amount] = field(default_factory=dict)
    at: str = ""
    statement: str = ""

    @property
    def place(self) -> str:
        """The statement's own file."""
        return statement_path(self.at, self.statement)

    @property
    def key(self) -> tuple[str, str, str]:
        """The statement and the row."""
        return self.at, self.statement, self.slug


def statement_path(at: str, slug: str) -> str:
    """Give where a statement's file lies, from the municipality's folder."""
    return f"{FOLDER}/{at}/{slug}.csv"
