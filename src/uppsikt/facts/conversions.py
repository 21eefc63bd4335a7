"""How written amounts, periods, dates and kinds become what they mean, in SQL: one expression for each.

Each gives NULL for what it does not understand; nothing is rounded and nothing is guessed. The common writing comes
first in each CASE, so that ten million rows in one shape do not pay for the shapes of others.
"""

from __future__ import annotations

from uppsikt.core.economy.ledger import EntryKind
from uppsikt.facts.engine import literal

_SPACES = " \t\u00a0\u2007\u2009\u202f"  # the blanks that programs put between thousands and around codes
_MINUSES = "\u2212\u2013\u2010\u2011\ufe63\uff0d"
_YEAR = "(?:19|20|21)\\d\\d"
_MONTHS = (
    "jan(uari)?", "feb(ruari)?", "mars?", "apr(il)?", "maj", "juni?", "juli?", "aug(usti)?", "sep(t|tember)?",
    "okt(ober)?", "nov(ember)?", "dec(ember)?",
)  # fmt: skip
_KINDS = {
    EntryKind.OUTCOME: ("outcome", "utfall", "bokfört", "bokfort", "u", "actual"),
    EntryKind.BUDGET: ("budget", "b"),
    EntryKind.FORECAST: ("forecast", "prognos", "p"),
}


def code(column: str) -> str:
    """Write a code: blanks around it are not part of it, and no code is the empty one."""
    plain = f"regexp_full_match({column}, '[0-9A-Za-z]+')"
    return f"CASE WHEN {plain} THEN {column} ELSE coalesce(trim({column}, {literal(_SPACES)}), '') END"


def is_filled(column: str) -> str:
    """Write the condition that something stands in a cell."""
    return f"coalesce(trim({column}, {literal(_SPACES)}), '') <> ''"


def ore(column: str, decimal: str) -> str:
    """Write an amount in whole öre, or NULL for what is no amount, has parts of an öre or does not fit in 64 bits.

    Thousands may be parted by blanks, apostrophes or the sign that is not the decimal's; the minus may be any of the
    minuses, before or after, or parentheses around.
    """
    sign, other = ("\\.", "") if decimal == "." else (",", "\\.")
    parted = "".join(f"|\\d{{1,3}}({between}\\d{{3}})+" for between in (" ", "'", other or ",") if between)
    shape = f"-?(\\d+{parted})?({sign}\\d{{1,2}})?"
    plain = _plain(column)
    split = f"strpos({plain}, {literal(decimal)})"
    whole = f"regexp_replace(CASE {split} WHEN 0 THEN {plain} ELSE left({plain}, {split} - 1) END, '[^0-9-]', '', 'g')"
    rest = f"CASE {split} WHEN 0 THEN '00' ELSE rpad(substr({plain}, {split} + 1), 2, '0') END"
    return f"""CASE
        WHEN regexp_full_match({column}, '-?\\d{{1,16}}{sign}\\d\\d')
            THEN CAST(replace({column}, {literal(decimal)}, '') AS BIGINT)
        WHEN regexp_full_match({plain}, {literal(shape)}) AND regexp_matches({plain}, '\\d')
            THEN try_cast({whole} || {rest} AS BIGINT)
    END"""


def _plain(column: str) -> str:
    """Write the amount with one kind of blank, one kind of minus, and the minus first."""
    blanks, minuses = _SPACES[1:], _MINUSES
    even = (
        f"trim(translate(replace({column}, chr(0), '?'), {literal(blanks + minuses)},"
        f" {literal(' ' * len(blanks) + '-' * len(minuses))}))"
    )
    turned = f"regexp_replace({even}, '^(?:\\((.*)\\)|(\\d.*?) ?-)$', '-\\1\\2')"
    return f"regexp_replace({turned}, '^(?:\\+|(-)) ?', '\\1')"


def day(column: str) -> str:
    """Write a date, or NULL; a clock after the date is passed over. Days before months only where no other order is
    possible: "31/1 2024", "31.1.2024", "31 januari 2024".
    """
    tidy = _tidy(column)
    clock = "(?:[ t]\\d\\d:\\d\\d.*)?"
    swedish = f"regexp_extract({tidy}, '^(\\d{{1,2}})(?:/(\\d{{1,2}}) |\\.(\\d{{1,2}})\\.)(\\d{{4}})$', %d)"
    worded = f"regexp_extract({tidy}, '^(\\d{{1,2}}) ([a-z]+)\\.? (\\d{{4}})$', %d)"
    return f"""CASE
        WHEN regexp_full_match({column}, '{_YEAR}-\\d\\d-\\d\\d') THEN try_cast({column} AS DATE)
        WHEN regexp_full_match({tidy}, '{_YEAR}\\d\\d\\d\\d')
            THEN {_date(f"left({tidy}, 4)", f"substr({tidy}, 5, 2)", f"right({tidy}, 2)")}
        WHEN regexp_full_match({tidy}, '{_YEAR}[-/.]\\d\\d[-/.]\\d\\d{clock}')
            THEN {_date(f"left({tidy}, 4)", f"substr({tidy}, 6, 2)", f"substr({tidy}, 9, 2)")}
        WHEN regexp_full_match({tidy}, '\\d{{1,2}}(/\\d{{1,2}} |\\.\\d{{1,2}}\\.){_YEAR}')
            THEN {_date(swedish % 4, f"{swedish % 2} || {swedish % 3}", swedish % 1)}
        WHEN regexp_full_match({tidy}, '\\d{{1,2}} [a-z]+\\.? {_YEAR}')
            THEN {_date(worded % 3, _named(worded % 2), worded % 1)}
    END"""


