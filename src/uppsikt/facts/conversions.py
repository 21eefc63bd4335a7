"""How written amounts, periods, dates and kinds become what they mean, in SQL: one expression for each.

Each gives NULL for what it does not understand; nothing is rounded and nothing is guessed. The common writing comes
first in each CASE, so that ten million rows in one shape do not pay for the shapes of others.
"""

from __future__ import annotations

from uppsikt.core.economy.ledger import EntryKind
from uppsikt.facts.engine import literal

_SPACES = " \t\u00a0\u2007\u2009\u202f"  # the blanks that programs put between thousands and around codes
_MINUSES = "\u2212\u2013\u2010\u2011\ufe63\uff0d"
_KINDS = {
    EntryKind.OUTCOME: ("outcome", "utfall", "bokfört", "bokfort", "u", "actual"),
    EntryKind.BUDGET: ("budget", "b"),
    EntryKind.FORECAST: ("forecast", "prognos", "p"),
}


def code(column: str) -> str:
    """Write a code: blanks around it are not part of it, and no code is the empty one."""
    return f"coalesce(trim({column}, {literal(_SPACES)}), '')"


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
    tidy = f"lower(trim({column}, {literal(_SPACES)}))"
    clock = "(?:[ t]\\d\\d:\\d\\d.*)?"
    swedish = f"regexp_extract({tidy}, '^(\\d{{1,2}})(?:/(\\d{{1,2}}) |\\.(\\d{{1,2}})\\.)(\\d{{4}})$', %d)"
    worded = f"regexp_extract({tidy}, '^(\\d{{1,2}}) ([a-z]+)\\.? (\\d{{4}})$', %d)"
    return f"""CASE
        WHEN regexp_full_match({tidy}, '\\d{{4}}-\\d\\d-\\d\\d') THEN try_cast({tidy} AS DATE)
        WHEN regexp_full_match({tidy}, '\\d{{8}}') THEN try_cast(try_strptime({tidy}, '%Y%m%d') AS DATE)
        WHEN regexp_full_match({tidy}, '\\d{{4}}[-/.]\\d\\d[-/.]\\d\\d{clock}')
            THEN try_cast(translate(left({tidy}, 10), '/.', '--') AS DATE)
        WHEN regexp_full_match({tidy}, '\\d{{1,2}}(/\\d{{1,2}} |\\.\\d{{1,2}}\\.)\\d{{4}}')
            THEN try_cast(concat({swedish % 4}, '-', lpad({swedish % 2} || {swedish % 3}, 2, '0'), '-',
                lpad({swedish % 1}, 2, '0')) AS DATE)
        WHEN regexp_full_match({tidy}, '\\d{{1,2}} [a-z]+\\.? \\d{{4}}')
            THEN try_cast(concat({worded % 3}, '-', lpad(CAST({_named(worded % 2)} AS VARCHAR), 2, '0'), '-',
                lpad({worded % 1}, 2, '0')) AS DATE)
    END"""


def month(column: str) -> str:
    """Write a period as YYYYMM, or NULL: "202401", "2024-01", "2024M01", "1/2024", "jan 2024", "januari 2024", or any
    date. A month without a year is nothing.
    """
    tidy = f"lower(trim({column}, {literal(_SPACES)}))"
    worded = f"regexp_extract({tidy}, '^([a-z]+)\\.?[ -](\\d{{4}})$', %d)"
    number = f"""CASE
        WHEN regexp_full_match({tidy}, '\\d{{6}}') THEN CAST({tidy} AS INTEGER)
        WHEN regexp_full_match({tidy}, '\\d{{4}} ?[-/.m] ?\\d{{1,2}}')
            THEN CAST(left({tidy}, 4) AS INTEGER) * 100
                + CAST(regexp_extract({tidy}, '\\d{{1,2}}$') AS INTEGER)
        WHEN regexp_full_match({tidy}, '\\d{{1,2}}[-/.]\\d{{4}}')
            THEN CAST(right({tidy}, 4) AS INTEGER) * 100
                + CAST(regexp_extract({tidy}, '^\\d{{1,2}}') AS INTEGER)
        WHEN regexp_full_match({tidy}, '[a-z]+\\.?[ -]\\d{{4}}')
            THEN CAST({worded % 2} AS INTEGER) * 100 + {_named(worded % 1)}
        ELSE {month_of(day(column))}
    END"""
    return f"CASE WHEN ({number}) % 100 BETWEEN 1 AND 12 AND ({number}) // 100 BETWEEN 1900 AND 2199 THEN {number} END"


def month_of(date: str) -> str:
    """Write the month of a date as YYYYMM."""
    return f"CAST(year({date}) * 100 + month({date}) AS INTEGER)"


def _named(word: str) -> str:
    """Write the number of a month told by name: the first letters must be its, and a longer word its whole name."""
    names = (
        "jan(uari)?", "feb(ruari)?", "mar(s)?|mars", "apr(il)?", "maj|may", "jun(i)?", "jul(i)?", "aug(usti)?",
        "sep(t|tember)?", "okt(ober)?", "nov(ember)?", "dec(ember)?",
    )  # fmt: skip
    cases = " ".join(
        f"WHEN regexp_full_match({word}, {literal(name)}) THEN {number}" for number, name in enumerate(names, 1)
    )
    return f"CASE {cases} END"


def kind(column: str, otherwise: EntryKind | None) -> str:
    """Write which kind an entry is; an empty cell is what the layout says."""
    tidy = f"lower(trim({column}, {literal(_SPACES)}))"
    cases = " ".join(
        f"WHEN {tidy} IN ({', '.join(literal(word) for word in words)}) THEN {literal(one)}"
        for one, words in _KINDS.items()
    )
    return f"CASE WHEN coalesce({tidy}, '') = '' THEN {literal(otherwise) if otherwise else 'NULL'} {cases} END"
