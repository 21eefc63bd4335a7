"""The workbook goes through LibreOffice: opened there, a cell changed in its own format, saved as XLSX, loaded back."""

from __future__ import annotations

from pathlib import Path

from tests.web.budget.conftest import Made
from tests.web.budget.libreoffice import converted
from uppsikt.web.budget.selectors.workbooks import proposal_of, workbook_of


def test_a_cell_that_is_changed_in_libreoffice_is_the_only_one_that_changes(made: Made, tmp_path: Path) -> None:
    out = tmp_path / "budget.xlsx"
    out.write_bytes(workbook_of(made.kim, made.version, 2024))
    flat = converted(out, "fods", tmp_path / "fods")
    text = flat.read_text()
    cell = 'office:value="250001"'
    assert text.count(cell) == 1
    flat.write_text(text.replace(cell, 'office:value="500000"', 1))
    back = converted(flat, "xlsx", tmp_path / "tillbaka")
    proposal = proposal_of(made.kim, made.version, back.read_bytes(), back.name)
    assert proposal.faults == ()
    (one,) = proposal.differences
    assert one.before is not None
    assert one.after is not None
    assert (one.month, int(one.before.number), int(one.after.number)) == ("januari", 250_001, 500_000)
