"""Reads the figures of municipal documents, exactly as they are printed.

``parse_quantity`` reads a number with its unit and nothing else. ``read_cell`` reads a whole cell:
the number with everything that documents write around it, or that there is none and why.

    cell := [period ":"] ["över" ...] part ["/" part | ["och"] part "(" period ")"] [words]
    part := number [unit ["."]] mark* ["(" period | part [words] | words ")"] mark*
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from uppsikt.core.errors import ReadingError
from uppsikt.core.periods import Period, parse_period
from uppsikt.core.quantities.lexer import Token, TokenKind, lex
from uppsikt.core.quantities.missing import read_missing
from uppsikt.core.quantities.quantity import Missing, MissingReason, Quantity, Value
from uppsikt.core.quantities.unit import PLAIN, Unit, unit_of

_UNIT_WORDS = {
    "%", "‰", "%-enheter", "procent", "promille", "procentenhet", "procentenheter",
    "kr", "kronor", "tkr", "mnkr", "mkr", "mdkr", "mdr",
    "st", "stycken", "personer", "årsarbetare", "platser", "ärenden", "bostäder",
    "timmar", "tim", "minuter", "sekunder", "dagar", "veckor", "månader", "år",
    "ha", "hektar", "m²", "kvm", "m³", "km", "m", "kg", "ton", "kwh", "mwh", "gwh",
}  # fmt: skip
_ABOUT = {
    "över", "drygt", "cirka", "ca", "ungefär", "omkring", "runt", "knappt", "nästan", "nära", "närmare",
}  # fmt: skip
_LONGEST = 500  # letters: no figure is printed with so many words around it
_PRELIMINARY = ("prognos", "prel")


class Further(NamedTuple):
    """A second figure in a cell, the period it tells (None: the same) and the words with it."""

    quantity: Quantity
    period: Period | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says. ``raw`` is the cell as written and ``note`` the words beside the number.

    ``period`` is set when the cell tells another period than its column. ``others`` are further
    figures: the value before, a second part ("8/7") or a second quantity ("4,5 (18,5 Mdkr)").
    """

    value: Value
    raw: str = ""
    note: str = ""
    preliminary: bool = False
    period: Period | None = None
    others: tuple[Further, ...] = ()


def parse_quantity(text: str, unit: Unit = PLAIN) -> Quantity:
    """Read a number with or without a unit; one that prints no unit is in ``unit``.

    The written precision is kept. Raises ReadingError for anything else.

    >>> q = parse_quantity("- 3 000,50 tkr")
    >>> q.number, q.unit.symbol, q.decimals
    (Decimal('-3000.50'), 'tkr', 2)
    """
    reader = _CellReader(text, unit)
    quantity = reader.quantity()
    reader.expect_end()
    return quantity


def read_cell(text: str, unit: Unit = PLAIN) -> Reading:
    """Read a cell; never raises. What is not a number is Missing, with its text and its reason.

    >>> reading = read_cell("38 41 (2021)")
    >>> reading.value.number, reading.others[0].quantity.number, reading.others[0].period.key
    (Decimal('38'), Decimal('41'), '2021')
    >>> read_cell("74 (prognos)").preliminary, read_cell("ufm").value.reason.value
    (True, 'in_progress')
    """
    if len(text) > _LONGEST:
        return Reading(Missing(MissingReason.TEXT, " ".join(text.split())), text)
    missing = read_missing(text)
    if missing is not None:
        return Reading(missing[0], text, missing[1])
    try:
        return replace(_CellReader(text, unit).cell(), raw=text)
    except ReadingError:
        return Reading(Missing(MissingReason.TEXT, " ".join(text.split())), text)


