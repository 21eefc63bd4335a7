"""A dismissed finding stays away while its facts stand, and comes back with the old reason when they change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.review.samples import document, reviewed, table, wrong
from uppsikt.core.errors import UseError
from uppsikt.review.dismissals import (
    Dismissal,
    apply_dismissals,
    comes_back,
    dismissal_of,
    find,
    read_dismissals,
    with_dismissal,
    write_dismissals,
)
from uppsikt.review.record import Record
from uppsikt.review.showing.grouping import selected, standing


def the_sum(record: Record, total: str = "700") -> Dismissal:
    found = next(one for one in record["findings"] if one["stated"] == total)
    return dismissal_of(found, record["document"]["name"], "Känt sedan tidigare", "2020-02-01")


def test_a_dismissed_finding_is_not_standing_and_only_shown_when_asked_for() -> None:
    record = apply_dismissals(wrong(), [the_sum(wrong())])
    assert [one["code"] for one in standing(record)] == ["TXT"]
    assert [one["code"] for one in selected(record)["findings"]] == ["TXT"]
    shown = selected(record, dismissed=True)["findings"]
    assert [one["dismissed"] for one in shown] == [None, "Känt sedan tidigare"]


def test_it_comes_back_with_the_old_reason_when_the_figures_change() -> None:
    changed = reviewed(document(table(total=710)))
    (found,) = apply_dismissals(changed, [the_sum(wrong())])["findings"]
    assert found["dismissed"] is None
    assert "Känt sedan tidigare" in comes_back(found)
    assert "har ändrats" in comes_back(found)


def test_it_is_silent_about_another_place() -> None:
    other = reviewed(document(table(title="Volymer", total=700)))
    (found,) = apply_dismissals(other, [the_sum(wrong())])["findings"]
    assert (found["dismissed"], comes_back(found)) == (None, "")


def test_what_follows_from_it_is_dismissed_with_it() -> None:
    record = wrong()
    head, follower = record["findings"][1], {**record["findings"][0], "cause": record["findings"][1]["id"]}
    record["findings"] = [head, follower]  # type: ignore[list-item]  # the same keys
    assert standing(apply_dismissals(record, [the_sum(record)])) == []


def test_the_file_is_written_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "avfärdat.json"
    assert read_dismissals(path) == []
    write_dismissals(path, [the_sum(wrong())])
    assert read_dismissals(path) == [the_sum(wrong())]
    assert [one.name for one in tmp_path.iterdir()] == ["avfärdat.json"]


def test_a_new_dismissal_of_the_same_place_takes_over() -> None:
    changed = the_sum(reviewed(document(table(total=710))), "710")
    assert with_dismissal([the_sum(wrong())], changed) == [changed]


@pytest.mark.parametrize(
    "text", ["inte json", "[" * 200_000, "[]", '{"format": 2, "dismissed": []}', '{"format": 1, "dismissed": [{}]}']
)
def test_another_file_is_refused_and_left_as_it_is(text: str, tmp_path: Path) -> None:
    path = tmp_path / "annat.json"
    path.write_text(text)
    with pytest.raises(UseError, match=r"annat\.json är inte en fil med avfärdade"):
        read_dismissals(path)
    assert path.read_text() == text


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "mapp").mkdir()
    with pytest.raises(UseError, match="går inte att skriva"):
        write_dismissals(tmp_path / "mapp" / "finns-inte" / "fil.json", [])
    assert list((tmp_path / "mapp").iterdir()) == []


def test_a_finding_is_pointed_out_by_the_beginning_of_its_name() -> None:
    record = wrong()
    name = record["findings"][0]["id"]
    assert find([record], name[:6]) == (record, record["findings"][0])
    for unknown in ("", name[:2], "zzzzzz"):
        with pytest.raises(UseError, match="Ingen anmärkning"):
            find([record], unknown)
    with pytest.raises(UseError, match="2 anmärkningar"):
        find([record, record], name)


def test_the_file_is_made_for_people_too(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    write_dismissals(path, [the_sum(wrong())])
    (told,) = json.loads(path.read_text())["dismissed"]
    assert (told["document"], told["code"], told["date"]) == ("sjovik-2019.pdf", "SUM", "2020-02-01")
    assert "Summa" in told["what"]
