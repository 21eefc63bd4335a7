"""Lines of a text: cleaned of what extraction leaves behind, each with its page and its empty space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from uppsikt.documents.model import LINES_ON_A_PAGE

_LIGATURES = str.maketrans(
    {
        "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
        "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2004": " ", "\u2005": " ", "\u2006": " ", "\u2008": " ",
        "\u200a": " ", "\u3000": " ", "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None,
        "\u2011": "-", "\uf02d": "-", "\ufffd": None,
    }
)  # fmt: skip
_BETWEEN_DIGITS = re.compile("(?<=\\d)[\u00a0\u2007\u2009\u202f](?=\\d{3})")
_OTHER_THIN = re.compile("[\u2007\u2009\u202f]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BULLETS = re.compile(
    "^(\\s*)[\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf06e\u25cf\u25aa\u25a0\u25e6\u2023\u2043\u2219\u00b7\uf02a\u27a2](?=\\s|$)"
)
_SOFT_END = re.compile("\u00ad(?=\\s|$)")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_BREAKS = re.compile(r"\r\n|[\n\r\x0b\x85\u2028\u2029]")
KEPT_SPACE = "\u00a0"  # stands only between the groups of one number: what was printed as one number stays one


@dataclass(frozen=True, slots=True)
class Line:
    """A line; ``text`` has no space at its ends. ``trailing`` and ``indent`` count the spaces that stood there."""

    text: str
    page: int
    number: int
    indent: int = 0
    trailing: int = 0

    @property
    def blank(self) -> bool:
        """Say whether nothing is printed on the line."""
        return not self.text


def lines_of(text: str) -> list[Line]:
    """Cut a text into lines. A form feed begins a page; a text without any is counted in pages by its lines."""
    fed = "\f" in text.strip("\f\n\r \t")
    lines: list[Line] = []
    for page, sheet in enumerate(text.split("\f"), start=1):
        for raw in _BREAKS.split(sheet):
            number = len(lines)
            lines.append(_line(raw, page if fed else number // LINES_ON_A_PAGE + 1, number))
    return lines


def _line(raw: str, page: int, number: int) -> Line:
    clean = raw if raw.isascii() and raw.isprintable() else _clean(raw)
    text = clean.strip(" ")
    if not text.strip():
        return Line("", page, number, 0, len(clean))
    indent, trailing = len(clean) - len(clean.lstrip(" ")), len(clean) - len(clean.rstrip(" "))
    return Line(text, page, number, indent, trailing)


def _clean(raw: str) -> str:
    text = _BULLETS.sub("\\1•", raw)
    text = _PRIVATE.sub("", text)
    kept = "\x01" if " " in text else " "  # where no ordinary space is used, the others part words as well
    text = _BETWEEN_DIGITS.sub(kept, text.replace("\x01", ""))
    text = _OTHER_THIN.sub(" ", text).translate(_LIGATURES)
    text = _soft_hyphens(text).replace("\x01", KEPT_SPACE)
    return _CONTROLS.sub("", text)


def _soft_hyphens(text: str) -> str:
    """A soft hyphen is printed only where a line, or a column's line, ends."""
    if "\u00ad" not in text:
        return text
    return _SOFT_END.sub("-", text).replace("\u00ad", "")


def joined(texts: Iterator[str] | list[str]) -> str:
    """Join the lines of a paragraph or a label, and mend what was hyphenated at the end of a line.

    >>> joined(["kompetens-", "försörjning och HR-", "processer, mål- ", "och budget"])
    'kompetensförsörjning och HR-processer, mål- och budget'
    """
    whole: list[str] = []
    for text in filter(None, (text.strip() for text in texts)):
        if whole and _is_hyphenated(whole[-1], text):
            whole[-1] = _mended(whole[-1], text)
        elif whole and whole[-1].endswith("/") and not text.startswith("/"):
            whole[-1] += text
        else:
            whole.append(text)
    return " ".join(whole)


def _is_hyphenated(before: str, after: str) -> bool:
    if len(before) < 2 or before[-1] not in "-\u2010" or before[-2].isspace():
        return False
    first = after.split(maxsplit=1)[0].strip(",.")
    return after[0].isalnum() and first not in ("och", "eller", "samt", "respektive", "resp", "som")


def _mended(before: str, after: str) -> str:
    """The hyphen stays after capitals and digits (HR-processer, 2019-12-10) and before a capital."""
    stem = before[-2]
    word = before[:-1].rsplit(maxsplit=1)[-1] if before[:-1].split() else ""
    if after[0].islower() and stem.islower() and "-" not in word and len(word) > 1:
        return before[:-1] + after
    return before + after
