"""Volume figures: outcome last year, outcome to date, and forecasts of this and next year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from uppsikt.core.quantities import COUNT, Missing, MissingReason, Quantity, Value, unit_of
from uppsikt.web.cycle.here import Here
from uppsikt.web.economy.models import Volume
from uppsikt.web.history.models import Change
from uppsikt.web.organisation.gate import Act, Actor, may, reach
from uppsikt.web.organisation.models import Unit
from uppsikt.web.organisation.selectors import units_under
from uppsikt.web.staff.models import VolumeFigure

Role = VolumeFigure.Role
UNTOLD = Missing(MissingReason.NO_DATA)


@dataclass(frozen=True)
class VolumeLine:
    """A volume of a unit at a reporting date, with its four figures."""

    volume: Volume
    unit: Unit
    figures: Mapping[str, VolumeFigure]
    may_edit: bool

    @property
    def values(self) -> tuple[Value, ...]:
        """The four figures in the order of Role; one that nobody has told is Missing."""
        return tuple(self.value(role) for role in Role)

    def value(self, role: str) -> Value:
        """Give one of the four."""
        told = self.figures.get(role)
        if told is None:
            return UNTOLD
        return Quantity(round(told.number, told.decimals), unit_of(self.volume.unit_text) or COUNT, told.decimals)


@dataclass(frozen=True)
class VolumesPage:
    """The volumes of a unit and of the units under it."""

    lines: tuple[VolumeLine, ...]
    may_edit: bool
    headings: tuple[str, ...]


def volumes_page(here: Here) -> VolumesPage:
    """Gather the volume figures at a date: three queries."""
    under = units_under(here.actor, here.unit, here.reporting_date.on)
    found = (
        reach(here.actor, VolumeFigure)
        .filter(unit__in=under, reporting_date=here.reporting_date)
        .select_related("volume", "unit")
        .order_by("unit__order", "volume__name")
    )
    grouped: dict[tuple[int, int], list[VolumeFigure]] = defaultdict(list)
    for one in found:
        grouped[one.unit_id, one.volume_id].append(one)
    year = here.reporting_date.on.year  # a budget is told in the year before its own
    return VolumesPage(
        tuple(_line(here, of[0].volume, of[0].unit, of) for of in grouped.values()),
        may(here.actor, Act.REPORT, here.unit),
        (
            _("Utfall {year}").format(year=year - 1), _("Utfall {year} hittills").format(year=year),
            _("Prognos {year}").format(year=year), _("Prognos {year}").format(year=year + 1),
        ),
    )  # fmt: skip


def _line(here: Here, volume: Volume, unit: Unit, found: list[VolumeFigure]) -> VolumeLine:
    return VolumeLine(volume, unit, {one.role: one for one in found}, may(here.actor, Act.REPORT, unit))


def volume_line(here: Here, volume: Volume) -> VolumeLine:
    """Give a volume of the unit at the reporting date."""
    found = reach(here.actor, VolumeFigure).filter(volume=volume, unit=here.unit, reporting_date=here.reporting_date)
    return _line(here, volume, here.unit, list(found))


def seen_of(actor: Actor, line: VolumeLine) -> int:
    """Give the number of the last change of any of a line's figures; 0 when there is none."""
    keys = [one.pk for one in line.figures.values()]
    newest = reach(actor, Change).filter(model=VolumeFigure._meta.label_lower, object_id__in=keys).first()
    return newest.pk if newest else 0
