"""Which period a text speaks of: the year, or the part of it that is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from uppsikt.core.errors import ReadingError
from uppsikt.core.periods import Period, parse_period

_YEAR = re.compile(r"(?<![\d§/-])(19[89]\d|20[0-6]\d)(?!\d| ?\d{3}\b)")
_MONTH = r"(?:jan|febr?|mars?|apr|maj|juni?|juli?|aug|sept?|okt|nov|dec)[a-zåäö]*\.?"
_FORMS = (
    r"(?:19|20)\d\d-\d\d-\d\d",
    rf"\d{{1,2}}[ .]{{0,2}}{_MONTH} ?(?:(?:19|20)\d\d)?",
    r"\d{1,2} ?/ ?\d{1,2}(?: ?(?:19|20)\d\d)?",
    rf"(?:(?:19|20)\d\d )?{_MONTH} ?[-–] ?{_MONTH}(?: ?(?:19|20)\d\d)?",
    r"(?:19|20)\d\d ?,?(?:q|t|h|kv|kvartal|tertial|halvår) ?\d",
    r"(?:q|t|kv|kvartal|tertial|halvår) ?\d(?: ?,? ?(?:19|20)\d\d)?",
    rf"{_MONTH} ?(?:19|20)\d\d",
    rf"(?:19|20)\d\d {_MONTH}",
    rf"{_MONTH}$",
)


def years_in(text: str) -> list[int]:
    """Give the years that a text names, in order; both ends of "2021-2023" count.

    >>> years_in("Budget 2020 med plan för 2021-2023"), years_in("2 019 tkr")
    ([2020, 2021], [])
    """
    return [int(found) for found in _YEAR.findall(text)]


def period_in(text: str, year: int | None = None) -> Period | None:
    """Give the period that a text speaks of, when it is one; a part of a year without year takes ``year``.

    >>> period_in("Redovisning 31/8 2018").key, period_in("Utfall aug. 2019").key, period_in("Budget 2020").key
    ('2018-08-31', '2019-08', '2020')
    >>> period_in("Utfall augusti", 2024).key
    '2024-08'
    """
    words = text.casefold().replace("−", "-")
    known = years_in(words)
    default = known[0] if len(set(known)) == 1 else year
    for form in _FORMS:
        for found in re.findall(rf"\b{form}", words):
            try:
                period = parse_period(found, default)
            except ReadingError:
                continue
            return period
    whole = set(years_in(re.sub(r"(19|20)\d\d ?[-–] ?(19|20)?\d\d", "", words)))
    return Period.year(whole.pop()) if len(whole) == 1 else None


def commonest_year(texts: Iterable[str]) -> int | None:
    """Give the year that texts name most; of two alike the first."""
    counted = Counter(year for text in texts for year in years_in(text))
    return counted.most_common(1)[0][0] if counted else None
