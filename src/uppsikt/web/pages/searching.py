"""Search over everything that has words. Every word asked for must stand somewhere in the found thing.

SQLite compares letters without regard to case only within ASCII, and PostgreSQL as its locale says.
So each letter is asked for in both its cases by a pattern, which both databases read alike: "ÅR"
finds "år" everywhere. One query a kind of thing; nothing is indexed that could fall behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import and_, or_
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import Decision, ReportingDate
from uppsikt.web.economy.models import Comment, Statement, StatementRow
from uppsikt.web.organisation.gate import reach
from uppsikt.web.organisation.models import Unit
from uppsikt.web.pages.places import Places
from uppsikt.web.reports.selectors import reports_at
from uppsikt.web.steering.models import Activity, Assessment, Assignment, Goal, Indicator

M = TypeVar("M", bound=Model)
SHORTEST = 2  # letters; one letter is found everywhere
SHOWN = 6  # hits of a kind, until the reader asks for all of that kind
ALL = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """One found thing: what it is called, where it stands, and a piece of its text."""

    title: str
    url: str
    where: str = ""
    text: str = ""


@dataclass(frozen=True)
class Group:
    """The found things of one kind; ``more`` says that there are others."""

    key: str
    label: str
    hits: tuple[Hit, ...]
    more: bool


@dataclass(frozen=True)
class Found:
    """The answer: groups that have hits, and the patterns that the words became (for marking them)."""

    groups: tuple[Group, ...]
    words: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many hits are shown."""
        return sum(len(group.hits) for group in self.groups)


def words_of(question: str) -> tuple[str, ...]:
    """Give the words of a question, at most six; signs around a word do not count."""
    printable = "".join(sign if sign.isprintable() else " " for sign in question)
    bare = (word.strip(".,;:!?()\"'”’") for word in printable.split())
    return tuple(dict.fromkeys(word for word in bare if len(word) >= SHORTEST))[:6]


def both_cases(word: str) -> str:
    """Give the pattern that finds a word whatever its case.

    >>> both_cases("Kö 2%")
    '[kK][öÖ]\\\\ 2%'
    """
    return "".join(_letter(sign) for sign in word)


def _letter(sign: str) -> str:
    low, high = sign.lower(), sign.upper()
    return f"[{low}{high}]" if low != high and len(low) == len(high) == 1 else re.escape(sign)