class _CellReader:
    """Walks the tokens of one cell and gathers what it finds."""

    def __init__(self, text: str, unit: Unit) -> None:
        self.text, self.unit, self.tokens, self.at = text, unit, lex(text), 0
        self.notes: list[str] = []
        self.others: list[Further] = []
        self.preliminary = False
        self.period: Period | None = None

    def cell(self) -> Reading:
        self._leading_period()
        if self._next_is(TokenKind.WORD) and self._peek_text() in _ABOUT:
            self.notes.append(self._take().text)
            self._accept(".")
        value, period = self._part()
        self.period = self.period or period
        if self._accept("/"):
            self.others.append(Further(*self._part()))
        elif self._next_is(TokenKind.NUMBER) or (self._peek_text() == "och" and self._take()):
            self._value_before()
        self._words()
        self.expect_end()
        return Reading(value, "", "; ".join(self.notes), self.preliminary, self.period, tuple(self.others))

    def quantity(self) -> Quantity:
        if not self._next_is(TokenKind.NUMBER):
            raise self._error()
        token = self._take()
        unit = self.unit
        if self._next_is(TokenKind.WORD) and self._peek_text() in _UNIT_WORDS:
            unit = unit_of(self._take().text)
            self._accept(".")
        return Quantity(token.number, unit, token.decimals)

    def expect_end(self) -> None:
        if self.at < len(self.tokens):
            raise self._error()

    def _leading_period(self) -> None:
        """Read "2016:", the period that a cell tells when it is not its column's."""
        colon = next((t for t in self.tokens if t.text == ":"), None)
        if colon is not None:
            self.period = parse_period(self.text[: colon.start])
            self.at = self.tokens.index(colon) + 1

    def _part(self) -> tuple[Quantity, Period | None]:
        quantity = self.quantity()
        self._marks()
        period = self._brackets() if self._accept("(") else None
        self._marks()
        return quantity, period

    def _value_before(self) -> None:
        """Read a second number; only its period in brackets tells it from a slip of the pen."""
        quantity, period = self._part()
        if period is None:
            raise self._error()
        self.others.append(Further(quantity, period))

    def _marks(self) -> None:
        """Read footnote marks; an asterisk says that the number is preliminary (domain: Indicators)."""
        while self._next_is(TokenKind.MARK):
            mark = self._take().text
            self.notes.append(f"fotnot {mark}")
            self.preliminary = self.preliminary or "*" in mark

    def _brackets(self) -> Period | None:
        """Read up to the closing bracket: a period, a second quantity, or words."""
        start = self.tokens[self.at - 1].end
        while self._peek_text() not in (")", "(", ""):
            self.at += 1
        if not self._accept(")"):
            raise self._error()
        inside = self.text[start : self.tokens[self.at - 1].start].strip()
        try:
            return parse_period(inside)
        except ReadingError:
            self._second_quantity(inside)
            return None

    def _second_quantity(self, inside: str) -> None:
        second = read_cell(inside)
        if isinstance(second.value, Quantity):
            self.others.append(Further(second.value, second.period, second.note))
            self.others.extend(second.others)
            self.preliminary = self.preliminary or second.preliminary
        else:
            self._note(inside)

    def _words(self) -> None:
        """Read the words after the number: a note, unless they hold a number or are a date."""
        if self.at == len(self.tokens):
            return
        rest = self.tokens[self.at :]
        self._accept(",")
        if not self._next_is(TokenKind.WORD) or any(t.kind is TokenKind.NUMBER for t in rest):
            raise self._error()
        if _is_period(self.text):
            raise self._error()
        self._note(self.text[self.tokens[self.at].start :].strip())
        self.at = len(self.tokens)

    def _note(self, words: str) -> None:
        self.notes.append(words)
        self.preliminary = self.preliminary or any(mark in words.casefold() for mark in _PRELIMINARY)

    def _peek_text(self) -> str:
        """Give the next token's text in small letters, or nothing at the end."""
        return self.tokens[self.at].text.casefold() if self.at < len(self.tokens) else ""

    def _next_is(self, kind: TokenKind) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].kind is kind

    def _take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def _accept(self, symbol: str) -> bool:
        found = self._peek_text() == symbol
        self.at += found
        return found

    def _error(self) -> ReadingError:
        place = self.tokens[self.at].start if self.at < len(self.tokens) else len(self.text)
        return ReadingError(_refusal(self.text, place), text=self.text, position=place)


def _refusal(text: str, place: int) -> str:
    where = f"Det tar stopp vid {text[place:].strip()!r}." if text[place:].strip() else "Ett tal väntades."
    return f"{text.strip()!r} är inte ett tal. {where} Skriv till exempel 1 234,5 eller 85 %."


def _is_period(text: str) -> bool:
    """Say whether a text that begins with a number is a date or another period ("31 augusti")."""
    try:
        parse_period(text, 2000)
    except ReadingError:
        return False
    return True
