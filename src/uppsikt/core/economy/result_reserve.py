"""The result reserve of Kommunallagen 11:14: how much of a year's result may be set aside for worse years."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from uppsikt.core.economy.balance_requirement import rules_for
from uppsikt.core.errors import UseError
from uppsikt.core.periods import Period
from uppsikt.core.quantities import TKR, Missing, MissingReason, Quantity, format_quantity
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, RowRole, Sign, Table

_PARAGRAPH = "KL 11 kap. 14 §"


@dataclass(frozen=True, slots=True)
class ReserveGiven:
    """What the limits are computed from.

    ``tax_base`` is taxes, general grants and equalisation together; ``equity`` is equity with the pension liability
    outside the balance sheet taken off; ``reserve`` is what the reserve holds before.
    """

    year: int
    result: Quantity
    after_adjustments: Quantity
    tax_base: Quantity
    equity: Quantity
    reserve: Quantity


@dataclass(frozen=True, slots=True)
class ReserveRoom:
    """How much may be reserved at most, every step of it, and one sentence with what the law asks."""

    table: Table
    share: Decimal
    above: Quantity
    room: Quantity
    allowed: Quantity
    sentence: str


def reserve_room(given: ReserveGiven) -> ReserveRoom:
    """Compute how much of a year's result may be reserved; raises UseError for a year or a sum that cannot be.

    The lower of the result and the result after adjustments, what of it is above the share of the tax base; and at
    most so much that the reserve does not pass its ceiling. Exactly on a limit is within it.
    """
    rules = rules_for(given.year)
    base = given.tax_base.to(TKR).number
    if base <= 0:
        raise UseError("Skatteintäkter, generella statsbidrag och utjämning ska tillsammans vara mer än noll.")
    if given.reserve.number < 0:
        raise UseError("Reserven kan inte vara mindre än noll.")
    share = rules.share_when_negative if given.equity.number < 0 else rules.share
    limit, ceiling = base * share, base * rules.ceiling
    lower = min(given.result.to(TKR).number, given.after_adjustments.to(TKR).number)
    above = max(lower - limit, Decimal(0))
    room = max(ceiling - given.reserve.to(TKR).number, Decimal(0))
    allowed = min(above, room)
    steps = [
        ("tax_base", "Skatteintäkter, generella statsbidrag och utjämning", base),
        ("equity", "Eget kapital inklusive pensionsförpliktelser utanför balansräkningen", given.equity.to(TKR).number),
        ("limit", f"Gräns: {_percent(share)} av skatter, statsbidrag och utjämning", limit),
        ("lower", "Det lägre av årets resultat och resultatet efter balanskravsjusteringar", lower),
        ("above", "= Den del som överstiger gränsen", above),
        ("ceiling", f"Tak för reserven: {_percent(rules.ceiling)} av samma summa", ceiling),
        ("reserve", "Reserven före årets reservering", given.reserve.to(TKR).number),
        ("room", "= Utrymme under taket", room),
        ("allowed", "Högst att reservera", allowed),
    ]
    told = Quantity(allowed, TKR)
    sentence = _sentence(given, share, rules.ceiling, told, by_room=room < above)
    table = _table(given.year, steps)
    return ReserveRoom(table, share, Quantity(above, TKR), Quantity(room, TKR), told, sentence)


def too_much(to_reserve: Quantity, room: ReserveRoom) -> str:
    """Say in Swedish that a reservation is larger than 11:14 allows; empty when it is not."""
    if (to_reserve - room.allowed).number <= 0:
        return ""
    return (
        f"Högst {format_quantity(room.allowed, with_unit=True)} får reserveras enligt 11 kap. 14 §; "
        f"{format_quantity(to_reserve, with_unit=True)} är för mycket."
    )


def more_than_there_is(from_reserve: Quantity, reserve: Quantity) -> str:
    """Say in Swedish that more is taken out of the reserve than it holds; empty when it is not. All of it may go."""
    if (from_reserve - reserve).number <= 0:
        return ""
    return (
        f"Reserven innehåller {format_quantity(reserve, with_unit=True)}; "
        f"{format_quantity(from_reserve, with_unit=True)} kan inte tas ur den (11 kap. 14 §)."
    )


_SUMS = frozenset({"above", "room", "allowed"})


def _table(year: int, steps: list[tuple[str, str, Decimal]]) -> Table:
    columns = (
        Column("amount", f"{year}", ColumnRole.AMOUNT, Period.year(year)),
        Column("paragraph", "Stöd i lagen", ColumnRole.TEXT),
    )
    rows = tuple(Row(key, label, RowRole.SUM if key in _SUMS else RowRole.ITEM) for key, label, _ in steps)
    cells = {(key, "amount"): Cell(Quantity(number, TKR)) for key, _, number in steps}
    law = Cell(Missing(MissingReason.TEXT, _PARAGRAPH), raw=_PARAGRAPH)
    cells |= {(key, "paragraph"): law for key, _, _ in steps}
    return Table("resultatreserv", f"Resultatreserv {year}", columns, rows, cells, TKR, Sign.PLAIN)


def _percent(share: Decimal) -> str:
    return f"{format_quantity(Quantity(share * 100))} procent"


def _sentence(given: ReserveGiven, share: Decimal, ceiling: Decimal, allowed: Quantity, *, by_room: bool) -> str:
    limit = f"{_percent(share)} av skatter, generella statsbidrag och utjämning"
    why = ", eftersom eget kapital med pensionsförpliktelserna är negativt" if given.equity.number < 0 else ""
    if not allowed.number and not by_room:
        return f"Ingenting får reserveras {given.year}: resultatet överstiger inte {limit}{why} (11 kap. 14 §)."
    if by_room:
        return (
            f"Högst {format_quantity(allowed, with_unit=True)} får reserveras {given.year}: reserven får vara högst "
            f"{_percent(ceiling)} av skatter, generella statsbidrag och utjämning (11 kap. 14 §)."
        )
    return (
        f"Högst {format_quantity(allowed, with_unit=True)} får reserveras {given.year}: den del av resultatet som "
        f"överstiger {limit}{why} (11 kap. 14 §)."
    )
