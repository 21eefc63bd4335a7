"""Loading what has been read: all of it or nothing; bringing an old load back; undoing one; throwing one away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.utils import timezone

from uppsikt.core.economy import Entry, Known
from uppsikt.core.errors import UseError
from uppsikt.facts import Manifest, Part, Staged
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.models import Load, Source
from uppsikt.web.ledger.selectors.codes import registered_codes
from uppsikt.web.ledger.selectors.manifest import store_of
from uppsikt.web.ledger.services import naming
from uppsikt.web.ledger.services.authority import require_ledger
from uppsikt.web.ledger.services.naming import MovedError
from uppsikt.web.ledger.services.periods import lock
from uppsikt.web.ledger.services.receiving import forget_file, source_named
from uppsikt.web.ledger.services.telling import DryRun
from uppsikt.web.organisation.gate import Actor, reach

State = Load.State
FORGOTTEN_AFTER = timedelta(days=2)  # files that no load names are nobody's by then


def ask_keep(actor: Actor, load: Load, why: str) -> None:
    """Ask for what was read to be loaded. Raises NotAllowedError, and UseError when something stands in the way."""
    require_ledger(actor)
    reason = reason_of(why)
    refuse_unready(actor, load)
    naming.refuse_closed_staged(actor, load, store_of(actor).staged(load.staged))
    with recording(actor, reason) as pen:
        pen.update(
            load, state=State.KEEPING, why=reason, who_id=actor.user_id, who_name=actor.name, claim=None, attempts=0,
            error="",
        )  # fmt: skip


def refuse_unready(actor: Actor, load: Load) -> None:
    """Stop unless the load has been read without faults and every code of it is registered."""
    if load.state not in (State.STAGED, State.KEEPING):
        raise UseError(f"{load.file_name} är inte provläst, eller så är den redan inläst. Ladda om sidan.")
    found = DryRun.of(load.summary)
    if found.unreadable:
        raise UseError(
            f"{found.unreadable} rader i {load.file_name} går inte att läsa. Rätta filen och läs in den igen."
        )
    if not found.rows:
        raise UseError(f"{load.file_name} har inga poster att läsa in.")
    unknown = sum(map(len, found.unknown(registered_codes(actor)).values()))
    if unknown:
        raise UseError(f"{unknown} koder i {load.file_name} finns inte i registret. Registrera dem först.")


def keeping(actor: Actor, load: Load) -> Callable[[], tuple[Part, ...]]:
    """Give what puts the files of a load in their place, where nobody sees them; it asks the database nothing."""
    refuse_unready(actor, load)
    if naming.base_of(actor, load.source) != load.base:
        raise MovedError
    store = store_of(actor)
    try:
        staged = store.staged(load.staged)
    except UseError as error:  # whoever began to put the files in place was stopped before they were named
        raise MovedError("Det som var provläst finns inte kvar.") from error
    naming.refuse_closed_staged(actor, load, staged)
    source, number = str(load.source_id), str(load.pk)
    return lambda: store.keep(staged, source, number)


def finish_keeping(actor: Actor, load: Load, parts: tuple[Part, ...]) -> None:
    """Name the files in the manifest: one transaction, after which they count. The actor is who the history names.

    Raises MovedError when something else came from the source since the dry run, ClosedError for a closed month,
    NotWholeError when what was stored is not what the file held. In each case nothing is changed.
    """
    store = store_of(actor)
    with recording(actor, load.why) as pen:
        lock(actor)
        if latest(actor, load).state != State.KEEPING:
            raise UseError("Inläsningen är redan gjord, eller så har någon avbrutit den.")
        if naming.base_of(actor, load.source) != load.base:
            raise MovedError
        naming.prove(store, Manifest(parts), load)
        naming.name_parts(actor, pen, load, parts)
        naming.mark_kept(pen, load, timezone.now())
    forget_file(actor, load)
    store.sweep([naming.manifest_of_all(actor)], FORGOTTEN_AFTER)


def load_entries(actor: Actor, source_name: str, entries: Iterable[Entry], why: str) -> Load:
    """Load entries that the program has made (an adopted budget, the demonstration), in the same way as a file.

    They take the place of the months that they hold, of the same kind and source. The caller has asked whether
    the actor may. Nothing is changed when anything is wrong: UseError says what. Codes are not asked for in the
    register: whoever makes entries registers what it makes.
    """
    reason = reason_of(why)
    store = store_of(actor)
    staged = store.stage_entries(entries, Known())
    if staged.faults or not staged.rows:
        store.discard(staged)
        first = f" Det första: {staged.faults[0].message}" if staged.faults else ""
        raise UseError(f"Posterna från {source_name} går inte att läsa in: {len(staged.faults)} fel.{first}")
    with recording(actor, reason) as pen:
        lock(actor)
        source = source_named(actor, source_name, Source.Form.PROGRAM)
        load = pen.create(
            Load, source=source, state=State.KEEPING, who_id=actor.user_id, who_name=actor.name, why=reason,
            rows=staged.rows, total=staged.total, base=naming.base_of(actor, source),
        )  # fmt: skip
        parts = store.keep(staged, str(source.pk), str(load.pk))
        naming.prove(store, Manifest(parts), load)
        naming.name_parts(actor, pen, load, parts)
        naming.mark_kept(pen, load, timezone.now())
    return load


def restore(actor: Actor, load: Load, why: str) -> None:
    """Bring an old load back: its months hold again what it brought. Raises ClosedError for a closed month."""
    require_ledger(actor)
    with recording(actor, reason_of(why)) as pen:
        lock(actor)
        naming.restore_parts(actor, pen, load)


def withdraw(actor: Actor, load: Load, why: str) -> None:
    """Undo a load: its months hold again what they held before it, or nothing. Raises ClosedError."""
    require_ledger(actor)
    with recording(actor, reason_of(why)) as pen:
        lock(actor)
        naming.withdraw_parts(actor, pen, load)


def discard(actor: Actor, load: Load) -> None:
    """Throw away what was received or read and never loaded."""
    require_ledger(actor)
    if load.state in (State.KEPT, State.REPLACED, State.KEEPING):
        raise UseError("Inläsningen är redan gjord. Ångra den i stället, eller ta tillbaka en äldre.")
    staged = load.staged
    with recording(actor, f"Kastad utan att läsas in: {load.file_name}") as pen:
        pen.update(load, state=State.DISCARDED, staged="", claim=None)
    forget_file(actor, load)
    if staged:
        store_of(actor).discard(Staged(staged, 0, naming.ZERO, 0, (), ()))


def latest(actor: Actor, load: Load) -> Load:
    """Give the load as it stands now."""
    return reach(actor, Load).select_related("source").get(pk=load.pk)


def reason_of(why: str) -> str:
    """Give the reason; UseError without one."""
    reason = why.strip()[:500]
    if not reason:
        raise UseError("Skriv varför: det sparas i historiken och visas för dem som undrar.")
    return reason
