"""Finds the numbers in Swedish sentences: how much, in what unit, with what sign, and how exactly they are meant.

A number that only names something (a year, a date, a paragraph, a case, a list item) is left out, and
so is a span ("5-7"), which is no single number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from uppsikt.checks.words import ABOUT, BOUND, MINUS_WORDS, MONTH_STEMS, NUMERALS, PLUS_WORDS, POINTERS, word_set
from uppsikt.core.passages import Passage
from uppsikt.core.periods import MONTHS
from uppsikt.core.quantities import (
    KR,
    MDKR,
    MINUS_SIGNS,
    MNKR,
    MONEY,
    PERCENT,
    PLAIN,
    TKR,
    Quantity,
    Token,
    TokenKind,
    Unit,
    lex,
    unit_of,
    with_spaced_thousands,
)
from uppsikt.core.references import find_references

_ENDS = ".!?"
_SHORT = word_set("bl.a bla t.ex tex dvs ca kap nr inkl exkl resp m.m mm mfl m.fl osv f.d s.k st jfr fr.o.m t.o.m")
_UNITS = {
    "%": PERCENT, "procent": PERCENT,
    "procentenheter": unit_of("procentenheter"), "procentenhet": unit_of("procentenheter"),
    "tkr": TKR, "kkr": TKR, "mnkr": MNKR, "mkr": MNKR, "msek": MNKR, "mdkr": MDKR, "mdr": MDKR, "kr": KR, "kronor": KR,
    "tusen": TKR, "miljon": MNKR, "miljoner": MNKR, "miljard": MDKR, "miljarder": MDKR,
}  # fmt: skip
_LOOSE = Decimal("0.1")  # "about 100" may be 90 or 110
_GLUE = ("/", ":")  # between two numbers without spaces: a time, a date, a fraction


class Clause(NamedTuple):
    """A sentence of a passage: where it stands, and its tokens."""

    start: int
    end: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in a sentence: the characters ``start`` to ``end`` of the passage, and what it says.

    ``quantity`` has the sign that is printed (``signed`` says whether one is) and ``slack`` is how far from
    it the truth may lie. ``first`` and ``last`` are its tokens in the sentence; ``loose`` that a word says
    "about" or "at most". ``noun`` is the word that it counts, where it has no unit.
    """

    passage: Passage
    clause: Clause
    start: int
    end: int
    first: int
    last: int
    quantity: Quantity
    slack: Decimal
    signed: bool = False
    loose: bool = False
    noun: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """The characters of the passage that it stands at."""
        return self.start, self.end

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.quantity.unit in MONEY


def clauses(text: str) -> Iterator[Clause]:
    """Cut a text into sentences. A full stop ends one where a new one begins with a capital letter."""
    tokens = lex(with_spaced_thousands(text))
    begin = 0
    for at, token in enumerate(tokens):
        if token.kind is not TokenKind.SYMBOL or token.text not in _ENDS or at < begin:
            continue
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        before = tokens[at - 1] if at else None
        if before is not None and before.text.casefold() in _SHORT:
            continue
        if after is None or (after.spaced and not (after.text[0].islower() or after.kind is TokenKind.NUMBER)):
            yield Clause(tokens[begin].start, token.end, tokens[begin : at + 1])
            begin = at + 1
    if begin < len(tokens):
        yield Clause(tokens[begin].start, tokens[-1].end, tokens[begin:])


# A stretch of more words and numbers than this is no sentence but a table or a list that lost its lines; and what is
# read of a number looks at its whole sentence, so an endless one would take time by the square of its length.
_LONGEST = 600


@lru_cache(maxsize=4_096)
def find_mentions(passage: Passage) -> tuple[Mention, ...]:
    """Give the numbers of a passage in order.

    >>> found = find_mentions(Passage("p", "Resultatet 2024 är minus 15 000 tkr, drygt 2 % (KS 2024-02-03 § 7)."))
    >>> [(str(one.quantity.number), one.quantity.unit.symbol, one.loose) for one in found]
    [('-15000', 'tkr', False), ('2', '%', True)]
    """
    if not _may_hold_numbers(passage.text):
        return ()
    taken = [(found.start, found.end) for found in find_references(passage.text)]
    found: list[Mention] = []
    for clause in clauses(passage.text):
        if len(clause.tokens) <= _LONGEST:
            found += _Reader(passage, clause, taken).read()
    return tuple(found)


def _may_hold_numbers(text: str) -> bool:
    """Say quickly whether a text can hold a number, because most hold none."""
    return any(map(str.isdigit, text)) or not NUMERALS.keys().isdisjoint(text.casefold().split())


