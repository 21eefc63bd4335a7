"""Forecasts at a date: what each unit expects of the year beside what the ledger tells, and who has told nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

from django.http import Http404

from uppsikt.core.economy import deviation
from uppsikt.core.economy.forecasting import (
    Limit,
    needs_comment,
    together,
)
from uppsikt.core.quantities import KR, Missing, MissingReason, Quantity, Value
from uppsikt.core.tables import Measure, Sign
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.followup.models import Forecast, ForecastDraft
from uppsikt.web.followup.selectors.books import Amounts, Books, LedgerAt
from uppsikt.web.followup.selectors.limits import comment_limit
from uppsikt.web.ledger.selectors.codes import CodeTree
from uppsikt.web.organisation.gate import Act, Actor, may, reach
from uppsikt.web.organisation.models import Unit

_COMMON = Missing(MissingReason.NO_DATA, "det gemensamma saknar prognos")


def amounts_of(stored: Forecast | ForecastDraft) -> Amounts:
    """Give what a stored forecast says."""
    return Amounts(Quantity(stored.costs, KR), Quantity(stored.income, KR))


@dataclass(frozen=True)
class ForecastLine:
    """A unit at a date, with everything under it.

    ``forecast`` is the unit's own submitted one, or else the sum of those of the units under it (``is_sum``).
    ``before`` is the same at the reporting date before. ``is_due`` says that the unit or something under it has
    money in the ledger, so that a forecast is expected. ``told_by`` is the nearest unit above that has told for it.
    ``is_beside`` says that the unit is revenue-financed, or under such a unit, and not in the sum of the page's unit.
    """

    unit: Unit
    depth: int
    sign: Sign
    books: Books
    given: Forecast | None
    forecast: Amounts
    is_sum: bool
    before: Amounts
    limit: Limit | None
    has_draft: bool = False
    may_write: bool = False
    told_by: Unit | None = None
    is_beside: bool = False

    @property
    def net(self) -> Value:
        """The forecast net under the unit's convention."""
        return self.forecast.net(self.sign)

    @property
    def outcome(self) -> Value:
        """The net outcome to date."""
        return self.books.outcome.net(self.sign)

    @property
    def phased_budget(self) -> Value:
        """The net of the budget to date."""
        return self.books.phased_budget.net(self.sign)

    @property
    def budget(self) -> Value:
        """The net of the whole year's budget."""
        return self.books.budget.net(self.sign)

    @property
    def last_year(self) -> Value:
        """The net outcome of the whole year before."""
        return self.books.last_year.net(self.sign)

    @property
    def net_before(self) -> Value:
        """The net of the forecast before."""
        return self.before.net(self.sign)

    @property
    def deviation(self) -> Value:
        """The forecast against the budget, positive when it is good."""
        return deviation(self.net, self.budget, Measure.NET, self.sign)

    @property
    def change(self) -> Value:
        """The forecast against the one before it, positive when it has become better."""
        return deviation(self.net, self.net_before, Measure.NET, self.sign)

    @property
    def demands_comment(self) -> bool:
        """Say whether the deviation is so large that it must be explained."""
        return needs_comment(self.deviation, self.budget, self.limit)

    @property
    def lacks_comment(self) -> bool:
        """Say whether a comment is demanded of the unit's own forecast and not given."""
        return self.given is not None and self.demands_comment and not self.given.comment.strip()

    @property
    def is_awaited(self) -> bool:
        """Say whether nobody has told: neither the unit, nor one above it, nor all under it."""
        return self.is_due and self.told_by is None and isinstance(self.net, Missing)

    @property
    def is_due(self) -> bool:
        """Say whether a forecast is expected of the unit."""
        return not self.books.is_empty


@dataclass(frozen=True)
class ForecastPage:
    """Everything that is forecast under a unit at a date; ``previous`` is the date that changes are told from."""

    lines: tuple[ForecastLine, ...]
    previous: ReportingDate | None
    limit: Limit | None

    @property
    def own(self) -> ForecastLine:
        """The unit itself."""
        return self.lines[0]

    @property
    def summed(self) -> tuple[ForecastLine, ...]:
        """The unit and what its sum counts."""
        return tuple(line for line in self.lines if not line.is_beside)

    @property
    def beside(self) -> tuple[ForecastLine, ...]:
        """The revenue-financed units that are told beside the sum, with what is under them."""
        return tuple(line for line in self.lines if line.is_beside)

    @property
    def has_ledger(self) -> bool:
        """Say whether the ledger tells anything of the unit, or of what stands beside its sum, and the year."""
        return any(line.is_due for line in self.lines)

    @property
    def given(self) -> tuple[ForecastLine, ...]:
        """Those who have submitted."""
        return tuple(line for line in self.lines if line.given)

    @property
    def waiting(self) -> tuple[ForecastLine, ...]:
        """Those of whom a forecast is awaited: the lowest units with money, unless one above has told for them."""
        awaited = [line for line in self.lines if line.is_awaited]
        return tuple(line for line, after in zip_longest(awaited, awaited[1:]) if not _is_under(after, line))


def _is_under(one: ForecastLine | None, other: ForecastLine) -> bool:
    """Say whether one, which comes next among those awaited in the walk of the tree, lies deeper than the other."""
    return one is not None and one.depth > other.depth


def forecast_page(here: Here) -> ForecastPage:
    """Gather the page of a unit's whole tree; a bounded number of queries however many units."""
    return forecasts_under(here.actor, here.unit, here.reporting_date)


