"""The pen: the only way in which anything is written, so that nothing is written without history.

    with recording(actor, why="Rättat efter avstämning") as pen:
        pen.update(value, raw="1,5", number=Decimal("1.5"))

One action is one transaction: all of it is kept or nothing. Two people who edit the same thing are
kept apart by ``seen``: the number of the last change that the editor had seen.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import models, transaction

from uppsikt.core.errors import UppsiktError, UseError
from uppsikt.web.history.models import Change, Revision
from uppsikt.web.history.selectors import last_change
from uppsikt.web.history.sending import once_sent
from uppsikt.web.organisation.gate import Actor

M = TypeVar("M", bound=models.Model)
BATCH = 500  # rows a statement: SQLite allows 32 766 parameters, our widest row has about 20
LONGEST_WHY = Change._meta.get_field("why").max_length or 0


class EditConflictError(UppsiktError):
    """Somebody else changed the object after the editor had read it; ``change`` is what they did."""

    def __init__(self, change: Change) -> None:
        super().__init__(
            f"{change.who_name} hann före dig och ändrade samma uppgift. Din ändring är inte sparad: "
            "jämför och spara igen."
        )
        self.change = change


class Pen:
    """Writes objects and their history; made by ``recording``."""

    def __init__(self, actor: Actor, why: str) -> None:
        self._actor = actor
        self._why = why
        self._action_id = uuid.uuid4()

    def create(self, model: type[M], /, **fields: Any) -> M:
        """Create one object, validated."""
        made = model(**fields)
        _refuse_unstorable(fields)
        made.full_clean()
        made.save(force_insert=True)
        self._note(Change.Verb.CREATED, made, None, _fields(made))
        return made

    def create_many(self, model: type[M], objects: Iterable[M]) -> list[M]:
        """Create many objects in few statements; the caller has validated them."""
        objects = list(objects)
        _refuse_unstorable([_fields(one) for one in objects])
        made = model._default_manager.bulk_create(objects, batch_size=BATCH)
        changes = [self._change(Change.Verb.CREATED, one, None, _fields(one)) for one in made]
        Change._default_manager.bulk_create(changes, batch_size=BATCH)
        return made

    def update(self, target: models.Model, /, *, seen: int | None = None, **fields: Any) -> None:
        """Change fields of an object; nothing is written when nothing differs.

        ``seen`` is the number of the last change that the editor had seen (0: none); when another
        has come since, EditConflictError is raised and nothing is written.
        """
        self._refuse_if_changed(target, seen)
        old = _fields(target)
        for name, value in fields.items():
            setattr(target, name, value)
        _refuse_unstorable(fields)
        target.full_clean()
        new = _fields(target)
        differing = [name for name in new if new[name] != old[name]]
        if differing:
            if seen is None:
                _refuse_if_gone(target)
            target.save()
            before, after = ({name: side[name] for name in differing} for side in (old, new))
            self._note(Change.Verb.UPDATED, target, before, after)

    def delete(self, target: models.Model) -> None:
        """Delete an object; the journal keeps the whole of it. UseError when somebody else has done so."""
        _refuse_if_gone(target)
        before = _fields(target)
        self._note(Change.Verb.DELETED, target, before, None)
        target.delete()

    def _refuse_if_changed(self, target: models.Model, seen: int | None) -> None:
        if seen is None:
            return
        _refuse_if_gone(target)
        latest = last_change(self._actor, target)
        if latest is not None and latest.pk != seen:
            raise EditConflictError(latest)

    def _note(self, verb: Change.Verb, target: models.Model, before: Any, after: Any) -> None:
        self._change(verb, target, before, after).save(force_insert=True)

    def _change(self, verb: Change.Verb, target: models.Model, before: Any, after: Any) -> Change:
        return Change(
            municipality_id=self._actor.municipality_id,
            who_id=self._actor.user_id,
            who_name=self._actor.name,
            why=self._why,
            action_id=self._action_id,
            verb=verb,
            model=target._meta.label_lower,
            object_id=target.pk,
            object_text=str(target)[:300],
            before=before,
            after=after,
        )


def _fields(target: models.Model) -> dict[str, Any]:
    return {field.attname: field.value_from_object(target) for field in target._meta.concrete_fields}


def _refuse_if_gone(target: models.Model) -> None:
    """Stop when somebody has deleted the object since it was read: saving it would bring it back.

    On PostgreSQL its row is held until the transaction ends, so that of two who change or delete it the second sees
    what the first did; on SQLite a transaction that writes is alone already.
    """
    if not type(target)._default_manager.select_for_update(no_key=True).filter(pk=target.pk).values_list("pk"):
        raise UseError(f"{target} finns inte längre: någon har tagit bort uppgiften. Ladda om sidan.")


def _refuse_unstorable(told: Any) -> None:
    """Stop what PostgreSQL's texts cannot hold, also inside what is stored as JSON and where the database could."""
    if isinstance(told, Mapping):
        told = [*told, *told.values()]
    if isinstance(told, list | tuple):
        for one in told:
            _refuse_unstorable(one)
    elif isinstance(told, str) and "\x00" in told:
        raise UseError("Texten innehåller ett tecken som inte går att spara. Ta bort det och försök igen.")


@contextmanager
def recording(actor: Actor, why: str) -> Iterator[Pen]:
    """Open a transaction in which everything is written with who and why; a form that is sent twice is done once."""
    _refuse_unstorable(why)
    if len(why) > LONGEST_WHY:
        raise UseError(f"Skälet är {len(why)} tecken långt. Skriv det med högst {LONGEST_WHY}.")
    with transaction.atomic(), once_sent(actor.municipality_id):
        yield Pen(actor, why)
        # Last in the transaction: the row is locked until the commit, so that names come in order.
        Revision._default_manager.update_or_create(
            municipality_id=actor.municipality_id, defaults={"name": uuid.uuid4()}
        )
