"""What units say about their figures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from uppsikt.reporting.build import definitions
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.economy.models import Comment
from uppsikt.web.history.selectors import last_change
from uppsikt.web.organisation.gate import Act, Actor, may, reach
from uppsikt.web.organisation.models import Unit

STATEMENT_TOPIC = "driftsammandrag"
INVESTMENT_TOPIC = "investeringar"


@dataclass(frozen=True, slots=True)
class Said:
    """What a unit says, and whether the reader may change it; ``pk`` is None when nothing is said yet."""

    unit: Unit
    topic: str
    text: str = ""
    pk: int | None = None
    is_example: bool = False
    may_edit: bool = False

    @property
    def says_example(self) -> bool:
        """Say whether the page must tell that the text is an example, because the text itself does not."""
        return self.is_example and not self.text.startswith("Exempeltext")


def comment_on(actor: Actor, unit: Unit, reporting_date: ReportingDate, topic: str) -> Comment | None:
    """Give the comment of a unit on a topic at a date, if there is one."""
    return (
        reach(actor, Comment)
        .filter(unit=unit, reporting_date=reporting_date, topic=topic)
        .select_related("unit", "reporting_date")
        .first()
    )


def topics() -> frozenset[str]:
    """Give what a unit may begin to comment: the topics that some page or report shows."""
    shown = {part.value for one in definitions() for part in one.parts if part.kind == "passage"}
    return frozenset({STATEMENT_TOPIC, INVESTMENT_TOPIC, *shown})


def seen_of(actor: Actor, comment: Comment | None) -> int:
    """Give the number of the comment's last change; 0 when it has none."""
    change = last_change(actor, comment) if comment else None
    return change.pk if change else 0


def said_by(
    actor: Actor, units: Collection[Unit], reporting_date: ReportingDate, topic: str = STATEMENT_TOPIC
) -> dict[str, Said]:
    """Give what the units say on a topic, by slug: an entry for every unit, also for one that is silent. One query."""
    found = reach(actor, Comment).filter(
        unit__in=[unit.pk for unit in units], reporting_date=reporting_date, topic=topic
    )
    by_unit = {comment.unit_id: comment for comment in found}
    return {unit.slug: _said(actor, unit, topic, by_unit.get(unit.pk)) for unit in units}


def _said(actor: Actor, unit: Unit, topic: str, comment: Comment | None) -> Said:
    may_edit = may(actor, Act.REPORT, unit)
    if comment is None:
        return Said(unit, topic, may_edit=may_edit)
    return Said(unit, topic, comment.text, comment.pk, comment.is_example, may_edit)
