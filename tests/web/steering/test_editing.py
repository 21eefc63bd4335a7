"""The two things that are edited here, as the browser sends them."""

from __future__ import annotations

import pytest

from uppsikt.web.history.selectors import last_change
from uppsikt.web.organisation.gate import reach
from uppsikt.web.steering.models import Assessment, IndicatorValue

KS = "/kommunstyrelsen/bokslut-2024"


@pytest.fixture
def value(tiny):
    return reach(tiny.reader, IndicatorValue).get(
        indicator__slug="sjukfranvaro", breakdown__slug="totalt", period="2024"
    )


@pytest.fixture
def address(value) -> str:
    return f"{KS}/indikatorer/sjukfranvaro/varde/{value.pk}/"


def sent(tiny, value, **others: object) -> dict[str, object]:
    seen = last_change(tiny.reader, value).pk
    return {"raw": "1,6", "note": "", "why": "Rättat efter avstämning", "seen": seen, **others}


def test_the_form_says_what_is_printed_and_what_has_happened(tiny, signed_in, address):
    html = signed_in("kim").get(address).content.decode()
    for words in ("Verksamhetsberättelse 2024", "Förstås som talet 1,5 %.", "Exempelkommunen läggs in"):
        assert words in html


def test_a_saved_value_leads_back_to_the_indicator(tiny, signed_in, value, address):
    answer = signed_in("kim").post(address, sent(tiny, value), follow=True)
    assert answer.redirect_chain == [(f"{KS}/indikatorer/sjukfranvaro/", 302)]
    html = answer.content.decode()
    assert "Värdet är sparat. Förstås som talet 1,6 %." in html
    assert "Inlagt av Kim Controller" in html
    assert "tryckt var 1,5 i Verksamhetsberättelse 2024" in html


def test_a_conflict_shows_both_versions_and_the_next_save_decides(tiny, signed_in, value, address):
    client, late = signed_in("kim"), sent(tiny, value, raw="1,7", why="Min egen rättning")
    client.post(address, sent(tiny, value))
    answer = client.post(address, late)
    html = answer.content.decode()
    assert answer.status_code == 409
    for words in ("hann före dig", "1,6", 'value="1,7"', 'value="Min egen rättning"'):
        assert words in html
    assert client.post(address, sent(tiny, value, raw="1,7")).status_code == 302
    value.refresh_from_db()
    assert value.raw == "1,7"


def test_what_is_missing_is_said_and_nothing_is_lost(tiny, signed_in, value, address):
    answer = signed_in("kim").post(address, sent(tiny, value, raw="1,9", why=""))
    assert answer.status_code == 200
    assert 'value="1,9"' in answer.content.decode()
    value.refresh_from_db()
    assert value.raw == "1,5"


def test_the_hint_is_given_while_writing(tiny, signed_in, address):
    answer = signed_in("kim").get(address, {"raw": "2,4*"}, headers={"HX-Request": "true"})
    assert answer.content.decode() == "Förstås som talet 2,4 %, preliminärt."


def test_an_unknown_value_of_the_indicator_is_not_found(tiny, signed_in, value):
    assert signed_in("kim").get(f"{KS}/indikatorer/foretag/varde/{value.pk}/").status_code == 404


def test_a_value_that_nobody_has_told_is_told(tiny, signed_in):
    client, address = signed_in("kim"), f"{KS}/indikatorer/utan-varden/varde/ny/totalt/"
    assert address in client.get(f"{KS}/indikatorer/utan-varden/").content.decode()
    told = {"raw": "42", "note": "", "why": "Första mätningen", "seen": 0}
    html = client.post(address, told, follow=True).content.decode()
    assert "Förstås som talet 42 sekunder." in html
    assert "Inlagt av Kim Controller" in html
    made = reach(tiny.reader, IndicatorValue).get(indicator__slug="utan-varden")
    assert (made.period, made.raw, made.source) == ("2024", "42", None)
    late = client.post(address, {**told, "raw": "43"})  # another had the empty form open too
    assert late.status_code == 409
    assert 'value="43"' in late.content.decode()


def test_a_part_that_does_not_exist_is_not_told(tiny, signed_in):
    assert signed_in("kim").get(f"{KS}/indikatorer/foretag/varde/ny/hundar/").status_code == 404


def test_edit_links_are_for_those_who_may(tiny, signed_in):
    indicator, goal = f"{KS}/indikatorer/sjukfranvaro/", f"{KS}/mal/{tiny.goals['arbetsplatser'].pk}/"
    kim = signed_in("kim")
    assert "varde/" in kim.get(indicator).content.decode()
    assert "Ändra bedömningen" in kim.get(goal).content.decode()
    siri = signed_in("siri")
    assert "varde/" not in siri.get(indicator).content.decode()
    assert "Ändra bedömningen" not in siri.get(goal).content.decode()


def test_an_assessment_is_made_with_the_suggestion_beside(tiny, signed_in):
    address = f"{KS}/mal/{tiny.goals['ledarskap'].pk}/bedomning/"
    client = signed_in("kim")
    assert "Målet har inga indikatorer." in client.get(address).content.decode()
    told = {"state": "partly", "reasons": "Halva programmet är genomfört.", "why": "Bokslut", "seen": 0}
    answer = client.post(address, told, follow=True)
    assert "Bedömningen är sparad." in answer.content.decode()
    assert "Halva programmet är genomfört." in answer.content.decode()
    late = client.post(address, {**told, "state": "met", "reasons": "Allt är klart."})
    assert late.status_code == 409
    assert "Allt är klart." in late.content.decode()
    assert reach(tiny.reader, Assessment).get(goal=tiny.goals["ledarskap"]).state == "partly"


def test_the_wording_follows_the_kind_of_date(tiny, signed_in):
    goal = tiny.goals["arbetsplatser"].pk
    interim = signed_in("kim").get(f"/kommunstyrelsen/delar-augusti-2024/mal/{goal}/bedomning/").content.decode()
    assert "Väntas delvis uppnås" in interim
    assert "Delvis uppnått" not in interim
