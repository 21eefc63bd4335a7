"""Findings with Swedish messages: what is printed, what it should be, the difference and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product

from uppsikt.checks.causes import Cause, written
from uppsikt.checks.edits import Slip, slips
from uppsikt.checks.prose import around, place_in_text
from uppsikt.checks.registry import rule_of
from uppsikt.checks.relations import Figures, Judgement, Relation, Shape, Spot, Verdict, judge
from uppsikt.core.findings import Confidence, Finding, Place
from uppsikt.core.quantities import PERCENT, Quantity, format_quantity
from uppsikt.core.tables import RowRole

_RANK = list(Confidence)
_COPIED = 3  # columns in which two rows must agree before one of them looks copied
Support = Mapping[Spot, Collection[str]]  # by cell: the rules that it satisfies elsewhere


def finding_of(cause: Cause, figures: Figures, support: Support) -> Finding:
    """Tell a cause as one finding with everything that follows from it under it."""
    head, *others = sorted(cause.relations, key=lambda relation: _priority(relation, cause))
    finding = _at_cause(head, cause, figures) if cause.spot else _told(head, figures)
    below = [_told(relation, figures) for relation in others]
    for further in cause.further:
        follows = finding_of(further, figures, support)
        below += [replace(follows, consequences=()), *follows.consequences]
    proposal = head.hint or (_proposal(head, cause, figures, support) if cause.spot else _guess(head, figures, support))
    return replace(finding, proposal=proposal, consequences=tuple(below))


def rounded_finding(relation: Relation, figures: Figures) -> Finding:
    """Tell a relation that the written figures miss but rounding explains."""
    return _told(relation, figures)


def _priority(relation: Relation, cause: Cause) -> tuple[int, bool, int]:
    return _RANK.index(relation.confidence), relation.target != cause.spot, relation.order


def place_of(figures: Figures, spot: Spot) -> Place:
    """Say where a cell is, with a link to its row where there is one."""
    if spot.table in figures.mentions:
        return place_in_text(figures.mentions[spot.table].passage, *figures.mentions[spot.table].span)
    table, row, column = figures.table(spot), figures.row(spot), figures.column(spot)
    origin = table.cell(spot.row, spot.column).origin
    label = f"{column.group}: {column.label}" if column.group else column.label
    page = origin.page if origin else None
    return Place(table.key, table.title, row.key, row.label, column.key, label, page, row.link or table.link)


def _told(relation: Relation, figures: Figures) -> Finding:
    """Tell a relation at its target."""
    judgement = judge(relation, figures)
    if judgement is None:
        raise ValueError("a relation without figures is never a finding")
    reason = relation.basis.format(
        *(_amount(figures.at(term.spot).number, figures, term.spot) for term in relation.terms),
        expected=_amount(judgement.expected, figures, relation.target),
    )
    message = f"{_where(figures, relation.target)}: det står {_shown(figures, relation.target)}, men {reason}."
    return _finding(relation, figures, relation.target, judgement, message + _difference(relation, judgement, figures))


def _at_cause(relation: Relation, cause: Cause, figures: Figures) -> Finding:
    """Tell a relation at the cell that is wrong, which need not be its target."""
    spot, judgement = cause.spot, judge(relation, figures)
    if spot is None or judgement is None or spot == relation.target:
        return _told(relation, figures)
    stated = figures.at(spot).number
    number = written(cause.number, figures, spot)
    moved = Judgement(judgement.verdict, stated, number, judgement.slack)
    law = relation.law.format(target=_shown(figures, relation.target))
    message = f"{_where(figures, spot)}: det står {_shown(figures, spot)}, men {_amount(number, figures, spot)} behövs"
    return _finding(
        relation, figures, spot, moved, f"{message} för att {law}.{_difference(relation, moved, figures, spot)}"
    )


def _finding(relation: Relation, figures: Figures, spot: Spot, judgement: Judgement, message: str) -> Finding:
    rule, figure = rule_of(relation.code), figures.at(spot)

    def quantity(number: Decimal) -> Quantity:
        return Quantity(number, figure.unit, figure.decimals)

    return Finding(
        code=rule.code,
        title=rule.title,
        message=message,
        place=_place(relation, figures, spot),
        confidence=relation.confidence,
        stated=quantity(judgement.stated),
        expected=quantity(judgement.expected),
        difference=quantity(judgement.difference),
        explained_by_rounding=judgement.verdict is Verdict.ROUNDED,
        facts=relation.facts,
    )


def _place(relation: Relation, figures: Figures, spot: Spot) -> Place:
    """Say where a finding is; one in the text says also which cell it contradicts."""
    place = place_of(figures, spot)
    if not place.passage:
        return place
    cell = place_of(figures, relation.terms[0].spot)
    return replace(cell, title=place.title, page=place.page, link="", passage=place.passage, quote=place.quote)


def _difference(relation: Relation, judgement: Judgement, figures: Figures, spot: Spot | None = None) -> str:
    if relation.shape is Shape.POSITIVE:
        return ""
    spot = spot or relation.target
    amount = _amount(abs(judgement.difference), figures, spot)
    if figures.at(spot).unit == PERCENT:
        amount = amount.replace(PERCENT.symbol, "procentenheter")
    if judgement.verdict is Verdict.ROUNDED:
        return f" Skillnaden är {amount}; den kan förklaras av avrundning."
    more = ", mer än avrundning kan förklara" if judgement.slack > figures.at(relation.target).half_step else ""
    return f" Skillnaden är {amount}{more}."


def _where(figures: Figures, spot: Spot) -> str:
    if spot.table in figures.mentions:
        mention = figures.mentions[spot.table]
        return f"Texten ”{around(mention.passage.text, *mention.span)}”"
    return f"Raden {_row_name(figures, spot)}, kolumnen ”{place_of(figures, spot).column_label}”"


def _row_name(figures: Figures, spot: Spot) -> str:
    """Name a row; a part of another row is not known by its own label ("varav kostnader")."""
    row = figures.row(spot)
    if row.parent is None or row.role not in (RowRole.OF_WHICH, RowRole.BREAKDOWN):
        return f"”{row.label}”"
    return f"”{row.label}” under ”{figures.table(spot).row(row.parent).label}”"


def _shown(figures: Figures, spot: Spot) -> str:
    return _amount(figures.at(spot).number, figures, spot)


def _amount(number: Decimal, figures: Figures, spot: Spot) -> str:
    """Write an amount in a cell's unit with its precision, or with more decimals where it has more."""
    figure = figures.at(spot)
    needed = max(0, -int(number.normalize().as_tuple().exponent))
    decimals = max(figure.decimals if figure.decimals is not None else needed, needed)
    return format_quantity(Quantity(number, figure.unit), decimals=decimals, with_unit=True)


