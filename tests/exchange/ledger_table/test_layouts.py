"""Every layout that a Swedish system could write is found again, and gives the entries that were written."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from uppsikt.exchange.ledger_table import as_text_file, look_at

HEADINGS = {
    "account": ["Konto", "Kto", "KONTO", "Kontonr", "Konto nr"],
    "unit": ["Ansvar", "Ansv", "Enhet", "Kostnadsställe", "Ansvarskod"],
    "activity": ["Verksamhet", "Verks", "Vht", "Verksamhetskod"],
    "project": ["Projekt", "Proj"],
    "counterpart": ["Motpart", "Mp"],
    "amount": ["Belopp", "Belopp SEK", "Saldo", "Summa"],
    "text": ["Text", "Transtext", "Beskrivning"],
    "voucher": ["Ver", "Vernr", "Verifikation", "Ver.nr"],
    "account_name": ["Konto(T)", "Kontonamn", "Kontobenämning"],
}
PERIODS = {
    "period": (["Period", "Per", "Redovisningsperiod"], ["%Y%m", "%Y-%m"]),
    "date": (["Datum", "Bokf.datum", "Transdatum", "Bokföringsdatum"], ["%Y-%m-%d", "%Y%m%d", "%Y-%m-%d 00:00:00"]),
}
LETTERS = "abcdefåäöÅÄÖ 123.-&"


@dataclass(frozen=True)
class Written:
    """A file as it was written, and the entries in it: account, unit, month, amount, text."""

    data: bytes
    entries: list[tuple[str, str, int, Decimal, str]]
    fields: list[str]
    encoding: str


@st.composite
def files(draw: st.DrawFn) -> Written:
    delimiter = draw(st.sampled_from(";;\t|,"))
    decimal = "." if delimiter == "," else draw(st.sampled_from(",."))
    thousands = draw(st.sampled_from(["", "", " ", "\u00a0", "'", *("." if decimal == "," else "")]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "cp437", "cp850", "utf-16"]))
    when = draw(st.sampled_from(["period", "date"]))
    form = draw(st.sampled_from(PERIODS[when][1]))
    some = draw(
        st.lists(
            st.sampled_from(["activity", "project", "counterpart", "text", "voucher", "account_name"]), unique=True
        )
    )
    fields = draw(st.permutations(["account", "unit", when, "amount", *some]))
    headings = [draw(st.sampled_from(PERIODS[when][0] if field == when else HEADINGS[field])) for field in fields]
    rows, entries = [], []
    for number in range(draw(st.integers(1, 12))):
        account = draw(st.sampled_from(["3011", "5011", "6420", "4611", "30106"]))
        unit = draw(st.sampled_from(["100", "0200", "31000", "A12"]))
        day = draw(st.dates(date(2019, 1, 1), date(2026, 12, 28)))
        amount = draw(st.integers(-(10**9), 10**9)) / Decimal(100)
        text = draw(st.text(LETTERS, max_size=10)).strip()
        cells = {
            "account": account, "unit": unit, when: day.strftime(form), "amount": shown(amount, decimal, thousands),
            "activity": "450", "project": "", "counterpart": "80", "text": text, "voucher": f"A{number}",
            "account_name": "Hyror och löner",
        }  # fmt: skip
        rows.append([cells[field] for field in fields])
        entries.append((account, unit, day.year * 100 + day.month, amount, text if "text" in fields else ""))
    preamble = draw(
        st.lists(st.sampled_from(["Huvudbok Exempelkommun", "", "Utskriven av ekonomiavdelningen"]), max_size=3)
    )
    out = io.StringIO(newline="")
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=draw(st.sampled_from(["\n", "\r\n"])))
    for line in preamble:
        out.write(f"{line}\n")
    writer.writerow(headings)
    writer.writerows(rows)
    if draw(st.booleans()):
        writer.writerow(["Summa", *[""] * (len(fields) - 1)])
    return Written(out.getvalue().encode(encoding), entries, fields, encoding)


def shown(amount: Decimal, decimal: str, thousands: str) -> str:
    """Write an amount with two decimals."""
    return f"{amount:,.2f}".replace(",", "\0").replace(".", decimal).replace("\0", thousands)


def read_back(text: Path, layout: object) -> list[tuple[str, str, int, Decimal, str]]:
    """Read the text file by its layout, as the store does."""
    entries = []
    with text.open(encoding=layout.encoding, newline="") as file:  # type: ignore[attr-defined]  # loosely typed
        rows = csv.reader(file, delimiter=layout.delimiter, quotechar=layout.quote)  # type: ignore[attr-defined]  # loosely typed
        for cells in list(rows)[layout.skip :]:  # type: ignore[attr-defined]  # loosely typed
            told = dict(zip(layout.columns, cells, strict=False))  # type: ignore[attr-defined]  # loosely typed
            if not any(cells):
                continue
            digits = told.get("period") or told["date"]
            month = int(digits.replace("-", "")[:6])
            plain = "".join(letter for letter in told["amount"] if letter in f"-0123456789{layout.decimal}")  # type: ignore[attr-defined]  # loosely typed
            amount = Decimal(plain.replace(layout.decimal, "."))  # type: ignore[attr-defined]  # loosely typed
            entries.append((told["account"], told["unit"], month, amount, told.get("text", "")))
    return entries


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files())
def test_every_layout_is_found_again_and_gives_the_same_entries(written: Written) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fil.csv"
        path.write_bytes(written.data)
        look = look_at(path)
        assert [column.field for column in look.columns] == written.fields
        assert not look.faults
        assert read_back(as_text_file(path, look, Path(folder)), look.layout) == written.entries


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400) | st.text(";,\t\"'\n\r konto12belopp.-=å\0", max_size=300).map(lambda text: text.encode())
)
@example(b'"' * 400)
@example("Konto;Ansvar;Period;Utfall;Budget\n3011;1;202401;5;6\n".encode("utf-16") + b"\x00\xd8\x00")
@example(b"Konto;Ansvar\n" + b"\xff\xfe" * 50)
def test_broken_bytes_give_a_look_or_a_sentence(data: bytes) -> None:
    from contextlib import suppress

    from uppsikt.core.errors import UseError
    from uppsikt.exchange.ledger_table import told_of

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fil.csv"
        path.write_bytes(data)
        with suppress(UseError):
            look = look_at(path)
            told = told_of(as_text_file(path, look, Path(folder)), look.layout)
            assert told.total == sum(told.balances.values())
