"""The lists of a dry run as its page shows them, a page of each at a time: faults, new codes, months, changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from uppsikt.web.ledger.models import PARTS
from uppsikt.web.ledger.selectors.codes import names_of
from uppsikt.web.ledger.services.codes import Said, suggested_units
from uppsikt.web.ledger.showing import DifferenceLine, LoadPage, difference_line

PER_PAGE = 50
FAULTS, CODES, MONTHS, CHANGES = "fel", "koder", "manader", "andringar"
_FIRST = ("unit", "counterpart")  # the parts of which a person must say more than a name


@dataclass(frozen=True, slots=True)
class UnknownLine:
    """A code that a file names for the first time: what it is called, where it stands, and what may be meant.

    ``unit`` is the label of a unit: what was typed, or what is suggested with ``why``. ``fault`` says what is wrong
    with what was typed.
    """

    code: str
    name: str
    rows: int
    where: str
    like: tuple[str, ...]
    unit: str = ""
    why: str = ""
    is_internal: bool = False
    fault: str = ""


@dataclass(frozen=True)
class Lists:
    """What of a dry run is looked at: one of its lists, searched, and a page of it.

    ``typed`` is what was sent and refused, so that nothing of it is lost.
    """

    shown: LoadPage
    query: QueryDict
    typed: Mapping[str, Typed] | None = None

    @property
    def counts(self) -> dict[str, int]:
        """How long each list is."""
        found = self.shown.found
        codes = sum(map(len, self.shown.unknown.values()))
        return {
            FAULTS: len(found.faults), CODES: codes, MONTHS: len(found.months), CHANGES: len(found.differences),
        }  # fmt: skip

    @property
    def choices(self) -> tuple[tuple[str, str, int], ...]:
        """The lists that there is something in, by word and length."""
        words = {FAULTS: _("Att rätta eller titta på"), CODES: _("Nya koder"), MONTHS: _("Månader"),
                 CHANGES: _("Ändringar")}  # fmt: skip
        return tuple((name, words[name], count) for name, count in self.counts.items() if count)

    @cached_property
    def at(self) -> str:
        """The list that is looked at: the one asked for, or the first that stands in the way."""
        there = [name for name, _word, _count in self.choices]
        asked = self.query.get("visa", "")
        if asked in there:
            return asked
        if FAULTS in there and not self.shown.found.unreadable:
            there = [*(name for name in there if name != FAULTS), FAULTS]  # worth knowing, but nothing to mend
        return there[0] if there else ""

    @property
    def words(self) -> str:
        """What is searched for."""
        return self.query.get("q", "").strip()[:80]

    @property
    def parts(self) -> tuple[tuple[str, str, int], ...]:
        """The parts of the code string that have new codes, by word and number."""
        unknown = self.shown.unknown
        order = sorted(unknown, key=lambda part: (part not in _FIRST, list(PARTS).index(part)))
        return tuple((part, PARTS[part], len(unknown[part])) for part in order)

    @cached_property
    def part(self) -> str:
        """The part whose codes are looked at."""
        asked = self.query.get("del", "")
        return asked if asked in self.shown.unknown else next((part for part, _word, _count in self.parts), "")

    @cached_property
    def page(self) -> Page[Any]:
        """The page of the list, of those that fit the search."""
        lists: dict[str, Callable[[], Sequence[Any]]] = {
            FAULTS: self._faults, CODES: self._codes, CHANGES: self._changes,
        }  # fmt: skip
        found = lists[self.at]() if self.at in lists else ()
        return Paginator(found, PER_PAGE).get_page(self.query.get("sida"))

    @cached_property
    def codes(self) -> tuple[UnknownLine, ...]:
        """The new codes of the page, with suggestions."""
        told = self.shown.unknown.get(self.part, {})
        names = {code: str(told[code]["name"]) for code in self.page.object_list}
        units = suggested_units(self.shown.actor, names) if self.part == "unit" else {}
        labels = {pk: label for label, pk in self.shown.unit_words.items()}
        lines = []
        for code in self.page.object_list:
            one, suggested = told[code], units.get(code)
            line = UnknownLine(
                code, names[code], int(one["rows"]), _where(one), tuple(one["like"]),
                labels.get(suggested.unit, "") if suggested else "", suggested.why if suggested else "",
            )  # fmt: skip
            lines.append(self._as_typed(line))
        return tuple(lines)

    @cached_property
    def changes(self) -> tuple[DifferenceLine, ...]:
        """The changes of the page."""
        names = names_of(self.shown.actor, "unit")
        return tuple(difference_line(one, names) for one in self.page.object_list)

    def _as_typed(self, line: UnknownLine) -> UnknownLine:
        typed = (self.typed or {}).get(line.code)
        if typed is None:
            return line
        return UnknownLine(
            line.code, typed.said.name, line.rows, line.where, line.like, typed.unit, "", typed.said.is_internal,
            typed.fault,
        )  # fmt: skip

    def _faults(self) -> list[dict[str, Any]]:
        words = self.words.casefold()
        return [one for one in self.shown.found.faults if words in f"{one['column']} {one['message']}".casefold()]

    def _codes(self) -> list[str]:
        words = self.words.casefold()
        found = self.shown.unknown.get(self.part, {})
        return [code for code, one in found.items() if words in f"{code} {one['name']}".casefold()]

    def _changes(self) -> list[dict[str, Any]]:
        words = self.words.casefold()
        names = names_of(self.shown.actor, "unit") if words else {}
        found = self.shown.found.differences
        return [one for one in found if words in f"{one['unit']} {names.get(one['unit'], '')}".casefold()]


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person sent about a new code: the unit as it was typed, and what is wrong with it."""

    said: Said
    unit: str = ""
    fault: str = ""


def typed_codes(shown: LoadPage, part: str, sent: QueryDict) -> dict[str, Typed]:
    """Read what was sent about the new codes of a part; a unit that does not exist is a fault of its own line."""
    units = {label.casefold(): key for label, key in shown.unit_words.items()}
    found = {}
    for code in shown.unknown.get(part, {}):
        name = sent.get(f"namn-{part}-{code}")
        if name is None:
            continue
        unit = sent.get(f"enhet-{code}", "").strip() if part == "unit" else ""
        key = units.get(unit.casefold())
        fault = _("Det finns ingen enhet som heter ”{unit}”.").format(unit=unit[:80]) if unit and key is None else ""
        found[code] = Typed(Said(name, key, is_internal=f"egen-{code}" in sent), unit, fault)
    return found


def _where(told: Mapping[str, Any]) -> str:
    """Say where a new code stands first."""
    line = _("rad {line}").format(line=told["line"]) if told.get("line") else ""
    return ", ".join(word for word in (told.get("sheet", ""), line) if word)
