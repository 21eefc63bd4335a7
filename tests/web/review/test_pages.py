"""The pages: who sees what, what is shown of a finding, what is handed back, and how long it takes."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.web.conftest import Tiny
from tests.web.review.conftest import Review
from tests.web.review.records import finding, in_text, record
from uppsikt.review.record import Record
from uppsikt.web.organisation.gate import reach
from uppsikt.web.review import services
from uppsikt.web.review.example import example_report
from uppsikt.web.review.models import Dismissal, ReviewedDocument, Run

HERE = "/kommunstyrelsen/bokslut-2024/granska/"
SignIn = Callable[[str], Client]


def _page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return re.sub(r"[ \n\t]+", " ", answer.content.decode())


def _upload(client: Client, *files: SimpleUploadedFile, **fields: object) -> Any:
    return client.post(HERE, {"fil": list(files), **fields}, follow=True)


def _file(name: str = "rapport.txt", content: bytes = b"Summa 1") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


# Who sees what


def test_a_reader_is_told_to_sign_in_and_sees_no_document(tiny: Tiny, client: Client, review: Review) -> None:
    document = review(record(finding()), "hemligt utkast.pdf")
    html = _page(client, HERE)
    assert "Logga in för att granska" in html
    assert document.name not in html
    for path in ("", "lage/", "lasning/", "andringar/", "hamta/original", "hamta/json", "sida/1/1000.png"):
        assert document.name not in _page(client, f"{HERE}{document.pk}/{path}", 404)
    for path in ("igen/", "avfarda/", "aterta/", "ta-bort/"):
        assert client.post(f"{HERE}{document.pk}/{path}").status_code == 404
    assert client.post(HERE, {"fil": _file()}).status_code == 403
    assert client.post(HERE + "exempel/").status_code == 403


def test_who_has_a_role_in_another_unit_sees_nothing_either(signed_in: SignIn, review: Review) -> None:
    document = review(record(finding()))
    charlie = signed_in("charlie")
    assert "Du har ingen roll i Kommunstyrelsen" in _page(charlie, HERE)
    _page(charlie, f"{HERE}{document.pk}/", 404)
    assert document.name not in _page(charlie, "/kommunstyrelsen/bokslut-2024/historik/review.revieweddocument/1/", 404)


def test_the_history_of_a_document_is_for_the_same_eyes(signed_in: SignIn, client: Client, review: Review) -> None:
    document = review(record(finding()))
    address = f"/kommunstyrelsen/bokslut-2024/historik/review.revieweddocument/{document.pk}/"
    _page(client, address, 404)
    assert document.name in _page(signed_in("kim"), address)


# Taking in


def test_files_are_taken_in_and_wait(signed_in: SignIn, tiny: Tiny) -> None:
    kim = signed_in("kim")
    answer = _upload(kim, _file("en.txt", b"ett"), _file("två.txt", b"tva"))
    html = answer.content.decode()
    assert answer.redirect_chain[-1][0] == HERE
    assert "en.txt" in html
    assert "två.txt" in html
    assert html.count("väntar") == 2
    assert 'hx-trigger="every 2s"' in html
    one = _upload(kim, _file("tre.txt", b"tre"))
    assert "Dokumentet väntar på sin tur." in one.content.decode()


def test_one_refused_file_does_not_stop_the_others(signed_in: SignIn, tiny: Tiny) -> None:
    # A file without content is left out by Django's own reading of the request when it has no name.
    html = _upload(signed_in("kim"), _file("bra.txt"), _file("tom.txt", b"")).content.decode()
    assert "tom.txt är tom" in html
    assert reach(tiny.actor("kim"), ReviewedDocument).get().name == "bra.txt"


def test_a_file_that_is_too_large_is_never_stored_and_told(
    signed_in: SignIn, tiny: Tiny, settings: LazySettings, home: Any
) -> None:
    settings.REVIEW_MOST_BYTES = 1_000_000
    html = _upload(signed_in("kim"), _file("stor.txt", b"x" * 1_200_000)).content.decode()
    assert "större än 1 MB" in html
    assert not reach(tiny.actor("kim"), ReviewedDocument).exists()
    assert not [path for path in home.rglob("*") if path.is_file()]


def test_nothing_chosen_is_told(signed_in: SignIn) -> None:
    assert "Välj minst en fil" in signed_in("kim").post(HERE, follow=True).content.decode()


def test_a_new_version_is_told_and_leads_to_the_comparison(signed_in: SignIn, review: Review) -> None:
    document = review(record(finding()))
    html = _upload(signed_in("kim"), _file("rattad.pdf", b"%PDF-1.7 ny"), version_av=document.pk).content.decode()
    assert "rattad.pdf är tillagd som version 2" in html
    assert f"{HERE}{document.pk}/" in html


@pytest.mark.parametrize("key", ["x", "9" * 30, "99999"])
def test_a_version_of_what_does_not_exist_is_refused(signed_in: SignIn, tiny: Tiny, key: str) -> None:
    answer = _upload(signed_in("kim"), _file(), version_av=key)
    assert answer.status_code in (200, 404)  # what is no key at all is no claim to follow anything


def test_the_example_is_taken_in_with_one_click(signed_in: SignIn, tiny: Tiny) -> None:
    kim = signed_in("kim")
    assert "Granska exemplet" in _page(kim, HERE)
    html = kim.post(HERE + "exempel/", follow=True).content.decode()
    assert "Exempelrapport.pdf" in html
    assert "samma fil" in kim.post(HERE + "exempel/", follow=True).content.decode()


def test_a_report_of_our_own_is_reviewed_as_its_pdf(signed_in: SignIn, tiny: Tiny, client: Client) -> None:
    assert client.post(HERE + "rapport/verksamhetsberattelse/").status_code == 403
    kim = signed_in("kim")
    assert "Granska Verksamhetsberättelse 2024" in _page(kim, HERE)
    answer = kim.post(HERE + "rapport/verksamhetsberattelse/", follow=True)
    document = reach(tiny.actor("kim"), ReviewedDocument).get()
    assert document.name == "Verksamhetsberättelse 2024 Kommunstyrelsen.pdf"
    assert answer.redirect_chain[-1][0] == f"{HERE}{document.pk}/"
    assert kim.get(f"{HERE}{document.pk}/hamta/original").content.startswith(b"%PDF")
    assert kim.post(HERE + "rapport/finns-inte/").status_code == 404


# What is shown


def _shown(signed_in: SignIn, review: Review, made: Record | str, query: str = "") -> str:
    document = review(made)
    return _page(signed_in("kim"), f"{HERE}{document.pk}/{query}")


def test_a_finding_is_shown_with_its_figures_its_place_and_its_proposal(signed_in: SignIn, review: Review) -> None:
    html = _shown(signed_in, review, record(finding()))
    for words in (
        "Summa nettokostnader · Utfall 2025", "132\u00a0765\u00a0tkr", "134\u00a0565\u00a0tkr", "−1\u00a0800\u00a0tkr",
        "Två siffror har bytt plats", "säker", "sidan 2", "Så lästes tabellen", "Enheten tkr står i rubriken.",
    ):  # fmt: skip
        assert words in html, words
    assert 'viewBox="0 28.4 595.3 357.2"' in html  # around the cell, with points and not commas
    assert '<rect x="298.0" y="198.0" width="64.0" height="18.0"' in html
    assert "<mark>132 765</mark>" in html
    assert "Parken &amp; &lt;torget&gt;" in html


def test_the_whole_page_is_shown_for_who_asks(signed_in: SignIn, review: Review) -> None:
    assert 'viewBox="0 0.0 595.3 841.9"' in _shown(signed_in, review, record(finding()), "?sidan=hel")


def test_a_document_without_pages_shows_the_table_itself(signed_in: SignIn, review: Review) -> None:
    html = _shown(signed_in, review, record(finding(box=None), kind="text"))
    assert "<svg viewBox" not in html
    assert "<mark>132 765</mark>" in html
    assert "PDF med markeringar" not in html


def test_a_long_table_is_shown_around_the_cell_and_whole_on_its_own_page(signed_in: SignIn, review: Review) -> None:
    made = record(finding(box=None, row_key="x500"), kind="text")
    rows = made["tables"][0]["rows"]
    rows += [{**rows[0], "key": f"x{n}", "label": f"Enhet nr {n}"} for n in range(1000)]
    document = review(made)
    kim = signed_in("kim")
    html = _page(kim, f"{HERE}{document.pk}/")
    assert "Enhet nr 500<" in html
    assert "<mark>63 110</mark>" in html
    assert "Enhet nr 600<" not in html
    assert "923 rader till visas inte här." in html
    assert "Enhet nr 999<" in _page(kim, f"{HERE}{document.pk}/lasning/?tabell=t01")


def test_words_of_the_text_are_marked_and_their_numbers_told(signed_in: SignIn, review: Review) -> None:
    html = _shown(signed_in, review, record(in_text(), kind="html"))
    assert "redovisar ett <mark>överskott med 2,8 mnkr</mark>." in html
    assert "Summa nettokostnader / Avvikelse i tabell t01" in html


def test_what_follows_from_a_cause_stands_under_it(signed_in: SignIn, review: Review) -> None:
    html = _shown(signed_in, review, record(finding("a"), finding("b", cause="a", message="Avvikelsen följer.")))
    assert "1 anmärkning<" in html
    assert "1 följd av samma fel" in html
    assert "Avvikelsen följer." in html


def test_a_review_of_an_older_program_is_still_shown(signed_in: SignIn, review: Review) -> None:
    old = finding()
    for name in ("parent", "text"):
        del old[name]  # type: ignore[misc]  # what was added later
    assert "Summa nettokostnader · Utfall 2025" in _shown(signed_in, review, record(old))


def test_filters_stand_in_the_address(signed_in: SignIn, review: Review) -> None:
    document = review(record(finding("a"), in_text("b"), finding("c", code="DEV", confidence="possible")))
    kim, at = signed_in("kim"), f"{HERE}{document.pk}/"
    assert "3 anmärkningar" in _page(kim, at)
    for query, identity in (("?sakerhet=trolig", "b"), ("?kod=DEV", "c"), ("?sakerhet=saker&kod=SUM", "a")):
        html = _page(kim, at + query)
        assert "1 anmärkning<" in html
        assert f'id="anm-{identity}"' in html
    assert "Inga anmärkningar är av det slaget" in _page(kim, at + "?kod=OKAND")
    assert "3 anmärkningar" in _page(kim, at + "?sakerhet=nonsens&sida=x&visa=1&anm=zzz")


def test_a_finding_is_chosen_by_its_address_and_its_neighbours_are_near(signed_in: SignIn, review: Review) -> None:
    document = review(record(*(finding(f"f{n}", row=f"Rad {n}") for n in range(3))))
    kim, at = signed_in("kim"), f"{HERE}{document.pk}/"
    html = _page(kim, at + "?anm=f1")
    assert "2 av 3" in html
    assert "?anm=f0#visning" in html
    assert "?anm=f2#visning" in html
    part = kim.get(at + "?anm=f2", headers={"HX-Request": "true", "HX-Target": "visning"}).content.decode()
    assert part.lstrip().startswith("<section")
    assert 'data-shown="f2"' in part


def test_a_document_without_findings_says_what_was_looked_at(signed_in: SignIn, review: Review) -> None:
    html = _shown(signed_in, review, record())
    assert "Inget som säger emot sig självt." in html
    assert "1 tabell" in html


def test_a_document_that_cannot_be_read_says_why_and_what_to_do(signed_in: SignIn, review: Review) -> None:
    html = _shown(signed_in, review, "rapport.pdf är inskannad och har ingen text. Kör OCR på den först.")
    assert "Dokumentet gick inte att granska." in html
    assert "Kör OCR på den först." in html
    assert "Ladda upp" in html
    assert "klar" in _page(signed_in("kim"), HERE) or "gick inte att läsa" in _page(signed_in("kim"), HERE)


def test_progress_is_told_and_asks_for_the_page_when_it_is_over(signed_in: SignIn, tiny: Tiny, review: Review) -> None:
    document = review(record())
    kim = signed_in("kim")
    assert kim.get(f"{HERE}{document.pk}/lage/").headers["HX-Refresh"] == "true"
    kim.post(f"{HERE}{document.pk}/igen/")
    reach(tiny.actor("kim"), Run).filter(state=Run.State.WAITING).update(
        state=Run.State.RUNNING, pages_done=3, pages_total=60
    )
    answer = kim.get(f"{HERE}{document.pk}/lage/")
    assert "Läser sida 3 av 60." in answer.content.decode()
    assert "HX-Refresh" not in answer.headers
    html = _page(kim, f"{HERE}{document.pk}/")
    assert "Läser sida 3 av 60." in html
    assert "Inget som säger emot sig självt." in html  # what was found before is still there


def test_an_earlier_run_is_read_and_not_judged(signed_in: SignIn, tiny: Tiny, review: Review) -> None:
    document = review(record(finding("a", row="Förra gången")))
    [first] = reach(tiny.actor("kim"), Run)
    services.run_ask(tiny.actor("kim"), document)
    run = services.run_claim(tiny.actor("kim"), timezone.now())
    assert run is not None
    services.run_finish(tiny.actor("kim"), run, timezone.now(), record(finding("b", row="Den här gången")))
    kim, at = signed_in("kim"), f"{HERE}{document.pk}/"
    html = _page(kim, at)
    assert "Den här gången" in html
    assert f"?korning={first.pk}" in html
    html = _page(kim, f"{at}?korning={first.pk}")
    assert "Förra gången" in html
    assert "Visa den senaste" in html
    assert "Avfärda anmärkningen" not in html
    assert f"korning={first.pk}" in html.split("data-identity")[0].rsplit("hx-get", 1)[1]
    assert "Den här gången" in _page(kim, f"{at}?korning=99999")


# Judging


def test_a_finding_is_set_aside_with_a_reason_and_taken_back(signed_in: SignIn, tiny: Tiny, review: Review) -> None:
    document = review(record(finding("a"), finding("b", row="Rad b")))
    kim, at = signed_in("kim"), f"{HERE}{document.pk}/"
    assert "Skriv varför" in kim.post(at + "avfarda/", {"anm": "a", "skal": " "}, follow=True).content.decode()
    answer = kim.post(at + "avfarda/", {"anm": "a", "skal": "Beloppen är avrundade"}, follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain[-1][0] == at + "?anm=b"  # on to the next
    assert "1 anmärkning<" in html
    aside = _page(kim, at + "?visa=avfardade")
    assert "Avfärdad av Kim Controller" in aside
    assert "Beloppen är avrundade" in aside
    assert "avfärdad" in _page(kim, at + "?visa=alla")
    html = kim.post(at + "aterta/", {"anm": "a"}, follow=True).content.decode()
    assert "2 anmärkningar" in html
    assert kim.post(at + "aterta/", {"anm": "a"}).status_code == 404
    assert kim.post(at + "avfarda/", {"anm": "finns inte", "skal": "x"}).status_code == 404
    assert reach(tiny.actor("kim"), Dismissal).count() == 1


def test_a_finding_whose_facts_have_changed_comes_back_with_a_word(signed_in: SignIn, review: Review) -> None:
    first = review(record(finding("a", place="samma plats")))
    kim = signed_in("kim")
    kim.post(f"{HERE}{first.pk}/avfarda/", {"anm": "a", "skal": "Så ska det vara"})
    second = review(record(finding("b", place="samma plats", stated="132766")), data=b"%PDF-1.7 tva")
    html = _page(kim, f"{HERE}{second.pk}/")
    assert "1 anmärkning<" in html
    assert "Så ska det vara" in html


# Comparing


def test_versions_are_compared(signed_in: SignIn, review: Review) -> None:
    first = review(record(finding("a", row="Rättad rad"), finding("b", row="Gammal rad")))
    second = review(record(finding("b", row="Gammal rad"), finding("c", row="Ny rad")), data=b"%PDF-1.7 tva")
    kim = signed_in("kim")
    html = _page(kim, f"{HERE}{second.pk}/andringar/")
    assert "Från version 1 till version 2" in html
    assert "1 ny anmärkning, 1 rättad, 1 kvar." in html
    new, mended, kept = (html.index(words) for words in ("Ny rad", "Rättad rad", "Gammal rad"))
    assert html.index("<h2>Nya") < new < html.index("<h2>Rättade") < mended < html.index("<h2>Kvar") < kept
    assert "Från version 2 till version 1" in _page(kim, f"{HERE}{first.pk}/andringar/")


def test_a_single_version_cannot_be_compared(signed_in: SignIn, review: Review) -> None:
    assert "bara en version" in _page(signed_in("kim"), f"{HERE}{review(record()).pk}/andringar/", 409)


def test_documents_are_compared_with_each_other(signed_in: SignIn, review: Review) -> None:
    one = review(record(finding(), name="ett.pdf"), "ett.pdf")
    other = record(finding(), name="tva.pdf")
    other["tables"][0]["rows"][0]["cells"][0] = {"raw": "61 310", "number": "61310", "box": None}
    two = review(other, "tva.pdf", b"%PDF-1.7 tva")
    kim = signed_in("kim")
    assert "Välj minst två dokument." in _page(kim, HERE + "jamfor/")
    html = _page(kim, f"{HERE}jamfor/?dokument={one.pk}&dokument={two.pk}")
    assert "Gatukontoret" in html
    assert "61\u00a0310" in html
    _page(kim, f"{HERE}jamfor/?dokument={one.pk}&dokument=99999", 404)


def test_how_the_document_was_read_is_told(signed_in: SignIn, review: Review) -> None:
    html = _page(signed_in("kim"), f"{HERE}{review(record()).pk}/lasning/?tabell=t01&sida=7")
    for words in ("Enheten tkr står i rubriken.", "nettokostnad", "<mark>2,8</mark>", "stämmer inte"):
        assert words in html


# Handing back


def test_a_document_is_handed_back_as_a_file_and_never_as_a_page(signed_in: SignIn, tiny: Tiny) -> None:
    kim = signed_in("kim")
    _upload(kim, _file("ål <b>.html", b"<script>alert(1)</script>"))
    document = reach(tiny.actor("kim"), ReviewedDocument).get()
    answer = kim.get(f"{HERE}{document.pk}/hamta/original")
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "<b>" not in kim.get(f"{HERE}{document.pk}/").content.decode()


def test_the_review_is_handed_back_as_data(signed_in: SignIn, review: Review) -> None:
    document = review(record(finding("a"), finding("b")))
    kim, at = signed_in("kim"), f"{HERE}{document.pk}/"
    kim.post(at + "avfarda/", {"anm": "a", "skal": "Avrundning"})
    told = json.loads(kim.get(at + "hamta/json").content)
    assert [one["dismissed"] for one in told["findings"]] == ["Avrundning", None]
    assert kim.get(at + "hamta/exe").status_code == 404


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("docx", b"PK")])
def test_the_review_is_handed_back_as_a_file(signed_in: SignIn, review: Review, kind: str, begins: bytes) -> None:
    document = review(record(finding(), in_text()), "årets <rapport>.pdf", example_report())
    answer = signed_in("kim").get(f"{HERE}{document.pk}/hamta/{kind}")
    assert answer.content.startswith(begins)
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "%C3%A5rets" in answer.headers["Content-Disposition"]


def test_marks_that_cannot_be_written_are_told(signed_in: SignIn, review: Review) -> None:
    document = review(record(finding()), data=b"%PDF-1.7 trasig")
    answer = signed_in("kim").get(f"{HERE}{document.pk}/hamta/pdf")
    assert answer.status_code == 409
    assert "PDF" in answer.content.decode()


def test_a_document_is_taken_away_after_asking(signed_in: SignIn, tiny: Tiny, review: Review) -> None:
    document = review(record())
    kim = signed_in("kim")
    assert "går inte att få tillbaka" in _page(kim, f"{HERE}{document.pk}/ta-bort/")
    assert "är borttaget" in kim.post(f"{HERE}{document.pk}/ta-bort/", follow=True).content.decode()
    assert not reach(tiny.actor("kim"), ReviewedDocument).exists()


def test_a_page_is_drawn_once_and_a_page_that_is_not_there_is_told(
    signed_in: SignIn, review: Review, home: Path
) -> None:
    document = review(record(finding()), data=example_report())
    kim, at = signed_in("kim"), f"{HERE}{document.pk}/sida/"
    answer = kim.get(at + "2/1000.png")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.content.startswith(b"\x89PNG")
    assert "private" in answer.headers["Cache-Control"]
    [kept] = (home / "granskade" / "sidor").iterdir()
    kept.write_bytes(b"\x89PNG from the disk")
    assert kim.get(at + "2/1000.png").content == b"\x89PNG from the disk"
    assert "har 2 sidor" in _page(kim, at + "3/1000.png", 404)
    for path in ("2/999.png", "0/1000.png", "9999999/1000.png"):
        assert kim.get(at + path).status_code == 404


def test_a_file_that_is_no_pdf_has_no_picture(signed_in: SignIn, review: Review) -> None:
    document = review(record(finding()), data=b"%PDF-1.7 trasig")
    assert signed_in("kim").get(f"{HERE}{document.pk}/sida/1/1000.png").status_code == 404


# How long it takes


def _many(count: int) -> Record:
    return record(*(finding(f"f{n}", row=f"Rad {n}", title=f"Tabell {n // 5}") for n in range(count)))


@pytest.mark.parametrize(("count", "limit"), [(100, 0.150), (500, 0.300)])
def test_many_findings_are_shown_in_few_queries_and_little_time(
    signed_in: SignIn, review: Review, django_assert_max_num_queries: Callable[..., Any], count: int, limit: float
) -> None:
    document = review(_many(count))
    kim, at = signed_in("kim"), f"{HERE}{document.pk}/"
    kim.get(at)
    with django_assert_max_num_queries(20):
        html = _page(kim, at)
    assert f"{count} anmärkningar" in html
    assert html.count('<article class="finding"') == 40
    assert f"Sida 1 av {-(-count // 40)}" in html
    taken = []
    for _ in range(7):
        begun = time.thread_time()
        kim.get(at)
        taken.append(time.thread_time() - begun)
    assert min(taken) < limit
    assert f"{count} av {count}" in _page(kim, f"{at}?anm=f{count - 1}")


def test_the_list_asks_as_much_for_many_documents_as_for_one(
    signed_in: SignIn, review: Review, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(12):
        review(record(finding()), f"rapport {number}.pdf", b"%%PDF-1.7 %d" % number)
    kim = signed_in("kim")
    with django_assert_max_num_queries(20):
        html = _page(kim, HERE)
    assert html.count("rapport ") >= 12
