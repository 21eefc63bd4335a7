"""Lines over the months: own weights that are kept, last year's months of the line's own account, many at once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from tests.web.budget.conftest import WHY, Made
from uppsikt.core.economy import Entry, EntryKind
from uppsikt.core.economy.spreading import Profile
from uppsikt.core.errors import UseError
from uppsikt.web.budget.models import BudgetLine
from uppsikt.web.budget.selectors import held
from uppsikt.web.budget.selectors.patterns import LastYear
from uppsikt.web.budget.services import lines, making, saving
from uppsikt.web.budget.services.spreading import SpreadWanted, months_spread
from uppsikt.web.ledger.services import load_entries
from uppsikt.web.organisation.gate import NotAllowedError

SignIn = Callable[[str], Client]
WINTER = (Decimal(3), Decimal("2.5"), Decimal(2), *[Decimal(0)] * 8, Decimal("2.5"))
WINTER_TYPED = {"weight_1": "3", "weight_2": "2,5", "weight_3": "2", "weight_12": "2,5"}


def _book(made: Made, amounts: dict[str, list[int]], months: int = 12) -> None:
    """Load last year's outcome: for each account its months, at the economy division."""
    entries = [
        Entry(kind=EntryKind.OUTCOME, month=202300 + number, account=account, unit="110", amount=Decimal(amount))
        for account, told in amounts.items()
        for number, amount in enumerate(told[:months], start=1)
    ]
    load_entries(made.kim, "Agresso", entries, WHY)


def _wanted(label: str, amount: int, **more: object) -> lines.LineWanted:
    return lines.LineWanted(label, "6011", amount, Profile.OWN, pattern=WINTER, **more)  # type: ignore[arg-type]  # fields


def test_own_weights_are_kept_and_followed_when_the_amount_changes(made: Made) -> None:
    unit = made.tiny.units["hr-staben"]
    line = lines.line_add(made.kim, made.version, lines.Place(unit, 2024), _wanted("Snö", 100_001), WHY)
    assert line.months == [30_001, 25_000, 20_000, *[0] * 8, 25_000]
    saving.years_save(
        made.kim, made.version, [saving.Edit(line.pk, (100_001, None, None, None), (0, 8, None, None))], WHY
    )
    emptied = BudgetLine._default_manager.get(pk=line.pk)
    assert emptied.months == [0] * 12
    plan = BudgetLine._default_manager.get(label="Snö", year=2025)
    assert (plan.months, plan.weights) == ([2, 2, 2, *[0] * 8, 2], ["3", "2.5", "2", *["0"] * 8, "2.5"])
    saving.years_save(made.kim, made.version, [saving.Edit(line.pk, (0, 8, None, None), (10_000, 8, None, None))], WHY)
    assert BudgetLine._default_manager.get(pk=line.pk).months == [3000, 2500, 2000, *[0] * 8, 2500]
    copy = making.version_copy(made.kim, made.version, "Kopia", WHY)
    assert copy.lines.get(label="Snö", year=2024).weights == plan.weights


def test_months_that_are_typed_take_the_place_of_weights(made: Made) -> None:
    unit = made.tiny.units["hr-staben"]
    line = lines.line_add(made.kim, made.version, lines.Place(unit, 2024), _wanted("Snö", 10_000), WHY)
    typed = (5, *line.months[1:])
    saving.months_save(made.kim, made.version, [saving.Edit(line.pk, tuple(line.months), typed)], WHY)
    again = BudgetLine._default_manager.get(pk=line.pk)
    assert (again.weights, again.pattern) == ([], tuple(map(Decimal, typed)))


def test_an_own_layout_without_weights_is_refused_and_never_made_even(made: Made) -> None:
    unit = made.tiny.units["hr-staben"]
    without = lines.LineWanted("Snö", "6011", 10, Profile.OWN)
    with pytest.raises(UseError, match="egna vikterna"):
        lines.line_add(made.kim, made.version, lines.Place(unit, 2024), without, WHY)


def test_weights_are_typed_on_the_page_of_a_line(made: Made, signed_in: SignIn) -> None:
    client, address = signed_in("charlie"), made.url("rad/ny/hr-staben/")
    wanted = {"label": "Snö", "account": "6011", "amount": "10 tkr", "profile": "own", "why": WHY}
    for typed, told in (
        ({}, "Skriv minst en vikt"),
        ({"weight_1": "0"}, "Skriv minst en vikt"),
        ({"weight_1": "-1"}, "noll eller större"),
        ({"weight_1": "två"}, "noll eller större"),
        ({"weight_1": "1,2345"}, "noll eller större"),
        ({"weight_1": "3", "profile": "twelfths"}, "Välj fördelningen egen"),
    ):
        page = client.post(address, wanted | typed).content.decode()
        assert told in page
        assert 'value="Snö"' in page
    client.post(address, wanted | WINTER_TYPED)
    line = BudgetLine._default_manager.get(label="Snö")
    assert line.months == [3000, 2500, 2000, *[0] * 8, 2500]
    page = client.get(made.url(f"rad/{line.pk}/")).content.decode()
    assert 'value="2,5"' in page
    assert "<details" in page
    assert "open" in page[page.index("<details") :][:40]


