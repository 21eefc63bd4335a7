"""What a reference points at: a decision at a meeting, a case in the diary, or a paragraph alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DecisionReference:
    """A paragraph in the minutes of a meeting; ``body`` is KF, KS or another committee's letters.

    >>> str(DecisionReference("KS", date(2019, 6, 11), 225))
    'KS 2019-06-11 § 225'
    """

    body: str
    on: date
    paragraph: int

    def in_brackets(self) -> str:
        """Write the reference as it stands inside a sentence.

        >>> DecisionReference("KF", date(2019, 12, 10), 397).in_brackets()
        '(KF 2019-12-10, § 397)'
        """
        return f"({self.body} {self.on.isoformat()}, § {self.paragraph})"

    def __str__(self) -> str:
        return f"{self.body} {self.on.isoformat()} § {self.paragraph}"


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A case in a committee's diary, and a paragraph when one was written after it.

    >>> str(CaseNumber("KS", 2019, 519)), CaseNumber("KS", 2019, 519).with_word()
    ('KS 2019-519', 'Dnr KS 2019-519')
    """

    body: str
    year: int
    number: int
    paragraph: int | None = None

    def with_word(self) -> str:
        """Write the case number as it stands at the head of a document."""
        return f"Dnr {self}"

    def __str__(self) -> str:
        case = f"{self.body} {self.year:04d}-{self.number}"
        return case if self.paragraph is None else f"{case}, § {self.paragraph}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph whose meeting is told elsewhere.

    >>> str(Paragraph(7))
    '§ 7'
    """

    number: int

    def __str__(self) -> str:
        return f"§ {self.number}"


Reference = DecisionReference | CaseNumber | Paragraph
