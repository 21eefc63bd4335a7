"""SGN: a sign that departs from that of its like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from uppsikt.checks.binding import bind, cell_words
from uppsikt.checks.registry import rule
from uppsikt.checks.relations import Figures, Relation, Shape, Spot, Term, additive
from uppsikt.core.findings import Confidence
from uppsikt.core.tables import ColumnRole, Measure

_BOTH_WAYS = (ColumnRole.DEVIATION, ColumnRole.CHANGE)
_WORDS = {Measure.COSTS: "kostnader", Measure.INCOME: "intäkter"}
_ENOUGH = 3  # figures with the usual sign for every one without


@rule(code="SGN", title="Tecknet avviker", order=70)
def rule_sgn(figures: Figures) -> Iterator[Relation]:
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
            unnamed = column.role is ColumnRole.AMOUNT and not column.label  # may be a difference
            counted = additive(table, column) and column.role not in _BOTH_WAYS and not unnamed
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


def _in_text(figures: Figures) -> Iterator[Relation]:
    """Hold what the text calls a surplus or a deficit against its own sign, and against the table's deviation."""
    for bound in bind(figures):
        if not bound.opposite or bound.confidence is None:
            continue
        mention, cell = bound.mention, figures.at(bound.spot).number
        meant = bound.meaning.direction * abs(mention.quantity.number)
        word = "ett överskott" if bound.meaning.direction > 0 else "ett underskott"
        yield Relation(
            Shape.EQUAL,
            figures.say(mention, mention.quantity.unit, None if meant * cell > 0 else meant),
            (Term(bound.spot),),
            basis=f"{cell_words(figures, bound.spot)} står {{0}}, och texten talar om {word}",
            law=f"texten, som talar om {word} ({{target}}), ska stämma",
            confidence=bound.confidence,
            facts={"text": mention.passage.text[mention.start : mention.end]},
        )
