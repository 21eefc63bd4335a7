"""Months and numbers that nobody can have chosen are told, and leave the pages whole."""

from __future__ import annotations

import pytest

from uppsikt.web.ledger.models import ClosedPeriod
from uppsikt.web.organisation.reading import whole_number

LEDGER = "/kommunstyrelsen/bokslut-2024/redovisning/"


@pytest.mark.parametrize("month", ["202413", "202400", "999999", "1", "9" * 5_000, "²", "a\x00b"])
def test_what_is_no_month_is_never_closed(codes, signed_in, month):
    answer = signed_in("kim").post(LEDGER + "stang/", {"manad": ["202401", month], "skal": "Avstämd"}, follow=True)
    assert answer.status_code == 200
    assert not ClosedPeriod._default_manager.exclude(month=202401).exists()


def test_what_is_no_month_is_not_opened_either(codes, signed_in):
    answer = signed_in("kim").post(LEDGER + "oppna/202413/", {"skal": "Rättas"}, follow=True)
    assert "202413 är ingen månad" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "²", "١٢", "１２", "-1", "1.0", "9" * 5_000, "a\x00b", " 1"])
def test_only_digits_that_can_be_ours_are_a_number(text):
    assert whole_number(text) is None
