"""Several documents: the same thing is stated the same; and what became of findings between two versions."""

from __future__ import annotations

import json

import pytest

from tests.review.samples import document, reviewed, table, wrong
from uppsikt.core.tables import ColumnRole
from uppsikt.review.comparing import compare_records, compare_versions
from uppsikt.review.record import Record
from uppsikt.review.showing.data import json_of


def year_2019(**changed: object) -> Record:
    return reviewed(document(table(**changed), name="2019.pdf"))  # type: ignore[arg-type]  # as table takes them


def year_2020(amounts: tuple[int, ...] = (100, 250, 300), *, role: ColumnRole = ColumnRole.LAST_YEAR) -> Record:
    """The next year's report, with the outcome of 2019 as last year's beside its own."""
    own = table("t01", (110, 240, 310), 660, year=2020, title="Driftsammandrag 2020")
    last = table("t02", amounts, sum(amounts), role=role, year=2019, title="Jämförelse")
    return reviewed(document(own, last, name="2020.pdf"))


def test_what_is_stated_the_same_gives_nothing() -> None:
    assert [record["findings"] for record in compare_records([year_2019(), year_2020()])] == [[], []]


@pytest.mark.parametrize("turned", [False, True])
def test_last_years_figure_changed_without_a_word_is_found_in_the_later_document(*, turned: bool) -> None:
    records = [year_2019(), year_2020((100, 205, 300))]
    compared = {one["document"]["name"]: one for one in compare_records(records[::-1] if turned else records)}
    assert compared["2019.pdf"]["findings"] == []
    (found,) = compared["2020.pdf"]["findings"]
    assert (found["code"], found["confidence"]) == ("XTB", "likely")
    assert (found["table"], found["row"], found["stated"], found["expected"]) == ("t02", "Skolan", "205", "250")
    assert "2019.pdf" in found["message"]
    assert (found["facts"]["document"], found["page"]) == ("2019.pdf", 2)
    assert found["box"] is not None


def test_a_budget_that_differs_is_only_possible() -> None:
    budget = {"role": ColumnRole.BUDGET, "title": "Budget"}
    records = [year_2019(**budget), year_2020((100, 205, 300), role=ColumnRole.BUDGET)]
    assert [one["confidence"] for one in compare_records(records)[1]["findings"]] == ["possible"]


@pytest.mark.parametrize("role", [ColumnRole.FORECAST, ColumnRole.PLAN, ColumnRole.DEVIATION])
def test_what_may_change_between_documents_is_not_compared(role: ColumnRole) -> None:
    records = [year_2019(role=role), year_2020((100, 205, 300), role=role)]
    assert compare_records(records)[1]["findings"] == []


def test_one_difference_told_in_two_tables_is_one_finding_with_the_other_under_it() -> None:
    last = [table(key, (100, 205, 300), 605, role=ColumnRole.LAST_YEAR, title=key) for key in ("t01", "t02")]
    own = table("t03", (1, 2, 3), 6, year=2020)
    later = reviewed(document(*last, own, name="2020.pdf"))
    first, second = compare_records([year_2019(), later])[1]["findings"]
    assert (first["cause"], second["cause"]) == (None, first["id"])


def test_an_error_within_one_document_is_not_told_again() -> None:
    alone = year_2019(total=700)
    assert compare_records([alone, year_2020()])[0]["findings"] == alone["findings"]


def test_a_sum_that_differs_because_a_row_does_is_told_under_it() -> None:
    def with_sum(record: Record) -> Record:
        for one in record["tables"]:
            one["rows"][-1]["subject"] = "nämnden"
        return record

    first, second = compare_records([with_sum(year_2019()), with_sum(year_2020((100, 205, 300)))])[1]["findings"]
    assert (first["row"], second["row"], second["cause"]) == ("Skolan", "Summa", first["id"])


