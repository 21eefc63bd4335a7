"""How a frame came about: decisions in order, transfers with their mirror images, and what is printed."""

from __future__ import annotations

from decimal import Decimal
from operator import attrgetter

import pytest

from uppsikt.web.economy.models import FrameEntry, Statement
from uppsikt.web.economy.selectors import frame_page
from uppsikt.web.history.services import recording

number = attrgetter("number")

ADDRESS = "/kommunstyrelsen/bokslut-2024/ramar/"


@pytest.fixture
def framed(tiny):
    with recording(tiny.reader, why="Prov") as pen:
        for year, amount in ((2024, 84000), (2025, 83000)):
            pen.create(
                FrameEntry, unit=tiny.units["kommunstyrelsen"], year=year, kind="decided", amount=Decimal(amount),
                purpose="Beslutad ram",
            )  # fmt: skip
    return tiny


def test_the_decided_budget_comes_first_and_the_rest_as_it_was_decided(framed):
    page = frame_page(framed.here())
    assert [line.purpose for line in page.lines] == ["Beslutad ram", "Kontaktcenter"]
    assert [number(line.after) for line in page.lines] == [84000, 84900]
    assert (page.years, [number(total) for total in page.totals]) == ((2024, 2025), [84900, 83000])


def test_the_frame_says_as_of_which_decision_it_is(framed, client):
    assert frame_page(framed.here()).as_of == framed.decisions["budget"]
    assert "KF 2023-12-12 § 397" in client.get(ADDRESS).content.decode()


def test_a_transfer_has_giver_and_receiver_and_sums_to_zero(framed, client):
    page = frame_page(framed.here())
    transfer = page.lines[1]
    assert (transfer.counterpart, transfer.is_mirrored) == (framed.units["bildningsnamnden"], True)
    assert (page.transfers, page.imbalances) == (1, ())
    assert "går jämnt ut över kommunen" in client.get(ADDRESS).content.decode()


def test_the_giver_sees_the_same_transfer_with_the_other_sign(framed):
    (line,) = frame_page(framed.here("bildningsnamnden")).lines
    assert (line.amounts[0].number, line.is_mirrored) == (-900, True)


def test_a_transfer_whose_other_side_is_missing_is_told(framed, client):
    FrameEntry._default_manager.filter(unit=framed.units["bildningsnamnden"]).update(amount=Decimal(-800))
    page = frame_page(framed.here())
    assert not page.lines[1].is_mirrored
    assert ["skiljer 100" in one for one in page.imbalances] == [True]
    html = client.get(ADDRESS).content.decode()
    assert "motparten har inte samma belopp" in html


def test_a_printed_frame_is_compared_with_the_decisions(framed, write):
    rows = [
        ("ram", "item", "", "", ["84 900", "83 000"]),
        ("summa", "sum", "kommunstyrelsen", "", ["84 900", "83 900"]),
    ]
    write("frame", "budget-2024 plan-2025", rows)
    printed = {one.year: one.difference.number for one in frame_page(framed.here()).printed}
    assert printed == {2024: 0, 2025: 900}


def test_units_that_have_been_given_more_than_the_frame(framed, write, client):
    write("budget", "budget-2024", [("ekonomi", "item", "ekonomistaben", "", ["50 000"]),
                                    ("hr", "item", "hr-staben", "", ["36 000"])], key="fordelning")  # fmt: skip
    # The statement of the annual report comes first in order and tells the same budget spread exactly.
    assert frame_page(framed.here()).spread.left.number == 0
    Statement._default_manager.filter(key="by-unit-1").update(kind="overview")
    assert frame_page(framed.here()).spread.over.number == 1100
    assert "1\u00a0100 mer än ramen" in client.get(ADDRESS).content.decode()


def test_frames_take_a_bounded_number_of_queries(framed, django_assert_max_num_queries):
    here = framed.here()
    with django_assert_max_num_queries(8):
        frame_page(here)
