"""PDF that LibreOffice makes of Word is read back as its Word file; all files are turned in one start."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from benchmarks.granska.making import make
from benchmarks.granska.planting import PLANTERS
from benchmarks.granska.reading import departures, review, wrong_findings
from benchmarks.granska.typeset import OFFICE, office_pdfs, to_docx

SEEDS = (200, 201, 202, 203)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every seed's report as PDF, without rows that page breaks part and with, and with a wrong sum."""
    if shutil.which(OFFICE) is None:
        pytest.skip("LibreOffice finns inte på datorn.")
    folder = tmp_path_factory.mktemp("kontor")
    for seed in SEEDS:
        report = make(Random(seed))
        (folder / f"{seed}.docx").write_bytes(to_docx(report, whole_rows=True))
        (folder / f"{seed}-delad.docx").write_bytes(to_docx(report))
        planted = PLANTERS["fel summa"](Random(seed), report)
        if planted is not None:
            (folder / f"{seed}-fel.docx").write_bytes(to_docx(planted.report, whole_rows=True))
    office_pdfs(sorted(folder.glob("*.docx")), folder)
    return folder


@pytest.mark.parametrize("seed", SEEDS)
def test_a_report_is_read_back_cell_for_cell(folder: Path, seed: int) -> None:
    reviewed = review((folder / f"{seed}.pdf").read_bytes(), "rapport.pdf")
    assert list(departures(make(Random(seed)), reviewed.document)) == []
    assert [one.message for one in reviewed.told()] == []


def test_so_is_one_whose_rows_run_over_page_breaks(folder: Path) -> None:
    for seed in SEEDS:
        reviewed = review((folder / f"{seed}-delad.pdf").read_bytes(), "rapport.pdf")
        assert list(departures(make(Random(seed)), reviewed.document)) == []


def test_a_wrong_sum_is_found(folder: Path) -> None:
    tried = 0
    for seed in SEEDS:
        planted = PLANTERS["fel summa"](Random(seed), make(Random(seed)))
        if planted is not None:
            tried += 1
            assert wrong_findings(planted, review((folder / f"{seed}-fel.pdf").read_bytes(), "rapport.pdf")) == ""
    assert tried
