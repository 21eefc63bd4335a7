"""What has happened to the units between two dates, in words: a comparison must say when the organisation differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Succession

Kind = Succession.Kind


def successions_between(actor: Actor, units: Collection[int], since: date, until: date) -> tuple[Succession, ...]:
    """Give the successions of the units after one day and up to another. One query."""
    about = Q(predecessor__in=units) | Q(successor__in=units)
    found = reach(actor, Succession).filter(about, on__gt=since, on__lte=until)
    return tuple(found.select_related("predecessor", "successor").order_by("on", "successor__order", "pk"))


def told_in_words(successions: Iterable[Succession]) -> tuple[str, ...]:
    """Give one sentence for each event, and then what has been noted about them.

    A split into three is one event, and so is a merger of three.
    """
    successions = tuple(successions)
    events: dict[tuple[date, str, int], list[Succession]] = defaultdict(list)
    for one in successions:
        pivot = one.successor_id if one.kind == Kind.MERGED else one.predecessor_id
        events[one.on, one.kind, pivot].append(one)
    told = [_sentence(on, kind, event) for (on, kind, _pivot), event in events.items()]
    return tuple(dict.fromkeys([*told, *(one.note for one in successions if one.note)]))


def _sentence(on: date, kind: str, event: Sequence[Succession]) -> str:
    old = listed(dict.fromkeys(one.predecessor.name for one in event))
    new = listed(dict.fromkeys(one.successor.name for one in event))
    if kind == Kind.SPLIT:
        form = _("Den %(on)s delades %(old)s i %(new)s.")
    elif kind == Kind.MERGED:
        form = _("Den %(on)s slogs %(old)s ihop till %(new)s.")
    elif kind == Kind.RENAMED:
        form = _("Den %(on)s bytte %(old)s namn till %(new)s.")
    else:
        form = _("Den %(on)s flyttades %(old)s.") if old == new else _("Den %(on)s gick %(old)s över till %(new)s.")
    return form % {"on": date_format(on, "j F Y"), "old": old, "new": new}


def listed(names: Iterable[str]) -> str:
    """Write names as a sentence does: "a, b och c"."""
    every = list(names)
    if len(every) < 2:
        return "".join(every)
    return _("%(first)s och %(last)s") % {"first": ", ".join(every[:-1]), "last": every[-1]}
