"""Which rows of which tables the words of a sentence name.

A row's name is what its label says beyond what every row says ("Summa", "varav kostnader", "netto, tkr"). A
row that says nothing more bears the name of the row that it stands under; without one it is the total of
its table, and is named by what names the whole ("nämnden", "totalt") or by its heading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from uppsikt.checks.relations import Figures
from uppsikt.checks.words import stem, word_set
from uppsikt.core.quantities import Token, TokenKind, lex
from uppsikt.core.tables import Row, RowRole, Table

_MOST_WORDS = 6  # a longer label is a sentence, and sentences are not quoted whole
_SLACK = 2  # words that may stand between those of a name ("Kultur- och fritid")
_SAYS_NOTHING = frozenset(
    stem(word)
    for word in word_set(
        """
        summa totalt total totala totalsumma summering delsumma varav därav netto nettokostnad nettokostnader kostnader
        intäkter utgifter inkomster bruttokostnader tkr mnkr mkr kr verksamhetens verksamhet och i för av till på med
        den de det inkl exkl inklusive exklusive driftsammandrag resultat årets stab enhet per antal andel budgetram ram
        internbudget
        """
    )
)


class Name(NamedTuple):
    """A row of a table, by their numbers, and the stems of its name; none where the row is its table's total."""

    table: int
    row: int
    words: tuple[str, ...]


class Naming(NamedTuple):
    """A name that stands in a sentence: its stems, the rows that bear it, its first token and that after its last."""

    words: tuple[str, ...]
    names: Sequence[Name]
    first: int
    last: int


class Names:
    """The names of all rows with figures, found by their longest word."""

    def __init__(self, figures: Figures) -> None:
        self.by_word: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self.by_name: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        filled = {(spot.table, spot.row) for spot in figures.spots()}
        filled |= {(at, row.parent or "") for at, table in enumerate(figures.tables) for row in table.rows}
        for at, table in enumerate(figures.tables):
            for number, row in enumerate(table.rows):
                if (at, row.key) in filled:
                    self._enter(Name(at, number, tuple(_own_words(table, row))))

    def _enter(self, name: Name) -> None:
        if len(name.words) <= _MOST_WORDS:
            self.by_name[name.words].append(name)
            if name.words:
                self.by_word[max(name.words, key=len)].add(name.words)

    @property
    def totals(self) -> Sequence[Name]:
        """The rows that have no name of their own."""
        return self.by_name.get((), ())

    def called(self, words: set[str]) -> Sequence[Name]:
        """Give the rows whose names are exactly these words, in whatever order."""
        found = {known for word in words for known in self.by_word.get(word, ()) if set(known) == words}
        return [name for known in sorted(found) for name in self.by_name[known]]

    def named(self, tokens: Sequence[Token]) -> list[Naming]:
        """Give the names in a sentence; a name inside a longer one is left out."""
        stems = [stem(token.text) if token.kind is TokenKind.WORD else "" for token in tokens]
        found = []
        for at, word in enumerate(stems):
            for words in sorted(self.by_word.get(word, ())) if word else ():
                place = _placed(words, at, word, stems)
                if place is not None:
                    found.append(Naming(words, self.by_name[words], *place))
        return [one for one in found if not any(_inside(one, other) for other in found)]


def _placed(words: Sequence[str], at: int, word: str, stems: Sequence[str]) -> tuple[int, int] | None:
    """Find the other words of a name near the place of one of them: its first token and that after its last."""
    reach = len(words) + _SLACK
    first, last = at, at + 1
    for other in words:
        if other == word:
            continue
        near = [place for place in range(max(0, at - reach), min(len(stems), at + reach + 1)) if stems[place] == other]
        if not near:
            return None
        best = min(near, key=lambda place: abs(place - at))
        first, last = min(first, best), max(last, best + 1)
    return (first, last) if last - first <= reach else None


def _inside(one: Naming, other: Naming) -> bool:
    within = other.first <= one.first and one.last <= other.last
    return within and (other.last - other.first) > (one.last - one.first) and set(one.words) < set(other.words)


@lru_cache(maxsize=50_000)
def words_of(text: str) -> tuple[str, ...]:
    """Give the stems of the words of a label, those in brackets and those that say nothing left out."""
    words, depth = [], 0
    for token in lex(text):
        depth += (token.text == "(") - (token.text == ")")
        if token.kind is TokenKind.WORD and depth <= 0 and (word := stem(token.text)) not in _SAYS_NOTHING:
            words.append(word)
    return tuple(words)


def _own_words(table: Table, row: Row) -> Iterator[str]:
    """Give the words of a row, else those of the nearest row above it that has some; a part has both."""
    own = words_of(row.label)
    parts = row.role is RowRole.BREAKDOWN
    while row.parent is not None and (not own or parts):
        row = table.row(row.parent)
        parts = parts and row.role is RowRole.BREAKDOWN
        own = words_of(row.label) + own
    return iter(dict.fromkeys(own))
