"""Saves what was typed in a grid or in a workbook: all of it or nothing, and nothing that somebody else wrote is lost.

Every row comes with what it held when it was shown. What a person left as it was follows the store; where two have
changed the same cell differently nothing is written, and both are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from uppsikt.core.economy.budget_tree import whole_of
from uppsikt.core.economy.kronor import Clash, merged
from uppsikt.core.economy.spreading import Profile, spread_year
from uppsikt.core.errors import UppsiktError, UseError
from uppsikt.web.budget.models import BudgetLine, BudgetUnit, BudgetVersion
from uppsikt.web.budget.selectors import first_day, given_of, identity, lines_of, tree_of
from uppsikt.web.history.models import Change
from uppsikt.web.history.selectors import last_change
from uppsikt.web.history.services import Pen, recording
from uppsikt.web.organisation.gate import Act, Actor, reach, require
from uppsikt.web.organisation.models import Unit

Amounts = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Edit:
    """A row as a person left it: its key, what it held when it was shown, and what it holds now."""

    key: int
    base: tuple[int | None, ...]
    typed: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """What a saving did: how many cells were written, and how many others had changed that were left alone."""

    cells: int
    others: int


class GridConflictError(UppsiktError):
    """Somebody changed the same cells meanwhile; ``clashes`` tells which, by row, and ``change`` who did it."""

    def __init__(self, clashes: Mapping[int, tuple[Clash, ...]], change: Change | None) -> None:
        who = change.who_name if change else "Någon annan"
        count = sum(map(len, clashes.values()))
        super().__init__(
            f"{who} hann före dig i {count} {'cell' if count == 1 else 'celler'}. Ingenting är sparat ännu: det som "
            "den andra skrev står under ditt belopp. Spara igen för att behålla ditt, eller skriv in det andra."
        )
        self.clashes = clashes
        self.change = change


def require_draft(version: BudgetVersion) -> None:
    """Stop when the version is no longer a draft: a decided budget changes by moves only."""
    if version.is_discarded:
        raise UseError(f"{version.name} är kastad. Hämta tillbaka den först, så går den att ändra.")
    if not version.is_draft:
        raise UseError(f"{version.name} är fastställd och ändras bara genom flyttar, som loggas var för sig.")


def why_of(text: str) -> str:
    """Give a reason without the spaces around it, or ask for one."""
    if not text.strip():
        raise UseError("Skriv varför du ändrar budgeten. Det sparas i historiken tillsammans med ditt namn.")
    return text.strip()


def locked(actor: Actor, version: BudgetVersion) -> BudgetVersion:
    """Give the version as it stands in this transaction; nobody else writes in it until the transaction ends."""
    return reach(actor, BudgetVersion).select_for_update(of=("self",)).select_related("unit").get(pk=version.pk)


def committee_locked(actor: Actor, committee: Unit) -> None:
    """Let one at a time make or adopt budgets of a committee: of two names or two adoptions the second sees the first.

    On SQLite a transaction that writes is alone already. Always taken before a version is locked.
    """
    reach(actor, Unit).select_for_update(no_key=True).get(pk=committee.pk)


def months_save(actor: Actor, version: BudgetVersion, edits: Iterable[Edit], why: str) -> Saved:
    """Keep the months of lines; the amount of a line is what its months make.

    Raises NotAllowedError, UseError and GridConflictError, and then nothing is written.
    """
    with recording(actor, why_of(why)) as pen:
        require_draft(locked(actor, version))
        return months_written(actor, pen, version, list(edits))


def months_written(actor: Actor, pen: Pen, version: BudgetVersion, edits: Sequence[Edit]) -> Saved:
    """Write months inside an action that has locked the version: the same rules for a grid and for a workbook.

    Typed months are the line's own pattern from now on, and take the place of weights.
    """
    stored = {one.pk: one for one in lines_of(actor, version).filter(pk__in=[edit.key for edit in edits])}
    _refuse_gone(edits, stored)
    new = _resolved(actor, edits, {key: tuple(one.months) for key, one in stored.items()}, stored)
    _allow(actor, [stored[key].unit for key in new.rows])
    for key, months in new.rows.items():
        pen.update(
            stored[key], months=list(months), amount=whole_of(months), profile=Profile.OWN.value, weights=[]
        )  # fmt: skip
    return new.saved


def years_save(actor: Actor, version: BudgetVersion, edits: Iterable[Edit], why: str) -> Saved:
    """Keep what lines come to in the budget year and the plan years; each amount is laid out by the line's profile.

    A year that had no line gets one when it is given an amount; one that is emptied comes to nothing.
    """
    with recording(actor, why_of(why)) as pen:
        require_draft(locked(actor, version))
        edits = list(edits)
        rows = _rows_over_years(actor, version)
        _refuse_gone(edits, rows)
        held = {key: _amounts(row, version) for key, row in rows.items()}
        journal = {key: next(iter(row.values())) for key, row in rows.items()}
        new = _resolved(actor, edits, {edit.key: held[edit.key] for edit in edits}, journal)
        _allow(actor, [journal[key].unit for key in new.rows])
        for key, amounts in new.rows.items():
            for year, before, after in zip(version.years, held[key], amounts, strict=True):
                if before != after:
                    _year_set(pen, rows[key], year, after or 0)
        return new.saved


def given_save(actor: Actor, version: BudgetVersion, edits: Iterable[Edit], why: str) -> Saved:
    """Keep what units are given of the frame; the committee's own people give it (domain: Budget powers)."""
    with recording(actor, why_of(why)) as pen:
        require_draft(locked(actor, version))
        require(actor, Act.BUDGET, version.unit)
        edits = list(edits)
        stored = given_of(actor, version)
        tree = tree_of(actor, version.unit, first_day(version))
        wanted = {edit.key for edit in edits}
        units = {one.pk: one for one in tree.units[1:] if one.pk in wanted}  # never another committee's
        _refuse_gone(edits, units)
        held = {
            key: tuple(found.given if (found := stored.get((key, year))) else None for year in version.years)
            for key in units
        }
        journal = {key: stored[key, version.year] for key in units if (key, version.year) in stored}
        new = _resolved(actor, edits, held, journal)
        for key, amounts in new.rows.items():
            for year, before, after in zip(version.years, held[key], amounts, strict=True):
                found = stored.get((key, year))
                if before == after:
                    continue
                if found is None:
                    pen.create(BudgetUnit, version=version, unit=units[key], year=year, given=after)
                else:
                    pen.update(found, given=after)
        return new.saved


