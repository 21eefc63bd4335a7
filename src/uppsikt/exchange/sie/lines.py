"""Cuts a line of a SIE file: a label, then fields; a field in braces is a list of dimension and object by turns.

Fields are parted by spaces or tabs, may stand in quotes, and \\" is a quote within them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTED = r'"(?P<quoted>(?:\\.|[^"\\])*)"'
_FIELD = re.compile(rf'\s*(?:{_QUOTED}|(?P<brace>\{{[^}}]*\}})|(?P<plain>[^\s"{{}}]+)|(?P<stray>\S))')
_ESCAPED = re.compile(r'\\(["\\])')
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Line:
    """A record: its label in capitals without ``#``; ``objects`` are the pairs of the list in braces.

    ``fields`` are the fields in order, without the list. ``braces`` is the brace that a program wrote at the end of
    the line instead of on a line of its own. ``clean`` is False when a quote or a brace was not closed or a control
    character stands in the line.
    """

    number: int
    label: str
    fields: tuple[str, ...]
    objects: tuple[tuple[str, str], ...] = ()
    clean: bool = True
    braces: str = ""

    def field(self, at: int) -> str:
        """Give a field; empty where the line is shorter."""
        return self.fields[at] if at < len(self.fields) else ""


def cut(text: str, number: int) -> Line:
    """Cut a line that begins with a label.

    >>> line = cut('#TRANS 3010 {1 "12" 6 "A"} -250.50 20240131 "Hyra \\\\"2024\\\\""', 7)
    >>> line.fields, line.objects
    (('3010', '-250.50', '20240131', 'Hyra "2024"'), (('1', '12'), ('6', 'A')))
    """
    label, rest = (*text.split(None, 1), "")[:2]
    fields, objects, clean = [], [], _CONTROL.search(text) is None
    rest = rest.rstrip()
    braces = ""
    for match in _FIELD.finditer(rest):
        if match["brace"] is not None:
            parts = _words(match["brace"][1:-1])
            clean = clean and len(parts) % 2 == 0
            objects += list(zip(parts[::2], parts[1::2], strict=False))
        elif match["stray"] is not None and match["stray"] in "{}" and match.end() == len(rest):
            braces = match["stray"]
        elif match["stray"] is not None:
            clean = False
        else:
            fields.append(_unescaped(match["quoted"]) if match["quoted"] is not None else match["plain"])
    return Line(number, label.lstrip("#").upper(), tuple(fields), tuple(objects), clean, braces)


_COMMON = re.compile(
    r"""\#TRANS[ \t]+([^\s"{}\\]+)[ \t]*\{([^{}\\]*)\}[ \t]*(-?[0-9]{1,16}(?:\.[0-9]{1,2})?)  # account, objects, amount
    (?:[ \t]+(?:"([0-9]*)"|([0-9]+)))?  # day
    (?:[ \t]+"([^"\\\x00-\x1f\x7f]*)"(?:[ \t]+(?:"[^"\\\x00-\x1f\x7f]*"|[^\s"{}]+))*)?  # text, and what is passed over
    """,
    re.VERBOSE,
)


def common_entry(text: str) -> tuple[str, str, str, str, str] | None:
    """Cut a row of a voucher as nearly all programs write it, ten times faster than cut; None for any other line.

    Gives account, the inside of the object list, amount, day and text.

    >>> common_entry('#TRANS 3010 {1 "12"} -250.50 20240131 "Hyra" 0')
    ('3010', '1 "12"', '-250.50', '20240131', 'Hyra')
    """
    found = _COMMON.fullmatch(text)
    if found is None:
        return None
    account, objects, amount, quoted, day, said = found.groups()
    return account, objects, amount, quoted or day or "", said or ""


_PAIRED = re.compile(r'"([^"]*)"|([^\s"]+)')


def common_objects(text: str) -> tuple[tuple[str, str], ...] | None:
    """Cut the inside of an object list without escapes; None where its words are no pairs.

    >>> common_objects('1 "12" 6 "A b"'), common_objects("1")
    ((('1', '12'), ('6', 'A b')), None)
    """
    words = [quoted or plain for quoted, plain in _PAIRED.findall(text)]
    return (
        tuple(zip(words[::2], words[1::2], strict=True)) if len(words) % 2 == 0 and text.count('"') % 2 == 0 else None
    )


def _words(text: str) -> list[str]:
    found = _FIELD.finditer(text)
    return [_unescaped(one["quoted"]) if one["quoted"] is not None else one["plain"] or "" for one in found]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)
