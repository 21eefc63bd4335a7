"""Every figure that the five documents print is loaded, once, with its place; and nothing else is.

A printed cell is a document, a table, a row, a column and a number. Rows whose labels are whole
sentences are stored by their beginning and "…".
"""

from __future__ import annotations

import csv
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from uppsikt.core.quantities import Quantity, read_cell
from uppsikt.core.states import goal_state, work_state
from uppsikt.web.cycle.models import Decision
from uppsikt.web.economy.models import Figure, FrameEntry
from uppsikt.web.steering.models import (
    ActivityStatus,
    Assessment,
    AssignmentStatus,
    IndicatorTarget,
    IndicatorUse,
    IndicatorValue,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

BUDGET = "ks2020budget"


class Cell(NamedTuple):
    """A printed cell with a number."""

    document: str
    table: str
    row: str
    column: str
    number: Decimal


# The sum in the protocol's running text is no entry of the frame: it is what the entries come to (see below).
NOT_STORED = {Cell(BUDGET, "t01", "Justerad ram för kommunstyrelsen", "Belopp", Decimal(460375))}
# Four measures of the budget are whole sentences, which the facts leave out; without them no sum could be checked.
BESIDE_THE_FACTS = {(BUDGET, "t15", Decimal(amount)) for amount in (-995, -800, -900, -550)}
# Cells with two figures, or with the figure of another year: the facts give no number, the core reads one.
TWO_IN_ONE = {
    "2016: 15,2%", "2017: 15,7%", "4,5 (18,5 Mdkr)", "3,8 (19,2 Mdkr, prognos)",
    "38", "41 (2021)", "73", "70 (2021)", "8", "7", "9", "6", "Max 1 % budgetavvikelse",
}  # fmt: skip


def rows_of(name: str) -> list[dict[str, str]]:
    folder = os.environ.get("UPPSIKT_REFERENCE")
    if not folder:
        pytest.skip("the reference figures are not here (UPPSIKT_REFERENCE)")
    with (Path(folder) / "facts" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def facts() -> list[dict[str, str]]:
    return rows_of("facts.csv")


def printed(fact: dict[str, str]) -> Cell:
    return Cell(fact["report"], fact["table"], fact["row"], fact["column"], Decimal(fact["number"]))


def figures() -> Iterator[tuple[Cell, str]]:
    """The figures of the statements; what a division had and gets is told again where its change is explained."""
    stored = Figure._default_manager.exclude(number=None).select_related("row__statement__source", "column")
    for one in stored.exclude(row__key__in=("budget-2019", "summa"), row__statement__key__startswith="forandring-"):
        statement, column = one.row.statement, one.column
        shown = f"{column.group}: {column.label}" if column.group else column.label
        place = (one.printed_row or one.row.label, one.printed_column or shown)
        yield Cell(statement.source.key, statement.source_table.split()[0], *place, one.number), one.raw


def values() -> Iterator[tuple[Cell, str]]:
    for one in IndicatorValue._default_manager.exclude(number=None).select_related("source"):
        yield cell_of(one, one.number), one.raw


def targets() -> Iterator[tuple[Cell, str]]:
    for one in IndicatorTarget._default_manager.select_related("source"):
        reading = read_cell(one.raw).value
        if isinstance(reading, Quantity):
            yield cell_of(one, reading.number), one.raw


def frames() -> Iterator[tuple[Cell, str]]:
    """What the protocol says of the frame: the decided amount, and each transfer with the one who is given it."""
    for one in FrameEntry._default_manager.filter(year=2020).exclude(source=None).select_related("source"):
        yield cell_of(one, one.amount), ""


def points(facts: list[dict[str, str]]) -> Iterator[tuple[Cell, str]]:
    """The decision's points, found by their number in the protocol."""
    rows = {fact["raw"]: fact["row"] for fact in facts if fact["column"] == "Nr" and fact["table"] == "t03"}
    decision = Decision._default_manager.get(body="KS", paragraph=315)
    for one in decision.points.filter(kind="transfer"):
        yield Cell(BUDGET, "t03", rows[f"{one.number}."], "Belopp", one.amount or Decimal(0)), ""


def cell_of(one: IndicatorValue | IndicatorTarget | FrameEntry, number: Decimal | None) -> Cell:
    assert one.source is not None
    assert number is not None
    return Cell(one.source.key, one.source_table.split()[0], one.source_row, one.source_column, number)


@pytest.fixture
def stored(facts: list[dict[str, str]]) -> list[tuple[Cell, str]]:
    """Everything that is stored with a place, and the cell as it was written; long rows written out in full."""
    rows: dict[tuple[str, str], set[str]] = defaultdict(set)
    for fact in facts:
        rows[fact["report"], fact["table"]].add(fact["row"])
    everything = [*figures(), *values(), *targets(), *frames(), *points(facts)]
    return [(written_out(cell, rows[cell.document, cell.table]), raw) for cell, raw in everything]


def written_out(cell: Cell, rows: set[str]) -> Cell:
    beginning = cell.row.removesuffix("…").rstrip()
    whole = [row for row in rows if row.startswith(beginning)] if beginning != cell.row else []
    assert len(whole) <= 1, f"{cell.row!r} begins several rows"
    return cell._replace(row=whole[0]) if whole else cell


def test_every_printed_number_is_loaded_once(facts: list[dict[str, str]], stored: list[tuple[Cell, str]]) -> None:
    wanted = Counter(printed(fact) for fact in facts if fact["number"])
    there = Counter(cell for cell, _ in stored)
    assert sorted(wanted - there) == sorted(NOT_STORED)
    assert {cell: there[cell] for cell in wanted if there[cell] > wanted[cell]} == {}


def test_every_loaded_number_is_printed(facts: list[dict[str, str]], stored: list[tuple[Cell, str]]) -> None:
    known = {printed(fact) for fact in facts if fact["number"]}
    strange = [
        (cell, raw)
        for cell, raw in stored
        if cell not in known
        and raw not in TWO_IN_ONE
        and (cell.document, cell.table, cell.number) not in BESIDE_THE_FACTS
    ]
    assert strange == []


def test_cells_are_kept_as_they_are_written(facts: list[dict[str, str]], stored: list[tuple[Cell, str]]) -> None:
    raws = defaultdict(set)
    for fact in facts:
        if fact["number"]:
            raws[printed(fact)].add(fact["raw"])
    wrong = [(cell, raw) for cell, raw in stored if raw and cell in raws and raw not in raws[cell]]
    assert wrong == []


def test_parts_belong_to_the_indicator_that_they_are_printed_under(facts: list[dict[str, str]]) -> None:
    uses: dict[int, set[str]] = defaultdict(set)
    for indicator, label in IndicatorUse._default_manager.values_list("indicator", "label"):
        uses[indicator].add(label)
    numbers = IndicatorValue._default_manager.exclude(number=None).select_related("source")
    there = {(label, cell_of(one, one.number)) for one in numbers for label in uses[one.indicator_id]}
    apart = "Andel små och medelstora (SME)"  # printed as a part, told again in 2020 as an indicator of its own
    parts = [f for f in facts if f["kind"] == "indicator" and f["role"] == "breakdown" and f["row"] != apart]
    values = [f for f in parts if f["number"] and not f["column"].startswith(("Mål", "Önskad"))]
    assert len(values) > 100
    assert [f for f in values if (f["parent"], printed(f)) not in there] == []


def test_indicators_stand_under_the_goal_that_they_are_printed_under(facts: list[dict[str, str]]) -> None:
    model_of = {"ks2019": "2019", BUDGET: "2020", "ks2024": "2023"}
    there = set(IndicatorUse._default_manager.values_list("goal__model__slug", "goal__name", "label"))
    items = [f for f in facts if f["kind"] == "indicator" and f["role"] == "item" and f["report"] in model_of]
    wanted = {(model_of[f["report"]], f["committee_goal"].rstrip("."), f["row"]) for f in items}
    assert len(wanted) > 100
    assert wanted - there == set()


def test_two_figures_in_one_cell_are_told_apart() -> None:
    two = IndicatorValue._default_manager.filter(indicator__slug="nettoutslapp-kvar", number__isnull=False)
    assert dict(two.values_list("period", "number")) == {"2022": 38, "2021": 41}
    girls_and_boys = IndicatorValue._default_manager.filter(indicator__slug="narkotika-unga", period="2023")
    assert dict(girls_and_boys.values_list("breakdown__slug", "number")) == {"man": 9, "kvinnor": 6}
    poverty = IndicatorValue._default_manager.filter(indicator__slug="lag-ekonomisk-standard")
    assert {(one.period, one.raw, one.source_column) for one in poverty} == {
        ("2016", "2016: 15,2%", "2018"), ("2017", "2017: 15,7%", "2019"),
    }  # fmt: skip


def test_the_frame_and_its_transfers_add_up() -> None:
    entries = FrameEntry._default_manager.select_related("unit")
    years = {2020: 460375, 2021: 452855, 2022: 440541, 2023: 437395}
    for year, frame in years.items():
        own = [one.amount for one in entries.filter(year=year, unit__slug="kommunstyrelsen")]
        assert sum(own) == frame
        assert sum(one.amount for one in entries.filter(year=year, kind="transfer")) == 0
    mirrors = {one.unit.slug for one in entries.filter(year=2020, kind="transfer")} - {"kommunstyrelsen"}
    assert len(mirrors) == 4
    for one in entries.filter(kind="transfer"):
        assert entries.filter(
            year=one.year, unit=one.counterpart, counterpart=one.unit, amount=-one.amount, purpose=one.purpose
        ).exists()


def states(model: type[ActivityStatus | AssignmentStatus], path: str) -> Counter[tuple[str, str, str, str]]:
    columns = (f"{path}__source__key", f"{path}__source_table", f"{path}__number", "state")
    found = model._default_manager.exclude(**{f"{path}__source": None}).values_list(*columns)
    return Counter((document, table.split()[0], str(number), state) for document, table, number, state in found)


def test_the_states_are_those_that_are_printed() -> None:
    status = [row for row in rows_of("status.csv") if row["report"] != BUDGET]
    for kind, stored_states in (
        ("activity", states(ActivityStatus, "activity")),
        ("assignment", states(AssignmentStatus, "receiver__assignment")),
    ):
        wanted = {
            (row["report"], row["table"], row["number"], work_state(row["status"]).value)
            for row in status
            if row["kind"] == kind
        }
        assert set(stored_states) == wanted


def test_the_goals_are_assessed_as_they_are_printed() -> None:
    stored_states = {
        (one.source.key, one.source_row): one.state
        for one in Assessment._default_manager.exclude(source_table="").select_related("source")
        if one.source
    }
    for row in rows_of("status.csv"):
        if row["kind"] == "assessment" and row["status"]:
            (state,) = [
                state
                for (document, label), state in stored_states.items()
                if document == row["report"] and row["label"].startswith(label.removesuffix("…").rstrip())
            ]
            assert state == goal_state(row["status"]).value, row["label"]


@pytest.mark.parametrize(
    ("at", "counts"),
    [("bokslut-2019", {"met": 11, "partly": 9, "none": 1}), ("bokslut-2024", {"met": 13, "partly": 5})],
)
def test_goals_are_counted_as_the_reports_count_them(at: str, counts: dict[str, int]) -> None:
    found = Assessment._default_manager.filter(reporting_date__slug=at).values_list("state", flat=True)
    assert Counter(found) == counts


def test_work_of_2024_is_counted_as_the_report_counts_it() -> None:
    activities = ActivityStatus._default_manager.filter(reporting_date__slug="bokslut-2024")
    assert Counter(activities.values_list("state", flat=True)) == {
        "done": 60, "ongoing": 21, "remains": 5, "cancelled": 11,
    }  # fmt: skip
    own = AssignmentStatus._default_manager.filter(
        reporting_date__slug="bokslut-2024", receiver__unit__slug="kommunstyrelsen"
    )
    kinds = Counter(own.values_list("receiver__assignment__kind", flat=True))
    assert kinds == {"common": 13, "specific": 16, "own": 4}
