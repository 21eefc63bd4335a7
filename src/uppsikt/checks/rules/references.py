"""REF: what the text refers to is in the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from uppsikt.checks.prose import Prose, Remark, around, place_in_text
from uppsikt.checks.registry import rule
from uppsikt.checks.relations import Figures
from uppsikt.checks.words import begins, stem
from uppsikt.core.findings import Confidence
from uppsikt.core.passages import Passage
from uppsikt.core.quantities import Token, TokenKind, lex

_NUMBERED = {"tabell": "tabell", "diagram": "diagram", "figur": "figur", "bilaga": "bilaga"}
_QUOTES = frozenset("”\"“„»’'")
_SAME, _LIKE = 0.9, 0.72  # how alike two headings are when one is the other, and when it is meant
_OFFERED = 2  # titles that a proposal names
_LONGEST = 15  # words of a title that is referred to
_FEWEST = 2  # numbered things, from 1 on, that make a series


@rule(code="REF", title="Hänvisningen leder ingenstans", order=120)
def rule_ref(figures: Figures) -> Iterator[Remark]:
    """Det som texten hänvisar till ska finnas i dokumentet.

    En tabell, ett diagram eller en bilaga med nummer ska finnas i den numrerade serien, om dokumentet har en
    sådan. Ett avsnitt som nämns med sin rubrik ska finnas under den rubriken. Är bilagorna egna filer sägs
    ingenting om dem.

    Källa: God redovisningssed: en läsare ska kunna följa en uppgift till dess grund.

    Stämmer:
        ### Ekonomisk uppföljning

        Det redovisas under avsnittet "Ekonomisk uppföljning".

    Stämmer inte:
        ### Ekonomisk uppföljning

        Det redovisas under avsnittet "Uppföljning av ekonomin i övrigt".

        => REF "Uppföljning av ekonomin i övrigt"
    """
    if figures.prose is None:
        return
    series = _series(figures.prose)
    titles = _titles(figures.prose)
    for passage in figures.prose.passages:
        if "avsnitt" in passage.text or any(word in passage.text.casefold() for word in series):
            tokens = lex(passage.text)
            yield from _numbers(passage, tokens, series)
            yield from _sections(passage, tokens, titles)


def _series(prose: Prose) -> dict[str, set[int]]:
    """Give the numbers of what the document itself numbers from 1 on: "Tabell 1 ...", "Bilaga 1 ..."."""
    found: dict[str, set[int]] = {}
    texts = [one.text for one in prose.passages if one.heading or len(one.text) < 160]
    for text in (*texts, *(one.table.title for one in prose.printed)):
        words = text.split(None, 2)
        number = words[1].rstrip(".:") if len(words) > 1 else ""
        if words and words[0].casefold() in _NUMBERED and number.isdigit():
            found.setdefault(words[0].casefold(), set()).add(int(number))
    return {
        word: known for word, known in found.items() if len(known) >= _FEWEST and known == set(range(1, len(known) + 1))
    }


def _numbers(passage: Passage, tokens: Sequence[Token], series: dict[str, set[int]]) -> Iterator[Remark]:
    """Give references to a table, a diagram, an annex whose number is beyond the document's own."""
    for at, token in enumerate(tokens[:-1]):
        number = tokens[at + 1]
        known = series.get(token.text.casefold())
        if known is None or number.kind is not TokenKind.NUMBER or number.decimals or not at:
            continue
        if int(number.number) not in known:
            reason = f"det finns {token.text.casefold()} 1 till {max(known)}, men ingen {int(number.number)}"
            yield _remark(passage, (token.start, number.end), reason, Confidence.POSSIBLE)


def _titles(prose: Prose) -> dict[str, str]:
    """Give everything that can be a section's title, by its stems."""
    short = [one for one in prose.passages if len(one.text.split()) <= _LONGEST and not one.text.endswith(".")]
    texts = [one.text for one in (*short, *(one for one in prose.passages if one.heading))]
    texts += [heading for one in prose.passages for heading in one.section]
    texts += [heading for one in prose.printed for heading in (*one.section, one.table.title)]
    return {key: text for text in texts if (key := _key(text))}


def _key(text: str) -> str:
    return " ".join(stem(token.text) for token in lex(text) if token.kind is TokenKind.WORD)


def _sections(passage: Passage, tokens: Sequence[Token], titles: dict[str, str]) -> Iterator[Remark]:
    """Give sections that are named in quotation marks and that no heading is."""
    for at, token in enumerate(tokens[:-2]):
        if not begins(token.text.casefold(), "avsnitt"):
            continue
        begin = next((n for n in range(at + 1, min(at + 4, len(tokens))) if tokens[n].text in _QUOTES), None)
        if begin is None:
            continue
        end = next((n for n in range(begin + 1, min(begin + 25, len(tokens))) if tokens[n].text in _QUOTES), None)
        if end is None or end == begin + 1:
            continue
        span = tokens[begin].start, tokens[end].end
        found = _missing(_key(passage.text[span[0] : span[1]]), titles)
        if found is not None:
            likely = Confidence.LIKELY if found else Confidence.POSSIBLE
            names = " eller ".join(f"”{name}”" for name in found)
            proposal = f"Menas avsnittet {names}?" if found else ""
            yield _remark(passage, span, "inget avsnitt i dokumentet har den rubriken", likely, proposal)


def _missing(wanted: str, titles: dict[str, str]) -> list[str] | None:
    """Give the titles that are most like one that is missing, the likest first; None when it is there."""
    if not wanted or any(wanted in title for title in titles):
        return None
    alike: list[tuple[float, str]] = []
    for title, shown in titles.items():
        matcher = SequenceMatcher(None, wanted, title, autojunk=False)
        if matcher.real_quick_ratio() >= _LIKE and matcher.quick_ratio() >= _LIKE and matcher.ratio() >= _LIKE:
            alike.append((matcher.ratio(), shown))
    if any(ratio >= _SAME for ratio, _ in alike):
        return None
    return [shown for _, shown in sorted(alike, reverse=True)[:_OFFERED]]


def _remark(passage: Passage, span: tuple[int, int], reason: str, confidence: Confidence, proposal: str = "") -> Remark:
    words = around(passage.text, *span)
    return Remark(f"Texten ”{words}”: {reason}.", place_in_text(passage, *span), confidence, proposal=proposal)
