"""Makes true reports, writes them in every format, reads them back, and plants errors that must be found.

python -m benchmarks.granska_round_trip [--reports 20] [--seed 0] [--formats direkt html docx ...] [--verbose]

"direkt" hands the tables to the checks without a file: what fails there is the checks' own. The PDF
by LibreOffice is made in one start for all reports.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks.granska.made import Made, Report, Text
from benchmarks.granska.making import make
from benchmarks.granska.planting import PLANTERS, Planted
from benchmarks.granska.reading import Reviewed, as_written, check, departures, review, wrong_findings
from benchmarks.granska.typeset import office_pdfs, to_docx, to_pdf
from benchmarks.granska.writing import SHAPES, to_html, to_text
from benchmarks.measuring import markdown

SPACED = ("kolumner", "en rad per rad")  # shapes in which a plain space between thousands may part two cells
REPORTS = 24
FLAT = ("en cell per rad", "en rad per rad")


def _text_in(shape: str) -> Callable[[Report], bytes]:
    return lambda report: to_text(report, shape)


WRITERS: dict[str, tuple[str, Callable[[Report], bytes]]] = {
    "html": ("rapport.html", to_html),
    "docx": ("rapport.docx", to_docx),
    "pdf": ("rapport.pdf", to_pdf),
    **{f"text: {shape}": ("rapport.txt", _text_in(shape)) for shape in SHAPES},
}
FORMATS = ("direkt", *WRITERS, "pdf: LibreOffice")


class Tally:
    """Counts what was right, by format and by kind of error, and keeps what was not."""

    def __init__(self) -> None:
        self.right: Counter[tuple[str, str]] = Counter()
        self.of: Counter[tuple[str, str]] = Counter()
        self.wrong: dict[tuple[str, str], list[str]] = defaultdict(list)

    def add(self, kind: str, what: str, words: str) -> None:
        """Enter one case; ``words`` are empty when it was right."""
        self.of[kind, what] += 1
        self.right[kind, what] += not words
        if words:
            self.wrong[kind, what].append(words)


def suited(report: Report, kind: str) -> Report:
    """Give what of a report can be told in a format without becoming ambiguous.

    Where cells are parted by spaces a plain space in a number would part it too; and where cells are
    parted by nothing but lines, a table of words only is no table any more.
    """
    shape = kind.removeprefix("text: ")
    if shape in SPACED and report.style.group == " ":
        report = restyled(report)
    if shape not in FLAT:
        return report
    gone = {part.title for part in report.parts if isinstance(part, Made) and part.kind in ("assessment", "assignment")}
    parts = [one for one in report.parts if not (isinstance(one, Made) and one.title in gone)]
    parts = [one for one in parts if not (isinstance(one, Text) and gone & {fact.table for fact in one.facts})]
    return replace(report, parts=tuple(parts))


def restyled(report: Report) -> Report:
    """Write a report's thousands with no-break spaces instead of plain ones, in tables and in the text."""

    def table(made: Made) -> Made:
        lines = [replace(one, cells=tuple(map(_unbroken, one.cells))) for one in made.lines]
        return replace(made, lines=tuple(lines))

    def text(one: Text) -> Text:
        facts = [replace(fact, text=_unbroken(fact.text)) for fact in one.facts]
        return Text(_unbroken(one.text), tuple(facts))

    parts = [
        table(one) if isinstance(one, Made) else text(one) if isinstance(one, Text) else one for one in report.parts
    ]
    return replace(report, style=replace(report.style, group="\u00a0"), parts=tuple(parts))


def _unbroken(text: str) -> str:
    return re.sub(r"(?<=\d) (?=\d{3}\b)", "\u00a0", text)


def cases(seeds: Sequence[int], kind: str) -> Iterator[tuple[int, Report, list[Planted]]]:
    """Give true reports, each with every error that can be planted in it."""
    for seed in seeds:
        report = suited(make(Random(seed)), kind)
        found = [planter(Random(seed), report) for planter in PLANTERS.values()]
        yield seed, report, [one for one in found if one is not None]


def judge(tally: Tally, kind: str, seed: int, report: Report, reviewed: Reviewed) -> None:
    """Compare a true report with what was read, and with what was told of it."""
    departed = list(departures(report, reviewed.document))
    tally.add(kind, "återläst", f"{seed}: " + "; ".join(departed[:4]) if departed else "")
    told = [f"{one.code} {one.confidence} {one.message}" for one in reviewed.told()]
    tally.add(kind, "inget falskt fynd", f"{seed}: " + "; ".join(told[:4]) if told else "")


def run(tally: Tally, kind: str, seeds: Sequence[int]) -> None:
    """Try a format on all reports."""
    for seed, report, planted in cases(seeds, kind):
        try:
            judge(tally, kind, seed, report, _reviewed(kind, report))
            for one in planted:
                words = wrong_findings(one, _reviewed(kind, one.report))
                tally.add(kind, one.what, f"{seed}: {words}" if words else "")
        except Exception:  # whatever happens to one report is told and the rest goes on
            tally.add(kind, "återläst", f"{seed}: {traceback.format_exc(limit=-3)}")


def _reviewed(kind: str, report: Report) -> Reviewed:
    if kind == "direkt":
        return check(as_written(report))
    name, writer = WRITERS[kind]
    return review(writer(report), name)


def run_office(tally: Tally, seeds: Sequence[int]) -> None:
    """Try Word files that LibreOffice has made into PDF."""
    with tempfile.TemporaryDirectory() as name:
        folder, made = Path(name), list(cases(seeds, "pdf: LibreOffice"))
        for seed, report, planted in made:
            for at, one in enumerate((report, *(two.report for two in planted))):
                (folder / f"{seed}-{at}.docx").write_bytes(to_docx(one))
        office_pdfs(sorted(folder.glob("*.docx")), folder)
        for seed, report, planted in made:
            data = [(folder / f"{seed}-{at}.pdf").read_bytes() for at in range(len(planted) + 1)]
            judge(tally, "pdf: LibreOffice", seed, report, review(data[0], "rapport.pdf"))
            for at, one in enumerate(planted, 1):
                words = wrong_findings(one, review(data[at], "rapport.pdf"))
                tally.add("pdf: LibreOffice", one.what, f"{seed}: {words}" if words else "")


def tallied(formats: Sequence[str], seeds: Sequence[int]) -> Tally:
    """Try the formats on the reports of the seeds."""
    tally = Tally()
    for kind in formats:
        if kind == "pdf: LibreOffice":
            run_office(tally, seeds[: max(1, len(seeds) // 4)])
        else:
            run(tally, kind, seeds)
    return tally


def table_of(tally: Tally, formats: Sequence[str]) -> str:
    """Give right of all, by kind of error and format."""
    names = ["återläst", "inget falskt fynd", *PLANTERS]
    rows = [[name, *(f"{tally.right[kind, name]}/{tally.of[kind, name]}" for kind in formats)] for name in names]
    return markdown(("", *formats), rows)


def measured() -> str:
    """Try every format and give the table."""
    return table_of(tallied(FORMATS, range(5000, 5000 + REPORTS)), FORMATS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--formats", nargs="*", default=FORMATS)
    parser.add_argument("--verbose", action="store_true")
    chosen = parser.parse_args()
    tally = tallied(chosen.formats, range(chosen.seed, chosen.seed + chosen.reports))
    print(table_of(tally, chosen.formats))
    for (kind, what), wrong in tally.wrong.items():
        print(f"\n{kind}, {what}: {len(wrong)} fel")
        for words in wrong if chosen.verbose else wrong[:2]:
            print(f"  {words[:1500]}")


if __name__ == "__main__":
    main()
