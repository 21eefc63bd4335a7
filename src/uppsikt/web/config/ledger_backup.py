"""The ledger's files beside a copy of the database: a copy is worth nothing without the entries that it names.

The database is copied first. A file that it names is never changed and never taken away, so copying them afterwards
gives the same ledger, whatever is loaded meanwhile.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import defaultdict
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from uppsikt.core.economy import EntryKind
from uppsikt.core.errors import UseError, reason_of
from uppsikt.facts import Manifest, Part, Store

_NAMED = """SELECT m.slug, p.source_id, p.kind, p.month, p.load_id, p.file, p.rows, p.total, p.digest
    FROM ledger_loadedpart p JOIN ledger_source s ON s.id = p.source_id
    JOIN organisation_municipality m ON m.id = s.municipality_id"""


def files_beside(copy: Path) -> Path | None:
    """Copy every file that the copied database names to ``<copy>.ledger`` and check them; None when it names none.

    The folder is what UPPSIKT_HOME/ledger was: restoring is putting it back there. It gets its name when it is whole.
    """
    named = _manifests(copy)
    if not named:
        return None
    folder, unfinished = copy.with_name(copy.name + ".ledger"), copy.with_name(copy.name + ".ledger.ofardig")
    if folder.exists():
        raise UseError(f"Mappen {folder} finns redan. Välj ett annat namn, så skrivs ingen kopia över.")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        for slug, manifest in named.items():
            _copy(Path(settings.HOME) / "ledger" / slug, unfinished / slug, manifest)
    except OSError as error:
        raise UseError(f"Redovisningens filer kunde inte kopieras till {folder}: {reason_of(error)}.") from error
    return unfinished.rename(folder)


def _copy(source: Path, to: Path, manifest: Manifest) -> None:
    for part in manifest.parts:
        for file in part.files:
            (to / file).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copy2(source / file, to / file)
    broken = Store(to).faulty(manifest)
    if broken:
        raise UseError(
            f"{len(broken)} av redovisningens filer är inte som de var när de lästes in, den första är "
            f"{broken[0].file}. Kontrollera disken. Databasens kopia är hel."
        )


def _manifests(copy: Path) -> dict[str, Manifest]:
    """Give what each municipality's ledger consists of, by the copied database itself; old loads count too."""
    parts: dict[str, list[Part]] = defaultdict(list)
    with closing(sqlite3.connect(copy)) as database:
        for slug, source, kind, month, load, file, rows, total, digest in database.execute(_NAMED):
            exact = Decimal(str(total))
            parts[slug].append(Part(str(source), EntryKind(kind), month, str(load), file, rows, exact, digest))
    return {slug: Manifest(tuple(own)) for slug, own in parts.items()}
