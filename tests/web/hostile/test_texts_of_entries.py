"""The texts of entries can name persons: they are for those whose units the codes were in, then and not now."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from tests.web.doors.conftest import SECRET
from tests.web.hostile.conftest import Town
from tests.web.hostile.test_forms import told_by
from tests.web.ledger.conftest import entry
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.models import LedgerCode
from uppsikt.web.ledger.services import load_entries

OURS = "Hannas inköp"


@pytest.fixture
def moved(town: Town) -> Town:
    """Code 130 belonged to the HR staff until 2024, and has been the finance staff's since."""
    tiny = town.tiny
    with recording(tiny.actor("kim"), "Koden byter enhet") as pen:
        for slug, since, until in (("hr-staben", None, date(2024, 1, 1)), ("ekonomistaben", date(2024, 1, 1), None)):
            pen.create(
                LedgerCode, municipality=tiny.municipality, part="unit", code="130", name="Stöd", unit=tiny.units[slug],
                valid_from=since, valid_to=until,
            )  # fmt: skip
    rows = [entry(202306, "130", 10, text=OURS), entry(202406, "130", 20, text=f"{SECRET} efter bytet")]
    load_entries(tiny.actor("kim"), "Stöd", rows, "Prov")
    return town


def asked(town: Town, who: str, query: str) -> list[str]:
    """Give what the page and the file say of the entries that are asked for."""
    page = town.url("ledger_entries") + f"?enhet=hr-staben&{query}"
    file = town.url("ledger_entries_file", ending="csv") + f"?enhet=hr-staben&{query}"
    return [told_by(town.client(who).get(address)) for address in (page, file)]


def test_texts_of_ones_own_months_are_shown(moved: Town) -> None:
    for told in asked(moved, "hanna", "fran=202306&till=202306"):
        assert OURS in told
    for told in asked(moved, "", "fran=202306&till=202306"):
        assert OURS not in told


@pytest.mark.parametrize("period", ["fran=202406&till=202406", "fran=202306&till=202406"])
def test_the_organisation_of_another_day_opens_no_texts(moved: Town, period: str) -> None:
    page, file = asked(moved, "hanna", f"{period}&per=2023-06-30")
    assert SECRET not in page
    assert SECRET not in file
    assert any(
        row[-1] == "20,00" for row in csv.reader(io.StringIO(file), delimiter=";")
    )  # the amounts are for everybody
