"""What is a running header or footer, and what only looks like one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.documents.pdf.furniture import Edge, Edges, furniture_of

HEIGHT = 842.0
NAMES = ("Kansliet", "Skolan", "Vården", "Kulturen", "Gatan", "Parken", "Badet")


def page(number: int, *lines: tuple[str, float]) -> Edges:
    made = tuple(Edge(text, top, top + 12, 10, key) for key, (text, top) in enumerate(lines))
    return Edges(number, HEIGHT, made)


def kept(pages: list[Edges], at: int) -> list[str]:
    around = [one for one in pages if one is not pages[at] and abs(one.page - pages[at].page) <= 2]
    left_out = furniture_of(pages[at], around)
    return [line.text for line in pages[at].lines if line.key not in left_out]


def test_a_footer_that_counts_pages_is_furniture():
    pages = [page(n, (f"Text {n * 7}", 100), ("Slut", 600), (f"Sida {n} av 9", 800)) for n in range(1, 6)]
    assert kept(pages, 2) == ["Text 21", "Slut"]


def test_a_number_that_does_not_count_pages_is_not():
    pages = [page(n, (NAMES[n], 100), (f"Summa {n * n * 1000}", 790)) for n in range(1, 6)]
    assert kept(pages, 2) == ["Kulturen", "Summa 9000"]


def test_what_stands_close_to_the_body_is_not():
    """The repeated header row of a table is followed by its rows."""
    pages = [page(n, ("Enhet Budget Utfall", 70), (NAMES[n], 86), ("Mera", 400)) for n in range(1, 6)]
    assert kept(pages, 2) == ["Enhet Budget Utfall", "Kulturen", "Mera"]


def test_what_returns_in_the_middle_of_pages_is_not():
    pages = [page(n, (f"Text {n}", 100), ("Enhet Budget Utfall", 400), ("Mera", 600)) for n in range(1, 6)]
    assert "Enhet Budget Utfall" in kept(pages, 2)


def test_headers_of_odd_and_even_pages_may_differ():
    pages = [
        page(n, (["Ekeby kommun", "Årsredovisning"][n % 2], 40), (NAMES[n - 1], 120), ("Mer", 500)) for n in range(1, 8)
    ]
    assert kept(pages, 3) == ["Kulturen", "Mer"]


def test_a_document_of_one_page_keeps_all_but_its_page_number():
    pages = [page(1, ("Ekeby kommun", 40), ("Text", 120), ("Sida 1 av 1", 800))]
    assert kept(pages, 0) == ["Ekeby kommun", "Text"]


@given(st.lists(st.tuples(st.text(min_size=1, max_size=20), st.floats(140, 690)), min_size=1, max_size=8))
def test_the_body_is_never_furniture(lines):
    pages = [page(n, *lines) for n in range(1, 6)]
    assert kept(pages, 2) == [text for text, _ in lines]


def test_a_large_heading_that_returns_is_no_running_header():
    pages = [
        Edges(
            n, HEIGHT, (Edge("Ekonomi", 80, 98, 16, 0), Edge(NAMES[n], 130, 142, 10, 1), Edge("Mera", 500, 512, 10, 2))
        )
        for n in range(1, 6)
    ]
    assert kept(pages, 2) == ["Ekonomi", "Kulturen", "Mera"]
