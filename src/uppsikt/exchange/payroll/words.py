"""What the headings and the cells of payroll files say, in the words that personnel systems use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from uppsikt.core.economy.staffing import AgeGroup, Sex
from uppsikt.exchange.ledger_table.headings import key_of, month_named
from uppsikt.exchange.ledger_table.telling import month_of
from uppsikt.exchange.sheets.cells import Cell, amount_of

# The first word of each is what a person is told when the column is missing.
HEADINGS = {
    "unit": ("enhet", "ansvar", "enhetskod", "ansvarskod", "organisation", "org", "kostnadsställe", "avdelning"),
    "unit_name": ("enhetsnamn", "ansvar namn", "ansvar(t)", "benämning", "namn"),
    "year": ("år",),
    "month": ("månad", "period", "mån", "datum", "avser månad"),
    "sex": ("kön",),
    "age_group": ("åldersgrupp", "ålder", "åldersintervall"),
    "employees": ("anställda", "antal anställda", "antal", "antal anst", "anst", "antal personer"),
    "full_time_equivalents": ("årsarbetare", "heltidstjänster", "årsarb", "antal årsarbetare", "årsarbetskrafter"),
    "scheduled_hours": ("ordinarie timmar", "ordinarie arbetstid", "arbetstid", "ord arbetstid", "ordinarie tid"),
    "sick_hours": ("sjuktimmar", "sjukfrånvaro timmar", "sjuktid", "sjukfrånvaro tim", "sjukfrånvaro (tim)"),
    "long_sick_hours": ("långa sjuktimmar", "sjuktimmar 60 dagar eller mer", "långtidssjuktimmar", "sjuktimmar 60-"),
    "began": ("började", "nyanställda", "antal nyanställda", "nyrekryterade"),
    "left": ("slutade", "avgångar", "antal slutade"),
}
_FIELDS = {key_of(word): field for field, words in HEADINGS.items() for word in words}
_SEXES = {
    **dict.fromkeys(("kvinnor", "kvinna", "k", "kv", "f", "kvinnlig"), Sex.WOMEN),
    **dict.fromkeys(("män", "man", "m", "manlig"), Sex.MEN),
}
_DOWN, _BELOW = re.compile(r"^[-–−≤]|<=|t\.? ?o\.? ?m|yngre|högst|upp till"), re.compile(r"<(?!=)|under|yngre än")
_UP, _ABOVE = re.compile(r"[-–−+](?: ?år)?$|≥|>=|äldre|minst|fr\.? ?o\.? ?m"), re.compile(r">(?!=)|över|äldre än")
_CLOSING = re.compile(r"[0-9]{4}[-/.mM]?(?:00|1[3-9])")


def field_of(heading: str) -> str | None:
    """Give what a heading says that its column holds, None for a column that is passed over.

    >>> field_of("Antal anst."), field_of("KÖN"), field_of("Telefon")
    ('employees', 'sex', None)
    """
    return _FIELDS.get(key_of(heading))


def month_in(text: str, year: str = "") -> int:
    """Read a month (YYYYMM), with the year from a column of its own where the month has none; raises ValueError.

    >>> month_in("2024-03"), month_in("mars 2024"), month_in("3", "2024"), month_in("mar", "2024")
    (202403, 202403, 202403, 202403)
    """
    month = None if _CLOSING.fullmatch(text) else month_of(text)
    if month is None and re.fullmatch(r"(?:19|20)[0-9]{2}", year):
        number = int(text) if re.fullmatch(r"[0-9]{1,2}", text) else month_named(text.casefold())
        month = int(year) * 100 + number if number is not None and 1 <= number <= 12 else None
    if month is None:
        raise ValueError("Skriv månaden som 2024-03.")
    return month


def _sex(_cell: Cell, text: str) -> Sex:
    if text.casefold() not in _SEXES:
        raise ValueError("Skriv kvinnor eller män.")
    return _SEXES[text.casefold()]


def _age(_cell: Cell, text: str) -> AgeGroup:
    """Read an age group by its numbers, and by which way it is open: they are the same in every wording."""
    ages, told = [int(one) for one in re.findall(r"[0-9]{1,3}", text)], text.casefold()
    young = (ages == [29] and _DOWN.search(told)) or (ages == [30] and _BELOW.search(told))
    old = (ages == [50] and _UP.search(told)) or (ages == [49] and _ABOVE.search(told))
    if ages == [30, 49]:
        return AgeGroup.MIDDLE
    if young or (len(ages) == 2 and ages[0] < 29 == ages[1]):
        return AgeGroup.YOUNG
    if old or (len(ages) == 2 and ages[0] == 50 < ages[1]):
        return AgeGroup.OLD
    raise ValueError("Skriv -29, 30-49 eller 50-.")


def _whole(cell: Cell, text: str) -> int:
    number = _amount(cell, text)
    if number != int(number):
        raise ValueError("Skriv ett helt antal.")
    return int(number)


def _amount(cell: Cell, _text: str) -> Decimal:
    number = amount_of(cell)
    if number is None or abs(number) >= 10**9:
        raise ValueError("Talet är för stort.")
    return round(number, 4)


READ: Mapping[str, Callable[[Cell, str], Any]] = MappingProxyType({
    "unit": lambda _cell, text: text, "sex": _sex, "age_group": _age, "employees": _whole,
    "full_time_equivalents": _amount, "scheduled_hours": _amount, "sick_hours": _amount, "long_sick_hours": _amount,
    "began": _whole, "left": _whole,
})  # fmt: skip
