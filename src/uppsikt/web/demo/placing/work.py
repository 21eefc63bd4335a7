"""Activities and assignments, and how they stood."""

from __future__ import annotations

from uppsikt.exchange.municipality.organisation import DateRecord, DecisionRecord, UnitRecord
from uppsikt.exchange.municipality.steering import ActivityRecord, AssignmentRecord, GoalRecord, ReceiverRecord
from uppsikt.web.demo.placing.shelf import Shelf
from uppsikt.web.steering.models import Activity, ActivityStatus, Assignment, AssignmentStatus, Receiver


def place_activities(shelf: Shelf) -> None:
    """Place the activities; a line tells an activity and, when it names a reporting date, how it stood then."""
    records = shelf.files.of(ActivityRecord)
    activities = shelf.place(
        Activity, ("unit_id", "year", "area", "number"), records, lambda one: _activity(shelf, one)
    )
    shelf.place(
        ActivityStatus,
        ("activity_id", "reporting_date_id"),
        [one for one in records if one.at],
        lambda one: ActivityStatus(
            activity=activities[one.key],
            reporting_date=shelf.find(DateRecord, one.at),
            state=one.state or "",
            comment=one.comment,
        ),
    )


def _activity(shelf: Shelf, record: ActivityRecord) -> Activity:
    return Activity(
        unit=shelf.find(UnitRecord, record.unit),
        goal=shelf.find(GoalRecord, record.model, record.goal),
        year=record.year,
        area=record.area,
        number=record.number,
        text=record.text,
        due=record.due,
        responsible=record.responsible,
        **shelf.origin(record),
    )


def place_assignments(shelf: Shelf) -> None:
    """Place the assignments, who received them and how they stood with each."""
    shelf.place(
        Assignment,
        ("year", "kind", "number", "source_table"),
        shelf.files.of(AssignmentRecord),
        lambda one: _assignment(shelf, one),
    )
    records = shelf.files.of(ReceiverRecord)
    receivers = shelf.place(
        Receiver,
        ("assignment_id", "unit_id"),
        records,
        lambda one: Receiver(
            assignment=shelf.find(AssignmentRecord, one.assignment),
            unit=shelf.find(UnitRecord, one.unit),
            is_coordinator=one.is_coordinator,
        ),
    )
    shelf.place(
        AssignmentStatus,
        ("receiver_id", "reporting_date_id"),
        [one for one in records if one.at],
        lambda one: AssignmentStatus(
            receiver=receivers[one.key],
            reporting_date=shelf.find(DateRecord, one.at),
            state=one.state or "",
            comment=one.comment,
            report_back=shelf.find(DecisionRecord, one.report_back),
            carried_to_year=one.carried_to_year,
        ),
    )


def _assignment(shelf: Shelf, record: AssignmentRecord) -> Assignment:
    return Assignment(
        municipality=shelf.municipality,
        year=record.year,
        kind=record.kind,
        number=record.number,
        text=record.text,
        ordered_in=record.ordered_in,
        decision=shelf.find(DecisionRecord, record.decision),
        goal=shelf.find(GoalRecord, record.model, record.goal),
        due=record.due,
        carried_from_year=record.carried_from_year,
        **shelf.origin(record),
    )
