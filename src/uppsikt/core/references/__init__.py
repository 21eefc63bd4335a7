"""References: decisions, case numbers and paragraphs, as they are written in reports and minutes."""

from uppsikt.core.references.reading import Found, find_references, parse_reference
from uppsikt.core.references.reference import CaseNumber, DecisionReference, Paragraph, Reference

__all__ = [
    "CaseNumber", "DecisionReference", "Found", "Paragraph", "Reference", "find_references", "parse_reference",
]  # fmt: skip
