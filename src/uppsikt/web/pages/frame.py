"""The frame around a page: what every template knows, the menu and the context bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt import __version__
from uppsikt.web.cycle.here import Here
from uppsikt.web.history.models import Change
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Succession, Unit, UnitKind
from uppsikt.web.pages.build import BUILD


def frame(_request: HttpRequest) -> dict[str, object]:
    """Give every template the program's version, the languages and whether this is the demonstration."""
    return {"version": __version__, "build": BUILD, "languages": settings.LANGUAGES, "demo": settings.DEMO}


@dataclass(frozen=True)
class Entry:
    """One entry of the menu."""

    section: str
    name: str
    label: str


def menu_entries() -> tuple[Entry, ...]:
    """Give the menu in the reader's language."""
    return (
        Entry("oversikt", "overview", _("Översikt")),
        Entry("malkedja", "chain", _("Målkedjan")),
        Entry("indikatorer", "indicators", _("Indikatorer")),
        Entry("ekonomi", "economy", _("Ekonomi")),
        Entry("uppdrag", "work", _("Uppdrag")),
        Entry("beslut", "decisions", _("Beslut")),
        Entry("rapporter", "reports", _("Rapporter")),
        Entry("granska", "reviewed", _("Granska")),
    )


def menu_of(here: Here) -> list[tuple[Entry, str]]:
    """Give the entries with their addresses at the reader's place."""
    return [(entry, here.url(entry.name)) for entry in menu_entries()]


def units_by_level(here: Here) -> Sequence[tuple[str, list[Unit]]]:
    """Give the units that existed at the date, level by level, each level in its own order."""
    rank = {kind: number for number, kind in enumerate(UnitKind.values)}
    ordered = sorted(here.units, key=lambda unit: (rank[unit.kind], unit.order, unit.name))
    return [(_(label), list(units)) for label, units in groupby(ordered, key=lambda unit: unit.get_kind_display())]


def exists_at(here: Here) -> bool:
    """Say whether the unit existed at the reporting date."""
    unit, on = here.unit, here.reporting_date.on
    return unit.valid_from <= on and (unit.valid_to is None or unit.valid_to > on)


def kin(here: Here) -> list[tuple[Unit, str]]:
    """Give the units that stood in the unit's place at the date, with the same page's overview of each."""
    living = {unit.pk: unit for unit in here.units if unit != here.unit}
    links = reach(here.actor, Succession).filter(Q(predecessor=here.unit) | Q(successor=here.unit))
    near = {key for pair in links.values_list("predecessor_id", "successor_id") for key in pair}
    found = [living[key] for key in near if key in living]
    return [(unit, reverse("overview", args=[unit.slug, here.reporting_date.slug])) for unit in found]


def last_changed(actor: Actor) -> datetime | None:
    """Give when anything was last written; one query."""
    return reach(actor, Change).values_list("at", flat=True).first()
