"""TXT: an amount in the text is that of the table."""

from __future__ import annotations

from collections.abc import Iterator

from uppsikt.checks.binding import Bound, bind, cell_words
from uppsikt.checks.registry import rule
from uppsikt.checks.relations import Figures, Relation, Shape, Term
from uppsikt.core.findings import Confidence


@rule(code="TXT", title="Texten stämmer inte med tabellen", order=80)
def rule_txt(figures: Figures) -> Iterator[Relation]:
    """Ett tal i texten ska vara detsamma som i den tabell som det är hämtat ur.

    Talet knyts till en cell genom meningens ord: raden den nämner, vad den säger om talet (överskott,
    budget, utfall ...) och vilket år. Meningar med ord som kan avse något annat än raden prövas inte, och
    inte heller ungefärliga tal. Ett avrundat tal i texten står för ett intervall som alla andra.

    Källa: God redovisningssed: uppgifter i samma handling ska stämma överens.

    Stämmer:
        | tkr, nettokostnad | Utfall 2024 | Budget 2024 | Avvikelse 2024 |
        |-------------------|------------:|------------:|---------------:|
        | Kansliet          |     632 100 |     654 000 |         21 900 |

        Kansliet redovisar ett överskott med 21,9 mnkr.

    Stämmer inte:
        | tkr, nettokostnad | Utfall 2024 | Budget 2024 | Avvikelse 2024 |
        |-------------------|------------:|------------:|---------------:|
        | Kansliet          |     632 100 |     654 000 |         21 900 |

        Kansliet redovisar ett överskott med 29,1 mnkr.

        => TXT Kansliet / Avvikelse 2024: 29,1, ska vara 21,9
    """
    for bound in bind(figures):
        if not bound.opposite and not bound.thousand and (bound.agrees or bound.confidence is not None):
            relation = repeats(figures, bound)
            if relation is not None:
                yield relation


def repeats(figures: Figures, bound: Bound) -> Relation | None:
    """Say that a number in the text repeats a cell; only where the sentence leaves little doubt that it does."""
    meaning, mention = bound.meaning, bound.mention
    if bound.agrees and not (meaning.understood and (meaning.subjects or meaning.generic or meaning.whole)):
        return None
    unit = mention.quantity.unit if mention.is_money else figures.at(bound.spot).unit
    return Relation(
        Shape.EQUAL,
        figures.say(mention, unit),
        (Term(bound.spot, bound.turned),),
        basis=f"{cell_words(figures, bound.spot)} står {{0}}",
        law="texten som nämner raden ({target}) ska stämma",
        confidence=bound.confidence or Confidence.LIKELY,
        facts={"text": mention.passage.text[mention.start : mention.end], "section": "/".join(mention.passage.section)},
    )
