"""The entries behind a figure as a file to take home; texts that a spreadsheet would run are defused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from uppsikt.core.errors import UseError
from uppsikt.exchange.sheets import Cell, Sheet, write_csv, write_xlsx
from uppsikt.web.ledger.models import KINDS, PARTS
from uppsikt.web.ledger.selectors.entries import Behind
from uppsikt.web.ledger.showing import LoadPage

MOST = 200_000  # entries in a file: an Excel sheet holds a million rows, a reader far fewer
FORMATS = {
    "csv": ("text/csv; charset=utf-8", write_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
}


def entries_file(behind: Behind, ending: str) -> HttpResponse:
    """Write the entries as CSV or XLSX; UseError when they are more than a file should hold."""
    if ending not in FORMATS:
        raise Http404(_("Posterna kan hämtas som csv eller xlsx."))
    if behind.every.rows > MOST:
        raise UseError(
            _("Det är {rows} poster, och en fil rymmer {most}. Välj färre månader eller ett konto.").format(
                rows=behind.every.rows, most=MOST
            )
        )
    content_type, write = FORMATS[ending]
    headings = [_("Månad"), _("Datum"), *(word.capitalize() for word in PARTS.values()), _("Verifikation"), _("Belopp")]
    headings += [_("Text")] if behind.may_texts else []
    facts = {_("Urval"): ", ".join(behind.words), _("Tecken"): _("Debet är plus, kredit är minus.")}
    sheet = Sheet(tuple(headings), _rows(behind), name=_("Poster"), facts=facts)
    return file_answer(write(sheet), f"poster.{ending}", content_type)


def file_answer(content: bytes, name: str, content_type: str) -> HttpResponse:
    """Give a file to save."""
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return HttpResponse(content, content_type, headers={**headers, "Cache-Control": "private, no-store"})


def _rows(behind: Behind) -> Iterator[Sequence[Cell]]:
    for one in behind.all_entries(MOST):
        month = f"{one.month // 100}-{one.month % 100:02}"
        codes = (one.account, one.unit, one.activity, one.project, one.object, one.counterpart)
        yield (month, one.day, *codes, one.voucher, one.amount, *((one.text,) if behind.may_texts else ()))


def dry_run_file(shown: LoadPage, ending: str) -> HttpResponse:
    """Write every fault and every change of a dry run as CSV or XLSX."""
    if ending not in FORMATS:
        raise Http404(_("Provläsningen kan hämtas som csv eller xlsx."))
    content_type, write = FORMATS[ending]
    headings = (_("Vad"), _("Blad"), _("Rad"), _("Kolumn eller månad"), _("Värde eller ansvar"), _("Rader"), _("Säger"))
    sheet = Sheet(headings, _dry_run_rows(shown), name=_("Provläsning"), facts={_("Fil"): shown.load.file_name})
    return file_answer(write(sheet), f"provlasning-{shown.load.pk}.{ending}", content_type)


def _dry_run_rows(shown: LoadPage) -> Iterator[Sequence[Cell | int]]:
    for one in shown.found.faults:
        yield (_("fel"), one["sheet"], one["line"], one["column"], one["value"], one["rows"], one["message"])
    for part, codes in shown.found.codes.items():
        for code, told in codes.items():
            yield (_("ny kod"), "", "", PARTS[part], code, told["rows"], told["name"])
    for one in shown.found.differences:
        month = f"{one['month'] // 100}-{one['month'] % 100:02}"
        words = f"{one['rows_before']} poster {one['total_before']} kr → {one['rows']} poster {one['total']} kr"
        yield (one["state"], "", "", f"{KINDS[one['kind']]} {month}", one["unit"], one["rows"], words)
