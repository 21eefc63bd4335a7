"""Reads a period from a key or from words: "2020-T2", "Utfall per 31 aug.", "jan-juli 2019", "31/8 2018".

A lexer turns the text into atoms (year, small number, month, shape, dash, slash) and leaves out
only words that it knows to say nothing about time. The row of atoms is then looked up in a table:
what does not stand there is not a period. No character passes unseen.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date

from uppsikt.core.errors import ReadingError
from uppsikt.core.periods.period import MONTHS, ORDINALS, Period

_SHAPES = {
    "q": "q", "kv": "q", "kvartal": "q", "kvartalet": "q",
    "t": "t", "tertial": "t", "tertialet": "t",
    "h": "h", "halvår": "h", "halvåret": "h",
    "helår": "y", "helåret": "y",
    "/": "/", "-": "-", "–": "-", "−": "-", "‑": "-",
}  # fmt: skip
_ABBREVIATIONS = {"jan": 1, "feb": 2, "febr": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7,
                  "aug": 8, "sep": 9, "sept": 9, "okt": 10, "nov": 11, "dec": 12}  # fmt: skip
# Words around a period in a printed heading; they say what is told, not when.
_SILENT = (
    "per", "den", "i", "för", "under", "år", "året", "bokslut", "budget", "utfall", "prognos", "målvärde",
    "plan", "förslag", "redovisning", "redovisat", "verksamhetsår", "netto", "nettoutgift", "utgifter",
    "inkomster", "kostnader", "intäkter", "ack", "ackumulerat", "statlig", "ersättning",
    "avvikelse", "måltal", "varav", "årets", "investeringar", "nettoinvesteringar", ".", ":",
)  # fmt: skip
_ATOM_OF: dict[str, tuple[str, int | None]] = {
    **dict.fromkeys(_SILENT, ("", None)),
    **{word: (letter, None) for word, letter in _SHAPES.items()},
    **{word: ("m", number) for number, word in enumerate(MONTHS, 1)},
    **{word: ("m", number) for word, number in _ABBREVIATIONS.items()},
    **{word: ("n", number) for number, word in enumerate(ORDINALS, 1)},
}

_Values = list[int]
_Builder = Callable[[_Values], Period]


def parse_period(text: str, default_year: int | None = None) -> Period:
    """Read a key or a printed form; a form without year takes ``default_year``.

    A stretch of months from January is the year to its last day (a whole year if it ends in
    December); a stretch that is a quarter, tertial or half is that. Raises ReadingError.

    >>> parse_period("Utfall per 31 aug.", 2018).key, parse_period("2019 Jan-juli").key
    ('2018-08-31', '2019-07-31')
    >>> parse_period("Q1 2020").label, parse_period("Bokslut 2024").label
    ('kvartal 1 2020', '2024')
    """
    atoms, values = _atoms(text)
    if "Y" not in atoms and default_year is not None and atoms:
        atoms, values = f"{atoms}Y", [*values, default_year]
    build = _FORMS.get(atoms)
    if build is None:
        raise ReadingError(_refusal(text, atoms), text=text)
    try:
        return build(values)
    except ValueError as error:
        raise ReadingError(f"Perioden {text.strip()!r} finns inte i kalendern.", text=text) from error


def _refusal(text: str, atoms: str) -> str:
    if atoms and f"{atoms}Y" in _FORMS:
        return f"Perioden {text.strip()!r} saknar år. Skriv till året, till exempel 2024."
    return (
        f"{text.strip()!r} är ingen period. Skriv till exempel 2024, augusti 2024, "
        "kvartal 1 2024, tertial 2 2024 eller 31 augusti 2024."
    )


def _atoms(text: str) -> tuple[str, _Values]:
    """Turn text into atoms, one letter each, and the numbers they carry (a dash carries none)."""
    atoms, values, at = "", [], 0
    while at < len(text):
        end = _run_end(text, at)
        atom, value = _atom(text, at, end)
        atoms += atom
        values += [] if value is None else [value]
        at = end
    return atoms, values


def _run_end(text: str, at: int) -> int:
    """Find the end of a run of digits or of letters; any other character stands alone."""
    same = str.isdigit if text[at].isdigit() else str.isalpha
    end = at + 1
    while same(text[at]) and end < len(text) and same(text[end]):
        end += 1
    return end


def _atom(text: str, at: int, end: int) -> tuple[str, int | None]:
    word = text[at:end].casefold()
    if word.isascii() and word.isdigit() and len(word) in (1, 2, 4):
        return ("Y" if len(word) == 4 else "n"), int(word)
    if word.isspace():
        return "", None
    if word in _ATOM_OF:
        return _ATOM_OF[word]
    raise ReadingError(f"Ordet {text[at:end]!r} i {text.strip()!r} är ingen period.", text=text, position=at)


def _months(year: int, first: int, last: int) -> Period:
    """Give the period that runs from one month to another, both included."""
    if (first, last) == (1, 12):
        return Period.year(year)
    if first == 1:
        return Period.to_date(date(year, last, monthrange(year, last)[1]))
    length = last - first + 1
    makers = {6: Period.half, 4: Period.tertial, 3: Period.quarter, 1: Period.month}
    if length in makers and (first - 1) % length == 0:
        return makers[length](year, (first - 1) // length + 1)
    raise ValueError("not a stretch of months that reports speak of")


def _shape_forms() -> dict[str, _Builder]:
    """Give the forms of quarter, tertial and half: the number before or after, the year first or last."""
    makers: dict[str, Callable[[int, int], Period]]
    makers = {"q": Period.quarter, "t": Period.tertial, "h": Period.half}
    forms: dict[str, _Builder] = {}
    for letter, make in makers.items():
        forms |= dict.fromkeys((f"Y-{letter}n", f"Y{letter}n", f"Yn{letter}"), _year_first(make))
        forms |= dict.fromkeys((f"{letter}nY", f"n{letter}Y"), _year_last(make))
    return forms


def _year_first(make: Callable[[int, int], Period]) -> _Builder:
    return lambda v: make(v[0], v[1])


def _year_last(make: Callable[[int, int], Period]) -> _Builder:
    return lambda v: make(v[1], v[0])


_FORMS: dict[str, _Builder] = _shape_forms() | {
    "Y": lambda v: Period.year(v[0]),
    "yY": lambda v: Period.year(v[0]),
    "Yy": lambda v: Period.year(v[0]),
    "Y-n": lambda v: Period.month(v[0], v[1]),
    "mY": lambda v: Period.month(v[1], v[0]),
    "Ym": lambda v: Period.month(v[0], v[1]),
    "Y-n-n": lambda v: Period.to_date(date(v[0], v[1], v[2])),
    "nmY": lambda v: Period.to_date(date(v[2], v[1], v[0])),
    "Ynm": lambda v: Period.to_date(date(v[0], v[2], v[1])),
    "n/nY": lambda v: Period.to_date(date(v[2], v[1], v[0])),
    "Yn/n": lambda v: Period.to_date(date(v[0], v[2], v[1])),
    "m-mY": lambda v: _months(v[2], v[0], v[1]),
    "Ym-m": lambda v: _months(v[0], v[1], v[2]),
}
