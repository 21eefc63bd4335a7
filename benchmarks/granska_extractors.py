"""Time and share of cells right, beside general extractors of tables: kinds of tables x engines x tagged and untagged.

python -m benchmarks.granska_extractors [--kinds ruled none ...] [--engines typst ...] [--ours] [--misses FILE]

The extractors are installed into an environment of their own (.make/extractors) by this command only.
Everybody is scored leniently (deps.md, 5): the best-matching table or two parts of one joined, an offset of a
few rows or one column allowed, spaces ignored and a footnote mark forgiven; minus signs are required.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pikepdf

from benchmarks import pdf_tables
from benchmarks.granska.extract_with import TOOLS
from benchmarks.measuring import markdown
from uppsikt.documents.model import Grid
from uppsikt.documents.opening import open_content

HERE = Path(__file__).resolve().parents[1]
HOME = HERE / ".make" / "extractors"
PACKAGES = ("camelot-py", "pdfplumber", "pymupdf", "playa-pdf", "weasyprint")
KINDS = ("ruled", "horizontal", "none", "goals-ruled", "goals-horizontal", "goals-none")
SEED = 11  # other tables than those that the reader was made with (seed 1)
OURS = "uppsikt"
READS_TAGS = ("playa-pdf, taggar",)
Rows = list[list[str]]


@dataclass(frozen=True)
class Case:
    """A PDF with known tables."""

    kind: str
    engine: str
    tagged: bool
    path: Path
    truth: list[Rows]


@dataclass
class Score:
    """Cells right of all, and the time that it took."""

    right: int = 0
    of: int = 0
    seconds: float = 0.0
    misses: list[str] = field(default_factory=list)

    def share(self) -> str:
        """Tell the share: "98,7 %"."""
        return f"{100 * self.right / self.of:.1f} %".replace(".", ",") if self.of else "–"


def prepare() -> Path | None:
    """Give the Python of the extractors' environment, made when it is missing; None when it cannot be made."""
    python = HOME / "bin" / "python"
    if not (HOME / "ready").exists():
        uv = [str(Path(sys.executable).with_name("uv"))]
        try:
            subprocess.run([*uv, "venv", "-q", "--clear", "-p", sys.executable, str(HOME)], check=True)
            subprocess.run([*uv, "pip", "install", "-q", "-p", str(python), *PACKAGES], check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"Tabelläsarna kunde inte installeras: {error}", file=sys.stderr)
            return None
        (HOME / "ready").touch()
    return python


def make(
    folder: Path, python: Path | None, kinds: Sequence[str], engines: Sequence[str], seed: int = SEED
) -> list[Case]:
    """Write every kind with every engine, tagged and untagged."""
    if python is not None:
        pdf_tables.WEASYPRINT_PYTHON = str(python)
    else:
        engines = [one for one in engines if one != "weasyprint"]
    made = pdf_tables.make_cases(folder, kinds=kinds, engines=engines, seed=seed)
    _tag_office([one.path for one in made if one.engine == "libreoffice"], folder)
    cases = []
    for one in made:
        for tagged in (False, True):
            path = _variant(one.path, one.engine, python, tagged=tagged)
            if path is not None:
                cases.append(Case(one.kind, one.engine, tagged, path, one.truth))
    return cases


def _variant(path: Path, engine: str, python: Path | None, *, tagged: bool) -> Path | None:
    """Give the file with or without tags."""
    if not tagged:
        return _without_tags(path)
    other = path.with_suffix(".tagged.pdf")
    if engine == "weasyprint":
        source = path.with_suffix(".html")
        script = "import sys, weasyprint as w; w.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/ua-1')"
        subprocess.run([str(python), "-c", script, str(source), str(other)], check=True, capture_output=True)
        return other
    return other if engine == "libreoffice" else path


def _without_tags(path: Path) -> Path:
    other = path.with_suffix(".plain.pdf")
    with pikepdf.open(path) as file:
        for name in ("/StructTreeRoot", "/MarkInfo"):
            if name in file.Root:
                del file.Root[name]
        file.save(other)
    return other


def _tag_office(paths: Sequence[Path], folder: Path) -> None:
    """Let LibreOffice write its Word files once more, with tags; all in one start."""
    if not paths:
        return
    tagging = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
    target = folder / "tagged"
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", tagging,
         "--outdir", str(target), *(str(path.with_suffix(".docx")) for path in paths)],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    for path in paths:
        (target / path.name).rename(path.with_suffix(".tagged.pdf"))


