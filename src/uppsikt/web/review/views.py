"""Pages of reviews: the list with its upload, a document with what was found, and everything that is done there."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.core.errors import UseError
from uppsikt.documents.model import DocumentError
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.organisation.gate import Act, may, require
from uppsikt.web.organisation.uploads import clean_name, is_too_large
from uppsikt.web.review import comparing, downloads, drawing, keeping, running, selectors, services
from uppsikt.web.review.example import EXAMPLE_NAME, example_report
from uppsikt.web.review.listing import Choice, judged, listing, number_in
from uppsikt.web.review.models import ReviewedDocument, Run
from uppsikt.web.review.reading import reading_of
from uppsikt.web.review.viewing import viewed

PER_PAGE = 50  # documents
SHORT = {"X-Content-Type-Options": "nosniff"}


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def reviewed(request: HttpRequest, here: Here) -> HttpResponse:
    """List the documents of the unit, and take new ones in."""
    if request.method == "POST":
        return _received(request, here)
    lines = selectors.documents_at(here)
    going = [line.run for line in lines if line.run is not None and not line.run.is_over]
    if going:
        running.WORKER.wake_on_commit()
    name = "_list" if request.headers.get("HX-Target") == "dokument" else "reviewed"
    return _page(
        request, here, name, page=Paginator(lines, PER_PAGE).get_page(request.GET.get("sida")), going=going,
        may_review=may(here.actor, Act.REVIEW, here.unit),
        most=settings.REVIEW_MOST_BYTES, megabytes=settings.REVIEW_MOST_BYTES // 1_000_000,
    )  # fmt: skip


def _received(request: HttpRequest, here: Here) -> HttpResponse:
    """Take the files of a request in, each for itself: one that is refused does not stop the others."""
    require(here.actor, Act.REVIEW, here.unit)
    most = settings.REVIEW_MOST_BYTES // 1_000_000
    follows = _followed(request, here)
    files = request.FILES.getlist("fil")
    taken: list[services.Received] = []
    if is_too_large(request):
        text = _("Filerna är tillsammans större än {most} MB. Ladda upp dem en i taget, eller ta bort bilderna.")
        messages.error(request, text.format(most=most))
    elif not files:
        messages.error(request, _("Välj minst en fil att granska: PDF, Word, HTML eller text."))
    for file in files if not is_too_large(request) else ():
        try:
            taken.append(_taken(here, file, follows))
        except UseError as error:
            messages.error(request, str(error))
    return _after_upload(request, here, taken)


def _followed(request: HttpRequest, here: Here) -> ReviewedDocument | None:
    """Give the document that the request says the file is a new version of."""
    key = number_in(request.POST.get("version_av", ""))
    return selectors.document_at(here.actor, key) if key else None


def _taken(here: Here, file: UploadedFile[bytes], follows: ReviewedDocument | None) -> services.Received:
    return services.document_take(here.actor, here.unit, clean_name(file.name or ""), file.chunks(), follows=follows)


def _after_upload(request: HttpRequest, here: Here, taken: list[services.Received]) -> HttpResponse:
    """Start the work and lead to the document, or to the list when there are several or none."""
    for one in taken:
        if one.is_known:
            messages.info(request, _("{name} finns redan här: det är samma fil.").format(name=one.document.name))
        elif one.document.version > 1:
            text = _("{name} är tillagd som version {number} av dokumentet.")
            messages.success(request, text.format(name=one.document.name, number=one.document.version))
    if taken:
        running.WORKER.wake_on_commit()
    if len(taken) == 1:
        return HttpResponseRedirect(here.url("review", taken[0].document.pk))
    return HttpResponseRedirect(here.url("reviewed"))


@require_POST
@in_context
def example(request: HttpRequest, here: Here) -> HttpResponse:
    """Review the example: a made-up report with errors of the usual kinds."""
    taken = services.document_take(here.actor, here.unit, EXAMPLE_NAME, [example_report()])
    return _after_upload(request, here, [taken])


@require_safe
@in_context
def document(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show what was found in a document, each finding where it stands."""
    found, going = _going(here, pk)
    context = {
        "reviewed": found, "going": going, "may_review": may(here.actor, Act.REVIEW, found.document.unit),
        "most": settings.REVIEW_MOST_BYTES, "megabytes": settings.REVIEW_MOST_BYTES // 1_000_000,
    }  # fmt: skip
    choice = Choice.of(request.GET.dict())
    run = found.done_run(choice.run)
    if run is None:
        return _page(request, here, "document", **context)
    if run != found.done:
        context |= {"earlier": run, "may_review": False}  # what was found then is read, not judged
    record = judged(selectors.record_of(here.actor, run), found.dismissals)
    chosen = listing(record, choice, found.dismissals)
    view = viewed(record, chosen.selected, chosen.shown, whole=chosen.choice.whole) if chosen.selected else None
    name = "_view" if request.headers.get("HX-Target") == "visning" else "document"
    return _page(
        request, here, name, record=record, listing=chosen, view=view, widths=drawing.WIDTHS,
        formats=downloads.formats_of(record), **context,
    )  # fmt: skip


