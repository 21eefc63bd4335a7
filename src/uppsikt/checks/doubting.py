"""When a number in a sentence that agrees with no cell contradicts one, and how sure that is.

Only when all cells that it may repeat tell one amount. Either the sentence is understood, word by word, or
a rare slip of the pen explains the difference; what may be of another month, another whole or somebody else
is left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import NamedTuple

from uppsikt.checks.comparing import Sizes, digits_of, sizes_of, tell_one_amount
from uppsikt.checks.edits import slips
from uppsikt.checks.meaning import Kind, Meaning
from uppsikt.checks.mentions import Mention
from uppsikt.checks.naming import words_of
from uppsikt.checks.prose import Prose
from uppsikt.checks.relations import Figures, Spot
from uppsikt.checks.words import stem, word_set
from uppsikt.core.findings import Confidence

# Headings over what is said of the whole, whatever they stand under.
_ABOUT_MONEY = frozenset(
    stem(word)
    for word in word_set(
        "ekonomi ekonomisk ekonomiska resultat driftsammandrag sammanfattning budget uppföljning prognos analys drift "
        "kommentar kommentarer samlad bedömning översikt utfall helårsprognos bokslut årsbokslut resultatet ekonomin"
    )
)
_FACTORS = (Decimal(1000), Decimal("0.001"))
_DIGITS = 3  # so many digits that swapping two of them, or missing by a thousand, is no chance
_MANY = 4  # so many that one wrong digit is none either


class Doubt(NamedTuple):
    """How sure it is that a number contradicts its cell, and whether a factor of a thousand explains it."""

    confidence: Confidence
    thousand: bool = False


def doubt(figures: Figures, prose: Prose, mention: Mention, meaning: Meaning, wanted: Sequence[Spot]) -> Doubt | None:
    """Say how sure it is that a number contradicts the cells it should repeat; None when it may well not."""
    stepping = meaning.kind is Kind.CHANGE and not meaning.level
    if not wanted or stepping or not mention.quantity.number or not tell_one_amount(figures, mention, wanted):
        return None
    sizes = sizes_of(figures, mention, wanted[:1])
    if sizes is None or not sizes.cell or not _is_plain(figures, prose, mention, meaning, wanted[0]):
        return None
    clear = meaning.understood and meaning.kind is not Kind.UNSAID
    if abs(sizes.told - sizes.cell) < Decimal(1).scaleb(-(mention.quantity.decimals or 0)):
        return Doubt(Confidence.POSSIBLE) if clear else None  # cut off instead of rounded: 25,1 for 25 190
    thousand = _is_off_by_thousand(mention, sizes)
    strong, any_slip = _slipped(mention, sizes)
    if clear:
        return Doubt(Confidence.CERTAIN if thousand or any_slip else Confidence.LIKELY, thousand)
    if digits_of(sizes.told) >= _DIGITS and (thousand or strong):
        return Doubt(Confidence.LIKELY, thousand)
    return None


def doubt_of_sum(mention: Mention, meaning: Meaning, parts: Collection[Spot]) -> Doubt | None:
    """Say how sure it is that a number contradicts the sum of rows that bear one name ("uppgår sammanlagt till")."""
    words = {token.text.casefold() for token in mention.clause.tokens[: mention.first]}
    summed = not words.isdisjoint(("sammanlagt", "totalt", "tillsammans"))
    known = meaning.understood and meaning.subjects and meaning.kind is not Kind.CHANGE
    return Doubt(Confidence.LIKELY) if summed and known and len(parts) > 1 else None


def _is_off_by_thousand(mention: Mention, sizes: Sizes) -> bool:
    if not mention.is_money or digits_of(sizes.told) < 2:
        return False
    return any(abs(sizes.told * each - sizes.cell) <= mention.slack * each + sizes.half for each in _FACTORS)


def _slipped(mention: Mention, sizes: Sizes) -> tuple[bool, bool]:
    """Say whether a strong slip of the pen explains the difference, and whether any that is no chance does."""
    allowed = mention.slack + sizes.half
    possible = slips(sizes.told, mention.quantity.decimals)
    slip = next((one for one in possible if abs(one.number - sizes.cell) <= allowed), None)
    digits = digits_of(sizes.told)
    if slip is None or digits < _DIGITS:
        return False, False
    return slip.strong, slip.strong or digits >= _MANY


def _is_plain(figures: Figures, prose: Prose, mention: Mention, meaning: Meaning, spot: Spot) -> bool:
    """Say whether nothing tells that the number is of another month, of another whole, or of somebody else's."""
    period = figures.column(spot).period
    last = period.end.month if period is not None else 12
    if meaning.months - {last} or (meaning.years and not meaning.months and last < 12):
        return False  # a year that is named is not the part of it that the column tells
    printed = prose.printed[spot.table]
    if meaning.subjects:
        # "The administration's sick leave" need not be that of the row, which may be the municipality's.
        return printed.kind == "economy" or not (meaning.generic or meaning.whole)
    if meaning.headed:
        return True
    heading = words_of(mention.passage.section[-1]) if mention.passage.section else ()
    return {*heading} <= {*words_of(" ".join((*printed.section, printed.table.title))), *_ABOUT_MONEY}
