"""TXT: an amount in the text is that of the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from uppsikt.checks.binding import Bound, bind, cell_words
from uppsikt.checks.prose import Remark, around, place_in_text
from uppsikt.checks.registry import rule
from uppsikt.checks.relations import Figures, Relation, Shape, Term
from uppsikt.core.findings import Confidence
from uppsikt.core.quantities import MONEY


@rule(code="TXT", title="Texten stämmer inte med tabellen", order=80)
def rule_txt(figures: Figures) -> Iterator[Relation | Remark]:
    """Ett tal i texten ska vara detsamma som i den tabell som det är hämtat ur.

    Talet knyts till en cell genom meningens ord: raden den nämner, vad den säger om talet (överskott,
    budget, utfall ...) och vilket år. Meningar med ord som kan avse något annat än raden prövas inte, och
    inte heller ungefärliga tal. Ett avrundat tal i texten står för ett intervall som alla andra. Något som
    sägs ha ökat eller minskat från ett tal till ett annat ska ha gjort det.

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
    yield from _steps(bind(figures))


def repeats(figures: Figures, bound: Bound) -> Relation | None:
    """Say that a number in the text repeats a cell; only where the sentence leaves little doubt that it does."""
    meaning, mention = bound.meaning, bound.mention
    if bound.change:
        return None
    if bound.agrees and not (meaning.understood and (meaning.subjects or meaning.generic or meaning.whole)):
        return None
    unit = mention.quantity.unit if mention.is_money else figures.at(bound.spot).unit
    return Relation(
        Shape.EQUAL,
        figures.say(mention, unit),
        tuple(Term(spot, bound.turned) for spot in (bound.spot, *bound.others)),
        basis=_reason(figures, bound),
        law="texten som nämner raden ({target}) ska stämma",
        confidence=bound.confidence or Confidence.LIKELY,
        hint=_unit_hint(figures, bound) if bound.thousand else "",
        facts={"text": mention.passage.text[mention.start : mention.end], "section": "/".join(mention.passage.section)},
    )


def _reason(figures: Figures, bound: Bound) -> str:
    if not bound.others:
        return f"{cell_words(figures, bound.spot)} står {{0}}"
    table, column = figures.table(bound.spot), figures.column(bound.spot)
    rows = f"de {len(bound.others) + 1} raderna ”{figures.row(bound.spot).label}”"
    return f"i ”{table.title or table.key}”, kolumnen ”{column.label}”, blir {rows} tillsammans {{expected}}"


def _unit_hint(figures: Figures, bound: Bound) -> str:
    """Propose the unit in which the number is the table's."""
    number, cell = abs(bound.mention.quantity.number), figures.at(bound.spot)
    amount = abs(cell.number) * cell.unit.factor
    right = min(MONEY, key=lambda unit: abs(number * unit.factor - amount))
    return f"Enheten ska troligen vara {right.symbol}, inte {bound.mention.quantity.unit.symbol}."


def _steps(bounds: Sequence[Bound]) -> Iterator[Remark]:
    """Give what is said to grow or to shrink between two numbers, both those of the table, that say otherwise."""
    for one, other in pairwise(bounds):
        together = one.mention.clause is other.mention.clause and (one.meaning.level, other.meaning.level) == (
            "from",
            "to",
        )
        if not together or not (one.agrees and other.agrees):
            continue
        grown, trend = other.mention.quantity.number - one.mention.quantity.number, other.meaning.trend
        if grown * trend < 0 or (trend and not grown):
            passage, start, end = one.mention.passage, one.mention.start, other.mention.end
            said = "ökat" if trend > 0 else "minskat"
            does = "ökar" if grown > 0 else "minskar" if grown < 0 else "är desamma"
            words = f"Texten ”{around(passage.text, start, end)}”: det sägs ha {said}, men talen {does}."
            yield Remark(words, place_in_text(passage, start, end), Confidence.LIKELY)
