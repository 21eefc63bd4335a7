"""Everything that writes about the municipality as a whole. Each function is one thing that a person does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.core.economy.balance_requirement import investigate, rules_for
from uppsikt.core.economy.result_budget import SIGNED
from uppsikt.core.economy.result_budget import ResultLine as Line
from uppsikt.core.economy.result_reserve import more_than_there_is, reserve_room, too_much
from uppsikt.core.errors import UseError
from uppsikt.web.council.models import BalanceInvestigation, ResultBudget, ResultLine
from uppsikt.web.council.selectors.balance import given_of, investigation_of, reserve_given
from uppsikt.web.council.selectors.results import budget_stored
from uppsikt.web.cycle.models import Decision
from uppsikt.web.economy.selectors.frame_state import in_tkr
from uppsikt.web.history.services import Pen, recording
from uppsikt.web.organisation.gate import Act, Actor, NotAllowedError, may, reach, require
from uppsikt.web.organisation.models import Unit, UnitKind


@dataclass(frozen=True, slots=True)
class ResultWritten:
    """A version of a year's result as a person wrote it: amounts in tkr by (year, line); costs are positive."""

    year: int
    version: str
    amounts: Mapping[tuple[int, Line], Decimal]
    why: str
    seen: int
    decision: Decision | None = None
    from_reserve: Decimal = Decimal(0)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BalanceWritten:
    """A balance investigation as a person wrote it: amounts in tkr by field of the model."""

    year: int
    amounts: Mapping[str, Decimal | None]
    why: str
    seen: int
    decision: Decision | None = None


def result_budget_save(actor: Actor, written: ResultWritten) -> ResultBudget:
    """Keep a version of the year's result; a line that was left out is missing and not zero.

    Raises EditConflictError when another has saved since, and UseError for a cost that was written with a minus.
    """
    require_municipality(actor)
    wrong = [line for (_, line), amount in written.amounts.items() if amount < 0 and line not in SIGNED]
    if wrong:
        raise UseError("Skriv kostnader och intäkter utan minus. Raden säger själv vad som är kostnad.")
    with recording(actor, _reason(written.why)) as pen:
        _one_at_a_time(actor)
        fields = {"decision": written.decision, "from_reserve": written.from_reserve, "reason": written.reason.strip()}
        stored, _ = budget_stored(actor, written.year, written.version)
        if stored is None:
            named = {"municipality_id": actor.municipality_id, "year": written.year, "version": written.version}
            stored = pen.create(ResultBudget, **named, **fields)
        else:
            pen.update(stored, seen=written.seen, is_example=False, **fields)
        _write_lines(actor, pen, stored, written.amounts)
        return stored


def _write_lines(actor: Actor, pen: Pen, stored: ResultBudget, amounts: Mapping[tuple[int, Line], Decimal]) -> None:
    there = {(one.year, Line(one.line)): one for one in reach(actor, ResultLine).filter(budget=stored)}
    for place, amount in amounts.items():
        if place in there:
            pen.update(there[place], amount=amount)
        else:
            year, line = place
            pen.create(ResultLine, budget=stored, year=year, line=line.value, amount=amount)
    for place in there.keys() - amounts.keys():
        pen.delete(there[place])
    # The version is touched too, so that who edits it next is told that its lines have changed.
    pen.update(stored, revision=stored.revision + 1)


def balance_save(actor: Actor, written: BalanceWritten) -> BalanceInvestigation:
    """Keep a year's balance investigation; refuses what cannot be computed and a reservation over the limit.

    For years before the rules that stand in core only the printed result is kept.
    """
    require_municipality(actor)
    told = {**written.amounts, "decision": written.decision}
    probe = BalanceInvestigation(municipality_id=actor.municipality_id, year=written.year, **told)
    _refuse_uncomputable(probe)
    with recording(actor, _reason(written.why)) as pen:
        _one_at_a_time(actor)
        stored, _ = investigation_of(actor, written.year)
        if stored is None:
            return pen.create(BalanceInvestigation, municipality_id=actor.municipality_id, year=written.year, **told)
        pen.update(stored, seen=written.seen, is_example=False, **told)
        return stored


def _refuse_uncomputable(probe: BalanceInvestigation) -> None:
    if probe.stated is not None and probe.result is None:
        return
    given = given_of(probe)
    if given is None:
        raise UseError("Skriv årets resultat.")
    rules_for(probe.year)
    investigate(given)
    asked = reserve_given(probe, given)
    if given.to_reserve.number and asked is None:
        raise UseError("Fyll i skatter och statsbidrag, eget kapital och reserven, så att taket i 11 kap. 14 § prövas.")
    if given.from_reserve.number and probe.reserve is None:
        raise UseError("Fyll i vad resultatreserven innehåller innan pengar tas ur den (11 kap. 14 §).")
    problems = [too_much(given.to_reserve, reserve_room(asked))] if asked else []
    problems += [more_than_there_is(given.from_reserve, in_tkr(probe.reserve))] if probe.reserve is not None else []
    if any(problems):
        raise UseError(" ".join(filter(None, problems)))


def may_change_municipality(actor: Actor) -> bool:
    """Say whether the actor may register what concerns the municipality as a whole."""
    return any(may(actor, Act.FRAME, one) for one in _councils(actor))


def require_municipality(actor: Actor) -> None:
    """Stop with a Swedish sentence when the actor may not register what concerns the municipality as a whole."""
    councils = _councils(actor)
    if not councils:
        raise NotAllowedError("Kommunen har ingen enhet för fullmäktige. Lägg in den innan något registreras här.")
    if not may_change_municipality(actor):
        require(actor, Act.FRAME, councils[0])


def _one_at_a_time(actor: Actor) -> None:
    """Let the second of two who write the same year for the first time see what the first wrote (PostgreSQL)."""
    list(reach(actor, Unit).select_for_update(no_key=True).filter(kind=UnitKind.COUNCIL).order_by("pk"))


def _councils(actor: Actor) -> list[Unit]:
    return list(reach(actor, Unit).filter(kind=UnitKind.COUNCIL).order_by("order"))


def _reason(why: str) -> str:
    if not why.strip():
        raise UseError("Skriv varför. Det sparas i historiken tillsammans med ditt namn.")
    return why.strip()


__all__ = [
    "BalanceWritten", "ResultWritten", "balance_save", "may_change_municipality", "require_municipality",
    "result_budget_save",
]  # fmt: skip
