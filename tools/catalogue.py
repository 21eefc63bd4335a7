"""The English catalogue: finds every text that pages show, updates the .po file and compiles it.

    python tools/catalogue.py            after texts have changed; prints what lacks a translation

Templates are read by Django's own lexer and code by Python's own parser, so that what is found here is
what is asked for when a page is made. Words of the core that pages show (states, reasons) come from
``uppsikt.web.pages.vocabulary``.
"""

from __future__ import annotations

import ast
import io
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

WEB = Path(__file__).resolve().parent.parent / "src" / "uppsikt" / "web"
PO = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {"_": None, "gettext": None, "gettext_noop": None, "gettext_lazy": None, "ngettext": (1, 2)}
NAME = re.compile(r"%\(\w+\)s|\{\w+\}")
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)  # the same always, so that only a changed text changes the file
HEADER = "# The English of Uppsikt's pages. Swedish is the language of the source.\n# Licence: EUPL-1.2"


def found_texts() -> Catalog:
    """Give every text of templates, code and vocabulary, with the files where it stands."""
    catalogue = Catalog(
        locale="en", project="Uppsikt", version="1", copyright_holder="", msgid_bugs_address="-", header_comment=HEADER,
        creation_date=BEGINNING, revision_date=BEGINNING, last_translator="-", language_team="-", fuzzy=False,
    )  # fmt: skip
    for file, message in _texts():
        catalogue.add(message, locations=[(file.relative_to(WEB).as_posix(), 0)])
    return catalogue


def _texts() -> Iterator[tuple[Path, str | tuple[str, ...]]]:
    for file in sorted(WEB.rglob("*.html")):
        code = templatize(file.read_text(), origin=str(file))
        yield from ((file, message) for message in _messages(code))
    for file in sorted(WEB.rglob("*.py")):
        yield from ((file, message) for message in _messages_of_code(file.read_text()))
    yield from ((WEB / "pages" / "vocabulary.py", word) for word in _vocabulary())


def _messages(code: str) -> Iterator[str | tuple[str, ...]]:
    for _line, message, _comments, _context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
        if message and message[0]:
            yield message


def _messages_of_code(code: str) -> Iterator[str | tuple[str, ...]]:
    """Read Python as Python does: Babel does not see what is asked for inside an f-string."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            places = KEYWORDS[node.func.id] or (1,)
            texts = [one.value for one in node.args[: max(places)] if isinstance(one, ast.Constant)]
            told = tuple(text for text in texts if isinstance(text, str) and text)
            if len(told) == len(places):
                yield told if len(told) > 1 else told[0]


def _vocabulary() -> tuple[str, ...]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uppsikt.web.config.settings")
    django.setup()
    from uppsikt.web.pages.vocabulary import words  # models can be read only when Django stands

    return words()


def stored_texts() -> Catalog:
    """Give the catalogue as it lies in the project; an empty one when there is none."""
    if not PO.exists():
        return Catalog(locale="en")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def updated() -> Catalog:
    """Give the found texts with the translations that are stored; a text that nobody uses falls out."""
    new, old = found_texts(), stored_texts()
    for message in new:
        known = old.get(message.id) if message.id else None
        if known is not None:
            message.string = known.string
    return new


def untranslated(catalogue: Catalog) -> list[Message]:
    """Give the texts that have no English, or whose English lacks a name that the Swedish has."""
    return [message for message in catalogue if message.id and not _is_whole(message)]


def _is_whole(message: Message) -> bool:
    known = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return len(known) == len(strings) and all(
        english and set(NAME.findall(english)) == set(NAME.findall(swedish))
        for swedish, english in zip(known, strings, strict=True)
    )


def compiled(catalogue: Catalog) -> bytes:
    """Give the bytes that Django reads."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def main() -> int:
    """Update and compile; 1 when something lacks a translation."""
    catalogue = updated()
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalogue, sort_output=True, include_lineno=False, ignore_obsolete=True, width=110)
    PO.with_suffix(".mo").write_bytes(compiled(catalogue))
    lacking = untranslated(catalogue)
    for message in lacking:
        sys.stdout.write(f"{message.id}\n")
    sys.stderr.write(f"{len(catalogue)} texts, {len(lacking)} without English.\n")
    return int(bool(lacking))


if __name__ == "__main__":
    raise SystemExit(main())
