"""Taking a file in: it is written to disk as it comes, and lies there until it has been loaded or thrown away.

ledger/<municipality>/mottagna/<number of the load><ending>
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings

from uppsikt.core.errors import UseError, reason_of
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.models import Load, Source
from uppsikt.web.ledger.selectors.manifest import folder_of
from uppsikt.web.ledger.services.authority import require_ledger
from uppsikt.web.ledger.services.periods import lock
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.uploads import clean_name

SIE_ENDINGS = (".se", ".si", ".sie")
_ENDINGS = (*SIE_ENDINGS, ".xlsx", ".xlsm", ".csv", ".txt", ".tsv", ".skv")


@dataclass(frozen=True, slots=True)
class _Written:
    path: Path
    digest: str
    size: int


def source_named(actor: Actor, name: str, form: str = Source.Form.TABLE) -> Source:
    """Give the source with this name; a new name is a new source."""
    clean = " ".join(name.split())[:80]
    if not clean:
        raise UseError("Skriv vilken källa filen kommer från, till exempel Ekonomisystemet.")
    known = reach(actor, Source).filter(name=clean).first() or _new_source(actor, clean, form)
    if {known.form, form} == {Source.Form.TABLE, Source.Form.SIE}:
        kind = known.get_form_display()
        raise UseError(f"Källan {clean} lämnar {kind}. Ge filen en källa med ett annat namn.")
    return known


def _new_source(actor: Actor, name: str, form: str) -> Source:
    """Make a source, or give the one that somebody else made while we waited for our turn."""
    with recording(actor, f"Ny källa: {name}") as pen:
        lock(actor)
        made = reach(actor, Source).filter(name=name).first()
        return made or pen.create(Source, municipality_id=actor.municipality_id, name=name, form=form)


def receive(actor: Actor, source_name: str, file_name: str, chunks: Iterable[bytes]) -> Load:
    """Take a file in for a source, to be opened; nothing is read yet. Raises NotAllowedError and UseError."""
    require_ledger(actor)
    name = clean_name(file_name, "fil")
    form = Source.Form.SIE if name.lower().endswith(SIE_ENDINGS) else Source.Form.TABLE
    with ExitStack() as undo:
        written = _write(actor, chunks, undo)
        if not written.size:
            raise UseError(f"{name} är tom. Kontrollera filen och läs in den igen.")
        source = source_named(actor, source_name, form)
        with recording(actor, f"Filen {name} lämnades för inläsning") as pen:
            load = pen.create(
                Load, source=source, state=Load.State.LOOKING, who_id=actor.user_id, who_name=actor.name,
                file_name=name, digest=written.digest, size=written.size,
            )  # fmt: skip
            written.path.replace(file_of(actor, load))
        undo.pop_all()
    return load


def file_of(actor: Actor, load: Load) -> Path:
    """Give where a received file lies."""
    ending = PurePosixPath(load.file_name).suffix.lower()
    return _folder(actor) / f"{load.pk}{ending if ending in _ENDINGS else '.csv'}"


def forget_file(actor: Actor, load: Load) -> None:
    """Take a received file away, once it is loaded or nobody wants it."""
    file_of(actor, load).unlink(missing_ok=True)


def _write(actor: Actor, chunks: Iterable[bytes], undo: ExitStack) -> _Written:
    """Write what comes under a name that is nobody's; taken away again unless it becomes a load."""
    most, digest, size = settings.LEDGER_MOST_BYTES, hashlib.sha256(), 0
    try:
        path = _folder(actor) / f"{uuid.uuid4()}.ofardig"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        undo.callback(path.unlink, missing_ok=True)
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                if size > most:
                    raise UseError(f"Filen är större än {most // 1_000_000} MB. Dela den per år eller per kvartal.")
                file.write(chunk)
    except OSError as error:
        raise UseError(f"Filen kunde inte tas emot: {reason_of(error)}. Säg till den som sköter systemet.") from error
    return _Written(path, digest.hexdigest(), size)


def _folder(actor: Actor) -> Path:
    found = folder_of(actor) / "mottagna"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found
