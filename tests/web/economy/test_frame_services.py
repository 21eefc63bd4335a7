"""Decisions about frames: registered, changed, withdrawn; a transfer is two entries or none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from uppsikt.core.errors import UseError
from uppsikt.core.quantities import Missing
from uppsikt.web.cycle.models import Decision, DecisionPoint
from uppsikt.web.cycle.services import NewDecision, PointWritten
from uppsikt.web.economy import services
from uppsikt.web.economy.models import FrameEntry
from uppsikt.web.economy.selectors import (
    broken_transfers,
    frame_as_of,
    frame_words,
    line_of,
    mirror_of,
    newest_change,
    transfers_page,
)
from uppsikt.web.economy.services import FrameChange, FrameDecision, FrameIndexation, FrameTransfer
from uppsikt.web.history.models import Change
from uppsikt.web.history.services import EditConflictError, recording
from uppsikt.web.organisation.gate import Actor, NotAllowedError, Role
from uppsikt.web.organisation.models import Unit

MAY = PointWritten(NewDecision("KF", date(2023, 5, 30), 120, "Budget 2024 med plan"), "Ramar fastställs")
APRIL = PointWritten(NewDecision("KF", date(2024, 4, 23), 98, "Ändrade ramar"), "Medel flyttas")
OCTOBER = PointWritten(NewDecision("KF", date(2024, 10, 22), 210, "Ändrade ramar i oktober"), "Mer medel")


@pytest.fixture
def council(tiny):
    """Siri is secretary of the whole municipality; the committees' frames of 2024 and 2025 are decided in May."""
    with recording(tiny.reader, why="Prov") as pen:
        unit = pen.create(
            Unit, municipality=tiny.municipality, slug="kommunfullmaktige", name="Kommunfullmäktige", kind="council",
            valid_from=date(2015, 1, 1), order=0,
        )  # fmt: skip
    tiny.units["kommunfullmaktige"] = unit
    tiny.siri = Actor(tiny.municipality.pk, "Siri", tiny.people["siri"].pk, (Role("secretary", frozenset({unit.pk})),))
    FrameEntry._default_manager.all().delete()
    for slug, amounts in (("kommunstyrelsen", (84_000, 83_000)), ("bildningsnamnden", (120_000, 121_000))):
        told = dict(zip((2024, 2025), map(Decimal, amounts), strict=True))
        written = FrameDecision(tiny.units[slug], "decided", told, "Beslutad ram", MAY)
        services.frame_entry_add(tiny.siri, written, "Enligt protokollet")
    return tiny


def transfer(council, amounts=None, purpose="Elitstöd", decision=APRIL) -> FrameTransfer:
    told = {2024: Decimal(3_000), 2025: Decimal(3_100)} if amounts is None else amounts
    return FrameTransfer(council.units["kommunstyrelsen"], council.units["bildningsnamnden"], told, purpose, decision)


def seen(council, entry) -> int:
    return newest_change(council.siri, [*line_of(council.siri, entry), *mirror_of(council.siri, entry)]).pk


def frame(council, slug, year=2024, on=None):
    return frame_as_of(council.siri, council.units[slug], year, on)


def test_a_transfer_writes_both_sides_in_every_year_as_one_action(council) -> None:
    made = services.frame_transfer(council.siri, transfer(council), "KF beslutade")
    told = {(one.unit.slug, one.year): one.amount for one in made}
    assert told == {
        ("kommunstyrelsen", 2024): -3_000, ("kommunstyrelsen", 2025): -3_100,
        ("bildningsnamnden", 2024): 3_000, ("bildningsnamnden", 2025): 3_100,
    }  # fmt: skip
    changes = Change._default_manager.filter(model="economy.frameentry", object_id__in=[one.pk for one in made])
    assert len({one.action_id for one in changes}) == 1
    assert frame(council, "kommunstyrelsen").amount.number == 81_000
    assert frame(council, "bildningsnamnden", 2025).amount.number == 124_100
    assert broken_transfers(council.siri) == ()
    point = DecisionPoint._default_manager.get(decision__paragraph=98)
    assert (point.kind, point.amount, point.giver.slug, point.from_year) == ("transfer", 3_000, "kommunstyrelsen", 2024)


