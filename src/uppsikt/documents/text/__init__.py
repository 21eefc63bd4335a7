"""Plain text, above all text that somebody extracted from a PDF: headings, paragraphs and tables as blocks."""

from uppsikt.documents.text.reading import read_text

__all__ = ["read_text"]
