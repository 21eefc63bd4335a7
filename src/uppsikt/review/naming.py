"""Names of findings that stay the same for as long as what they say does.

A finding is named by its rule, its place in words (headings, table title, row, column, or the words
of the text) and its figures; never by a number that a table happens to have. So the name survives a
table that is put in before it, and changes when the figures do.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from uppsikt.review.record import FindingRecord

_LENGTH = 12  # hexadecimal digits of a name


def named(findings: Iterable[FindingRecord]) -> list[FindingRecord]:
    """Give findings their names; ``place`` comes in words and ``cause`` as "" where it is the one before.

    Two findings that say the same of places with the same words are told apart by their order.
    """
    places: Counter[str] = Counter()
    names: Counter[str] = Counter()
    made, head = [], ""
    for finding in findings:
        place = f"{finding['code']}\x1f{finding['place']}"
        facts = (finding["stated"], finding["expected"], finding["quote"], finding["facts"].get("document"))
        identity = "\x1f".join([place, *(fact or "" for fact in facts)])
        places[place] += 1
        names[identity] += 1
        finding["place"] = _name(place, places[place])
        finding["id"] = _name(identity, names[identity])
        if finding["cause"] == "":
            finding["cause"] = head
        else:
            head = finding["cause"] or finding["id"]
        made.append(finding)
    return made


def _name(words: str, number: int) -> str:
    words = f"{words}\x1f{number}"
    return hashlib.sha256(words.encode(errors="surrogatepass")).hexdigest()[:_LENGTH]
