"""Changing place: to the same kind of page at another unit or reporting date."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.urls import Resolver404, ResolverMatch, resolve, reverse

# Things that live in every place keep their page; from the others one is led upwards, to the list they stand in.
LIVES_EVERYWHERE = frozenset({"indicator", "report", "report_check"})
ELSEWHERE_LISTED = {"goal": "chain"}  # its list is not the address above its own


def same_page_at(address: str, unit_slug: str, date_slug: str) -> str:
    """Give the address of the same page elsewhere; only our own pages can be the answer.

    A page about a thing of its place leads to the nearest page above it that every place has. What stood
    after the question mark goes along when the page is the same, but for what belongs to the place that is left.
    """
    place = {"unit_slug": unit_slug, "date_slug": date_slug}
    try:
        parts = urlsplit(address)
    except ValueError:  # no address at all, such as "http://["
        return reverse("overview", kwargs=place)
    for path in _upwards(parts.path):
        match = _page(path)
        if match is None:
            continue
        name = ELSEWHERE_LISTED.get(match.url_name or "")
        if name:
            return reverse(name, kwargs=place)
        if match.kwargs.keys() <= place.keys() or match.url_name in LIVES_EVERYWHERE:
            found = reverse(match.url_name or "", kwargs={**match.kwargs, **place})
            query = _query(parts.query, match, place) if path == parts.path else ""
            return f"{found}?{query}" if query else found
    return reverse("overview", kwargs=place)


def _upwards(path: str) -> Iterator[str]:
    """Give an address and those above it, each a part shorter."""
    parts = path.rstrip("/").split("/")
    yield path
    for kept in range(len(parts) - 1, 1, -1):
        yield "/".join(parts[:kept]) + "/"


def _page(path: str) -> ResolverMatch | None:
    """Give the page at an address, when it stands at a place."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match if "unit_slug" in match.kwargs else None


def _query(query: str, match: ResolverMatch, place: dict[str, str]) -> str:
    """Give the reader's choices at the new place: a unit that was the old place is the new one; pages begin anew.

    A month (``till``) belongs to the date that it was chosen at.
    """
    moved = match.kwargs["date_slug"] != place["date_slug"]
    kept = []
    for name, value in parse_qsl(query):
        if name == "sida" or (name == "till" and moved):
            continue
        stays = name != "enhet" or value != match.kwargs["unit_slug"]
        kept.append((name, value if stays else place["unit_slug"]))
    return urlencode(kept)
