"""The template kit: ``{% load uppsikt %}``.

{% table t %}  {% table t caption="Driftsammandrag" %}     a core Table
{% state "met" forecast=here.reporting_date.is_forecast %}  {% work_state "done" %}
{% states_bar counts forecast=... %}  {% work_bar counts %} a divided bar with its words; counts by state
{{ value|shown }}  {{ value|shown_with_unit }}              Quantity or Missing as Swedish text
{% sparkline points label %}                                list of Decimal or None
{% chart spec alt caption %}                                a Vega-Lite dict
{% go "goal" goal.pk %}  {% go "goal" goal.pk as url %}     an address at the reader's unit and reporting date
{% provenance cell.origin %}                                where a figure was printed, or who entered it
{{ text|paragraphs }}                                       written text with its paragraphs
{% own_reports as own %}                                    the reports that can be made at the reader's place
{% object_history object %}                                 link to the history of a stored object
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.db.models import Model
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from uppsikt.core.quantities import Missing, Quantity, Value, format_quantity
from uppsikt.core.states import GoalState, WorkState
from uppsikt.core.tables import Origin, Table
from uppsikt.web.cycle.here import Here
from uppsikt.web.pages import charts, frame, marks, reviewing, searchwords
from uppsikt.web.pages.table_markup import missing_html, table_html

register = template.Library()


@register.simple_tag
def table(t: Table, caption: str | None = None) -> SafeString:
    """Render a core Table."""
    return table_html(t, caption)


@register.simple_tag
def state(name: str, *, forecast: bool = False) -> SafeString:
    """Render the mark of a goal's state."""
    return marks.goal_mark(GoalState(name or GoalState.NONE), forecast=forecast)


@register.simple_tag
def work_state(name: str) -> SafeString:
    """Render the mark of an activity's or assignment's state."""
    return marks.work_mark(WorkState(name or WorkState.UNKNOWN))


@register.simple_tag
def states_bar(counts: Mapping[Any, int], *, forecast: bool = False) -> SafeString:
    """Render how many goals stand how: a bar and under it the marks with their counts."""
    told = [(one, counts.get(one, 0), _(one.wording(forecast=forecast))) for one in GoalState]
    return marks.bar_with_words([(one.value, count, word) for one, count, word in told])


@register.simple_tag
def work_bar(counts: Mapping[Any, int]) -> SafeString:
    """Render how many activities or assignments stand how."""
    told = [(one, counts.get(one, 0), _(one.wording())) for one in sorted(WorkState, key=marks.WORK_ORDER.index)]
    return marks.bar_with_words([(one.value, count, word) for one, count, word in told])


@register.filter
def shown(value: Value | None) -> str:
    """Write a value in Swedish, without unit; a missing one as soft text with its reason."""
    return _written(value, with_unit=False)


@register.filter
def shown_with_unit(value: Value | None) -> str:
    """Write a value in Swedish, with its unit."""
    return _written(value, with_unit=True)


@register.filter
def shown_signed(value: Value | None) -> str:
    """Write a deviation with its sign, also when it is good, and its unit."""
    return format_quantity(value, with_unit=True, plus=True) if isinstance(value, Quantity) else shown(value)


@register.filter
def shown_size(value: Value | None) -> str:
    """Write how large a value is, whatever its sign, with its unit."""
    return _written(abs(value) if isinstance(value, Quantity) else value, with_unit=True)


@register.filter
def size(value: Value | None) -> str:
    """Write how large a value is, whatever its sign, without unit."""
    return _written(abs(value) if isinstance(value, Quantity) else value, with_unit=False)


@register.filter
def total(counts: Mapping[Any, int]) -> int:
    """Add the counts of all states."""
    return sum(counts.values())


def _written(value: Value | None, *, with_unit: bool) -> str:
    if isinstance(value, Quantity):
        return format_quantity(value, with_unit=with_unit)
    return missing_html(value or Missing())


@register.simple_tag(takes_context=True)
def own_reports(context: Context) -> list[reviewing.OwnReport]:
    """Give the reports that can be made at the reader's place."""
    return reviewing.own_reports(context["here"])


@register.simple_tag
def sparkline(points: Sequence[Decimal | None], label: str = "") -> SafeString:
    """Render a small line through a series."""
    return marks.sparkline(points, label)


@register.simple_tag
def chart(spec: Mapping[str, Any], alt: str, caption: str = "") -> SafeString:
    """Render a chart as a figure that works without scripts."""
    return charts.figure(spec, alt, caption)


@register.simple_tag(takes_context=True)
def go(context: Context, name: str, *args: object, **kwargs: object) -> str:
    """Give the address of a page at the reader's unit and reporting date."""
    here: Here = context["here"]
    return here.url(name, *args, **kwargs)


@register.simple_tag
def provenance(origin: Origin | None) -> str:
    """Say where a figure came from: document, table and row, or the person who entered it."""
    if origin is None:
        return ""
    if not origin.document:
        when = f"{localtime(origin.entered_at):%Y-%m-%d}" if origin.entered_at else ""
        words = _("Inlagt av {who} {when}") if origin.entered_by else ""
        return words.format(who=origin.entered_by, when=when).strip()
    parts = [origin.document]
    parts += [_("tabell {name}").format(name=origin.table)] if origin.table else []
    parts += [_("rad {name}").format(name=origin.row)] if origin.row else []
    parts += [_("kolumn {name}").format(name=origin.column)] if origin.column else []
    parts += [_("sida {number}").format(number=origin.page)] if origin.page else []
    return ", ".join(parts)


@register.filter
def paragraphs(text: str) -> SafeString:
    """Write a text that a person wrote, with its paragraphs; markup in it is shown, not obeyed."""
    return SafeString(linebreaks(text, autoescape=True))


@register.simple_tag(takes_context=True)
def object_history(context: Context, target: Model) -> SafeString:
    """Link to the history of a stored object."""
    address = context["here"].url("history", target._meta.label_lower, target.pk)
    return format_html('<a class="small" href="{}">{}</a>', address, _("Historik"))


@register.inclusion_tag("pages/menu.html", takes_context=True)
def menu(context: Context) -> dict[str, object]:
    """Render the menu; the page's section is marked."""
    here: Here = context["here"]
    return {"entries": frame.menu_of(here), "section": context.get("section", "")}


@register.inclusion_tag("pages/context_bar.html", takes_context=True)
def context_bar(context: Context) -> dict[str, object]:
    """Render the choice of unit and reporting date."""
    here: Here = context["here"]
    return {
        "here": here,
        "levels": frame.units_by_level(here),
        "exists": frame.exists_at(here),
        "kin": () if frame.exists_at(here) else frame.kin(here),
        "action": reverse("choose"),
        "path": context["request"].get_full_path(),
    }


@register.inclusion_tag("pages/as_of.html", takes_context=True)
def as_of(context: Context) -> dict[str, object]:
    """Render as of when the page tells what it tells, and when anything was last changed."""
    here: Here = context["here"]
    return {"here": here, "changed": frame.last_changed(here.actor)}


@register.filter
def marked(text: str, words: Sequence[str]) -> SafeString:
    """Mark where the words that were searched for stand."""
    return searchwords.marked(text, words)


@register.filter
def around(text: str, words: Sequence[str]) -> str:
    """Give the piece of a long text where the first of the words stands."""
    return searchwords.around(text, words)
