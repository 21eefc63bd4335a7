"""A made-up report with errors of the usual kinds, so that the page can be tried before one has a document at hand."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from uppsikt.checks.examples import read_example
from uppsikt.reporting.model import Block, Heading, Paragraph, Report, Stamp, TableBlock, Words

EXAMPLE_NAME = "Exempelrapport.pdf"

# Gatukontoret's outcome has two digits that changed place; the deviation of Parkenheten has lost its minus.
_MONEY = """
| tkr, nettokostnad | Utfall 2025 | Budget 2025 | Avvikelse 2025 | Bokslut 2024 |
|---|---|---|---|---|
| Stab och ledning | 8 420 | 8 900 | 480 | 8 115 |
| Gatukontoret | 63 110 | 62 800 | 1 490 | 59 870 |
| Parkenheten | 22 750 | 21 900 | 850 | 20 640 |
| Fritidsenheten | 40 285 | 41 000 | 715 | 39 102 |
| Summa nettokostnader | 132 765 | 134 600 | 1 835 | 127 727 |
"""
# The projects of this table add up to 27,0.
_INVESTMENTS = """
| mnkr | Utfall 2025 | Budget 2025 | Avvikelse 2025 |
|---|---|---|---|
| Gång- och cykelvägar | 12,4 | 14,0 | 1,6 |
| Lekplatser | 3,1 | 3,0 | -0,1 |
| Beläggning | 11,5 | 11,5 | 0,0 |
| Summa investeringar | 37,0 | 28,5 | 1,5 |
"""
_TEXTS = (
    "Nämnden redovisar ett överskott med 2,8 mnkr för 2025. Fritidsenheten står för 0,7 mnkr av det.",
    "Under året har 27,0 mnkr investerats. Budgeten var 28,5 mnkr.",
)


@lru_cache(maxsize=1)
def example_report() -> bytes:
    """Give the example as PDF."""
    from uppsikt.reporting.render.pdf import render  # a library of its own, which most pages never need

    return render(
        Report(
            key="exempelrapport",
            title="Exempelrapport 2025",
            organisation="Samhällsnämnden i Exempelköping",
            stamp=Stamp(as_of="31 december 2025", made_at="2026-02-01"),
            blocks=tuple(_blocks()),
        )
    )


def _blocks() -> list[Block]:
    parts = (("Ekonomi", "Driftsammandrag", _MONEY), ("Investeringar", "Investeringar", _INVESTMENTS))
    blocks: list[Block] = []
    for number, ((heading, title, source), text) in enumerate(zip(parts, _TEXTS, strict=True), start=1):
        ((table,), _) = read_example(source)
        named = replace(table, key=f"tabell-{number}", title=title)
        unit = "tkr, nettokostnad" if number == 1 else "mnkr"
        blocks.append(Heading(1, heading, f"rubrik-{number}"))
        blocks.append(Paragraph((Words(text),)))
        blocks.append(TableBlock(number, f"{title}, {unit}", named, named.key))
    return blocks
