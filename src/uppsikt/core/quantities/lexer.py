"""The signs that a printed figure is made of. No character passes unseen.

Kinds: a number (with its sign, its grouped thousands and its decimals), a word, a footnote mark
(superscript digits or asterisks) and a symbol, which is any other single character. Spaces only
separate, except inside a number, where they group thousands three by three: "2 322,7" is one
number and "38 41" is two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

MINUS_SIGNS = "-−–‑‒"  # hyphen, minus, en dash, no-break hyphen, figure dash: all are printed as minus
GROUP_SPACES = " \u00a0\u2007\u2009\u202f"
_DIGITS = "0123456789"
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SQUARED = {"m", "dm", "cm", "km"}  # before these words a superscript is a power and not a footnote


_DOTTED = re.compile(r"(?<![\w.,])([1-9]\d{0,2})((?:\.\d{3})+)(?!\.?\d)")


def with_spaced_thousands(text: str) -> str:
    """Give a printed text with thousands that are grouped by full stops grouped by no-break spaces; as long as before.

    Swedish print has a comma before decimals, so a full stop with three digits after it groups thousands. Not
    for files made by programs, where a full stop is a decimal point.

    >>> with_spaced_thousands("-1.234.567 tkr, 0.125, 12.5")
    '-1\\xa0234\\xa0567 tkr, 0.125, 12.5'
    """
    return _DOTTED.sub(lambda found: found[0].replace(".", "\u00a0"), text) if "." in text else text


class TokenKind(StrEnum):
    """What a token is."""

    NUMBER = "number"
    WORD = "word"
    MARK = "mark"
    SYMBOL = "symbol"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text from ``start`` up to ``end``; ``number`` and ``decimals`` for a number.

    ``text`` is what stands there; of a mark it is the footnote's name in ordinary digits.
    ``spaced`` says that a space (or the beginning of the text) stands before it.
    """

    kind: TokenKind
    text: str
    start: int
    end: int
    spaced: bool
    number: Decimal = Decimal(0)
    decimals: int = 0


def lex(text: str) -> tuple[Token, ...]:
    """Cut a text into tokens.

    >>> [token.text for token in lex("- 3 000 tkr*")]
    ['- 3 000', 'tkr', '*']
    """
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token = _number(text, at, tokens) or _mark(text, at) or _word(text, at)
        tokens.append(token or _token(TokenKind.SYMBOL, text, at, at + 1))
        at = tokens[-1].end
    return tuple(tokens)


def _token(kind: TokenKind, text: str, start: int, end: int) -> Token:
    spaced = start == 0 or text[start - 1].isspace()
    return Token(kind, text[start:end], start, end, spaced)


def _run(text: str, at: int, letters: str) -> int:
    """Give the end of the run of these letters that begins at a place."""
    while at < len(text) and text[at] in letters:
        at += 1
    return at


def _number(text: str, at: int, before: list[Token]) -> Token | None:
    """Read a number with an optional sign."""
    first = _after_sign(text, at, before)
    whole = _whole_end(text, first)
    if whole == first:
        return None
    end = whole
    if text[whole : whole + 1] in (",", "."):
        fraction = _run(text, whole + 1, _DIGITS)
        end = fraction if fraction > whole + 1 else whole
    digits = "".join(c for c in text[first:whole] if c in _DIGITS)
    fraction_digits = text[whole + 1 : end]
    number = Decimal(f"{digits}.{fraction_digits}" if fraction_digits else digits)
    if first > at and text[at] in MINUS_SIGNS and number:
        number = -number
    token = _token(TokenKind.NUMBER, text, at, end)
    return Token(token.kind, token.text, at, end, token.spaced, number, len(fraction_digits))


def _after_sign(text: str, at: int, before: list[Token]) -> int:
    """Give the place after a sign, or the same place when what stands there is not a sign.

    A dash right after a number or a word binds the two ("16-74", "jan-apr"); a dash with a space
    after it is a sign only where a number begins ("- 3 000").
    """
    if text[at] not in MINUS_SIGNS + "+":
        return at
    opens = not before or before[-1].text in ("(", ":", "/")
    if not opens and not text[at - 1].isspace():
        return at
    after = at + 1
    if opens and text[after : after + 1] and text[after] in GROUP_SPACES:
        after += 1
    return after if text[after : after + 1] and text[after] in _DIGITS else at


def _whole_end(text: str, at: int) -> int:
    """Give the end of the whole part: digits, or groups of three after a first group of one to three.

    All groups are parted by the same kind of space: two kinds are two numbers.
    """
    end = _run(text, at, _DIGITS)
    space = text[end : end + 1]
    if not 1 <= end - at <= 3 or text[at] == "0" or not space or space not in GROUP_SPACES:
        return end
    while text[end : end + 1] == space and _run(text, end + 1, _DIGITS) == end + 4:
        end += 4
    return end


def _mark(text: str, at: int) -> Token | None:
    """Read a footnote mark."""
    for letters in (_SUPERSCRIPTS, "*"):
        end = _run(text, at, letters)
        if end > at:
            plain = "".join(str(_SUPERSCRIPTS.find(c)) if c in _SUPERSCRIPTS else c for c in text[at:end])
            spaced = _token(TokenKind.MARK, text, at, end).spaced
            return Token(TokenKind.MARK, plain, at, end, spaced)
    return None


def _word(text: str, at: int) -> Token | None:
    """Read a word; a dash, slash or full stop between two letters is part of it ("e-handel", "N/A")."""
    if not (text[at].isalpha() or text[at] in "%‰"):
        return None
    end = at + 1
    if text[at] in "%‰" and text[end : end + 1] != "-":
        return _token(TokenKind.WORD, text, at, end)
    while end < len(text) and (_in_word(text[end]) or (text[end] in "-/." and text[end + 1 : end + 2].isalpha())):
        end += 1
    if text[at:end] in _SQUARED and text[end : end + 1] in ("²", "³"):
        end += 1
    return _token(TokenKind.WORD, text, at, end)


def _in_word(letter: str) -> bool:
    return letter.isalpha() or letter in _DIGITS
