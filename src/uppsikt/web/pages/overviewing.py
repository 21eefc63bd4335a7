"""The overview of a unit at a reporting date: what a finance director asks first, each with its way in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from uppsikt.core.errors import UppsiktError
from uppsikt.core.findings import Finding
from uppsikt.core.quantities import Missing, Quantity, Value
from uppsikt.core.states import GoalState, WorkState
from uppsikt.core.tables import ColumnRole, RowRole, Sign, Table, select
from uppsikt.reporting.build import Definition
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.economy.models import Statement
from uppsikt.web.economy.selectors import KeyFigures, key_figures, told_at
from uppsikt.web.economy.selectors.figures import key_figures_in
from uppsikt.web.pages.duties import Duty, duties_at
from uppsikt.web.reports.selectors import findings_at, report_lines
from uppsikt.web.steering.selectors import Chain, GoalCard, IndicatorCard, chain_at, states_count

Kind = Statement.Kind
_MONEY = (Kind.BY_UNIT, Kind.FORECAST, Kind.BUDGET, Kind.DIVISION, Kind.OVERVIEW)
_COLUMNS = (ColumnRole.OUTCOME, ColumnRole.FORECAST, ColumnRole.BUDGET, ColumnRole.DEVIATION, ColumnRole.LAST_YEAR)
MOST_COLUMNS, MOST_ROWS, MOST_CHANGED, MOST_FINDINGS = 4, 14, 6, 2


@dataclass(frozen=True, slots=True)
class Changed:
    """An indicator with its change since the year before, in its own unit."""

    card: IndicatorCard
    change: Quantity

    @property
    def rises(self) -> bool:
        """Whether the figure has risen."""
        return self.change.number > 0


@dataclass(frozen=True)
class Money:
    """The unit's total at the date; ``since`` is how much better it is than in the report before, in the same year."""

    figures: KeyFigures
    table: Table | None
    since: Value
    before: ReportingDate | None

    @property
    def is_good(self) -> bool | None:
        """Whether the deviation is good; None when there is none or it is unknown."""
        deviation = self.figures.deviation
        if isinstance(deviation, Missing) or not deviation.number:
            return None
        return deviation.number > 0

    @property
    def is_share(self) -> bool:
        """Whether the outcome can be told as a part of the budget: "632,1 av 654,0"."""
        sides = (self.figures.outcome, self.figures.budget)
        costs = self.figures.sign is not Sign.RESULT
        return costs and all(isinstance(side, Quantity) and side.number > 0 for side in sides)

    @property
    def is_better(self) -> bool:
        """Whether the deviation is better than in the report before."""
        return isinstance(self.since, Quantity) and self.since.number > 0


@dataclass(frozen=True)
class Review:
    """What does not hold in the report of the unit and date."""

    definition: Definition
    findings: tuple[Finding, ...]

    @property
    def first(self) -> tuple[Finding, ...]:
        """The findings that fit on the overview."""
        return self.findings[:MOST_FINDINGS]

    @property
    def rest(self) -> int:
        """How many more there are."""
        return len(self.findings) - len(self.first)


@dataclass(frozen=True)
class Overview:
    """All that the overview shows; what has nothing to show is empty or None."""

    here: Here
    chain: Chain
    money: Money | None
    review: Review | None
    changed: tuple[Changed, ...]
    assignments: dict[WorkState, int]
    activities: dict[WorkState, int]
    duties: tuple[Duty, ...] = ()

    @cached_property
    def goals(self) -> tuple[GoalCard, ...]:
        """The unit's own goals; for a unit without any, those that its work contributes to."""
        own = tuple(card for card in self.chain.cards if card.unit_slug == self.here.unit.slug)
        return own or self.chain.cards

    @property
    def states(self) -> dict[GoalState, int]:
        """How many of the goals stand how."""
        counts = Counter(card.state for card in self.goals)
        return {state: counts[state.value] for state in GoalState}

    @property
    def met(self) -> int:
        """How many of the goals are met."""
        return self.states[GoalState.MET]

    @property
    def is_plan(self) -> bool:
        """Whether the date is that of a budget, when nothing is judged yet."""
        return self.here.reporting_date.kind == ReportingDate.Kind.BUDGET

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is told of the unit at the date."""
        return not (self.goals or self.money or self.assignments or self.activities)


def overview_at(here: Here) -> Overview:
    """Gather the overview in a bounded number of queries."""
    assignments, activities = states_count(here.actor, here.unit, here.reporting_date)
    chain = chain_at(here)
    return Overview(
        here=here,
        chain=chain,
        money=_money(here),
        review=_review(here),
        changed=_most_changed(chain),
        assignments=assignments,
        activities=activities,
        duties=duties_at(here, chain),
    )


def _money(here: Here) -> Money | None:
    told = told_at(here.actor, here.unit, here.reporting_date, _MONEY)
    figures = key_figures_in(told, here.reporting_date)
    if figures is None:
        return None
    before, since = _since_report_before(here, figures)
    return Money(figures, _short(figures.table), since, before)


def _since_report_before(here: Here, figures: KeyFigures) -> tuple[ReportingDate | None, Value]:
    """Give the change of the deviation since the report before in the same year (domain: Follow-up)."""
    now = here.reporting_date
    earlier = [one for one in here.reporting_dates if one.year == now.year and one.on < now.on]
    before = max(earlier, key=lambda one: one.on, default=None)
    if before is None or isinstance(figures.deviation, Missing):
        return None, Missing()
    then = key_figures(here.actor, here.unit, before)
    if then is None or isinstance(then.deviation, Missing) or not then.unit.converts_to(figures.unit):
        return None, Missing()
    return before, figures.deviation - then.deviation


def _short(table: Table) -> Table | None:
    """Give the statement as it fits on the overview: items and sums, and of-which under the total; few columns."""
    columns = [column.key for column in table.columns_of(*_COLUMNS)][:MOST_COLUMNS]
    rows = [row for row in table.rows if row.role in (RowRole.ITEM, RowRole.SUM, RowRole.HEADING)]
    if len(rows) > MOST_ROWS:
        rows = [row for row in rows if row.parent is None]
    total = next((row.key for row in reversed(rows) if row.role is RowRole.SUM), None)
    kept = {row.key for row in rows[:MOST_ROWS]} | ({total} if total else set())
    kept |= {row.key for row in table.rows if row.role is RowRole.OF_WHICH and row.parent == total}
    return select(table, rows=kept, columns=columns) if columns and kept else None


def _review(here: Here) -> Review | None:
    """Check the first report that can be made at the date; one that cannot be built says so on its own page."""
    line = next(iter(report_lines(here)), None)
    if line is None:
        return None
    try:
        return Review(line.definition, findings_at(here, line.definition))
    except UppsiktError:
        return None


def _most_changed(chain: Chain) -> tuple[Changed, ...]:
    """Give the indicators that have a figure for the date's period and changed most, in parts of their size."""
    cards = {one.pk: one for goal in chain.cards for one in goal.indicators}
    found = [pair for card in cards.values() if not card.latest_period and (pair := _change(card)) is not None]
    return tuple(changed for _, changed in sorted(found, key=lambda pair: -pair[0])[:MOST_CHANGED])


def _change(card: IndicatorCard) -> tuple[Decimal, Changed] | None:
    if len(card.points) < 2 or isinstance(card.latest, Missing):
        return None
    before, now = card.points[-2:]
    if before is None or now is None or before == now:
        return None
    change = Quantity(now - before, card.latest.unit, card.latest.decimals)
    return abs(change.number) / ((abs(before) + abs(now)) / 2), Changed(card, change)
