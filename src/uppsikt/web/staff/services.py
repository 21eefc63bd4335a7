"""Everything that writes about staff and volumes. Each function is one thing that a person does, with a reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from uppsikt.core.economy.ledger import EntryFault
from uppsikt.core.economy.staffing import PayrollRow, payroll_faults
from uppsikt.core.errors import UseError
from uppsikt.core.quantities import Quantity
from uppsikt.web.cycle.here import Here
from uppsikt.web.economy.models import Volume
from uppsikt.web.history.models import Change
from uppsikt.web.history.services import EditConflictError, recording
from uppsikt.web.ledger.selectors import last_day
from uppsikt.web.ledger.selectors.codes import registered_codes
from uppsikt.web.ledger.services.authority import require_ledger
from uppsikt.web.organisation.gate import Act, Actor, reach, require
from uppsikt.web.organisation.models import Municipality, Unit
from uppsikt.web.staff.models import PayrollLoad, PayrollMonth, Reception, StaffFigure, StaffRule, VolumeFigure
from uppsikt.web.staff.selectors import rule_of, seen_of, units_by_word, volume_line

MOST_ROWS = 200_000


class BrokenPayrollError(UseError):
    """A payroll file that cannot be loaded; ``faults`` are all of them."""

    def __init__(self, name: str, faults: Sequence[EntryFault]) -> None:
        super().__init__(f"{name} läses inte in: {len(faults)} fel. Rätta dem i filen och lägg upp den igen.")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class PayrollFile:
    """A payroll file as it was read: its name, its SHA-256, its rows, and what the reader could not read."""

    name: str
    digest: str
    rows: tuple[PayrollRow, ...]
    faults: tuple[EntryFault, ...] = ()
    is_synthetic: bool = False


def payroll_keep(actor: Actor, file: PayrollFile, why: str) -> PayrollLoad:
    """Keep a payroll file without letting it count: the dry run. All of it or nothing.

    Raises NotAllowedError, and BrokenPayrollError with everything that is wrong in the file.
    """
    require_ledger(actor)
    if not file.rows and not file.faults:
        raise UseError(f"{file.name} har inga rader med personal. Kontrollera att du valde rätt fil och blad.")
    if len(file.rows) > MOST_ROWS:
        raise UseError(f"{file.name} har {len(file.rows)} rader; högst {MOST_ROWS} läses. Dela filen per år.")
    units, strange = _units(actor, file.rows)
    faults = sorted([*file.faults, *payroll_faults(file.rows), *strange], key=lambda one: one.line)
    if faults:
        raise BrokenPayrollError(file.name, faults)
    town = reach(actor, Municipality).get()
    with recording(actor, _reason(why)) as pen:
        load = pen.create(
            PayrollLoad, municipality=town, file_name=file.name, digest=file.digest, rows=len(file.rows),
            who=actor.name, is_synthetic=file.is_synthetic,
        )  # fmt: skip
        pen.create_many(StaffFigure, [_figure(load, one, units[one.unit, one.month]) for one in file.rows])
    return load


def _units(actor: Actor, rows: Iterable[PayrollRow]) -> tuple[Mapping[tuple[str, int], Unit], list[EntryFault]]:
    """Find the unit of every row as of its month; what is no unit is a fault, once for each word."""
    found: dict[tuple[str, int], Unit] = {}
    unknown: dict[str, list[PayrollRow]] = {}
    by_month: dict[int, dict[str, Unit]] = {}
    for row in rows:
        if row.month not in by_month:
            by_month[row.month] = units_by_word(actor, last_day(row.month))
        unit = by_month[row.month].get(row.unit.casefold())
        if unit is None:
            unknown.setdefault(row.unit, []).append(row)
        else:
            found[row.unit, row.month] = unit
    return found, [_unknown(word, of, by_month[of[0].month]) for word, of in unknown.items()]


def _unknown(word: str, rows: Sequence[PayrollRow], known: Collection[str]) -> EntryFault:
    like = tuple(get_close_matches(word.casefold(), known, 3))
    message = f"Enheten {word} finns inte {rows[0].month // 100}-{rows[0].month % 100:02}."
    message += f" Menar du {' eller '.join(like)}?" if like else " Lägg in koden hos en enhet under Redovisning."
    return EntryFault("unknown_unit", rows[0].line, "enhet", word, message, len(rows), like)


def _figure(load: PayrollLoad, row: PayrollRow, unit: Unit) -> StaffFigure:
    return StaffFigure(
        load=load, unit=unit, month=row.month, sex=row.sex, age_group=row.age_group or "", employees=row.employees,
        full_time_equivalents=row.full_time_equivalents, scheduled_hours=row.scheduled_hours,
        sick_hours=row.sick_hours, long_sick_hours=row.long_sick_hours, began=row.began, left=row.left,
    )  # fmt: skip


def payroll_apply(actor: Actor, load: PayrollLoad, why: str) -> tuple[int, ...]:
    """Let a kept file count for all its months, instead of what counted before; give the months that changed.

    What counted before is kept, and is brought back by letting it count again. Raises NotAllowedError.
    """
    require_ledger(actor)
    months = sorted(set(reach(actor, StaffFigure).filter(load=load).values_list("month", flat=True)))
    with recording(actor, _reason(why)) as pen:
        list(reach(actor, PayrollLoad).select_for_update().filter(pk=load.pk))
        current = {one.month: one for one in reach(actor, PayrollMonth).filter(is_current=True, month__in=months)}
        own = {one.month: one for one in reach(actor, PayrollMonth).filter(load=load)}
        changed = [month for month in months if month not in current or current[month].load_id != load.pk]
        for month in changed:
            if month in current:
                pen.update(current[month], is_current=False)
            if month in own:
                pen.update(own[month], is_current=True)
            else:
                pen.create(PayrollMonth, municipality=load.municipality, load=load, month=month)
    return tuple(changed)


def smallest_group_save(actor: Actor, number: int, why: str, *, seen: int | None = None) -> StaffRule:
    """Decide how few people a group may have to be shown.

    ``seen`` is the last change of the rule that the person had seen. Raises NotAllowedError and EditConflictError.
    """
    require_ledger(actor)
    with recording(actor, _reason(why)) as pen:
        rule = rule_of(actor)
        if rule is None:
            return pen.create(StaffRule, municipality=reach(actor, Municipality).get(), smallest_group=number)
        pen.update(rule, seen=seen, smallest_group=number)
        return rule


def volume_save(
    here: Here, volume: Volume, numbers: Mapping[str, Quantity | None], why: str, seen: int
) -> tuple[VolumeFigure, ...]:
    """Keep the figures of a volume for the unit at the reporting date; None takes a figure away.

    Raises NotAllowedError, EditConflictError when somebody changed one of them since, and UseError without a reason.
    """
    require(here.actor, Act.REPORT, here.unit)
    with recording(here.actor, _reason(why)) as pen:
        list(reach(here.actor, Unit).select_for_update(no_key=True).filter(pk=here.unit.pk))
        line = volume_line(here, volume)
        latest = seen_of(here.actor, line)
        if latest > seen:
            raise EditConflictError(reach(here.actor, Change).get(pk=latest))
        for role, number in numbers.items():
            stored = line.figures.get(role)
            if number is None:
                if stored is not None:
                    pen.delete(stored)
                continue
            decimals = max(number.decimals or 0, 0)
            if stored is None:
                pen.create(
                    VolumeFigure,
                    volume=volume,
                    unit=here.unit,
                    reporting_date=here.reporting_date,
                    role=role,
                    number=number.number,
                    decimals=decimals,
                )
            else:
                pen.update(stored, number=number.number, decimals=decimals)
    return tuple(volume_line(here, volume).figures.values())


@dataclass(frozen=True, slots=True)
class ReceptionTold:
    """A part of the reception as a person tells it, in kronor; None is not told, and an empty code neither."""

    part: str
    cost: Decimal | None
    compensation: Decimal | None
    why: str
    seen: int = 0
    activity: str = ""


def reception_save(here: Here, told: ReceptionTold, stored: Reception | None = None) -> Reception:
    """Keep what a part of the reception cost and what the state paid.

    Raises NotAllowedError, EditConflictError, and UseError without a reason, for a part that is there already, or for
    an activity code that the ledger does not know.
    """
    require(here.actor, Act.REPORT, here.unit)
    known = registered_codes(here.actor)["activity"]
    if told.activity and told.activity not in known:
        like = get_close_matches(told.activity, known, 3)
        hint = f" Menar du {' eller '.join(like)}?" if like else " Lämna tomt om delen inte har någon egen kod."
        raise UseError(f"Verksamhetskoden {told.activity} finns inte i redovisningen.{hint}")
    others = reach(here.actor, Reception).filter(unit=here.unit, reporting_date=here.reporting_date)
    if any(one.pk != (stored.pk if stored else None) for one in others.filter(part=told.part)):
        raise UseError(f"{told.part} är redan inlagt. Ändra den raden i stället.")
    fields = {
        "part": told.part, "activity": told.activity, "cost": told.cost, "compensation": told.compensation,
    }  # fmt: skip
    with recording(here.actor, _reason(told.why)) as pen:
        if stored is None:
            order = others.count()
            return pen.create(Reception, unit=here.unit, reporting_date=here.reporting_date, order=order, **fields)
        pen.update(stored, seen=told.seen, **fields)
        return stored


def _reason(why: str) -> str:
    if not why.strip():
        raise UseError("Skriv varför du ändrar. Det sparas i historiken.")
    return why.strip()
