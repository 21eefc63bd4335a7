"""DUP: a sentence stands once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from uppsikt.checks.mentions import clauses
from uppsikt.checks.prose import Remark, place_in_text
from uppsikt.checks.registry import rule
from uppsikt.checks.relations import Figures
from uppsikt.core.findings import Confidence
from uppsikt.core.passages import Passage

_FEWEST = 8  # words: shorter ones are repeated on purpose
_QUOTED = 8  # words of the sentence that are shown


@rule(code="DUP", title="Samma mening står två gånger i följd", order=140)
def rule_dup(figures: Figures) -> Iterator[Remark]:
    """En mening ska inte stå två gånger i följd.

    Det brukar betyda att något annat skulle ha stått på den ena platsen.

    Källa: Praxis: det som klistrats in två gånger har ersatt något.

    Stämmer:
        Nämnden ska ge alla invånare god service på lika villkor i hela kommunen.

        Nämnden ska ge alla företag god service på lika villkor i hela kommunen.

    Stämmer inte:
        Nämnden ska ge alla invånare god service på lika villkor i hela kommunen.

        Nämnden ska ge alla invånare god service på lika villkor i hela kommunen.

        => DUP Nämnden ska ge alla invånare god service på
    """
    if figures.prose is None:
        return
    sentences = ((passage, *one) for passage in figures.prose.passages for one in _sentences(passage))
    for (_, before, _), (passage, text, start) in pairwise(sentences):
        if text == before and text.endswith((".", "!", "?")) and len(text.split()) >= _FEWEST:
            shown = " ".join(text.split()[:_QUOTED])
            place = place_in_text(passage, start, start + len(shown))
            message = f"Meningen ”{shown} …” står två gånger i följd."
            proposal = "Stryk den ena, eller skriv det som skulle ha stått där."
            yield Remark(message, place, Confidence.CERTAIN, proposal=proposal)


def _sentences(passage: Passage) -> Iterator[tuple[str, int]]:
    """Give the sentences of a passage and where each begins; a heading is none."""
    for clause in () if passage.heading else clauses(passage.text):
        yield passage.text[clause.start : clause.end], clause.start
