"""Remnants of Markdown and HTML in a text: what is bold, italic or raised, and the bare words."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_RAISED = re.compile(r"\s?<sup>\s*([^<>]{1,8})\s*</sup>")
_LOWERED = re.compile(r"\s?<sub>\s*([^<>]{1,8})\s*</sub>\s?")
_TAG = re.compile(r"</?(?:b|strong|i|em|u|span|p|div|ul|ol|li|a|font|small|mark)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_BREAK = re.compile(r"\s*(?:<br\s*/?>|</?li[^<>]{0,200}>)\s*", re.IGNORECASE)
_WHOLE = (
    (re.compile(r"^(?:<b>|<strong>)((?:(?!</?(?:b|strong)>).)*)(?:</b>|</strong>)$", re.IGNORECASE), "bold"),
    (re.compile(r"^(?:<i>|<em>)((?:(?!</?(?:i|em)>).)*)(?:</i>|</em>)$", re.IGNORECASE), "italic"),
    (re.compile(r"^\*\*\*(?=\S)([^*]+)\*\*\*$"), "both"),
    (re.compile(r"^\*\*(?=\S)([^*]+)\*\*$"), "bold"),
    (re.compile(r"^__(?=\S)([^_]+)__$"), "bold"),
    (re.compile(r"^\*(?=[^\s*])([^*]*[^\s*])\*$"), "italic"),
    (re.compile(r"^_(?=[^\s_])([^_]*[^\s_])_$"), "italic"),
)
_STARS = re.compile(r"\*\*(?=\S)([^*]{1,2000}?)\*\*|(?<!\S)\*(?=[^\s*])([^*]{1,2000}?[^\s*])\*(?!\S)")
_ESCAPED = re.compile(r"\\([*_#\-+.\[\]()|<>~`])")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_GLUED = re.compile(rf"(?<=[\d%.])\s?([{_SUPERSCRIPTS}]+)$")


@dataclass(frozen=True, slots=True)
class Styled:
    """A text without its markup; ``marks`` are footnote signs that were set high."""

    text: str
    bold: bool = False
    italic: bool = False
    marks: tuple[str, ...] = ()


def unmarked(raw: str) -> Styled:
    """Strip the remnants of markup.

    >>> unmarked("<i>varav kostnader</i>")
    Styled(text='varav kostnader', bold=False, italic=True, marks=())
    >>> unmarked("95 <sup>1</sup>")
    Styled(text='95', bold=False, italic=False, marks=('1',))
    """
    text, bold, italic, marks = raw.strip(), False, False, []
    if "<" in text:
        marks = [mark.strip() for mark in _RAISED.findall(text)]
        text = _RAISED.sub("", text).strip()
        text = _LOWERED.sub(r"\1", text)
        text = _BREAK.sub(" ", text).strip()
    for _ in range(2):
        for pattern, style in _WHOLE:
            found = pattern.match(text)
            if found:
                text = found.group(1).strip()
                bold, italic = bold or style in ("bold", "both"), italic or style in ("italic", "both")
    if "<" in text:
        text = _TAG.sub("", text).strip()
    if "*" in text:
        text = _STARS.sub(lambda found: found.group(1) or found.group(2), text)
    text = _entities(_ESCAPED.sub(r"\1", text))
    glued = _GLUED.search(text)
    if glued:
        marks.append("".join(str(_SUPERSCRIPTS.index(letter)) for letter in glued.group(1)))
        text = text[: glued.start()].rstrip()
    return Styled(text, bold, italic, tuple(marks))


def _entities(text: str) -> str:
    return _ENTITY.sub(lambda found: html.unescape(found.group()), text) if "&" in text else text
