"""LibreOffice as a person's spreadsheet: opens a file and saves it as another kind."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def converted(file: Path, kind: str, folder: Path) -> Path:
    """Let LibreOffice open a file and save it as another kind."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice saknas: sudo apt install libreoffice-calc")
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={(folder.parent / 'profil').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{file.stem}.{kind}"
