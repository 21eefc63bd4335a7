"""Decisions: the list, a decision with its points, and what followed from it."""

from __future__ import annotations

import pytest

from uppsikt.web.cycle.selectors import DecisionFilter, decision_page, decisions_of

KS = "/kommunstyrelsen/bokslut-2024/beslut/"


def page(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("by", "found"),
    [
        (DecisionFilter(), ["plan", "budget"]),
        (DecisionFilter(body="KF"), ["budget"]),
        (DecisionFilter(year=2024), ["plan"]),
        (DecisionFilter("§ 225"), ["plan"]),
        (DecisionFilter("KF 2023-12-12 § 397"), ["budget"]),
        (DecisionFilter("2023-519"), ["budget"]),
        (DecisionFilter("kontaktcenter"), ["budget"]),
        (DecisionFilter("ingenting sådant"), []),
    ],
)
def test_decisions_are_found(tiny, by, found):
    assert {one.pk for one in decisions_of(tiny.here(), by)} == {tiny.decisions[name].pk for name in found}


def test_a_decision_knows_what_followed_from_it(tiny, django_assert_max_num_queries):
    here = tiny.here()
    with django_assert_max_num_queries(9):
        budget = decision_page(here, tiny.decisions["budget"].pk)
    assert [(frame.unit, frame.amount.number) for frame in budget.frames] == [
        ("Kommunstyrelsen", 900),
        ("Bildningsnämnden", -900),
    ]
    assert sum(frame.amount.number for frame in budget.frames) == 0
    assert len(budget.ordered) == 3
    plan = decision_page(here, tiny.decisions["plan"].pk)
    assert [one.text for one in plan.reported_back] == ["Ta fram en plan för tillgänglighet"]


def test_a_reference_in_a_point_leads_to_the_decision(tiny, client):
    html = page(client, f"{KS}{tiny.decisions['plan'].pk}/")
    assert f'<a href="{KS}{tiny.decisions["budget"].pk}/">KF 2023-12-12, § 397</a>' in html


def test_a_transfer_says_from_whom_to_whom_and_from_when(tiny, client):
    html = page(client, f"{KS}{tiny.decisions['budget'].pk}/")
    for words in ("900 tkr", "från Bildningsnämnden", "till Kommunstyrelsen", "från och med 2024"):
        assert words in html


def test_the_list_is_filtered_in_the_address(tiny, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert "2 beslut" in page(client, KS)
    assert "1 beslut" in page(client, f"{KS}?organ=KF")
    assert "Inget beslut stämmer" in page(client, f"{KS}?sok=hittas-inte")


def test_an_unknown_decision_is_a_swedish_page(tiny, client):
    assert "Beslutet finns inte" in page(client, f"{KS}999999/", 404)
