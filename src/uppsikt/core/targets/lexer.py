"""The pieces that a target is made of: the tokens of its text, with the known phrases put together.

No character passes unseen: what is no phrase, number or mark becomes a piece of kind OTHER, and the
grammar decides whether it may stand there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from uppsikt.core.quantities import Token, TokenKind, lex
from uppsikt.core.targets.model import Op, Way


class PieceKind(StrEnum):
    """What a piece is."""

    NUMBER = "number"
    OP = "op"
    WAY = "way"
    TREND = "trend"
    NOT_NEGATIVE = "not_negative"
    YES = "yes"
    NO = "no"
    EITHER = "either"
    BALANCE = "balance"
    MUST = "must"  # "ska", "andelen ska": says no more than that it is a target
    BY = "by"
    SINCE = "since"
    OR = "or"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text from ``start`` up to ``end``, and what it stands for."""

    kind: PieceKind
    start: int
    end: int
    op: Op | None = None
    way: Way | None = None


_OPS = {
    Op.LESS: ("<", "mindre än", "färre än", "lägre än", "under"),
    Op.AT_MOST: ("< =", "= <", "≤", "max", "maximalt", "högst", "som mest", "inte över", "ej över", "inte mer än"),
    Op.MORE: (">", "större än", "mer än", "fler än", "högre än", "över"),
    Op.AT_LEAST: ("> =", "= >", "≥", "minst", "min", "lägst", "inte under", "ej under", "inte mindre än"),
}
_WAYS = {
    Way.UP: ("öka", "ökar", "ökad", "ökade", "ökat", "ökning"),
    Way.DOWN: ("minska", "minskar", "minskad", "minskade", "minskat", "minskning"),
    Way.KEEP: ("behålla", "behållas", "bibehålla", "bibehållas", "bibehållen", "oförändrad", "oförändrat"),
}
_OTHERS = {
    PieceKind.NOT_NEGATIVE: ("ej negativ", "ej negativt", "inte negativ", "inte negativt"),
    PieceKind.YES: ("ja",),
    PieceKind.NO: ("nej",),
    PieceKind.EITHER: ("ja/nej", "ja / nej"),
    PieceKind.BALANCE: ("nollresultat", "budget i balans", "ekonomi i balans", "i balans"),
    PieceKind.MUST: ("ska", "skall", "bör", "vara", "andelen", "antalet"),
    PieceKind.BY: ("med",),
    PieceKind.SINCE: ("jämfört med", "i förhållande till", "sedan"),
    PieceKind.OR: ("eller",),
}
_PHRASES: dict[tuple[str, ...], tuple[PieceKind, Op | None, Way | None]] = {
    **{tuple(p.split()): (PieceKind.OP, op, None) for op, phrases in _OPS.items() for p in phrases},
    **{tuple(p.split()): (PieceKind.WAY, None, way) for way, phrases in _WAYS.items() for p in phrases},
    **{tuple(p.split()): (kind, None, None) for kind, phrases in _OTHERS.items() for p in phrases},
    ("positiv", "trend"): (PieceKind.TREND, None, Way.UP),
    ("negativ", "trend"): (PieceKind.TREND, None, Way.DOWN),
}
_LONGEST = max(map(len, _PHRASES))


def pieces_of(text: str) -> tuple[Piece, ...]:
    """Cut a target into pieces, the longest known phrase first.

    >>> [piece.kind.value for piece in pieces_of("Andelen ska bibehållas eller öka")]
    ['must', 'must', 'way', 'or', 'way']
    """
    tokens = lex(text)
    pieces: list[Piece] = []
    at = 0
    while at < len(tokens):
        piece, length = _piece(tokens, at)
        pieces.append(piece)
        at += length
    return tuple(pieces)


def _piece(tokens: tuple[Token, ...], at: int) -> tuple[Piece, int]:
    token = tokens[at]
    if token.kind is TokenKind.NUMBER:
        return Piece(PieceKind.NUMBER, token.start, token.end), 1
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        some = tokens[at : at + length]
        known = _PHRASES.get(tuple(one.text.casefold() for one in some))
        if known is not None:
            return Piece(known[0], token.start, some[-1].end, known[1], known[2]), length
    return Piece(PieceKind.OTHER, token.start, token.end), 1
