"""Reads references alone or in running text.

    reference := body date [","] "§" number     "KS 2019-06-11 § 225", "(KF 2019-12-10, § 397)"
               | ["Dnr"] body year "-" number [[","] "§" number]     "Dnr KS 2019-519"
               | "§" number                                          "§ 7"

A body is two to five capital letters. Spaces may be line breaks, and a dash may be followed by one:
printed pages break references anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from uppsikt.core.errors import ReadingError
from uppsikt.core.quantities import MINUS_SIGNS
from uppsikt.core.references.reference import CaseNumber, DecisionReference, Paragraph, Reference

_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Found:
    """A reference and where it stands: from ``start`` up to ``end`` in the text."""

    reference: Reference
    start: int
    end: int


def parse_reference(text: str) -> Reference:
    """Read one reference, with or without brackets around it and "Dnr" before it. Raises ReadingError.

    >>> parse_reference("(KF 2019-12-10, § 397)") == parse_reference("KF 2019-12-10 § 397")
    True
    """
    clean = text.strip()
    if clean.startswith("(") and clean.endswith(")"):
        clean = clean[1:-1].strip()
    if clean.casefold().startswith("dnr"):
        clean = clean[3:].lstrip(".: ")
    found = _Scanner(clean, 0).reference()
    if found is None or found.end != len(clean):
        raise ReadingError(
            f"{text.strip()!r} är ingen hänvisning. Skriv till exempel KS 2019-06-11 § 225, Dnr KS 2019-519 eller § 7.",
            text=text,
            position=0 if found is None else text.index(clean) + found.end,
        )
    return found.reference


def find_references(text: str) -> tuple[Found, ...]:
    """Find every reference in running text, in order. A paragraph of a law ("MBL § 11") is one too.

    >>> [str(found.reference) for found in find_references("Antogs (KS 2020-01-14 § 3), se KS 2019-516.")]
    ['KS 2020-01-14 § 3', 'KS 2019-516']
    """
    found: list[Found] = []
    at = 0
    while at < len(text):
        here = _Scanner(text, at).reference() if at == 0 or not text[at - 1].isalnum() else None
        if here is not None and not _is_span_of_years(text, here):
            found.append(here)
        at = here.end if here is not None else at + 1
    return tuple(found)


def _is_span_of_years(text: str, found: Found) -> bool:
    """Say whether what looks like a case number is a plan period ("KS 2020-2023"); after "Dnr" it is not."""
    case = found.reference
    if not isinstance(case, CaseNumber) or text[: found.start].rstrip(".: \n").casefold().endswith("dnr"):
        return False
    return case.year < case.number <= case.year + 20


class _Scanner:
    """Reads one reference from a place in a text."""

    def __init__(self, text: str, at: int) -> None:
        self.text, self.start, self.at = text, at, at

    def reference(self) -> Found | None:
        if self._peek() == "§":
            alone = self._paragraph()
            return None if alone is None else Found(Paragraph(alone), self.start, self.at)
        body = self._body()
        year = self._digits(4, 4) if body and self._skip_spaces() else ""
        if not year or not self._dash():
            return None
        number, end = self._digits(1, 6), self.at
        if len(number) == 2 and self._dash():
            return self._decision(body, year, number)
        self.at = end
        paragraph = self._paragraph_after() if number else None
        return Found(CaseNumber(body, int(year), int(number), paragraph), self.start, self.at) if number else None

    def _decision(self, body: str, year: str, month: str) -> Found | None:
        day = self._digits(2, 2)
        paragraph = self._paragraph_after() if day else None
        if paragraph is None:
            return None
        try:
            on = date(int(year), int(month), int(day))
        except ValueError:
            return None
        return Found(DecisionReference(body, on, paragraph), self.start, self.at)

    def _body(self) -> str:
        end = self.at
        while end < len(self.text) and self.text[end].isalpha() and self.text[end].isupper():
            end += 1
        body = self.text[self.at : end]
        if not 2 <= len(body) <= 5:
            return ""
        self.at = end
        return body

    def _digits(self, fewest: int, most: int) -> str:
        """Read a run of digits of a permitted length, or nothing."""
        end = self.at
        while end < len(self.text) and self.text[end] in _DIGITS:
            end += 1
        digits = self.text[self.at : end]
        if not fewest <= len(digits) <= most:
            return ""
        self.at = end
        return digits

    def _dash(self) -> bool:
        """Read the dash inside a date or case number, and the line break that a page may put after it."""
        if self._peek() not in MINUS_SIGNS or not self._peek():
            return False
        self.at += 1
        self._skip_spaces()
        return True

    def _paragraph_after(self) -> int | None:
        """Read a paragraph after what it belongs to; without one the place stays where it was."""
        before = self.at
        self._skip_spaces()
        if self._peek() == ",":
            self.at += 1
            self._skip_spaces()
        number = self._paragraph() if self._peek() == "§" else None
        if number is None:
            self.at = before
        return number

    def _paragraph(self) -> int | None:
        self.at += 1
        self._skip_spaces()
        digits = self._digits(1, 5)
        return int(digits) if digits else None

    def _skip_spaces(self) -> bool:
        before = self.at
        while self._peek().isspace():
            self.at += 1
        return self.at > before

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]
