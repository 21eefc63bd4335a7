"""Slips of the pen: how one printed figure can have become another.

Strong slips are rare by chance (two digits swapped, a sign lost or added, a factor of a thousand);
a single wrong digit is weak, because in a sum of many rows some row always has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

_THOUSAND = Decimal(1000)
_LONGEST = 20  # digits: what is longer was never an amount
_CLEAR = 10  # steps of the last digit: what is less is hard to tell from nothing at all


class Slip(NamedTuple):
    """The figure that should have stood, the Swedish words for what happened, and whether it is strong."""

    number: Decimal
    words: str
    strong: bool


def slips(stated: Decimal, decimals: int | None) -> Iterator[Slip]:
    """Give every figure that one slip of the pen could have turned into the stated one, strong ones first.

    >>> [slip.words for slip in slips(Decimal(440451), 0) if slip.number == 440541]
    ['två siffror har bytt plats']
    """
    if stated.adjusted() > _LONGEST:
        return
    scale = Decimal(1).scaleb(-max(decimals or 0, -int(stated.as_tuple().exponent)))
    if stated:
        yield Slip(-stated, "minustecknet är för mycket" if stated < 0 else "ett minustecken saknas", strong=True)
        yield Slip(stated * _THOUSAND, "talet är tusen gånger för litet", strong=True)
    if abs(stated) / _THOUSAND >= _CLEAR * scale:
        yield Slip(stated / _THOUSAND, "talet är tusen gånger för stort", strong=True)
    digits, sign = str(int(abs(stated) / scale)), -1 if stated < 0 else 1
    for text, words, strong in _changed(digits):
        yield Slip(sign * int(text) * scale, words, strong)


def _changed(digits: str) -> Iterator[tuple[str, str, bool]]:
    for at in range(len(digits) - 1):
        swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        if swapped != digits and swapped[0] != "0":
            yield swapped, "två siffror har bytt plats", True
    for at, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit and not (at == 0 and other == "0" and len(digits) > 1):
                yield digits[:at] + other + digits[at + 1 :], "en siffra är fel", False