def test_lines_are_laid_out_again_with_their_amounts_as_they_are(made: Made, signed_in: SignIn) -> None:
    client, address = signed_in("charlie"), made.url("manader/ekonomistaben/")
    own = [made.lines[label] for label in ("Personal", "Konsulter", "Ersättningar")]
    sent: dict[str, object] = {f"b{line.pk}": held(line.months) for line in own}
    sent |= {"profile": "school_terms", "lines": [line.pk for line in own[:2]]}
    page = client.post(address, sent | {"visa": "1"}).content.decode()
    assert "Ingenting är sparat ännu" in page
    assert "120\N{NO-BREAK SPACE}000" in page
    assert made.again("Konsulter").months == own[1].months
    assert "Skriv varför" in client.post(address, sent | {"spara": "1"}).content.decode()
    told = client.post(address, sent | {"spara": "1", "why": WHY}, follow=True).content.decode()
    assert "2 rader är omlagda" in told
    assert made.again("Konsulter").months == [120_000] * 5 + [60_000, 0, 60_000] + [120_000] * 4
    assert made.again("Konsulter").amount == 1_200_000
    assert made.again("Ersättningar").months == own[2].months
    late = client.post(address, sent | {"spara": "1", "why": WHY}).content.decode()
    assert "Någon annan har ändrat Ekonomistaben: Personal, Ekonomistaben: Konsulter" in late


def test_only_who_holds_the_lines_lays_them_out(made: Made, signed_in: SignIn) -> None:
    line = made.lines["Personal"]
    wanted = SpreadWanted(Profile.TWELFTHS, {line.pk: tuple(line.months)})
    with pytest.raises(NotAllowedError):
        months_spread(made.tiny.actor("siri"), made.version, wanted, WHY)
    assert signed_in("siri").get(made.url("manader/ekonomistaben/")).status_code == 403
    gone = SpreadWanted(Profile.TWELFTHS, {999_999: (0,) * 12})
    with pytest.raises(UseError, match="tagit bort"):
        months_spread(made.kim, made.version, gone, WHY)


def test_last_years_months_are_those_of_the_lines_own_account(made: Made) -> None:
    rent, labour = [0] * 6 + [600] + [0] * 5, [100] * 12
    _book(made, {"6011": rent, "5011": labour, "5012": [12] * 12})
    unit, last = made.tiny.units["ekonomistaben"], LastYear(made.kim, made.version)
    assert last.pattern(unit, "6011") == tuple(rent)
    assert last.pattern(unit, "5011") == (100,) * 12
    assert last.pattern(unit, "5") == (112,) * 12  # a group of accounts
    assert last.pattern(unit, "6099") == tuple(rent)  # nothing on the account: its class
    with pytest.raises(UseError, match=r"varken ett helt års utfall.*7411.*Ekonomistaben"):
        last.pattern(unit, "7411")


def test_a_year_that_comes_to_nothing_has_no_months_to_follow(made: Made) -> None:
    _book(made, {"6011": [500, *[0] * 10, -500]})
    with pytest.raises(UseError, match="varken"):
        LastYear(made.kim, made.version).pattern(made.tiny.units["ekonomistaben"], "6011")


def test_a_year_that_is_not_loaded_to_its_end_is_not_followed(made: Made) -> None:
    _book(made, {"6011": [500] * 12}, months=11)
    with pytest.raises(UseError, match="varken"):
        LastYear(made.kim, made.version).pattern(made.tiny.units["ekonomistaben"], "6011")


def test_every_line_without_a_last_year_is_named(made: Made, signed_in: SignIn) -> None:
    _book(made, {"5011": [100] * 11 + [200]})
    client, address = signed_in("kim"), made.url("manader/ekonomistaben/")
    own = [made.lines[label] for label in ("Personal", "Konsulter", "Ersättningar")]
    sent: dict[str, object] = {f"b{line.pk}": held(line.months) for line in own}
    sent |= {"profile": "last_year", "lines": [line.pk for line in own], "why": WHY, "spara": "1"}
    page = client.post(address, sent).content.decode()
    assert "Ekonomistaben: Konsulter (7411), Ekonomistaben: Ersättningar (3511)" in page
    client.post(address, sent | {"lines": [own[0].pk]})
    months = made.again("Personal").months
    assert (months[11], sum(months)) == (769_231, 5_000_000)
