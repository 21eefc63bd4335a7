"""Scores reading and checking on the reference truth (two documents that were read by hand).

python -m benchmarks.granska_truth [ks2017 ks2020budget] [--verbose] [--from-truth]

--verbose     every cell, row, finding and claim that was missed, with the reason
--from-truth  the checks alone, on the true tables
UPPSIKT_REFERENCE names the folder with the truth.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.granska.matching import Match, best_match, common, plain, why_missed
from benchmarks.granska.scores import Bound, Scored, score_claims, score_findings
from benchmarks.granska.truth import DOCUMENTS, Sheet, Truth, load, reference, sheet_of
from benchmarks.measuring import markdown
from uppsikt.core.findings import Finding


@dataclass(frozen=True)
class Reviewed:
    """What the program made of a document."""

    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...]
    bindings: tuple[Any, ...]
    pages: int
    seconds: float


@dataclass(frozen=True)
class Result:
    """A document's truth, what was made of it, and how they compare."""

    truth: Truth
    reviewed: Reviewed
    matches: tuple[Match, ...]
    scored: Scored
    bound: Bound

    def cells(self, form: str) -> tuple[int, int]:
        """Give how many numeric cells of tables of a form were right, and how many there are."""
        mine = [one for one in self.matches if one.truth.form == form]
        return sum(one.right for one in mine), sum(one.truth.cells for one in mine)


def review(truth: Truth) -> Reviewed:
    """Read, infer and check a document as the program does."""
    from uppsikt.checks import Printed, check_document, holds
    from uppsikt.documents.inference import infer
    from uppsikt.documents.opening import open_content

    begun = time.perf_counter()
    document = infer(open_content(truth.text.read_bytes(), truth.text.name), holds)
    printed = [Printed(one.table, one.order, one.section, one.page, one.kind) for one in document.tables]
    checked = check_document(printed, document.passages, with_rounding=True)
    took = time.perf_counter() - begun
    sheets = tuple(sheet_of(one.table) for one in document.tables)
    return Reviewed(sheets, tuple(checked.findings), tuple(checked.bindings), document.pages, took)


def review_true_tables(truth: Truth) -> Reviewed:
    """Check the true tables, as if everything had been read right; texts are left out."""
    from tests.checks.truth import tables_of
    from uppsikt.checks import check_tables
    from uppsikt.documents.model import page_count_of

    tables = tables_of(reference() / "truth" / truth.name)
    begun = time.perf_counter()
    findings = check_tables(tables, with_rounding=True)
    took = time.perf_counter() - begun
    pages = page_count_of(len(truth.text.read_text().splitlines()))
    return Reviewed(tuple(sheet_of(one) for one in tables), findings, (), pages, took)


def result_of(name: str, *, from_truth: bool = False) -> Result:
    """Review a document and compare with its truth."""
    truth = load(name)
    reviewed = review_true_tables(truth) if from_truth else review(truth)
    matches = tuple(best_match(one, reviewed.sheets) for one in truth.sheets)
    scored = score_findings(truth, matches, reviewed.findings)
    return Result(truth, reviewed, matches, scored, score_claims(truth, reviewed.bindings))


def measured() -> str:
    """Score the reference documents and give the table."""
    results = [result_of(name) for name in DOCUMENTS]
    heading = ("", *(one.truth.name for one in results), "tillsammans")
    rows = []
    for name, parts in zip(_NAMES, zip(*(_figures(one) for one in results), strict=True), strict=True):
        whole = (sum(right for right, _ in parts), sum(of for _, of in parts))
        rows.append([name, *(_told(name, *one) for one in (*parts, whole))])
    return markdown(heading, rows)


_NAMES = (
    "talceller i rätt rad och ordning, tabeller",
    "talceller i rätt rad och ordning, uppställningar i löptext",
    "rader funna",
    "raders roll",
    "kolumners roll och år",
    "tabellers enhet",
    "säkra fel funna",
    "säkra fel inom avrundning funna",
    "troliga och möjliga fel funna",
    "falska larm (säkra och troliga) per tio sidor",
    "uppgifter i löptext bundna",
)


