"""The statement page: the ledger's statement of a unit, joined with forecasts, with comments on its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import Http404

from uppsikt.core.economy import EntryKind, deviation, net
from uppsikt.core.errors import TableError
from uppsikt.core.periods import MONTHS, Period
from uppsikt.core.quantities import Missing, MissingReason, Quantity, Value, round_to
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Row, RowRole, Table
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.followup.models import CellComment
from uppsikt.web.followup.selectors.books import Amounts, month_of
from uppsikt.web.followup.selectors.comments import Address, Remark, Remarks, comments_at, remarks_on, signed
from uppsikt.web.followup.selectors.forecasts import ForecastLine, ForecastPage, forecasts_under
from uppsikt.web.followup.selectors.months import Monthly, monthly_of
from uppsikt.web.ledger.selectors import BY_ACTIVITY, BY_UNIT, Statements, loaded, statements
from uppsikt.web.organisation.gate import Act, may
from uppsikt.web.organisation.reading import whole_number

_LOOKS = {RowRole.SUM: "sum", RowRole.OF_WHICH: "of"}
TOTAL = "summa"
_UNTOLD = Missing(MissingReason.NO_DATA)  # nobody has submitted a forecast


@dataclass(frozen=True, slots=True)
class View:
    """How a reader wants the statement: the cut, the last month (1-12), and whether internal items are left out."""

    cut: str = BY_UNIT
    through: int = 12
    without_internal: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell as it is shown; ``missing`` where there is no figure. ``remarks`` are the numbers of its comments."""

    text: str
    missing: Missing | None
    look: str
    remarks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row: where it unfolds (``below`` is a unit's slug), its entries (``row.link``), and who may comment on it."""

    row: Row
    look: str
    figures: tuple[Figure, ...]
    below: str
    may_comment: bool


@dataclass(frozen=True, slots=True)
class Key:
    """A key figure on top of the page; ``tone`` is good, bad or nothing, and the sign says the same."""

    label: str
    value: Quantity
    tone: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the page with its rows as they are shown and the comments on its cells."""

    table: Table
    lines: tuple[Line, ...]
    remarks: Remarks


@dataclass(frozen=True)
class StatementPage:
    """The statement of a unit to a month in one cut; ``beside`` tells the revenue-financed units under it."""

    view: View
    part: Part
    beside: Part | None
    keys: tuple[Key, ...]
    monthly: Monthly | None
    months: tuple[tuple[int, str], ...]
    other_total: Value
    agrees: bool | None

    @property
    def is_empty(self) -> bool:
        """Say whether nothing at all can be told."""
        return all(_is_untold(part.table) for part in self.parts)

    @property
    def is_all_beside(self) -> bool:
        """Say whether everything lives on its income, so that there is no sum of what a frame pays."""
        return self.beside is not None and _is_untold(self.part.table)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The tables of the page."""
        return (self.part,) if self.beside is None else (self.part, self.beside)

    @property
    def lacking(self) -> dict[str, tuple[str, ...]]:
        """Say what is not known of a whole column and why: the columns by reason, in the order of the table."""
        found: dict[str, list[str]] = {}
        table = self.parts[-1 if self.is_all_beside else 0].table
        for column in table.columns:
            value = table.value(table.rows[0].key, column.key)
            if isinstance(value, Missing) and value.text:
                found.setdefault(value.text, []).append(column.label)
        return {why: tuple(labels) for why, labels in found.items()}

    @property
    def moved_of_reader(self) -> tuple[Remark, ...]:
        """The reader's own comments whose figure has moved since they were written."""
        return tuple(one for part in self.parts for one in part.remarks.moved_of_reader)

    @property
    def beside_names(self) -> str:
        """Who are told beside, in words: "A", "A och B", "A, B och C"."""
        names = [line.row.label for line in self.beside.lines if line.below] if self.beside else []
        return " och ".join(one for one in (", ".join(names[:-1]), *names[-1:]) if one)


def _is_untold(table: Table) -> bool:
    return all(isinstance(cell.value, Missing) for _, _, cell in table.filled())


def statement_page(here: Here, view: View) -> StatementPage:
    """Gather the page."""
    told = _statements(here, view)
    table, *beside = full_tables(here, view, told)
    comments = {} if view.without_internal else comments_at(here.actor, here.unit, here.reporting_date)
    remarks = remarks_on(here.actor, table, comments)
    other, own = told.other_total, table.value(TOTAL, f"outcome-{here.reporting_date.year}")
    main = beside[0] if beside and _is_untold(table) else table
    return StatementPage(
        view=view,
        part=_part(here, table, remarks, view),
        beside=_part(here, beside[0], _remarks_after(here, remarks, beside[0], comments), view) if beside else None,
        keys=tuple(_keys(here, main)),
        monthly=monthly_of(here, view.through, main.sign, without_internal=view.without_internal),
        months=_months(here),
        other_total=other,
        agrees=None if isinstance(own, Missing) or isinstance(other, Missing) else own == other,
    )


def view_of(here: Here, cut: str, through: str, without_internal: str) -> View:
    """Read how the reader wants it; what is not said or not possible is the reporting date's own."""
    last = month_of(here.reporting_date)
    told = whole_number(through)
    month = told if told is not None and 1 <= told <= 12 else last
    return View(BY_ACTIVITY if cut == BY_ACTIVITY else BY_UNIT, month, without_internal == "1")


def full_tables(here: Here, view: View, told: Statements | None = None) -> tuple[Table, ...]:
    """Give the ledger's statement, and what stands beside it, with forecast columns where there are forecasts.

    At a year's end the outcome stands, and a forecast is of no more use there.
    """
    found = told or _statements(here, view)
    tables = (found.table, found.beside) if found.beside else (found.table,)
    if view.without_internal or here.reporting_date.kind == ReportingDate.Kind.ANNUAL:
        return tables
    page = forecasts_under(here.actor, here.unit, here.reporting_date)
    by_activity = view.cut == BY_ACTIVITY
    return tuple(
        table if by_activity and table is found.table else with_forecasts(here, table, page) for table in tables
    )


def _statements(here: Here, view: View) -> Statements:
    return statements(
        here.actor, here.unit, here.reporting_date.year, view.through, cut=view.cut,
        without_internal=view.without_internal, here=here,
    )  # fmt: skip


def _remarks_after(
    here: Here, before: Remarks, table: Table, comments: Mapping[Address, Sequence[CellComment]]
) -> Remarks:
    """Give the comments on the table beside, numbered on from those of the statement."""
    return remarks_on(here.actor, table, comments, first=len(before.found) + 1)


def _part(here: Here, table: Table, remarks: Remarks, view: View) -> Part:
    units = {f"unit:{unit.slug}": unit for unit in here.units}
    abouts = (units.get(row.subject, here.unit) for row in table.rows)
    lines = (
        Line(
            row=row,
            look=_LOOKS.get(row.role, ""),
            figures=tuple(_figure(table, row, column, remarks) for column in table.columns),
            below=about.slug if row.role is RowRole.ITEM and about != here.unit else "",
            may_comment=may(here.actor, Act.REPORT, about) and not view.without_internal,
        )
        for row, about in zip(table.rows, abouts, strict=True)
    )
    return Part(table, tuple(lines), remarks)


def with_forecasts(here: Here, table: Table, page: ForecastPage) -> Table:
    """Join the forecasts of the date: the year's forecast, its deviation from budget and its change since the last one.

    The net of each unit is told by the table's own sign convention. Without forecasts the table stays as it is.
    """
    if all(isinstance(line.forecast.costs, Missing) for line in page.lines):
        return table
    columns = forecast_columns(here, page)
    cells = dict(table.cells)
    lines = {f"unit:{line.unit.slug}": line for line in page.lines}
    for row in table.rows:
        line = lines.get(row.subject)
        if line is not None:
            told = forecast_cells(table, row, line)
            known = zip(columns, told, strict=False)
            cells |= {(row.key, one.key): Cell(value) for one, value in known if isinstance(value, Quantity)}
    return replace(table, columns=(*table.columns, *columns), cells=cells)


def forecast_columns(here: Here, page: ForecastPage) -> tuple[Column, ...]:
    """Give the columns of a year's forecast; the last one only where there is a forecast before it."""
    whole = Period.year(here.reporting_date.year)
    now = (
        Column(f"forecast-{whole}", f"Prognos helår {whole}", ColumnRole.FORECAST, whole),
        Column(f"forecast_deviation-{whole}", "Prognos mot budget", ColumnRole.DEVIATION, whole),
    )
    if page.previous is None:
        return now
    return *now, Column(f"forecast_change-{whole}", f"Sedan {page.previous.name}", ColumnRole.CHANGE, whole)


def forecast_cells(table: Table, row: Row, line: ForecastLine) -> tuple[Value, Value, Value]:
    """Give the forecast, its deviation from budget, and its change since the one before, in the table's unit."""
    now = side_of_row(table, row, line.forecast)
    if isinstance(now, Missing):
        return _UNTOLD, _UNTOLD, _UNTOLD
    against_budget = deviation(now, side_of_row(table, row, line.books.budget), row.measure, table.sign)
    since = deviation(now, side_of_row(table, row, line.before), row.measure, table.sign)
    return now, against_budget, since


def side_of_row(table: Table, row: Row, amounts: Amounts) -> Value:
    """Give the side of the accounts that a row tells, by the table's convention and in its unit."""
    told = {Measure.COSTS: amounts.costs, Measure.INCOME: amounts.income}
    value = told.get(row.measure) or net(amounts.costs, amounts.income, table.sign)
    return value.to(table.unit) if isinstance(value, Quantity) else value


def _figure(table: Table, row: Row, column: Column, remarks: Remarks) -> Figure:
    cell, numbers = table.cell(row.key, column.key), remarks.numbers.get((row.key, column.key), ())
    if isinstance(cell.value, Missing):
        # Why is told once above the table: in every cell it would push the figures that there are out of sight.
        return Figure("", replace(cell.value, text=""), "num", numbers)
    text, number = signed(cell, table, column), cell.value.number
    if column.role not in (ColumnRole.DEVIATION, ColumnRole.CHANGE) or not number:
        return Figure(text, None, "num", numbers)
    return Figure(text, None, f"num {'good' if number > 0 else 'bad'}", numbers)


def _keys(here: Here, table: Table) -> list[Key]:
    year = here.reporting_date.year
    wanted = (
        ("Utfall", f"outcome-{year}"), ("Periodiserad budget", f"phased_budget-{year}"),
        ("Avvikelse", f"deviation-{year}"), ("Prognos", f"forecast-{year}"),
        ("Prognos mot budget", f"forecast_deviation-{year}"),
    )  # fmt: skip
    there = {column.key: column for column in table.columns}
    total = next((row for row in table.rows if row.role is RowRole.SUM), table.rows[0])  # one line beside is its sum
    told = ((label, there[key], table.value(total.key, key)) for label, key in wanted if key in there)
    return [_key(label, column, value) for label, column, value in told if isinstance(value, Quantity)]


def _key(label: str, column: Column, value: Quantity) -> Key:
    told, is_signed = round_to(value, 0), column.role is ColumnRole.DEVIATION
    tone = "good" if told.number > 0 else "bad"
    return Key(label, told, tone if is_signed and told.number else "", is_signed)


def _months(here: Here) -> tuple[tuple[int, str], ...]:
    """Give the months that outcome is loaded for, and the date's own."""
    year = here.reporting_date.year
    known = {*loaded(here.actor).of(EntryKind.OUTCOME, year), month_of(here.reporting_date)}
    return tuple((month, MONTHS[month - 1]) for month in sorted(known))


def cell_row(table: Table, key: str) -> Row:
    """Give a row of the statement, or a Swedish 404."""
    try:
        return table.row(key)
    except TableError as error:
        raise Http404(f"Raden ”{key[:60]}” finns inte i sammanställningen.") from error
