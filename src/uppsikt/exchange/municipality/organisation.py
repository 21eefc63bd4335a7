"""The municipality's files about units, reporting dates, documents and decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from uppsikt.core.references import DecisionReference
from uppsikt.exchange.municipality import columns as c
from uppsikt.exchange.municipality.columns import Record, Reference, column, one_of

LEVELS = {
    "fullmäktige": "council", "nämnd": "committee", "förvaltning": "administration", "stab": "division",
    "enhet": "team",
}  # fmt: skip
FINANCING = {"ram": "frame", "intäkter": "revenue"}
SUCCESSIONS = {"bytte namn": "renamed", "delades": "split", "slogs ihop": "merged", "flyttades": "moved"}
DATE_KINDS = {"bokslut": "annual", "delår": "interim", "prognos": "forecast", "budget": "budget"}
POINT_KINDS = {
    "fastställer": "approve", "ram": "frame", "omfördelning": "transfer", "delegerar": "delegate",
    "äskar": "request", "noterar": "note",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityRecord(Record):
    """kommun.csv: the municipality itself, one line."""

    FILE = "kommun.csv"
    ABOUT = "Kommunen själv, en enda rad."

    code: str = column("kod", c.text, "SCB:s kommunkod, fyra siffror", key=True)
    name: str = column("namn", c.text, "kommunens namn")
    slug: str = column("kortnamn", c.slug, "kortnamn")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecord(Record):
    """enheter.csv: committees, administrations, divisions and teams over time."""

    FILE = "enheter.csv"
    ABOUT = "Nämnder, förvaltningar, staber och enheter genom tiden."

    slug: str = column("enhet", c.slug, "kortnamn, syns i adresserna", key=True)
    name: str = column("namn", c.text, "enhetens namn")
    short: str = column("förkortning", c.text, "till exempel KLF", empty="")
    kind: str = column("nivå", one_of(LEVELS), "enhetens nivå")
    financing: str = column("finansiering", one_of(FINANCING), "hur enheten betalas; tomt är ram", empty="frame")
    valid_from: date = column("från", c.day, "första dagen")
    valid_to: date | None = column("till", c.day, "dagen då enheten inte längre finns", empty=None)
    order: int = column("ordning", c.whole, "plats i listor")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementRecord(Record):
    """placeringar.csv: which unit a unit stood under, from one day to another."""

    FILE = "placeringar.csv"
    ABOUT = "Vilken enhet en enhet har hört till och när."
    REFERS = (Reference(("unit",), UnitRecord), Reference(("parent",), UnitRecord))

    unit: str = column("enhet", c.slug, "enheten", key=True)
    parent: str = column("under", c.slug, "enheten ovanför")
    valid_from: date = column("från", c.day, "första dagen", key=True)
    valid_to: date | None = column("till", c.day, "dagen då placeringen upphörde", empty=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionRecord(Record):
    """efterfoljare.csv: which unit took over from which."""

    FILE = "efterfoljare.csv"
    ABOUT = "Vilken enhet som tog över efter vilken."
    REFERS = (Reference(("predecessor",), UnitRecord), Reference(("successor",), UnitRecord))

    predecessor: str = column("föregångare", c.slug, "enheten före", key=True)
    successor: str = column("efterföljare", c.slug, "enheten efter", key=True)
    on: date = column("från", c.day, "från och med vilken dag", key=True)
    kind: str = column("hur", one_of(SUCCESSIONS), "hur den ena blev den andra")
    note: str = column("anmärkning", c.text, "vad läsaren bör veta", empty="")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRecord(Record):
    """rapporttillfallen.csv: the dates as of which things are told."""

    FILE = "rapporttillfallen.csv"
    ABOUT = "De tillfällen då kommunen redovisar hur det står till."

    slug: str = column("tillfälle", c.slug, "kortnamn, syns i adresserna", key=True)
    name: str = column("namn", c.text, "till exempel Bokslut 2024")
    kind: str = column("slag", one_of(DATE_KINDS), "vad som redovisas")
    on: date = column("per den", c.day, "dagen som redovisningen gäller")
    year: int = column("år", c.year, "verksamhetsåret")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord(Record):
    """kallor.csv: the printed documents that figures come from."""

    FILE = "kallor.csv"
    ABOUT = "De tryckta dokument som uppgifter är hämtade ur."
    REFERS = (Reference(("at",), DateRecord),)

    document: str = column("källa", c.slug, "kortnamn", key=True)
    title: str = column("titel", c.text, "dokumentets namn")
    at: str | None = column("tillfälle", c.slug, "rapporttillfället", empty=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTableRecord(Record):
    """kalltabeller.csv: the tables of the documents."""

    FILE = "kalltabeller.csv"
    ABOUT = "Tabellerna i dokumenten, så att varje uppgift kan säga var den står."
    REFERS = (Reference(("document",), DocumentRecord),)

    document: str = column("källa", c.slug, "dokumentet", key=True)
    table: str = column("tabell", c.slug, "tabellens beteckning, till exempel t03", key=True)
    title: str = column("rubrik", c.text, "tabellens rubrik som den är tryckt")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord(Record):
    """beslut.csv: decisions of the council and the board."""

    FILE = "beslut.csv"
    ABOUT = "Beslut i fullmäktige, nämnder och utskott."

    reference: DecisionReference = column("beslut", c.decision, "till exempel KS 2019-06-11 § 225", key=True)
    case_number: str = column("diarienummer", c.text, "till exempel Dnr KS 2019-519", empty="")
    title: str = column("rubrik", c.text, "vad beslutet gäller")
    note: str = column("anmärkning", c.text, "reservationer, de som avstod, förhandling", empty="")


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRecord(Record):
    """beslutspunkter.csv: the numbered points of a decision."""

    FILE = "beslutspunkter.csv"
    ABOUT = "Beslutens numrerade punkter."
    REFERS = (
        Reference(("decision",), DecisionRecord),
        Reference(("giver",), UnitRecord),
        Reference(("receiver",), UnitRecord),
    )

    decision: DecisionReference = column("beslut", c.decision, "beslutet", key=True)
    number: int = column("punkt", c.whole, "punktens nummer", key=True)
    kind: str = column("slag", one_of(POINT_KINDS), "vad punkten gör")
    text: str = column("lydelse", c.text, "vad som beslutades")
    amount: Decimal | None = column("belopp", c.amount, "belopp i tkr", empty=None)
    giver: str | None = column("från enhet", c.slug, "vem som lämnar pengarna", empty=None)
    receiver: str | None = column("till enhet", c.slug, "vem som får pengarna", empty=None)
    from_year: int | None = column("från år", c.year, "första året", empty=None)
