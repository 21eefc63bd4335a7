"""Pages on which a file becomes part of the ledger: received, its columns named, read, judged, loaded, undone."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from uppsikt.core.errors import UseError
from uppsikt.exchange.ledger_table import SWEDISH, Look
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.ledger import exports, services
from uppsikt.web.ledger.dry_run import CODES, Lists, typed_codes
from uppsikt.web.ledger.models import KINDS, PARTS, Load
from uppsikt.web.ledger.running import WORKER
from uppsikt.web.ledger.selectors.state import loads_of
from uppsikt.web.ledger.services import codes, loading, looking, receiving, staging
from uppsikt.web.ledger.services.sie_files import is_sie_source, kept_choice, sie_look
from uppsikt.web.ledger.showing import LoadPage, load_page
from uppsikt.web.ledger.views import page

PER_PAGE = 50
_BEFORE_READING = (Load.State.RECEIVED, Load.State.FAILED)


@require_POST
@in_context
def receive(request: HttpRequest, here: Here) -> HttpResponse:
    """Take a file in, and lead to its columns."""
    services.require_ledger(here.actor)
    file = request.FILES.get("fil")
    source = request.POST.get("ny-kalla", "").strip() or request.POST.get("kalla", "")
    try:
        if request.META.get("uppsikt.too_large"):
            most = settings.LEDGER_MOST_BYTES // 1_000_000
            raise UseError(_("Filen är större än {most} MB. Dela den per år eller per kvartal.").format(most=most))
        if file is None:
            raise UseError(_("Välj en fil att läsa in: CSV, Excel eller SIE."))
        load = receiving.receive(here.actor, source, file.name or "", file.chunks())
        looking.look_at_once(here.actor, load)
    except UseError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(here.url("ledger"))
    WORKER.wake_on_commit()
    return HttpResponseRedirect(here.url("ledger_load", load.pk))


@require_safe
@in_context
def loads(request: HttpRequest, here: Here) -> HttpResponse:
    """List the loads, the newest first."""
    may = services.may_load(here.actor)
    found = loads_of(here.actor) if may else loads_of(here.actor).filter(state__in=("kept", "replaced"))
    return page(request, here, "loads", page=Paginator(found, PER_PAGE).get_page(request.GET.get("sida")), may_load=may)


@require_safe
@in_context
def load(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show a load: its columns, how far it has come, its dry run, or what of it counts."""
    shown = load_page(here.actor, pk)
    if shown.load.is_working:
        WORKER.wake()
        return page(request, here, "working", shown=shown)
    wants_columns = shown.load.state in _BEFORE_READING or "kolumner" in request.GET
    if wants_columns and not shown.is_done and shown.load.state != Load.State.DISCARDED:
        return _columns(request, here, shown)
    return _loaded(request, here, Lists(shown, request.GET))


def _loaded(request: HttpRequest, here: Here, lists: Lists, status: int = 200) -> HttpResponse:
    return page(request, here, "load", status=status, shown=lists.shown, lists=lists)


