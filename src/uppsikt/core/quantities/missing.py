"""The words that stand where a number should have stood, and the reason that each of them tells."""

from __future__ import annotations

from uppsikt.core.quantities.quantity import Missing, MissingReason

_REASON_OF = {
    "": MissingReason.BLANK,
    "iu": MissingReason.NO_DATA,
    "i u": MissingReason.NO_DATA,
    "ingen uppgift": MissingReason.NO_DATA,
    "uppgift saknas": MissingReason.NO_DATA,
    "ufm": MissingReason.IN_PROGRESS,
    "under framtagande": MissingReason.IN_PROGRESS,
    "n/a": MissingReason.NOT_MEASURED,
    "mäts ej": MissingReason.NOT_MEASURED,
    "mäts inte": MissingReason.NOT_MEASURED,
    "ej mätt": MissingReason.NOT_MEASURED,
    "mäts på kommunnivå": MissingReason.MEASURED_ELSEWHERE,
    "se år": MissingReason.GIVEN_ELSEWHERE,
    "se årsredovisning": MissingReason.GIVEN_ELSEWHERE,
    "se årsredovisningen": MissingReason.GIVEN_ELSEWHERE,
    "statistik ej publicerad": MissingReason.PENDING,
    "ej publicerad": MissingReason.PENDING,
    "inte aktuellt": MissingReason.NOT_APPLICABLE,
    "ej aktuellt": MissingReason.NOT_APPLICABLE,
    "ej bedömt": MissingReason.NOT_APPLICABLE,
} | dict.fromkeys("-−–—‑‒", MissingReason.NOT_APPLICABLE)
_REASON_OF_BEGINNING = {
    "ej tillämplig": MissingReason.NOT_APPLICABLE,
    "ingår i ": MissingReason.GIVEN_ELSEWHERE,
    "publiceras ": MissingReason.PENDING,
    "redovisas i ": MissingReason.PENDING,
    "rapporteras i ": MissingReason.PENDING,
}
_WORDS = {
    MissingReason.BLANK: "ej ifyllt",
    MissingReason.NO_DATA: "ingen uppgift",
    MissingReason.IN_PROGRESS: "tas fram",
    MissingReason.NOT_APPLICABLE: "inte aktuellt",
    MissingReason.NOT_MEASURED: "mäts inte",
    MissingReason.MEASURED_ELSEWHERE: "mäts på annan nivå",
    MissingReason.GIVEN_ELSEWHERE: "redovisas på annan plats",
    MissingReason.PENDING: "inte publicerad ännu",
    MissingReason.SUPPRESSED: "visas inte, för få",
    MissingReason.TEXT: "anges i text",
}
_NO_DATA_WITH_MARK = ("i.u.", "i.u", "i.u. ", "iu")  # the only words that are printed with a footnote digit
_MARKS = "*⁰¹²³⁴⁵⁶⁷⁸⁹0123456789"
_SUPERSCRIPT_TO_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def missing_text(reason: MissingReason) -> str:
    """Give the Swedish words for a reason.

    >>> missing_text(MissingReason.IN_PROGRESS)
    'tas fram'
    """
    return _WORDS[reason]


def read_missing(text: str) -> tuple[Missing, str] | None:
    """Read the words for "no number" and the footnote mark after them; None when it is something else.

    >>> read_missing("I.U.2")
    (Missing(reason=<MissingReason.NO_DATA: 'no_data'>, text='I.U.2'), 'fotnot 2')
    """
    clean = " ".join(text.split())
    words = clean.casefold()
    bare = words.rstrip(_MARKS)
    if bare in _NO_DATA_WITH_MARK and bare != words:
        mark = clean[len(bare) :].translate(_SUPERSCRIPT_TO_PLAIN)
        return Missing(MissingReason.NO_DATA, clean), f"fotnot {mark}"
    reason = _REASON_OF.get(words.replace(".", "").strip())
    if reason is None:
        begun = (why for start, why in _REASON_OF_BEGINNING.items() if words.startswith(start))
        reason = next(begun, None)
    if reason is None or (reason is MissingReason.BLANK and words):
        return None
    return Missing(reason, clean), ""
