"""Opens a PDF, or says in one Swedish line why it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
from pypdfium2 import raw

from uppsikt.documents.model import DocumentError, Limits, PageSize

_SMALLEST, _LARGEST = 20.0, 14_400.0  # points; the largest is what ISO 32000-1 (Annex C.2) lets a page be


@contextmanager
def opened(data: bytes, name: str, limits: Limits) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF and close it afterwards; DocumentError where it is locked, broken, empty or too long."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise DocumentError(_why(name, error.err_code, data)) from None
    try:
        if len(document) > limits.pages:
            raise DocumentError(
                f"{name} har {len(document)} sidor, och högst {limits.pages} läses. Dela upp filen och läs delarna."
            )
        yield document
    finally:
        document.close()


def _why(name: str, code: int | None, data: bytes) -> str:
    if code == raw.FPDF_ERR_PASSWORD:
        return f"{name} är låst med lösenord. Öppna den, spara en kopia utan lösenord och försök igen."
    if code == raw.FPDF_ERR_SECURITY:
        return f"{name} är krypterad på ett sätt som inte går att läsa. Spara en kopia utan skydd och försök igen."
    if code == raw.FPDF_ERR_SUCCESS:
        return f"{name} har inga sidor. Skapa PDF-filen på nytt."
    if b"%%EOF" not in data[-2048:]:
        return f"{name} är avbruten: slutet av filen saknas. Hämta eller spara den på nytt."
    return f"{name} är trasig och går inte att läsa. Hämta den på nytt eller spara om den som PDF."


def size_of(width: float, height: float) -> PageSize | None:
    """Give the size of a page as it is shown; None where no paper could have it."""
    sound = all(_SMALLEST <= side <= _LARGEST for side in (width, height))  # false for a side that is no number, too
    return PageSize(width, height) if sound else None
