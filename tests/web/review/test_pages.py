"""The pages: who sees what, what is shown of a finding, what is handed back, and how long it takes."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from tests.web.conftest import Tiny
from tests.web.review.asking import HERE, SignIn, file_of, page_of, shown, upload
from tests.web.review.conftest import Review
from tests.web.review.records import finding, in_text, record
from uppsikt.web.organisation.gate import reach
from uppsikt.web.review import services, views
from uppsikt.web.review.models import ReviewedDocument, Run

# Who sees what


def test_a_reader_is_told_to_sign_in_and_sees_no_document(tiny: Tiny, client: Client, review: Review) -> None:
    document = review(record(finding()), "hemligt utkast.pdf")
    html = page_of(client, HERE)
    assert "Logga in för att granska" in html
    assert document.name not in html
    for path in ("", "lage/", "lasning/", "andringar/", "hamta/original", "hamta/json", "sida/1/1000.png"):
        assert document.name not in page_of(client, f"{HERE}{document.pk}/{path}", 404)
    for path in ("igen/", "avfarda/", "aterta/", "ta-bort/"):
        assert client.post(f"{HERE}{document.pk}/{path}").status_code == 404
    assert client.post(HERE, {"fil": file_of()}).status_code == 403
    assert client.post(HERE + "exempel/").status_code == 403


def test_who_has_a_role_in_another_unit_sees_nothing_either(signed_in: SignIn, review: Review) -> None:
    document = review(record(finding()))
    charlie = signed_in("charlie")
    assert "Du har ingen roll i Kommunstyrelsen" in page_of(charlie, HERE)
    page_of(charlie, f"{HERE}{document.pk}/", 404)
    assert document.name not in page_of(
        charlie, "/kommunstyrelsen/bokslut-2024/historik/review.revieweddocument/1/", 404
    )


def test_the_history_of_a_document_is_for_the_same_eyes(signed_in: SignIn, client: Client, review: Review) -> None:
    document = review(record(finding()))
    address = f"/kommunstyrelsen/bokslut-2024/historik/review.revieweddocument/{document.pk}/"
    page_of(client, address, 404)
    assert document.name in page_of(signed_in("kim"), address)


def test_a_long_list_has_pages_and_a_page_asks_for_itself(
    signed_in: SignIn, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PER_PAGE", 2)
    for number in range(3):
        review(record(finding()), f"rapport {number}.pdf", b"%PDF-1.7 " + str(number).encode())
    kim = signed_in("kim")
    first, second = page_of(kim, HERE), page_of(kim, HERE + "?sida=2")
    assert ("rapport 2.pdf" in first, "rapport 0.pdf" in first) == (True, False)
    assert ("rapport 2.pdf" in second, "rapport 0.pdf" in second) == (False, True)
    assert "Sida 1 av 2" in first
    upload(kim, file_of("nytt.txt", b"nytt"))
    assert f'hx-get="{HERE}?sida=2"' in page_of(kim, HERE + "?sida=2")


# Taking in


def test_files_are_taken_in_and_wait(signed_in: SignIn, tiny: Tiny) -> None:
    kim = signed_in("kim")
    answer = upload(kim, file_of("en.txt", b"ett"), file_of("två.txt", b"tva"))
    html = answer.content.decode()
    assert answer.redirect_chain[-1][0] == HERE
    assert "en.txt" in html
    assert "två.txt" in html
    assert html.count("väntar") == 2
    assert 'hx-trigger="every 2s"' in html
    one = upload(kim, file_of("tre.txt", b"tre"))
    assert "Dokumentet väntar på sin tur." in one.content.decode()


def test_one_refused_file_does_not_stop_the_others(signed_in: SignIn, tiny: Tiny) -> None:
    # A file without content is left out by Django's own reading of the request when it has no name.
    html = upload(signed_in("kim"), file_of("bra.txt"), file_of("tom.txt", b"")).content.decode()
    assert "tom.txt är tom" in html
    assert reach(tiny.actor("kim"), ReviewedDocument).get().name == "bra.txt"


def test_a_file_that_is_too_large_is_never_stored_and_told(
    signed_in: SignIn, tiny: Tiny, settings: LazySettings, home: Any
) -> None:
    settings.REVIEW_MOST_BYTES = 1_000_000
    html = upload(signed_in("kim"), file_of("stor.txt", b"x" * 1_200_000)).content.decode()
    assert "större än 1 MB" in html
    assert not reach(tiny.actor("kim"), ReviewedDocument).exists()
    assert not [path for path in home.rglob("*") if path.is_file()]


def test_nothing_chosen_is_told(signed_in: SignIn) -> None:
    assert "Välj minst en fil" in signed_in("kim").post(HERE, follow=True).content.decode()


def test_a_new_version_is_told_and_leads_to_the_comparison(signed_in: SignIn, review: Review) -> None:
    document = review(record(finding()))
    html = upload(signed_in("kim"), file_of("rattad.pdf", b"%PDF-1.7 ny"), version_av=document.pk).content.decode()
    assert "rattad.pdf är tillagd som version 2" in html
    assert f"{HERE}{document.pk}/" in html


@pytest.mark.parametrize("key", ["x", "9" * 30, "99999"])
def test_a_version_of_what_does_not_exist_is_refused(signed_in: SignIn, tiny: Tiny, key: str) -> None:
    answer = upload(signed_in("kim"), file_of(), version_av=key)
    assert answer.status_code in (200, 404)  # what is no key at all is no claim to follow anything


def test_the_example_is_taken_in_with_one_click(signed_in: SignIn, tiny: Tiny) -> None:
    kim = signed_in("kim")
    assert "Granska exemplet" in page_of(kim, HERE)
    html = kim.post(HERE + "exempel/", follow=True).content.decode()
    assert "Exempelrapport.pdf" in html
    assert "samma fil" in kim.post(HERE + "exempel/", follow=True).content.decode()


def test_a_report_of_our_own_is_reviewed_as_its_pdf(signed_in: SignIn, tiny: Tiny, client: Client) -> None:
    assert client.post(HERE + "rapport/verksamhetsberattelse/").status_code == 403
    kim = signed_in("kim")
    assert "Granska Verksamhetsberättelse 2024" in page_of(kim, HERE)
    answer = kim.post(HERE + "rapport/verksamhetsberattelse/", follow=True)
    document = reach(tiny.actor("kim"), ReviewedDocument).get()
    assert document.name == "Verksamhetsberättelse 2024 Kommunstyrelsen.pdf"
    assert answer.redirect_chain[-1][0] == f"{HERE}{document.pk}/"
    assert kim.get(f"{HERE}{document.pk}/hamta/original").content.startswith(b"%PDF")
    assert kim.post(HERE + "rapport/finns-inte/").status_code == 404


# What is shown


def test_a_finding_is_shown_with_its_figures_its_place_and_its_proposal(signed_in: SignIn, review: Review) -> None:
    html = shown(signed_in, review, record(finding()))
    for words in (
        "Summa nettokostnader / Utfall 2025", "132\u00a0765\u00a0tkr", "134\u00a0565\u00a0tkr", "−1\u00a0800\u00a0tkr",
        "Två siffror har bytt plats", "säker", "sidan 2", "Så lästes tabellen", "Enheten tkr står i rubriken.",
    ):  # fmt: skip
        assert words in html, words
    assert 'viewBox="0 28.4 595.3 357.2"' in html  # around the cell, with points and not commas
    assert '<rect x="298.0" y="198.0" width="64.0" height="18.0"' in html
    assert "<mark>132 765</mark>" in html
    assert "Parken &amp; &lt;torget&gt;" in html


def test_the_whole_page_is_shown_for_who_asks(signed_in: SignIn, review: Review) -> None:
    assert 'viewBox="0 0.0 595.3 841.9"' in shown(signed_in, review, record(finding()), "?sidan=hel")


def test_a_document_without_pages_shows_the_table_itself(signed_in: SignIn, review: Review) -> None:
    html = shown(signed_in, review, record(finding(box=None), kind="text"))
    assert "<svg viewBox" not in html
    assert "<mark>132 765</mark>" in html
    assert "PDF med markeringar" not in html


def test_a_long_table_is_shown_around_the_cell_and_whole_on_its_own_page(signed_in: SignIn, review: Review) -> None:
    made = record(finding(box=None, row_key="x500"), kind="text")
    rows = made["tables"][0]["rows"]
    rows += [{**rows[0], "key": f"x{n}", "label": f"Enhet nr {n}"} for n in range(1000)]
    document = review(made)
    kim = signed_in("kim")
    html = page_of(kim, f"{HERE}{document.pk}/")
    assert "Enhet nr 500<" in html
    assert "<mark>63 110</mark>" in html
    assert "Enhet nr 600<" not in html
    assert "923 rader till visas inte här." in html
    assert "Enhet nr 999<" in page_of(kim, f"{HERE}{document.pk}/lasning/?tabell=t01")


def test_words_of_the_text_are_marked_and_their_numbers_told(signed_in: SignIn, review: Review) -> None:
    html = shown(signed_in, review, record(in_text(), kind="html"))
    assert "redovisar ett <mark>överskott med 2,8 mnkr</mark>." in html
    assert "Summa nettokostnader / Avvikelse i tabell t01" in html


def test_what_follows_from_a_cause_stands_under_it(signed_in: SignIn, review: Review) -> None:
    html = shown(signed_in, review, record(finding("a"), finding("b", cause="a", message="Avvikelsen följer.")))
    assert "1 anmärkning<" in html
    assert "1 följd av samma fel" in html
    assert "Avvikelsen följer." in html


def test_a_review_of_an_older_program_is_still_shown(signed_in: SignIn, review: Review) -> None:
    old = finding()
    for name in ("parent", "text"):
        del old[name]  # type: ignore[misc]  # what was added later
    assert "Summa nettokostnader / Utfall 2025" in shown(signed_in, review, record(old))


def test_filters_stand_in_the_address(signed_in: SignIn, review: Review) -> None:
    document = review(record(finding("a"), in_text("b"), finding("c", code="DEV", confidence="possible")))
    kim, at = signed_in("kim"), f"{HERE}{document.pk}/"
    assert "3 anmärkningar" in page_of(kim, at)
    for query, identity in (("?sakerhet=trolig", "b"), ("?kod=DEV", "c"), ("?sakerhet=saker&kod=SUM", "a")):
        html = page_of(kim, at + query)
        assert "1 anmärkning<" in html
        assert f'id="anm-{identity}"' in html
    assert "Inga anmärkningar är av det slaget" in page_of(kim, at + "?kod=OKAND")
    assert "3 anmärkningar" in page_of(kim, at + "?sakerhet=nonsens&sida=x&visa=1&anm=zzz")


def test_a_finding_is_chosen_by_its_address_and_its_neighbours_are_near(signed_in: SignIn, review: Review) -> None:
    document = review(record(*(finding(f"f{n}", row=f"Rad {n}") for n in range(3))))
    kim, at = signed_in("kim"), f"{HERE}{document.pk}/"
    html = page_of(kim, at + "?anm=f1")
    assert "2 av 3" in html
    assert "?anm=f0#visning" in html
    assert "?anm=f2#visning" in html
    part = kim.get(at + "?anm=f2", headers={"HX-Request": "true", "HX-Target": "visning"}).content.decode()
    assert part.lstrip().startswith("<section")
    assert 'data-shown="f2"' in part


def test_a_document_without_findings_says_what_was_looked_at(signed_in: SignIn, review: Review) -> None:
    html = shown(signed_in, review, record())
    assert "Inget som säger emot sig självt." in html
    assert "1 tabell" in html


def test_a_document_that_cannot_be_read_says_why_and_what_to_do(signed_in: SignIn, review: Review) -> None:
    html = shown(signed_in, review, "rapport.pdf är inskannad och har ingen text. Kör OCR på den först.")
    assert "Dokumentet gick inte att granska." in html
    assert "Kör OCR på den först." in html
    assert "Ladda upp" in html
    assert "klar" in page_of(signed_in("kim"), HERE) or "gick inte att läsa" in page_of(signed_in("kim"), HERE)


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
    html = page_of(kim, f"{HERE}{document.pk}/")
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
    html = page_of(kim, at)
    assert "Den här gången" in html
    assert f"?korning={first.pk}" in html
    html = page_of(kim, f"{at}?korning={first.pk}")
    assert "Förra gången" in html
    assert "Visa den senaste" in html
    assert "Avfärda anmärkningen" not in html
    assert f"korning={first.pk}" in html.split("data-identity")[0].rsplit("hx-get", 1)[1]
    assert "Den här gången" in page_of(kim, f"{at}?korning=99999")
