"""YER: years and dates that cannot be, or that contradict what stands around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from uppsikt.checks.prose import Printed, Remark, around, place_in_text
from uppsikt.checks.registry import rule
from uppsikt.checks.relations import ONE, Figures, Fit, Relation, Shape, Spot, Term, fit
from uppsikt.core.errors import ReadingError
from uppsikt.core.findings import Confidence, Place
from uppsikt.core.passages import Passage
from uppsikt.core.periods import MONTHS, parse_period
from uppsikt.core.quantities import Token, lex
from uppsikt.core.references import DecisionReference, find_references
from uppsikt.core.tables import Column, ColumnRole, Measure, Row

_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_PLANNED = (ColumnRole.BUDGET, ColumnRole.PLAN)
_ACTUAL, _COMPARED = (ColumnRole.OUTCOME, ColumnRole.FORECAST), (ColumnRole.BUDGET, ColumnRole.PHASED_BUDGET)
_ENOUGH = 3  # cells or rows that must speak before one is held against them
_DECIDED = ("antog", "beslut", "godkän", "fastställ", "fattade", "inrätt")


@rule(code="YER", title="Årtalet eller datumet stämmer inte", order=100)
def rule_yer(figures: Figures) -> Iterator[Remark]:
    """Ett datum ska finnas i kalendern, och ett år ska passa ihop med åren omkring.

    Veckodag och månad ska stämma med datumet. Kolumner som räknar upp plan- eller budgetår ska inte upprepa
    ett år och hoppa över nästa. Ett utfall som jämförs med en budget, så att skillnaden går ihop, ska vara
    från samma år. En aktivitet i en plan ska inte vara klar före planens första år.

    Källa: God redovisningssed: varje uppgift ska gå att hänföra till rätt period.

    Stämmer:
        | tkr, nettokostnad | Budget 2020 | Plan 2021 | Plan 2022 |
        |-------------------|------------:|----------:|----------:|
        | Kansliet          |         100 |       110 |       120 |

        Utfallet per den 30 september redovisas i oktober.

    Stämmer inte:
        | tkr, nettokostnad | Budget 2020 | Plan 2021 | Plan 2022 |
        |-------------------|------------:|----------:|----------:|
        | Kansliet          |         100 |       110 |       120 |

        Utfallet per den 31 september redovisas i oktober.

        => YER 31 september
    """
    if figures.prose is None:
        return
    for passage in figures.prose.passages:
        yield from _dates(passage)
        yield from _months(passage)
    for at, printed in enumerate(figures.prose.printed):
        yield from _repeated(printed)
        yield from _compared(figures, at, printed)
    yield from _too_early(figures.prose.printed, figures.prose.year)


def _dates(passage: Passage) -> Iterator[Remark]:
    """Give days that no calendar has, and weekdays that are another day's."""
    text = passage.text.casefold()
    tokens = lex(passage.text) if any(month in text for month in MONTHS) else ()
    for at, token in enumerate(tokens[:-1]):
        month = _month(tokens[at + 1])
        if not month or not _is_day(tokens, at):
            continue
        year = _year(tokens[at + 2]) if at + 2 < len(tokens) else None
        span = token.start, tokens[at + 1].end
        day = _day(year or 2024, month, int(token.number))
        if day is None:
            words = f"{MONTHS[month - 1]} {year}" if year and month == 2 else MONTHS[month - 1]
            yield _remark(passage, span, f"det finns ingen dag {token.text} i {words}", Confidence.CERTAIN)
        elif year is not None and (weekday := _weekday(tokens, at)) is not None and weekday != day.weekday():
            right = _WEEKDAYS[day.weekday()]
            yield _remark(passage, span, f"{token.text} {MONTHS[month - 1]} {year} är en {right}", Confidence.LIKELY)


