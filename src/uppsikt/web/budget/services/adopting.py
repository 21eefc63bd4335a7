"""Adopts a budget: a decision, a frozen copy, and entries that every statement shows as phased budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from uppsikt.core.economy import Entry, EntryKind
from uppsikt.core.errors import UseError
from uppsikt.web.budget.models import BudgetLine, BudgetVersion
from uppsikt.web.budget.selectors import lines_of
from uppsikt.web.budget.selectors.codes import codes_by_unit
from uppsikt.web.budget.services.making import copied
from uppsikt.web.budget.services.saving import committee_locked, locked, require_draft
from uppsikt.web.cycle.models import Decision
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.models import LedgerCode
from uppsikt.web.ledger.selectors.codes import registered_codes
from uppsikt.web.ledger.services import load_entries
from uppsikt.web.organisation.gate import Act, Actor, reach, require

Kind = BudgetVersion.Kind


def version_adopt(actor: Actor, version: BudgetVersion, decision: Decision) -> BudgetVersion:
    """Adopt a draft by a decision and give the frozen copy of what was adopted.

    The version becomes the budget in force, which from now on changes by moves only; one that was in force stays,
    as it was. Its entries are written to the ledger, and statements show them. All of it happens or nothing does.
    """
    require(actor, Act.FRAME, version.unit)
    why = f"Fastställd genom {decision}"
    with recording(actor, why) as pen:
        committee_locked(actor, version.unit)
        stored = locked(actor, version)
        require_draft(stored)
        if not lines_of(actor, stored).exists():
            raise UseError(f"{stored.name} har inga rader ännu. Fördela ramen först, och fastställ sedan.")
        for before in reach(actor, BudgetVersion).filter(unit=stored.unit, year=stored.year, kind=Kind.ADOPTED):
            pen.update(before, kind=Kind.FROZEN)
        name = f"{stored.name[:90]}, {decision}"
        frozen = copied(actor, pen, stored, name=name, kind=Kind.FROZEN, decision=decision)
        pen.update(stored, kind=Kind.ADOPTED, decision=decision)
        entries_write(actor, stored, why)
    return frozen


def entries_write(actor: Actor, version: BudgetVersion, why: str) -> None:
    """Write a version's budget year as entries; what an earlier adoption or move wrote is kept beside it.

    Raises UseError with every unit that lacks a responsibility code.
    """
    lines = [line for line in lines_of(actor, version, version.year) if line.amount or any(line.months)]
    codes = codes_by_unit(actor, version)
    lost = sorted({line.unit.name for line in lines if line.unit_id not in codes})
    if lost:
        raise UseError(
            f"Dessa enheter saknar ansvarskod i redovisningen: {', '.join(lost)}. Lägg in deras koder under "
            "Redovisning, så kan budgeten skrivas dit."
        )
    with recording(actor, why) as pen:
        pen.create_many(LedgerCode, list(_new_codes(actor, lines)))
        load = load_entries(actor, source_of(version), list(_entries(lines, codes, version.name)), why)
        pen.update(load.source, texts_open=True)  # an adopted budget's lines are for everybody


def _new_codes(actor: Actor, lines: Iterable[BudgetLine]) -> Iterator[LedgerCode]:
    """Give the codes that the lines name and the register lacks; a person names them there."""
    there = registered_codes(actor)
    for part in ("account", "activity", "project"):
        for code in sorted({getattr(line, part) for line in lines} - there[part] - {""}):
            yield LedgerCode(municipality_id=actor.municipality_id, part=part, code=code)


def source_of(version: BudgetVersion) -> str:
    """Give the name that the ledger knows the budget's entries under.

    >>> from uppsikt.web.organisation.models import Unit
    >>> source_of(BudgetVersion(unit=Unit(name="Kommunstyrelsen"), year=2020))
    'Budget Kommunstyrelsen 2020'
    """
    return f"Budget {version.unit.name} {version.year}"


def _entries(lines: Iterable[BudgetLine], codes: dict[int, str], text: str) -> Iterator[Entry]:
    """Give an entry for each month of each line that has an amount; budgets have no voucher and no day.

    The first line has all its months: a month that was emptied must take the place of what it held before.
    """
    for place, line in enumerate(lines):
        for number, amount in enumerate(line.months, start=1):
            if amount or not place:
                yield Entry(
                    kind=EntryKind.BUDGET,
                    month=line.year * 100 + number,
                    account=line.account,
                    unit=codes[line.unit_id],
                    amount=Decimal(amount),
                    activity=line.activity,
                    project=line.project,
                    text=f"{line.label}, {text}"[:200],
                )
