"""Web pages: headings, paragraphs, lists and tables as blocks; no script runs and nothing is fetched."""

from uppsikt.documents.html.reading import read_html

__all__ = ["read_html"]
