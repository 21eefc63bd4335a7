"""The pages of the ledger: from an empty one to a figure that unfolds, and who may see what."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.conftest import Tiny
from tests.web.ledger.conftest import LoadEntries, budget_of, entry, year_of
from tests.web.ledger.test_loading import FEBRUARY, HEAD, JANUARY, csv_of, figures, kept, received
from uppsikt.core.quantities import KR, Quantity
from uppsikt.web.ledger import running, selectors
from uppsikt.web.ledger.models import ClosedPeriod, LedgerCode, Load, Source

HERE = "/klf/delar-augusti-2024/redovisning/"
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def nobody_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test works itself: a thread would not see what its transaction has not committed."""
    monkeypatch.setattr(running.WORKER, "wake", lambda: None)


def page_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return re.sub(r"\s+", " ", answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " "))


def work(tiny: Tiny) -> None:
    while running.work_once(tiny.actor("kim")):
        pass


def test_an_empty_ledger_says_how_to_begin(codes: Tiny, client: Client) -> None:
    told = page_of(client, HERE)
    assert "Ingen redovisning är inläst ännu" in told
    assert "Fil ur ekonomisystemet" not in told


def test_from_a_dropped_file_to_a_loaded_month(codes: Tiny, signed_in: SignIn) -> None:
    kim = signed_in("kim")
    assert "Fil ur ekonomisystemet" in page_of(kim, HERE)
    file = SimpleUploadedFile("augusti.csv", csv_of(JANUARY, "5011;77;100;202401;5,00;Okänt", FEBRUARY))
    answer = kim.post(f"{HERE}ta-emot/", {"fil": file, "ny-kalla": "Agresso"}, follow=True)
    assert "Vad kolumnerna betyder" in answer.content.decode()
    load = Load._default_manager.get()
    here = f"{HERE}inlasningar/{load.pk}/"
    columns = {f"kolumn-{at}": field for at, field in enumerate(
        ("account", "unit", "activity", "period", "amount", "text"))}  # fmt: skip
    answer = kim.post(f"{here}provlas/", {**columns, "slag": "outcome", "blad": ""}, follow=True)
    assert "Filen väntar på sin tur" in answer.content.decode()
    work(codes)
    told = page_of(kim, here)
    assert "Nya koder" in told
    assert "3 005,50" in told
    assert "Läs in 3 poster" not in told
    kim.post(f"{here}koder/", {"del": "unit", "namn-unit-77": "Kassan", "enhet-77": "ekonomistaben "})
    assert LedgerCode._default_manager.get(code="77").unit == codes.units["ekonomistaben"]
    assert "Läs in 3 poster" in page_of(kim, here)
    kim.post(f"{here}las-in/", {"skal": "Utfall för februari"})
    work(codes)
    assert "gäller" in page_of(kim, here)
    assert figures(codes)[202402] == Decimal("2000.00")
    assert "januari–februari, 3 poster" in page_of(kim, HERE)
    assert "inte inläst" in page_of(kim, HERE)