@require_safe
@in_context
def progress(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Tell how far the review has come; when it is over, ask htmx to show the page anew."""
    found, going = _going(here, pk)
    response = _page(request, here, "_progress", going=going, reviewed=found)
    if going is None:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@in_context
def reading(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show how the document was read: its tables and the numbers of its text, for a person to judge."""
    found, run = _done(here, pk)
    record = selectors.record_of(here.actor, run)
    return _page(request, here, "reading", reviewed=found, record=record, read=reading_of(record, request.GET.dict()))


@require_safe
@in_context
def changes(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show what became of the findings since another version of the document."""
    found, run = _done(here, pk)
    others = [one for one in found.versions if one != found.document]
    asked = request.GET.get("fran", "")
    earlier = [one for one in others if one.version < found.document.version]
    other = next((one for one in others if str(one.pk) == asked), None) or next(iter(earlier or others), None)
    if other is None:
        raise UseError(_("Det finns bara en version av dokumentet. Ladda upp en till för att jämföra."))
    [other_run] = selectors.newest_done(here.actor, [other])
    old, new = (judged(selectors.record_of(here.actor, one), found.dismissals) for one in (other_run, run))
    became = comparing.versions(old, new)
    return _page(request, here, "changes", reviewed=found, other=other, others=others, became=became)


@require_safe
@in_context
def across(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what several documents state differently."""
    keys = {number_in(key) for key in request.GET.getlist("dokument")[:20]} - {0}
    lines = selectors.documents_at(here)
    documents = [selectors.document_at(here.actor, key) for key in sorted(keys)]
    if len(documents) < 2:
        return _page(request, here, "across", lines=lines, chosen=keys, compared=None)
    runs = selectors.newest_done(here.actor, documents)
    records = [selectors.record_of(here.actor, run) for run in runs]
    compared = comparing.across(tuple(run.pk for run in runs), documents, records)
    return _page(request, here, "across", lines=lines, chosen=keys, compared=compared, documents=documents)


@require_safe
@in_context
def page_picture(request: HttpRequest, here: Here, pk: int, page: int, width: int) -> HttpResponse:
    """Give the picture of a page of a PDF."""
    found = selectors.document_at(here.actor, pk)
    if width not in drawing.WIDTHS or not 1 <= page <= 100_000:
        raise Http404(_("Så stor finns inte bilden av sidan."))
    try:
        made = drawing.picture(keeping.path_of(found), page, width, keeping.picture_path(found, page, width))
    except DocumentError as error:
        raise Http404(str(error)) from error
    # The address names a document that never changes; the picture stays in the reader's own browser.
    return HttpResponse(made, "image/png", headers={"Cache-Control": "private, max-age=86400", **SHORT})


@require_safe
@in_context
def download(request: HttpRequest, here: Here, pk: int, kind: str) -> HttpResponse:
    """Give the document back, or the review of it as a file."""
    if kind == "original":
        return downloads.original(selectors.document_at(here.actor, pk))
    found, run = _done(here, pk)
    return downloads.made(found.document, judged(selectors.record_of(here.actor, run), found.dismissals), kind)


@require_POST
@in_context
def again(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Review the document once more, with the program as it is now."""
    services.run_ask(here.actor, selectors.document_at(here.actor, pk))
    running.WORKER.wake_on_commit()
    return HttpResponseRedirect(here.url("review", pk))


@require_POST
@in_context
def dismiss(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Set a finding aside with a reason, and go on to the next one."""
    found, run = _done(here, pk)
    choice = Choice.of(request.GET.dict())
    shown = listing(judged(selectors.record_of(here.actor, run), found.dismissals), choice, found.dismissals)
    asked = request.POST.get("anm", "")
    card = next((one for one in shown.cards if one.identity == asked), None)
    if card is None:
        raise Http404(_("Anmärkningen finns inte längre bland dem som visas. Ladda om sidan."))
    told = f"{card.finding['title']}, {card.place}: {card.finding['message']}"
    finding = services.Judged(card.identity, card.finding["place"], told)
    try:
        services.finding_dismiss(here.actor, found.document, finding, request.POST.get("skal", ""))
    except UseError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(here.url("review", pk) + choice.query(finding=asked))
    messages.success(request, _("Anmärkningen är avfärdad. Den visas igen om siffrorna ändras."))
    rest = [one.identity for one in shown.cards]
    following = [*rest[rest.index(asked) + 1 :], *reversed(rest[: rest.index(asked)])]
    return HttpResponseRedirect(here.url("review", pk) + choice.query(finding=following[0] if following else ""))


@require_POST
@in_context
def withdraw(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Let a finding that was set aside be shown again."""
    found = selectors.reviewed_at(here.actor, pk)
    asked = request.POST.get("anm", "")
    dismissal = next((one for one in found.dismissals if one.identity == asked), None)
    if dismissal is None:
        raise Http404(_("Anmärkningen är inte avfärdad längre. Ladda om sidan."))
    services.dismissal_withdraw(here.actor, dismissal, timezone.now())
    messages.success(request, _("Anmärkningen visas igen."))
    return HttpResponseRedirect(here.url("review", pk) + Choice(finding=asked).query())


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def remove(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Take a version of a document away, after asking."""
    found = selectors.reviewed_at(here.actor, pk)
    require(here.actor, Act.REVIEW, found.document.unit)
    if request.method != "POST":
        return _page(request, here, "remove", reviewed=found)
    services.document_remove(here.actor, found.document)
    messages.success(request, _("{name} är borttaget.").format(name=found.document))
    return HttpResponseRedirect(here.url("reviewed"))


def _going(here: Here, pk: int) -> tuple[selectors.Reviewed, Run | None]:
    """Give a document and the run that waits or works, if any; see to it that somebody works on it."""
    found = selectors.reviewed_at(here.actor, pk)
    going = found.newest if found.newest and not found.newest.is_over else None
    if going:
        running.WORKER.wake_on_commit()
    return found, going


def _done(here: Here, pk: int) -> tuple[selectors.Reviewed, Run]:
    """Give a document and its newest finished run; UseError while there is none."""
    found = selectors.reviewed_at(here.actor, pk)
    if found.done is None:
        raise UseError(_("Dokumentet är inte färdiggranskat än. Vänta en stund och försök igen."))
    return found, found.done


def _page(request: HttpRequest, here: Here, name: str, **context: object) -> HttpResponse:
    response = render(request, f"review/{name}.html", {"here": here, "section": "granska", **context})
    response["Cache-Control"] = "private, no-store"  # how far a run has come is not part of the data's state
    return response
