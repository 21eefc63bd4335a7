"""Editing values and assessments: read as written, kept with history, refused with a reason, nothing lost."""

from __future__ import annotations

from decimal import Decimal

import pytest

from uppsikt.core.errors import UseError
from uppsikt.core.quantities import Missing
from uppsikt.core.states import GoalState
from uppsikt.web.history.models import Change
from uppsikt.web.history.selectors import changes_of, last_change
from uppsikt.web.history.services import EditConflictError, recording
from uppsikt.web.organisation.gate import NotAllowedError, reach
from uppsikt.web.steering.models import Assessment, Indicator, IndicatorValue
from uppsikt.web.steering.selectors import indicator_page, read_entry, responsible_unit, understood
from uppsikt.web.steering.services import Judgement, ValueEntry, assessment_edit, value_edit


@pytest.fixture
def value(tiny):
    return reach(tiny.reader, IndicatorValue).get(
        indicator__slug="sjukfranvaro", breakdown__slug="totalt", period="2024"
    )


def seen(tiny, target) -> int:
    return last_change(tiny.reader, target).pk


def entry(tiny, value, raw: str, **others: str) -> ValueEntry:
    told = {"note": "", "why": "Rättat efter avstämning", **others}
    return ValueEntry(raw, told["note"], told["why"], seen(tiny, value))


@pytest.mark.parametrize(
    ("raw", "number", "decimals"),
    [("1,6", "1.6", 1), ("19*", "19", 0), ("40 000", "40000", 0), ("I.U.", None, None), ("växer", None, None)],
)
def test_a_value_is_read_as_a_human_writes_it(tiny, value, raw, number, decimals):
    value_edit(tiny.actor("kim"), value, entry(tiny, value, raw))
    value.refresh_from_db()
    assert (value.raw, value.decimals) == (raw, decimals)
    assert value.number == (None if number is None else Decimal(number))


def test_an_edited_value_is_no_longer_what_the_document_printed(tiny, value):
    value_edit(tiny.actor("kim"), value, entry(tiny, value, "1,6"))
    line = next(one for one in indicator_page(tiny.here(), "sjukfranvaro").lines if one.told.pk == value.pk)
    assert line.told.origin.document == ""
    assert line.told.origin.entered_by == "Kim Controller"
    assert line.replaced == "1,5 i Verksamhetsberättelse 2024"
    change = last_change(tiny.reader, value)
    assert change.before["source_id"] == tiny.documents["bokslut-2024"].pk
    assert change.why == "Rättat efter avstämning"


def test_a_note_alone_leaves_the_source(tiny, value):
    value_edit(tiny.actor("kim"), value, entry(tiny, value, "1,5", note="Utan vikarier"))
    value.refresh_from_db()
    assert (value.note, value.source) == ("Utan vikarier", tiny.documents["bokslut-2024"])


@pytest.mark.parametrize("who", ["siri", "charlie"])
def test_only_a_reporter_of_the_goals_unit_edits(tiny, value, who):
    # the goal is the committee's: the reporter of the administration below it may not
    with pytest.raises(NotAllowedError, match="Kommunstyrelsen"):
        value_edit(tiny.actor(who), value, entry(tiny, value, "1,6"))
    assert changes_of(tiny.reader, value).count() == 1


def test_a_reader_is_asked_to_sign_in(tiny, value):
    with pytest.raises(NotAllowedError, match="Logga in"):
        value_edit(tiny.reader, value, entry(tiny, value, "1,6"))


@pytest.mark.parametrize(("raw", "why"), [("", "Rättat"), ("1,6", "  ")])
def test_a_value_and_a_why_are_demanded(tiny, value, raw, why):
    with pytest.raises(UseError):
        value_edit(tiny.actor("kim"), value, entry(tiny, value, raw, why=why))


def test_the_second_of_two_editors_is_told_what_the_first_did(tiny, value):
    kim = tiny.actor("kim")
    late = entry(tiny, value, "1,7")
    value_edit(kim, value, entry(tiny, value, "1,6"))
    with pytest.raises(EditConflictError) as conflict:
        value_edit(kim, value, late)
    assert conflict.value.change.after["raw"] == "1,6"
    value.refresh_from_db()
    assert value.raw == "1,6"


def test_the_unit_that_answers_is_the_goals_in_the_years_model(tiny):
    at = tiny.dates["bokslut-2024"]
    assert responsible_unit(tiny.reader, tiny.indicators["sjukfranvaro"], at).slug == "kommunstyrelsen"
    with recording(tiny.actor("kim"), why="Ny indikator") as pen:
        loose = pen.create(Indicator, municipality=tiny.municipality, slug="los", name="Lös")
    assert responsible_unit(tiny.reader, loose, at).slug == "kommunstyrelsen"


