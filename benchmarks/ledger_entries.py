"""Entries of an invented municipality, the same ones every time: 300 units in five levels, 150 activities, 800
accounts, 36 months, outcome and budget, written as the CSV file that an accounting system would give.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import duckdb

from uppsikt.core.economy.ledger import Layout

COLUMNS = (
    "kind", "account", "unit", "activity", "project", "object", "counterpart", "date", "voucher", "text", "amount",
)  # fmt: skip
LAYOUT = Layout(columns=COLUMNS, kind=None, headings=(
    "Typ", "Konto", "Ansvar", "Verksamhet", "Projekt", "Objekt", "Motpart", "Bokföringsdatum", "Verifikation", "Text",
    "Belopp",
))  # fmt: skip
FIRST, LAST = 202201, 202412
PER_VOUCHER = 4
_LEVELS = (1, 9, 40, 120, 300)  # units down to and including each of the five levels


def tree() -> dict[str, str | None]:
    """Give each unit's parent: codes are "1000" for the municipality and on."""
    parents: dict[int, int | None] = {0: None}
    for (above, here), below in zip(pairwise((0, *_LEVELS)), _LEVELS[1:], strict=False):
        for number in range(here, below):
            parents[number] = above + (number - here) * (here - above) // (below - here)
    return {_unit(number): None if parent is None else _unit(parent) for number, parent in parents.items()}


def _unit(number: int) -> str:
    return str(1000 + number)


def write_csv(file: Path, rows: int, *, seed: int = 4) -> None:
    """Write so many entries as Swedish CSV: semicolons, decimal comma, dates with dashes."""
    with duckdb.connect(config={"threads": 2, "memory_limit": "2GB"}) as engine:
        engine.execute(f"CREATE MACRO chance(what, about) AS hash(about, what, {seed}) / 18446744073709551616.0")
        engine.execute(f"COPY ({_written(rows)}) TO '{file}' (HEADER, DELIMITER ';', QUOTE '\"')")


def _written(rows: int) -> str:
    """Write the question whose answer is the file: a voucher is of one day, unit and kind of business."""
    last = max(1, rows // PER_VOUCHER)
    return f"""
    WITH vouchers AS (
        SELECT v, DATE '2022-01-01' + CAST(v * 1095 // {last} AS INTEGER) AS day,
            chance('budget', v) < 0.08 AS is_budget,
            30 + CAST(floor(269.99 * pow(chance('unit', v), 1.6)) AS INTEGER) AS unit,
            chance('series', v) AS series, CAST(floor(2500 * pow(chance('supplier', v), 2.5)) AS INTEGER) AS supplier
        FROM (SELECT range AS v FROM range({last + 1}))
    ), lines AS (
        SELECT i, vouchers.*, chance('class', i) AS class, chance('account', i) AS which, chance('amount', i) AS size
        FROM (SELECT range AS i FROM range({rows})) JOIN vouchers ON v = i // {PER_VOUCHER}
    ), done AS (
        SELECT *, (unit * 7 + CAST(floor(4 * pow(chance('activity', i), 2)) AS INTEGER) * 41) % 150 AS activity
        FROM lines
    ), coded AS (SELECT *, {_account()} AS account FROM done)
    SELECT CASE WHEN is_budget THEN 'budget' ELSE 'utfall' END AS Typ, account AS Konto, 1000 + unit AS Ansvar,
        100 + 5 * activity AS Verksamhet,
        CASE WHEN chance('project', i) < 0.08 OR account // 100 = 40
            THEN 'P' || (10000 + unit * 3 + CAST(floor(3 * chance('which', i)) AS INTEGER)) ELSE '' END AS Projekt,
        CASE WHEN chance('object', v) < 0.05 THEN 'F' || (200 + unit % 90) ELSE '' END AS Objekt,
        CASE WHEN is_budget THEN '' WHEN account % 10 = 9 THEN '1' || (10 + unit % 12)
            WHEN account // 1000 IN (4, 6, 7) THEN '8' || (10 + account % 13 + supplier % 3) ELSE '' END AS Motpart,
        day AS Bokföringsdatum,
        CASE WHEN is_budget THEN '' ELSE {_series()} || (22000000 + v) END AS Verifikation,
        {_text()} AS Text,
        replace(printf('%.2f', {_ore()} / 100.0), '.', ',') AS Belopp
    FROM coded"""


def _series() -> str:
    return "CASE WHEN series < 0.55 THEN 'L' WHEN series < 0.7 THEN 'P' WHEN series < 0.85 THEN 'K' ELSE 'B' END"


def _account() -> str:
    """Write the account: 800 of them, in classes as common as a municipality's; what an activity does decides which
    sixth of a class it uses, and of those some much more than others.
    """
    classes = ((0.10, 3000, 120), (0.11, 4000, 20), (0.20, 4100, 120), (0.58, 5000, 160), (0.72, 6000, 180),
               (0.92, 7000, 140), (0.93, 8000, 20), (1.00, 1500, 40))  # fmt: skip
    cases = " ".join(
        f"WHEN class < {until} THEN {first}"
        f" + (activity * 11 + CAST(floor({count} / 6 * pow(which, 2)) AS INTEGER)) % {count}"
        for until, first, count in classes
    )
    return f"CASE {cases} ELSE 1500 END"


def _text() -> str:
    """Write the text: a wage line, a supplier with or without the number of an invoice, or an internal booking."""
    wages = "['Månadslön', 'Timlön', 'PO-pålägg', 'Semesterlön', 'OB-tillägg', 'Sjuklön dag 2-14', 'Pension']"
    bookings = "['Internhyra', 'Periodisering', 'Omföring', 'Kapitalkostnad', 'Fördelning IT']"
    return f"""CASE
        WHEN is_budget THEN 'Beslutad budget'
        WHEN series >= 0.55 AND series < 0.7
            THEN list_extract({wages}, 1 + CAST(floor(6.99 * pow(chance('wage', i), 2)) AS INTEGER))
        WHEN series >= 0.85
            THEN list_extract({bookings}, 1 + CAST(floor(4.99 * chance('booking', v)) AS INTEGER))
                || strftime(day, ' %Y%m')
        WHEN chance('invoice', v) < 0.3
            THEN 'Faktura ' || (100000 + hash(v, 'invoice') % 900000) || ' Leverantör ' || supplier
        ELSE 'Leverantör ' || supplier || ' AB' END"""


def _ore() -> str:
    """Write the amount in öre: many small, few large; income and every twentieth of the rest are credit."""
    much = "CAST(exp(4.0 + 9.0 * size * size) * 100 * (0.5 + chance('part', i)) AS BIGINT)"
    return f"(CASE WHEN account // 1000 = 3 OR chance('credit', i) < 0.05 THEN -1 ELSE 1 END) * {much}"
