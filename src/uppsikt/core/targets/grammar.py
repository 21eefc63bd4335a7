"""Reads targets, the little language of "Mindre än 70", "Minska med 10%" and "≥4% Positiv trend".

    target := [must] way ["eller" way] ["med" figure] ["jämfört med" year] [words]
            | [must] op cell [trend] | trend | "ej negativ" | "ja" | "nej" | "ja/nej" | balance | cell

A cell is read as in ``core.quantities``: a figure with unit, footnote marks and words. What does not
fit is kept as text, for a person to assess; words for "no target" are kept with their reason.
"""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

from uppsikt.core.errors import ReadingError
from uppsikt.core.periods import Period, parse_period
from uppsikt.core.quantities import COUNT, Quantity, parse_quantity, read_cell, read_missing
from uppsikt.core.targets.lexer import Piece, PieceKind, pieces_of
from uppsikt.core.targets.model import (
    Balance,
    Both,
    Bound,
    Change,
    Count,
    DesiredDirection,
    NoTarget,
    Op,
    Reach,
    Target,
    TextTarget,
    Way,
    YesNo,
    direction_of,
)

_EITHER_WAY = {
    frozenset({Way.KEEP, Way.UP}): Way.KEEP_OR_UP,
    frozenset({Way.KEEP, Way.DOWN}): Way.KEEP_OR_DOWN,
}
_ALONE: dict[PieceKind, Target] = {
    PieceKind.NOT_NEGATIVE: Bound(Op.AT_LEAST, Quantity(Decimal(0), decimals=0)),
    PieceKind.YES: YesNo(wanted=True),
    PieceKind.NO: YesNo(wanted=False),
    PieceKind.EITHER: YesNo(wanted=None),
}


def parse_target(text: str) -> Target:
    """Read a target; never raises. What cannot be read is a TextTarget with the text as written.

    >>> parse_target("Andelen ska bibehållas eller öka").way.value, parse_target("Ja")
    ('bibehålla eller öka', YesNo(wanted=True))
    >>> parse_target("90% inom 120 sekunder")
    TextTarget(text='90% inom 120 sekunder')
    """
    missing = read_missing(text)
    if missing is not None:
        return NoTarget(missing[0])
    try:
        return _Parser(text).target()
    except ReadingError:
        return TextTarget(" ".join(text.split()))


def parse_direction(text: str) -> DesiredDirection:
    """Read the column of desired direction: "Öka", "Mindre än 2", "≥4% Positiv trend", "-".

    >>> parse_direction("Ej negativ"), parse_direction("-")
    (<DesiredDirection.UP: 'up'>, <DesiredDirection.NONE: 'none'>)
    """
    return direction_of(parse_target(text))


class _Parser:
    """Walks the pieces of one target."""

    def __init__(self, text: str) -> None:
        self.text, self.pieces, self.at = text, pieces_of(text), 0

    def target(self) -> Target:
        while self._accept(PieceKind.MUST):
            pass
        piece = self._take()
        match piece.kind:
            case PieceKind.WAY:
                return self._change(piece)
            case PieceKind.OP:
                return self._bound(piece)
            case PieceKind.NUMBER:
                return self._reach(piece)
            case PieceKind.TREND if piece.way and self._at_end():
                return Change(piece.way)
            case PieceKind.BALANCE if self._at_end():
                return Balance(self.text[piece.start : piece.end])
            case _ if piece.kind in _ALONE and self._at_end():
                return _ALONE[piece.kind]
        raise self._error()

    def _change(self, piece: Piece) -> Change:
        way = self._other_way(piece.way) if self._accept(PieceKind.OR) else piece.way
        if way is None:
            raise self._error()
        by = self._figure() if self._accept(PieceKind.BY) else None
        if by is not None and (way not in (Way.UP, Way.DOWN) or by.number <= 0):
            raise self._error()
        since, note = None, ""
        if sought := self._accept(PieceKind.SINCE):
            since = self._year()
            note = "" if since else self.text[sought.start :].strip()
        return Change(way, by, since, note or self._words())

    def _other_way(self, first: Way | None) -> Way | None:
        second = self._take().way
        return _EITHER_WAY.get(frozenset({way for way in (first, second) if way}))

    def _figure(self) -> Quantity:
        """Read a figure with the unit right after it."""
        number = self._take()
        if number.kind is not PieceKind.NUMBER:
            raise self._error()
        if self.at < len(self.pieces):
            with suppress(ReadingError):  # the next word may be no unit: then it belongs to what follows
                quantity = parse_quantity(self.text[number.start : self.pieces[self.at].end])
                self.at += 1
                return quantity
        return parse_quantity(self.text[number.start : number.end])

    def _year(self) -> Period | None:
        """Read the year that is compared with; None when it is told in words ("föregående år")."""
        if self._at_end() or self.pieces[self.at].kind is not PieceKind.NUMBER:
            self._words()
            return None
        number = self._take()
        return parse_period(self.text[number.start : number.end])

    def _words(self) -> str:
        """Read the rest as words; a number, or a second thing to change, makes it another target."""
        rest = self.pieces[self.at :]
        if any(piece.kind in (PieceKind.NUMBER, PieceKind.WAY, PieceKind.OP) for piece in rest):
            raise self._error()
        self.at = len(self.pieces)
        return self.text[rest[0].start :].strip() if rest else ""

    def _bound(self, piece: Piece) -> Bound | Both:
        trend = self.pieces[-1] if self.pieces[-1].kind is PieceKind.TREND else None
        end = trend.start if trend else len(self.text)
        quantity, note = self._cell(self.text[piece.end : end].rstrip(" ,"))
        if piece.op is None:
            raise self._error()
        bound = Bound(piece.op, quantity, note)
        return Both(bound, Change(trend.way)) if trend and trend.way else bound

    def _reach(self, piece: Piece) -> Reach | Count:
        quantity, note = self._cell(self.text[piece.start :])
        return Count(quantity) if quantity.unit == COUNT and not note else Reach(quantity, note)

    def _cell(self, text: str) -> tuple[Quantity, str]:
        """Read a figure with what may stand around it; more than one figure is another target."""
        reading = read_cell(text)
        if not isinstance(reading.value, Quantity) or reading.others or reading.period:
            raise self._error()
        return reading.value, reading.note

    def _at_end(self) -> bool:
        """Say whether only a closing full stop remains."""
        return self.text[self.pieces[self.at - 1].end :].strip() in ("", ".")

    def _accept(self, kind: PieceKind) -> Piece | None:
        if self.at < len(self.pieces) and self.pieces[self.at].kind is kind:
            self.at += 1
            return self.pieces[self.at - 1]
        return None

    def _take(self) -> Piece:
        if self.at == len(self.pieces):
            raise self._error()
        self.at += 1
        return self.pieces[self.at - 1]

    def _error(self) -> ReadingError:
        place = self.pieces[self.at].start if self.at < len(self.pieces) else len(self.text)
        return ReadingError(f"{self.text!r} är inget målvärde som kan räknas.", text=self.text, position=place)
