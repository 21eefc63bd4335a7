"""What a chart shows, in words: the alternative texts for those who do not see the picture.

An alternative text says the figures themselves and names what is missing; it draws no conclusion
that the picture does not show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from uppsikt.core.quantities import Missing, Quantity, format_quantity, round_to
from uppsikt.core.states import GoalState, WorkState
from uppsikt.core.tables import USUAL_DECIMALS, Row, RowRole, Table

Point = tuple[str, Decimal | None]
Counts = Mapping[GoalState, int] | Mapping[WorkState, int] | Mapping[str, int]  # by the name of a state


def figure(number: Decimal, *, plus: bool = False) -> str:
    """Write a figure with the decimals it has.

    >>> figure(Decimal("-1.80")), figure(Decimal("10.1"), plus=True)
    ('−1,80', '+10,1')
    """
    return format_quantity(Quantity(number, decimals=decimals_of(number)), plus=plus)


def decimals_of(number: Decimal) -> int:
    """Give the number of decimals that a number is written with."""
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def indicator_alt(
    title: str, series: Mapping[str, Sequence[Point]], targets: Sequence[tuple[str, Decimal]], unit_text: str
) -> str:
    """Tell every value of an indicator's series, what is missing, and the targets.

    >>> indicator_alt("Sjukfrånvaro", {"Totalt": [("2023", None), ("2024", Decimal("1.5"))]}, [], "%")
    'Linjediagram. Sjukfrånvaro (%). Totalt – 2023: uppgift saknas; 2024: 1,5.'
    """
    unit = f" ({unit_text})" if unit_text else ""
    parts = [f"Linjediagram. {title}{unit}."]
    for label, points in series.items():
        told = (f"{period}: {'uppgift saknas' if number is None else figure(number)}" for period, number in points)
        parts.append(f"{label} – {_listed(told)}.")
    if targets:
        parts.append(f"Mål – {_listed(f'{period}: {figure(number)}' for period, number in targets)}.")
    return " ".join(parts)


def deviation_rows(table: Table, column: str) -> tuple[tuple[Row, Quantity], ...]:
    """Give the rows that a deviation chart draws: the items that have a figure, without sums and parts.

    A written figure keeps its precision; a sum of entries is rounded as its table shows it.
    """
    told = ((row, table.value(row.key, column)) for row in table.rows if row.role is RowRole.ITEM)
    return tuple((row, _as_shown(value)) for row, value in told if isinstance(value, Quantity))


def _as_shown(value: Quantity) -> Quantity:
    usual = USUAL_DECIMALS.get(value.unit)
    return value if usual is None or value.decimals is not None else round_to(value, usual)


def deviation_alt(table: Table, column: str) -> str:
    """Tell every deviation of a table's items, those without a figure last."""
    drawn = deviation_rows(table, column)
    keys = {row.key for row, _ in drawn}
    absent = [
        row.label
        for row in table.rows
        if row.role is RowRole.ITEM and row.key not in keys and isinstance(table.value(row.key, column), Missing)
    ]
    unit = table.unit_of(table.column(column)).symbol
    head = f"Liggande stapeldiagram. {table.title}, {table.column(column).label.lower()}{f' i {unit}' if unit else ''}."
    told = f" {_listed(f'{row.label}: {format_quantity(value, plus=True)}' for row, value in drawn)}." if drawn else ""
    return head + told + (f" Uppgift saknas för {_listed(absent)}." if absent else "")


def _listed(items: Iterable[str]) -> str:
    return "; ".join(items)


def state_word(state: str, *, forecast: bool = False) -> str:
    """Give the words for the name of a state of a goal or of work; an unknown name is shown as it is."""
    if state in set(GoalState):
        return GoalState(state).wording(forecast=forecast)
    return WorkState(state).wording() if state in set(WorkState) else state


def states_alt(counts: Counts, *, forecast: bool = False) -> str:
    """Tell how many there are in each state.

    >>> states_alt({"met": 13, "partly": 5})
    'Liggande stapeldiagram. Av 18: 13 uppnått, 5 delvis uppnått.'
    """
    told = ", ".join(f"{count} {state_word(state, forecast=forecast).lower()}" for state, count in counts.items())
    return f"Liggande stapeldiagram. Av {sum(counts.values())}: {told}."