@dataclass(frozen=True, slots=True)
class _New:
    rows: Mapping[int, tuple[int | None, ...]]
    saved: Saved


def _resolved(
    actor: Actor,
    edits: Sequence[Edit],
    held: Mapping[int, Amounts],
    journal: Mapping[int, BudgetLine] | Mapping[int, BudgetUnit],
) -> _New:
    """Give the rows that are to be written; raises GridConflictError where two have written in the same cell."""
    rows: dict[int, tuple[int | None, ...]] = {}
    clashes: dict[int, tuple[Clash, ...]] = {}
    cells = others = 0
    for edit in edits:
        now = held[edit.key]
        result, met = merged(edit.base, edit.typed, now)
        others += sum(was != theirs for was, theirs in zip(edit.base, now, strict=True))
        if met:
            clashes[edit.key] = met
        if result != tuple(now):
            rows[edit.key] = result
            cells += sum(new != old for new, old in zip(result, now, strict=True))
    if clashes:
        first = journal.get(next(iter(clashes)))
        raise GridConflictError(clashes, last_change(actor, first) if first is not None else None)
    return _New(rows, Saved(cells, others))


def _allow(actor: Actor, units: Iterable[Unit]) -> None:
    for unit in {one.pk: one for one in units}.values():
        require(actor, Act.BUDGET, unit)


def _refuse_gone(edits: Sequence[Edit], stored: Mapping[int, object]) -> None:
    gone = sum(edit.key not in stored for edit in edits)
    if gone:
        raise UseError(
            f"{gone} av raderna finns inte längre i budgeten: någon har tagit bort dem. "
            "Ladda om sidan och gör om ändringen."
        )


def _rows_over_years(actor: Actor, version: BudgetVersion) -> dict[int, dict[int, BudgetLine]]:
    """Give each line's years, by the key of the earliest."""
    same: dict[tuple[str, ...], dict[int, BudgetLine]] = {}
    for line in lines_of(actor, version).order_by("year", "order", "pk"):
        same.setdefault(identity(line), {})[line.year] = line
    return {next(iter(row.values())).pk: row for row in same.values()}


def _amounts(row: Mapping[int, BudgetLine], version: BudgetVersion) -> tuple[int | None, ...]:
    return tuple(row[year].amount if year in row else None for year in version.years)


def _year_set(pen: Pen, row: Mapping[int, BudgetLine], year: int, amount: int) -> None:
    like = row.get(year) or next(iter(row.values()))
    months = list(spread_year(amount, Profile(like.profile), like.pattern))
    if year in row:
        pen.update(row[year], amount=amount, months=months)
    else:
        pen.create(
            BudgetLine, version=like.version, unit=like.unit, year=year, label=like.label, account=like.account,
            activity=like.activity, project=like.project, profile=like.profile, weights=list(like.weights),
            order=like.order, amount=amount, months=months,
        )  # fmt: skip
