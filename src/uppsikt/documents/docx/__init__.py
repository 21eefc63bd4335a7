"""Word documents (.docx): paragraphs, lists, footnotes and tables as blocks; no macro, link or field is ever run."""

from uppsikt.documents.docx.reading import read_docx

__all__ = ["read_docx"]