class _Reader:
    def __init__(self, passage: Passage, clause: Clause, taken: Sequence[tuple[int, int]]) -> None:
        self.passage, self.clause, self.taken = passage, clause, taken
        self.tokens = clause.tokens

    def read(self) -> Iterator[Mention]:
        for at, token in enumerate(self.tokens):
            if any(start <= token.start < end for start, end in self.taken):
                continue
            word = token.text.casefold()
            if token.kind is TokenKind.WORD and word in NUMERALS:
                yield self._mention(at, Decimal(NUMERALS[word]), 0)
            elif token.kind is TokenKind.NUMBER and not self._names_something(at):
                yield self._mention(at, token.number, token.decimals)

    def _word(self, at: int) -> str:
        return self.tokens[at].text.casefold() if 0 <= at < len(self.tokens) else ""

    def _names_something(self, at: int) -> bool:
        """Say whether a number is a date, a year, a paragraph, a list item, a part of a span or of a longer sign."""
        token, before, after = self.tokens[at], self._word(at - 1), self._word(at + 1)
        if before in POINTERS or (before == "." and self._word(at - 2) in POINTERS) or after in ("kap", "§"):
            return True
        if before in _GLUE and self._is_number(at - 2) and not token.spaced:
            return True
        if after in _GLUE and self._is_number(at + 2) and not self._spaced(at + 1):
            return True
        if self._is_span(at) or begins_month(after) or (before in ("den", "(") and begins_month(self._word(at + 1))):
            return True
        if not at and token.start == 0 and after in (".", ")") and not token.decimals:
            return True
        whole = token.text.isdigit() and len(token.text) == 4 and 1900 <= token.number <= 2100
        return whole and self._unit(at + 1)[0] is None

    def _spaced(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].spaced

    def _is_span(self, at: int) -> bool:
        """Say whether the number is bound by a dash to something before or after it ("5-7", "0-resultat", "5-årig")."""
        after, before = self._word(at + 1), self._word(at - 1)
        dash_after = after[:1] in MINUS_SIGNS and bool(after) and (not self._spaced(at + 1) or self._is_number(at + 2))
        glued = before[:1] in MINUS_SIGNS and bool(before) and at > 1 and not self.tokens[at].spaced
        return dash_after or glued or (bool(before) and before in MINUS_SIGNS and self._is_number(at - 2))

    def _is_number(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and self.tokens[at].kind is TokenKind.NUMBER

    def _unit(self, at: int) -> tuple[Unit | None, int]:
        """Read the unit that begins at a token: the unit, and the token after it."""
        unit = _UNITS.get(self._word(at).rstrip("."))
        if unit is None:
            return None, at
        after = at + 1
        while self._word(after) in ("kronor", "kr", "sek") and unit in MONEY:
            after += 1
        return unit, after

    def _mention(self, at: int, number: Decimal, decimals: int) -> Mention:
        first, sign = self._sign_before(at)
        unit, last = self._unit(at + 1)
        printed = self.tokens[at].text[:1]
        signed = sign is not None or printed in MINUS_SIGNS or printed == "+"
        quantity = Quantity(-abs(number) if sign == "-" else number, unit or PLAIN, decimals)
        hedged = any(self._word(first - back) in ABOUT | BOUND for back in (1, 2))
        noun = self._noun(last) if unit is None else ""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        slack = slack_of(quantity, loose=hedged)
        return Mention(
            self.passage, self.clause, start, end, first, last, quantity, slack, signed=signed, loose=hedged, noun=noun
        )

    def _sign_before(self, at: int) -> tuple[int, str | None]:
        """Read a sign that stands apart: "minus 15 000", "+ 2,6"; the token where the mention begins, and the sign."""
        before = self._word(at - 1)
        if before in MINUS_WORDS:
            return at - 1, "-"
        if before in PLUS_WORDS:
            return at - 1, "+"
        alone = before and self.tokens[at - 1].spaced and self.tokens[at].spaced and self._unit(at + 1)[0] is not None
        if alone and (before == "+" or before in MINUS_SIGNS):
            return at - 1, "+" if before == "+" else "-"
        return at, None

    def _noun(self, at: int) -> str:
        """Give what is counted: the first word after the number that is not an adjective we know to pass over."""
        token = self.tokens[at] if at < len(self.tokens) else None
        return token.text.casefold() if token is not None and token.kind is TokenKind.WORD else ""


def begins_month(word: str) -> bool:
    """Say whether a word is a month, whole or shortened.

    >>> begins_month("okt"), begins_month("oktober"), begins_month("marknad")
    (True, True, False)
    """
    bare = word.rstrip(".")
    return bare in MONTH_STEMS or bare in MONTHS


def slack_of(quantity: Quantity, *, loose: bool) -> Decimal:
    """Say how far the truth may lie from a number in a sentence.

    Half a unit of the last written digit; whole amounts of money that end in zeros may be rounded, and are
    trusted to one digit more than the zeros leave. "About" is a tenth.
    """
    number, decimals = abs(quantity.number), quantity.decimals or 0
    half = Decimal(5).scaleb(-decimals - 1)
    if not decimals and quantity.unit in MONEY and number:
        zeros = int(number.normalize().as_tuple().exponent)
        half = Decimal(5).scaleb(max(0, zeros - 1) - 1)
    return max(half, number * _LOOSE) if loose else half
