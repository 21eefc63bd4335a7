"""Says whether a workbook is safe to open, before anything of it is unpacked into memory.

A workbook is a zip file, and a small zip file can hold terabytes. A sheet with one cell in its last corner takes
room for all cells before it. So every member is unpacked here first, a piece at a time and to nowhere: sizes that
the directory lies about are found, and so are far cells. On the way the cells that hold errors (#REF!) are noted,
because the reader leaves them out.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from uppsikt.core.errors import UseError

LARGEST_FILE = 200_000_000  # bytes, packed
_MEMBERS = 5_000
_UNPACKED = 1_500_000_000  # bytes, all members
_STRINGS = 400_000_000  # bytes of shared texts, which the reader keeps all of
_RATIO, _SMALL = 300, 5_000_000  # unpacked to packed; what real sheets reach is a tenth of it
_CELLS = 16_000_000  # rows times columns of the rectangle that the sheet fills: a million rows of sixteen columns
_PIECE = 4_000_000
_OLD, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"

_REST = rb"""(?:[^<>"']|"[^"<>]*"|'[^'<>]*')*"""  # of a tag, after one of its attributes
_END = rb"""["'](?!""" + _REST + rb"/>)"  # and the tag is not closed at once: the cell holds something
_COLUMN = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})[0-9]{1,12}""" + _END)
_PLACED = re.compile(rb"""\br\s*=\s*["'][A-Za-z]{1,3}([0-9]{1,12})""" + _END)
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^<>]*?\br\s*=\s*["'](?P<row>[0-9]{1,12})["']""")
_UNPLACED = re.compile(rb"<(?:\w+:)?c(?=[\s>])(?![^<>]*?\br\s*=)")
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\b(?=[^<>]*\bt\s*=\s*["']e["'])[^<>]*?\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["'][^<>]*>"""
    rb"""(?:(?!</(?:\w+:)?c>).){0,9000}?<(?:\w+:)?v>([^<]{1,40})</""",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell whose formula gave an error: row and column from 1, and what Excel shows there."""

    row: int
    column: int
    shown: str


@dataclass
class Measured:
    """How far the cells of a sheet's part reach, and which of them hold errors."""

    rows: int = 0
    columns: int = 0
    errors: list[ErrorCell] = field(default_factory=list)


def guard(file: IO[bytes], name: str) -> dict[str, Measured]:
    """Give what was measured by the names of the workbook's parts; raises UseError for what must not be opened."""
    file.seek(0)
    start = file.read(8)
    if start.startswith(_OLD):
        raise UseError(
            f"{name} är en äldre Excelfil (.xls) eller har ett lösenord. Spara den som .xlsx utan lösenord i Excel."
        )
    if not start.startswith(_ZIP):
        raise UseError(f"{name} är ingen Excelfil (.xlsx). Öppna den i Excel och spara den som .xlsx eller CSV.")
    try:
        with zipfile.ZipFile(file) as packed:
            members = _directory(packed, name)
            return {member.filename: _measured(packed, member, name) for member in members}
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError) as error:
        raise UseError(f"{name} är skadad och går inte att läsa. Öppna den i Excel och spara den på nytt.") from error


def _directory(packed: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    members = [one for one in packed.infolist() if not one.is_dir()]
    names = {one.filename for one in members}
    if "content.xml" in names:
        raise UseError(f"{name} är en OpenDocument-fil (.ods). Spara den som .xlsx eller CSV.")
    if not any(one.endswith("workbook.xml") for one in names):
        raise UseError(f"{name} är ingen Excelfil (.xlsx). Öppna den i Excel och spara den som .xlsx eller CSV.")
    if len(members) > _MEMBERS or len(names) < len(members):
        raise UseError(f"{name} är inte uppbyggd som Excel bygger sina filer och läses inte.")
    sizes = [one.file_size for one in members]
    bombs = [one for one in members if one.file_size > _SMALL and one.file_size > _RATIO * one.compress_size]
    if sum(sizes) > _UNPACKED or bombs:
        raise UseError(f"{name} blir för stor när den packas upp och läses inte. Spara den som CSV i stället.")
    return members


def _measured(packed: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Measured:
    if member.filename.lower().endswith("sharedstrings.xml") and member.file_size > _STRINGS:
        raise UseError(f"{name} har för mycket text för att läsas. Spara den som CSV i stället.")
    found = Measured()
    with packed.open(member) as stream:
        for piece in pieces_of(stream):
            if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                raise UseError(f"{name} är inte uppbyggd som Excel bygger sina filer och läses inte.")
            if b"row" in piece:
                _measure(piece, found, name)
    return found


def pieces_of(stream: IO[bytes]) -> Iterator[bytes]:
    """Give the member in pieces that end where a cell does, as far as there are cells."""
    kept = b""
    while read := stream.read(_PIECE):
        piece = kept + read
        end = piece.rfind(b"</row>") + 1 or piece.rfind(b"/>") + 1
        if end and len(piece) - end < _PIECE:
            kept = piece[end - 1 :]
            yield piece[: end - 1]
        else:
            kept = b""
            yield piece
    yield kept


def _measure(piece: bytes, found: Measured, name: str) -> None:
    letters, digits = set(_COLUMN.findall(piece)), set(_PLACED.findall(piece))
    if letters:
        found.columns = max(found.columns, *(column_number(one.decode()) for one in letters))
        found.rows = max(found.rows, *map(int, digits))
    if _UNPLACED.search(piece):  # cells that stand in order: the rows' own numbers place them
        found.rows = max([found.rows, *(int(one) for one in set(_ROW.findall(piece)))])
        found.columns = max(found.columns, 1)
    if found.rows > 1_048_576 or found.columns > 16_384 or found.rows * found.columns > _CELLS:
        raise UseError(
            f"{name} har ett blad där celler är ifyllda ända till rad {found.rows} och kolumn {found.columns}. "
            "Ta bort det som står utanför tabellen, eller spara bladet som CSV."
        )
    for column, row, shown in _ERROR.findall(piece):
        found.errors.append(ErrorCell(int(row), column_number(column.decode()), shown.decode("utf-8", "replace")))


def column_number(letters: str) -> int:
    """Give a column's number from its letters, counted from 1.

    >>> column_number("A"), column_number("aa"), column_number("XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Give a column's letters from its number, counted from 1.

    >>> column_letters(1), column_letters(27), column_letters(16384)
    ('A', 'AA', 'XFD')
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