def _proposal(head: Relation, cause: Cause, figures: Figures, support: Support) -> str:
    """Propose the cause's figure; only one that leaves everything else in order is called right.

    A text is mended after its cell where other rules confirm the cell.
    """
    spot = cause.spot
    if spot is None:
        return ""
    in_text = spot.table in figures.mentions and set(support.get(head.terms[0].spot, ())) - {head.code}
    begin = "Rätt tal är troligen" if cause.sure or in_text else "Möjlig rättelse:"
    sums = [one for one in (head, *cause.relations) if one.target == spot]
    row = next((words for one in sums if (words := _row_slip(one, figures))), "")
    reason = cause.slip.words if cause.slip else ""
    if row:
        return f"{begin} {_amount(written(cause.number, figures, spot), figures, spot)}. {row}"
    return f"{begin} {_amount(written(cause.number, figures, spot), figures, spot)}{': ' + reason if reason else ''}."


def _guess(head: Relation, figures: Figures, support: Support) -> str:
    """Propose what may be wrong when no cell stands out; never more than possible."""
    copied = _copied_rows(head, figures)
    if copied:
        return copied
    if head.code != "XTB" and set(support.get(head.target, ())) - {head.code}:
        where = "någon av raderna" if head.rows else "något av de andra talen"
        return f"Beloppet bekräftas på annat håll, så felet ligger troligen i {where}."
    row = _row_slip(head, figures)
    if row:
        return f"Möjlig förklaring: {row[0].lower()}{row[1:]}"
    judgement = judge(head, figures)
    slip = None if judgement is None else _slip(head, figures, judgement)
    if slip is not None:
        return f"Möjlig rättelse: {_amount(slip.number, figures, head.target)}: {slip.words}."
    if head.target.table in figures.mentions:
        return "Texten och tabellen säger olika. Stäm av mot underlaget."
    return "Ett av de två talen är fel. Stäm av mot underlaget." if head.code == "XTB" else ""


def _slip(head: Relation, figures: Figures, judgement: Judgement) -> Slip | None:
    stated = figures.at(head.target)
    if head.shape is not Shape.EQUAL:
        return None
    possible = slips(stated.number, stated.decimals)
    return next((one for one in possible if abs(one.number - judgement.expected) <= judgement.slack), None)


def _row_slip(relation: Relation, figures: Figures) -> str:
    """Say which row is forgotten in a sum or counted twice: the only one that is as large as the difference.

    As large to the last digit, else as far as rounding of the rows can tell.
    """
    judgement = judge(relation, figures)
    if judgement is None or not relation.rows:
        return ""
    unit, step = figures.at(relation.target).unit, figures.at(relation.target).half_step * 2
    errors = ((-1, "ser ut att vara glömd i summan"), (1, "ser ut att vara räknad två gånger"))
    for near, (sign, words) in product((step, judgement.slack), errors):
        alike = [
            spot
            for spot in relation.rows
            if abs(number := figures.at(spot).to(unit).number) > near
            and abs(judgement.difference - sign * number) <= near
        ]
        if len(alike) == 1:
            return f"Raden ”{figures.row(alike[0]).label}” ({_shown(figures, alike[0])}) {words}."
    return ""


def _copied_rows(relation: Relation, figures: Figures) -> str:
    """Say which two rows of a sum have the same figures, when it is exactly two and in three columns or more."""
    table, columns = relation.target.table, figures.table(relation.target).columns
    pairs = []
    for one, other in combinations(relation.rows, 2):
        cells = [(Spot(table, one.row, c.key), Spot(table, other.row, c.key)) for c in columns]
        alike = [a for a, b in cells if a in figures and b in figures and _same_and_not_zero(figures, a, b)]
        if len(alike) >= _COPIED and figures.at(one).number == figures.at(other).number:
            pairs.append((one, other, len(alike)))
    if len(pairs) != 1:
        return ""
    one, other, many = pairs[0]
    rows = f"{_row_name(figures, one)} och {_row_name(figures, other)}"
    return f"Raderna {rows} har samma belopp i {many} kolumner; en av dem kan vara felaktigt kopierad."


def _same_and_not_zero(figures: Figures, one: Spot, other: Spot) -> bool:
    return figures.at(one).number == figures.at(other).number != 0
