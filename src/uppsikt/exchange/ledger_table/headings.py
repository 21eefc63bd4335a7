"""What a heading says: the words by which Swedish accounting systems call the columns of their lists.

A heading is compared without its case, spaces, points and hyphens, so "Bokf.datum" is "bokfdatum". Unit4 writes (T)
after a column that holds the name beside a code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from uppsikt.core.economy.ledger import LAST_PERIOD, EntryKind

_CODES = {
    "account": "konto kto hkonto huvudkonto hkto bokföringskonto account slagkonto",
    "unit": "ansvar ansv ans enhet enh ansvarsenhet kostnadsställe kst ksställe resultatenhet resenhet organisation "
    "organisationsenhet orgenhet org avdelning avd costcenter costcentre unit",
    "activity": "verksamhet verks verk vht vh vhet vsh verksh activity",
    "project": "projekt proj prj project",
    "object": "objekt obj object",
    "counterpart": "motpart mp motp mpt mpart counterpart",
}
_OTHERS = {
    "period": "period per bokföringsperiod bokfperiod redovisningsperiod periodid månadsperiod verperiod årmånad "
    "ååååmm yyyymm fiscalperiod accountingperiod",
    "date": "datum dat bokfdatum bokfdat bokföringsdatum bokföringsdag bokfördatum transdatum transdat "
    "transaktionsdatum verdatum verdat verifikationsdatum affärsdatum date bokfört bokfdag transdate voucherdate "
    "postingdate",
    "amount": "belopp bel summa saldo netto nettobelopp beloppsek beloppkr beloppisek sek kr periodsaldo periodbelopp "
    "värde amount beloppvaluta nettokr radbelopp bokförtbelopp",
    "debit": "debet deb debit debetbelopp",
    "credit": "kredit kred kre credit kreditbelopp",
    "text": "text transtext transaktionstext beskrivning vertext verifikationstext radtext bokföringstext anteckning "
    "fritext description kommentar",
    "voucher": "ver vernr vernummer verifikation verifikationsnr verifikationsnummer verif verifnr verid "
    "verifikationsid vernrserie voucher voucherno vouchernumber transno",
    "kind": "typ slag posttyp budgettyp värdetyp utfallbudget radtyp kind datatyp",
}
_PREFERRED = {"belopp": 3, "bel": 3, "amount": 3, "beloppsek": 3, "saldo": 1, "summa": 1, "värde": 1}
_ACTIVITY = {"aktivitet", "akt", "aktiv"}  # a code part of its own in many plans; ours has room for it as an object
_YEAR, _MONTH = {"år", "ar", "year", "bokföringsår", "räkenskapsår"}, {"månad", "mån", "month", "månadsnr", "mnr"}
_NAME_ENDS = ("(t)", "(namn)", "(benämning)", "(text)", "namn", "benämning", "klartext", "text", "beskrivning", "name")
_CODE_ENDS = ("(kod)", "(nr)", "(nummer)", "nummer", "kod", "nr", "id")
_UNIT_OF_MONEY = re.compile(r"(?:\(?i?(?:kr|sek|tkr|ksek|mkr|mnkr|msek)\)?)$")
_BEFORE = re.compile(r"(?:koddel|dimension|dim|begrepp)\d{1,2}")  # "Koddel 1 Konto"
_SIDE = {"dk", "debetkredit", "debkred", "dc", "dkkod", "dkmärke", "debetellerkredit", "debitcredit", "tecken"}
SIDE_CELLS = {
    **dict.fromkeys(("d", "debet", "deb", "debit", "dr", "+"), 1),
    **dict.fromkeys(("k", "kredit", "kred", "credit", "c", "cr", "-", "\u2212"), -1),
}
_UNDER = {"nr", "kod", "namn", "benämning", "text", "kr", "tkr", "sek", "nummer", "id"}
_KIND_WORDS = {
    EntryKind.OUTCOME: ("utfall", "utf", "redovisat", "redovisning", "bokfört", "bokslut", "verkligt", "outcome"),
    EntryKind.BUDGET: ("budget", "bud", "periodbudget", "årsbudget", "periodiserad"),
    EntryKind.FORECAST: ("prognos", "progn", "helårsprognos", "forecast"),
}
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_LONG = ("uari", "ruari", "s", "il", "", "i", "i", "usti", "tember", "ober", "ember", "ember")
_FILLING = {"period", "per", "månad", "mån", "p", "kr", "tkr", "sek", "belopp", "m", "i"}
KIND_CELLS = {
    **dict.fromkeys(("outcome", "utfall", "bokfört", "bokfort", "u", "actual"), EntryKind.OUTCOME),
    **dict.fromkeys(("budget", "b"), EntryKind.BUDGET),
    **dict.fromkeys(("forecast", "prognos", "p"), EntryKind.FORECAST),
}
_PARTS = {word: part for part, words in _CODES.items() for word in words.split()}
_FIELDS = {word: name for name, words in _OTHERS.items() for word in words.split()}
_SUM = re.compile(r"(?:(?:slut|del)?summa|summering|total|totalt|totalsumma|kontrollsumma)\b")
_TOKEN = re.compile(r"\d+|[^\W\d_]+|%")


@dataclass(frozen=True, slots=True)
class Said:
    """What a heading says that its column holds: a field, and how surely (0 to 1)."""

    field: str
    surety: float


@dataclass(frozen=True, slots=True)
class ValueHeading:
    """A heading of amounts: which kind, year and month they are of, as far as it tells."""

    kind: EntryKind | None = None
    year: int | None = None
    month: int | None = None


def key_of(heading: str) -> str:
    """Give a heading as it is compared.

    >>> key_of(" Bokf.-datum "), key_of("Ansvar (T)")
    ('bokfdatum', 'ansvar(t)')
    """
    return re.sub(r"[^\w()%]|_", "", heading.casefold())


def said_by(heading: str) -> Said | None:
    """Say which field a heading names; None where it names none that we know.

    >>> [said_by(text).field for text in ("Kto", "Ansvar(T)", "Verksamhetsnamn", "Kontonr", "Trans.datum", "Ver nr")]
    ['account', 'unit_name', 'activity_name', 'account', 'date', 'voucher']
    """
    key = _BEFORE.sub("", key_of(heading))
    money = _UNIT_OF_MONEY.sub("", key)
    key = money if _FIELDS.get(money) == "amount" else key
    if key in _PARTS:
        return Said(_PARTS[key], 1.0)
    if key in _FIELDS:
        return Said(_FIELDS[key], 0.9 + 0.03 * _PREFERRED.get(key, 2 if _FIELDS[key] != "amount" else 0))
    if key in _ACTIVITY:
        return Said("activity", 0.6)
    for ends, suffix in ((_NAME_ENDS, "_name"), (_CODE_ENDS, "")):
        part = _with_end(key, ends)
        if part is not None and not (part == "object" and suffix):
            return Said(part + suffix, 0.95)
    return None


def _with_end(key: str, ends: tuple[str, ...]) -> str | None:
    """Give the code part of a word with one of these endings ("ansvarsnamn", "kontonr")."""
    for end in ends:
        base = key.removesuffix(end)
        if base != key:
            found = _PARTS.get(base) or _PARTS.get(base.removesuffix("s"))
            if found:
                return found
    return None


def is_activity_beside(heading: str) -> bool:
    """Say whether the heading is "Aktivitet", which is not the same as "Verksamhet" where both stand."""
    return key_of(heading) in _ACTIVITY


def is_side(heading: str) -> bool:
    """Say whether the heading is that of a column that tells debit from credit."""
    return key_of(heading) in _SIDE


def is_under(cells: Iterable[str]) -> bool:
    """Say whether a row only goes on with the headings above it ("nr", "namn", "kr").

    >>> is_under(["nr", "", "namn", "kr"]), is_under(["Kr", "5"]), is_under(["namn"])
    (True, False, False)
    """
    filled = [key_of(cell).strip("()") for cell in cells if cell.strip()]
    return len(filled) > 1 and all(one in _UNDER for one in filled)


def is_year(heading: str) -> bool:
    """Say whether the heading is that of a column of years."""
    return key_of(heading) in _YEAR


def is_month(heading: str) -> bool:
    """Say whether the heading is that of a column of months without years."""
    return key_of(heading) in _MONTH


def value_heading(heading: str) -> ValueHeading | None:
    """Read a heading over amounts: "jan", "202401", "Utfall", "Budget mars 2024"; None where it is something else.

    >>> value_heading("Utfall 202403"), value_heading("Avvikelse")
    (ValueHeading(kind=<EntryKind.OUTCOME: 'outcome'>, year=2024, month=3), None)
    >>> value_heading("2024-12-01").month, value_heading("P 07").month, value_heading("Januari").month
    (12, 7, 1)
    >>> value_heading("jan-24").year, value_heading("jan-24").month
    (2024, 1)
    """
    kind: EntryKind | None = None
    year: int | None = None
    month: int | None = None
    for token in _TOKEN.findall(heading.casefold().replace("m0", " 0").replace("m1", " 1")):
        named, numbered = month_named(token), _numbered(token)
        word = next((one for one, words in _KIND_WORDS.items() if token in words), None)
        if word is not None and kind in (None, word):
            kind = word
        elif numbered is not None and year is None and numbered[0]:
            year, month = numbered[0], numbered[1] or month
        elif numbered is not None and not numbered[0] and (month is None or numbered[1] == 1):
            month = month or numbered[1]  # the day of "2024-12-01" is passed over
        elif named is not None and month is None:
            month = named
        elif month is not None and year is None and token.isascii() and re.fullmatch(r"[1-9]\d", token):
            year = 2000 + int(token)  # "jan-24"
        elif token not in _FILLING:
            return None
    return ValueHeading(kind, year, month) if kind or year or month else None


def _numbered(token: str) -> tuple[int | None, int | None] | None:
    """Read a number in a heading: a year, a year and month, or a month alone."""
    if not token.isdecimal() or not token.isascii():
        return None
    number = int(token)
    if len(token) == 6 and 1900 <= number // 100 <= 2199 and 1 <= number % 100 <= LAST_PERIOD:
        return number // 100, number % 100
    if len(token) == 4 and 1900 <= number <= 2199:
        return number, None
    if len(token) <= 2 and 1 <= number <= LAST_PERIOD:
        return None, number
    return None


def month_named(word: str) -> int | None:
    """Give the number of a month from its name or its first letters.

    >>> [month_named(word) for word in ("jan", "februari", "sept", "juni", "oktober", "hej", "janne")]
    [1, 2, 9, 6, 10, None, None]
    """
    for number, (short, rest) in enumerate(zip(_MONTHS, _LONG, strict=True), 1):
        if word.startswith(short) and (short + rest).startswith(word):
            return number
    return None


def kind_in(text: str) -> EntryKind | None:
    """Give the kind that a title or a file's name speaks of, where it speaks of one only.

    >>> kind_in("Budget 2025 nämnd.xlsx"), kind_in("Utfall och budget"), kind_in("huvudbok")
    (<EntryKind.BUDGET: 'budget'>, None, None)
    """
    tokens = set(_TOKEN.findall(text.casefold()))
    found = [kind for kind, words in _KIND_WORDS.items() if tokens & set(words)]
    return found[0] if len(found) == 1 else None


def year_in(text: str) -> int | None:
    """Give the year that a title or a file's name speaks of, where it speaks of one only."""
    found = {int(one[:4]) for one in re.findall(r"(?<!\d)(?:19|20|21)\d\d(?:(?:0[1-9]|1[0-2])(?:\d\d)?)?(?!\d)", text)}
    return found.pop() if len(found) == 1 else None


def says_sum(text: str) -> bool:
    """Say whether a cell is that of a sum line.

    >>> says_sum("Summa ansvar 100"), says_sum("TOTALT:"), says_sum("Summer AB"), says_sum("Slutsumma")
    (True, True, False, True)
    """
    return _SUM.match(text.strip().casefold()) is not None
