"""Whatever a reader gives, inference gives a document: no grid is too odd."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from uppsikt.checks import holds
from uppsikt.documents.inference import infer
from uppsikt.documents.model import Block, Content, Grid, GridCell, GridRow, Heading, Paragraph

WORDS = (
    "", " ", "Summa", "Totalt", "varav kostnader", "varav intäkter", "Kvinnor", "Män", "Budget 2023", "Utfall 2023",
    "Avvikelse", "Prognos", "Mål", "tkr", "Belopp i mnkr", "2023", "I.U.", "-", "12", "1 200,5", "-3", "38 41 (2021)",
    "95¹", "*", "Kostnader", "Intäkter", "Nettokostnad", "Årets resultat", "Antal ärenden", "Andel (%)", "Forts.",
    "Specifikation av förändringar", "Budgetram enligt beslut", "Kommunledning/kansli,", "/", "()", "a-\nb", "∞", "٣",
)  # fmt: skip
texts = st.sampled_from(WORDS) | st.text(max_size=8)
cells = st.builds(
    GridCell, texts, st.integers(0, 6), st.integers(1, 4), st.integers(1, 3),
    bold=st.booleans(), italic=st.booleans(), indent=st.sampled_from([0, 2, 12.5]),
)  # fmt: skip
rows = st.builds(GridRow, st.lists(cells, max_size=6).map(tuple), st.none() | st.integers(1, 3), header=st.booleans())
grids = st.builds(Grid, st.lists(rows, max_size=8).map(tuple), st.integers(0, 7), st.sampled_from(WORDS))
blocks: st.SearchStrategy[Block] = (
    grids | st.builds(Heading, texts, st.integers(1, 4)) | st.builds(Paragraph, texts, note=st.booleans())
)


@settings(max_examples=150)
@given(st.lists(blocks, max_size=6))
def test_any_blocks_become_a_document(found: list[Block]) -> None:
    document = infer(Content("x.pdf", "pdf", tuple(found), 1), holds)
    assert [one.table.key for one in document.tables] == [f"t{at:02}" for at in range(1, len(document.tables) + 1)]
    orders = [one.order for one in document.passages] + [one.order for one in document.tables]
    assert len(set(orders)) == len(orders)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.text("abcdåäö", min_size=3, max_size=9), st.integers(-9999, 9999)), min_size=2, max_size=9)
)
def test_a_true_sum_is_read_as_one_and_every_figure_stands_in_its_row(items: list[tuple[str, int]]) -> None:
    lines = [GridRow((GridCell(f"Enheten {label}", 0), GridCell(str(number), 1))) for label, number in items]
    total = GridRow((GridCell("Summa", 0), GridCell(str(sum(number for _, number in items)), 1)))
    head = GridRow((GridCell("Enhet (tkr)", 0), GridCell("Budget 2024", 1)))
    table = infer(Content("x", "text", (Grid((head, *lines, total), 2),), 1), holds).tables[0].table
    assert [table.cell(row.key, "c1").raw for row in table.rows] == [row.cells[1].text for row in (*lines, total)]
    assert table.rows[-1].role == "sum"
    assert {row.role for row in table.rows[:-1]} == {"item"}
