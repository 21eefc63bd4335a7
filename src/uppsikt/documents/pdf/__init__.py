"""Reads PDF: what stands on the pages, in reading order, with the place of every cell.

opening     opens the file or says why not
glyphs      the words, lines and areas of one page (by pdfium); drawing, words and page belong to it
turning     pages whose text runs sideways, turned upright and back
furniture   running headers and footers, which are left out; contents: entries of a table of contents
tags        the structure that the file itself tells, where it does; tagged: tables by it, where the page agrees
grids       tables by geometry: where the cells are (grid_*)
flow        reading order: columns; lines and paragraphs: text out of words; styles: which are headings
layout      all of that for one page; joining: the pages together; reading: the whole file
pictures    a page as PNG, for the eye; quotes: where quoted words stand
"""

from uppsikt.documents.pdf.reading import read_pdf

__all__ = ["read_pdf"]
