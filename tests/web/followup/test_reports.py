"""What a report is given: the ledger's statement, the forecasts, and the comments on its figures as notes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from tests.web.followup.conftest import AUGUST
from tests.web.followup.test_comments import write
from tests.web.followup.test_forecasts import give
from tests.web.followup.test_pages import KLF, plain
from uppsikt.core.quantities import Missing
from uppsikt.core.tables import Sign
from uppsikt.web.followup.selectors.reporting import forecast_table, to_date_table, with_followup

REPORT = f"{KLF}rapporter/delarsrapport/"


def test_the_interim_report_tells_statement_and_forecast_with_comments(books, client):
    give(books)
    give(books, unit="hr-staben", costs=720_000, income=120_000)
    write(books, "Vakanser: {belopp}.")
    page = plain(client.get(REPORT))
    assert "Driftsammandrag per enhet, Kommunledningsförvaltningen, januari–augusti 2024" in page
    assert "Prognos för helåret 2024, Kommunledningsförvaltningen" in page
    assert "en nettokostnad på" in page
    assert "Ekonomistaben, Utfall januari–augusti 2024 (800 tkr): Vakanser: 800 tkr." in page


def test_the_comment_follows_into_the_files(books, client):
    write(books, "Vakanser i maj.")
    for kind in ("docx", "xlsx"):
        assert client.get(f"{REPORT}{kind}").status_code == 200
    inside = ZipFile(BytesIO(client.get(f"{REPORT}docx").content)).read("word/document.xml").decode()
    assert "Vakanser i maj." in inside


def test_the_change_is_since_the_same_months_of_last_year(books):
    table = to_date_table(books.here("klf", AUGUST))
    assert table.columns[-1].key == "change-2024"
    assert table.value("summa", "change-2024").number == 0


def test_a_unit_that_has_told_nothing_is_missing_in_the_forecast_table(books):
    assert forecast_table(books.here("klf", AUGUST)) is None
    give(books)
    table = forecast_table(books.here("klf", AUGUST))
    assert isinstance(table.value("hr-staben", "forecast-2024"), Missing)
    assert isinstance(table.value("summa", "forecast-2024"), Missing)
    assert table.value("ekonomistaben", "forecast-2024").number == 1200


def test_a_committees_report_tells_each_administration_with_its_own_sign(books):
    made = with_followup(books.here("kommunstyrelsen", AUGUST), {})
    assert [(one.key, one.sign) for one in made["to_date"]] == [
        ("redovisning-enhet", Sign.NET_COST),
        ("redovisning-enhet-klf", Sign.NET_COST),
    ]


def test_what_was_printed_stands_before_what_the_ledger_tells(whole):
    here = whole.here("kommunstyrelsen", "bokslut-2024")
    printed = to_date_table(here)
    assert with_followup(here, {"by_unit": (printed,)}) == {"by_unit": (printed,)}
    made = with_followup(here, {"by_unit": ()})
    assert [len(made[name]) for name in ("by_unit", "by_activity")] == [2, 1]
