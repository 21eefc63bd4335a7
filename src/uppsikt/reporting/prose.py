"""Prose that refers to cells: the little language of sentences whose numbers come from tables.

    Av {goals[*]} nämndmål är {goals[*, state=met]} uppnådda.
    Utfallet ger ett {by_unit[summa, deviation]|ord underskott/noll/överskott} med {by_unit[summa, deviation]|abs}.
    Kostnaderna ökade med {by_unit[summa, outcome] - by_unit[summa, last_year]}.

In braces stands either a variable ({year}) or cells, with filters after a bar. A cell is
``table[row, column]``; the column is a key or a role (the first column of that role). ``table[*]``
counts the item rows, ``table[*, column=text]`` those whose cell says ``text``. Cells can be added,
subtracted and divided (a quotient is shown in per cent). Filters: ``abs``, ``plus`` (show the sign),
``bare`` (without the unit), a unit (``mnkr``), a number of decimals (``1``), and
``ord a/b/c`` for a word by the sign: negative, zero, positive.

No character is passed over: what cannot be read raises ReadingError with its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from uppsikt.core.errors import ReadingError, TableError
from uppsikt.core.quantities import (
    COUNT,
    PERCENT,
    Missing,
    Quantity,
    Unit,
    Value,
    format_quantity,
    missing_text,
    unit_of,
)
from uppsikt.core.tables import USUAL_DECIMALS, ColumnRole, RowRole, Table
from uppsikt.reporting.model import Inline, NumberRef, Words

_TOKEN = re.compile(r"\s*(?:(?P<name>[\w-]+)|(?P<sign>[\[\],=*/+]))")
_WITH_UNIT = ("kr", "tkr", "mnkr", "Mdkr", "%")
_DECIMALS = tuple("0123456")  # more than any figure is told with


@dataclass(frozen=True, slots=True)
class _Found:
    """What a term came to, and the cell that it names."""

    value: Value
    table: str
    row: str = ""
    column: str = ""


def write(text: str, tables: Mapping[str, Table], words: Mapping[str, str]) -> tuple[Inline, ...]:
    """Turn a text with references into inlines; ``words`` are the variables.

    Raises ReadingError when a reference cannot be read and TableError when it names a table, row or
    column that does not exist.
    """
    inlines: list[Inline] = []
    for plain, reference, start in _parts(text):
        if plain:
            inlines.append(Words(plain))
        if reference is None:
            continue
        if reference in words:
            inlines.append(Words(words[reference]))
        else:
            inlines.append(_number(reference, tables, text, start))
    return tuple(inlines)


def references(text: str) -> tuple[str, ...]:
    """Give the references of a text as they are written."""
    return tuple(reference for _, reference, _ in _parts(text) if reference is not None)


def _parts(text: str) -> Iterator[tuple[str, str | None, int]]:
    """Give plain text, the reference after it (None at the end), and where the reference begins."""
    rest = 0
    while (opening := text.find("{", rest)) >= 0:
        closing = text.find("}", opening)
        if closing < 0:
            raise ReadingError("En klammer { saknar sin }.", text=text, position=opening)
        yield text[rest:opening], text[opening + 1 : closing].strip(), opening + 1
        rest = closing + 1
    yield text[rest:], None, rest


def _number(reference: str, tables: Mapping[str, Table], text: str, start: int) -> NumberRef:
    expression, *filters = (part.strip() for part in reference.split("|"))
    terms = _Terms(expression, tables, text, start)
    found = terms.evaluate()
    shown = _shown(found.value, filters)
    return NumberRef(shown, found.table, found.row, found.column, how=reference)


class _Terms:
    """Reads and evaluates the part of a reference before its filters."""

    def __init__(self, expression: str, tables: Mapping[str, Table], text: str, start: int) -> None:
        self._tables = tables
        self._text = text
        self._start = start
        self._tokens = list(self._read(expression))

    def _read(self, expression: str) -> Iterator[str]:
        place = 0
        while place < len(expression):
            found = _TOKEN.match(expression, place)
            if found is None:
                raise self._error(f"”{expression[place:]}” går inte att läsa i en hänvisning.", place)
            yield found["name"] or found["sign"]
            place = found.end()

    def _error(self, message: str, place: int = 0) -> ReadingError:
        return ReadingError(message, text=self._text, position=self._start + place)

    def _take(self, wanted: str = "") -> str:
        token = self._tokens.pop(0) if self._tokens else ""
        if not token or (wanted and token != wanted):
            raise self._error(f"Hänvisningen saknar ”{wanted or 'ett namn'}”.")
        return token

    def evaluate(self) -> _Found:
        """Evaluate terms from left to right; the address kept is that of the first."""
        result = self._term()
        while self._tokens:
            operator = self._take()
            if operator not in _OPERATORS:
                raise self._error(f"”{operator}” är inget räknesätt; använd +, - eller /.")
            result = replace(result, value=_OPERATORS[operator](result.value, self._term().value))
        return result

    def _term(self) -> _Found:
        name = self._take()
        table = self._tables.get(name)
        if table is None:
            raise TableError(f"Det finns ingen tabell som heter ”{name}”.")
        self._take("[")
        row = self._take()
        if row == "*":
            return self._counted(table)
        self._take(",")
        column = _column(table, self._take())
        self._take("]")
        value = table.value(row, column)
        return _Found(value, table.key, row, column)

    def _counted(self, table: Table) -> _Found:
        items = [row for row in table.rows if row.role is RowRole.ITEM]
        column, wanted = "", ""
        if self._take() == ",":
            column = _column(table, self._take())
            self._take("=")
            wanted = self._take()
            self._take("]")
            items = [row for row in items if table.cell(row.key, column).raw == wanted]
        return _Found(Quantity(Decimal(len(items)), COUNT), table.key, "", column)


def _column(table: Table, name: str) -> str:
    """Give the key of the column called ``name``, or of the first column with that role."""
    if any(column.key == name for column in table.columns):
        return name
    roles = {role.value for role in ColumnRole}
    if name in roles and (found := table.columns_of(ColumnRole(name))):
        return found[0].key
    raise TableError(f"Kolumnen ”{name}” finns inte i ”{table.title}”.")


def _divided(left: Value, right: Value) -> Value:
    if isinstance(left, Missing):
        return left
    if isinstance(right, Missing):
        return right
    if not right.number:
        raise TableError("En hänvisning delar med noll.")
    return Quantity(left.number / right.to(left.unit).number * 100, PERCENT, 1)


def _plain(combine: Callable[[Quantity, Quantity], Quantity]) -> Callable[[Value, Value], Value]:
    def combined(left: Value, right: Value) -> Value:
        if isinstance(left, Missing):
            return left
        if isinstance(right, Missing):
            return right
        return combine(left, right)

    return combined


_OPERATORS: dict[str, Callable[[Value, Value], Value]] = {
    "+": _plain(lambda left, right: left + right),
    "-": _plain(lambda left, right: left - right),
    "/": _divided,
}


def _shown(value: Value, filters: list[str]) -> str:
    if isinstance(value, Missing):
        return value.text or missing_text(value.reason)
    decimals: int | None = None
    unit: Unit | None = None
    bare = plus = False
    for name in filters:
        if name.startswith("ord "):
            return _word(value, name.removeprefix("ord "))
        if name == "abs":
            value = abs(value)
        elif name == "plus":
            plus = True
        elif name == "bare":
            bare = True
        elif name in _DECIMALS:
            decimals = int(name)
        elif name in _WITH_UNIT:
            unit = unit_of(name)
        else:
            raise ReadingError(f"Filtret ”{name}” finns inte.", text=name)
    told = value if unit is None else value.to(unit)
    if decimals is None and told.decimals is None:  # a sum of entries: rounded as its table shows it
        decimals = USUAL_DECIMALS.get(told.unit)
    with_unit = not bare and told.unit.symbol in _WITH_UNIT
    return format_quantity(told, decimals=decimals, with_unit=with_unit, plus=plus)


def _word(value: Quantity, choices: str) -> str:
    words = choices.split("/")
    if len(words) != 3:
        raise ReadingError("Filtret ”ord” vill ha tre ord: negativt/noll/positivt.", text=choices)
    return words[(value.number > 0) - (value.number < 0) + 1].strip()
