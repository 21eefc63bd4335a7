"""HTML by construction: text is escaped when it is put into an element, and only elements pass unescaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


class Html(str):
    """Finished HTML, which is not escaped again."""

    __slots__ = ()


def element(name: str, *children: str, **attributes: str | int | None) -> Html:
    """Make an element; an attribute that is None is left out, ``class_`` means class and ``_`` in others a hyphen.

    >>> element("a", "1 < 2", Html("<br>"), href="#x", class_="num-ref")
    '<a href="#x" class="num-ref">1 &lt; 2<br></a>'
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{told}>{joined(children)}</{name}>")


def joined(children: Iterable[str]) -> Html:
    """Put pieces after each other: texts escaped, elements as they are."""
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children))