def forecasts_under(actor: Actor, unit: Unit, date: ReportingDate) -> ForecastPage:
    """Give the forecasts of a unit and everything under it at a date, the unit first, then branch by branch.

    Revenue-financed units under a frame-financed unit come last, each as a tree of its own: they are in no sum above.
    """
    ledger = LedgerAt.of(actor, date)
    units = {one.pk: one for one in reach(actor, Unit).filter(pk__in=ledger.tree.branch(unit.pk))}
    summed, apart = _apart(ledger.tree, units)
    ordered = [one for top in (unit.pk, *apart) for one in _walk(top, summed, units)]
    page = _page(actor, ledger, [(units[pk], depth) for pk, depth in ordered], summed)
    inside = {pk for pk, _ in _walk(unit.pk, summed, units)}
    return replace(page, lines=tuple(replace(line, is_beside=line.unit.pk not in inside) for line in page.lines))


def _apart(tree: CodeTree, units: Mapping[int, Unit]) -> tuple[dict[int, list[int]], tuple[int, ...]]:
    """Take revenue-financed units from under frame-financed ones: the tree that is summed, and the tops of the rest."""
    tops = {
        child
        for parent, children in tree.below.items()
        if parent in units and parent not in tree.revenue
        for child in children
        if child in tree.revenue
    }
    summed = {parent: [one for one in children if one not in tops] for parent, children in tree.below.items()}
    return summed, tuple(sorted(tops, key=lambda one: (units[one].order, units[one].name)))


def _page(
    actor: Actor, ledger: LedgerAt, units: list[tuple[Unit, int]], below: Mapping[int, list[int]]
) -> ForecastPage:
    every, date = [unit for unit, _ in units], ledger.date
    books, limit = ledger.books_of(every), comment_limit(actor, date.on)
    previous = previous_date(actor, every, date)
    given, before = given_at(actor, every, date), given_at(actor, every, previous) if previous else {}
    drafts = set(reach(actor, ForecastDraft).filter(reporting_date=date).values_list("unit_id", flat=True))
    now, then = _Whole(given, below, books), _Whole(before, below, books)
    lines = tuple(
        ForecastLine(
            unit, depth, ledger.sign_of(unit), books[unit.pk], given.get(unit.pk), now.of(unit.pk),
            unit.pk not in given, then.of(unit.pk), limit, unit.pk in drafts, may(actor, Act.REPORT, unit), told_by,
        )
        for unit, depth, told_by in _told_by(units, given)
    )  # fmt: skip
    return ForecastPage(lines, previous, limit)


def _told_by(
    units: Iterable[tuple[Unit, int]], given: Mapping[int, Forecast]
) -> Iterator[tuple[Unit, int, Unit | None]]:
    """Give with each unit of a walk the nearest one above that has submitted."""
    above: list[tuple[int, Unit]] = []
    for unit, depth in units:
        while above and above[-1][0] >= depth:
            above.pop()
        yield unit, depth, above[-1][1] if above else None
        if unit.pk in given:
            above.append((depth, unit))


class _Whole:
    """What units with everything under them forecast: their own, or the sum of all theirs."""

    def __init__(
        self, given: Mapping[int, Forecast], below: Mapping[int, list[int]], books: Mapping[int, Books]
    ) -> None:
        self._given, self._below, self._books = given, below, books
        self._found: dict[int, Amounts] = {}

    def of(self, unit: int) -> Amounts:
        """Give the forecast of a unit; a unit without money in the ledger is not asked for any.

        The sum of those under it is not the unit's forecast where it has money that belongs to none of them.
        """
        if unit not in self._found:
            stored = self._given.get(unit)
            own = amounts_of(stored) if stored else Amounts()
            asked = [one for one in self._below.get(unit, ()) if one in self._books and not self._books[one].is_empty]
            parts = [self.of(one) for one in asked]
            whole = together_of(parts, own)
            lacks = stored is None and isinstance(whole.costs, Quantity) and self._books[unit].has_common
            self._found[unit] = Amounts(_COMMON, _COMMON) if lacks else whole
        return self._found[unit]


def together_of(parts: Collection[Amounts], own: Amounts | None = None) -> Amounts:
    """Give what units forecast together, side by side; ``own`` stands before their sum."""
    told = own or Amounts()
    costs, income = (part.costs for part in parts), (part.income for part in parts)
    return Amounts(together(told.costs, costs), together(told.income, income))


def _walk(
    top: int, below: Mapping[int, Collection[int]], units: Mapping[int, Unit], depth: int = 0
) -> Iterator[tuple[int, int]]:
    yield top, depth
    children = (one for one in below.get(top, ()) if one in units)
    for child in sorted(children, key=lambda one: (units[one].order, units[one].name)):
        yield from _walk(child, below, units, depth + 1)


def given_at(actor: Actor, units: Iterable[Unit], date: ReportingDate) -> dict[int, Forecast]:
    """Give the submitted forecasts of units at a date, by key of the unit; one query."""
    found = reach(actor, Forecast).filter(reporting_date=date, unit__in=[unit.pk for unit in units])
    return {one.unit_id: one for one in found.select_related("unit", "reporting_date")}


def previous_date(actor: Actor, units: Iterable[Unit], date: ReportingDate) -> ReportingDate | None:
    """Give the reporting date before this one in the same year at which any of the units forecast."""
    found = reach(actor, ReportingDate).filter(year=date.year, on__lt=date.on)
    told = reach(actor, Forecast).filter(unit__in=[unit.pk for unit in units]).values("reporting_date")
    return found.filter(pk__in=told).order_by("-on").first()


def unit_at(here: Here, slug: str) -> Unit:
    """Give a unit that existed at the date, or a Swedish 404."""
    unit = next((one for one in here.units if one.slug == slug), None)
    if unit is None:
        raise Http404(f"Det finns ingen enhet som heter ”{slug}” vid {here.reporting_date.name}.")
    return unit
