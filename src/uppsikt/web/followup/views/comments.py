"""Hanging a comment on a cell of the statement; reading, answering, changing and taking one away."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import ColumnRole
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.followup import services
from uppsikt.web.followup.forms import AnswerForm, CellCommentForm, CommentTextForm, ReasonForm
from uppsikt.web.followup.models import CellComment
from uppsikt.web.followup.selectors import comments as selectors
from uppsikt.web.followup.selectors.books import month_of
from uppsikt.web.followup.selectors.statement import View, cell_row, full_tables, view_of
from uppsikt.web.followup.services.comments import CellAt, unit_of_row
from uppsikt.web.history.services import EditConflictError
from uppsikt.web.ledger.selectors import BY_ACTIVITY, BY_UNIT
from uppsikt.web.organisation.gate import Act, require

_OF_THE_YEAR = (ColumnRole.FORECAST, ColumnRole.BUDGET, ColumnRole.CHANGE)  # told of the whole year at any month


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def cell_comment_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Hang a comment on a cell: the row is in the address, the column is chosen here."""
    view = view_of(here, request.GET.get("snitt", ""), request.GET.get("till", ""), "")
    table = full_tables(here, view)[0]
    row = cell_row(table, request.GET.get("rad", ""))
    require(here.actor, Act.REPORT, unit_of_row(here, row))
    columns = [(column, selectors.signed(table.cell(row.key, column.key), table, column)) for column in table.columns]
    initial = {"column": request.GET.get("kolumn", "")}
    form = CellCommentForm(request.POST or None, columns=columns, initial=initial)
    if form.is_valid():
        column = table.column(form.cleaned_data["column"])
        services.comment_write(here, CellAt(table, row, column), form.cleaned_data["text"])
        messages.success(request, _("Kommentaren hänger nu på beloppet och följer med i rapporten."))
        return HttpResponseRedirect(_back(here, view))
    return _page(request, here, "comment_new", form=form, row=row, table=table, back=_back(here, view))


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def cell_comment(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show a comment with its answers; answer it, or change it when it is one's own."""
    comment = selectors.comment_numbered(here, pk)
    seen = selectors.seen_of_comment(here.actor, comment)
    own = selectors.may_change(here.actor, comment)
    answering = request.method == "POST" and "answer" in request.POST
    changing = request.method == "POST" and not answering
    answer = AnswerForm(request.POST if answering else None, prefix="svar")
    initial = {"text": comment.text, "seen": seen}
    form = CommentTextForm(request.POST if changing else None, initial=initial)
    back = _back(here, _view(here, comment))
    context = {"comment": comment, "own": own, "form": form, "answer": answer, "back": back}
    context |= {"at": _cell_of(here, comment), "may_answer": here.actor.user_id is not None}
    if answering and answer.is_valid():
        services.comment_answer(here, comment, answer.cleaned_data["text"])
        messages.success(request, _("Svaret är sparat."))
        return HttpResponseRedirect(here.url("cell_comment", pk))
    if changing and form.is_valid():
        try:
            _change(here, comment, form.cleaned_data)
        except EditConflictError as conflict:
            form.data = {**request.POST.dict(), "seen": str(seen)}
            return _page(request, here, "comment", 409, conflict=conflict, **context)
        messages.success(request, _("Kommentaren är sparad."))
        return HttpResponseRedirect(back)
    return _page(request, here, "comment", **context)


def _change(here: Here, comment: CellComment, data: dict[str, Any]) -> None:
    at = _found(here, comment) if data["refresh"] else None
    services.comment_change(here, comment, data["text"], seen=data["seen"], at=at)


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def cell_comment_delete(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Take one's own comment away, with a reason."""
    comment = selectors.comment_numbered(here, pk)
    require(here.actor, Act.REPORT, comment.unit)
    back = _back(here, _view(here, comment))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        services.comment_delete(here, comment, form.cleaned_data["why"])
        messages.success(request, _("Kommentaren är borttagen. Den finns kvar i historiken."))
        return HttpResponseRedirect(back)
    return _page(request, here, "comment_delete", form=form, comment=comment, back=back)


def _view(here: Here, comment: CellComment) -> View:
    """Give the view of the statement that a comment was written at."""
    cut = BY_ACTIVITY if comment.table.endswith(BY_ACTIVITY) else BY_UNIT
    if len(comment.period) == len("2024-08-31"):
        return View(cut, int(comment.period[5:7]))
    return View(cut, month_of(here.reporting_date) if comment.role in _OF_THE_YEAR else 12)


def _found(here: Here, comment: CellComment) -> CellAt | None:
    """Find the cell that a comment hangs on, in the statement that it was written at."""
    about = (comment.subject, comment.measure, comment.role, comment.period)
    told = (
        CellAt(table, row, column)
        for table in full_tables(here, _view(here, comment))
        for row, column, _cell in table.filled()
    )
    return next((at for at in told if selectors.address_of(at.table, at.row, at.column) == about), None)


def _cell_of(here: Here, comment: CellComment) -> dict[str, object]:
    """Tell the figure then and now."""
    at, then = _found(here, comment), selectors.figure_then(comment)
    if at is None:
        return {"then": then, "now": None, "moved": False}
    now = at.table.value(at.row.key, at.column.key)
    told = then.to(now.unit) if isinstance(then, Quantity) and isinstance(now, Quantity) else then
    return {"then": told, "now": now, "moved": selectors.has_moved(then, now)}


def _back(here: Here, view: View) -> str:
    asked = {"snitt": view.cut if view.cut == BY_ACTIVITY else "", "till": view.through}
    return f"{here.url('followup')}?{urlencode({name: value for name, value in asked.items() if value})}#kommentarer"


def _page(request: HttpRequest, here: Here, name: str, status: int = 200, /, **context: object) -> HttpResponse:
    return render(request, f"followup/{name}.html", {"here": here, "section": "ekonomi", **context}, status=status)
