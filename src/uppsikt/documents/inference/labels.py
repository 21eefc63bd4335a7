"""What a printed label says when its marks, breaks and brackets are taken away; and names that can be compared."""

from __future__ import annotations

import re
from functools import lru_cache

from uppsikt.core.quantities import Quantity, Value, read_cell, with_spaced_thousands

_MARKS = "*¹²³⁴⁵⁶⁷⁸⁹⁰ "
_UNIT_PART = re.compile(
    r"[\s,(]*\b(belopp (anges )?i |belopp,? |i )?(tkr|mnkr|mkr|kkr|mdkr|tsek|msek|kronor|tusental(s)? kr\w*)\b\)?", re.I
)

_NUMBERED = re.compile(r"^(tabell|tab\.|diagram)\s*\d+[.:]?\s+(?=\w)", re.I)


def joined(text: str) -> str:
    """Give the text of a cell on one line; a word that was broken with a hyphen at the line's end is whole again.

    >>> joined("Närings-\\nlivet och\\ntillväxt")
    'Näringslivet och tillväxt'
    """
    return " ".join(re.sub(r"(?<=\w)-\n(?=[a-zåäö])", "", text).split())


_BRACKETED = re.compile(r"\(\s*(\d[\d\s]*(?:,\d+)?)\s*(%?)\s*\)")


def figure_of(text: str) -> str:
    """Give a cell's text with its figure as ``read_cell`` reads it: thousands spaced, a bracketed amount below zero.

    >>> figure_of("(42 110)"), figure_of("(1.204)"), figure_of("(2023)")
    ('-42 110', '-1\\xa0204', '(2023)')
    """
    text = with_spaced_thousands(text)
    found = _BRACKETED.fullmatch(text.strip())
    if found and not re.fullmatch(r"(19|20)\d\d", found[1]):
        return f"-{found[1].strip()}{found[2]}"
    return text


@lru_cache(maxsize=8192)
def value_of(text: str) -> Value:
    """Give what a cell's text says, as far as its text alone tells: the same texts are asked for again and again."""
    return read_cell(figure_of(joined(text))).value


def is_figure(text: str) -> bool:
    """Say whether a text is a number; a bare year is one only where nothing says that it is a heading."""
    return isinstance(value_of(text), Quantity)


def label_of(text: str) -> str:
    """Give a label without footnote marks before and after it.

    >>> label_of("Ny simhall*"), label_of("*Frisktal"), label_of("Löpande insikt ³")
    ('Ny simhall', 'Frisktal', 'Löpande insikt')
    """
    return joined(text).strip(_MARKS).strip()


def bare(text: str) -> str:
    """Give small letters without marks, hyphens and full stops: for comparing headings."""
    return re.sub(r"[\W_]+", "", label_of(text).casefold())


def without_unit(text: str) -> str:
    """Give a title without the unit in it.

    >>> without_unit("Ekonomistaben (tkr)"), without_unit("Ekonomi, belopp tkr")
    ('Ekonomistaben', 'Ekonomi')
    """
    rest = _UNIT_PART.sub("", _NUMBERED.sub("", label_of(text))).strip(" ,:-–")
    return rest.strip("()") if rest.count("(") != rest.count(")") else rest or label_of(text)


def name_of(text: str) -> str:
    """Give one name to what is printed under several: small letters, no brackets, no genitive, no "och".

    >>> name_of("Näringsliv- & tillväxtstaben"), name_of("Näringsliv och tillväxtstaben (tkr)")
    ('näringsliv tillväxtstaben', 'näringsliv tillväxtstaben')
    """
    words = without_unit(re.sub(r"\([^)]*\)", " ", label_of(text))).casefold()
    words = re.sub(r"&|\boch\b|\bsamt\b|\binkl\b", " ", words)
    return " ".join(re.sub(r"[^\wåäöé%+]+", " ", words).split())


def alike(one: str, other: str) -> bool:
    """Say whether two names are the same but for an ending, a genitive or one slip of the pen in a long word."""
    if one == other:
        return True
    first, second = one.split(), other.split()
    if len(first) != len(second):
        return False
    return all(_same_word(a, b) for a, b in zip(first, second, strict=True))


def _same_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    if len(short) >= 5 and long.startswith(short) and long[len(short) :] in ("s", "en", "et", "n", "t", "er"):
        return True
    return len(short) >= 8 and long[0] == short[0] and _one_slip(short, long)


def _one_slip(short: str, long: str) -> bool:
    """Say whether one letter was left out or changed."""
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if len(short) == len(long):
        return short[at + 1 :] == long[at + 1 :]
    return len(long) == len(short) + 1 and short[at:] == long[at + 1 :]