def _figures(result: Result) -> list[tuple[float, float]]:
    """Give right and of, in the order of the names."""
    pairs = [(true, read) for match in result.matches for true, read in match.pairs]
    rows = sum(len(one.truth.lines) for one in result.matches if one.truth.form == "table" or one.truth.cells)
    of_lines = [one for one in result.matches if one.truth.form == "table" or one.truth.cells]
    units = [one for one in result.matches if one.truth.unit and one.read]
    certain, rounded, other = _findings(result)
    return [
        result.cells("table"),
        result.cells("list"),
        (sum(len(one.pairs) for one in of_lines), rows),
        (sum(true.role == read.role for true, read in pairs), len(pairs)),
        _columns(result),
        (sum(one.truth.unit == (one.read.unit if one.read else "") for one in units), len(units)),
        certain, rounded, other,
        (len(result.scored.false), result.reviewed.pages / 10),
        (result.bound.bound, result.bound.claims),
    ]  # fmt: skip


def _findings(result: Result) -> list[tuple[int, int]]:
    certain = [one for one in result.truth.findings if one["sure"] == "certain"]
    parts = (
        [one for one in certain if not one["rounding_can_explain"]],
        [one for one in certain if one["rounding_can_explain"]],
        [one for one in result.truth.findings if one["sure"] != "certain"],
    )
    return [(sum(one["id"] in result.scored.told for one in part), len(part)) for part in parts]


def _columns(result: Result) -> tuple[int, int]:
    right = of = 0
    for match in result.matches:
        read = {plain(head.label): head for head in match.read.heads} if match.read else {}
        for head in match.truth.heads:
            if match.read and head.role is not None:
                mine = read.get(plain(head.label))
                right += mine is not None and (mine.role, mine.year) == (head.role, head.year)
                of += 1
    return right, of


def _told(name: str, right: float, of: float) -> str:
    if "per tio sidor" in name:
        return f"{right / of:.1f} ({right:.0f} på {of * 10:.0f} sidor)".replace(".", ",")
    return f"{right / of:.1%} ({right:.0f}/{of:.0f})".replace(".", ",") if of else "–"


def _print_misses(result: Result) -> None:
    sheets = result.reviewed.sheets
    for match in result.matches:
        _print_table(match, sheets)
    for one in result.truth.findings:
        found = result.scored.told.get(one["id"])
        mark = f"funnet som {found.finding.code} ({found.finding.confidence})" if found else "EJ FUNNET"
        told = " (avrundning)" if one["rounding_can_explain"] else ""
        print(f"  {one['id']} {one['sure']} {one['kind']}{told} {one['table']} {one['where'][:70]}: "
              f"{one['stated']} ska vara {one['expected']}: {mark}")  # fmt: skip
    for claim in result.bound.missed:
        print(f"  ej bunden {claim['id']} {claim['says']!r} {claim['value']}: {claim['checks_against'][:60]}")


def _print_table(match: Match, sheets: Sequence[Sheet]) -> None:
    read = match.read
    named = f"{read.key} {read.title[:40]!r} ({read.unit})" if read else "ingen"
    truth = match.truth
    print(f"  {truth.key} {truth.form} {truth.title[:40]!r} ({truth.unit}): {named}, "
          f"talceller {match.right}/{truth.cells}, rader {len(match.pairs)}/{len(truth.lines)}")  # fmt: skip
    if read is not None:
        heads = [f"{one.label[:24]}={one.role}/{one.year}" for one in read.heads]
        true = [f"{one.label[:24]}={one.role}/{one.year}" for one in match.truth.heads]
        print(f"      kolumner {heads}" + (f" ska vara {true}" if heads != true else ""))
    pairs = {line.key: read for line, read in match.pairs}
    for line in match.truth.lines:
        mine = pairs.get(line.key)
        if line.numbers and (mine is None or common(line.numbers, mine.numbers) < len(line.numbers)):
            numbers = " ".join(str(one) for one in line.numbers)
            print(f"      SAKNAS {line.label[:60]!r} {numbers}: {why_missed(line, match, sheets)}")
        elif mine is not None and mine.role != line.role:
            print(f"      roll {line.label[:60]!r}: {mine.role}, ska vara {line.role}")
        elif mine is None:
            print(f"      rad saknas {line.label[:60]!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="*", default=DOCUMENTS)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--from-truth", action="store_true")
    chosen = parser.parse_args()
    for name in chosen.documents:
        result = result_of(name, from_truth=chosen.from_truth)
        print(f"{name}: {result.reviewed.seconds:.2f} s, {len(result.reviewed.sheets)} tabeller, "
              f"{result.reviewed.pages} sidor")  # fmt: skip
        for label, (right, of) in zip(_NAMES, _figures(result), strict=True):
            print(f"  {label}: {_told(label, right, of)}")
        for one in result.scored.false:
            print(f"  FALSKT LARM {one.code} {one.confidence} {one.place.table or one.place.passage}: {one.message}")
        if chosen.verbose:
            _print_misses(result)


if __name__ == "__main__":
    main()
