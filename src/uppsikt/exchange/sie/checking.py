"""What must agree within a SIE file."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import chain

from uppsikt.core.quantities import Quantity, format_quantity
from uppsikt.exchange.sie.check_sum import check_sum
from uppsikt.exchange.sie.file import Balance, SieFile

_BALANCE_SHEET = ("1", "2")  # classes of accounts that are carried over to the next year
_SEVERAL = 2  # accounts that must say the same before it is believed
_MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
           "november", "december")  # fmt: skip


def check(file: SieFile, data: bytes, encoding: str) -> None:
    """Note what does not agree: vouchers, accounts, opening and closing balances, results, the check sum."""
    _vouchers(file)
    _accounts(file)
    _periods(file)
    stated = {kind: _by_account(file, kind) for kind in ("IB", "UB", "RES")}
    _opening(file, stated["IB"], stated["UB"])
    if not _accumulated(file, stated):
        _closing(file, stated["IB"], stated["UB"])
        _results(file, stated["RES"])
    check_sum(file, data, encoding)


def _periods(file: SieFile) -> None:
    """Say which periods are no calendar months, and once when months of another year stand under the own year's."""
    outside: list[Balance] = []
    closing: dict[tuple[str, int], list[Balance]] = defaultdict(list)
    for one in file.balances:
        if one.kind not in ("PSALDO", "PBUDGET"):
            continue
        month = file.month_of(one.period)
        if month is None:
            file.fault(one.line, "bad_period", f"Perioden ”{one.period[:20]}” ska skrivas ÅÅÅÅMM.")
        elif one.year == 0 and not file.in_year(one):
            outside.append(one)
        elif one.year == 0 and not "01" <= one.period[4:] <= "12":
            closing[one.period, month].append(one)
    there = {(one.kind, one.period) for one in file.balances if one.year == 0}
    for (period, month), rows in closing.items():
        where = f"{_MONTHS[month % 100 - 1]} {month // 100}"
        said = (
            f"{len(rows)} {'rad' if len(rows) == 1 else 'rader'} i period {period[4:]} ({period}) räknas till {where}."
        )
        if not any((one.kind, str(month)) in there for one in rows):
            said += f" Filen har inga andra poster för {where}: läses den in ersätter den hela månaden."
        file.fault(rows[0].line, "closing_period", said)
    if outside:
        more = f" Det gäller {len(outside)} rader." if len(outside) > 1 else ""
        said = f"Perioden {outside[0].period} ligger utanför räkenskapsåret och räknas inte med.{more}"
        file.fault(outside[0].line, "period_outside_year", said)


def _by_account(file: SieFile, kind: str) -> dict[tuple[int, str], Balance]:
    """Give the balances of a kind; one that is told twice with two amounts is a fault, and the first counts."""
    found: dict[tuple[int, str], Balance] = {}
    for one in file.balances:
        if one.kind == kind:
            first = found.setdefault((one.year, one.account), one)
            if first.amount != one.amount:
                said = f"Konto {one.account}: #{kind} finns redan på rad {first.line}, med ett annat belopp."
                file.fault(one.line, "balance_twice", said)
    return found


def _vouchers(file: SieFile) -> None:
    """A voucher balances, and its day lies in one of the years that the file tells."""
    for voucher in file.vouchers:
        total = sum((entry.amount for entry in voucher.entries), Decimal(0))
        name = f"{voucher.series[:20]} {voucher.number[:20]}".strip() or "utan nummer"
        if total:
            said = f"Verifikation {name} balanserar inte: raderna blir {_shown(total)}."
            file.fault(voucher.line, "unbalanced", said)
        day = voucher.day
        if day is not None and file.years and not any(one.start <= day <= one.end for one in file.years.values()):
            said = f"Verifikation {name} har datumet {day}, som ligger utanför räkenskapsåret."
            file.fault(voucher.line, "outside_year", said)


def _accounts(file: SieFile) -> None:
    """An account that is used must stand in the chart; an import file need not hold one."""
    if not file.accounts or file.type == "4i":
        return
    said = set()
    used = chain(
        ((one.line, one.account) for one in file.entries()), ((one.line, one.account) for one in file.balances)
    )
    for line, account in used:
        if account not in file.accounts and account not in said:
            said.add(account)
            file.fault(line, "unknown_account", f"Kontot {account[:20]} används men finns inte i kontoplanen (#KONTO).")


