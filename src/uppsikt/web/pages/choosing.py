"""Changing place: to the same kind of page at another unit or reporting date."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, reverse

# Things that live in every place keep their page; the others lead to the list that they stand in.
LIVES_EVERYWHERE = frozenset({"indicator", "report", "report_check"})
LIST_OF = {
    "goal": "chain",
    "assessment_edit": "chain",
    "value_edit": "indicators",
    "comment_edit": "economy",
    "followup_below": "followup",
    "cell_comment": "followup",
    "cell_comment_delete": "followup",
    "forecast_edit": "forecasts",
    "action_plan": "action_plans",
    "action_plan_new": "action_plans",
    "action_plan_edit": "action_plans",
    "plan_measure_new": "action_plans",
    "plan_measure_edit": "action_plans",
    "plan_measure_delete": "action_plans",
    "decision": "decisions",
    "report_decide": "reports",
    "report_version": "reports",
}


def same_page_at(address: str, unit_slug: str, date_slug: str) -> str:
    """Give the address of the same page elsewhere; only our own pages can be the answer.

    What stood after the question mark goes along when the page is the same.
    """
    try:
        parts = urlsplit(address)
        match = resolve(parts.path)
    except (ValueError, Resolver404):  # ValueError: no address at all, such as "http://["
        return reverse("overview", args=[unit_slug, date_slug])
    rest = {name: value for name, value in match.kwargs.items() if name not in ("unit_slug", "date_slug")}
    name = match.url_name or ""
    if "unit_slug" not in match.kwargs:
        return reverse("overview", args=[unit_slug, date_slug])
    if rest and name not in LIVES_EVERYWHERE:
        return reverse(LIST_OF.get(name, "overview"), args=[unit_slug, date_slug])
    found = reverse(name, kwargs={"unit_slug": unit_slug, "date_slug": date_slug, **rest})
    return f"{found}?{parts.query}" if parts.query else found
