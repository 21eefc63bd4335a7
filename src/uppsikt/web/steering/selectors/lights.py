"""The suggested light of an indicator: its outcome weighed against its target by the core."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from uppsikt.core.periods import Period
from uppsikt.core.quantities import MONEY, PERCENT, PLAIN, Missing, MissingReason, Quantity, Unit, Value, unit_of
from uppsikt.core.targets import DesiredDirection, NoTarget, Verdict, direction_of, evaluate, parse_target
from uppsikt.web.steering.models import Indicator
from uppsikt.web.steering.selectors.series import Aim, Told


def comparable_unit(indicator: Indicator) -> Unit:
    """Give the unit that values are compared in: money and per cent convert, other words only name what is counted."""
    unit = unit_of(indicator.unit_text)
    return unit if unit in (*MONEY, PERCENT) else PLAIN


def light_of(indicator: Indicator, series: Iterable[Told], aim: Aim | None, period: Period) -> Verdict:
    """Weigh what is known of an indicator against its target for a period, with one sentence of reason."""
    unit = comparable_unit(indicator)
    target = parse_target(aim.raw) if aim else NoTarget(Missing(MissingReason.BLANK))
    direction = DesiredDirection(indicator.direction)
    if direction is DesiredDirection.NONE:
        direction = direction_of(target)
    return evaluate(target, {one.period: _in(unit, one.value) for one in series}, direction=direction, period=period)


def _in(unit: Unit, value: Value) -> Value:
    return replace(value, unit=unit) if isinstance(value, Quantity) else value
