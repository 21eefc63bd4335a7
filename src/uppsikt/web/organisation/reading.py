"""Whole numbers that come from an address or a form outside of Django's own fields."""

from __future__ import annotations

_DIGITS = 15  # more than any key, month or amount of ours has; a longer text is nobody's number


def whole_number(text: str) -> int | None:
    """Give the number that a text of digits says; None for everything else, however it is written.

    >>> whole_number("202408"), whole_number("²"), whole_number("-1"), whole_number("9" * 5000)
    (202408, None, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None
