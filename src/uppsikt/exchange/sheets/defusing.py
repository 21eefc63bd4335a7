"""Texts that a spreadsheet would run as formulas are written so that they stay texts.

In CSV the only way is a sign before them: an apostrophe. What then begins with an apostrophe of its own before such
a sign gets one more, so that reading back gives the same text again, whatever it was.
"""

from __future__ import annotations

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n")


def is_dangerous(text: str) -> bool:
    """Say whether a spreadsheet could take the text for a formula.

    >>> [is_dangerous(text) for text in ("=1+1", "-5", "Hyra", "")]
    [True, True, False, False]
    """
    return text.startswith(_RUN)


def defused(text: str) -> str:
    """Give a text as it can safely stand in a CSV file.

    >>> defused('=HYPERLINK("x")'), defused("Hyra"), defused("'-5")
    ('\\'=HYPERLINK("x")', 'Hyra', "''-5")
    """
    return f"'{text}" if is_dangerous(text.lstrip("'")) else text


def without_defusing(text: str) -> str:
    """Give the text that was defused.

    >>> without_defusing("'=1+1"), without_defusing("'t Hoen")
    ('=1+1', "'t Hoen")
    """
    return text[1:] if text.startswith("'") and is_dangerous(text.lstrip("'")) else text
