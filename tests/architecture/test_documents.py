"""What the documents say is true of the code: commands, addresses, examples, numbers of decisions."""

from __future__ import annotations

import doctest
import re
import shlex
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, short, tracked
from uppsikt.cli.main import parser

PAGES = [path for path in tracked() if path.suffix == ".md"]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def _blocks(language: str) -> list[tuple[str, str]]:
    return [(short(path), text) for path in PAGES for kind, text in BLOCK.findall(path.read_text()) if kind == language]


def test_every_make_command_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        (short(path), name) for path in PAGES for name in re.findall(r"`?make ([a-z][a-z-]*)\b`", path.read_text())
    }
    named |= {
        (path, name) for path, text in _blocks("sh") for name in re.findall(r"^make ([a-z-]+)", text, re.MULTILINE)
    }
    assert {pair for pair in named if pair[1] not in targets} == set()
    assert {name for _, name in named} >= {"demo", "test"}


def test_every_command_in_the_documents_is_understood() -> None:
    commands = [
        (path, shlex.split(line, comments=True)[1:])
        for path, text in _blocks("sh")
        for line in text.splitlines()
        if line.startswith("uppsikt ")
    ]
    assert commands
    for path, words in commands:
        if not {"--help", "--version"} & set(words):
            assert parser().parse_args(words).run, path


def test_the_help_in_the_documents_is_what_the_program_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    page = (ROOT / "docs" / "anvandare" / "administrator.md").read_text()
    assert parser().format_help().strip() in page


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        f"{short(path)} → {link}"
        for path in PAGES
        for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text())
        if "://" not in link and not link.startswith("mailto:") and not (path.parent / link).exists()
    ]
    assert broken == []


def test_every_decision_has_a_number_of_its_own() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = Counter(page.name[:4] for page in pages)
    assert pages
    assert [page.name for page in pages if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", page.name)] == []
    assert [number for number, times in numbers.items() if times > 1] == []


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_example_in_the_documents_runs(page: Path) -> None:
    for kind, text in BLOCK.findall(page.read_text()):
        if kind == "python":
            exec(compile(text, str(page), "exec"), {"__name__": "example"})
        if kind == "pycon":
            example = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
            told: list[str] = []
            doctest.DocTestRunner().run(example, out=told.append)
            assert told == []
