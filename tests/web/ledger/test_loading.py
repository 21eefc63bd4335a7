"""Files are loaded whole or not at all; what they replaced comes back; a closed month stays as it is."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.web.conftest import Tiny
from tests.web.ledger.conftest import LoadEntries, entry, year_of
from uppsikt.core.errors import UppsiktError, UseError
from uppsikt.web.history.models import Change
from uppsikt.web.ledger import running, selectors
from uppsikt.web.ledger.models import LedgerCode, Load, LoadedPart
from uppsikt.web.ledger.services import codes as registering
from uppsikt.web.ledger.services import loading, looking, naming, periods, receiving, staging
from uppsikt.web.ledger.services.naming import MovedError
from uppsikt.web.ledger.services.periods import ClosedError
from uppsikt.web.ledger.services.telling import DryRun
from uppsikt.web.organisation.gate import Actor, NotAllowedError

NOW = datetime(2024, 9, 3, 12, tzinfo=UTC)
HEAD = "Konto;Ansvar;Verksamhet;Period;Belopp;Text"
State = Load.State


def csv_of(*rows: str, head: str = HEAD) -> bytes:
    return "\r\n".join((head, *rows, "")).encode("cp1252")


def received(tiny: Tiny, *rows: str, source: str = "Agresso", name: str = "augusti.csv", head: str = HEAD) -> Load:
    load = receiving.receive(tiny.actor("kim"), source, name, [csv_of(*rows, head=head)])
    looking.look_at_once(tiny.actor("kim"), load)
    return load


def read(tiny: Tiny, load: Load, **columns: str) -> DryRun:
    """Make the dry run of a received file, as the worker of the server does."""
    staging.ask_read(tiny.actor("kim"), load, staging.Choice(columns))
    assert running.work_once(tiny.actor("kim"))
    load.refresh_from_db()
    assert load.state == State.STAGED, load.error
    return DryRun.of(load.summary)


def kept(tiny: Tiny, *rows: str, why: str = "Utfall för månaden") -> Load:
    load = received(tiny, *rows)
    read(tiny, load)
    loading.ask_keep(tiny.actor("kim"), load, why)
    assert running.work_once(tiny.actor("kim"))
    load.refresh_from_db()
    assert load.state == State.KEPT, load.error
    return load


def figures(tiny: Tiny) -> dict[int, Decimal]:
    """Give what the whole municipality comes to in each month that is loaded."""
    ledger, months = selectors.ledger_of(tiny.reader), selectors.loaded(tiny.reader).months.get("outcome", ())
    from uppsikt.core.economy import EntryKind
    from uppsikt.facts import Where

    return {
        month: ledger.sums((), Where(frozenset({EntryKind.OUTCOME}), month, month))[0].amount
        for month in sorted(months)
    }


JANUARY, FEBRUARY = "5011;10;100;202401;1 000,50;Lön", "5011;10;100;202402;2 000,00;Lön"


def test_a_file_becomes_part_of_the_ledger(codes: Tiny, home: Path) -> None:
    load = received(codes, JANUARY, "3011;20;100;2024-01;-250,25;Försäljning åäö", FEBRUARY)
    found = read(codes, load)
    assert (found.rows, found.total, found.unreadable) == (3, "2750.25", 0)
    assert [one["state"] for one in found.differences] == ["new"] * 3
    assert figures(codes) == {}
    loading.ask_keep(codes.actor("kim"), load, "Utfall för februari")
    running.work_once(codes.actor("kim"))
    load.refresh_from_db()
    assert (load.state, load.rows, load.total) == (State.KEPT, 3, Decimal("2750.25"))
    assert figures(codes) == {202401: Decimal("750.25"), 202402: Decimal("2000.00")}
    assert not list((home / "ledger" / "exempelkoping" / "mottagna").iterdir())
    told = Change._default_manager.filter(model="ledger.load", object_id=load.pk).values_list("why", "who_name")
    assert ("Utfall för februari", "Kim Controller") in told


def test_only_a_controller_at_the_top_loads(codes: Tiny) -> None:
    for who in ("charlie", "siri"):
        with pytest.raises(NotAllowedError):
            receiving.receive(codes.actor(who), "Agresso", "fil.csv", [csv_of(JANUARY)])
    with pytest.raises(NotAllowedError):
        periods.close(codes.reader, [202401], "Avstämd", NOW)


def test_every_fault_is_told_at_once_and_nothing_is_loaded(codes: Tiny) -> None:
    load = received(codes, JANUARY, "5011;10;100;202401;tolv;", "5011;10;100;202416;5,00;", ";10;100;202401;5,00;")
    found = read(codes, load)
    assert sorted((one["code"], one["line"]) for one in found.faults) == [
        ("bad_amount", 3), ("bad_period", 4), ("no_account", 5),
    ]  # fmt: skip
    assert found.unreadable == 3
    with pytest.raises(UseError, match=r"3 rader i augusti\.csv går inte att läsa"):
        loading.ask_keep(codes.actor("kim"), load, "Ändå")


def test_new_codes_are_registered_before_the_file_is_loaded(codes: Tiny) -> None:
    head = "Konto;Ansvar;Verksamhet;Period;Belopp;Ansvar (T)"
    load = received(codes, "5012;31;100;202401;1,00;Ekonomistaben", head=head)
    read(codes, load)
    unknown = registering.unknown_of(codes.reader, load)
    assert {part: sorted(found) for part, found in unknown.items()} == {"account": ["5012"], "unit": ["31"]}
    suggested = registering.suggested_units(
        codes.reader, {"31": "Ekonomistaben", "32": "Ekonomistabben", "77": "Annat"}
    )
    assert {code: (one.unit, one.why) for code, one in suggested.items()} == {
        "31": (codes.units["ekonomistaben"].pk, "heter som enheten"),
        "32": (codes.units["ekonomistaben"].pk, "heter nästan som enheten"),
    }
    for code, unit in (("511", "klf"), ("512", "klf"), ("611", "klf"), ("612", "hr-staben"), ("711", "klf")):
        LedgerCode._default_manager.create(
            municipality=codes.municipality, part="unit", code=code, unit=codes.units[unit]
        )
    neighbours = registering.suggested_units(codes.reader, {"513": "", "613": "", "712": ""})
    assert {code: one.why for code, one in neighbours.items()} == {"513": "som 511, 512"}  # all of them, and not one
    with pytest.raises(UseError, match="2 koder"):
        loading.ask_keep(codes.actor("kim"), load, "Utfall")
    said = {("unit", "31"): registering.Said("Ekonomi, ny", codes.units["ekonomistaben"].pk)}
    assert registering.register(codes.actor("kim"), load, said) == 2
    loading.ask_keep(codes.actor("kim"), load, "Utfall")
    running.work_once(codes.actor("kim"))
    sides = selectors.outcome_by_unit(codes.reader, [codes.units["ekonomistaben"]], 202401, 202401)
    assert sides[codes.units["ekonomistaben"].pk].costs.number == 1
    assert LedgerCode._default_manager.get(code="31").name == "Ekonomi, ny"


def test_columns_that_were_chosen_are_remembered(codes: Tiny) -> None:
    rows = "5011;10;100;202401;9,00;5,00"
    head = "Konto;Ansvar;Verksamhet;Period;Kolumn A;Kolumn B"
    load = received(codes, rows, head=head)
    found = read(codes, load, **{"Kolumn A": "", "Kolumn B": "amount"})
    assert found.total == "5.00"
    following = received(codes, rows, head=head)
    assert read(codes, following).total == "5.00"


def test_a_month_is_loaded_again_and_the_old_load_is_brought_back(codes: Tiny) -> None:
    first = kept(codes, JANUARY, FEBRUARY)
    second = kept(codes, "5011;10;100;202402;2 500,00;Rättad")
    assert figures(codes) == {202401: Decimal("1000.50"), 202402: Decimal("2500.00")}
    loading.restore(codes.actor("kim"), first, "Fel fil")
    assert figures(codes) == {202401: Decimal("1000.50"), 202402: Decimal("2000.00")}
    second.refresh_from_db()
    assert second.state == State.REPLACED
    loading.restore(codes.actor("kim"), second, "Den var rätt ändå")
    assert figures(codes)[202402] == Decimal("2500.00")
    with pytest.raises(UseError, match="gäller redan"):
        loading.restore(codes.actor("kim"), second, "Igen")


def test_a_load_is_undone_month_by_month(codes: Tiny) -> None:
    first = kept(codes, JANUARY)
    second = kept(codes, "5011;10;100;202401;3 000,00;", FEBRUARY)
    loading.withdraw(codes.actor("kim"), second, "Fel fil")
    assert figures(codes) == {202401: Decimal("1000.50")}
    loading.withdraw(codes.actor("kim"), first, "Börjar om")
    assert figures(codes) == {}
    first.refresh_from_db()
    assert first.state == State.REPLACED


def test_the_dry_run_says_what_is_new_changed_and_removed(codes: Tiny) -> None:
    kept(codes, JANUARY, "5011;20;100;202401;7,00;", "5011;50;440;202401;8,00;")
    load = received(codes, "5011;10;100;202401;1 000,50;Lön", "5011;20;100;202401;6,00;", "5011;90;100;202401;1,00;")
    found = read(codes, load)
    assert [(one["unit"], one["state"]) for one in found.differences] == [
        ("20", "changed"), ("50", "removed"), ("90", "new"),
    ]  # fmt: skip
    assert found.same == 1


def test_a_closed_month_refuses_and_says_who_closed_it(codes: Tiny) -> None:
    kept(codes, JANUARY, FEBRUARY)
    periods.close(codes.actor("kim"), [202401], "Avstämd", NOW)
    load = received(codes, "5011;10;100;202401;9,00;")
    read(codes, load)
    with pytest.raises(ClosedError, match=r"Januari 2024 stängdes av Kim Controller den 3 september 2024 .”Avstämd”"):
        loading.ask_keep(codes.actor("kim"), load, "Rättelse")
    with pytest.raises(ClosedError):
        loading.load_entries(codes.actor("kim"), "Agresso", [entry(202401, "10", 1)], "Rättelse")
    assert figures(codes)[202401] == Decimal("1000.50")
    periods.reopen(codes.actor("kim"), 202401, "En faktura saknades", NOW)
    loading.ask_keep(codes.actor("kim"), load, "Rättelse")
    running.work_once(codes.actor("kim"))
    assert figures(codes)[202401] == Decimal("9.00")


def test_a_closed_month_that_is_the_same_does_not_stop_the_others(codes: Tiny) -> None:
    kept(codes, JANUARY)
    periods.close(codes.actor("kim"), [202401], "Avstämd", NOW)
    kept(codes, JANUARY, FEBRUARY)
    assert figures(codes) == {202401: Decimal("1000.50"), 202402: Decimal("2000.00")}


def test_closing_again_changes_nothing_and_a_reason_is_demanded(codes: Tiny) -> None:
    assert len(periods.close(codes.actor("kim"), [202401, 202402], "Avstämd", NOW)) == 2
    assert periods.close(codes.actor("kim"), [202401], "Igen", NOW) == []
    with pytest.raises(UseError, match="Skriv varför"):
        periods.reopen(codes.actor("kim"), 202401, " ", NOW)


def test_a_dry_run_made_against_something_else_is_made_anew(codes: Tiny) -> None:
    one, other = received(codes, JANUARY), received(codes, "5011;10;100;202401;5,00;")
    read(codes, one)
    read(codes, other)
    for load in (one, other):
        loading.ask_keep(codes.actor("kim"), load, "Utfall")
    assert running.work_once(codes.actor("kim"))  # the first is loaded
    assert running.work_once(codes.actor("kim"))  # the second finds that something else came between
    other.refresh_from_db()
    assert (other.state, "Något annat lästes in" in other.error) == (State.READING, True)
    assert running.work_once(codes.actor("kim"))
    other.refresh_from_db()
    assert other.state == State.STAGED
    assert [change["state"] for change in DryRun.of(other.summary).differences] == ["changed"]
    assert figures(codes) == {202401: Decimal("1000.50")}


def test_two_who_load_at_once_never_mix(codes: Tiny) -> None:
    one, other = received(codes, JANUARY, FEBRUARY), received(codes, "5011;10;100;202402;5,00;")
    kim = codes.actor("kim")
    read(codes, one)
    read(codes, other)
    for load in (one, other):
        loading.ask_keep(kim, load, "Utfall")
    first, second = loading.keeping(kim, one)(), loading.keeping(kim, other)()  # both have put their files in place
    loading.finish_keeping(kim, one, first)
    with pytest.raises(MovedError):
        loading.finish_keeping(kim, other, second)
    assert figures(codes) == {202401: Decimal("1000.50"), 202402: Decimal("2000.00")}


def test_what_was_stored_must_be_what_the_file_held(codes: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    load = received(codes, JANUARY)
    read(codes, load)
    kim = codes.actor("kim")
    loading.ask_keep(kim, load, "Utfall")
    parts = loading.keeping(kim, load)()
    load.total = Decimal("1000.51")
    with pytest.raises(naming.NotWholeError, match="Kontrollsumman stämmer inte"):
        loading.finish_keeping(kim, load, parts)
    assert figures(codes) == {}
    assert not LoadedPart._default_manager.exists()


def test_files_put_in_place_by_one_who_was_stopped_are_read_anew(codes: Tiny) -> None:
    load = received(codes, JANUARY)
    read(codes, load)
    kim = codes.actor("kim")
    loading.ask_keep(kim, load, "Utfall")
    loading.keeping(kim, load)()  # and then the power goes
    assert figures(codes) == {}
    assert running.work_once(kim)
    load.refresh_from_db()
    assert load.state == State.READING
    running.work_once(kim)
    load.refresh_from_db()
    loading.ask_keep(kim, load, "Utfall")
    running.work_once(kim)
    assert figures(codes) == {202401: Decimal("1000.50")}


def test_what_is_thrown_away_leaves_nothing(codes: Tiny, home: Path) -> None:
    load = received(codes, JANUARY)
    read(codes, load)
    loading.discard(codes.actor("kim"), load)
    assert not [path for path in (home / "ledger" / "exempelkoping").rglob("*") if path.is_file()]
    with pytest.raises(UseError, match="inte provläst"):
        loading.ask_keep(codes.actor("kim"), load, "Ändå")


def test_entries_of_the_program_replace_their_own_months_only(codes: Tiny, put: LoadEntries) -> None:
    put(year_of(2024, 2))
    put([entry(202402, "10", 7)], source="Bokslutsjustering")
    assert figures(codes) == {202401: Decimal(555), 202402: Decimal(562)}
    put([entry(202402, "10", 8)], source="Bokslutsjustering")
    assert figures(codes)[202402] == Decimal(563)
    with pytest.raises(UppsiktError, match="Skriv varför"):
        put([entry(202402, "10", 8)], why=" ")


def test_nothing_of_another_municipality_is_reached(codes: Tiny, put: LoadEntries) -> None:
    put(year_of(2024, 2))
    from uppsikt.web.organisation.models import Municipality

    stranger = Actor(Municipality._default_manager.create(name="Annanstad", code="9998", slug="annanstad").pk)
    assert selectors.manifest_of(stranger).parts == ()
    assert selectors.loaded(stranger).months == {}
