"""Scores findings and claims against the reference truth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from benchmarks.granska.matching import Match, plain
from benchmarks.granska.truth import Truth
from uppsikt.core.findings import Confidence, Finding

# The codes under which a kind of error may be told: a wrong part may break a sum, a net or both.
CODES = {
    "sum": {"SUM", "NET", "OFW"},
    "difference": {"DEV", "NET", "SUM", "TXT", "XTB"},
    "of_which": {"OFW", "NET", "SGN", "SUM", "XTB"},
    "across_tables": {"XTB", "TXT"},
    "breakdown_range": {"BRK"},
    "count": {"CNT"},
    "text_vs_table": {"TXT", "CNT", "SGN"},
    "year": {"YER"},
    "unit": {"UNT"},
    "label": {"SGN", "REF", "SUM", "OFW", "DUP"},
}
TOLD = (Confidence.CERTAIN, Confidence.LIKELY)


@dataclass(frozen=True)
class Told:
    """A finding, and the one that it follows from (itself where it stands for itself)."""

    finding: Finding
    cause: Finding


def flat(findings: Sequence[Finding]) -> Iterator[Told]:
    """Give the findings and everything that follows from them."""
    for cause in findings:
        yield Told(cause, cause)
        yield from (Told(one, cause) for one in cause.consequences)


@dataclass(frozen=True)
class Scored:
    """Which true findings were told, by the id of the truth; and what was told that is not true."""

    told: dict[str, Told]
    false: tuple[Finding, ...]


def score_findings(truth: Truth, matches: Sequence[Match], findings: Sequence[Finding]) -> Scored:
    """Match what was told with what is true: the kind, the place, and what is stated or expected."""
    places = {one.truth.key: one for one in matches}
    everything = list(flat(findings))
    told: dict[str, Told] = {}
    matched: set[int] = set()
    for one in truth.findings:
        fitting = [found for found in everything if _fits(one, found.finding, truth, places)]
        if fitting:
            told[one["id"]] = fitting[0]
            matched.update(id(found.cause) for found in fitting)
    for one in truth.findings:  # one cause is told once
        if one.get("same_cause_as") in told:
            told.setdefault(one["id"], told[one["same_cause_as"]])
    false = [one for one in findings if one.confidence in TOLD and id(one) not in matched]
    return Scored(told, tuple(one for one in false if not one.explained_by_rounding))


def _fits(one: dict[str, Any], finding: Finding, truth: Truth, places: dict[str, Match]) -> bool:
    if finding.code not in CODES[one["kind"]]:
        return False
    if finding.place.quote and not finding.stated:  # words and no figure: the words tell that it is the same
        words = plain(finding.place.quote).strip('"”“ ')
        return any(words in plain(str(one.get(key) or "")) for key in ("stated", "row", "where"))
    said = {quantity.number.copy_abs() for quantity in (finding.stated, finding.expected) if quantity}
    known = {number for number in (_number(one["stated"]), _number(one["expected"])) if number is not None}
    rows = [(table, truth.rows.get((table, number), "")) for table, number, _ in one.get("cells", ())]
    rows += [(one["table"], one["row"])] if one.get("row") else []
    here = any(_at(finding, table, label, places) for table, label in rows)
    if here:
        return True
    in_table = any(_in_table(finding, table, places) for table in {one["table"], *(table for table, _ in rows)})
    # An error of the text may be told at the text's own place: the figure alone tells that it is the same.
    elsewhere = not finding.place.table or one["kind"] in ("text_vs_table", "count")
    return bool(known & said) and (in_table or elsewhere)


def _at(finding: Finding, table: str, label: str, places: dict[str, Match]) -> bool:
    return _in_table(finding, table, places) and plain(finding.place.row_label) == plain(label)


def _in_table(finding: Finding, table: str, places: dict[str, Match]) -> bool:
    match = places.get(table)
    return bool(match and match.read and match.read.key == finding.place.table)


def _number(value: object) -> Decimal | None:
    """Give what the truth states as a number without its sign, or None where it is words or zero."""
    try:
        number = Decimal(str(value)).copy_abs()
    except InvalidOperation:
        return None
    return number or None


@dataclass(frozen=True)
class Bound:
    """How many claims of the truth were bound to something, and how many of them were judged as in the truth."""

    claims: int
    bound: int
    agreed: int
    missed: tuple[dict[str, Any], ...]


def score_claims(truth: Truth, bindings: Sequence[Any]) -> Bound:
    """Look for each claim's words among the bound passages, and for its number there."""
    claims = [one for one in truth.claims if _number(one["value"]) is not None]
    bound, agreed, missed = 0, 0, []
    for claim in claims:
        mine = [one for one in bindings if _is_of(one, claim)]
        bound += bool(mine)
        agreed += any(one.agrees == claim["agrees"] for one in mine)
        missed += [] if mine else [claim]
    return Bound(len(claims), bound, agreed, tuple(missed))


def _is_of(binding: Any, claim: dict[str, Any]) -> bool:
    number = binding.number.number.copy_abs()
    return number == _number(claim["value"]) and plain(claim["says"])[:25] in plain(binding.passage.text)