def test_the_same_decision_is_registered_once_and_gets_a_second_point(council) -> None:
    services.frame_transfer(council.siri, transfer(council), "KF beslutade")
    services.frame_transfer(council.siri, transfer(council, purpose="Hyra"), "KF beslutade")
    assert Decision._default_manager.filter(body="KF", paragraph=98).count() == 1
    assert sorted(DecisionPoint._default_manager.filter(decision__paragraph=98).values_list("number", flat=True)) == [
        1,
        2,
    ]
    other = PointWritten(NewDecision("KF", date(2024, 4, 23), 98, "Något helt annat"), "x")
    with pytest.raises(UseError, match="redan inlagt med rubriken ”Ändrade ramar”"):
        services.frame_transfer(council.siri, transfer(council, purpose="Tredje", decision=other), "Fel §")


@pytest.mark.parametrize(
    ("amounts", "words"),
    [({}, "minst ett år"), ({2024: Decimal(0)}, "minst ett år"), ({2024: Decimal(-5)}, "utan minus")],
)
def test_a_transfer_without_an_amount_is_refused(council, amounts, words) -> None:
    with pytest.raises(UseError, match=words):
        services.frame_transfer(council.siri, transfer(council, amounts), "Prov")


def test_a_transfer_to_oneself_is_refused(council) -> None:
    unit = council.units["kommunstyrelsen"]
    with pytest.raises(UseError, match="samma nämnd"):
        services.frame_transfer(council.siri, FrameTransfer(unit, unit, {2024: Decimal(1)}, "Fel", APRIL), "Prov")
    assert not Decision._default_manager.filter(paragraph=98).exists()


def test_pressing_twice_registers_once(council) -> None:
    services.frame_transfer(council.siri, transfer(council), "KF beslutade")
    with pytest.raises(UseError, match="redan registrerat för Kommunstyrelsen 2024, 2025"):
        services.frame_transfer(council.siri, transfer(council), "KF beslutade")
    assert FrameEntry._default_manager.filter(kind="transfer").count() == 4


def test_a_role_in_one_of_the_two_committees_is_not_enough(council) -> None:
    kim = council.actor("kim")
    with pytest.raises(NotAllowedError, match="Bildningsnämnden"):
        services.frame_transfer(kim, transfer(council), "KF beslutade")
    with pytest.raises(NotAllowedError, match="Logga in"):
        services.frame_transfer(council.reader, transfer(council), "KF beslutade")


def test_an_entry_that_lost_its_mirror_stops_every_action_about_it(council) -> None:
    made = services.frame_transfer(council.siri, transfer(council), "KF beslutade")
    FrameEntry._default_manager.filter(unit__slug="bildningsnamnden", kind="transfer", year=2025).update(amount=3_000)
    with pytest.raises(UseError, match="2025, ”Elitstöd”: Bildningsnämnden har 3") as refused:
        services.frame_transfer(council.siri, transfer(council, purpose="Hyra"), "Prov")
    assert "Kommunstyrelsen −3\u00a0100\u00a0tkr. Det skiljer 100\u00a0tkr." in str(refused.value)
    assert not FrameEntry._default_manager.filter(purpose="Hyra").exists()
    # Changing the broken one mends both sides.
    change = FrameChange({2024: Decimal(-3_000), 2025: Decimal(-3_100)}, "Rättat", seen(council, made[0]))
    services.frame_entry_change(council.siri, made[0], change)
    assert broken_transfers(council.siri) == ()


def test_a_missing_mirror_says_so_and_is_made_when_the_entry_is_changed(council) -> None:
    made = services.frame_transfer(council.siri, transfer(council), "KF beslutade")
    FrameEntry._default_manager.filter(unit__slug="bildningsnamnden", kind="transfer").delete()
    assert "men spegelposten hos Bildningsnämnden saknas" in broken_transfers(council.siri)[0]
    change = FrameChange({2024: Decimal(-2_000)}, "Rättat", seen(council, made[0]))
    services.frame_entry_change(council.siri, made[0], change)
    assert frame(council, "bildningsnamnden").amount.number == 122_000
    assert broken_transfers(council.siri) == ()


