"""What happened to the units between two dates, in one sentence an event."""

from __future__ import annotations

from datetime import date

import pytest

from uppsikt.web.economy.selectors.organisation import listed, successions_between, told_in_words
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.models import Succession


def happened(tiny, *pairs, kind):
    with recording(tiny.reader, why="Prov") as pen:
        for old, new in pairs:
            pen.create(
                Succession, predecessor=tiny.units[old], successor=tiny.units[new], on=date(2024, 3, 1), kind=kind,
                note="Beslut om organisationen.",
            )  # fmt: skip
    units = {unit.pk for unit in tiny.units.values()}
    return told_in_words(successions_between(tiny.reader, units, date(2024, 1, 1), date(2024, 12, 31)))


def test_a_split_into_several_is_one_event(tiny):
    told = happened(tiny, ("klf", "ekonomistaben"), ("klf", "hr-staben"), kind="split")
    assert told == (
        "Den 1 mars 2024 delades Kommunledningsförvaltningen i Ekonomistaben och HR-staben.",
        "Beslut om organisationen.",
    )


def test_a_merger_of_several_is_one_event(tiny):
    told = happened(tiny, ("ekonomistaben", "klf"), ("hr-staben", "klf"), kind="merged")
    assert told[0] == "Den 1 mars 2024 slogs Ekonomistaben och HR-staben ihop till Kommunledningsförvaltningen."


def test_a_move_and_a_new_name(tiny):
    assert happened(tiny, ("klf", "bildningsnamnden"), kind="moved")[0] == (
        "Den 1 mars 2024 gick Kommunledningsförvaltningen över till Bildningsnämnden."
    )


@pytest.mark.parametrize(("since", "until", "count"), [
    (date(2022, 12, 31), date(2023, 1, 1), 1),
    (date(2023, 1, 1), date(2024, 12, 31), 0),
    (date(2022, 1, 1), date(2022, 12, 31), 0),
])  # fmt: skip
def test_only_what_came_after_the_first_day_and_up_to_the_last_counts(tiny, since, until, count):
    units = {tiny.units["hr-staben"].pk}
    assert len(successions_between(tiny.reader, units, since, until)) == count


def test_names_are_listed_as_in_a_sentence():
    assert (listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])) == ("a", "a och b", "a, b och c")