def test_a_later_figure_that_is_wrong_anyway_is_one_finding_with_the_difference_under_it() -> None:
    last = table("t01", (100, 205, 300), 650, role=ColumnRole.LAST_YEAR)
    own = table("t02", (1, 2, 3), 6, year=2020)
    later = reviewed(document(last, own, name="2020.pdf"))
    later["findings"][0].update(row="Skolan", row_key="r2")
    first, second = compare_records([year_2019(), later])[1]["findings"]
    assert (first["code"], second["code"], second["cause"]) == ("SUM", "XTB", first["id"])


def test_a_later_figure_that_mends_the_earlier_one_is_no_difference() -> None:
    earlier = reviewed(document(table("t01"), table("t02", (100, 250, 390), 650), name="2019.pdf"))
    assert [one["expected"] for one in earlier["findings"] if one["cause"] is None] == ["300"]
    later = compare_records([earlier, year_2020()])[1]["findings"]
    assert later == []


def test_columns_that_differ_throughout_tell_two_things() -> None:
    """A budget that was amended, or the same indicator in two organisations."""
    assert compare_records([year_2019(), year_2020((101, 251, 301))])[1]["findings"] == []


def test_a_difference_that_nothing_else_bears_out_is_only_possible() -> None:
    alone = {"names": ("Kansliet",), "title": "Kansliet"}
    earlier = reviewed(document(table(amounts=(100,), total=100, **alone), name="2019.pdf"))  # type: ignore[arg-type]  # as table takes them
    last = table(amounts=(110,), total=110, role=ColumnRole.LAST_YEAR, **alone)  # type: ignore[arg-type]  # as table takes them
    later = reviewed(document(last, table("t02", (1, 2, 3), 6, year=2020), name="2020.pdf"))
    assert [one["confidence"] for one in compare_records([earlier, later])[1]["findings"]] == ["possible"]


@pytest.mark.parametrize(("kind", "found"), [("economy", 1), ("other", 1), ("investment", 0)])
def test_tables_of_two_kinds_are_not_compared(kind: str, found: int) -> None:
    later = year_2020((100, 205, 300))
    for one in later["tables"]:
        one["kind"] = kind
    assert len(compare_records([year_2019(), later])[1]["findings"]) == found


def test_an_indicator_is_what_its_whole_name_says() -> None:
    def indicator(record: Record, label: str) -> Record:
        for one in record["tables"]:
            one["kind"] = "indicator"
            one["rows"][1]["label"] = label
        return record

    for label, found in (("Skolan ", 1), ("Skolan (med fristående)", 0)):
        later = indicator(year_2020((100, 205, 300)), label)
        assert len(compare_records([indicator(year_2019(), "skolan"), later])[1]["findings"]) == found


def test_names_of_findings_between_documents_follow_the_figures_and_the_place_does_not() -> None:
    def name(amount: int, other: str = "2019.pdf") -> tuple[str, str]:
        earlier = reviewed(document(table(), name=other))
        (found,) = compare_records([earlier, year_2020((100, amount, 300))])[1]["findings"]
        return found["id"], found["place"]

    assert name(205) == name(205)
    assert name(205)[0] != name(206)[0]
    assert name(205)[1] == name(206)[1]
    assert name(205)[1] != name(205, "annan.pdf")[1]


def test_records_that_were_kept_as_json_compare_alike() -> None:
    records = [year_2019(), year_2020((100, 205, 300))]
    kept = json.loads("".join(json_of(records)))
    assert compare_records(kept) == compare_records(records)


def test_between_two_versions_findings_are_new_mended_or_unchanged() -> None:
    old = wrong()
    new = reviewed(document(table(total=700), table("t02", (1, 2, 3), 9, title="Volymer", names=("A", "B", "C"))))
    versions = compare_versions(old, new)
    assert [one["title"] for one in versions.new] == ["Volymer"]
    assert [one["code"] for one in versions.mended] == ["TXT"]
    assert [(before["code"], after["code"]) for before, after in versions.unchanged] == [("SUM", "SUM")]


def test_a_finding_whose_figures_changed_is_still_the_same_one() -> None:
    versions = compare_versions(wrong(), reviewed(document(table(total=710))))
    ((before, after),) = versions.unchanged
    assert (before["stated"], after["stated"]) == ("700", "710")
    assert versions.new == ()
