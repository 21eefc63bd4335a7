"""The suggested light of an indicator: its outcome weighed against its target by the core."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from uppsikt.core.periods import Period
from uppsikt.core.quantities import MONEY, PERCENT, PLAIN, Missing, MissingReason, Quantity, Unit, Value, unit_of
from uppsikt.core.states import weigh
from uppsikt.core.targets import DesiredDirection, NoTarget, Verdict, direction_of, evaluate, parse_target
from uppsikt.web.steering.models import Indicator
from uppsikt.web.steering.selectors.series import TOTAL, Aim, Told


def comparable_unit(indicator: Indicator) -> Unit:
    """Give the unit that values are compared in: money and per cent convert, other words only name what is counted."""
    unit = unit_of(indicator.unit_text)
    return unit if unit in (*MONEY, PERCENT) else PLAIN


def light_of_all(
    indicator: Indicator, parts: Mapping[str, Sequence[Told]], targets: Mapping[str, Aim], period: Period
) -> Verdict:
    """Weigh the whole against its target; where only parts are measured, each of them against its own or the whole's.

    ``parts`` and ``targets`` are by breakdown. The state of several parts is weighed by the core.
    """
    whole, aim = parts.get(TOTAL, ()), targets.get(TOTAL)
    measured = {slug: series for slug, series in parts.items() if slug != TOTAL and series}
    if whole or not measured:
        return light_of(indicator, whole, aim, period)
    verdicts = {
        series[0].breakdown_name: light_of(indicator, series, targets.get(slug, aim), period)
        for slug, series in measured.items()
    }
    state = weigh([verdict.state for verdict in verdicts.values()], {}).state
    return Verdict(state, " ".join(f"{name}: {verdict.reason}" for name, verdict in verdicts.items()))


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
