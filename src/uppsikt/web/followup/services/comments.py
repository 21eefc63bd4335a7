"""Comments on figures: hang one on a cell, answer it, change it, take it away."""

from __future__ import annotations

from dataclasses import dataclass

from uppsikt.core.errors import UseError
from uppsikt.core.tables import Column, Row, Table
from uppsikt.web.cycle.here import Here
from uppsikt.web.followup.models import CellComment
from uppsikt.web.followup.selectors.comments import address_of, kept_figure
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Act, Actor, NotAllowedError, require, units_of
from uppsikt.web.organisation.models import Unit


@dataclass(frozen=True, slots=True)
class CellAt:
    """A cell of a table that a reader sees."""

    table: Table
    row: Row
    column: Column


def comment_write(here: Here, at: CellAt, text: str) -> CellComment:
    """Hang a comment on a cell, and keep what the cell holds now.

    Whoever reports for the unit that the row is about may, or for the unit whose table it is.
    """
    actor = here.actor
    require(actor, Act.REPORT, unit_of_row(here, at.row))
    address = address_of(at.table, at.row, at.column)
    figure, unit_of_money = kept_figure(at.table.value(at.row.key, at.column.key))
    with recording(actor, f"Kommentar till {at.row.label}, {at.column.label}") as pen:
        return pen.create(
            CellComment,
            unit=here.unit,
            reporting_date=here.reporting_date,
            table=at.table.key,
            row=at.row.key,
            row_label=at.row.label,
            column_label=at.column.label,
            figure=figure,
            figure_unit=unit_of_money,
            text=_written(text),
            author_id=actor.user_id,
            author_name=actor.name,
            subject=address.subject,
            measure=address.measure,
            role=address.role,
            period=address.period,
        )


def unit_of_row(here: Here, row: Row) -> Unit:
    """Give the unit that a row is about, or else the unit whose table it stands in."""
    return next((unit for unit in here.units if row.subject == f"unit:{unit.slug}"), here.unit)


def comment_answer(here: Here, comment: CellComment, text: str) -> CellComment:
    """Answer a comment; whoever has a role of any kind in its unit may."""
    actor = here.actor
    if comment.unit_id not in units_of(actor):
        require(actor, Act.REPORT, comment.unit)
    with recording(actor, f"Svar på kommentar till {comment}") as pen:
        return pen.create(
            CellComment,
            unit=comment.unit,
            reporting_date=comment.reporting_date,
            table=comment.table,
            row=comment.row,
            row_label=comment.row_label,
            column_label=comment.column_label,
            subject=comment.subject,
            measure=comment.measure,
            role=comment.role,
            period=comment.period,
            figure=comment.figure,
            figure_unit=comment.figure_unit,
            text=_written(text),
            author_id=actor.user_id,
            author_name=actor.name,
            answers=comment,
        )


def comment_change(here: Here, comment: CellComment, text: str, *, seen: int, at: CellAt | None = None) -> None:
    """Change one's own comment; with ``at`` the figure is kept anew as it is now.

    Raises NotAllowedError for another's comment and EditConflictError when it has changed since it was read.
    """
    _own(here.actor, comment)
    fields: dict[str, object] = {"text": _written(text), "is_example": False}
    if at is not None:
        value = at.table.value(at.row.key, at.column.key)
        fields["figure"], fields["figure_unit"] = kept_figure(value)
    with recording(here.actor, f"Kommentaren ändrad: {comment}") as pen:
        pen.update(comment, seen=seen, **fields)


def comment_delete(here: Here, comment: CellComment, why: str) -> None:
    """Take one's own comment away with its answers; the journal keeps them."""
    _own(here.actor, comment)
    if not why.strip():
        raise UseError("Skriv varför kommentaren tas bort. Det sparas i historiken.")
    with recording(here.actor, why.strip()) as pen:
        for answer in comment.replies.all():
            pen.delete(answer)
        pen.delete(comment)


def _own(actor: Actor, comment: CellComment) -> None:
    require(actor, Act.REPORT, comment.unit)
    if comment.author_id != actor.user_id:
        raise NotAllowedError(f"Kommentaren är skriven av {comment.author_name}. Svara på den i stället.")


def _written(text: str) -> str:
    if not text.strip():
        raise UseError("Skriv en kommentar: vad ligger bakom beloppet?")
    return text.strip()