@pytest.mark.parametrize(
    ("unit", "raw", "number"),
    [("tkr", "1,5 mnkr", "1500"), ("tkr", "900", "900"), ("%", "1,5 %", "1.5"), ("mnkr", "2 500 tkr", "2.5")],
)
def test_money_is_told_in_the_indicators_own_unit(unit, raw, number):
    assert read_entry(Indicator(unit_text=unit), raw).value.number == Decimal(number)


def test_money_for_what_is_not_money_is_text():
    assert isinstance(read_entry(Indicator(unit_text="%"), "5 tkr").value, Missing)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("1,5", "Förstås som talet 1,5 %."),
        ("19*", "Förstås som talet 19 %, preliminärt."),
        ("I.U.", "Förstås som att värdet saknas: ingen uppgift."),
        ("bra", "Förstås som text och inte som ett tal"),
        ("", "Skriv ett tal, till exempel 1,5, eller I.U. när uppgift saknas."),
    ],
)
def test_the_hint_says_how_a_value_is_understood(raw, told):
    assert understood(Indicator(unit_text="%"), raw).startswith(told)


def judgement(state: str, seen: int = 0, **others: str) -> Judgement:
    told = {"reasons": "Alla indikatorer når målet.", "why": "Bokslut", **others}
    return Judgement(GoalState(state), told["reasons"], told["why"], seen)


def test_a_goal_is_assessed_for_the_first_time_and_again(tiny):
    kim, goal, at = tiny.actor("kim"), tiny.goals["ledarskap"], tiny.dates["bokslut-2024"]
    made = assessment_edit(kim, goal, at, judgement("met"))
    assert last_change(kim, made).verb == Change.Verb.CREATED
    assessment_edit(kim, goal, at, judgement("partly", seen(tiny, made)))
    made.refresh_from_db()
    assert made.state == "partly"
    assert last_change(kim, made).before == {"state": "met"}


def test_reasons_that_a_person_has_written_are_no_example(tiny):
    kim, goal, at = tiny.actor("kim"), tiny.goals["ledarskap"], tiny.dates["bokslut-2024"]
    with recording(tiny.actor("kim"), why="Exempel läggs in") as pen:
        made = pen.create(Assessment, goal=goal, reporting_date=at, state="met", reasons="Exempeltext: Alla når målet.")
    assessment_edit(kim, goal, at, judgement("partly", seen(tiny, made), reasons="Exempeltext: Alla når målet."))
    made.refresh_from_db()
    assert (made.state, made.reasons) == ("partly", "Exempeltext: Alla når målet.")
    assessment_edit(kim, goal, at, judgement("partly", seen(tiny, made), reasons="Exempeltext: Hälften når målet."))
    made.refresh_from_db()
    assert made.reasons == "Hälften når målet."


def test_two_who_assess_at_once_are_kept_apart(tiny):
    kim, goal, at = tiny.actor("kim"), tiny.goals["ledarskap"], tiny.dates["bokslut-2024"]
    assessment_edit(kim, goal, at, judgement("met"))
    with pytest.raises(EditConflictError):
        assessment_edit(kim, goal, at, judgement("missed"))
    assert reach(kim, Assessment).get(goal=goal, reporting_date=at).state == "met"


@pytest.mark.parametrize(
    ("who", "goal", "told", "error"),
    [
        ("siri", "ledarskap", judgement("met"), NotAllowedError),
        ("kim", "attraktiv", judgement("met"), UseError),
        ("kim", "gamla-arbetsplatser", judgement("met"), UseError),
        ("kim", "ledarskap", judgement("met", reasons=" "), UseError),
        ("kim", "ledarskap", judgement("met", why=""), UseError),
    ],
)
def test_an_assessment_is_refused_with_a_reason(tiny, who, goal, told, error):
    with pytest.raises(error):
        assessment_edit(tiny.actor(who), tiny.goals[goal], tiny.dates["bokslut-2024"], told)


def test_not_assessed_needs_no_reasons(tiny):
    made = assessment_edit(
        tiny.actor("kim"), tiny.goals["ledarskap"], tiny.dates["bokslut-2024"], judgement("none", reasons="")
    )
    assert made.state == "none"


def test_the_reporter_of_an_administration_assesses_its_goals(tiny):
    made = assessment_edit(
        tiny.actor("charlie"), tiny.goals["handlaggning"], tiny.dates["bokslut-2024"], judgement("met")
    )
    assert made.goal == tiny.goals["handlaggning"]