def read_ours(paths: Sequence[Path]) -> Iterator[tuple[float, list[Rows]]]:
    """Read files by this program."""
    for path in paths:
        begun = time.perf_counter()
        content = open_content(path.read_bytes(), path.name)
        took = time.perf_counter() - begun
        yield took, [_rows(block) for block in content.blocks if isinstance(block, Grid)]


def _rows(grid: Grid) -> Rows:
    rows = []
    for row in grid.rows:
        texts = [""] * grid.width
        for cell in row.cells:
            texts[cell.column] = cell.text
        rows.append(texts)
    return rows


def read_by(tool: str, python: Path, paths: Sequence[Path]) -> Iterator[tuple[float, list[Rows]]]:
    """Read files by one of the extractors, in one process."""
    script = HERE / "benchmarks" / "granska" / "extract_with.py"
    told = subprocess.run(
        [str(python), str(script), tool, *map(str, paths)], capture_output=True, text=True, check=False
    )
    lines = [json.loads(line) for line in told.stdout.splitlines() if line.startswith("{")]
    by_file = {line["file"]: line for line in lines}
    for path in paths:
        line = by_file.get(str(path), {"seconds": 0.0, "tables": []})
        yield line["seconds"], line["tables"]


def by_tool(tool: str, python: Path, cases: Sequence[Case]) -> dict[tuple[str, str, bool], Score]:
    """Score an extractor on the files that concern it: only one of them looks at tags at all."""
    mine = [one for one in cases if one.tagged == (tool in READS_TAGS)]
    return score_files(mine, read_by(tool, python, [one.path for one in mine]))


_SPACES = re.compile(r"\s+")
_MINUSES = re.compile(r"[\u2010-\u2015\u2212\u00ad]")


def plain(text: str) -> str:
    """Give a cell's text without spaces, every dash the same."""
    return _MINUSES.sub("-", _SPACES.sub("", text))


def same(read: str, true: str) -> bool:
    """Say whether a cell is right; a footnote digit after words is forgiven."""
    return read == true or (read[:-1] == true and read[-1:].isdigit() and not true[-1:].isdigit())


def score(truth: Rows, tables: Sequence[Rows]) -> tuple[int, int, Rows]:
    """Give the cells of a true table that the best-matching read one has right, of all; and that table."""
    true = [[plain(text) for text in row] for row in truth]
    filled = [(y, x, text) for y, row in enumerate(true) for x, text in enumerate(row) if text]
    best: tuple[int, Rows] = (0, [])
    for table in tables:
        read = [[plain(text) for text in row] for row in table]
        if not {text for _, _, text in filled} & {text for row in read for text in row}:
            continue
        for down in range(-3, 4):
            for right in (-1, 0, 1):
                found = sum(same(_at(read, y + down, x + right), text) for y, x, text in filled)
                best = max(best, (found, table), key=lambda one: one[0])
    return best[0], len(filled), best[1]


def _at(rows: Rows, y: int, x: int) -> str:
    return rows[y][x] if 0 <= y < len(rows) and 0 <= x < len(rows[y]) else ""


def score_files(cases: Sequence[Case], read: Iterator[tuple[float, list[Rows]]]) -> dict[tuple[str, str, bool], Score]:
    """Score what was read of every file, by kind, engine and tags."""
    scores: dict[tuple[str, str, bool], Score] = defaultdict(Score)
    for case, (seconds, tables) in zip(cases, read, strict=True):
        mine = scores[case.kind, case.engine, case.tagged]
        mine.seconds += seconds
        whole = [_without_repeats(one) for one in tables]
        joined = [_joined(one, other) for one, other in pairwise(whole)]
        for number, truth in enumerate(case.truth):
            right, of, table = score(truth, [*whole, *joined])
            mine.right += right
            mine.of += of
            if right < of:
                heading = f"{case.path.name}, tabell {number}: {right}/{of}"
                mine.misses.append(_told(heading, truth, table))
    return scores


def _without_repeats(rows: Rows) -> Rows:
    """Leave out the header where a page break repeats it within a table."""
    return [row for at, row in enumerate(rows) if not at or row != rows[0]]


