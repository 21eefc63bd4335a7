"""What a review can be taken home as: the document itself, the PDF with its marks, Excel, Word, JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_noop

from uppsikt.core.errors import UseError
from uppsikt.documents.model import DocumentError
from uppsikt.review.record import Record
from uppsikt.review.running import annotated_guarded
from uppsikt.web.review import keeping
from uppsikt.web.review.models import ReviewedDocument

OFFICE = "application/vnd.openxmlformats-officedocument."
PLAIN = "application/octet-stream"


class Format(NamedTuple):
    """A file made from a record: its name to a reader, its ending, its type, and what makes it."""

    label: str
    ending: str
    content_type: str
    make: Callable[[ReviewedDocument, Record], bytes]


def _annotated(document: ReviewedDocument, record: Record) -> bytes:
    try:
        return annotated_guarded(keeping.path_of(document), record)
    except DocumentError as error:
        raise UseError(str(error)) from error


def _xlsx(_document: ReviewedDocument, record: Record) -> bytes:
    from uppsikt.review.showing.files import findings_xlsx

    return findings_xlsx(record)


def _docx(_document: ReviewedDocument, record: Record) -> bytes:
    from uppsikt.review.showing.files import findings_docx

    return findings_docx(record)


def _json(_document: ReviewedDocument, record: Record) -> bytes:
    from uppsikt.review.showing.data import json_of

    return "".join(json_of([record])).encode()


# The rooms of the formats are imported when first asked for: they carry libraries that most pages never need.
FORMATS = {
    "pdf": Format(gettext_noop("PDF med markeringar"), "-granskad.pdf", "application/pdf", _annotated),
    "xlsx": Format("Excel", "-granskning.xlsx", f"{OFFICE}spreadsheetml.sheet", _xlsx),
    "docx": Format("Word", "-granskning.docx", f"{OFFICE}wordprocessingml.document", _docx),
    "json": Format("JSON", "-granskning.json", "application/json", _json),
}


def formats_of(record: Record) -> list[tuple[str, str]]:
    """Give the files that can be made of a review; a marked PDF only of a PDF."""
    return [(key, one.label) for key, one in FORMATS.items() if key != "pdf" or record["document"]["kind"] == "pdf"]


def original(document: ReviewedDocument) -> HttpResponse:
    """Give the document back as it came. Always as a file to save: a stranger's page must never run as ours."""
    return _attached(keeping.path_of(document).read_bytes(), PLAIN, document.name)


def made(document: ReviewedDocument, record: Record, kind: str) -> HttpResponse:
    """Give a file made of the review, or a Swedish 404."""
    if kind not in dict(formats_of(record)):
        raise Http404(f"Granskningen finns inte som {kind}.")
    chosen = FORMATS[kind]
    name = PurePosixPath(document.name).stem + chosen.ending
    return _attached(chosen.make(document, record), chosen.content_type, name)


def _attached(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003  # Django's own order of arguments
    response["X-Content-Type-Options"] = "nosniff"
    return response
