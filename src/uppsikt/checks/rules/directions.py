"""SGN: a sign that departs from that of its like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from uppsikt.checks.binding import bind, cell_words
from uppsikt.checks.prose import Remark, around, place_in_text
from uppsikt.checks.registry import rule
from uppsikt.checks.relations import Figures, Relation, Shape, Spot, additive
from uppsikt.core.findings import Confidence
from uppsikt.core.quantities import format_quantity
from uppsikt.core.tables import ColumnRole, Measure

_BOTH_WAYS = (ColumnRole.DEVIATION, ColumnRole.CHANGE)
_WORDS = {Measure.COSTS: "kostnader", Measure.INCOME: "intäkter"}
_ENOUGH = 3  # figures with the usual sign for every one without


@rule(code="SGN", title="Tecknet avviker", order=70)
def rule_sgn(figures: Figures) -> Iterator[Relation | Remark]:
    """Kostnader skrivs med samma tecken överallt, och intäkter också.

    En kostnad med minus bland kostnader utan är ofta ett skrivfel, men den kan också vara en rättelse
    eller en kreditering; därför är ett avvikande tecken ensamt bara något att titta på. Avvikelser och
    förändringar har båda tecknen och prövas inte. Minst tre belopp med det vanliga tecknet krävs.

    Där texten talar om ett överskott ska beloppet inte ha minus, och tabellens avvikelse ska inte vara ett
    underskott; och omvänt.

    Källa: Praxis: en teckenregel gäller hela dokumentet.

    Stämmer:
        | tkr, nettokostnad | Utfall 2021 | Utfall 2022 | Utfall 2023 | Utfall 2024 |
        |-------------------|------------:|------------:|------------:|------------:|
        | Nettokostnad      |         700 |         700 |         750 |         800 |
        | varav kostnader   |         900 |         900 |         950 |       1 000 |

    Stämmer inte:
        | tkr, nettokostnad | Utfall 2021 | Utfall 2022 | Utfall 2023 | Utfall 2024 |
        |-------------------|------------:|------------:|------------:|------------:|
        | Nettokostnad      |         700 |         700 |         750 |         800 |
        | varav kostnader   |         900 |         900 |         950 |      -1 000 |

        => SGN varav kostnader / Utfall 2024: -1 000, ska vara 1 000
    """
    yield from _in_text(figures)
    signs: dict[Measure, list[Spot]] = defaultdict(list)
    for at, table in enumerate(figures.tables):
        for row, column, _ in table.filled():
            spot = Spot(at, row.key, column.key)
            counted = additive(table, column) and column.role not in _BOTH_WAYS
            if row.measure in _WORDS and counted and (figure := figures.get(spot)) and figure.number:
                signs[row.measure].append(spot)
    for measure, spots in signs.items():
        below = [spot for spot in spots if figures.at(spot).number < 0]
        if len(below) * _ENOUGH <= len(spots) - len(below):
            for spot in below:
                yield Relation(
                    Shape.POSITIVE,
                    spot,
                    (),
                    basis=f"{_WORDS[measure]} skrivs utan minus på {len(spots) - len(below)} andra ställen",
                    confidence=Confidence.POSSIBLE,
                )


def _in_text(figures: Figures) -> Iterator[Remark]:
    """Give amounts that the text calls a surplus where their sign, or the table, says a deficit; and the reverse."""
    for bound in bind(figures):
        if not bound.opposite or bound.confidence is None:
            continue
        mention, table = bound.mention, figures.table(bound.spot)
        word = "ett överskott" if bound.meaning.direction > 0 else "ett underskott"
        stated = mention.quantity
        cell = figures.at(bound.spot)
        told = f"{cell_words(figures, bound.spot)} står {format_quantity(cell, with_unit=True)}"
        place = place_in_text(mention.passage, *mention.span)
        column = figures.column(bound.spot)
        yield Remark(
            f"Texten ”{around(mention.passage.text, *mention.span)}” talar om {word}, men "
            f"{told if bound.meaning.direction * cell.number < 0 else 'beloppet har det andra tecknet'}.",
            replace(
                place,
                table=table.key,
                row=bound.spot.row,
                row_label=figures.row(bound.spot).label,
                column=column.key,
                column_label=column.label,
            ),
            bound.confidence,
            stated,
            cell.to(stated.unit) if cell.unit.converts_to(stated.unit) else None,
            facts={"text": mention.passage.text[mention.start : mention.end]},
        )