def _joined(one: Rows, other: Rows) -> Rows:
    """Put two parts of a table together; the header that the second repeats is left out."""
    repeated = 0
    while repeated < min(len(one), len(other)) and one[repeated] == other[repeated]:
        repeated += 1
    return one + other[repeated:]


def _told(heading: str, truth: Rows, read: Rows) -> str:
    rows = ["", heading, "  ska vara:"]
    rows += ["    " + " | ".join(row) for row in truth]
    rows += ["  lästes som:", *("    " + " | ".join(text.replace("\n", "⏎") for text in row) for row in read)]
    return "\n".join(rows)


def _total(scores: dict[tuple[str, str, bool], Score], **wanted: object) -> Score:
    total = Score()
    for (kind, engine, tagged), one in scores.items():
        place = {"kind": kind, "engine": engine, "tagged": tagged}
        if all(place[name] == value for name, value in wanted.items()):
            total.right += one.right
            total.of += one.of
            total.seconds += one.seconds
    return total


def by_kind(all_scores: dict[str, dict[tuple[str, str, bool], Score]], kinds: Sequence[str]) -> str:
    """Give the share of cells by tool and kind, untagged; and tagged, and the time a page, over all kinds."""
    rows = []
    for tool, scores in all_scores.items():
        shares = [_total(scores, kind=kind, tagged=False).share() for kind in kinds]
        files = _total(scores)
        rows.append([tool, *shares, _total(scores, tagged=True).share(), f"{files.seconds / max(1, len(scores)):.2f} s"
                     .replace(".", ",")])  # fmt: skip
    return markdown(("otaggade:", *kinds, "taggade, alla", "per fil"), rows)


def ours_by_engine(scores: dict[tuple[str, str, bool], Score], kinds: Sequence[str], engines: Sequence[str]) -> str:
    """Give our share of cells by kind and engine, untagged and tagged."""
    rows = [
        [kind, *(_total(scores, kind=kind, engine=engine, tagged=tagged).share()
                 for engine in engines for tagged in (False, True))]
        for kind in kinds
    ]  # fmt: skip
    return markdown(
        ("", *(f"{engine}{', taggad' if tagged else ''}" for engine in engines for tagged in (False, True))), rows
    )


def measured() -> str:
    """Measure everybody on the kinds that the issue names, and ourselves on every kind."""
    with tempfile.TemporaryDirectory() as name:
        python = prepare()
        cases = make(Path(name), python, pdf_tables.KINDS, pdf_tables.ENGINES)
        named = [one for one in cases if one.kind in KINDS]
        ours = score_files(cases, read_ours([one.path for one in cases]))
        everybody = {OURS: {place: one for place, one in ours.items() if place[0] in KINDS}}
        for tool in TOOLS if python else ():
            everybody[tool] = by_tool(tool, python, named)
        return f"{by_kind(everybody, KINDS)}\n\n{ours_by_engine(ours, pdf_tables.KINDS, pdf_tables.ENGINES)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", nargs="*", default=KINDS)
    parser.add_argument("--engines", nargs="*", default=pdf_tables.ENGINES)
    parser.add_argument("--ours", action="store_true", help="bara vår egen läsare")
    parser.add_argument("--misses", type=Path, help="skriv våra missar till en fil")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--folder", type=Path, help="var filerna ska ligga")
    chosen = parser.parse_args()
    python = prepare()
    with tempfile.TemporaryDirectory() as name:
        cases = make(chosen.folder or Path(name), python, chosen.kinds, chosen.engines, chosen.seed)
        paths = [one.path for one in cases]
        everybody = {OURS: score_files(cases, read_ours(paths))}
        for tool in () if chosen.ours or python is None else TOOLS:
            everybody[tool] = by_tool(tool, python, cases)
            print(by_kind({tool: everybody[tool]}, chosen.kinds), flush=True)
    print(by_kind(everybody, chosen.kinds), "\n\n", ours_by_engine(everybody[OURS], chosen.kinds, chosen.engines))
    if chosen.misses:
        misses = [words for one in everybody[OURS].values() for words in one.misses]
        chosen.misses.write_text("\n".join(misses))
        print(f"\n{len(misses)} tabeller med fel: {chosen.misses}")


if __name__ == "__main__":
    main()
