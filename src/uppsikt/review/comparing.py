"""Compares documents: what several state differently, and what became of findings between two versions of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.review.between import Between
from uppsikt.review.naming import named
from uppsikt.review.record import FindingRecord, Record


def compare_records(records: Sequence[Record], *, with_rounding: bool = False) -> list[Record]:
    """Give the records with what they state differently, found in the later of two documents.

    Later is the document that is about a later year, or that stands later in the sequence. An outcome
    that differs is likely wrong; a budget that differs may have been changed by a decision, so it is
    possible. What follows from a finding that the later document has anyway stands under that one.
    """
    both = Between(records)
    found = both.differences(with_rounding=with_rounding)
    causes = both.causes(found)
    heads = sorted(range(len(found)), key=lambda at: (causes.get(at, at), at))
    added: dict[int, list[FindingRecord]] = defaultdict(list)
    for at in heads:
        known = both.known(found[at])
        cause = "" if at in causes else (known["cause"] or known["id"]) if known else None
        added[found[at].said.later].append(both.record(found[at], cause))
    return [
        {**record, "findings": [*record["findings"], *named(added[at])]} if added[at] else record
        for at, record in enumerate(records)
    ]


@dataclass(frozen=True)
class Versions:
    """What became of the findings between two versions of a document.

    ``unchanged`` pairs each finding that remains with what it was; where their ids differ, its figures have changed.
    """

    new: tuple[FindingRecord, ...]
    mended: tuple[FindingRecord, ...]
    unchanged: tuple[tuple[FindingRecord, FindingRecord], ...]


def compare_versions(old: Record, new: Record) -> Versions:
    """Match the findings of two versions by what they say, then those that are left by where they stand."""
    left = {finding["id"]: finding for finding in old["findings"]}
    pairs = {one["id"]: before for one in new["findings"] if (before := left.pop(one["id"], None)) is not None}
    places = {finding["place"]: finding for finding in left.values()}
    for finding in new["findings"]:
        before = places.pop(finding["place"], None) if finding["id"] not in pairs else None
        if before is not None:
            pairs[finding["id"]] = left.pop(before["id"])
    return Versions(
        new=tuple(one for one in new["findings"] if one["id"] not in pairs),
        mended=tuple(left.values()),
        unchanged=tuple((pairs[one["id"]], one) for one in new["findings"] if one["id"] in pairs),
    )
