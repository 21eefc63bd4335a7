"""Makes PDF tables of every kind with several engines, together with what stands in each cell.

``make_cases(folder)`` writes documents of invented municipal tables: fully ruled, horizontal rules only,
zebra fills, no rules, goal tables with wrapped text, spanning headers, wrapped labels, tables side by side and
in the columns of a page; each by typst, LibreOffice (from Word), Chromium and weasyprint.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.pdf_table_content import Case, tables_of
from benchmarks.pdf_table_markup import write_docx, write_html, write_typst

KINDS = (
    "ruled", "horizontal", "zebra", "none", "framed", "upright", "booktabs", "double",
    "goals-ruled", "goals-horizontal", "goals-none", "spanning-ruled", "spanning-horizontal",
    "labels-top", "labels-bottom", "labels-middle", "beside", "columns",
)  # fmt: skip
ENGINES = ("typst", "chromium", "weasyprint", "libreoffice")


@dataclass
class Made:
    """A PDF and its tables: ``header`` counts each table's header rows."""

    kind: str
    engine: str
    path: Path
    truth: list[list[list[str]]]
    header: list[int] = field(default_factory=list)


# ---- the engines


def _by_typst(kind: str, tables: list[Case], rng: random.Random, path: Path) -> None:
    import typst

    source = path.with_suffix(".typ")
    source.write_text(write_typst(kind, tables, rng), encoding="utf-8")
    typst.compile(str(source), output=str(path))


def _by_chromium(kind: str, tables: list[Case], rng: random.Random, path: Path) -> None:
    source = path.with_suffix(".html")
    source.write_text(write_html(kind, tables, rng), encoding="utf-8")
    profile = path.parent / "chromium"
    command = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={profile}",
        "--no-pdf-header-footer",
    ]
    subprocess.run([*command, f"--print-to-pdf={path}", source.as_uri()], check=True, capture_output=True, timeout=120)


def _by_weasyprint(kind: str, tables: list[Case], rng: random.Random, path: Path) -> None:
    source = path.with_suffix(".html")
    source.write_text(write_html(kind, tables, rng), encoding="utf-8")
    script = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2])"
    python = WEASYPRINT_PYTHON or sys.executable
    subprocess.run([python, "-c", script, str(source), str(path)], check=True, capture_output=True, timeout=300)


def _by_libreoffice(kind: str, tables: list[Case], rng: random.Random, path: Path) -> None:
    source = path.with_suffix(".docx")
    write_docx(kind, tables, rng, source)
    profile = f"-env:UserInstallation={(path.parent / 'office').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)


WEASYPRINT_PYTHON = ""  # another interpreter that has weasyprint, which the project itself does not need
_BY: dict[str, Callable[[str, list[Case], random.Random, Path], None]] = {
    "typst": _by_typst,
    "chromium": _by_chromium,
    "weasyprint": _by_weasyprint,
    "libreoffice": _by_libreoffice,
}


def make_cases(
    folder: Path, kinds: Sequence[str] = KINDS, engines: Sequence[str] = ENGINES, seed: int = 1
) -> list[Made]:
    """Write a document for each kind and engine and give them with their truth; a seed gives the same each time."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    cases = []
    for kind in kinds:
        for engine in engines:
            rng = random.Random(f"{kind} {engine} {seed}")
            tables, path = tables_of(kind, rng), folder / f"{kind}-{engine}-{seed}.pdf"
            _BY[engine](kind, tables, rng, path)
            cases.append(
                Made(kind, engine, path, [table.truth() for table in tables], [len(table.header) for table in tables])
            )
    return cases
