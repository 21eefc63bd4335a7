"""Files that people send: how large they may be together, and what they are called."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from uppsikt.core.errors import UseError

MOST_NAME = 150  # characters; a document's name has room for 200
_UNWANTED = re.compile(r'[\s\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')


LEDGER = "/redovisning/ta-emot/"  # where files of entries are received, which may be larger


class BoundedUpload(FileUploadHandler):
    """Stops storing when a request's files are together larger than REVIEW_MOST_BYTES, or LEDGER_MOST_BYTES.

    The rest is read past, so that the browser is answered with words and not with a broken connection.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._size = 0
        is_ledger = request is not None and request.path_info.endswith(LEDGER)
        self._most = settings.LEDGER_MOST_BYTES if is_ledger else settings.REVIEW_MOST_BYTES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count, and hand the chunk on."""
        self._size += len(raw_data)
        if self._size > self._most:
            if self.request is not None:
                self.request.META["uppsikt.too_large"] = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:  # the next handler makes the file
        """Leave the file to the handlers that follow."""
        return None


def is_too_large(request: HttpRequest) -> bool:
    """Say whether files of the request were left out because of their size."""
    return bool(request.META.get("uppsikt.too_large"))


def refuse_too_large(request: HttpRequest, most: int) -> None:
    """Stop when files of the request were left out because of their size; ``most`` bytes are what this form takes."""
    if is_too_large(request):
        raise UseError(f"Filen är större än {most // 1_000_000} MB och tas inte emot. Dela den, och skicka en i taget.")


def clean_name(name: str, otherwise: str = "dokument") -> str:
    """Give a file name that is safe to show, to store and to hand back: no folders, no controls, not too long.

    >>> clean_name("..\\\\hemligt/Årsredovisning 2024.pdf")
    'Årsredovisning 2024.pdf'
    >>> clean_name("\\u202efdp.exe") , clean_name("  ")
    ('fdp.exe', 'dokument')
    """
    last = PureWindowsPath(PurePosixPath(name.strip()).name).name
    clean = _UNWANTED.sub(" ", unicodedata.normalize("NFC", last)).strip(" .")
    if not clean:
        return otherwise
    if len(clean) <= MOST_NAME:
        return clean
    ending = PurePosixPath(clean).suffix[:10]
    return clean[: MOST_NAME - len(ending) - 1].rstrip() + "…" + ending
