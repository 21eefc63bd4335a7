"""Pages kept for readers who have not signed in. Exact: a page is kept under the state of the data it was made from.

The name of that state (history.revision_of) is asked for at every request and is another after every
write, so a change is seen at once and nothing has to be thrown away. Pages of a state that has passed
are pushed out by newer ones; what is kept in a process never exceeds ``settings.KEPT_PAGES_BYTES``.

Nothing is kept of what a person who has signed in is shown, of what sets a cookie, or of what was read
inside an open transaction, which may be undone. Only kept pages are compressed: they hold no secret
that a reader could guess by the length of an answer (BREACH).
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from uppsikt.web.history.selectors import revision_of
from uppsikt.web.organisation.asking import NoMunicipalityError, reader
from uppsikt.web.pages.build import BUILD
from uppsikt.web.pages.middleware.language import language_of

TEXTS = ("text/", "application/json", "image/svg")
WORTH_PACKING = 1000  # bytes
PRIVATE = frozenset({"private", "no-store", "no-cache"})
KNOWN_VARIATIONS = frozenset({"cookie", "accept-encoding", "hx-request"})


@dataclass(frozen=True)
class Kept:
    """An answer as it is kept: compressed where that makes it smaller."""

    content: bytes
    headers: tuple[tuple[str, str], ...]
    packed: bool

    @property
    def size(self) -> int:
        """How many bytes the answer takes, its headers counted roughly."""
        return len(self.content) + 500


class Shelf:
    """The answers of one process, the least recently asked for pushed out first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: str) -> Kept | None:
        """Give a kept answer."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: str, kept: Kept, room: int) -> None:
        """Keep an answer in at most ``room`` bytes together with the others; one that is too large is not kept."""
        if kept.size > room // 4:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self._size += kept.size - (before.size if before else 0)
            self._kept[key] = kept
            while self._size > room:
                _, gone = self._kept.popitem(last=False)
                self._size -= gone.size

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return self._size


SHELF = Shelf()


def kept_pages(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer from the shelf where that is exact; otherwise answer, and keep the answer if it may be kept."""

    def answer(request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if not key:
            return _not_kept(get_response(request))
        if f'W/"{key}"' in parse_etags(request.headers.get("If-None-Match", "")):
            return _stamped(HttpResponseNotModified(), key)
        kept = SHELF.get(key)
        if kept is None:
            response = get_response(request)
            if not _may_be_kept(response):
                return _not_kept(response)
            kept = _packed(response)
            SHELF.put(key, kept, settings.KEPT_PAGES_BYTES)
        return _stamped(_unpacked(request, kept), key)

    return answer


def _key(request: HttpRequest) -> str:
    """Name the answer by everything that it depends on; empty when it may not be kept."""
    personal = {settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys()
    if request.method != "GET" or personal or connection.in_atomic_block:
        return ""
    try:
        revision = revision_of(reader())
    except NoMunicipalityError:
        return ""  # the page itself says what to do
    if not revision:
        return ""
    parts = (
        revision, BUILD, str(settings.DEMO), language_of(request), request.headers.get("HX-Request", ""),
        request.scheme or "", request.headers.get("Host", ""), request.get_full_path(),
    )  # fmt: skip
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def _may_be_kept(response: HttpResponse) -> bool:
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    asked = {part.split("=")[0].strip() for part in response.headers.get("Cache-Control", "").lower().split(",")}
    varies = {part.strip().lower() for part in response.headers.get("Vary", "").split(",") if part.strip()}
    return not asked & PRIVATE and varies <= KNOWN_VARIATIONS


def _packed(response: HttpResponse) -> Kept:
    text = response.headers.get("Content-Type", "").startswith(TEXTS)
    packed = text and len(response.content) > WORTH_PACKING
    content = gzip.compress(response.content, 6, mtime=0) if packed else response.content
    headers = tuple((name, value) for name, value in response.items() if name != "Content-Length")
    return Kept(content, headers, packed)


def _unpacked(request: HttpRequest, kept: Kept) -> HttpResponse:
    accepts = kept.packed and re.search(r"\bgzip\b(?!;q=0(?:\.0+)?(?:,|$))", request.headers.get("Accept-Encoding", ""))
    content = gzip.decompress(kept.content) if kept.packed and not accepts else kept.content
    response = HttpResponse(content, headers=dict(kept.headers))
    if accepts:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(content))
    return response


def _stamped(response: HttpResponse, key: str) -> HttpResponse:
    """Let a browser keep the answer, and ask each time whether it still holds."""
    response.headers["ETag"] = f'W/"{key}"'
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ("Cookie", "Accept-Encoding", "HX-Request"))
    return response


def _not_kept(response: HttpResponse) -> HttpResponse:
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response