def period(column: str) -> str:
    """Write a period as its first day, or any date as itself, or NULL: "202401", "2024-01", "2024M01", "1/2024",
    "jan 2024", "januari 2024". A month without a year is nothing. The periods of an opening (00) and of a closing
    (13 to 15) are January and December of their year; ``extra_period`` tells which they were.
    """
    tidy = _tidy(column)
    worded = f"regexp_extract({tidy}, '^([a-z]+)\\.?[ -](\\d{{4}})$', %d)"
    first, last = f"regexp_extract({tidy}, '^\\d{{1,2}}')", f"regexp_extract({tidy}, '\\d{{1,2}}$')"
    return f"""CASE
        WHEN regexp_full_match({column}, '{_YEAR}\\d\\d')
            THEN {_date(f"left({column}, 4)", _calendar(f"right({column}, 2)"))}
        WHEN regexp_full_match({tidy}, '{_YEAR} ?[-/.m]? ?\\d{{1,2}}')
            THEN {_date(f"left({tidy}, 4)", _calendar(last))}
        WHEN regexp_full_match({tidy}, '\\d{{1,2}}[-/.]{_YEAR}')
            THEN {_date(f"right({tidy}, 4)", _calendar(first))}
        WHEN regexp_full_match({tidy}, '[a-z]+\\.?[ -]{_YEAR}')
            THEN {_date(worded % 2, _named(worded % 1))}
        ELSE {day(column)}
    END"""


def extra_period(column: str) -> str:
    """Write the number of a period that is no month, "00" or "13" to "15", or NULL for every other."""
    tidy = _tidy(column)
    return f"""CASE
        WHEN length({column}) = 6 AND right({column}, 2) BETWEEN '01' AND '12' THEN NULL
        WHEN regexp_full_match({tidy}, '{_YEAR} ?[-/.m]? ?(00|1[345])') THEN right({tidy}, 2)
        WHEN regexp_full_match({tidy}, '(00|1[345])[-/.]{_YEAR}') THEN left({tidy}, 2)
    END"""


def month_of(date: str) -> str:
    """Write the month of a date as YYYYMM."""
    return f"CAST(year({date}) * 100 + month({date}) AS INTEGER)"


def kind(column: str, otherwise: EntryKind | None) -> str:
    """Write which kind an entry is; an empty cell is what the layout says."""
    # One word at a time: a list of words becomes a join, and then every cell is made tidy, also those that are.
    words = [(literal(word), literal(one)) for one, known in _KINDS.items() for word in known]
    cases = [f"WHEN {column} = {word} THEN {one}" for word, one in words]
    tidied = " ".join(f"WHEN {word} THEN {one}" for word, one in words)
    empty = f"WHEN NOT {is_filled(column)} THEN {literal(otherwise) if otherwise else 'NULL'}"
    return f"CASE {' '.join([*cases, empty])} ELSE CASE {_tidy(column)} {tidied} END END"


def _tidy(column: str) -> str:
    return f"lower(trim({column}, {literal(_SPACES)}))"


def _calendar(number: str) -> str:
    """Write the month that a period's number is booked in."""
    return f"CASE WHEN {number} = '00' THEN '01' WHEN {number} IN ('13', '14', '15') THEN '12' ELSE {number} END"


def _date(year: str, month: str, day: str = "'01'") -> str:
    """Write the date of three texts, or NULL where there is no such day."""
    return f"try_cast(concat({year}, '-', lpad({month}, 2, '0'), '-', lpad({day}, 2, '0')) AS DATE)"


def _named(word: str) -> str:
    """Write the number of a month that is told by its name or by the beginning of it that is usual."""
    cases = " ".join(
        f"WHEN regexp_full_match({word}, {literal(name)}) THEN '{number}'" for number, name in enumerate(_MONTHS, 1)
    )
    return f"CASE {cases} END"
