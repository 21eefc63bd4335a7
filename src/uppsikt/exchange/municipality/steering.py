"""The municipality's files about goals, indicators, assessments, activities and assignments."""

from __future__ import annotations

from dataclasses import dataclass

from uppsikt.core.references import DecisionReference
from uppsikt.exchange.municipality import columns as c
from uppsikt.exchange.municipality.columns import Record, Reference, column, one_of
from uppsikt.exchange.municipality.organisation import (
    DateRecord,
    DecisionRecord,
    DocumentTableRecord,
    UnitRecord,
)

GOAL_LEVELS = {
    "målområde": "area", "kommunövergripande": "council", "nämndmål": "committee", "förvaltningsmål": "administration",
}  # fmt: skip
PARTS = {
    "totalt": "total", "kön": "sex", "ålder": "age", "stadsdel": "district", "skolform": "school", "område": "sector",
}  # fmt: skip
DIRECTIONS = {"öka": "up", "minska": "down", "behålla": "keep", "ej angiven": "none"}
POPULATIONS = {"kommunen": "municipality", "arbetsgivaren": "organisation", "egen förvaltning": "own"}
GOAL_STATES = {"uppnått": "met", "delvis uppnått": "partly", "ej uppnått": "missed", "ej bedömt": "none"}
WORK_STATES = {
    "ej påbörjad": "not_begun", "pågår": "ongoing", "löpande": "continuous", "genomförd": "done",
    "försenad": "delayed", "kvarstår": "remains", "utgår": "cancelled", "inte aktuell": "not_applicable",
    "uppgift saknas": "unknown",
}  # fmt: skip
ASSIGNMENT_KINDS = {"kommungemensamt": "common", "nämndspecifikt": "specific", "nämnduppdrag": "own"}
PRINTED_IN = Reference(("document", "table"), DocumentTableRecord)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed(Record):
    """A record that knows where it was printed; all empty for what a person entered."""

    document: str | None = column("källa", c.slug, "dokumentet", empty=None)
    table: str | None = column("tabell", c.slug, "tabellen i dokumentet", empty=None)
    printed_row: str = column("tryckt rad", c.text, "raden i tabellen; … står för resten av en lång rad", empty="")
    printed_column: str = column("tryckt kolumn", c.text, "kolumnen i tabellen", empty="")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalModelRecord(Record):
    """malmodeller.csv: a model of goals for some years."""

    FILE = "malmodeller.csv"
    ABOUT = "Kommunens målmodeller, en för varje mandatperiod eller oftare."

    slug: str = column("modell", c.slug, "kortnamn", key=True)
    name: str = column("namn", c.text, "modellens namn")
    first_year: int = column("första år", c.year, "första året")
    last_year: int = column("sista år", c.year, "sista året")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRecord(Record):
    """mal.csv: goal areas and goals; a goal stands after the one it belongs under."""

    FILE = "mal.csv"
    ABOUT = "Målområden och mål. Ett mål står efter det mål som det hör till."

    model: str = column("modell", c.slug, "målmodellen", key=True)
    slug: str = column("mål", c.slug, "kortnamn", key=True)
    level: str = column("nivå", one_of(GOAL_LEVELS), "målets nivå")
    parent: str | None = column("under", c.slug, "målet ovanför i samma modell", empty=None)
    unit: str | None = column("enhet", c.slug, "vems målet är, när det är en nämnds eller en förvaltnings", empty=None)
    name: str = column("namn", c.text, "målet")
    description: str = column("beskrivning", c.text, "vad målet betyder", empty="")
    predecessors: tuple[str, ...] = column(
        "föregångare",
        c.paths,
        "mål i äldre modeller som det här målet för vidare, skrivna modell/mål",
        empty=(),
    )


