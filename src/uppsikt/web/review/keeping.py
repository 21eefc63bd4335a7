"""Where uploaded files lie: under UPPSIKT_HOME, named by what they hold (docs/decisions/0012).

    granskade/<unit>/<SHA-256>     each unit has a folder of its own, so that what one takes away no other misses
    granskade/sidor/               pictures of pages, which can be made again

A file is written once and never changed. It is reached through its ReviewedDocument, so through the gate.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from uppsikt.core.errors import UseError, reason_of
from uppsikt.web.review.models import ReviewedDocument


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it is kept: the SHA-256 of its bytes, and how many they are."""

    digest: str
    size: int


def keep(unit: int, chunks: Iterable[bytes]) -> Kept:
    """Write a unit's file; it gets its name when it is whole."""
    digest, size = hashlib.sha256(), 0
    try:
        unfinished = _folder(str(unit)) / f"{uuid.uuid4()}.ofardig"
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
        unfinished.rename(unfinished.with_name(digest.hexdigest()))
    except OSError as error:
        raise UseError(f"Filen kunde inte tas emot: {reason_of(error)}. Säg till den som sköter systemet.") from error
    return Kept(digest.hexdigest(), size)


def path_of(document: ReviewedDocument) -> Path:
    """Give where a document's file lies; UseError when it is gone from the disk."""
    path = _folder(str(document.unit_id)) / document.digest
    if not path.is_file():
        raise UseError("Dokumentets fil finns inte kvar på servern. Ladda upp den igen: då fortsätter allt som förut.")
    return path


def picture_path(document: ReviewedDocument, page: int, width: int) -> Path:
    """Give where the picture of a page lies when it has been made."""
    return _folder("sidor") / f"{document.digest}-{page}-{width}.png"


def forget(unit: int, digest: str) -> None:
    """Take a unit's file away, and the pictures of its pages."""
    (_folder(str(unit)) / digest).unlink(missing_ok=True)
    for picture in _folder("sidor").glob(f"{digest}-*.png"):
        picture.unlink(missing_ok=True)


def _folder(name: str) -> Path:
    """Give a folder of files; readable by its owner only."""
    found: Path = settings.HOME / "granskade" / name
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found
