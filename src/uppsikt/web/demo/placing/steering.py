"""Goal models, goals, indicators with their values and targets, and assessments."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from uppsikt.core.quantities import Quantity, read_cell
from uppsikt.exchange.municipality.organisation import DateRecord, UnitRecord
from uppsikt.exchange.municipality.steering import (
    AssessmentRecord,
    BreakdownRecord,
    GoalModelRecord,
    GoalRecord,
    IndicatorRecord,
    TargetRecord,
    UseRecord,
    ValueRecord,
)
from uppsikt.web.demo.placing.shelf import Shelf
from uppsikt.web.steering.models import (
    Assessment,
    Breakdown,
    Goal,
    GoalModel,
    Indicator,
    IndicatorTarget,
    IndicatorUse,
    IndicatorValue,
)


def place_goals(shelf: Shelf) -> None:
    """Place the goal models and their goals, and which goals carry on older ones."""
    town = shelf.municipality
    shelf.place(
        GoalModel,
        ("slug",),
        shelf.files.of(GoalModelRecord),
        lambda one: GoalModel(
            municipality=town, slug=one.slug, name=one.name, first_year=one.first_year, last_year=one.last_year
        ),
    )
    order = {one.key: number for number, one in enumerate(shelf.files.of(GoalRecord))}
    for records in _generations(shelf.files.of(GoalRecord)):
        shelf.place(Goal, ("model_id", "slug"), records, lambda one: _goal(shelf, one, order[one.model, one.slug]))
    _carry_on(shelf)


def _generations(records: tuple[GoalRecord, ...]) -> Iterator[list[GoalRecord]]:
    """Give the goals under nothing, then those under them, and so on: a parent is stored before its children."""
    above: set[tuple[str, str | None]] = {(model.model, None) for model in records}
    while above:
        found = [one for one in records if (one.model, one.parent) in above]
        if found:
            yield found
        above = {(one.model, one.slug) for one in found}


def _goal(shelf: Shelf, record: GoalRecord, order: int) -> Goal:
    return Goal(
        model=shelf.find(GoalModelRecord, record.model),
        level=record.level,
        parent=shelf.find(GoalRecord, record.model, record.parent),
        unit=shelf.find(UnitRecord, record.unit),
        slug=record.slug,
        name=record.name,
        description=record.description,
        order=order,
    )


def _carry_on(shelf: Shelf) -> None:
    link = Goal.predecessors.through
    pairs = [
        (record, link(from_goal_id=newer.pk, to_goal_id=shelf.find(GoalRecord, *path.split("/")).pk))
        for record in shelf.files.of(GoalRecord)
        for newer in [shelf.find(GoalRecord, *record.key)]
        for path in record.predecessors
    ]
    there = link._default_manager.filter(from_goal__model__municipality=shelf.municipality)
    shelf.join(there, ("from_goal_id", "to_goal_id"), pairs)


def place_indicators(shelf: Shelf) -> None:
    """Place the indicators, their breakdowns and the goals that use them."""
    town = shelf.municipality
    parts = {one.key: number for number, one in enumerate(shelf.files.of(BreakdownRecord))}
    shelf.place(
        Breakdown,
        ("slug",),
        shelf.files.of(BreakdownRecord),
        lambda one: Breakdown(municipality=town, slug=one.slug, name=one.name, kind=one.kind, order=parts[(one.slug,)]),
    )
    shelf.place(Indicator, ("slug",), shelf.files.of(IndicatorRecord), lambda one: _indicator(shelf, one))
    order = {one.key: number for number, one in enumerate(shelf.files.of(UseRecord))}
    shelf.place(
        IndicatorUse,
        ("goal_id", "indicator_id"),
        shelf.files.of(UseRecord),
        lambda one: IndicatorUse(
            indicator=shelf.find(IndicatorRecord, one.indicator),
            goal=shelf.find(GoalRecord, one.model, one.goal),
            label=one.label,
            order=order[one.key],
        ),
    )


def _indicator(shelf: Shelf, record: IndicatorRecord) -> Indicator:
    return Indicator(
        municipality=shelf.municipality,
        slug=record.slug,
        name=record.name,
        unit_text=record.unit_text,
        explanation=record.explanation,
        origin=record.origin,
        kolada_id=record.kolada_id,
        frequency=record.frequency,
        lag=record.lag,
        population=record.population,
        direction=record.direction,
        is_ratio=record.is_ratio,
    )


def place_series(shelf: Shelf) -> None:
    """Place the values and the targets; a number is what the core reads in the cell as it was written."""
    labels = _labels(shelf)
    named = ("indicator_id", "breakdown_id", "period", "reporting_date_id")
    shelf.place(IndicatorValue, named, shelf.files.of(ValueRecord), lambda one: _value(shelf, one, labels))
    shelf.place(IndicatorTarget, named, shelf.files.of(TargetRecord), lambda one: _target(shelf, one, labels))


Labels = dict[tuple[str, str], str]


def _labels(shelf: Shelf) -> Labels:
    """Give what each indicator is called at each reporting date: its name in the goal model of the year."""
    found: Labels = {}
    for date in shelf.files.of(DateRecord):
        for model in shelf.files.of(GoalModelRecord):
            if model.first_year <= date.year <= model.last_year:
                for use in shelf.files.of(UseRecord):
                    if use.model == model.slug:
                        found.setdefault((date.slug, use.indicator), use.label)
    return found


def _printed_row(record: ValueRecord | TargetRecord, breakdown: Breakdown, labels: Labels) -> str:
    whole = breakdown.slug == Breakdown.TOTAL
    return labels.get((record.at, record.indicator), "") if whole else breakdown.name


def _value(shelf: Shelf, record: ValueRecord, labels: Labels) -> IndicatorValue:
    reading = _read(record.raw)
    known = reading.value if isinstance(reading.value, Quantity) else None
    breakdown: Breakdown = shelf.find(BreakdownRecord, record.breakdown)
    return IndicatorValue(
        indicator=shelf.find(IndicatorRecord, record.indicator),
        breakdown=breakdown,
        period=record.period,
        reporting_date=shelf.find(DateRecord, record.at),
        raw=record.raw,
        number=known.number if known else None,
        decimals=known.decimals if known else None,
        note=record.note or reading.note,
        **shelf.origin(record, _printed_row(record, breakdown, labels)),
    )


def _target(shelf: Shelf, record: TargetRecord, labels: Labels) -> IndicatorTarget:
    breakdown: Breakdown = shelf.find(BreakdownRecord, record.breakdown)
    return IndicatorTarget(
        indicator=shelf.find(IndicatorRecord, record.indicator),
        breakdown=breakdown,
        period=record.period,
        reporting_date=shelf.find(DateRecord, record.at),
        raw=record.raw,
        **shelf.origin(record, _printed_row(record, breakdown, labels)),
    )


_read = cache(read_cell)


def place_assessments(shelf: Shelf) -> None:
    """Place the assessments of the goals."""
    shelf.place(
        Assessment,
        ("goal_id", "reporting_date_id"),
        shelf.files.of(AssessmentRecord),
        lambda one: Assessment(
            goal=shelf.find(GoalRecord, one.model, one.goal),
            reporting_date=shelf.find(DateRecord, one.at),
            state=one.state,
            reasons=one.reasons,
            **shelf.origin(one),
        ),
    )