GoalRecord.REFERS = (
    Reference(("model",), GoalModelRecord),
    Reference(("model", "parent"), GoalRecord),
    Reference(("unit",), UnitRecord),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakdownRecord(Record):
    """nedbrytningar.csv: the parts of a population."""

    FILE = "nedbrytningar.csv"
    ABOUT = "Delar som indikatorer bryts ned på. En av dem är hela: totalt."

    slug: str = column("nedbrytning", c.slug, "kortnamn", key=True)
    name: str = column("namn", c.text, "namnet som det visas")
    kind: str = column("slag", one_of(PARTS), "vad som delar upp")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRecord(Record):
    """indikatorer.csv: measures that live longer than the goals."""

    FILE = "indikatorer.csv"
    ABOUT = "Indikatorer. En indikator lever vidare när målen byts."

    slug: str = column("indikator", c.slug, "kortnamn, syns i adresserna", key=True)
    name: str = column("namn", c.text, "indikatorns namn")
    unit_text: str = column("enhet", c.text, "vad talet räknar, till exempel %", empty="")
    population: str = column("avser", one_of(POPULATIONS), "vilka som mäts")
    direction: str = column("riktning", one_of(DIRECTIONS), "åt vilket håll som är bra")
    is_ratio: bool = column("andel", c.yes_no, "ja för andelar, tal och index: helheten ligger mellan kvinnor och män")
    kolada_id: str = column("kolada", c.text, "nyckeltalets nummer i Kolada", empty="")
    origin: str = column("uppgiftslämnare", c.text, "varifrån uppgiften kommer", empty="")
    frequency: str = column("mäts", c.text, "hur ofta", empty="")
    lag: str = column("eftersläpning", c.text, "hur sent uppgiften kommer", empty="")
    explanation: str = column("förklaring", c.text, "vad indikatorn säger", empty="")


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRecord(Record):
    """malindikatorer.csv: the indicators of a goal, with the name they have there."""

    FILE = "malindikatorer.csv"
    ABOUT = "Målens indikatorer, i den ordning de redovisas."
    REFERS = (Reference(("model", "goal"), GoalRecord), Reference(("indicator",), IndicatorRecord))

    model: str = column("modell", c.slug, "målmodellen", key=True)
    goal: str = column("mål", c.slug, "målet", key=True)
    indicator: str = column("indikator", c.slug, "indikatorn", key=True)
    label: str = column("namn i modellen", c.text, "vad indikatorn heter under det här målet")


_SERIES = (
    Reference(("at",), DateRecord),
    Reference(("indicator",), IndicatorRecord),
    Reference(("breakdown",), BreakdownRecord),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRecord(Printed):
    """varden.csv: what an indicator was, as it was known at a reporting date."""

    FILE = "varden.csv"
    ABOUT = "Indikatorernas värden som de redovisades vid ett tillfälle. Utan tryckt rad gäller indikatorns namn."
    REFERS = (*_SERIES, PRINTED_IN)

    at: str = column("tillfälle", c.slug, "när värdet redovisades", key=True)
    indicator: str = column("indikator", c.slug, "indikatorn", key=True)
    breakdown: str = column("nedbrytning", c.slug, "delen; totalt för alla", key=True)
    period: str = column("period", c.period, "perioden som värdet gäller", key=True)
    raw: str = column("värde", c.text, "värdet som det skrevs, till exempel 2,3, I.U. eller 74 (prognos)")
    note: str = column("anmärkning", c.text, "vad läsaren bör veta", empty="")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRecord(Printed):
    """malvarden.csv: the targets of indicators."""

    FILE = "malvarden.csv"
    ABOUT = "Indikatorernas målvärden. Utan tryckt rad gäller indikatorns namn."
    REFERS = (*_SERIES, PRINTED_IN)

    at: str = column("tillfälle", c.slug, "när målvärdet angavs", key=True)
    indicator: str = column("indikator", c.slug, "indikatorn", key=True)
    breakdown: str = column("nedbrytning", c.slug, "delen; totalt för alla", key=True)
    period: str = column("period", c.period, "perioden som målet gäller", key=True)
    raw: str = column("målvärde", c.text, "målet som det skrevs, till exempel Mindre än 70")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRecord(Printed):
    """bedomningar.csv: how a goal stood, in a person's judgement."""

    FILE = "bedomningar.csv"
    ABOUT = "Bedömningar av målen."
    REFERS = (Reference(("at",), DateRecord), Reference(("model", "goal"), GoalRecord), PRINTED_IN)

    at: str = column("tillfälle", c.slug, "när bedömningen gjordes", key=True)
    model: str = column("modell", c.slug, "målmodellen", key=True)
    goal: str = column("mål", c.slug, "målet", key=True)
    state: str = column("bedömning", one_of(GOAL_STATES), "hur det står till")
    reasons: str = column("skäl", c.text, "varför", empty="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRecord(Printed):
    """aktiviteter.csv: what is done for a goal during a year, and how it stood."""

    FILE = "aktiviteter.csv"
    ABOUT = (
        "Aktiviteter och hur de står till. En rad för varje aktivitet och rapporttillfälle; "
        "utan tillfälle finns inget läge ännu."
    )
    REFERS = (
        Reference(("unit",), UnitRecord),
        Reference(("model", "goal"), GoalRecord),
        Reference(("at",), DateRecord),
        PRINTED_IN,
    )

    unit: str = column("enhet", c.slug, "vem som gör det", key=True)
    year: int = column("år", c.year, "verksamhetsåret", key=True)
    area: str = column("område", c.text, "rubriken som aktiviteten står under", key=True, empty="")
    number: int = column("nummer", c.whole, "aktivitetens nummer under rubriken", key=True)
    at: str | None = column("tillfälle", c.slug, "när läget redovisades", key=True, empty=None)
    model: str | None = column("modell", c.slug, "målmodellen", empty=None)
    goal: str | None = column("mål", c.slug, "målet som aktiviteten bidrar till", empty=None)
    text: str = column("aktivitet", c.text, "vad som görs")
    due: str = column("klart", c.text, "när det ska vara klart", empty="")
    responsible: str = column("ansvarig", c.text, "vem som ansvarar", empty="")
    state: str | None = column("läge", one_of(WORK_STATES), "hur det går", empty=None)
    comment: str = column("kommentar", c.text, "varför", empty="")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentRecord(Printed):
    """uppdrag.csv: what the council or the committee ordered."""

    FILE = "uppdrag.csv"
    ABOUT = "Strategiska utvecklingsuppdrag."
    REFERS = (Reference(("decision",), DecisionRecord), Reference(("model", "goal"), GoalRecord), PRINTED_IN)

    slug: str = column("uppdrag", c.slug, "kortnamn, används bara mellan filerna", key=True)
    year: int = column("år", c.year, "budgetåret")
    kind: str = column("slag", one_of(ASSIGNMENT_KINDS), "vem som är bunden av uppdraget")
    number: int = column("nummer", c.whole, "uppdragets nummer")
    text: str = column("lydelse", c.text, "vad som ska göras")
    ordered_in: str = column("beställt i", c.text, "var uppdraget gavs", empty="")
    decision: DecisionReference | None = column("beslut", c.decision, "beslutet som gav uppdraget", empty=None)
    model: str | None = column("modell", c.slug, "målmodellen", empty=None)
    goal: str | None = column("mål", c.slug, "målet som uppdraget bidrar till", empty=None)
    due: str = column("klart", c.text, "när det ska vara klart", empty="")
    carried_from_year: int | None = column("överfört från", c.year, "budgetåret som uppdraget först stod i", empty=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverRecord(Record):
    """uppdragslagen.csv: who was given an assignment, and how it stands there."""

    FILE = "uppdragslagen.csv"
    ABOUT = (
        "Vem som har ett uppdrag och hur det står till där. En rad för varje mottagare och rapporttillfälle; "
        "utan tillfälle finns inget läge ännu."
    )
    REFERS = (
        Reference(("assignment",), AssignmentRecord),
        Reference(("unit",), UnitRecord),
        Reference(("at",), DateRecord),
        Reference(("report_back",), DecisionRecord),
    )

    assignment: str = column("uppdrag", c.slug, "uppdraget", key=True)
    unit: str = column("enhet", c.slug, "mottagaren", key=True)
    at: str | None = column("tillfälle", c.slug, "när läget redovisades", key=True, empty=None)
    is_coordinator: bool = column("samordnar", c.yes_no, "ja för den som samordnar flera mottagare", empty=False)
    state: str | None = column("läge", one_of(WORK_STATES), "hur det går", empty=None)
    comment: str = column("kommentar", c.text, "varför", empty="")
    report_back: DecisionReference | None = column(
        "återrapporterat", c.decision, "beslutet om återrapporten", empty=None
    )
    carried_to_year: int | None = column(
        "förs över till", c.year, "budgetåret som uppdraget går vidare till", empty=None
    )
