"""Lines that a workbook brings and the budget lacks: taken in when unit and codes exist, else told where."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

from uppsikt.core.quantities import Quantity
from uppsikt.web.budget.models import BudgetLine, BudgetVersion
from uppsikt.web.budget.selectors.grids import identity
from uppsikt.web.budget.selectors.versions import first_day, kr, lines_of, tree_of
from uppsikt.web.ledger.selectors.codes import registered_codes
from uppsikt.web.organisation.gate import Act, Actor, may
from uppsikt.web.organisation.models import Unit

Faults = list[tuple[int, str]]  # the place of the column among the workbook's keys, and what is wrong there
_UNIT, _ACCOUNT, _ACTIVITY, _PROJECT, _LABEL = range(1, 6)
_ACCOUNTS = re.compile(r"[3-8][0-9]{0,9}")
_LONGEST = BudgetLine._meta.get_field("label").max_length or 0


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line that is to be added, with its months in kr."""

    unit: Unit
    year: int
    account: str
    activity: str
    project: str
    label: str
    months: tuple[int, ...]

    @property
    def amount(self) -> Quantity | None:
        """What the months make."""
        return kr(sum(self.months))

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes it the same line as another (see ``grids.identity``)."""
        return str(self.unit.pk), self.account, self.activity, self.project, self.label


class NewRows:
    """Reads new rows of a version's year: which units and codes there are, and which lines are there already."""

    def __init__(self, actor: Actor, version: BudgetVersion, year: int) -> None:
        self._actor, self._year = actor, year
        self._units: dict[str, list[Unit]] = {}
        for unit in tree_of(actor, version.unit, first_day(version)).units:
            self._units.setdefault(unit.name.casefold(), []).append(unit)
        lines = list(lines_of(actor, version))
        self._taken = {identity(one) for one in lines if one.year == year}
        known = registered_codes(actor)
        self._codes = {
            part: known[part] | {getattr(one, part) for one in lines} - {""}
            for part in ("account", "activity", "project")
        }

    def read(self, codes: Sequence[str], months: tuple[int, ...]) -> tuple[NewLine | None, Faults]:
        """Give the line of a row's keys (unit, account, activity, project, label), or everything wrong with them."""
        name, account, activity, project, label = codes
        unit, faults = self._unit(name)
        faults += self._account(account)
        faults += self._code("activity", _ACTIVITY, activity) + self._code("project", _PROJECT, project)
        if not label or len(label) > _LONGEST:
            faults.append((_LABEL, _("Skriv en benämning på högst %(n)s tecken.") % {"n": _LONGEST}))
        if unit is None or faults:
            return None, faults
        line = NewLine(unit, self._year, account, activity, project, label, months)
        if line.identity in self._taken:
            return None, [(_LABEL, _("Enheten har redan en rad med samma benämning och koder. Ändra den i stället."))]
        self._taken.add(line.identity)
        return line, []

    def _unit(self, name: str) -> tuple[Unit | None, Faults]:
        found = self._units.get(name.casefold(), [])
        if not name:
            return None, [(_UNIT, _("Skriv vilken enhet den nya raden hör till."))]
        if not found:
            names = [units[0].name for units in self._units.values()]
            return None, [(_UNIT, _not_there(_("Enheten ”%(code)s” finns inte i nämnden det året."), name, names))]
        if len(found) > 1:
            return None, [(_UNIT, _("Flera enheter heter så. Lägg till raden i rutnätet."))]
        if not may(self._actor, Act.BUDGET, found[0]):
            return None, [(_UNIT, _("Du har inte ansvar för %(unit)s.") % {"unit": found[0].name})]
        return found[0], []

    def _account(self, account: str) -> Faults:
        if not _ACCOUNTS.fullmatch(account):
            return [(_ACCOUNT, _("Skriv ett konto som börjar med 3–8, bara siffror."))]
        known = self._codes["account"]
        if any(one.startswith(account) for one in known):
            return []
        return [(_ACCOUNT, _not_there(_("Kontot %(code)s finns inte i redovisningen."), account, known))]

    def _code(self, part: str, place: int, code: str) -> Faults:
        known = self._codes[part]
        if not code or code in known:
            return []
        what = _("Verksamheten %(code)s finns inte i redovisningen.")
        if place == _PROJECT:
            what = _("Projektet %(code)s finns inte i redovisningen.")
        return [(place, _not_there(what, code, known))]


def _not_there(what: str, code: str, known: Collection[str]) -> str:
    told = what % {"code": code[:40]}
    near = get_close_matches(code, known, 1)
    return f"{told} {_('Menar du %(near)s?') % {'near': near[0]}}" if near else told
