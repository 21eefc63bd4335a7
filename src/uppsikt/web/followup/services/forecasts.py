"""Giving a forecast: a draft that only the unit sees, then submitted for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from uppsikt.core.economy import deviation
from uppsikt.core.economy.forecasting import needs_comment
from uppsikt.core.errors import UseError
from uppsikt.core.quantities import KR, MNKR, TKR, Quantity, format_quantity
from uppsikt.core.tables import Measure
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.followup.models import Forecast, ForecastDraft
from uppsikt.web.followup.selectors.books import Amounts, LedgerAt
from uppsikt.web.followup.selectors.giving import last_change_of
from uppsikt.web.followup.selectors.limits import comment_limit
from uppsikt.web.history.services import EditConflictError, Pen, recording
from uppsikt.web.organisation.gate import Act, Actor, reach, require
from uppsikt.web.organisation.models import Unit

F = TypeVar("F", Forecast, ForecastDraft)


@dataclass(frozen=True, slots=True)
class Written:
    """What a person forecasts, in kronor, and the last change of the forecast that they had seen (0: none)."""

    costs: Decimal
    income: Decimal
    comment: str
    seen: int
    why: str = ""


class NotReadyError(UseError):
    """A forecast cannot be submitted as it is; ``faults`` are what to write, by the field where it belongs."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


def draft_save(actor: Actor, unit: Unit, date: ReportingDate, written: Written) -> ForecastDraft:
    """Keep a forecast that is not ready; only those who have a role in the unit can read it.

    Raises NotAllowedError, and EditConflictError when somebody else has changed the forecast since.
    """
    require(actor, Act.REPORT, unit)
    with recording(actor, written.why or f"Utkast till prognos, {date.name}") as pen:
        _refuse_if_changed(actor, unit, date, written.seen)
        stored = reach(actor, ForecastDraft).filter(unit=unit, reporting_date=date).first()
        return _kept(pen, ForecastDraft, stored, (unit, date), written)


def forecast_submit(actor: Actor, unit: Unit, date: ReportingDate, written: Written) -> Forecast:
    """Submit a forecast for everybody to read, and take its draft away.

    Raises NotAllowedError, EditConflictError, and NotReadyError when the deviation from budget is larger than the
    municipality's limit and nothing explains it, or when a submitted one is changed without a reason.
    """
    require(actor, Act.REPORT, unit)
    stored = reach(actor, Forecast).filter(unit=unit, reporting_date=date).first()
    faults = {"comment": _unexplained(actor, unit, date, written)}
    if stored is not None and not written.why.strip():
        faults["why"] = "Prognosen är redan lämnad. Skriv varför du ändrar den; det sparas i historiken."
    faults = {field: told for field, told in faults.items() if told}
    if faults:
        raise NotReadyError(faults)
    with recording(actor, written.why.strip() or f"Prognos lämnad, {date.name}") as pen:
        _refuse_if_changed(actor, unit, date, written.seen)
        for draft in reach(actor, ForecastDraft).filter(unit=unit, reporting_date=date):
            pen.delete(draft)
        return _kept(pen, Forecast, stored, (unit, date), written)


def draft_discard(actor: Actor, unit: Unit, date: ReportingDate, seen: int) -> None:
    """Throw a draft away; the journal keeps it. What has been submitted stays as it was."""
    require(actor, Act.REPORT, unit)
    with recording(actor, f"Utkastet kastat, {date.name}") as pen:
        _refuse_if_changed(actor, unit, date, seen)
        for draft in reach(actor, ForecastDraft).filter(unit=unit, reporting_date=date):
            pen.delete(draft)


def _kept(pen: Pen, model: type[F], stored: F | None, place: tuple[Unit, ReportingDate], written: Written) -> F:
    fields: dict[str, Any] = {"costs": written.costs, "income": written.income, "comment": written.comment.strip()}
    if stored is None:
        return pen.create(model, unit=place[0], reporting_date=place[1], **fields)
    pen.update(stored, is_example=False, **fields)
    return stored


def _refuse_if_changed(actor: Actor, unit: Unit, date: ReportingDate, seen: int) -> None:
    """Stop when somebody has written since; the unit's row is held, so that two first ones cannot pass each other."""
    reach(actor, Unit).select_for_update(no_key=True).get(pk=unit.pk)
    change = last_change_of(actor, unit, date)
    if change is not None and change.pk != seen:
        raise EditConflictError(change)


def _unexplained(actor: Actor, unit: Unit, date: ReportingDate, written: Written) -> str:
    """Say what must be explained; empty when nothing must."""
    if written.comment.strip():
        return ""
    ledger = LedgerAt.of(actor, date)
    sign, books = ledger.sign_of(unit), ledger.books_of([unit])[unit.pk]
    forecast = Amounts(Quantity(written.costs, KR), Quantity(written.income, KR)).net(sign)
    budget = books.budget.net(sign)
    off = deviation(forecast, budget, Measure.NET, sign)
    limit = comment_limit(actor, date.on)
    if limit is None or not isinstance(off, Quantity) or not needs_comment(off, budget, limit):
        return ""
    unit_of_money = MNKR if abs(off).number >= MNKR.factor else TKR
    told = format_quantity(off, unit=unit_of_money, decimals=1, with_unit=True, plus=True)
    return (
        f"Prognosen avviker {told} mot budget, och det är mer än kommunens gräns ({limit.source}). "
        "Skriv en kommentar: vad beror det på, och vad görs åt det?"
    )
