"""Periods are read from keys and from print, order in time and know last year's."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import days, periods, years
from uppsikt.core.errors import ReadingError
from uppsikt.core.periods import Period, PeriodKind, parse_period


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2024", "2024"),
        ("bokslut 2024", "2024"),
        ("2018 Målvärde", "2018"),
        ("Budget förslag 2020", "2020"),
        ("Budget jan.- dec. 2024", "2024"),
        ("helår 2024", "2024"),
        ("2018 Utfall per 31 aug.", "2018-08-31"),
        ("Utfall per 31 aug.", "2018-08-31"),
        ("per den 31 augusti 2018", "2018-08-31"),
        ("Redovisning 31/8 2018", "2018-08-31"),
        ("31/8", "2018-08-31"),
        ("2018-08-31", "2018-08-31"),
        ("2019 Jan-juli", "2019-07-31"),
        ("jan–apr 2019", "2019-04-30"),
        ("april-juni 2019", "2019-Q2"),
        ("juli-december 2019", "2019-H2"),
        ("september - december 2019", "2019-T3"),
        ("Q1 2020", "2020-Q1"),
        ("kvartal 1 2020", "2020-Q1"),
        ("första kvartalet 2020", "2020-Q1"),
        ("2020-Q1", "2020-Q1"),
        ("Tertial 2", "2018-T2"),
        ("T2 2020", "2020-T2"),
        ("första halvåret 2019", "2019-H1"),
        ("Jan 2020", "2020-01"),
        ("aug. 2019", "2019-08"),
        ("2019-08", "2019-08"),
    ],
)
def test_printed_forms(text: str, key: str) -> None:
    assert parse_period(text, 2018).key == key


@pytest.mark.parametrize(
    "text",
    ["", "8", "Målvärde", "föregående år", "Q5 2020", "2019-13", "31 februari 2019", "313/8 2018", "2020-2023",
     "mars-maj 2019", "december-januari 2019", "Löpande under året", "KS 2019-519", "20240831"],
)  # fmt: skip
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ReadingError):
        parse_period(text, 2018)


def test_a_period_without_year_asks_for_one() -> None:
    with pytest.raises(ReadingError, match="saknar år"):
        parse_period("Tertial 2")


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (Period.year(2024), "2024"),
        (Period.month(2024, 8), "augusti 2024"),
        (Period.quarter(2020, 1), "kvartal 1 2020"),
        (Period.tertial(2020, 2), "tertial 2 2020"),
        (Period.half(2019, 1), "första halvåret 2019"),
        (Period.half(2019, 2), "andra halvåret 2019"),
        (Period.to_date(date(2018, 8, 31)), "per den 31 augusti 2018"),
    ],
)
def test_labels(period: Period, label: str) -> None:
    assert period.label == label


@given(periods)
def test_key_and_label_can_be_read_back(period: Period) -> None:
    assert parse_period(period.key) == period
    assert parse_period(period.label) == period


@given(st.text())
def test_any_other_text_is_refused_and_nothing_else_happens(text: str) -> None:
    try:
        period = parse_period(text, 2018)
    except ReadingError:
        return
    assert parse_period(period.key) == period


@given(periods)
def test_a_period_lies_in_its_fiscal_year(period: Period) -> None:
    assert period.fiscal_year.contains(period)
    assert period.fiscal_year.kind is PeriodKind.YEAR
    assert period.overlaps(period.fiscal_year)
    assert period <= period.fiscal_year or period.kind is PeriodKind.TO_DATE


@given(periods)
def test_last_year_is_the_same_kind_one_year_before(period: Period) -> None:
    before = period.last_year()
    assert (before.kind, before.number, before.year_number) == (period.kind, period.number, period.year_number - 1)
    assert (before.end + timedelta(1)).month == (period.end + timedelta(1)).month
    assert before < period


@given(periods, periods)
def test_the_order_is_total(one: Period, other: Period) -> None:
    assert (one < other) + (one == other) + (one > other) == 1


@given(st.lists(periods), st.randoms(use_true_random=False))
def test_sorting_does_not_depend_on_the_order_before(some: list[Period], random: Random) -> None:
    mixed = list(some)
    random.shuffle(mixed)
    assert sorted(some) == sorted(mixed)


@given(years)
def test_parts_fill_the_year(year: int) -> None:
    for make, count in ((Period.half, 2), (Period.tertial, 3), (Period.quarter, 4), (Period.month, 12)):
        parts = [make(year, number) for number in range(1, count + 1)]
        assert [part.number for part in parts] == list(range(1, count + 1))
        lengths = [(part.end - part.start).days + 1 for part in parts]
        assert sum(lengths) == (date(year, 12, 31) - date(year, 1, 1)).days + 1
        assert not any(one.overlaps(two) for one in parts for two in parts if one != two)


@given(days)
def test_the_year_to_a_day_ends_with_it(day: date) -> None:
    period = Period.to_date(day)
    assert period.contains(day)
    assert not period.contains(day + timedelta(1))


def test_an_interim_stands_before_its_year_and_a_year_before_its_last_day() -> None:
    year, interim, closing = Period.year(2018), Period.to_date(date(2018, 8, 31)), Period.to_date(date(2018, 12, 31))
    assert sorted([closing, year, interim]) == [interim, year, closing]


def test_a_part_that_a_year_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="no quarter number 5"):
        Period.quarter(2020, 5)
