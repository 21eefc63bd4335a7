"""What a project is: its name, whose it is, its frame, its years and its codes in the ledger."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from django.utils.text import slugify

from uppsikt.core.economy.investments import Scope
from uppsikt.core.errors import UseError
from uppsikt.web.cycle.here import Here
from uppsikt.web.economy.models import InvestmentProject, StatementRow
from uppsikt.web.history.services import EditConflictError, Pen, recording
from uppsikt.web.investments.models import (
    InvestmentFrame,
    ProjectCode,
    ProjectDecision,
    ProjectFacts,
    ProjectForecast,
)
from uppsikt.web.investments.selectors import last_change_of
from uppsikt.web.ledger.models import LedgerCode
from uppsikt.web.ledger.selectors.codes import registered_codes
from uppsikt.web.organisation.gate import Act, Actor, reach, require
from uppsikt.web.organisation.models import Municipality, Unit

RESERVED = frozenset({"nytt"})  # words that stand in addresses where a project's own word stands
_CODE = re.compile(r"[0-9A-Za-zÅÄÖåäö._/-]{1,40}")
_LIKE = 3


@dataclass(frozen=True, slots=True)
class ProjectTold:
    """What a person tells of a project.

    ``codes`` are the ledger's project codes; ``are_new`` says that those it does not know shall be registered there.
    ``earlier_*`` is what had been used, in kronor, up to the end of a year that the ledger does not reach back to.
    ``seen`` is the last change of the project that the person had seen (0: none).
    """

    name: str
    unit: Unit
    scope: Scope
    why: str
    responsible: Unit | None = None
    started: date | None = None
    is_yearly: bool = False
    codes: tuple[str, ...] = ()
    are_new: bool = False
    earlier_until: int | None = None
    earlier_expenditure: Decimal = Decimal(0)
    earlier_receipts: Decimal = Decimal(0)
    seen: int = 0

    @property
    def facts(self) -> dict[str, Any]:
        """The fields of what is known of the project beside its decisions."""
        return {
            "scope": self.scope, "responsible": self.responsible, "started": self.started,
            "is_yearly": self.is_yearly, "earlier_until": self.earlier_until,
            "earlier_expenditure": self.earlier_expenditure, "earlier_receipts": self.earlier_receipts,
        }  # fmt: skip


class ProjectFaultsError(UseError):
    """A project cannot be as it was told; ``faults`` are what to mend, by the field where it belongs."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


def project_register(here: Here, told: ProjectTold) -> InvestmentProject:
    """Begin to follow a project. Raises NotAllowedError, and ProjectFaultsError with everything that is wrong."""
    require(here.actor, Act.FRAME, told.unit)
    with recording(here.actor, told.why.strip()) as pen:
        _one_at_a_time(here.actor)
        _refuse(here.actor, told, None)
        project = pen.create(
            InvestmentProject, unit=told.unit, slug=_slug(here.actor, told.name), name=told.name.strip()
        )
        pen.create(ProjectFacts, project=project, **told.facts)
        _codes_set(here.actor, pen, project, told)
        return project


def project_change(here: Here, project: InvestmentProject, told: ProjectTold) -> None:
    """Change what is known of a project; its decisions, forecasts and address stay.

    Raises NotAllowedError, EditConflictError when somebody changed it since ``told.seen``, and ProjectFaultsError.
    """
    require(here.actor, Act.FRAME, project.unit)
    require(here.actor, Act.FRAME, told.unit)
    with recording(here.actor, told.why.strip()) as pen:
        _one_at_a_time(here.actor)
        latest = last_change_of(here.actor, project)
        if latest is not None and latest.pk != told.seen:
            raise EditConflictError(latest)
        _refuse(here.actor, told, project)
        pen.update(project, name=told.name.strip(), unit=told.unit)
        facts = reach(here.actor, ProjectFacts).filter(project=project).first()
        if facts is None:
            pen.create(ProjectFacts, project=project, **told.facts)
        else:
            pen.update(facts, **told.facts)
        _codes_set(here.actor, pen, project, told)


def project_remove(here: Here, project: InvestmentProject, why: str) -> None:
    """Take a project away that was registered by mistake; the journal keeps the whole of it.

    Raises NotAllowedError, and UseError when something is decided, forecast or printed of it, or without a reason.
    """
    require(here.actor, Act.FRAME, project.unit)
    if not why.strip():
        raise UseError("Skriv varför projektet tas bort. Det sparas i historiken.")
    if holds_anything(here.actor, project):
        raise UseError(
            f"{project.name} har beslut, prognoser eller siffror i en rapport och kan inte tas bort. Ta bort besluten "
            "först, eller säg att projektet är färdigt."
        )
    with recording(here.actor, why.strip()) as pen:
        for one in (*reach(here.actor, ProjectCode).filter(project=project),
                    *reach(here.actor, ProjectFacts).filter(project=project), project):  # fmt: skip
            pen.delete(one)


