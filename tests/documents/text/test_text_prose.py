"""Headings, paragraphs, list items and footnotes in plain text, and what extraction leaves behind."""

from __future__ import annotations

from uppsikt.documents.model import Block, Grid, Heading, Limits, Paragraph, page_count_of
from uppsikt.documents.opening import quiet
from uppsikt.documents.text import read_text


def blocks(text: str) -> tuple[Block, ...]:
    return read_text(text.encode(), "rapport.txt", Limits(), quiet).blocks


def texts(text: str) -> list[str]:
    return [block.text for block in blocks(text) if isinstance(block, Heading | Paragraph)]


def test_headings_by_hash_number_and_look() -> None:
    found = blocks("# Årsrapport\n\n## **Ekonomi**\n\n2.1 Drift\n\nPersonal\n\nDet gick bra under året som gick.\n")
    assert [(b.text, b.level) for b in found if isinstance(b, Heading)] == [
        ("Årsrapport", 1),
        ("Ekonomi", 2),
        ("2.1 Drift", 2),
        ("Personal", 3),
    ]


def test_a_heading_right_above_its_paragraph() -> None:
    found = blocks("HR-staben\nStaben visar ett överskott på 4,9 mnkr jämfört med budget för året.\n")
    assert [type(block) for block in found] == [Heading, Paragraph]


def test_lines_are_joined_and_hyphens_mended() -> None:
    text = "Arbetet med kompetens-\nförsörjning och HR-\nprocesser går väl un-\nder 2031-\n02-03, enligt plan.\n"
    assert texts(text) == ["Arbetet med kompetensförsörjning och HR-processer går väl under 2031-02-03, enligt plan."]


def test_list_items_and_footnotes() -> None:
    found = blocks(
        "Följande gäller:\n\n\uf0b7 första saken\nsom är lång\n- andra saken\n\n* Utan hyra.\n\n¹ Preliminärt.\n"
    )
    items = [b.text for b in found if isinstance(b, Paragraph) and b.item]
    notes = [b.text for b in found if isinstance(b, Paragraph) and b.note]
    assert items == ["första saken som är lång", "andra saken"]
    assert notes == ["* Utan hyra.", "¹ Preliminärt."]


def test_many_short_lines_are_a_list_and_no_headings() -> None:
    found = blocks(
        "\n\n".join(
            ["Vi redovisar dessa mål här.", "God miljö", "Trygg stad", "Starkt näringsliv", "God ekonomi", "Rik kultur"]
        )
    )
    assert not any(isinstance(block, Heading) for block in found[:-1])


def test_letters_that_extraction_changes() -> None:
    assert texts("E\ufb00ektiv in\u00adsats\u200b kostade\u00a05 kr per en\u00ad\nhet.\x02\n") == [
        "Effektiv insats kostade 5 kr per enhet."
    ]


def test_running_heads_page_numbers_and_vertical_words_are_left_out() -> None:
    page = "Ekby kommun Årsrapport\n\nKapitlet {0} handlar om det gångna året.\n\nS\na\nm\nh\nä\nlle\n\nSida {1} (4)\n"
    words = ["ett", "två", "tre", "fyra"]
    found = texts("\f".join(page.format(word, number) for number, word in enumerate(words, start=1)))
    assert found == [f"Kapitlet {word} handlar om det gångna året." for word in words]


def test_a_table_header_on_top_of_every_page_is_no_running_head() -> None:
    pages = [
        f"Post Utfall 2031 Utfall 2030\n{name} 1 200 1 100\nSumma 5 400 5 300\n"
        for name in ("Skola", "Vård", "Kultur", "Gator")
    ]
    found = [block for block in blocks("\f".join(pages)) if isinstance(block, Grid)]
    assert sum(len(grid.rows) for grid in found) >= 12


def test_pages_by_form_feeds_or_by_lines() -> None:
    content = read_text("Första sidan är här.\n\fAndra sidan är här.\n".encode(), "a", Limits(), quiet)
    assert content.pages == 2
    assert [block.page for block in content.blocks] == [1, 2]
    lines = "\n\n".join(f"Stycke nummer {number} slutar här." for number in range(100))
    assert read_text(lines.encode(), "a", Limits(), quiet).pages == page_count_of(199)
