"""SUM: a stated sum is the sum of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from uppsikt.checks.registry import rule
from uppsikt.checks.relations import Figures, Relation
from uppsikt.checks.structure import adding, additions, confidence_of, money_columns


@rule(code="SUM", title="Summan stämmer inte", order=10)
def rule_sum(figures: Figures) -> Iterator[Relation]:
    """En summa ska vara summan av sina rader.

    Vilka rader som hör till summan läses ur tabellen: de som står under den, annars de närmast ovanför.
    Delsummor räknas i stället för sina rader. Beloppen kan vara avrundade; bara en skillnad som
    avrundning av varje rad inte kan förklara är ett fel. En tom rad räknas som ingenting, men gör felet
    troligt i stället för säkert. Är en rads belopp inte känt ännu prövas inte summan.

    Källa: God sed i kommunal budget och redovisning: summor görs av oavrundade belopp och avrundas sedan.

    Stämmer:
        | tkr, nettokostnad | Utfall 2024 |
        |-------------------|------------:|
        | Kansliet          |         120 |
        | Ekonomi           |          80 |
        | Summa             |         201 |

    Stämmer inte:
        | tkr, nettokostnad | Utfall 2024 |
        |-------------------|------------:|
        | Kansliet          |         120 |
        | Ekonomi           |          80 |
        | Summa             |         210 |

        => SUM Summa / Utfall 2024: 210, ska vara 200
    """
    for at, table in enumerate(figures.tables):
        columns = money_columns(table)
        for addition in additions(figures, at):
            for column in columns:
                relation = adding(figures, addition, column)
                yield replace(relation, confidence=confidence_of(figures, addition, relation, columns))