def _is_day(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a number before a month is a day: alone, up to 39, no part of a longer sign or a row of months."""
    before = tokens[at - 1].text.casefold() if at else ""
    alone = before not in ("/", ":", "§") and before not in MONTHS and tokens[at + 1].text.islower()
    return tokens[at].text.isdigit() and 0 < tokens[at].number < 40 and alone


def _month(token: Token) -> int:
    word = token.text.casefold()
    return MONTHS.index(word) + 1 if word in MONTHS else 0


def _year(token: Token) -> int | None:
    return int(token.number) if token.text.isdigit() and len(token.text) == 4 and 1900 < token.number < 2100 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(tokens: Sequence[Token], at: int) -> int | None:
    """Read "tisdagen den" before a day."""
    words = [token.text.casefold() for token in tokens[max(0, at - 2) : at]]
    return next((no for no, name in enumerate(_WEEKDAYS) for word in words if word in (name, f"{name}en")), None)


def _months(passage: Passage) -> Iterator[Remark]:
    """Give decisions that a sentence places in another month than their own reference does."""
    words = passage.text.split(None, 3)
    if len(words) < 4 or words[0].casefold() != "i" or not words[2].casefold().startswith(_DECIDED):
        return
    month = MONTHS.index(words[1].casefold()) + 1 if words[1].casefold() in MONTHS else 0
    found = [one for one in find_references(passage.text) if isinstance(one.reference, DecisionReference)]
    if month and len(found) == 1 and isinstance(decision := found[0].reference, DecisionReference):
        told = decision.on.month
        if told != month and passage.text[found[0].start - 1] == "(":
            reason = f"beslutet sägs vara från {MONTHS[month - 1]}, men hänvisningen är till {MONTHS[told - 1]}"
            yield _remark(passage, (found[0].start, found[0].end), reason, Confidence.LIKELY)


def _remark(passage: Passage, span: tuple[int, int], reason: str, confidence: Confidence) -> Remark:
    words = around(passage.text, *span)
    return Remark(f"Texten ”{words}”: {reason}.", place_in_text(passage, *span), confidence)


def _repeated(printed: Printed) -> Iterator[Remark]:
    """Give a column whose year repeats the one before it while the next year is skipped (2020, 2021, 2021, 2023)."""
    columns = [
        column
        for column in printed.table.columns
        if column.role in _PLANNED and column.period is not None and str(column.period.year_number) in column.label
    ]
    for group in dict.fromkeys(column.group for column in columns):
        years = [(c, c.period.year_number) for c in columns if c.group == group and c.period]
        for (_, before), (column, year) in pairwise(years):
            after = [later for _, later in years[years.index((column, year)) + 1 :]]
            if before == year and (after[:1] == [year + 2] or (not after and len(years) > 2)):
                reason = f"året {year} står i två kolumner efter varandra; här väntades {year + 1}"
                yield _at_column(printed, column, reason, Confidence.LIKELY)


def _at_column(printed: Printed, column: Column, reason: str, confidence: Confidence) -> Remark:
    table = printed.table
    place = Place(table.key, table.title, column=column.key, column_label=column.label, page=printed.page)
    return Remark(f"Kolumnen ”{column.label}”: {reason}.", place, confidence)


def _compared(figures: Figures, at: int, printed: Printed) -> Iterator[Remark]:
    """Give the year of a column that makes a deviation with another column, of another year than that one."""
    table = printed.table
    for deviation in table.columns_of(ColumnRole.DEVIATION):
        pairs = [(a, b) for a in table.columns_of(*_ACTUAL) for b in table.columns_of(*_COMPARED)]
        fits = {(a.key, b.key): _fit(figures, at, deviation, a, b) for a, b in pairs}
        best = max(pairs, key=lambda pair: fits[pair[0].key, pair[1].key].score, default=None)
        if best is None:
            continue
        fitted = fits[best[0].key, best[1].key]
        columns = [column for column in (*best, deviation) if column.period is not None]
        years = Counter(column.period.year_number for column in columns if column.period)
        if fitted.held < _ENOUGH or fitted.held <= 2 * fitted.missed or len(years) != 2 or len(columns) != 3:
            continue
        right, wrong = (year for year, _ in years.most_common())
        odd = next(column for column in columns if column.period and column.period.year_number == wrong)
        if str(wrong) not in f"{odd.group} {odd.label}":
            continue  # the year was concluded and not printed
        reason = f"avvikelsen går ihop med beloppen, så året bör vara {right} och inte {wrong}"
        yield _at_column(printed, odd, reason, Confidence.LIKELY)


def _fit(figures: Figures, at: int, deviation: Column, actual: Column, planned: Column) -> Fit:
    """Say in how many rows a deviation is the difference between two columns, whichever way round."""
    both = []
    for sign in (ONE, -ONE):
        relations = [
            Relation(
                Shape.EQUAL,
                Spot(at, row.key, deviation.key),
                (Term(Spot(at, row.key, planned.key), sign), Term(Spot(at, row.key, actual.key), -sign)),
                "",
            )
            for row in figures.tables[at].rows
            if row.measure is not Measure.INCOME
        ]
        both.append(fit(relations, figures))
    return max(both, key=lambda one: one.score)


def _too_early(every: Sequence[Printed], year: int | None) -> Iterator[Remark]:
    """Give what a plan wants done before its first year, where nearly everything else is due in it or later."""
    due: list[tuple[int, Printed, Row, Column]] = []
    for printed in every:
        for column in printed.table.columns_of(ColumnRole.TEXT) if printed.kind == "activity" else ():
            for row in printed.table.rows:
                when = _due(printed.table.cell(row.key, column.key).raw)
                if when is not None:
                    due.append((when, printed, row, column))
    early = [one for one in due if year is not None and one[0] < year]
    if len(due) - len(early) < _ENOUGH * len(early):
        return
    for _, printed, row, column in early:
        table, raw = printed.table, printed.table.cell(row.key, column.key).raw
        place = Place(table.key, table.title, row.key, row.label, column.key, column.label, printed.page)
        reason = f"”{raw}” ligger före {year}, som resten av planen gäller"
        yield Remark(f"Raden ”{row.label}”: {reason}.", place, Confidence.POSSIBLE)


def _due(raw: str) -> int | None:
    try:
        return parse_period(raw.strip().rstrip(".")).year_number
    except ReadingError:
        return None
