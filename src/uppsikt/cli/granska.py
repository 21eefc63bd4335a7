"""The command ``uppsikt granska``: reviews documents and says what does not add up.

It needs no database, settings or home: the files that it is given are all that it reads.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from uppsikt.core.errors import UseError, reason_of

if TYPE_CHECKING:
    from uppsikt.review.record import Record

NAME = "granska"
DESCRIPTION = "granska en rapport (PDF, Word, HTML, text) och säg vad som inte stämmer"
EXAMPLES = """Exempel:
  uppsikt granska arsredovisning.pdf
  uppsikt granska arsredovisning.pdf --annotate med-anmarkningar.pdf
  uppsikt granska 2023.pdf 2024.pdf
  uppsikt granska delarsrapport.docx --format html --out granskning.html

Slutkoder: 0 ingenting hittades, 1 något stämmer inte, 2 en fil gick inte att läsa."""
NOTHING, FOUND, COULD_NOT = 0, 1, 2
_FORMATS = ("text", "json", "html", "xlsx", "docx")
_SURENESS = {"certain": "certain", "likely": "likely", "possible": "possible",
             "säker": "certain", "trolig": "likely", "möjlig": "possible"}  # fmt: skip


def add_arguments(made: argparse.ArgumentParser) -> None:
    """Tell the parser what the command takes."""
    made.epilog = EXAMPLES
    made.add_argument("files", type=Path, nargs="+", metavar="FIL", help="rapporten; flera jämförs med varandra")
    made.add_argument("--format", choices=_FORMATS, help="text, json, html, xlsx eller docx (annars efter --out)")
    made.add_argument("--out", type=Path, metavar="FIL", help="skriv till en fil i stället för på skärmen")
    made.add_argument("--annotate", type=Path, metavar="FIL", help="skriv PDF:en med anmärkningarna utmärkta")
    made.add_argument(
        "--min-confidence", choices=tuple(_SURENESS), default="possible", metavar="GRAD",
        help="visa bara det som är minst så säkert: säker, trolig eller möjlig",
    )  # fmt: skip
    made.add_argument("--rounding", action="store_true", help="visa också det som avrundning kan förklara")
    made.add_argument("--reading", action="store_true", help="visa hur tabellerna har tolkats")
    made.add_argument("--bindings", action="store_true", help="visa vilka tal i texten som knöts till tabeller")
    made.add_argument("--dismissals", type=Path, metavar="FIL", help="fil med anmärkningar som är avfärdade")
    made.add_argument("--dismiss", metavar="NAMN", help="avfärda en anmärkning (med --reason och --dismissals)")
    made.add_argument("--reason", metavar="TEXT", help="varför den avfärdas")
    made.add_argument("--all", action="store_true", help="visa också det som är avfärdat")


def run(chosen: argparse.Namespace) -> int:
    """Review the files and show what was found."""
    try:
        return _run(chosen)
    except BrokenPipeError:  # who read has seen enough; nothing more is written, not even when Python ends
        _write_no_more()
        return FOUND


def _write_no_more() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(chosen: argparse.Namespace) -> int:
    from uppsikt.review.showing.grouping import selected, standing

    kind = _format(chosen)
    _check_use(chosen, kind)
    told = list(_reviewed(chosen.files, with_rounding=chosen.rounding))
    records = [record for _, record in told]
    if len(records) > 1:
        from uppsikt.review.comparing import compare_records

        records = compare_records(records, with_rounding=chosen.rounding)
    records = _set_aside(chosen, records)
    least = _SURENESS[chosen.min_confidence]
    shown = [selected(record, least=least, dismissed=chosen.all) for record in records]
    if shown:
        if chosen.annotate:
            _annotate(chosen.annotate, told[0][0], shown[0])
        _show(chosen, kind, shown)
    if len(records) < len(chosen.files):
        return COULD_NOT
    return FOUND if any(standing(record) for record in shown) else NOTHING


def _format(chosen: argparse.Namespace) -> str:
    if chosen.format:
        return str(chosen.format)
    suffix = chosen.out.suffix.lower().lstrip(".") if chosen.out else "text"
    kind = {"htm": "html", "txt": "text"}.get(suffix, suffix)
    if kind not in _FORMATS:
        raise UseError(
            f"Filnamnet {chosen.out} säger inte vilket format. Välj ett med --format: {', '.join(_FORMATS)}."
        )
    return kind


def _check_use(chosen: argparse.Namespace, kind: str) -> None:
    """Refuse before the work what would be refused after it."""
    outs = [out for out in (chosen.out, chosen.annotate, chosen.dismissals) if out]
    if len({os.path.realpath(out) for out in outs}) < len(outs):
        raise UseError(f"{outs[-1]} är angiven för två saker. Välj olika namn, så att det ena inte skrivs över.")
    for out in outs:
        if not out.absolute().parent.is_dir():
            raise UseError(f"Mappen {out.absolute().parent} finns inte, så {out.name} kan inte skrivas dit.")
        if any(_same(out, file) for file in chosen.files):
            raise UseError(f"{out} är rapporten som granskas. Välj ett annat namn, så att den inte skrivs över.")
    if kind in ("xlsx", "docx") and not chosen.out:
        raise UseError(f"Säg vilken fil som ska skrivas: --out granskning.{kind}")
    if chosen.annotate and len(chosen.files) > 1:
        raise UseError("--annotate märker ut anmärkningarna i en rapport i taget.")
    if chosen.dismiss and not (chosen.reason and chosen.reason.strip() and chosen.dismissals):
        raise UseError("Säg också varför, och i vilken fil det ska stå: --dismiss NAMN --reason TEXT --dismissals FIL")
    if chosen.reason and not chosen.dismiss:
        raise UseError("--reason säger varför något avfärdas. Säg också vad: --dismiss NAMN")


def _same(one: Path, other: Path) -> bool:
    with suppress(OSError):
        return one.samefile(other)
    return False


def _reviewed(files: Sequence[Path], *, with_rounding: bool) -> Iterator[tuple[Path, Record]]:
    """Review each file; one that cannot be read is told in a line and left out."""
    from uppsikt.documents.model import DocumentError
    from uppsikt.review.running import review_guarded
    from uppsikt.review.showing.grouping import printable

    names = _names(files)
    for path, name in zip(files, names, strict=True):
        progress = _Progress(name)
        try:
            record = review_guarded(path, name=name, progress=progress.tell, with_rounding=with_rounding)
        except DocumentError as error:
            progress.clear()
            print(f"uppsikt: {printable(str(error))}", file=sys.stderr)
        else:
            yield path, record
        finally:
            progress.clear()


def _names(files: Sequence[Path]) -> list[str]:
    """Call each document by its file's name, or by its path where two files have the same."""
    names = [path.name or str(path) for path in files]
    return [str(path) if names.count(name) > 1 else name for path, name in zip(files, names, strict=True)]


