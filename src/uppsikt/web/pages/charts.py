"""A chart on a page: a drawing made on the server, and its specification for readers whose browser may run scripts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from uppsikt.reporting.render.svg import svg_of

# What would end the script element or open another, written so that JSON reads the same (as Django's json_script).
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def figure(spec: Mapping[str, Any], alt: str, caption: str = "") -> SafeString:
    """Give the figure; the drawing is one picture with ``alt`` to who cannot see it."""
    told = format_html("<figcaption>{}</figcaption>", caption) if caption else ""
    data = json.dumps(spec, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(  # noqa: S308  # alt and data are escaped here, the drawing is made by ourselves from the spec
        f'<figure class="chart"><div class="canvas" role="img" aria-label="{escape(alt)}">{svg_of(spec)}</div>'
        f'<script type="application/json">{data}</script>{told}</figure>'
    )
