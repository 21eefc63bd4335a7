"""Limits, forecasts, comments on figures and action plans. Files tell tkr, the store keeps kronor."""

from __future__ import annotations

from decimal import Decimal

from uppsikt.core.examples import without_mark
from uppsikt.core.quantities import KR, TKR, Quantity
from uppsikt.exchange.municipality.followup import (
    CellCommentRecord,
    EffectRecord,
    ForecastRecord,
    LimitRecord,
    PlanMeasureRecord,
    PlanRecord,
    PlanYearRecord,
)
from uppsikt.exchange.municipality.organisation import DateRecord, UnitRecord
from uppsikt.web.demo.placing.shelf import Shelf
from uppsikt.web.followup.models import (
    ActionPlan,
    CellComment,
    Forecast,
    ForecastLimit,
    MeasureEffect,
    PlanMeasure,
    PlanYear,
)


def place_followup(shelf: Shelf) -> None:
    """Place everything about follow-up; units and reporting dates are placed before."""
    shelf.place(
        ForecastLimit,
        ("kind", "valid_from"),
        shelf.files.of(LimitRecord),
        lambda one: ForecastLimit(
            municipality=shelf.municipality,
            kind=one.kind,
            valid_from=one.valid_from,
            percent=one.percent,
            amount=None if one.amount is None else _kr(one.amount),
            both=one.both,
            source=one.source,
        ),
    )
    shelf.place(
        Forecast,
        ("unit_id", "reporting_date_id"),
        shelf.files.of(ForecastRecord),
        lambda one: _forecast(shelf, one),
    )
    shelf.place(
        CellComment,
        ("unit_id", "reporting_date_id", "subject", "measure", "role", "period", "answers_id"),
        shelf.files.of(CellCommentRecord),
        lambda one: _comment(shelf, one),
    )
    _place_plans(shelf)


def _forecast(shelf: Shelf, record: ForecastRecord) -> Forecast:
    text, is_example = without_mark(record.text)
    return Forecast(
        unit=shelf.find(UnitRecord, record.unit),
        reporting_date=shelf.find(DateRecord, record.at),
        costs=_kr(record.costs),
        income=_kr(record.income),
        comment=text,
        is_example=is_example,
    )


def _comment(shelf: Shelf, record: CellCommentRecord) -> CellComment:
    text, is_example = without_mark(record.text)
    return CellComment(
        unit=shelf.find(UnitRecord, record.unit),
        reporting_date=shelf.find(DateRecord, record.at),
        table="redovisning-enhet",
        row=record.about,
        row_label=record.row,
        column_label=record.heading,
        subject=f"unit:{record.about}",
        measure=record.measure,
        role=record.role,
        period=record.period,
        figure=None if record.amount is None else _kr(record.amount),
        figure_unit="" if record.amount is None else KR.symbol,
        text=text,
        author_name=record.author,
        is_example=is_example,
    )


def _place_plans(shelf: Shelf) -> None:
    shelf.place(
        ActionPlan,
        ("unit_id", "reporting_date_id"),
        shelf.files.of(PlanRecord),
        lambda one: _plan(shelf, one),
    )
    shelf.place(
        PlanYear,
        ("plan_id", "year"),
        shelf.files.of(PlanYearRecord),
        lambda one: PlanYear(plan=shelf.find(PlanRecord, one.at, one.unit), year=one.year, deficit=_kr(one.deficit)),
    )
    measures = shelf.files.of(PlanMeasureRecord)
    order = {one.key: number for number, one in enumerate(measures)}
    shelf.place(
        PlanMeasure,
        ("plan_id", "text"),
        measures,
        lambda one: PlanMeasure(
            plan=shelf.find(PlanRecord, one.at, one.unit),
            text=one.text,
            responsible=one.responsible,
            due=one.due,
            state=one.state,
            order=order[one.key],
        ),
    )
    shelf.place(
        MeasureEffect,
        ("measure_id", "year"),
        shelf.files.of(EffectRecord),
        lambda one: MeasureEffect(
            measure=shelf.find(PlanMeasureRecord, one.at, one.unit, one.text),
            year=one.year,
            planned=_kr(one.planned),
            realised=None if one.realised is None else _kr(one.realised),
        ),
    )


def _plan(shelf: Shelf, record: PlanRecord) -> ActionPlan:
    text, is_example = without_mark(record.text)
    return ActionPlan(
        unit=shelf.find(UnitRecord, record.unit),
        reporting_date=shelf.find(DateRecord, record.at),
        analysis=text,
        state=record.state,
        is_example=is_example,
    )


def _kr(thousands: Decimal) -> Decimal:
    """Tell an amount in tkr as kronor."""
    return Quantity(thousands, TKR).to(KR).number