def test_faults_are_shown_with_their_place_and_can_be_taken_home(codes: Tiny, signed_in: SignIn) -> None:
    load = received(codes, "5011;10;100;202401;=tolv;", "5011;10;100;2024;5,00;")
    kim = signed_in("kim")
    kim.post(f"{HERE}inlasningar/{load.pk}/provlas/", {"blad": ""})
    work(codes)
    told = page_of(kim, f"{HERE}inlasningar/{load.pk}/")
    assert "rad 2, Belopp" in told
    assert "rad 3, Period" in told
    file = kim.get(f"{HERE}inlasningar/{load.pk}/hamta/csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file), delimiter=";"))
    assert rows[1][:5] == ["fel", "", "2", "Belopp", "'=tolv"]


def test_progress_is_told_and_the_page_is_asked_for_anew_when_it_is_over(codes: Tiny, signed_in: SignIn) -> None:
    load = received(codes, JANUARY)
    kim = signed_in("kim")
    kim.post(f"{HERE}inlasningar/{load.pk}/provlas/", {"blad": ""})
    going = kim.get(f"{HERE}inlasningar/{load.pk}/lage/")
    assert "HX-Refresh" not in going.headers
    work(codes)
    assert kim.get(f"{HERE}inlasningar/{load.pk}/lage/").headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("who", ["", "charlie", "siri"])
def test_who_may_not_load_sees_no_files_and_changes_nothing(
    codes: Tiny, signed_in: SignIn, client: Client, who: str
) -> None:
    load = received(codes, JANUARY)
    asking = signed_in(who) if who else client
    refused = 403 if who else 404  # what does not count yet is not there for who has no role
    page_of(asking, f"{HERE}inlasningar/{load.pk}/", refused)
    for action in ("provlas", "koder", "las-in", "kasta", "ta-tillbaka", "angra"):
        assert asking.post(f"{HERE}inlasningar/{load.pk}/{action}/", {"skal": "x"}).status_code == refused
    file = SimpleUploadedFile("fil.csv", csv_of(JANUARY))
    assert asking.post(f"{HERE}ta-emot/", {"fil": file, "ny-kalla": "X"}).status_code == 403
    assert asking.post(f"{HERE}stang/", {"manad": "202401", "skal": "x"}).status_code == 403
    assert not ClosedPeriod._default_manager.exists()
    assert "augusti.csv" not in page_of(asking, f"{HERE}inlasningar/")


def test_a_load_is_brought_back_and_undone_from_its_page(codes: Tiny, signed_in: SignIn) -> None:
    first = kept(codes, JANUARY)
    kept(codes, "5011;10;100;202401;9,00;")
    kim = signed_in("kim")
    assert "Ta tillbaka den här inläsningen" in page_of(kim, f"{HERE}inlasningar/{first.pk}/")
    kim.post(f"{HERE}inlasningar/{first.pk}/ta-tillbaka/", {"skal": "Fel fil"})
    assert figures(codes) == {202401: Decimal("1000.50")}
    answer = kim.post(f"{HERE}inlasningar/{first.pk}/angra/", {"skal": ""}, follow=True)
    assert "Skriv varför" in answer.content.decode()


def test_months_are_closed_and_opened_with_a_reason(codes: Tiny, signed_in: SignIn, put: LoadEntries) -> None:
    put(year_of(2024, 2))
    kim = signed_in("kim")
    kim.post(f"{HERE}stang/", {"manad": ["202401", "x"], "skal": "Avstämd"})
    assert 'Stängd</strong> <span class="soft small">av Kim Controller' in page_of(kim, HERE)
    answer = kim.post(f"{HERE}oppna/202402/", {"skal": "x"}, follow=True)
    assert "Februari 2024 är inte stängd" in answer.content.decode()
    kim.post(f"{HERE}oppna/202401/", {"skal": "En faktura saknades"})
    assert ClosedPeriod._default_manager.get().reopened_by == "Kim Controller"


def test_the_entries_behind_a_figure_add_up_to_it(codes: Tiny, client: Client, put: LoadEntries) -> None:
    put(year_of(2024, 8))
    here = codes.here("klf", "delar-augusti-2024")
    made = selectors.statement(codes.reader, codes.units["klf"], 2024, 8, here=here, unit_of_money=KR)
    for row in made.rows[:4]:
        told = page_of(client, row.link)
        value = made.value(row.key, "outcome-2024")
        assert isinstance(value, Quantity)
        assert f"{value.number:,.2f}".replace(",", " ").replace(".", ",") in told
    told = page_of(client, made.row("hr-staben").link)
    assert "HR-staben</strong>, utfall, kostnader och intäkter, januari–augusti 2024" in told
    assert "3011 Försäljning" in told
    assert "16</dd>" in told


def test_entries_are_in_pages_and_ordered(codes: Tiny, client: Client, put: LoadEntries) -> None:
    put([entry(202401, "10", number, voucher=f"A {number}") for number in range(1, 251)])
    address = f"{HERE}poster/?enhet=ekonomistaben&fran=202401&till=202401"
    told = page_of(client, address)
    assert "Sida 1 av 3" in told
    assert "31 375,00" in told
    assert page_of(client, address + "&ordning=belopp").index("A 250") < page_of(
        client, address + "&ordning=belopp"
    ).index("A 151")
    assert "A 1<" in page_of(client, address + "&ordning=belopp&sida=3")


def test_texts_are_for_those_with_a_role_unless_the_source_is_open(
    codes: Tiny, signed_in: SignIn, put: LoadEntries
) -> None:
    put([entry(202401, "10", 1, text="Lön Anna Andersson"), entry(202401, "50", 1, text="Lön Bo Berg")])
    own, other = (f"{HERE}poster/?enhet={unit}&fran=202401" for unit in ("ekonomistaben", "bildningsnamnden"))
    assert "Anna Andersson" not in page_of(Client(), own)
    assert "Anna" not in Client().get(own.replace("poster/", "poster/hamta/csv")).content.decode()
    charlie = signed_in("charlie")
    assert "Anna Andersson" in page_of(charlie, own)
    assert "Bo Berg" not in page_of(charlie, other)
    Source._default_manager.update(texts_open=True)
    assert "Bo Berg" in page_of(charlie, other)


def test_entries_as_a_file_are_defused(codes: Tiny, signed_in: SignIn, put: LoadEntries) -> None:
    put([entry(202401, "10", "-1.50", text="=cmd|calc", voucher="@x")])
    answer = signed_in("charlie").get(f"{HERE}poster/hamta/csv?enhet=ekonomistaben&fran=202401")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == ["2024-01", "", "5011", "10", "100", "", "", "", "'@x", "-1,50", "'=cmd|calc"]
    assert signed_in("charlie").get(f"{HERE}poster/hamta/xlsx?fran=202401").content[:2] == b"PK"


@pytest.mark.parametrize(
    ("query", "words"),
    [("enhet=finns-inte", "ingen enhet"), ("fran=202413", "ingen månad"), ("enhet=klf&per=igår", "ingen dag")],
)
def test_an_address_that_asks_for_nothing_is_told(codes: Tiny, client: Client, query: str, words: str) -> None:
    assert words in page_of(client, f"{HERE}poster/?{query}", 404)


def test_entries_without_a_code_and_net_of_internal(codes: Tiny, client: Client, put: LoadEntries) -> None:
    put([entry(202401, "10", 7, activity=""), entry(202401, "10", 9, counterpart="1"), entry(202401, "10", 11)])
    assert ">7,00 kr<" in page_of(client, f"{HERE}poster/?enhet=klf&fran=202401&verksamhet=-")
    assert ">18,00 kr<" in page_of(client, f"{HERE}poster/?enhet=klf&fran=202401&utan-internt=1&kontosida=netto")


def test_the_register_is_searched_and_a_code_is_changed(codes: Tiny, signed_in: SignIn, client: Client) -> None:
    told = page_of(Client(), f"{HERE}koder/?del=account&q=lön")
    assert "5011" in told
    assert "6011" not in told
    code = LedgerCode._default_manager.get(code="90")
    assert "Flytta till en annan enhet" not in page_of(Client(), f"{HERE}koder/{code.pk}/")
    assert Client().post(f"{HERE}koder/{code.pk}/", {"name": "Mitt", "why": "x"}).status_code == 403
    kim = signed_in("kim")
    assert "Skriv varför" in kim.post(f"{HERE}koder/{code.pk}/", {"name": "Ledning"}).content.decode()
    kim.post(f"{HERE}koder/{code.pk}/", {"name": "Ledning", "why": "Hörde till nämnden"})
    code.refresh_from_db()
    assert code.name == "Ledning"
    told = page_of(kim, f"{HERE}koder/{code.pk}/")
    assert "benämning: Förvaltningsledning → Ledning" in told
    assert "Hörde till nämnden" in told
    own = LedgerCode._default_manager.get(part="counterpart", code="8")
    kim.post(f"{HERE}koder/{own.pk}/", {"name": "Bolaget", "is_internal": "on", "why": "Vårt eget"})
    own.refresh_from_db()
    assert own.is_internal


def test_pages_ask_a_bounded_number_of_questions(
    codes: Tiny, client: Client, put: LoadEntries, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    put(year_of(2023))
    put([*year_of(2024), *budget_of(2024)], source="Annan")
    for address, most in ((HERE, 24), (f"{HERE}poster/?enhet=klf&fran=202401&till=202412", 24)):
        with django_assert_max_num_queries(most):  # type: ignore[attr-defined]  # pytest-django's own
            client.get(address, headers={"accept-language": "sv"})


def test_the_heading_of_a_source_is_what_the_file_says(codes: Tiny, signed_in: SignIn) -> None:
    head = HEAD.replace("Belopp", "<script>")
    file = SimpleUploadedFile("x.csv", csv_of(JANUARY, head=head))
    answer = signed_in("kim").post(f"{HERE}ta-emot/", {"fil": file, "ny-kalla": "X"}, follow=True)
    assert "<script>;" not in answer.content.decode()
    assert "&lt;script&gt;" in answer.content.decode()
