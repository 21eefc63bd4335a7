"""What must agree within a SIE file."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from decimal import Decimal
from itertools import chain

from uppsikt.core.quantities import Quantity, format_quantity
from uppsikt.exchange.sie.file import Balance, SieFile

_SUM = re.compile(rb"#KSUMMA[ \t]+(-?\d+)")
_COUNTED = re.compile(rb'"[^"\n]*"|[^\s"{}]+')
_BALANCE_SHEET = ("1", "2")  # classes of accounts that are carried over to the next year


def check(file: SieFile, data: bytes) -> None:
    """Note what does not agree: vouchers, accounts, opening and closing balances, results, the check sum."""
    _vouchers(file)
    _accounts(file)
    stated = {kind: _by_account(file, kind) for kind in ("IB", "UB", "RES")}
    _opening(file, stated["IB"], stated["UB"])
    _closing(file, stated["IB"], stated["UB"])
    _results(file, stated["RES"])
    _periods(file)
    _check_sum(file, data)


def _periods(file: SieFile) -> None:
    """Say once when months of another year stand under the number of the file's own."""
    outside = [
        one for one in file.balances
        if one.kind in ("PSALDO", "PBUDGET") and one.year == 0 and len(one.period) == 6 and not file.in_year(one)
    ]  # fmt: skip
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
    for voucher in file.vouchers:
        total = sum((entry.amount for entry in voucher.entries), Decimal(0))
        if total:
            name = f"{voucher.series} {voucher.number}".strip() or "utan nummer"
            file.fault(
                voucher.line, "unbalanced", f"Verifikation {name} balanserar inte: raderna blir {_shown(total)}."
            )


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
            file.fault(line, "unknown_account", f"Kontot {account} används men finns inte i kontoplanen (#KONTO).")


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
    if file.type == "4":
        return file.sums() if file.vouchers else None
    periods = [one for one in file.balances if one.kind == "PSALDO" and file.in_year(one)]
    # Beside rows by object, a row without objects is the whole in some programs and the rest in others.
    unsure = {one.account for one in periods if one.objects}
    changes: dict[str, Decimal] = defaultdict(Decimal)
    for one in periods:
        if one.account not in unsure:
            changes[one.account] += one.amount
    return dict(changes) if periods else None


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


def _check_sum(file: SieFile, data: bytes) -> None:
    """The sum at the end is the CRC-32 of the labels and fields between the two #KSUMMA.

    White space between fields, quotes and braces do not count; spaces within quotes do.
    """
    found = _SUM.search(data)
    begun = data.find(b"#KSUMMA")
    if found is None or begun == found.start():
        return
    counted = 0
    for part in _COUNTED.finditer(data, data.find(b"\n", begun), found.start()):
        counted = zlib.crc32(part[0].replace(b'"', b""), counted)
    if counted != int(found[1]) % (1 << 32):
        line = data[: found.start()].count(b"\n") + 1
        file.fault(line, "check_sum", "Kontrollsumman (#KSUMMA) stämmer inte: filen har ändrats efter exporten.")


def _shown(amount: Decimal) -> str:
    return format_quantity(Quantity(amount), decimals=2)
