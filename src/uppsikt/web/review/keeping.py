"""Where uploaded files lie: under UPPSIKT_HOME, named by what they hold (docs/decisions/0012).

    granskade/<unit>/<SHA-256>     each unit has a folder of its own, so that what one takes away no other misses
    granskade/sidor/               pictures of pages, which can be made again

A file is written once and never changed. It is reached through its ReviewedDocument, so through the gate.
"""

from __future__ import annotations

import hashlib
import os
import time
import uuid
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from uppsikt.core.errors import UseError, reason_of
from uppsikt.web.review.models import ReviewedDocument

_UNFINISHED, _A_DAY = ".ofardig", 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was received: the SHA-256 of its bytes, how many they are, and where it lies until it is settled."""

    digest: str
    size: int
    unfinished: Path


def keep(unit: int, chunks: Iterable[bytes]) -> Kept:
    """Write what a unit is sent, under a name that is nobody's; ``settle`` gives it its own."""
    digest, size = hashlib.sha256(), 0
    try:
        unfinished = _folder(str(unit)) / f"{uuid.uuid4()}{_UNFINISHED}"
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with ExitStack() as undo:
            undo.callback(unfinished.unlink, missing_ok=True)
            with os.fdopen(handle, "wb") as file:
                for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            undo.pop_all()  # it is whole
    except OSError as error:
        raise UseError(f"Filen kunde inte tas emot: {reason_of(error)}. Säg till den som sköter systemet.") from error
    return Kept(digest.hexdigest(), size, unfinished)


def settle(kept: Kept) -> None:
    """Give a received file its name. In the transaction that writes its row, so that nobody takes it away between."""
    kept.unfinished.replace(kept.unfinished.with_name(kept.digest))


def discard(kept: Kept) -> None:
    """Take a received file away unless it has been settled."""
    kept.unfinished.unlink(missing_ok=True)


def tidy(unit: int, named: Collection[str]) -> None:
    """Take away the files of a unit that no document names, with the pictures of their pages.

    They are left by a removal, and by a server that stopped in the middle of one or of an upload. Asked
    for while the unit is locked: then whatever has a settled name and no row is nobody's.
    """
    for path in _folder(str(unit)).iterdir():
        if path.name in named or (path.suffix == _UNFINISHED and time.time() - path.stat().st_mtime < _A_DAY):
            continue
        path.unlink(missing_ok=True)
        for picture in _folder("sidor").glob(f"{path.name}-*.png"):
            picture.unlink(missing_ok=True)


def path_of(document: ReviewedDocument) -> Path:
    """Give where a document's file lies; UseError when it is gone from the disk."""
    path = _folder(str(document.unit_id)) / document.digest
    if not path.is_file():
        raise UseError("Dokumentets fil finns inte kvar på servern. Ladda upp den igen: då fortsätter allt som förut.")
    return path


def picture_path(document: ReviewedDocument, page: int, width: int) -> Path:
    """Give where the picture of a page lies when it has been made."""
    return _folder("sidor") / f"{document.digest}-{page}-{width}.png"


def _folder(name: str) -> Path:
    """Give a folder of files; readable by its owner only."""
    found: Path = settings.HOME / "granskade" / name
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found