def _opening(file: SieFile, opening: dict[tuple[int, str], Balance], closing: dict[tuple[int, str], Balance]) -> None:
    """What an account opens with is what it closed with the year before."""
    for (year, account), balance in opening.items():
        before = closing.get((year - 1, account))
        if before is not None and before.amount != balance.amount:
            file.fault(
                balance.line,
                "opening_balance",
                f"Konto {account}: ingående balans {_shown(balance.amount)}, "
                f"men året före slutade på {_shown(before.amount)} (rad {before.line}).",
            )


def _changes(file: SieFile) -> dict[str, Decimal] | None:
    """Give the year's change by account, from entries or from period balances; None when the file holds neither."""
    changes: dict[str, Decimal] = defaultdict(Decimal)
    if file.type == "4":
        year = file.years.get(0)
        for voucher in file.vouchers:
            if year is None or voucher.day is None or year.start <= voucher.day <= year.end:
                for entry in voucher.entries:
                    changes[entry.account] += entry.amount
        return dict(changes) if file.vouchers else None
    periods = _own_periods(file)
    for account, rows in periods.items():
        changes[account] = sum((one.amount for one in rows), Decimal(0))
    return dict(changes) if periods else None


def _own_periods(file: SieFile) -> dict[str, list[Balance]]:
    """Give the year's period balances by account, of accounts without objects.

    Beside rows by object, a row without objects is the whole in some programs and the rest in others.
    """
    rows: dict[str, list[Balance]] = defaultdict(list)
    unsure = set()
    for one in file.balances:
        if one.kind == "PSALDO" and file.in_year(one):
            rows[one.account].append(one)
            if one.objects:
                unsure.add(one.account)
    return {account: several for account, several in rows.items() if account not in unsure}


def _accumulated(file: SieFile, stated: dict[str, dict[tuple[int, str], Balance]]) -> bool:
    """Say whether period balances are what had come up by each period, and not the change that the format asks for.

    The year's result tells, or the closing balance, of accounts that have several periods.
    """
    if file.type == "4":
        return False
    votes, first = 0, 0
    for account, rows in _own_periods(file).items():
        told = stated["RES"].get((0, account)) or stated["UB"].get((0, account))
        if told is None or len(rows) < 2:
            continue
        start = stated["IB"].get((0, account)) or stated["UB"].get((-1, account))
        change = told.amount - (start.amount if start and told.kind == "UB" else 0)
        last = max(rows, key=lambda one: one.period).amount
        total = sum((one.amount for one in rows), Decimal(0))
        if total == change:
            votes -= 1
        elif last in (change, told.amount):
            votes, first = votes + 1, first or rows[0].line
    if votes < _SEVERAL:
        return False
    said = (
        "Periodsaldona (#PSALDO) är ackumulerade: den sista periodens är hela årets. De ska vara periodens förändring."
    )
    file.fault(first, "accumulated", said)
    return True


def _closing(file: SieFile, opening: dict[tuple[int, str], Balance], closing: dict[tuple[int, str], Balance]) -> None:
    """Closing balance is opening balance and the year's changes. The year's result is booked at the closing only."""
    changes = _changes(file)
    if changes is None:
        return
    for (year, account), balance in closing.items():
        if year != 0 or not account.startswith(_BALANCE_SHEET):
            continue
        if file.type != "4" and account not in changes:
            continue
        start = opening.get((0, account)) or closing.get((-1, account))
        should = (start.amount if start else Decimal(0)) + changes.get(account, Decimal(0))
        if should != balance.amount:
            file.fault(
                balance.line,
                "closing_balance",
                f"Konto {account}: utgående balans {_shown(balance.amount)}, "
                f"men ingående balans och årets förändring blir {_shown(should)}.",
            )


def _results(file: SieFile, results: dict[tuple[int, str], Balance]) -> None:
    changes = _changes(file)
    if changes is None:
        return
    for (year, account), balance in results.items():
        if file.type != "4" and account not in changes:
            continue
        if year == 0 and balance.amount != changes.get(account, Decimal(0)):
            should = _shown(changes.get(account, Decimal(0)))
            file.fault(
                balance.line,
                "result",
                f"Konto {account}: resultatet är {_shown(balance.amount)}, men årets poster blir {should}.",
            )


def _shown(amount: Decimal) -> str:
    return format_quantity(Quantity(amount), decimals=2)
