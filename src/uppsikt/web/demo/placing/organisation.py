"""Units, reporting dates, documents and decisions."""

from __future__ import annotations

from uppsikt.exchange.municipality.organisation import (
    DateRecord,
    DecisionRecord,
    DocumentRecord,
    PlacementRecord,
    PointRecord,
    SuccessionRecord,
    UnitRecord,
)
from uppsikt.web.cycle.models import Decision, DecisionPoint, ReportingDate, SourceDocument
from uppsikt.web.demo.placing.shelf import Shelf
from uppsikt.web.organisation.models import Placement, Succession, Unit


def place_organisation(shelf: Shelf) -> None:
    """Place the units, where they have stood, and which took over from which."""
    _place_units(shelf)
    shelf.place(
        Placement,
        ("unit_id", "valid_from"),
        shelf.files.of(PlacementRecord),
        lambda one: Placement(
            unit=shelf.find(UnitRecord, one.unit),
            parent=shelf.find(UnitRecord, one.parent),
            valid_from=one.valid_from,
            valid_to=one.valid_to,
        ),
    )
    shelf.place(
        Succession,
        ("predecessor_id", "successor_id", "on"),
        shelf.files.of(SuccessionRecord),
        lambda one: Succession(
            predecessor=shelf.find(UnitRecord, one.predecessor),
            successor=shelf.find(UnitRecord, one.successor),
            on=one.on,
            kind=one.kind,
            note=one.note,
        ),
    )


def _place_units(shelf: Shelf) -> None:
    shelf.place(
        Unit,
        ("slug",),
        shelf.files.of(UnitRecord),
        lambda one: Unit(
            municipality=shelf.municipality,
            slug=one.slug,
            name=one.name,
            short=one.short,
            kind=one.kind,
            financing=one.financing,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            order=one.order,
        ),
    )


def place_cycle(shelf: Shelf) -> None:
    """Place the reporting dates, the printed documents and the decisions with their points."""
    town = shelf.municipality
    shelf.place(
        ReportingDate,
        ("slug",),
        shelf.files.of(DateRecord),
        lambda one: ReportingDate(
            municipality=town, slug=one.slug, name=one.name, kind=one.kind, on=one.on, year=one.year
        ),
    )
    shelf.place(
        SourceDocument,
        ("key",),
        shelf.files.of(DocumentRecord),
        lambda one: SourceDocument(
            municipality=town, key=one.document, title=one.title, reporting_date=shelf.find(DateRecord, one.at)
        ),
    )
    shelf.place(
        Decision,
        ("body", "on", "paragraph"),
        shelf.files.of(DecisionRecord),
        lambda one: _decision(shelf, one),
    )
    shelf.place(DecisionPoint, ("decision_id", "number"), shelf.files.of(PointRecord), lambda one: _point(shelf, one))


def _decision(shelf: Shelf, record: DecisionRecord) -> Decision:
    return Decision(
        municipality=shelf.municipality,
        body=record.reference.body,
        on=record.reference.on,
        paragraph=record.reference.paragraph,
        case_number=record.case_number,
        title=record.title,
        note=record.note,
    )


def _point(shelf: Shelf, record: PointRecord) -> DecisionPoint:
    return DecisionPoint(
        decision=shelf.find(DecisionRecord, record.decision),
        number=record.number,
        kind=record.kind,
        text=record.text,
        amount=record.amount,
        giver=shelf.find(UnitRecord, record.giver),
        receiver=shelf.find(UnitRecord, record.receiver),
        from_year=record.from_year,
    )
