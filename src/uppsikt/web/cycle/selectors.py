"""Reading decisions: the list, and one with its points and what followed from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.http import Http404

from uppsikt.core.quantities import TKR, Quantity
from uppsikt.core.references import CaseNumber, DecisionReference, find_references
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import Decision, DecisionPoint
from uppsikt.web.organisation.gate import Actor, reach


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """What the reader wants to see of the decisions; empty fields leave nothing out."""

    text: str = ""
    body: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text; a reference in it leads to a decision, or to a search for a case number."""

    text: str
    decision: int | None = None
    case: str = ""


@dataclass(frozen=True, slots=True)
class PointLine:
    """A point of a decision; ``amount`` in tkr moves from the giver to the receiver."""

    number: int
    kind: str
    pieces: tuple[Piece, ...]
    amount: Quantity | None
    giver: str
    receiver: str
    from_year: int | None


@dataclass(frozen=True, slots=True)
class FrameLine:
    """A frame entry that a point of the decision made; ``amount`` in tkr."""

    unit: str
    unit_slug: str
    year: int
    kind: str
    purpose: str
    amount: Quantity


@dataclass(frozen=True, slots=True)
class Followed:
    """Something that followed from a decision: an assignment given or reported back, or a decided report."""

    text: str
    unit: str = ""
    unit_slug: str = ""
    date_slug: str = ""
    state: str = ""
    report: str = ""
    version: int = 0


@dataclass(frozen=True)
class DecisionPage:
    """A decision with everything its page shows."""

    decision: Decision
    points: tuple[PointLine, ...]
    note: tuple[Piece, ...]
    frames: tuple[FrameLine, ...]
    ordered: tuple[Followed, ...]
    reported_back: tuple[Followed, ...]
    reports: tuple[Followed, ...]

    @property
    def has_followed(self) -> bool:
        """Say whether anything is known to have followed."""
        return bool(self.frames or self.ordered or self.reported_back or self.reports)


def decisions_of(here: Here, by: DecisionFilter) -> QuerySet[Decision]:
    """Give the decisions that a filter leaves, the newest first. A paragraph is found by "§ 225" or "225"."""
    found = reach(here.actor, Decision)
    if by.body:
        found = found.filter(body=by.body)
    if by.year:
        found = found.filter(on__year=by.year)
    words = by.text.replace("§", " ").strip()
    if words:
        said = Q(title__icontains=words) | Q(case_number__icontains=words) | Q(points__text__icontains=words)
        for one in find_references(by.text):
            if isinstance(one.reference, DecisionReference):
                said |= Q(body=one.reference.body, on=one.reference.on, paragraph=one.reference.paragraph)
        if words.isdecimal():
            said |= Q(paragraph=int(words))
        found = found.filter(said).distinct()
    return found


def bodies_and_years(here: Here) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Give the bodies and the years that have decisions; one query."""
    pairs = set(reach(here.actor, Decision).order_by().values_list("body", "on"))
    return tuple(sorted({body for body, _ in pairs})), tuple(sorted({on.year for _, on in pairs}, reverse=True))


def decision_page(here: Here, pk: int) -> DecisionPage:
    """Give the page of a decision, or a Swedish 404; eight queries however many points it has."""
    decision = reach(here.actor, Decision).filter(pk=pk).first()
    if decision is None:
        raise Http404("Beslutet finns inte. Listan över beslut visar dem som finns.")
    points = list(
        reach(here.actor, DecisionPoint)
        .filter(decision=decision)
        .select_related("giver", "receiver")
        .prefetch_related("frame_entries__unit")
    )
    link = _Linker(here.actor, [decision.note, *(point.text for point in points)])
    return DecisionPage(
        decision=decision,
        points=tuple(_point(point, link) for point in points),
        note=tuple(link.pieces(decision.note)),
        frames=tuple(_frames(points)),
        ordered=tuple(Followed(str(one)) for one in decision.assignments.order_by("kind", "number")),
        reported_back=tuple(_reported_back(decision)),
        reports=tuple(_reports(decision)),
    )


def _point(point: DecisionPoint, link: _Linker) -> PointLine:
    return PointLine(
        point.number,
        point.get_kind_display(),
        tuple(link.pieces(point.text)),
        None if point.amount is None else _tkr(point.amount),
        point.giver.name if point.giver else "",
        point.receiver.name if point.receiver else "",
        point.from_year,
    )


def _tkr(amount: Decimal) -> Quantity:
    return Quantity(amount, TKR)


def _frames(points: Iterable[DecisionPoint]) -> Iterator[FrameLine]:
    for point in points:
        for one in point.frame_entries.all():
            kind = one.get_kind_display() + (", återkallad" if one.withdrawn else "")
            yield FrameLine(one.unit.name, one.unit.slug, one.year, kind, one.purpose, _tkr(one.amount))


def _reported_back(decision: Decision) -> Iterator[Followed]:
    told = decision.reports_back.select_related("receiver__assignment", "receiver__unit", "reporting_date")
    for one in told.order_by("receiver__assignment__number", "pk"):
        unit, date = one.receiver.unit, one.reporting_date
        yield Followed(str(one.receiver.assignment), unit.name, unit.slug, date.slug, one.state)


def _reports(decision: Decision) -> Iterator[Followed]:
    for one in decision.decided_reports.defer("content").select_related("unit", "reporting_date"):
        text = f"{one.definition.capitalize()}, {one.reporting_date.name}"
        yield Followed(
            text, one.unit.name, one.unit.slug, one.reporting_date.slug, report=one.definition, version=one.version
        )


class _Linker:
    """Cuts texts into pieces, and knows which of the decisions they name are stored; one query for all texts."""

    def __init__(self, actor: Actor, texts: Iterable[str]) -> None:
        named = [one.reference for text in texts for one in find_references(text)]
        wanted = Q(pk__in=[])
        for one in named:
            if isinstance(one, DecisionReference):
                wanted |= Q(body=one.body, on=one.on, paragraph=one.paragraph)
        rows = reach(actor, Decision).filter(wanted).values_list("body", "on", "paragraph", "pk")
        self.known: dict[tuple[str, date, int], int] = {(body, on, number): pk for body, on, number, pk in rows}

    def pieces(self, text: str) -> Iterator[Piece]:
        at = 0
        for found in find_references(text):
            reference, shown = found.reference, text[found.start : found.end]
            if at < found.start:
                yield Piece(text[at : found.start])
            if isinstance(reference, DecisionReference):
                yield Piece(shown, self.known.get((reference.body, reference.on, reference.paragraph)))
            elif isinstance(reference, CaseNumber):
                yield Piece(shown, case=f"{reference.body} {reference.year}-{reference.number}")
            else:
                yield Piece(shown)
            at = found.end
        if at < len(text):
            yield Piece(text[at:])
