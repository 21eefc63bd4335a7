"""Decisions about investment money. What is carried over or taken from the reserve is never more than what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from uppsikt.core.economy.investments import Giving, Outlay, Scope, refuse_beyond
from uppsikt.core.errors import UseError
from uppsikt.core.quantities import KR, Quantity
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import Decision
from uppsikt.web.economy.models import InvestmentProject
from uppsikt.web.history.services import recording
from uppsikt.web.investments.models import SCOPES, InvestmentFrame, ProjectDecision
from uppsikt.web.investments.selectors import frame_left, left_of_year, reserve_left
from uppsikt.web.organisation.gate import Act, reach, require
from uppsikt.web.organisation.models import Unit

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Deciding:
    """What is decided, as a person writes it: kronor, and the decision or at least its day; neither is a proposal."""

    kind: Giving
    year: int
    expenditure: Decimal
    why: str
    receipts: Decimal = NOTHING
    from_year: int | None = None
    scope: Scope = Scope.WITHIN
    purpose: str = ""
    decision: Decision | None = None
    decided_on: date | None = None

    @property
    def net(self) -> Quantity:
        """Expenditure − receipts."""
        return Outlay(Quantity(self.expenditure, KR), Quantity(self.receipts, KR)).net

    @property
    def fields(self) -> dict[str, Any]:
        """What a stored decision has of this, whatever it is about."""
        return {
            "kind": self.kind,
            "year": self.year,
            "from_year": self.from_year if self.kind is Giving.CARRY_OVER else None,
            "purpose": self.purpose,
            "decision": self.decision,
            "decided_on": self.decision.on if self.decision else self.decided_on,
        }


def project_decide(here: Here, project: InvestmentProject, asked: Deciding) -> ProjectDecision:
    """Register a decision about a project. One from the reserve lowers what is left of the committee's reserve too.

    Raises NotAllowedError; UseError when the reason or the day is missing, or more is carried or taken than is left.
    """
    unit = project.unit
    require(here.actor, Act.FRAME, unit)
    _refuse_unreasoned(asked)
    with recording(here.actor, asked.why.strip()) as pen:
        if asked.kind is Giving.CARRY_OVER:
            from_year = _origin(asked)
            _hold(here, unit)
            refuse_beyond(asked.net, left_of_year(here, project, from_year), f"{project.name} {from_year}")
        if asked.kind is Giving.RESERVE_USE:
            _hold(here, unit)
            refuse_beyond(asked.net, reserve_left(here, unit, asked.year), f"reserven {asked.year}")
            pen.create(
                InvestmentFrame, unit=unit, scope=Scope.WITHIN, project=project, amount=asked.net.number, **asked.fields
            )
        return pen.create(
            ProjectDecision, project=project, expenditure=asked.expenditure, receipts=asked.receipts, **asked.fields
        )


def frame_decide(here: Here, unit: Unit, asked: Deciding) -> InvestmentFrame:
    """Register a decision about a committee's frame; what is carried over is at most what was unused.

    Raises NotAllowedError, and UseError as ``project_decide``. The reserve is used by a decision about a project.
    """
    require(here.actor, Act.FRAME, unit)
    _refuse_unreasoned(asked)
    if asked.kind is Giving.RESERVE_USE:
        raise UseError("Reserven används genom ett beslut om ett projekt. Öppna projektet och lägg in beslutet där.")
    with recording(here.actor, asked.why.strip()) as pen:
        if asked.kind is Giving.CARRY_OVER:
            from_year = _origin(asked)
            _hold(here, unit)
            left = frame_left(here, unit, asked.scope, from_year)
            refuse_beyond(asked.net, left, f"ramen {from_year} {SCOPES[asked.scope]}")
        return pen.create(InvestmentFrame, unit=unit, scope=asked.scope, amount=asked.expenditure, **asked.fields)


def decision_remove(here: Here, stored: ProjectDecision | InvestmentFrame, why: str) -> None:
    """Take a decision away that was registered by mistake; the journal keeps the whole of it.

    A project's decision from the reserve takes the reserve's own row with it.
    """
    unit = stored.unit if isinstance(stored, InvestmentFrame) else stored.project.unit
    require(here.actor, Act.FRAME, unit)
    if not why.strip():
        raise UseError("Skriv varför beslutet tas bort. Det sparas i historiken.")
    if isinstance(stored, InvestmentFrame) and stored.kind == Giving.RESERVE_USE:
        raise UseError("Raden hör till ett projekts beslut. Ta bort beslutet hos projektet.")
    with recording(here.actor, why.strip()) as pen:
        pen.delete(stored)  # first: of two who take the same decision away, the second takes nothing
        if isinstance(stored, ProjectDecision) and stored.kind == Giving.RESERVE_USE:
            own = reach(here.actor, InvestmentFrame).filter(
                project=stored.project, kind=stored.kind, year=stored.year, purpose=stored.purpose
            )
            for one in own[:1]:
                pen.delete(one)


def _hold(here: Here, unit: Unit) -> None:
    """Let nobody else decide about the unit's money until this is decided: what is left is read once."""
    list(reach(here.actor, Unit).select_for_update(no_key=True).filter(pk=unit.pk))


def _refuse_unreasoned(asked: Deciding) -> None:
    if not asked.why.strip():
        raise UseError("Skriv varför beslutet läggs in. Det sparas i historiken.")
    needs_day = asked.kind in (Giving.CARRY_OVER, Giving.RESERVE_USE)
    if needs_day and not (asked.decision or asked.decided_on):
        raise UseError("Det som förs över eller tas ur reserven kräver ett beslut. Välj beslutet, eller skriv dagen.")


def _origin(asked: Deciding) -> int:
    if asked.from_year is None or asked.from_year >= asked.year:
        raise UseError("Skriv vilket tidigare år pengarna förs över från.")
    return asked.from_year
