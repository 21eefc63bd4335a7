"""Looks our dependencies over: known faults, contradictions among them, and licences.

The service of known faults is asked when it can be reached; when it cannot, that is said in one line
and the rest is still looked at. Ends with 1 when something is wrong.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ALL_PINS = ROOT / "requirements-dev.txt"
RUNTIME_PINS = ROOT / "requirements.txt"
# Licences that let the product be spread under EUPL-1.2 (its article 5 and appendix, and the permissive ones).
WELCOME = re.compile(r"\b(MIT|BSD|Apache|PSF|Python Software Foundation|ISC|MPL|LGPL|Zlib|Unlicense)", re.IGNORECASE)


def known_faults() -> tuple[list[str], str]:
    """Give the known faults in what we pin, and one line that says how much could be asked about."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", ALL_PINS, "--require-hashes", "--disable-pip"]
    asked = subprocess.run(
        [*command, "--format", "json", "--progress-spinner", "off", "--timeout", "15"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        packages = json.loads(asked.stdout)["dependencies"]
    except (ValueError, KeyError):
        return [], "Tjänsten för kända sårbarheter kunde inte nås: inget paket är jämfört med den."
    faults = [f"{one['name']} {one['version']}: {fault['id']}" for one in packages for fault in one.get("vulns", ())]
    answered = sum("skip_reason" not in one for one in packages)
    if answered < len(packages):
        return faults, f"Tjänsten för kända sårbarheter svarade om {answered} av {len(packages)} paket."
    return faults, f"Inga andra kända sårbarheter i {len(packages)} paket."


def contradictions() -> list[str]:
    """Give what pip finds missing or mismatched among the installed packages."""
    told = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    return told.stdout.splitlines() if told.returncode else []


def unwelcome_licences() -> list[str]:
    """Give the packages of the running product whose licence is unknown or not welcome."""
    names = re.findall(r"^([A-Za-z0-9._-]+)==(?!.*sys_platform)", RUNTIME_PINS.read_text(), re.MULTILINE)
    return [
        f"{name}: licensen {licence or 'saknas'}" for name in names if not WELCOME.search(licence := _licence(name))
    ]


def _licence(name: str) -> str:
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return "(inte installerat)"
    classified = [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
    return " ".join([about.get("License-Expression") or "", (about.get("License") or "")[:80], *classified]).strip()


def main() -> int:
    """Look everything over and tell it."""
    faults, told = known_faults()
    found = faults + contradictions() + unwelcome_licences()
    sys.stdout.write("\n".join([*found, told, "Beroenden: " + ("se ovan." if found else "inga anmärkningar.")]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
