"""The rule book: every rule is found, says what it means, and its examples are true."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from uppsikt.checks import Rule, all_rules, check_document, rules
from uppsikt.checks.examples import Expected, read_example, read_small_document
from uppsikt.checks.pages import pages, write_pages
from uppsikt.checks.registry import rule, rule_of
from uppsikt.core.errors import ReadingError, UseError

PAGES = Path(__file__).parents[2] / "docs" / "kontroller"

IN_TEXT = ["TXT", "CNT", "YER", "UNT", "REF", "DUP"]


def functions() -> Iterator[tuple[str, object]]:
    for module in pkgutil.iter_modules(rules.__path__):
        loaded = importlib.import_module(f"{rules.__name__}.{module.name}")
        yield from ((name, one) for name, one in inspect.getmembers(loaded, inspect.isfunction))


def test_every_function_named_rule_is_in_the_book_and_every_rule_is_so_named() -> None:
    named = {one for name, one in functions() if name.startswith("rule_")}
    assert named == {known.function for known in all_rules()}
    assert [known.function.__name__ for known in all_rules()] == [f"rule_{known.code.lower()}" for known in all_rules()]


def test_codes_and_places_in_the_book_are_unique() -> None:
    assert len({known.code for known in all_rules()}) == len({known.order for known in all_rules()}) == len(all_rules())
    assert [known.code for known in all_rules()] == ["SUM", "NET", "DEV", "OFW", "BRK", "XTB", "SGN", *IN_TEXT]


def test_a_code_cannot_be_given_to_another_rule() -> None:
    with pytest.raises(UseError, match="Två kontroller har koden SUM"):
        rule(code="SUM", title="En annan", order=99)(lambda figures: iter(()))
    assert rule_of("SUM").title == "Summan stämmer inte"


def test_an_unknown_code_is_told() -> None:
    with pytest.raises(UseError, match="ingen kontroll med koden 'NIX'"):
        rule_of("NIX")


@pytest.mark.parametrize("known", all_rules(), ids=lambda known: known.code)
def test_every_rule_tells_what_it_means_why_and_where_it_comes_from(known: Rule) -> None:
    assert known.title
    assert known.text.count(".") >= 2
    assert known.source


@pytest.mark.parametrize("known", all_rules(), ids=lambda known: known.code)
def test_the_examples_of_a_rule_are_true(known: Rule) -> None:
    passing, failing = read_small_document(known.passes), read_small_document(known.fails)
    assert passing.printed or passing.passages
    assert passing.expected == ()
    assert check_document(passing.printed, passing.passages).findings == ()
    assert {one.code for one in failing.expected} == {known.code}
    found = check_document(failing.printed, failing.passages).findings
    assert tuple(Expected.of(one) for one in found) == failing.expected


def test_an_example_that_says_something_else_than_a_finding_is_refused() -> None:
    with pytest.raises(ReadingError, match="ska vara"):
        read_example("=> SUM Summa: 3")


def test_the_pages_are_those_that_the_rules_make() -> None:
    assert {page.name: page.read_text() for page in PAGES.glob("*.md")} == pages()


def test_the_page_of_a_rule_that_is_no_more_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("en regel som inte finns")
    write_pages(tmp_path)
    assert sorted(page.name for page in tmp_path.iterdir()) == sorted(pages())
