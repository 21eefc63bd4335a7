"""Comments hang on figures, follow them into every table that tells them, and say when the figure has moved."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.web.followup.conftest import AUGUST, thousandfold
from tests.web.ledger.conftest import entry, year_of
from uppsikt.core.errors import UseError
from uppsikt.core.periods import Period
from uppsikt.core.quantities import MNKR, TKR, Missing, Quantity
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Row, Table
from uppsikt.web.followup.selectors.comments import comments_at, has_moved, remarks_on, with_comments
from uppsikt.web.followup.selectors.statement import View, full_tables
from uppsikt.web.followup.services import comment_answer, comment_change, comment_delete, comment_write
from uppsikt.web.followup.services.comments import CellAt
from uppsikt.web.history.services import EditConflictError
from uppsikt.web.organisation.gate import NotAllowedError


def write(
    books,
    text="Det är {belopp}.",
    *,
    who="charlie",
    unit="klf",
    row="ekonomistaben",
    column="outcome-2024",
    cut="enhet",
):
    here = books.here(unit, AUGUST, who=who)
    table = full_tables(here, View(cut, 8))[0]
    return comment_write(here, CellAt(table, table.row(row), table.column(column)), text)


def remarks(books, unit="klf", cut="enhet", who="charlie"):
    here = books.here(unit, AUGUST, who=who)
    return remarks_on(
        here.actor, full_tables(here, View(cut, 8))[0], comments_at(here.actor, here.unit, here.reporting_date)
    )


def test_a_comment_keeps_the_figure_and_tells_it_as_it_is(books):
    comment = write(books)
    assert (comment.figure, comment.figure_unit, comment.author_name) == (800_000, "kr", "Charlie Chef")
    (one,) = remarks(books).found
    assert (one.number, plain(one.text), one.has_moved) == (1, "Det är 800 tkr.", False)
    assert remarks(books).numbers == {("ekonomistaben", "outcome-2024"): (1,)}


def test_a_comment_follows_its_unit_to_the_table_above_and_to_its_own(books):
    write(books)
    assert [one.row.key for one in remarks(books, "kommunstyrelsen").found] == []  # klf is the row there
    assert [one.row.key for one in remarks(books, "ekonomistaben").found] == ["summa"]


def test_an_activity_is_another_figure_in_another_unit(books):
    write(books, row="v-100", cut="verksamhet")
    assert len(remarks(books, cut="verksamhet").found) == 1
    assert remarks(books, "kommunstyrelsen", "verksamhet").found == ()


def test_a_figure_that_has_moved_is_told_to_its_author(books, put):
    write(books)
    put(thousandfold([entry(202408, "10", 150)]), "Rättning")
    (one,) = remarks(books).found
    assert (one.has_moved, plain(one.before), plain(one.now)) == (True, "800 tkr", "950 tkr")
    assert plain(one.text) == "Det är 950 tkr."
    assert remarks(books).moved_of_reader == (one,)
    assert remarks(books, who="kim").moved_of_reader == ()


def test_reading_the_text_again_takes_the_mark_away(books, put):
    comment = write(books)
    put(thousandfold([entry(202408, "10", 150)]), "Rättning")
    here = books.here("klf", AUGUST, who="charlie")
    table = full_tables(here, View("enhet", 8))[0]
    at = CellAt(table, table.row("ekonomistaben"), table.column("outcome-2024"))
    comment_change(here, comment, "Nu {belopp}.", seen=_seen(here, comment), at=at)
    (one,) = remarks(books).found
    assert (plain(one.text), one.has_moved) == ("Nu 950 tkr.", False)


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def _seen(here, comment) -> int:
    from uppsikt.web.followup.selectors.comments import seen_of_comment

    return seen_of_comment(here.actor, comment)


def test_another_cell_of_the_table_can_be_named_and_a_wrong_name_stays_as_typed(books):
    write(books, "HR har {redovisning-enhet[hr-staben, outcome]}.")
    write(books, "Fel {finns-inte[x, y]}.", column="budget-2024")
    assert [plain(one.text) for one in remarks(books).found] == ["HR har 400 tkr.", "Fel {finns-inte[x, y]}."]


def test_only_the_author_changes_and_others_answer(books):
    comment = write(books)
    kim = books.here("klf", AUGUST, who="kim")
    with pytest.raises(NotAllowedError, match="Charlie Chef"):
        comment_change(kim, comment, "x", seen=0)
    comment_answer(kim, comment, "Håller med.")
    (one,) = remarks(books).found
    assert [reply.text for reply in one.replies] == ["Håller med."]
    with pytest.raises(NotAllowedError):
        comment_answer(books.here("klf", AUGUST), comment, "x")


def test_a_comment_says_something_and_is_taken_away_with_a_reason(books):
    with pytest.raises(UseError, match="kommentar"):
        write(books, "  ")
    comment = write(books)
    here = books.here("klf", AUGUST, who="charlie")
    with pytest.raises(UseError, match="varför"):
        comment_delete(here, comment, " ")
    comment_delete(here, comment, "Skriven på fel rad")
    assert remarks(books).found == ()


def test_a_head_may_not_comment_on_a_unit_of_others(books):
    with pytest.raises(NotAllowedError):
        write(books, unit="kommunstyrelsen", row="summa")


def test_a_change_that_has_not_seen_the_last_one_is_refused(books):
    comment = write(books)
    here = books.here("klf", AUGUST, who="charlie")
    seen = _seen(here, comment)
    comment_change(here, comment, "Ett.", seen=seen)
    with pytest.raises(EditConflictError):
        comment_change(here, comment, "Två.", seen=seen)


def printed(value, period):
    column = Column("c", "Utfall", ColumnRole.OUTCOME, period)
    row = Row("x", "Ekonomistaben", measure=Measure.NET, subject="unit:ekonomistaben")
    return Table("tryckt", "Tryckt", (column,), (row,), {("x", "c"): Cell(value)}, MNKR)


def test_a_report_shows_it_as_a_note_of_any_table_that_tells_the_figure(books, put):
    write(books)
    here = books.here("klf", AUGUST)
    august = Period.to_date(books.dates[AUGUST].on)
    noted, other = with_comments(
        here,
        [
            printed(Quantity(Decimal("0.8"), MNKR, 1), august),
            printed(Quantity(Decimal("0.8"), MNKR, 1), Period.year(2023)),
        ],
    )
    assert plain(noted.cell("x", "c").note) == "Ekonomistaben, Utfall (0,8 mnkr): Det är 0,8 mnkr."
    assert other.cell("x", "c").note == ""


def test_a_whole_year_is_the_year_to_its_last_day(books, put):
    put(thousandfold(year_of(2024)))
    here = books.here("klf", "bokslut-2024", who="charlie")
    table = full_tables(here, View("enhet", 12))[0]
    comment_write(here, CellAt(table, table.row("ekonomistaben"), table.column("outcome-2024")), "Vakanser.")
    day = Period.to_date(books.dates["bokslut-2024"].on)
    (noted,) = with_comments(here, [printed(Quantity(Decimal("1.2"), MNKR, 1), day)])
    assert "Vakanser" in noted.cell("x", "c").note


@pytest.mark.parametrize(
    ("then", "now", "moved"),
    [
        (Quantity(Decimal(800), TKR), Quantity(Decimal("0.8"), MNKR, 1), False),
        (Quantity(Decimal(849), TKR), Quantity(Decimal("0.8"), MNKR, 1), False),  # the printed tenth allows it
        (Quantity(Decimal(851), TKR), Quantity(Decimal("0.8"), MNKR, 1), True),
        (Quantity(Decimal(800), TKR), Quantity(Decimal("800.01"), TKR), True),
        (Missing(), Missing(), False),
        (Missing(), Quantity(Decimal(1), TKR), True),
    ],
)
def test_moved_is_more_than_the_printed_precision_allows(then, now, moved):
    assert has_moved(then, now) is moved
