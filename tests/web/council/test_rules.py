"""The municipality's limits: who decides them, what counts when, and what counts where nothing is decided."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from uppsikt.core.errors import UseError
from uppsikt.web.council.selectors.rules import rules_page
from uppsikt.web.followup.models import ForecastLimit
from uppsikt.web.followup.selectors.limits import comment_limit, plan_rule
from uppsikt.web.followup.services.limits import LimitTold, limit_remove, limit_save
from uppsikt.web.history.models import Change
from uppsikt.web.history.services import EditConflictError
from uppsikt.web.organisation.gate import NotAllowedError
from uppsikt.web.staff.models import StaffRule

PAGES = "/kommunstyrelsen/bokslut-2024/kommunen/regler/"
KINDS = ForecastLimit.Kind
NB = "\N{NO-BREAK SPACE}"


def limit(**more) -> LimitTold:
    given = {"valid_from": date(2024, 1, 1), "percent": Decimal(2), "amount": None, "both": False,
             "source": "KF 2023-12-12 § 397", "why": "Nytt reglemente"}  # fmt: skip
    return LimitTold(**(given | more))


def words(tiny, at: str = "bokslut-2024") -> list[str]:
    return [rule.words.replace(NB, " ") for rule in rules_page(tiny.here(at=at)).sizes]


def test_without_anything_decided_the_page_says_what_counts(tiny):
    page = rules_page(tiny.here())
    assert words(tiny) == ["Ingen gräns: kommentaren är frivillig.", "mer än 1 % av budgeten och mer än 1 mnkr"]
    assert (page.smallest_group, page.default_group, page.may_decide) == (5, 5, False)


def test_a_limit_counts_from_its_day_and_not_before(tiny):
    limit_save(tiny.actor("kim"), KINDS.COMMENT, limit(amount=Decimal(500_000)))
    assert words(tiny)[0] == "mer än 2 % av budgeten eller mer än 500 tkr"
    assert words(tiny, "bokslut-2023")[0].startswith("Ingen gräns")
    assert comment_limit(tiny.reader, date(2024, 1, 1)).percent == 2
    assert comment_limit(tiny.reader, date(2023, 12, 31)) is None


def test_the_limit_before_counts_again_when_one_is_taken_away(tiny):
    kim = tiny.actor("kim")
    limit_save(kim, KINDS.ACTION_PLAN, limit(valid_from=date(2020, 1, 1), percent=Decimal("1.5")))
    newer = limit_save(kim, KINDS.ACTION_PLAN, limit())
    assert plan_rule(tiny.reader, date(2024, 12, 31)).percent == 2
    limit_remove(kim, newer, "Lades in av misstag")
    assert plan_rule(tiny.reader, date(2024, 12, 31)).percent == Decimal("1.5")
    assert Change._default_manager.filter(model="followup.forecastlimit").count() == 3


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"percent": None}, "procentsats"), ({"both": True}, "både procentsats och belopp"),
        ({"source": " "}, "vad som säger"), ({"why": ""}, "varför"),
    ],
)  # fmt: skip
def test_a_limit_that_says_nothing_is_refused(tiny, more, told):
    with pytest.raises(UseError, match=told):
        limit_save(tiny.actor("kim"), KINDS.COMMENT, limit(**more))
    assert not ForecastLimit._default_manager.exists()


def test_two_limits_never_begin_on_the_same_day(tiny):
    limit_save(tiny.actor("kim"), KINDS.COMMENT, limit())
    with pytest.raises(UseError, match="gäller redan från 2024-01-01"):
        limit_save(tiny.actor("kim"), KINDS.COMMENT, limit())


def test_who_saw_an_older_limit_is_told(tiny):
    kim = tiny.actor("kim")
    stored = limit_save(kim, KINDS.COMMENT, limit())
    limit_save(kim, KINDS.COMMENT, limit(percent=Decimal(3), seen=Change._default_manager.latest("pk").pk), stored)
    with pytest.raises(EditConflictError):
        limit_save(kim, KINDS.COMMENT, limit(percent=Decimal(4), seen=1), stored)


@pytest.mark.parametrize("who", ["", "charlie", "siri"])
def test_only_a_controller_of_the_top_decides(tiny, who):
    with pytest.raises(NotAllowedError):
        limit_save(tiny.actor(who) if who else tiny.reader, KINDS.COMMENT, limit())


def test_the_page_is_used_from_nothing_to_a_limit_and_back(tiny, signed_in):
    kim = signed_in("kim")
    assert "Ingen gräns" in kim.get(PAGES).content.decode()
    refused = kim.post(PAGES + "kommentar/ny/", {"percent": "tio", "seen": "0", "source": "Reglementet § 4"})
    assert refused.status_code == 422
    html = refused.content.decode()
    assert 'value="tio"' in html
    assert "Skriv från vilken dag" in html
    assert "Skriv varför" in html
    sent = {"percent": "2,5", "amount": "1 mnkr", "both": "1", "valid_from": "2024-01-01", "source": "Reglementet § 4",
            "why": "Beslutat", "seen": "0"}  # fmt: skip
    assert kim.post(PAGES + "kommentar/ny/", sent).url == PAGES
    html = kim.get(PAGES).content.decode().replace(NB, " ")
    assert "Mer än 2,5 % av budgeten och mer än 1 mnkr" in html
    assert "Reglementet § 4" in html
    stored = ForecastLimit._default_manager.get()
    form = kim.get(f"{PAGES}kommentar/{stored.pk}/").content.decode()
    assert 'value="2,5"' in form
    conflict = kim.post(f"{PAGES}kommentar/{stored.pk}/", {**sent, "percent": "3"})
    assert conflict.status_code == 409
    assert 'value="3"' in conflict.content.decode()
    assert kim.post(f"{PAGES}kommentar/{stored.pk}/bort/", {"why": "Ångrat"}).url == PAGES
    assert not ForecastLimit._default_manager.exists()


def test_the_smallest_group_is_decided_on_the_same_page(tiny, signed_in):
    kim = signed_in("kim")
    assert kim.post(PAGES + "minsta-grupp/", {"number": "2", "why": "Nej", "seen": "0"}).status_code == 422
    assert kim.post(PAGES + "minsta-grupp/", {"number": "10", "why": "Beslutat", "seen": "0"}).url == PAGES
    assert StaffRule._default_manager.get().smallest_group == 10
    assert "färre än 10 personer" in kim.get(PAGES).content.decode()


def test_a_limit_that_does_not_exist_is_a_swedish_404(tiny, signed_in):
    answer = signed_in("kim").get(PAGES + "moms/ny/")
    assert answer.status_code == 404
    assert "ingen sådan gräns" in answer.content.decode()