def holds_anything(actor: Actor, project: InvestmentProject) -> bool:
    """Say whether anything hangs on a project that would be lost with it."""
    models = ProjectDecision, ProjectForecast, InvestmentFrame, StatementRow
    return any(reach(actor, model).filter(project=project).exists() for model in models)


def _one_at_a_time(actor: Actor) -> None:
    """Let nobody else register a project until this one is: names and codes are looked through once."""
    list(reach(actor, Municipality).select_for_update(no_key=True))


@dataclass
class _Faults:
    """What is wrong with a project, by field."""

    found: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, text: str, *, when: object) -> None:
        if when and name not in self.found:
            self.found[name] = text


def _refuse(actor: Actor, told: ProjectTold, project: InvestmentProject | None) -> None:
    faults = _Faults()
    faults.add("why", "Skriv varför. Det sparas i historiken.", when=not told.why.strip())
    others = reach(actor, InvestmentProject).filter(unit=told.unit)
    same = {one.name.casefold() for one in others if one != project}
    faults.add("name", "Skriv vad projektet heter.", when=not told.name.strip())
    faults.add("name", f"{told.unit.name} har redan ett projekt som heter {told.name.strip()}.",
               when=told.name.strip().casefold() in same)  # fmt: skip
    if project is not None and project.unit_id != told.unit.pk:
        used = reach(actor, InvestmentFrame).filter(project=project).exists()
        faults.add("unit", f"Projektet har fått pengar ur reserven hos {project.unit.name} och kan inte byta nämnd.",
                   when=used)  # fmt: skip
    faults.add("codes", _code_fault(actor, told, project), when=_code_fault(actor, told, project))
    _refuse_years(actor, faults, told, project)
    if faults.found:
        raise ProjectFaultsError(faults.found)


def _refuse_years(actor: Actor, faults: _Faults, told: ProjectTold, project: InvestmentProject | None) -> None:
    facts = reach(actor, ProjectFacts).filter(project=project).first() if project else None
    finished = facts.finished_on if facts else None
    faults.add("started", f"Projektet blev färdigt {finished}. Skriv en tidigare dag.",
               when=told.started and finished and told.started > finished)  # fmt: skip
    spent = told.earlier_expenditure or told.earlier_receipts
    faults.add("earlier_until", "Skriv till och med vilket år det tidigare utfallet räknas.",
               when=spent and told.earlier_until is None)  # fmt: skip
    faults.add("earlier_until", "Ett årligt anslag börjar om varje år och har inget tidigare utfall.",
               when=told.is_yearly and told.earlier_until is not None)  # fmt: skip
    begins_later = told.started and told.earlier_until is not None and told.earlier_until < told.started.year
    faults.add("earlier_until", "Året ligger före projektets början.", when=begins_later)


def _code_fault(actor: Actor, told: ProjectTold, project: InvestmentProject | None) -> str:
    """Say what is wrong with the codes: one that two projects share would be counted twice."""
    strange = [one for one in told.codes if not _CODE.fullmatch(one)]
    if strange:
        return f"{', '.join(strange)} är ingen kod. Skriv koderna med komma emellan, till exempel 90100, 90110."
    taken = reach(actor, ProjectCode).filter(code__in=told.codes).exclude(project=project).select_related("project")
    for one in taken:
        return f"Koden {one.code} hör redan till {one.project.name}. Ta bort den där, annars räknas den två gånger."
    known = registered_codes(actor)["project"]
    unknown = [one for one in told.codes if one not in known]
    return "" if told.are_new or not unknown else _unknown(unknown, known)


def _unknown(codes: Collection[str], known: Collection[str]) -> str:
    told = []
    for code in codes:
        like = get_close_matches(code, known, _LIKE)
        told.append(f"{code} finns inte i redovisningen." + (f" Menar du {' eller '.join(like)}?" if like else ""))
    return " ".join(told) + " Är koden ny, kryssa i rutan nedanför, så läggs den in i redovisningens register."


def _codes_set(actor: Actor, pen: Pen, project: InvestmentProject, told: ProjectTold) -> None:
    stored = {one.code: one for one in reach(actor, ProjectCode).filter(project=project)}
    for code, one in stored.items():
        if code not in told.codes:
            pen.delete(one)
    for code in told.codes:
        if code not in stored:
            pen.create(ProjectCode, project=project, code=code)
    for code in sorted(set(told.codes) - registered_codes(actor)["project"]):
        pen.create(
            LedgerCode, municipality_id=actor.municipality_id, part="project", code=code, name=project.name[:200]
        )


def _slug(actor: Actor, name: str) -> str:
    """Give the project's word in addresses: its name, with a number where another project has the same."""
    taken = RESERVED | set(reach(actor, InvestmentProject).values_list("slug", flat=True))
    plain = slugify(name)[:100].strip("-") or "projekt"
    number, slug = 1, plain
    while slug in taken:
        number += 1
        slug = f"{plain}-{number}"
    return slug
