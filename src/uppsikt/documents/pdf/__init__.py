"""Reads PDF: what stands on the pages, in reading order, with the place of every cell.

opening     opens the file or says why not; tells a scan from text
glyphs      the words and lines of one page (by pdfium)
grids       tables by geometry: where the cells are
tags        the structure that the file itself tells, where it does (tagged PDF), and how far it is trusted
flow        reading order: columns, lines, paragraphs
furniture   running headers and footers, which are left out
styles      which lines are headings, and of what level
reading     all of it, page by page: the Content
pictures    a page as PNG, for the eye
"""

from uppsikt.documents.pdf.reading import read_pdf

__all__ = ["read_pdf"]