@require_safe
@in_context
def progress(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Tell how far the work has come; when it is over the page is asked for anew."""
    shown = load_page(here.actor, pk)
    answer = page(request, here, "_progress", shown=shown)
    if not shown.load.is_working:
        answer["HX-Refresh"] = "true"
    return answer


def _columns(request: HttpRequest, here: Here, shown: LoadPage) -> HttpResponse:
    """Ask what each column holds, or each dimension; of a file that could not be opened, only why."""
    if not shown.load.look:
        return page(request, here, "columns", shown=shown)
    if is_sie_source(shown.load):
        parts = [(part, word) for part, word in PARTS.items() if part != "account"]
        return page(request, here, "dimensions", shown=shown, look=sie_look(shown.load), parts=parts)
    look = looking.table_look(here.actor, shown.load)
    return page(request, here, "columns", shown=shown, look=look, lines=list(_column_lines(look)), kinds=KINDS.items())


@require_POST
@in_context
def open_again(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Open a file at another of its sheets."""
    sheet = request.POST.get("blad", "")
    return _acted(request, here, pk, lambda shown: looking.ask_look(here.actor, shown.load, sheet))


def _column_lines(look: Look) -> list[dict[str, object]]:
    """Give each column with its choices; one of several columns of amounts keeps what it was found to be."""
    lines = []
    for number, column in enumerate(look.columns):
        options = [("", _("används inte")), *((field, word) for field, word in SWEDISH.items())]
        if column.value is not None:
            kind, month = column.value
            told = " ".join(word for word in (_("belopp"), KINDS[kind] if kind else "", str(month or "")) if word)
            options.append((column.field, told))
        lines.append({"number": number, "column": column, "options": options, "sample": column.sample[:3]})
    return lines


@require_POST
@in_context
def read(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask for a dry run with the columns that were chosen."""

    def ask(shown: LoadPage) -> None:
        if is_sie_source(shown.load):
            staging.ask_read_sie(here.actor, shown.load, _chosen_dimensions(request))
            return
        if not shown.load.look:
            raise UseError(_("Filen är inte öppnad än. Ladda om sidan."))
        look = looking.table_look(here.actor, shown.load)
        columns = {}
        for number, column in enumerate(look.columns):
            if column.heading:
                chosen = request.POST.get(f"kolumn-{number}", column.field)
                offered = {"", *SWEDISH, column.field}
                columns[column.heading] = chosen if chosen in offered else column.field
        choice = staging.Choice(
            columns, look.layout.sheet, request.POST.get("slag", "") if request.POST.get("slag") in KINDS else "",
            income_positive="intakter-plus" in request.POST, texts_open="texter-oppna" in request.POST,
        )  # fmt: skip
        staging.ask_read(here.actor, shown.load, choice)

    return _acted(request, here, pk, ask)


def _chosen_dimensions(request: HttpRequest) -> dict[str, str]:
    chosen = {
        name.removeprefix("dimension-"): part
        for name, part in request.POST.items()
        if name.startswith("dimension-") and (not part or part in PARTS)
    }
    return kept_choice({number: str(part) for number, part in chosen.items()}, request.POST.get("annars", ""))


@require_POST
@in_context
def register(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Register codes that the file names for the first time: those of the page, or all of them."""
    shown = load_page(here.actor, pk)
    services.require_ledger(here.actor)
    part = request.POST.get("del", "")
    typed = typed_codes(shown, part, request.POST)
    said = {(part, code): one.said for code, one in typed.items()}
    try:
        if any(one.fault for one in typed.values()):
            raise UseError(_("Några enheter finns inte. Välj ur listan, eller lämna fältet tomt."))
        count = codes.register(
            here.actor, shown.load, said, rest="alla" in request.POST, suggested="foreslagna" in request.POST
        )
    except UseError as error:
        messages.error(request, str(error))
        again = QueryDict(mutable=True)
        again.update({**{name: request.POST.get(name, "") for name in ("q", "sida")}, "visa": CODES, "del": part})
        return _loaded(request, here, Lists(shown, again, typed), status=422)
    messages.success(request, _("{n} koder är registrerade.").format(n=count))
    return HttpResponseRedirect(here.url("ledger_load", pk))


@require_POST
@in_context
def keep(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Ask for what was read to be loaded."""
    why = request.POST.get("skal", "")
    return _acted(request, here, pk, lambda shown: loading.ask_keep(here.actor, shown.load, why))


@require_POST
@in_context
def discard(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Throw away what was received or read and never loaded."""
    done = _("Filen är kastad. Ingenting är ändrat i redovisningen.")
    return _acted(request, here, pk, lambda shown: loading.discard(here.actor, shown.load), done)


@require_POST
@in_context
def restore(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Bring an old load back."""
    why, done = request.POST.get("skal", ""), _("Inläsningen gäller igen.")
    return _acted(request, here, pk, lambda shown: loading.restore(here.actor, shown.load, why), done)


@require_POST
@in_context
def withdraw(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Undo a load: its months hold again what they held before."""
    why, done = request.POST.get("skal", ""), _("Inläsningen är ångrad: månaderna har det innehåll de hade före den.")
    return _acted(request, here, pk, lambda shown: loading.withdraw(here.actor, shown.load, why), done)


@require_safe
@in_context
def faults_file(request: HttpRequest, here: Here, pk: int, ending: str) -> HttpResponse:
    """Give every fault and every change of a dry run as a file."""
    return exports.dry_run_file(load_page(here.actor, pk), ending)


def _acted(request: HttpRequest, here: Here, pk: int, act: Callable[[LoadPage], None], done: str = "") -> HttpResponse:
    """Do something with a load, say how it went (or, without words, begin the work), and lead back to it."""
    shown = load_page(here.actor, pk)
    try:
        act(shown)
    except UseError as error:
        messages.error(request, str(error))
    else:
        if done:
            messages.success(request, done)
        else:
            WORKER.wake_on_commit()
    return HttpResponseRedirect(here.url("ledger_load", pk))