def test_a_change_follows_to_the_mirror_and_an_empty_year_is_withdrawn(council) -> None:
    made = services.frame_transfer(council.siri, transfer(council), "KF beslutade")
    giver = made[0]
    change = FrameChange({2024: Decimal(-2_500), 2026: Decimal(-2_700)}, "Rättat efter justering", seen(council, giver))
    services.frame_entry_change(council.siri, giver, change)
    assert [(one.year, one.amount, one.withdrawn) for one in mirror_of(council.siri, giver)] == [
        (2024, 2_500, False), (2025, 3_100, True), (2026, 2_700, False),
    ]  # fmt: skip
    assert frame(council, "kommunstyrelsen").amount.number == 81_500
    assert frame(council, "kommunstyrelsen", 2025).amount.number == 83_000


def test_what_is_withdrawn_stays_and_can_come_back(council) -> None:
    made = services.frame_transfer(council.siri, transfer(council), "KF beslutade")
    services.frame_entry_withdraw(council.siri, made[0], "Beslutet upphävdes", seen(council, made[0]))
    assert frame(council, "kommunstyrelsen").amount.number == 84_000
    assert frame(council, "bildningsnamnden").amount.number == 120_000
    assert FrameEntry._default_manager.filter(kind="transfer", withdrawn=True).count() == 4
    assert Change._default_manager.filter(why="Beslutet upphävdes").count() == 4
    services.frame_entry_restore(council.siri, made[0], "Fel beslut", seen(council, made[0]))
    assert frame(council, "kommunstyrelsen").amount.number == 81_000


def test_what_is_registered_anew_after_it_was_withdrawn_stands_once(council) -> None:
    made = services.frame_transfer(council.siri, transfer(council), "KF beslutade")
    services.frame_entry_withdraw(council.siri, made[0], "Fel", seen(council, made[0]))
    again = transfer(council, {2024: Decimal(500)}, decision=made[0].decision_point)
    services.frame_transfer(council.siri, again, "Rätt belopp")
    assert frame(council, "kommunstyrelsen").amount.number == 83_500
    assert frame(council, "bildningsnamnden", 2025).amount.number == 121_000
    assert FrameEntry._default_manager.filter(kind="transfer").count() == 4


def test_the_second_who_changes_is_shown_what_the_first_did(council) -> None:
    made = services.frame_transfer(council.siri, transfer(council), "KF beslutade")
    before = seen(council, made[0])
    services.frame_entry_change(council.siri, made[0], FrameChange({2024: Decimal(-1)}, "Först", before))
    with pytest.raises(EditConflictError) as conflict:
        services.frame_entry_change(council.siri, made[3], FrameChange({2024: Decimal(2)}, "Sedan", before))
    assert conflict.value.change.why == "Först"
    with pytest.raises(EditConflictError):
        services.frame_entry_withdraw(council.siri, made[0], "Sedan", before)


def test_an_addition_says_how_it_is_financed(council) -> None:
    unit = council.units["kommunstyrelsen"]
    written = FrameDecision(unit, "addition", {2024: Decimal(700)}, "Krisberedskap", APRIL)
    with pytest.raises(UseError, match=r"11 kap\. 15 §"):
        services.frame_entry_add(council.siri, written, "KF beslutade")
    financed = FrameDecision(unit, "addition", {2024: Decimal(700)}, "Krisberedskap", APRIL, "Ur årets resultat")
    (made,) = services.frame_entry_add(council.siri, financed, "KF beslutade")
    assert (made.financing, frame(council, "kommunstyrelsen").amount.number) == ("Ur årets resultat", 84_700)


def test_a_frame_of_nothing_is_a_decision_and_no_frame_is_missing(council) -> None:
    unit = council.units["kommunfullmaktige"]
    assert isinstance(frame(council, "kommunfullmaktige").amount, Missing)
    services.frame_entry_add(
        council.siri, FrameDecision(unit, "decided", {2024: Decimal(0)}, "Ingen ram", MAY), "11 kap. 7 § KL"
    )
    assert frame(council, "kommunfullmaktige").amount.number == 0
    services.frame_transfer(
        council.siri, FrameTransfer(council.units["kommunstyrelsen"], unit, {2026: Decimal(5)}, "Val", APRIL), "Prov"
    )
    changed_only = frame(council, "kommunfullmaktige", 2026)
    assert isinstance(changed_only.amount, Missing)
    assert "bara ändringar" in changed_only.amount.text


