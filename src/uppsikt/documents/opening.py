"""Opens a file with the reader that its first bytes ask for, within limits."""

from __future__ import annotations

from collections.abc import Callable

from uppsikt.documents.model import Content, DocumentError, Limits

Progress = Callable[[int, int], None]  # pages read, pages in all
_ZIP, _PDF = b"PK\x03\x04", b"%PDF-"
_OLE = b"\xd0\xcf\x11\xe0"  # the container of old Word files and of encrypted new ones


def quiet(_done: int, _total: int) -> None:
    """Tell nobody how far the reading has come."""


def open_content(data: bytes, name: str, limits: Limits | None = None, progress: Progress = quiet) -> Content:
    """Read a file's blocks; DocumentError says in one Swedish line why it cannot be read.

    The kind is told by the content; the name decides only between HTML and plain text. Readers are
    imported when they are needed, because each of them stands on a library of its own.
    """
    limits = limits or Limits()
    if not data.strip(b"\x00 \t\r\n"):
        raise DocumentError(f"{name} är tom.")
    if len(data) > limits.size:
        most = limits.size // 1_000_000
        raise DocumentError(f"{name} är större än {most} MB och läses inte. Dela upp den, eller ta bort bilderna.")
    if _PDF in data[:1024]:
        from uppsikt.documents.pdf import read_pdf

        return read_pdf(data, name, limits, progress)
    if data.startswith(_ZIP):
        from uppsikt.documents.docx import read_docx

        return read_docx(data, name, limits, progress)
    if data.startswith(_OLE):
        raise DocumentError(f"{name} är krypterad eller i ett gammalt Word-format. Spara den som .docx eller PDF.")
    if _is_html(data, name):
        from uppsikt.documents.html import read_html

        return read_html(data, name, limits, progress)
    from uppsikt.documents.text import read_text

    return read_text(data, name, limits, progress)


def _is_html(data: bytes, name: str) -> bool:
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    named = name.lower().endswith((".html", ".htm", ".xhtml"))
    marked = start.startswith((b"<!doctype html", b"<html"))
    return named or marked or (start.startswith(b"<?xml") and b"<html" in start)