def _is_terminal(stream: TextIO | None) -> bool:
    """Say whether a person reads the stream; one that was closed before we began is None."""
    return stream is not None and stream.isatty()


class _Progress:
    """Tells how far the reading has come, on one line that is gone afterwards; only to somebody at a terminal."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._shown = 0

    def tell(self, done: int, total: int) -> None:
        """Write over what was told before."""
        from uppsikt.review.showing.grouping import printable

        if not _is_terminal(sys.stderr):
            return
        text = printable(f"Läser {self._name}: sida {done} av {total}")[: shutil.get_terminal_size().columns - 1]
        print("\r" + text.ljust(self._shown), end="", file=sys.stderr, flush=True)
        self._shown = max(self._shown, len(text))

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            print("\r" + " " * self._shown + "\r", end="", file=sys.stderr, flush=True)
            self._shown = 0


def _set_aside(chosen: argparse.Namespace, records: list[Record]) -> list[Record]:
    """Set aside what has been dismissed, and dismiss one more when asked to."""
    if not chosen.dismissals:
        return records
    from uppsikt.review import dismissals

    known = dismissals.read_dismissals(chosen.dismissals)
    if chosen.dismiss:
        record, finding = dismissals.find(records, chosen.dismiss)
        today = date.today().isoformat()  # noqa: DTZ011  # the day where the one who dismisses is
        new = dismissals.dismissal_of(finding, record["document"]["name"], chosen.reason.strip(), today)
        known = dismissals.with_dismissal(known, new)
        dismissals.write_dismissals(chosen.dismissals, known)
    return [dismissals.apply_dismissals(record, known) for record in records]


def _annotate(out: Path, path: Path, record: Record) -> None:
    from uppsikt.review.running import annotated_guarded
    from uppsikt.review.writing import write_whole

    if record["document"]["kind"] != "pdf":
        raise UseError(f"--annotate märker ut i en PDF, och {path.name} är ingen. Pröva --format html i stället.")
    write_whole(out, annotated_guarded(path, record))


def _show(chosen: argparse.Namespace, kind: str, records: list[Record]) -> None:
    pieces = _pieces(chosen, kind, records)
    if not chosen.out:
        _to_screen(pieces)
        return
    from uppsikt.review.writing import write_whole

    data = b"".join(piece if isinstance(piece, bytes) else piece.encode(errors="replace") for piece in pieces)
    write_whole(chosen.out, data)


def _to_screen(pieces: Iterable[str | bytes]) -> None:
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(errors="replace")  # a screen that lacks a letter shows something in its place
    try:
        for piece in pieces:
            print(piece, end="")
        print(end="", flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        _write_no_more()
        raise UseError(f"Det som hittades gick inte att skriva ut: {reason_of(error)}.") from error


def _pieces(chosen: argparse.Namespace, kind: str, records: list[Record]) -> Iterable[str | bytes]:
    """Give what is shown, in the format that was chosen."""
    if kind == "json":
        from uppsikt.review.showing.data import json_of

        return json_of(records)
    if kind == "html":
        from uppsikt.review.showing.page import page_of

        return page_of(records)
    if kind == "text":
        return _lines(chosen, records)
    from uppsikt.review.showing import files

    make = files.findings_xlsx if kind == "xlsx" else files.findings_docx
    return [make(*records)]


def _lines(chosen: argparse.Namespace, records: list[Record]) -> Iterator[str]:
    from uppsikt.review.showing.terminal import Look, lines_of

    at_terminal = not chosen.out and _is_terminal(sys.stdout)
    look = Look(
        width=shutil.get_terminal_size((100, 24)).columns,
        colour=at_terminal and not os.environ.get("NO_COLOR"),
        reading=chosen.reading,
        bindings=chosen.bindings,
        names=bool(chosen.dismissals),
    )
    for number, record in enumerate(records):
        yield "\n" if number else ""
        yield from (f"{line}\n" for line in lines_of(record, look))
