"""Judging findings, comparing versions, taking files home."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import Tiny
from tests.web.review.asking import HERE, SignIn, file_of, page_of, upload
from tests.web.review.conftest import Review
from tests.web.review.records import finding, in_text, record
from uppsikt.review.record import Record
from uppsikt.web.organisation.gate import reach
from uppsikt.web.review.example import example_report
from uppsikt.web.review.models import Dismissal, ReviewedDocument

# Judging


def test_a_finding_is_set_aside_with_a_reason_and_taken_back(signed_in: SignIn, tiny: Tiny, review: Review) -> None:
    document = review(record(finding("a"), finding("b", row="Rad b")))
    kim, at = signed_in("kim"), f"{HERE}{document.pk}/"
    assert "Skriv varför" in kim.post(at + "avfarda/", {"anm": "a", "skal": " "}, follow=True).content.decode()
    answer = kim.post(at + "avfarda/", {"anm": "a", "skal": "Beloppen är avrundade"}, follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain[-1][0] == at + "?anm=b"  # on to the next
    assert "1 anmärkning<" in html
    aside = page_of(kim, at + "?visa=avfardade")
    assert "Avfärdad av Kim Controller" in aside
    assert "Beloppen är avrundade" in aside
    assert "avfärdad" in page_of(kim, at + "?visa=alla")
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
    html = page_of(kim, f"{HERE}{second.pk}/")
    assert "1 anmärkning<" in html
    assert "Så ska det vara" in html


# Comparing


def test_versions_are_compared(signed_in: SignIn, review: Review) -> None:
    first = review(record(finding("a", row="Rättad rad"), finding("b", row="Gammal rad")))
    second = review(record(finding("b", row="Gammal rad"), finding("c", row="Ny rad")), data=b"%PDF-1.7 tva")
    kim = signed_in("kim")
    html = page_of(kim, f"{HERE}{second.pk}/andringar/")
    assert "Från version 1 till version 2" in html
    assert "1 ny anmärkning, 1 rättad, 1 kvar." in html
    new, mended, kept = (html.index(words) for words in ("Ny rad", "Rättad rad", "Gammal rad"))
    assert html.index("<h2>Nya") < new < html.index("<h2>Rättade") < mended < html.index("<h2>Kvar") < kept
    assert "Från version 2 till version 1" in page_of(kim, f"{HERE}{first.pk}/andringar/")


def test_a_single_version_cannot_be_compared(signed_in: SignIn, review: Review) -> None:
    assert "bara en version" in page_of(signed_in("kim"), f"{HERE}{review(record()).pk}/andringar/", 409)


def test_documents_are_compared_with_each_other(signed_in: SignIn, review: Review) -> None:
    one = review(record(finding(), name="ett.pdf"), "ett.pdf")
    other = record(finding(), name="tva.pdf")
    other["tables"][0]["rows"][0]["cells"][0] = {"raw": "61 310", "number": "61310", "box": None}
    two = review(other, "tva.pdf", b"%PDF-1.7 tva")
    kim = signed_in("kim")
    assert "Välj minst två dokument." in page_of(kim, HERE + "jamfor/")
    html = page_of(kim, f"{HERE}jamfor/?dokument={one.pk}&dokument={two.pk}")
    assert "Gatukontoret" in html
    assert "61\u00a0310" in html
    page_of(kim, f"{HERE}jamfor/?dokument={one.pk}&dokument=99999", 404)


def test_how_the_document_was_read_is_told(signed_in: SignIn, review: Review) -> None:
    html = page_of(signed_in("kim"), f"{HERE}{review(record()).pk}/lasning/?tabell=t01&sida=7")
    for words in ("Enheten tkr står i rubriken.", "nettokostnad", "<mark>2,8</mark>", "stämmer inte"):
        assert words in html


# Handing back


def test_a_document_is_handed_back_as_a_file_and_never_as_a_page(signed_in: SignIn, tiny: Tiny) -> None:
    kim = signed_in("kim")
    upload(kim, file_of("ål <b>.html", b"<script>alert(1)</script>"))
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
    assert "går inte att få tillbaka" in page_of(kim, f"{HERE}{document.pk}/ta-bort/")
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
    assert "har 2 sidor" in page_of(kim, at + "3/1000.png", 404)
    for path in ("2/999.png", "0/1000.png", "9999999/1000.png"):
        assert kim.get(at + path).status_code == 404


def test_a_file_that_is_no_pdf_has_no_picture(signed_in: SignIn, review: Review) -> None:
    document = review(record(finding()), data=b"%PDF-1.7 trasig")
    assert signed_in("kim").get(f"{HERE}{document.pk}/sida/1/1000.png").status_code == 404


# How much it asks


def _many(count: int) -> Record:
    return record(*(finding(f"f{n}", row=f"Rad {n}", title=f"Tabell {n // 5}") for n in range(count)))


@pytest.mark.parametrize("count", [100, 500])
def test_many_findings_are_shown_in_few_queries_and_on_pages(
    signed_in: SignIn, review: Review, django_assert_max_num_queries: Callable[..., Any], count: int
) -> None:
    document = review(_many(count))
    kim, at = signed_in("kim"), f"{HERE}{document.pk}/"
    kim.get(at)
    with django_assert_max_num_queries(20):
        html = page_of(kim, at)
    assert f"{count} anmärkningar" in html
    assert html.count('<article class="finding"') == 40
    assert f"Sida 1 av {-(-count // 40)}" in html
    assert f"{count} av {count}" in page_of(kim, f"{at}?anm=f{count - 1}")


def test_the_list_asks_as_much_for_many_documents_as_for_one(
    signed_in: SignIn, review: Review, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(12):
        review(record(finding()), f"rapport {number}.pdf", b"%%PDF-1.7 %d" % number)
    kim = signed_in("kim")
    with django_assert_max_num_queries(20):
        html = page_of(kim, HERE)
    assert html.count("rapport ") >= 12
