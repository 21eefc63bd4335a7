"""The journal in Swedish words: who, when, what before, what after, why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from uppsikt.core.quantities import Quantity, format_quantity
from uppsikt.web.history.models import Change
from uppsikt.web.history.selectors import changes_of
from uppsikt.web.organisation.gate import Actor, reach

# Fields that say how a figure was read rather than what it is; a reader is told the figure itself.
# The content of a decided report and the record of a review have pages of their own.
INNER = frozenset({"id", "decimals", "order", "digest", "slug", "key", "content"})
INNER |= {"record", "record_digest", "claim", "beat", "attempts", "series", "identity", "place", "look"}
# Things that no page shows: who has which role is nothing for a reader who has not signed in, and a row of payroll
# may be one person.
UNTOLD = frozenset(
    {"organisation.membership", "history.change", "history.revision", "history.sent", "demo.dataload"}
    | {"staff.stafffigure"}
)
# Words for fields that many models have and that say no more than their name.
_USUAL = {
    "age_group": "åldersgrupp",
    "base": "byggde på",
    "began": "började",
    "column": "kolumn",
    "counterpart": "motpart",
    "employees": "anställda",
    "file": "fil",
    "first_year": "första år",
    "full_time_equivalents": "årsarbetare",
    "giver": "ger",
    "group": "grupp",
    "kind": "slag",
    "label": "benämning",
    "last_year": "sista år",
    "layout": "kolumner",
    "left": "slutade",
    "level": "nivå",
    "long_sick_hours": "timmar av lång sjukfrånvaro",
    "measure": "mått",
    "month": "månad",
    "name": "namn",
    "number": "nummer",
    "parent": "hör under",
    "period": "period",
    "population": "avser",
    "predecessor": "föregångare",
    "printed_column": "kolumn i källan",
    "printed_row": "rad i källan",
    "receiver": "mottagare",
    "report_back": "återrapporterat i",
    "role": "roll",
    "rows_done": "lästa rader",
    "scheduled_hours": "ordinarie arbetstid, timmar",
    "sex": "kön",
    "sick_hours": "sjuktimmar",
    "source_table": "tabell i källan",
    "staged": "provläsning",
    "state": "läge",
    "successor": "efterföljare",
    "summary": "sammanfattning",
    "text": "text",
    "topic": "ämne",
    "version": "version",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One field before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One change, told."""

    change: Change
    steps: tuple[Step, ...]


def model_named(label: str) -> type[models.Model]:
    """Give the model with a label such as "steering.assessment", if it is one of ours with a history."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        model = None
    if model is None or not hasattr(model, "SCOPE") or model._meta.label_lower in UNTOLD:
        raise Http404(_("Det finns ingen historik för ”{name}”.").format(name=label))
    return model


def told_changes(actor: Actor, target: models.Model) -> list[Told]:
    """Give the history of an object in words, the newest first; names of related things are asked for once a field."""
    changes = list(changes_of(actor, target).select_related("who"))
    names = _related_names(actor, type(target), changes)
    return [Told(change, tuple(_steps(type(target), change, names))) for change in changes]


def _steps(model: type[models.Model], change: Change, names: dict[str, dict[Any, str]]) -> Iterator[Step]:
    before, after = change.before or {}, change.after or {}
    for name in dict.fromkeys((*before, *after)):
        if name in INNER:
            continue
        field = _field(model, name)
        if field is None:
            continue
        texts = (_text(field, side.get(name), names.get(name, {})) for side in (before, after))
        step = Step(_label(field), *texts)
        if step.before != step.after:
            yield step


def _label(field: models.Field[Any, Any]) -> str:
    """Give the field's own Swedish words, or those of what it points at, or the usual word for such a field."""
    words = str(field.verbose_name)
    if words == field.name.replace("_", " "):
        other = field.related_model if isinstance(field, models.ForeignKey) else None
        words = _USUAL.get(field.name) or (str(other._meta.verbose_name) if other is not None else words)
    return words[:1].upper() + words[1:]


def _field(model: type[models.Model], attname: str) -> models.Field[Any, Any] | None:
    """Find a field by the name that the journal keeps (goal_id); one that no longer exists is passed over."""
    try:
        found = model._meta.get_field(attname.removesuffix("_id"))
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, models.Field) else None


def _text(field: models.Field[Any, Any], value: Any, names: dict[Any, str]) -> str:
    """Write a value as the journal keeps it (JSON) for a reader."""
    if value in (None, ""):
        return ""
    if isinstance(field, models.ForeignKey):
        return names.get(value, f"#{value}")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    write = next((write for kind, write in _WRITERS if isinstance(field, kind)), str)
    return write(value)


# The first that fits: a moment is also a day.
_WRITERS: tuple[tuple[type[models.Field[Any, Any]], Callable[[Any], str]], ...] = (
    (models.BooleanField, lambda value: _("ja") if value else _("nej")),
    (models.DecimalField, lambda value: format_quantity(Quantity(Decimal(str(value))))),
    (models.DateTimeField, lambda value: date_format(datetime.fromisoformat(str(value)), "j F Y H:i")),
    (models.DateField, lambda value: date_format(date.fromisoformat(str(value)), "j F Y")),
)


def _related_names(actor: Actor, model: type[models.Model], changes: list[Change]) -> dict[str, dict[Any, str]]:
    sides = [side for change in changes for side in (change.before, change.after) if side]
    found: dict[str, dict[Any, str]] = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and hasattr(field.related_model, "SCOPE"):
            keys = {side.get(field.attname) for side in sides} - {None}
            related = reach(actor, field.related_model).filter(pk__in=keys)
            found[field.attname] = {one.pk: str(one) for one in related} if keys else {}
    return found
