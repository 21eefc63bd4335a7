"""Staff pages: small groups stay hidden on every page and in every file, payroll files are tried before they count,
volumes and the reception of refugees are told with a history.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from uppsikt.core.economy.staffing import AgeGroup, PayrollRow, Sex
from uppsikt.core.quantities import Missing, MissingReason, Quantity
from uppsikt.core.tables import Table
from uppsikt.web.economy.models import Volume
from uppsikt.web.history.services import EditConflictError, recording
from uppsikt.web.organisation.gate import NotAllowedError
from uppsikt.web.staff import selectors, services
from uppsikt.web.staff.models import PayrollLoad, PayrollMonth, Reception, StaffFigure, VolumeFigure
from uppsikt.web.staff.services import BrokenPayrollError, PayrollFile, ReceptionTold

HERE = "/bokslut-2024/personal"
HEAD = "enhet;månad;kön;anställda;ordinarie timmar;sjuktimmar\n"


@pytest.fixture(autouse=True)
def home(settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def rows(people: dict[tuple[str, Sex], int], months: Iterable[int] = (202412,)) -> tuple[PayrollRow, ...]:
    return tuple(
        PayrollRow(unit, month, sex, number, AgeGroup.MIDDLE, Decimal(number), Decimal(number * 100),
                   Decimal(number * 3), Decimal(number), 0, 1, line=at)
        for month in months
        for at, ((unit, sex), number) in enumerate(people.items(), start=2)
    )  # fmt: skip


PEOPLE = {("ekonomistaben", Sex.WOMEN): 3, ("ekonomistaben", Sex.MEN): 20, ("hr-staben", Sex.WOMEN): 30,
          ("hr-staben", Sex.MEN): 12}  # fmt: skip


@pytest.fixture
def kept(tiny):
    """``kept(people)`` loads a payroll file and lets it count."""

    def keep(people=PEOPLE, months=(202412,), name="personal.csv") -> PayrollLoad:
        kim = tiny.actor("kim")
        load = services.payroll_keep(kim, PayrollFile(name, "x" * 64, rows(people, months)), "Årets personal")
        services.payroll_apply(kim, load, "Kontrollerad")
        return load

    return keep


def page_of(tiny, unit: str) -> selectors.PeoplePage:
    return selectors.people_page(tiny.here(unit))


def cell(tables: Iterable[Table], table: str, row: str, column: str = "outcome-2024"):
    return next(one for one in tables if one.key == f"personal-{table}").value(row, column)


def test_figures_are_added_along_the_units(tiny, kept):
    kept()
    tables = page_of(tiny, "kommunstyrelsen").tables
    assert cell(tables, "anstallda", "anstallda").number == 65
    assert cell(tables, "sjukfranvaro", "sjukfranvaro").number == Decimal("3.0")
    assert cell(tables, "arsarbetare", "arsarbetare").number == 65


def test_a_small_group_is_hidden_on_every_page_and_nothing_gives_it_away(tiny, kept):
    kept()
    own = page_of(tiny, "ekonomistaben").tables
    assert cell(own, "anstallda", "anstallda-kvinnor") == Missing(MissingReason.SUPPRESSED)
    hidden_men = cell(own, "anstallda", "anstallda-man") == Missing(MissingReason.SUPPRESSED)
    hidden_all = cell(own, "anstallda", "anstallda") == Missing(MissingReason.SUPPRESSED)
    assert hidden_men or hidden_all
    above, beside = (page_of(tiny, unit).tables for unit in ("klf", "hr-staben"))
    shown = [isinstance(cell(one, "anstallda", "anstallda-kvinnor"), Quantity) for one in (above, beside)]
    assert shown != [True, True]  # otherwise 33 − 30 gives the three


def test_every_figure_of_a_hidden_group_is_hidden(tiny, kept):
    kept()
    for table in page_of(tiny, "ekonomistaben").tables:
        for row in table.rows:
            if row.key.endswith("-kvinnor"):
                assert table.value(row.key, "outcome-2024").reason is MissingReason.SUPPRESSED


def test_the_words_reach_the_page_and_the_files_and_the_number_does_not(tiny, kept, client):
    kept()
    html = client.get(f"/ekonomistaben{HERE}/antal/").content.decode()
    assert "visas inte, för få" in html
    assert "Grupper med färre än 5 personer visas inte" in html
    text = client.get(f"/ekonomistaben{HERE}/antal/fil/csv/").content.decode()
    women = [line for line in text.splitlines() if "Kvinnor" in line]
    assert women
    assert all("visas inte" in line for line in women)
    assert client.get(f"/ekonomistaben{HERE}/antal/fil/xlsx/").content[:2] == b"PK"
    assert client.get(f"/ekonomistaben{HERE}/antal/fil/pdf/").status_code == 404


def test_the_history_of_a_payroll_row_has_no_page(tiny, kept, client):
    kept()
    figure = StaffFigure._default_manager.first()
    assert client.get(f"/klf/bokslut-2024/historik/staff.stafffigure/{figure.pk}/").status_code == 404


def test_the_municipality_decides_the_limit(tiny, kept):
    kept()
    services.smallest_group_save(tiny.actor("kim"), 3, "Beslut i nämnden")
    assert cell(page_of(tiny, "ekonomistaben").tables, "anstallda", "anstallda-kvinnor").number == 3
    services.smallest_group_save(tiny.actor("kim"), 50, "Nytt beslut")
    assert page_of(tiny, "ekonomistaben").is_hiding


def test_five_years_are_shown_and_a_year_without_a_file_is_not(tiny, kept):
    kept(months=(202312, 202412))
    columns = [column.label for column in page_of(tiny, "klf").tables[0].columns]
    assert columns == ["2023", "2024"]


def test_a_unit_without_figures_says_what_to_do(tiny, client):
    assert "Inga personaluppgifter" in client.get(f"/bildningsnamnden{HERE}/antal/").content.decode()


def test_a_kept_file_counts_for_nothing_until_it_is_let_to(tiny):
    kim = tiny.actor("kim")
    load = services.payroll_keep(kim, PayrollFile("personal.csv", "x" * 64, rows(PEOPLE)), "Prov")
    assert page_of(tiny, "klf").tables == ()
    run = selectors.dry_run_of(kim, load)
    assert [(one.text, one.employees, one.rows_now) for one in run.months] == [("2024-12", 65, 0)]
    assert services.payroll_apply(kim, load, "Rätt") == (202412,)
    assert services.payroll_apply(kim, load, "Igen") == ()


def test_a_month_is_replaced_and_the_old_file_can_be_brought_back(tiny, kept):
    first = kept(months=(202411, 202412))
    second = kept({**PEOPLE, ("hr-staben", Sex.MEN): 22}, name="rättad.csv")
    assert cell(page_of(tiny, "klf").tables, "anstallda", "anstallda").number == 75
    current = dict(PayrollMonth._default_manager.filter(is_current=True).values_list("month", "load"))
    assert current == {202411: first.pk, 202412: second.pk}
    services.payroll_apply(tiny.actor("kim"), first, "Den rättade var fel")
    assert cell(page_of(tiny, "klf").tables, "anstallda", "anstallda").number == 65


@pytest.mark.parametrize("who", ["charlie", "siri"])
def test_only_a_controller_at_the_top_loads_payroll(tiny, who):
    with pytest.raises(NotAllowedError):
        services.payroll_keep(tiny.actor(who), PayrollFile("personal.csv", "x", rows(PEOPLE)), "Prov")


def test_everything_wrong_in_a_file_is_told_at_once_and_nothing_is_kept(tiny):
    wrong = (
        PayrollRow("ekonomistabn", 202412, Sex.MEN, 9, line=2),
        PayrollRow("hr-staben", 202412, Sex.MEN, 9, scheduled_hours=Decimal(1), sick_hours=Decimal(2), line=3),
        PayrollRow("hr-staben", 202412, Sex.MEN, -1, line=4),
        PayrollRow("personalstaben", 202412, Sex.MEN, 9, line=5),  # closed in 2023
    )
    with pytest.raises(BrokenPayrollError) as caught:
        services.payroll_keep(tiny.actor("kim"), PayrollFile("personal.csv", "x", wrong), "Prov")
    faults = caught.value.faults
    assert [(one.line, one.code) for one in faults] == [
        (2, "unknown_unit"), (3, "too_much"), (4, "twice"), (4, "negative"), (5, "unknown_unit"),
    ]  # fmt: skip
    assert "Menar du ekonomistaben" in faults[0].message
    assert PayrollLoad._default_manager.count() == 0


def test_a_file_is_uploaded_tried_and_let_to_count(tiny, signed_in):
    kim = signed_in("kim")
    text = HEAD + "HR-staben;2024-12;K;30;3000;90\nEkonomistaben;2024-12;M;20;2000;20\n"
    sent = {"file": SimpleUploadedFile("löner.csv", text.encode()), "why": "December"}
    answer = kim.post(f"/kommunstyrelsen{HERE}/loner/ny/", sent)
    assert answer.status_code == 302
    assert "gäller inte ännu" in kim.get(answer["Location"]).content.decode()
    assert kim.post(answer["Location"], {"why": ""}).status_code == 400
    assert kim.post(answer["Location"], {"why": "Kontrollerad"}).status_code == 302
    assert "50" in kim.get(f"/klf{HERE}/antal/").content.decode()


def test_a_broken_upload_names_row_and_column(tiny, signed_in):
    text = HEAD + "HR-staben;2024-12;K;många;3000;90\nOkänd;2024-12;M;20;2000;20\n"
    sent = {"file": SimpleUploadedFile("löner.csv", text.encode()), "why": "December"}
    answer = signed_in("kim").post(f"/kommunstyrelsen{HERE}/loner/ny/", sent)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "2 fel" in html
    assert "många" in html
    assert "Okänd" in html


@pytest.mark.parametrize("address", ["/antal/", "/loner/", "/volymer/", "/flyktingar/", "/"])
def test_everybody_reads_every_page(tiny, kept, client, address):
    kept()
    assert "<h1>" in client.get(f"/klf{HERE}{address}").content.decode()


def test_the_page_asks_the_database_a_bounded_number_of_times(tiny, kept, client, django_assert_max_num_queries):
    kept(months=range(202401, 202413))
    with django_assert_max_num_queries(45):
        client.get(f"/klf{HERE}/antal/")


@pytest.mark.parametrize("address", ["/loner/ny/", "/volymer/besok/", "/flyktingar/ny/"])
def test_a_reader_may_not_open_the_forms(tiny, visits, client, address):
    assert client.get(f"/klf{HERE}{address}").status_code == 403


@pytest.fixture
def visits(tiny) -> Volume:
    with recording(tiny.actor("kim"), "Volymen läggs in") as pen:
        return pen.create(
            Volume, municipality=tiny.municipality, slug="besok", name="Besök", kind="volume", unit_text="besök"
        )


def test_a_volume_is_told_changed_and_taken_away_with_a_history(tiny, visits, signed_in):
    charlie = signed_in("charlie")
    sent = {"last_year": "1 200", "to_date": "900,5", "forecast": "", "next_year": "", "why": "Första", "seen": "0"}
    assert charlie.post(f"/klf{HERE}/volymer/besok/", sent).status_code == 302
    html = re.sub("\u00a0", " ", charlie.get(f"/klf{HERE}/volymer/").content.decode())
    assert "1 200" in html
    assert "900,5" in html
    conflict = charlie.post(f"/klf{HERE}/volymer/besok/", {**sent, "last_year": "5"})
    assert conflict.status_code == 409
    seen = selectors.seen_of(tiny.actor("charlie"), selectors.volume_line(tiny.here("klf"), visits))
    again = charlie.post(f"/klf{HERE}/volymer/besok/", {**sent, "to_date": "", "seen": seen})
    assert again.status_code == 302
    assert VolumeFigure._default_manager.count() == 1


def test_a_volume_that_is_no_number_keeps_what_was_typed(tiny, visits, signed_in):
    sent = {"last_year": "många", "to_date": "12 kr", "why": "", "seen": "0"}
    answer = signed_in("charlie").post(f"/klf{HERE}/volymer/besok/", sent)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="många"' in html
    assert "utan enhet" in html


def test_reception_tells_coverage_and_what_is_missing(tiny):
    here = tiny.here("klf", who="charlie")
    for part, cost, paid in (("HVB", 200, 150), ("Familjehem", 100, None), ("Kvot", 0, 10)):
        told = ReceptionTold(part, Decimal(cost), None if paid is None else Decimal(paid), "Årets")
        services.reception_save(here, told)
    lines = selectors.reception_page(here).entered
    assert lines[0].coverage.number == 75
    assert lines[0].rest.number == -50
    assert lines[1].coverage.reason is MissingReason.NO_DATA
    assert lines[2].coverage.reason is MissingReason.NOT_APPLICABLE
    assert selectors.reception_page(here).total.compensation.text == "1 av 3 saknas"


def test_reception_is_changed_by_who_saw_the_newest(tiny):
    here = tiny.here("klf", who="charlie")
    stored = services.reception_save(here, ReceptionTold("HVB", Decimal(1), None, "Ny"))
    with pytest.raises(EditConflictError):
        services.reception_save(here, ReceptionTold("HVB", Decimal(2), None, "Rättad", seen=0), stored)
    assert Reception._default_manager.get().cost == 1
