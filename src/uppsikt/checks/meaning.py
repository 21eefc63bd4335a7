"""What a number in a sentence is said to be: a surplus, a budget, an outcome ... of which row and year.

The words between the beginning of the sentence (or the number before) and the number are read. When every
one of them is known the sentence is understood; an unknown word may mean a part that no row shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from uppsikt.checks.mentions import Mention, begins_month
from uppsikt.checks.naming import Naming
from uppsikt.checks.words import (
    ABOUT,
    CHANGES,
    CHANGES_DOWN,
    CHANGES_UP,
    FILLERS,
    GENERIC,
    MINUS_WORDS,
    MONTH_STEMS,
    NUMERALS,
    PART,
    PLUS_WORDS,
    RELATED,
    WHOLES,
    WITHIN,
    WITHOUT,
    begins,
    direction_of,
    word_set,
)
from uppsikt.core.quantities import Token, TokenKind
from uppsikt.core.tables import Measure

_STOPS = frozenset(',.;:()”"')
_STOP_WORDS = word_set("vilket vilka som där medan men och eftersom då dels främst framförallt därför varför när")
_REASONS = word_set("grund följd anledning tack huvudsak form samband")
_IS = word_set("är var blev blir ligger låg")  # after these a share or an index is what was measured
_LAST_YEAR = frozenset(("föregående", "förra", "fjol", "fjolårets"))


class Kind(StrEnum):
    """What a number is said to be."""

    DEVIATION = "deviation"
    RESULT = "result"
    BUDGET = "budget"
    FORECAST = "forecast"
    OUTCOME = "outcome"
    TARGET = "target"
    CHANGE = "change"
    UNSAID = ""


@dataclass(frozen=True)
class Meaning:
    """What a sentence says of a number.

    ``direction`` is 1 for a surplus and -1 for a deficit. ``measure`` is costs or income where the sentence
    says so. ``years`` are those that it names, ``last_year`` that it speaks of the year before. ``subjects``
    are the rows that it names; ``generic`` says that it speaks of what its heading names, ``whole`` that it may
    be of everything.
    ``understood`` says that no word of it is unknown. ``level`` is "from" or "to" in "from 2,0 to 1,5",
    and ``trend`` 1 where the sentence says that it grows, -1 that it shrinks. ``months`` are those that it names,
    and ``forecast`` that it speaks of a forecast.
    """

    kind: Kind
    direction: int
    measure: Measure
    years: tuple[int, ...]
    subjects: tuple[Naming, ...]
    generic: bool
    whole: bool
    understood: bool
    last_year: bool = False
    investment: bool = False
    level: str = ""
    trend: int = 0
    months: frozenset[int] = frozenset()
    forecast: bool = False
    headed: bool = False  # the heading over it names the row


def meaning_of(mention: Mention, before: Mention | None, named: Sequence[Naming]) -> Meaning:
    """Read the words around a number; ``before`` is the number that stands before it in the sentence, if any."""
    tokens = mention.clause.tokens
    goes_on = before is not None and _is_end_of_step(mention, before)
    since = 0 if before is None or goes_on else before.last
    fresh = tuple(one for one in named if since <= one.first < mention.first)
    subjects = fresh or tuple(one for one in named if one.last <= since)
    passed = range(before.first, before.last) if before is not None and goes_on else range(0)
    scope = [tokens[at].text.casefold() for at in range(since, mention.first) if at not in passed]
    after = _after(tokens, mention.last)
    kind, direction = _kind(scope)
    if kind is Kind.UNSAID and not mention.is_money and not _IS.isdisjoint(scope[-2:]):
        kind = Kind.OUTCOME
    related = _related(after)
    if related and kind is not Kind.CHANGE:
        kind = Kind.CHANGE if direction == 0 or kind is Kind.DEVIATION else kind
    known = {at for one in named for at in range(one.first, one.last)}
    read = (at for at in range(since, mention.first) if at not in known and at not in passed)
    unknown = [at for at in read if not _is_known(tokens[at])]
    parted = any(word in PART for word in scope) or (before is not None and not fresh) or "(" in scope[-2:]
    narrowed = not {token.text.casefold() for token in tokens[mention.last : mention.last + 2]}.isdisjoint(WITHOUT)
    clear = not parted and not related and not narrowed and not mention.loose
    understood = clear and not unknown and _closes(after, known, mention.last)
    every = [token.text.casefold() for token in tokens]
    return Meaning(
        kind,
        direction,
        _measure(scope),
        tuple(int(token.number) for token in tokens if _is_year(token)),
        subjects,
        any(word in GENERIC for word in scope),
        any(word in WHOLES or word.endswith(("nämnden", "styrelsen")) for word in scope),
        understood,
        any(word in _LAST_YEAR for word in every),
        any("invester" in word for word in every),
        _level(scope, mention),
        next((1 if begins(word, *CHANGES_UP) else -1 for word in scope if begins(word, *CHANGES_UP, *CHANGES_DOWN)), 0),
        frozenset(MONTH_STEMS.index(word[:3]) + 1 for word in every if begins_month(word)),
        any("prognos" in word for word in scope),
    )


def _kind(scope: Sequence[str]) -> tuple[Kind, int]:
    """Find what the number is said to be: by the nearest word before it, one that it is compared with left out."""
    for at in range(len(scope) - 1, -1, -1):
        word, against = scope[at], scope[at - 1] if at else ""
        if (direction := direction_of(word)) != 0:
            planned = any(begins(w, "budgeterat", "budgeterar", "budgeteras", "budgeterade") for w in scope)
            return (Kind.RESULT if planned else Kind.DEVIATION), direction
        if against in RELATED or (against == "med" and at > 1 and scope[at - 2] in RELATED):
            continue
        kind = _kind_of(word)
        if kind is not Kind.UNSAID:
            compared = any(w in RELATED for w in scope) and any(begins(w, "budget") for w in scope)
            return (Kind.DEVIATION if kind is Kind.RESULT and compared else kind), 0
    return Kind.UNSAID, 0


_FRAME = ("ram", "ramen", "ramens", "ramar", "ramarna", "ramarnas")  # whole words: much else begins so
_STEMS = {
    Kind.DEVIATION: ("avvik", "budgetavvik"),
    Kind.CHANGE: CHANGES,
    Kind.FORECAST: ("prognos", "helårsprognos"),
    Kind.BUDGET: ("budget", "internbudget", "kommunbidrag", "anslag", "investeringsram"),
    Kind.RESULT: ("resultat", "årsresultat", "nettoresultat"),
    Kind.TARGET: ("målvärde", "måltal", "målnivå"),
    Kind.OUTCOME: ("utfall", "bokslut", "nettokostnad", "kostnad", "intäkt", "uppgick", "uppgår", "nettoutgift"),
}


def _kind_of(word: str) -> Kind:
    if word in _FRAME:
        return Kind.BUDGET
    return next((kind for kind, stems in _STEMS.items() if begins(word, *stems)), Kind.UNSAID)


def _measure(scope: Sequence[str]) -> Measure:
    for word in reversed(scope):
        if begins(word, "nettokostnad", "nettoutgift"):
            return Measure.NET
        if begins(word, "kostnad", "bruttokostnad", "utgift"):
            return Measure.COSTS
        if begins(word, "intäkt", "inkomst"):
            return Measure.INCOME
    return Measure.NONE


def _is_year(token: Token) -> bool:
    return (
        token.kind is TokenKind.NUMBER
        and len(token.text) == 4
        and token.text.isdigit()
        and token.text[:2] in ("19", "20")
    )


def _is_known(token: Token) -> bool:
    """Say whether a word leaves the meaning of the number as it is, or is one that the meaning was read from."""
    word = token.text.casefold().rstrip(".")
    if token.kind is not TokenKind.WORD:
        return token.kind is not TokenKind.NUMBER or _is_year(token) or token.number <= 31
    known = word in FILLERS or word in GENERIC or word in ABOUT or word in RELATED or word in _LAST_YEAR
    signs = word in MINUS_WORDS or word in PLUS_WORDS or word in NUMERALS
    return known or signs or direction_of(word) != 0 or _kind_of(word) is not Kind.UNSAID or begins_month(word)


def _after(tokens: Sequence[Token], at: int) -> list[str]:
    """Give the words after a number up to where something new begins."""
    words: list[str] = []
    for token in tokens[at : at + 10]:
        word = token.text.casefold()
        if word in _STOPS or (word in _STOP_WORDS and words) or word in PART:
            break
        words.append(word)
    return words


def _related(after: Sequence[str]) -> bool:
    """Say whether the number is told against something else than the budget: a forecast, another year."""
    at = next((at for at, word in enumerate(after) if word in RELATED), None)
    better = any(word in ("bättre", "sämre", "högre", "lägre", "mer", "mindre") for word in after[:2])
    if at is None:
        return better
    return better or not any(begins(word, "budget", "ram", "internbudget") for word in after[at:])


def _closes(after: Sequence[str], known: set[int], at: int) -> bool:
    """Say whether nothing after the number narrows what it is about ("inom hemtjänsten")."""
    if not after or after[0] not in WITHIN:
        return True
    if any(word in _REASONS for word in after[:2]):
        return True
    rest = [word for back, word in enumerate(after) if back and at + back not in known]
    return all(
        word in FILLERS or word in GENERIC or word.isdigit() or begins_month(word) or begins(word, "budget")
        for word in rest
    )


def _is_end_of_step(mention: Mention, before: Mention) -> bool:
    """Say whether a number ends what the number before it began: "från 2,0 till 1,5"."""
    tokens = mention.clause.tokens
    between = [token.text.casefold() for token in tokens[before.last : mention.first]]
    return between == ["till"] and tokens[before.first - 1].text.casefold() == "från"


def _level(scope: Sequence[str], mention: Mention) -> str:
    """Say whether the number is where a change began or where it ended."""
    if not any(begins(word, *CHANGES) for word in scope) and mention.first:
        every = [token.text.casefold() for token in mention.clause.tokens[: mention.first]]
        if not any(begins(word, *CHANGES) for word in every):
            return ""
    return {"från": "from", "till": "to"}.get(scope[-1] if scope else "", "")
