"""The command line: the parser, and the one door that catches. Heavy rooms are imported when entered.

Exit codes: 0 done, 1 something was found that does not add up, 2 it could not be done.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from uppsikt import __version__
from uppsikt.cli import granska, ledger, ledger_load, person
from uppsikt.core.errors import UppsiktError

DONE, FOUND, COULD_NOT = 0, 1, 2
INTERRUPTED = 130  # as the shell says it: ended by the user
FORMATS = ("pdf", "docx", "xlsx", "html")

# argparse speaks English; these are all the faults that our commands can give.
_FAULTS = (
    (r"the following arguments are required: (.*)", r"det här saknas: \1"),
    (r"unrecognized arguments: (.*)", r"okänt på kommandoraden: \1"),
    (r"argument (\S+): invalid choice: (\S+) \(choose from (.*)\)", r"\2 går inte att välja här (\1). Välj bland: \3"),
    (r"argument (\S+): expected one argument", r"\1 behöver ett värde"),
    (r"argument (\S+): invalid \w+ value: (.*)", r"\1 ska vara ett heltal, inte \2"),
    (r"argument (\S+): (ska vara .*)", r"\1 \2"),
    (r"argument (\S+): ignored explicit argument (.*)", r"\1 tar inget värde (\2)"),
    (r"ambiguous option: (\S+) could match (.*)", r"\1 kan betyda flera saker: \2"),
)


class _SwedishHelp(argparse.RawDescriptionHelpFormatter):
    """Help whose first word is Swedish too."""

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # argparse's own signature
        """Begin with the Swedish word for usage."""
        super().add_usage(usage, actions, groups, "Användning: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser that speaks Swedish and ends with COULD_NOT on a fault in use."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(formatter_class=_SwedishHelp, add_help=False, **kwargs)  # type: ignore[arg-type]  # passed on as they are
        self._positionals.title = "Anges"
        self._optionals.title = "Val"
        self.add_argument("-h", "--help", action="help", help="visa den här hjälpen")

    def error(self, message: str) -> None:  # type: ignore[override]  # ends the process, as argparse's own does
        """Print one Swedish line and end."""
        for pattern, swedish in _FAULTS:
            message = re.sub(f"^{pattern}$", swedish, message, flags=re.DOTALL)
        self.exit(COULD_NOT, f"{self.prog}: {message}. Se {self.prog} --help\n")


def parser() -> argparse.ArgumentParser:
    """Make the parser of all commands."""
    top = _Parser(
        prog="uppsikt",
        description="Uppsikt: här styr en kommun och följer upp, från mål och budget till beslutad rapport.",
        epilog=(
            "Slutkoder: 0 klart, 1 något stämmer inte, 2 det gick inte.\n"
            "Databas och inställningar ligger i mappen UPPSIKT_HOME (annars ./var)."
        ),
    )
    top.add_argument("--version", action="version", version=f"uppsikt {__version__}", help="visa versionen")
    commands = top.add_subparsers(title="Kommandon", metavar="KOMMANDO", dest="command", required=True)
    for add in (_serving, _reviewing, _data, _ledger, _reports, _keeping):
        add(commands)
    return top


Commands = argparse._SubParsersAction  # noqa: SLF001  # argparse gives its type no public name


def _command(commands: Commands[_Parser], name: str, text: str, run: Callable[[argparse.Namespace], int]) -> _Parser:
    made = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    made.set_defaults(run=run)
    return made


def _serving(commands: Commands[_Parser]) -> None:
    for name, text in (
        ("demo", "lägg in demonstrationskommunen och visa den i webbläsaren"),
        ("serve", "starta webbservern på den här datorn (127.0.0.1)"),
    ):
        made = _command(commands, name, text, _entered(name))
        made.add_argument(
            "--port", type=_whole(65535), default=8000, metavar="N", help="port att lyssna på (annars 8000)"
        )
        if name == "demo":
            made.add_argument("--no-browser", action="store_true", help="öppna inte webbläsaren")
            made.add_argument("--only-load", action="store_true", help="lägg bara in kommunen, starta ingen server")
        else:
            made.add_argument(
                "--processes", type=_whole(64), metavar="N", help="antal processer (annars en per kärna, högst 4)"
            )


def _reviewing(commands: Commands[_Parser]) -> None:
    granska.add_arguments(_command(commands, granska.NAME, granska.DESCRIPTION, granska.run))


def _whole(highest: int) -> Callable[[str], int]:
    """Give the reader of a whole number from 1 to the highest."""

    def read(text: str) -> int:
        if not 1 <= int(text) <= highest:
            raise argparse.ArgumentTypeError(f"ska vara mellan 1 och {highest}, inte {text}")
        return int(text)

    return read


def _data(commands: Commands[_Parser]) -> None:
    made = _command(commands, "load", "läs in en kommuns datafiler; allt eller inget", _entered("load"))
    made.add_argument("folder", type=Path, metavar="MAPP", help="mapp med datafilerna (CSV)")


def _ledger(commands: Commands[_Parser]) -> None:
    made = commands.add_parser("ledger", help="filer ur ekonomisystemet", description="Filer ur ekonomisystemet.")
    inner = made.add_subparsers(title="Kommandon", metavar="KOMMANDO", dest="ledger_command", required=True)
    ledger.add_arguments(_command(inner, ledger.NAME, ledger.DESCRIPTION, ledger.run))
    ledger_load.add_arguments(_command(inner, ledger_load.NAME, ledger_load.DESCRIPTION, _entered("ledger_file")))


def _reports(commands: Commands[_Parser]) -> None:
    made = _command(commands, "report", "skriv en rapport till fil", _entered("report"))
    _which_report(made)
    made.add_argument("--format", choices=FORMATS, help="pdf, docx, xlsx eller html (annars efter filens namn)")
    made.add_argument("--out", type=Path, required=True, metavar="FIL", help="filen som skrivs")
    made.set_defaults(formats=FORMATS)
    made = _command(commands, "check", "kontrollera en rapports egna tabeller", _entered("check"))
    _which_report(made)


def _which_report(made: _Parser) -> None:
    made.add_argument("definition", metavar="RAPPORT", help="till exempel verksamhetsberattelse")
    made.add_argument("--date", metavar="TILLFÄLLE", help="till exempel bokslut-2024 (annars det senaste)")
    made.add_argument("--unit", default="kommunstyrelsen", metavar="ENHET", help="annars kommunstyrelsen")


def _keeping(commands: Commands[_Parser]) -> None:
    person.add_arguments(_command(commands, person.NAME, person.DESCRIPTION, _entered("person")))
    _command(
        commands,
        "upgrade",
        "uppgradera databasen till programmets version (sparar en kopia först)",
        _entered("upgrade"),
    )
    made = _command(commands, "backup", "säkerhetskopiera databas och redovisning medan de används", _entered("backup"))
    made.add_argument(
        "file",
        type=Path,
        metavar="FIL",
        help="filen som skrivs, får inte finnas; redovisningen läggs i en mapp bredvid",
    )


def _entered(name: str) -> Callable[[argparse.Namespace], int]:
    """Give the command by name; its room is imported when it is entered, so that --help is quick."""

    def run(chosen: argparse.Namespace) -> int:
        from uppsikt.cli import server

        return server.run(name, chosen)

    return run


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. This is the door: whatever goes wrong becomes one Swedish line."""
    chosen = parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except UppsiktError as error:
        print(f"uppsikt: {error}", file=sys.stderr)
        return COULD_NOT
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED
    except Exception as error:  # the door: a fault of ours is kept for us, and told in one line
        print(f"uppsikt: {_unexpected(error)}", file=sys.stderr)
        return COULD_NOT


def _unexpected(error: Exception) -> str:
    home = Path(os.environ.get("UPPSIKT_HOME", "var"))
    line = f"Något gick fel som inte skulle kunna hända ({type(error).__name__}: {error}). "
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / "fel.txt").write_text("".join(traceback.format_exception(error)))
    except OSError:
        return line + f"Mappen {home} går inte att skriva i."
    return line + f"Beskrivningen ligger i {home / 'fel.txt'}: skicka med den när du anmäler felet."
