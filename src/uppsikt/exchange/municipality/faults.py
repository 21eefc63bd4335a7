"""What is wrong in the files: every place at once, so that the file is mended in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.core.errors import UseError

CLOSED = "Filen går inte att öppna. Är det en fil som du får läsa?"
SHOWN = 200  # faults that are told in one go: nobody mends more before trying again


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: file, line in the file (the heading is line 1, 0 is the file as a whole), column, what to do."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        row = f", rad {self.line}" if self.line else ""
        column = f", kolumn {self.column}" if self.column else ""
        return f"{self.file}{row}{column}: {self.message}"


class BrokenFilesError(UseError):
    """The files cannot be loaded as they are; nothing was written. ``faults`` are all that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        count = "Ett fel" if len(self.faults) == 1 else f"{len(self.faults)} fel"
        lines = "\n".join(f"  {fault}" for fault in self.faults[:SHOWN])
        if len(self.faults) > SHOWN:
            lines += f"\n  … och {len(self.faults) - SHOWN} till."
        super().__init__(f"{count} i filerna. Ingenting är inläst. Rätta och läs in igen:\n{lines}")