def test_the_frame_says_as_of_which_decision_it_is(council) -> None:
    services.frame_transfer(council.siri, transfer(council), "KF beslutade")
    services.frame_transfer(council.siri, transfer(council, {2024: Decimal(50)}, "Hyra", OCTOBER), "KF beslutade")
    now = frame(council, "kommunstyrelsen")
    assert (now.amount.number, now.words) == (80_950, "enligt beslut till och med KF 2024-10-22 § 210")
    april = Decision._default_manager.get(paragraph=98)
    then = frame(council, "kommunstyrelsen", on=april)
    assert (then.amount.number, then.later, frame_words(then)) == (
        81_000, 1, "enligt beslut till och med KF 2024-04-23 § 98",
    )  # fmt: skip
    day = frame(council, "kommunstyrelsen", on=date(2024, 4, 22))
    assert day.amount.number == 84_000
    assert day.words == ("som den såg ut den 22 april 2024, enligt beslut till och med KF 2023-05-30 § 120")
    assert isinstance(frame(council, "kommunstyrelsen", on=date(2023, 5, 29)).amount, Missing)


def test_a_later_paragraph_of_the_same_meeting_is_not_in_what_stood_before_it(council) -> None:
    same_day = PointWritten(NewDecision("KF", date(2024, 4, 23), 99, "Mer"), "Mer")
    services.frame_transfer(council.siri, transfer(council), "KF beslutade")
    services.frame_transfer(council.siri, transfer(council, {2024: Decimal(50)}, "Hyra", same_day), "KF beslutade")
    first = Decision._default_manager.get(paragraph=98)
    assert frame(council, "kommunstyrelsen", on=first).amount.number == 81_000
    assert frame(council, "kommunstyrelsen", on=date(2024, 4, 23)).amount.number == 80_950


def test_the_budget_of_the_year_stands_in_the_place_of_the_plan(council) -> None:
    services.frame_transfer(council.siri, transfer(council), "KF beslutade")
    november = PointWritten(NewDecision("KF", date(2024, 11, 26), 250, "Budget 2025"), "Ramar fastställs")
    unit = council.units["kommunstyrelsen"]
    written = FrameDecision(unit, "decided", {2025: Decimal(90_000)}, "Beslutad ram 2025", november)
    services.frame_entry_add(council.siri, written, "Enligt protokollet")
    assert frame(council, "kommunstyrelsen", 2025).amount.number == 90_000
    assert frame(council, "kommunstyrelsen", 2025, date(2024, 6, 1)).amount.number == 79_900
    assert frame(council, "kommunstyrelsen").amount.number == 81_000


def test_indexation_is_rounded_committee_by_committee(council) -> None:
    units = [council.units["kommunstyrelsen"], council.units["bildningsnamnden"]]
    written = FrameIndexation(units, Decimal("1.2346"), 2024, [2024, 2025], "Pris och lön", APRIL)
    made = services.frame_index(council.siri, written, "KF beslutade")
    assert [(one.unit.slug, one.year, one.amount) for one in made] == [
        ("kommunstyrelsen", 2024, 1_037), ("kommunstyrelsen", 2025, 1_037),
        ("bildningsnamnden", 2024, 1_482), ("bildningsnamnden", 2025, 1_482),
    ]  # fmt: skip
    lacking = FrameIndexation([*units, council.units["kommunfullmaktige"]], Decimal(1), 2024, [2024], "Mer", APRIL)
    with pytest.raises(UseError, match="Ingen beslutad ram 2024 att räkna upp för Kommunfullmäktige"):
        services.frame_index(council.siri, lacking, "KF beslutade")


def test_transfers_sum_to_zero_over_the_municipality_in_every_year(council) -> None:
    services.frame_transfer(council.siri, transfer(council), "KF beslutade")
    page = transfers_page(council.siri, 2024, 2027)
    assert [column.key for column in page.table.columns] == ["2024", "2025"]
    assert [page.table.value("sum", year).number for year in ("2024", "2025")] == [0, 0]
    assert (page.table.value("unit-kommunstyrelsen", "2025").number, page.broken, page.moves) == (-3_100, (), 2)
