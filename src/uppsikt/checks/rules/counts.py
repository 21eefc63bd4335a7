"""CNT: a count in the text is that of the rows, of the list or of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from uppsikt.checks.counting import count
from uppsikt.checks.prose import Remark, around, place_in_text
from uppsikt.checks.registry import rule
from uppsikt.checks.relations import Figures
from uppsikt.core.quantities import Quantity, format_quantity


@rule(code="CNT", title="Antalet stämmer inte", order=90)
def rule_cnt(figures: Figures) -> Iterator[Remark]:
    """Ett antal i texten ska vara det som går att räkna.

    Delarna i en mening ska tillsammans bli helheten, bokstäver och siffror ska säga samma sak, och en
    lista ska ha så många punkter som den säger. Antal mål, aktiviteter, uppdrag och indikatorer jämförs med
    tabellernas rader; där kan tabellen vara ett urval, så det är bara något att titta på.

    Källa: God redovisningssed: uppgifter i samma handling ska stämma överens.

    Stämmer:
        Av nämndens 21 mål är 11 uppnådda, 9 delvis uppnådda och 1 ej bedömt.

    Stämmer inte:
        Av nämndens 21 mål är 12 uppnådda, 9 delvis uppnådda och 1 ej bedömt.

        => CNT 21: 21, ska vara 22
    """
    for one in count(figures):
        if one.confidence is None:
            continue
        mention, stated = one.mention, replace(one.mention.quantity, decimals=None)
        words = around(mention.passage.text, *mention.span)
        yield Remark(
            f"Texten ”{words}”: det står {format_quantity(stated)}, men {one.reason}.",
            place_in_text(mention.passage, *mention.span),
            one.confidence,
            stated,
            Quantity(Decimal(one.expected), stated.unit),
            facts={"target": one.target},
        )
