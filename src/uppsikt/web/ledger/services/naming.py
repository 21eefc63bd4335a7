"""The step that makes a load visible: one transaction that names its files in the manifest, or nothing.

Before it the files lie complete on disk and count for nobody; after it they are the ledger. Who is killed in
between leaves the old state.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from uppsikt.core.economy import EntryKind
from uppsikt.core.errors import UseError
from uppsikt.facts import Ledger, Manifest, Part, Staged, Store, Where
from uppsikt.web.history.services import Pen
from uppsikt.web.ledger.models import Load, LoadedPart, Source
from uppsikt.web.ledger.selectors.manifest import current_parts, manifest_from, part_of
from uppsikt.web.ledger.services.periods import ClosedError, closed_months, refusal
from uppsikt.web.organisation.gate import Actor, reach

ZERO = Decimal(0)


class MovedError(UseError):
    """What the dry run was compared with is no longer what is visible: the difference must be shown anew."""

    def __init__(self, what: str = "Något annat lästes in från samma källa efter provläsningen.") -> None:
        super().__init__(f"{what} Ingenting är inläst: provläsningen görs om mot det som gäller nu.")


class NotWholeError(UseError):
    """What was stored is not what the file held: nothing of it may count."""


def base_of(actor: Actor, source: Source) -> str:
    """Give the name of what is visible from a source: a dry run holds as long as it is the same."""
    return manifest_from(current_parts(actor).filter(source=source)).name


def prove(store: Store, kept: Manifest, load: Load) -> None:
    """Read the stored files back, every entry and every byte, and stop unless they hold what the file held."""
    # By object, because no roll-up knows objects: so it is the entries themselves that are counted.
    held = Ledger(store.folder, kept).sums(("object",), Where(frozenset(EntryKind), 0, 999912))
    rows, total = sum(one.rows for one in held), sum((one.amount for one in held), ZERO)
    if (rows, total) != (load.rows, load.total) or store.faulty(kept):
        raise NotWholeError(
            f"Kontrollsumman stämmer inte: filen har {load.rows} poster och {load.total} kr, det som lagrades har "
            f"{rows} poster och {total} kr. Ingenting är inläst. Säg till den som sköter systemet."
        )


def name_parts(actor: Actor, pen: Pen, load: Load, parts: Iterable[Part]) -> list[LoadedPart]:
    """Name the files of a load in the manifest, in the place of what stood there. The ledger is locked.

    A closed month whose file is the same to the letter is left as it is; one that would change raises ClosedError.
    """
    standing = {part_of(one).place: one for one in current_parts(actor).filter(source=load.source).select_related()}
    closed = closed_months(actor)
    wanted = list(parts)
    shut = [one for one in wanted if one.kind is EntryKind.OUTCOME and one.month in closed]
    changed = [one for one in shut if one.place not in standing or standing[one.place].digest != one.digest]
    if changed:
        raise ClosedError(refusal(closed[one.month] for one in sorted(changed, key=lambda one: one.month)))
    named = [one for one in wanted if one not in shut]
    _replace(actor, pen, [standing[one.place] for one in named if one.place in standing])
    return pen.create_many(LoadedPart, [_row(load, one) for one in named])


def refuse_closed_staged(actor: Actor, load: Load, staged: Staged) -> None:
    """Stop when what was read would change a closed month; one that is the same to the letter does not."""
    standing = {(one.kind, one.month): one.digest for one in current_parts(actor).filter(source=load.source)}
    closed = closed_months(actor)
    changed = {
        one.month for one in staged.parts
        if one.kind is EntryKind.OUTCOME and standing.get((one.kind, one.month)) != one.digest
    }  # fmt: skip
    words = refusal(closed[month] for month in sorted(changed & closed.keys()))
    if words:
        raise ClosedError(words)


def restore_parts(actor: Actor, pen: Pen, load: Load) -> None:
    """Name the files of an old load again. The ledger is locked; a closed month raises ClosedError."""
    own = list(reach(actor, LoadedPart).filter(load=load, is_current=False).select_related("source"))
    if not own:
        raise UseError("Allt i den här inläsningen gäller redan.")
    refuse_closed(actor, own)
    standing = {part_of(one).place: one for one in current_parts(actor).filter(source=load.source).select_related()}
    _replace(actor, pen, [standing[place] for place in map(_place, own) if place in standing])
    for one in own:
        pen.update(one, is_current=True)


def withdraw_parts(actor: Actor, pen: Pen, load: Load) -> list[LoadedPart]:
    """Let what a load replaced count again, month by month; give what counts no more. The ledger is locked."""
    own = list(reach(actor, LoadedPart).filter(load=load, is_current=True).select_related("source"))
    if not own:
        raise UseError("Ingenting i den här inläsningen gäller längre, så det finns inget att ångra.")
    refuse_closed(actor, own)
    _replace(actor, pen, own)
    before = reach(actor, LoadedPart).filter(source=load.source, load__lt=load.pk).order_by("-load").select_related()
    places = set(map(_place, own))
    for one in before:
        if _place(one) in places:
            places.discard(_place(one))
            pen.update(one, is_current=True)
            _mark(actor, pen, {one.load_id})
    return own


def refuse_closed(actor: Actor, parts: Iterable[LoadedPart]) -> None:
    """Stop when any of the months is closed for outcome."""
    months = {one.month for one in parts if one.kind == EntryKind.OUTCOME}
    closed = closed_months(actor)
    words = refusal(closed[month] for month in sorted(months & closed.keys()))
    if words:
        raise ClosedError(words)


def _replace(actor: Actor, pen: Pen, parts: list[LoadedPart]) -> None:
    """Let rows of the manifest stand aside; a load of which nothing counts any more is replaced."""
    for one in parts:
        pen.update(one, is_current=False)
    _mark(actor, pen, {one.load_id for one in parts})


def _mark(actor: Actor, pen: Pen, loads: set[int]) -> None:
    counting = set(current_parts(actor).filter(load__in=loads).values_list("load_id", flat=True))
    for load in reach(actor, Load).filter(pk__in=loads, state__in=(Load.State.KEPT, Load.State.REPLACED)):
        pen.update(load, state=Load.State.KEPT if load.pk in counting else Load.State.REPLACED)


def mark_kept(pen: Pen, load: Load, now: datetime) -> None:
    """Say that a load is in the ledger, and since when."""
    pen.update(load, state=Load.State.KEPT, kept_at=now, claim=None, staged="", error="")


def manifest_of_all(actor: Actor) -> Manifest:
    """Give every file that any load has named: what must never be swept away."""
    return manifest_from(reach(actor, LoadedPart).all())


def _place(stored: LoadedPart) -> tuple[str, EntryKind, int]:
    return part_of(stored).place


def _row(load: Load, part: Part) -> LoadedPart:
    return LoadedPart(
        source=load.source, kind=part.kind, month=part.month, load=load, file=part.file, rows=part.rows,
        total=part.total, digest=part.digest,
    )  # fmt: skip