def find(here: Here, question: str, only: str = "") -> Found:
    """Search; ``only`` names one kind of which everything is wanted."""
    words = words_of(question)
    if not words:
        return Found((), ())
    places = Places(here)
    kinds = [kind for kind in _KINDS if not only or kind.key == only]
    limit = ALL if only else SHOWN
    groups = (_group(kind, here, places, words, limit) for kind in kinds)
    return Found(tuple(group for group in groups if group.hits), words)


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be found: its name, and how hits are made of the words."""

    key: str
    label: Callable[[], str]
    find: Callable[[Here, Places, Sequence[str], int], Iterable[Hit]]


def _group(kind: Kind, here: Here, places: Places, words: Sequence[str], limit: int) -> Group:
    hits = tuple(kind.find(here, places, words, limit + 1))
    return Group(kind.key, kind.label(), hits[:limit], len(hits) > limit)


def _matching(here: Here, model: type[M], words: Sequence[str], *fields: str) -> QuerySet[M]:
    """Give the things of which every word stands in one of the fields."""
    each = (reduce(or_, (Q(**{f"{field}__regex": both_cases(word)}) for field in fields)) for word in words)
    return reach(here.actor, model).filter(reduce(and_, each))


def _units(here: Here, places: Places, words: Sequence[str], limit: int) -> Iterable[Hit]:
    for unit in _matching(here, Unit, words, "name", "short")[:limit]:
        date = places.date_on(unit.valid_from, unit.valid_to)
        yield Hit(unit.name, places.url("overview", unit=unit, date=date), unit.get_kind_display().capitalize())


def _goals(here: Here, places: Places, words: Sequence[str], limit: int) -> Iterable[Hit]:
    goals = _matching(here, Goal, words, "name", "description").select_related("model", "unit")
    for goal in goals.order_by("-model__first_year", "order")[:limit]:
        date = places.date_in(goal.model.first_year, goal.model.last_year)
        where = f"{goal.get_level_display().capitalize()} · {goal.model.name}"
        yield Hit(goal.name, places.url("goal", goal.pk, unit=goal.unit, date=date), where, goal.description)


def _indicators(here: Here, places: Places, words: Sequence[str], limit: int) -> Iterable[Hit]:
    found = _matching(here, Indicator, words, "name", "explanation", "kolada_id", "uses__label").distinct()
    for one in found[:limit]:
        yield Hit(one.name, places.url("indicator", one.slug), one.unit_text, one.explanation)


def _activities(here: Here, places: Places, words: Sequence[str], limit: int) -> Iterable[Hit]:
    found = _matching(here, Activity, words, "text", "area", "responsible", "statuses__comment").distinct()
    for one in found.select_related("unit", "goal").order_by("-year", "area", "number")[:limit]:
        date = places.date_in(one.year, one.year)
        url = (
            places.url("goal", one.goal_id, unit=one.unit, date=date)
            if one.goal_id
            else places.url("work", unit=one.unit, date=date)
        )
        yield Hit(one.text, url, f"{one.unit} · {one.year}")


def _assignments(here: Here, places: Places, words: Sequence[str], limit: int) -> Iterable[Hit]:
    found = _matching(here, Assignment, words, "text", "ordered_in", "receivers__statuses__comment").distinct()
    for one in found.order_by("-year", "kind", "number")[:limit]:
        url = places.url("work", date=places.date_in(one.year, one.year))
        yield Hit(one.text, url, f"{one.get_kind_display().capitalize()} {one.number} · {one.year}")


def _decisions(here: Here, places: Places, words: Sequence[str], limit: int) -> Iterable[Hit]:
    decisions = reach(here.actor, Decision)
    for word in words:
        named = reduce(or_, (Q(**{f"{field}__regex": both_cases(word)}) for field in _DECISION_FIELDS))
        decisions = decisions.filter(named | Q(paragraph=int(word)) if word.isdecimal() and len(word) < 6 else named)
    for one in decisions.distinct()[:limit]:
        yield Hit(one.title, places.url("decision", one.pk), " · ".join(filter(None, (str(one), one.case_number))))


_DECISION_FIELDS = ("title", "body", "case_number", "note", "points__text")


def _rows(here: Here, places: Places, words: Sequence[str], limit: int) -> Iterable[Hit]:
    rows = _matching(here, StatementRow, words, "label").select_related("statement__reporting_date", "statement__unit")
    for row in rows.order_by("-statement__reporting_date__on", "statement__order", "order")[:limit]:
        statement = row.statement
        url = places.url(_PAGE_OF.get(statement.kind, "economy"), unit=statement.unit, date=statement.reporting_date)
        yield Hit(row.label, f"{url}#{statement.key}.{row.key}", f"{statement.title} · {statement.reporting_date}")


_PAGE_OF: dict[str, str] = {
    Statement.Kind.INVESTMENT: "investments",
    Statement.Kind.FRAME: "frames",
    Statement.Kind.STAFF: "staff",
    Statement.Kind.VOLUME: "staff",
}


def _comments(here: Here, places: Places, words: Sequence[str], limit: int) -> Iterable[Hit]:
    for one in _matching(here, Comment, words, "text").select_related("unit", "reporting_date")[:limit]:
        url = places.url("economy", unit=one.unit, date=one.reporting_date)
        yield Hit(f"{one.unit}: {one.topic}", url, str(one.reporting_date), one.text)


def _assessments(here: Here, places: Places, words: Sequence[str], limit: int) -> Iterable[Hit]:
    found = _matching(here, Assessment, words, "reasons").select_related("goal__unit", "reporting_date")
    for one in found.order_by("-reporting_date__on", "pk")[:limit]:
        url = places.url("goal", one.goal_id, unit=one.goal.unit, date=one.reporting_date)
        yield Hit(one.goal.name, url, str(one.reporting_date), one.reasons)


def _dates(here: Here, places: Places, words: Sequence[str], limit: int) -> Iterable[Hit]:
    for date in _matching(here, ReportingDate, words, "name")[:limit]:
        yield Hit(date.name, places.url("overview", date=date))


def _reports(here: Here, places: Places, words: Sequence[str], limit: int) -> Iterable[Hit]:
    """Give the reports that can be made at any date; they are definitions and not stored, so no question is asked."""
    patterns = [re.compile(both_cases(word)) for word in words]
    found = (
        Hit(title, places.url("report", definition.key, date=date), date.name)
        for date in here.reporting_dates
        for definition, title in reports_at(date)
        if all(pattern.search(title) for pattern in patterns)
    )
    return islice(found, limit)


_KINDS = (
    Kind("enheter", lambda: _("Enheter"), _units),
    Kind("mal", lambda: _("Mål"), _goals),
    Kind("indikatorer", lambda: _("Indikatorer"), _indicators),
    Kind("aktiviteter", lambda: _("Aktiviteter"), _activities),
    Kind("uppdrag", lambda: _("Uppdrag"), _assignments),
    Kind("beslut", lambda: _("Beslut"), _decisions),
    Kind("rader", lambda: _("Rader i ekonomin"), _rows),
    Kind("kommentarer", lambda: _("Kommentarer"), _comments),
    Kind("bedomningar", lambda: _("Bedömningar"), _assessments),
    Kind("rapporter", lambda: _("Rapporter"), _reports),
    Kind("tillfallen", lambda: _("Rapporttillfällen"), _dates),
)
