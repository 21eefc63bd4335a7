"""The printed committee budget of 2020 as a working budget, with what the document leaves unexplained."""

from __future__ import annotations

from uppsikt.core.quantities import Quantity
from uppsikt.web.budget import selectors
from uppsikt.web.budget.models import BudgetVersion
from uppsikt.web.budget.selectors.changes import change_page
from uppsikt.web.cycle.here import here_at
from uppsikt.web.organisation.asking import programs


def _kronor(value: object) -> int | None:
    return int(value.number) if isinstance(value, Quantity) else None


def test_the_frame_is_spread_as_the_document_prints_it(loaded: object, db: None) -> None:
    (actor,) = programs("Prov")
    version = BudgetVersion._default_manager.select_related("unit").get(year=2020)
    page = selectors.version_page(here_at(actor, "kommunstyrelsen", "internbudget-2020"), version)
    assert version.is_example
    assert [_kronor(year.frame) for year in page.years] == [460_375_000, 452_855_000, 440_541_000, 437_395_000]
    assert str(page.frame.as_of) == "KS 2019-10-22 § 315"
    # The divisions were given 2 200 tkr more than the frame; their lines lack 102 tkr of it. Both are as printed.
    now = page.now
    told = [_kronor(one) for one in (now.given, now.left_to_give, now.spread, now.left)]
    assert told == [462_575_000, -2_200_000, 460_273_000, 102_000]
    assert {one.unit.slug: _kronor(one.left) for one in page.units if one.left and one.left.number} == {
        "kommunledning": -1_000, "ekonomistaben": 2_202_000, "kommunikationsstaben": 100_000,
        "administrativa-staben": 1_000,
    }  # fmt: skip


def test_each_divisions_change_is_explained_but_for_one(loaded: object, db: None) -> None:
    (actor,) = programs("Prov")
    version = BudgetVersion._default_manager.select_related("unit").get(year=2020)
    units = change_page(here_at(actor, "kommunstyrelsen", "internbudget-2020"), version).units
    assert len(units) == 8
    assert {one.unit.slug: _kronor(one.rest) for one in units if not one.is_explained} == {"ekonomistaben": 2_200_000}
