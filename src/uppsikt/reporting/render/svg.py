"""Draws charts: a Vega-Lite specification becomes SVG or PNG, without browser or network.

Drawings are kept by the hash of specification and versions: in memory, and in a folder when the
door has named one with ``kept_in``.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

from uppsikt.reporting.charts import VEGA_LITE

FONT_FOLDER = Path(__file__).parent.parent / "fonts"
_TAG = re.compile(r"<[a-z][^<>]*>")
_LABELS = re.compile(r' (?:aria-[a-z]+|role)="[^"]*"')  # English, and about the drawing; the figure has its own text
_SIZE = re.compile(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"')
_folder: ContextVar[Path | None] = ContextVar("chart_folder", default=None)


@contextmanager
def kept_in(folder: Path) -> Iterator[None]:
    """Keep drawings in a folder for as long as the block runs, and use those that lie there."""
    folder.mkdir(parents=True, exist_ok=True)
    token = _folder.set(folder)
    try:
        yield
    finally:
        _folder.reset(token)


def svg_of(spec: Mapping[str, Any]) -> str:
    """Draw a chart as SVG text; fonts are named, not embedded, and nothing is fetched."""
    return _svg(_written(spec), _folder.get())


def png_of(spec: Mapping[str, Any], scale: float = 2) -> bytes:
    """Draw a chart as PNG, ``scale`` picture dots to each dot of the specification."""
    return _png(_written(spec), scale, _folder.get())


def size_of(svg: str) -> tuple[float, float]:
    """Give the width and height of a drawing in the dots of its specification."""
    found = _SIZE.search(svg)
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)


def _written(spec: Mapping[str, Any]) -> str:
    return json.dumps(spec, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=512)
def _svg(written: str, folder: Path | None) -> str:
    def draw() -> bytes:
        drawn = str(_engine().vegalite_to_svg(written, vl_version=VEGA_LITE, allowed_base_urls=[]))
        return _TAG.sub(lambda tag: _LABELS.sub("", tag[0]), drawn).encode()

    return _kept(folder, f"{_name(written)}.svg", draw).decode()


@lru_cache(maxsize=64)
def _png(written: str, scale: float, folder: Path | None) -> bytes:
    def draw() -> bytes:  # from the drawing that is kept: Vega is slower than making a picture of it
        return bytes(_engine().svg_to_png(_svg(written, folder), scale=scale))

    return _kept(folder, f"{_name(written)}@{scale:g}.png", draw)


def _name(written: str) -> str:
    versions = f"{VEGA_LITE} {metadata.version('vl-convert-python')}\n"
    return hashlib.sha256((versions + written).encode()).hexdigest()


def _kept(folder: Path | None, name: str, draw: Callable[[], bytes]) -> bytes:
    """Give a drawing from the folder, or draw it and put it there whole: a reader never sees half a file."""
    if folder is None:
        return draw()
    place = folder / name
    if place.exists():
        return place.read_bytes()
    drawn = draw()
    handle, half = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(drawn)
    Path(half).replace(place)
    return drawn


@cache
def _engine() -> ModuleType:
    """Give the drawing engine with our fonts; it is large, so it is loaded with the first chart."""
    import vl_convert

    vl_convert.register_font_directory(str(FONT_FOLDER))
    return vl_convert
