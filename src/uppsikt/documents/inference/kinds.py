"""What kind of table it is: money, investments, indicators, assessments, activities, assignments, staff, volumes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from uppsikt.core.tables import Column, ColumnRole
from uppsikt.documents.inference.words import ECONOMY, KINDS

_PLANNED = (ColumnRole.BUDGET, ColumnRole.PHASED_BUDGET, ColumnRole.PLAN, ColumnRole.DEVIATION)
_SIDES = (ColumnRole.EXPENDITURE, ColumnRole.RECEIPTS)
_WORDS = (ColumnRole.TEXT, ColumnRole.STATE)


def kind_of(columns: Sequence[Column], own: str, section: str, labels: Sequence[str], *, money: bool) -> str:
    """Give the kind from the columns' roles, the table's ``own`` words, then the section's and the rows'.

    ``money`` says that a unit of money stands at the table.
    """
    roles = {column.role for column in columns}
    own = own.casefold()
    rows = " ".join(labels).casefold()
    if columns and roles <= {*_WORDS, ColumnRole.TARGET}:
        return _worded(own, section.casefold(), roles)
    if money or roles & {*_PLANNED, *_SIDES}:
        return _of_money(own, rows, roles, money=money)
    for words in (own, section.casefold()):
        found = next((kind for kind, pattern in KINDS if kind in _COUNTED and re.search(pattern, words)), None)
        if found is not None:
            return found
    if re.search(ECONOMY, own) or len(re.findall(r"kostnad|intäkt|skatte", rows)) > 1:
        return "economy"
    found = next((kind for kind, pattern in KINDS if kind in _COUNTED and re.search(pattern, rows)), None)
    return found or "other"


_COUNTED = ("indicator", "staff", "volume")
_STATED = ("assessment", "activity", "assignment", "indicator")


def _of_money(own: str, rows: str, roles: set[ColumnRole], *, money: bool) -> str:
    invested = re.search(KINDS[0][1], own) is not None or bool(roles & set(_SIDES))
    if ColumnRole.TARGET in roles and not money:
        return "indicator"
    counted = re.search(r"antal|årsarbetare|volym|timmar|platser", f"{own} {rows}") is not None
    if not money and counted and not re.search(ECONOMY, own.replace("budget", "").replace("bokslut", "")):
        return "staff" if re.search(r"årsarbetare|anställda|personal", f"{own} {rows}") else "volume"
    return "investment" if invested else "economy"


def _worded(own: str, section: str, roles: set[ColumnRole]) -> str:
    order = _STATED
    for words in (own, section):
        found = next(
            (kind for kind in order for name, pattern in KINDS if name == kind and re.search(pattern, words)), None
        )
        if found == "indicator" and ("aktivitet" in own or "slutfört" in own):
            return "activity"
        if found is not None:
            return found
    return "assessment" if ColumnRole.STATE in roles else "other"


def is_money(kind: str) -> bool:
    """Say whether the figures of a kind of table are amounts that may be added."""
    return kind in ("economy", "investment")
