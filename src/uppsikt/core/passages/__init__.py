"""Running text: passages with the headings that they stand under. The numbers in them are found by checks."""

from uppsikt.core.passages.passage import Passage

__all__ = ["Passage"]
