"""A report with everything in it that a renderer can meet, and one as large as a real annual report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from uppsikt.core.periods import Period
from uppsikt.core.quantities import MNKR, PERCENT, TKR, Missing, MissingReason, Quantity, Unit, unit_of
from uppsikt.core.states import GoalState, WorkState
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Origin, Row, RowRole, Sign, Table
from uppsikt.reporting.chart_texts import deviation_alt, indicator_alt, states_alt
from uppsikt.reporting.charts import deviation_chart, indicator_chart, states_chart
from uppsikt.reporting.model import (
    Block,
    Bullets,
    ChartBlock,
    Heading,
    NumberRef,
    Paragraph,
    Report,
    Stamp,
    StateMark,
    TableBlock,
    Words,
)

SPECIAL = '#let *fet* _kursiv_ $x$ \\n "citat" <b>taggar</b> & åäö ÅÄÖ {klammer} [hake] @ref `kod` ~ 1/2'
LONG = (
    "Andelen hushåll som någon gång under etableringstiden erbjudits ett andrahandshyreskontrakt på ett boende av "
    "kategori A med möjlighet att erhålla förstahandskontrakt"
)


def money(text: str, unit: Unit = MNKR) -> Cell:
    number = Decimal(text)
    return Cell(Quantity(number, unit, -int(number.as_tuple().exponent)), raw=text)


def words(text: str) -> Cell:
    return Cell(Missing(MissingReason.TEXT, text), raw=text)


def state(one: GoalState | WorkState) -> Cell:
    text = one.wording(forecast=False) if isinstance(one, GoalState) else one.wording()
    return Cell(Missing(MissingReason.TEXT, text), raw=one.value)


def statement(key: str = "driftsammandrag", title: str = "Driftsammandrag per verksamhet") -> Table:
    columns = (
        Column("outcome-2024", "Bokslut 2024", ColumnRole.OUTCOME, Period.year(2024)),
        Column("budget-2024", "Budget 2024", ColumnRole.BUDGET, Period.year(2024)),
        Column("deviation-2024", "Avvikelse", ColumnRole.DEVIATION, Period.year(2024)),
        Column("last_year-2023", "Bokslut 2023", ColumnRole.LAST_YEAR, Period.year(2023)),
    )
    told = (
        ("gemensamt", "Kommungemensamt", RowRole.ITEM, None, ("287.7", "285.8", "-1.8", "171.7")),
        ("ledning", "Kommunledningsstaben", RowRole.ITEM, None, ("102.2", "112.3", "10.1", "95.4")),
        ("ekonomi", "Ekonomistaben", RowRole.ITEM, None, ("25.7", "34.8", "9.1", "27.1")),
        (
            "naring",
            "Näringsliv- och tillväxtstaben med besöksnäring",
            RowRole.ITEM,
            None,
            ("216.5", "221.1", "0.0", "2212.6"),
        ),
        ("summa", "Summa nettokostnader", RowRole.SUM, None, ("632.1", "654.0", "21.9", "506.8")),
        ("kostnader", "varav kostnader", RowRole.OF_WHICH, "summa", ("702.1", "705.0", "2.9", "631.6")),
        ("intakter", "varav intäkter", RowRole.OF_WHICH, "summa", ("70.0", "51.0", "19.0", "124.8")),
    )
    measures = {"kostnader": Measure.COSTS, "intakter": Measure.INCOME}
    rows = tuple(Row(k, label, role, up, measures.get(k, Measure.NET), f"unit:{k}") for k, label, role, up, _ in told)
    cells = {(k, c.key): money(n) for k, _, _, _, ns in told for c, n in zip(columns, ns, strict=True)}
    cells["gemensamt", "last_year-2023"] = replace(money("171.7"), note="Omräknat efter ny organisation.")
    return Table(key, title, columns, rows, cells, MNKR, Sign.NET_COST, source="ks2024")


def investments(key: str = "investeringar") -> Table:
    groups = ("Utgifter och inkomster sedan projektets start", "Varav årets investeringar")
    heads = (
        ("Beslutad budget", ColumnRole.BUDGET), ("Ack. utfall nettoinvesteringar", ColumnRole.OUTCOME),
        ("Budgetavvikelse", ColumnRole.DEVIATION), ("Budget 2024", ColumnRole.BUDGET),
        ("Utfall 2024 nettoinvesteringar", ColumnRole.OUTCOME), ("Budgetavvikelse", ColumnRole.DEVIATION),
    )  # fmt: skip
    columns = tuple(Column(f"c{i}", label, role, group=groups[i // 3]) for i, (label, role) in enumerate(heads))
    told = (
        ("KS simhallen", ("990.5", "938.4", "52.1", "112.9", "60.8", "52.1")),
        ("KS strategiska markköp", ("160.0", "156.8", "3.2", "160.0", "156.8", "3.2")),
        (
            "Verksamhetsstöd och service, fordon, maskiner och utrustning",
            ("67.8", "69.4", "-1.6", "67.8", "69.4", "-1.6"),
        ),
    )
    rows = [Row("fardiga", "Färdigställda projekt", RowRole.HEADING)]
    rows += [Row(f"p{i}", label, parent="fardiga") for i, (label, _) in enumerate(told)]
    rows.append(Row("summa", "Summa färdigställda projekt", RowRole.SUM))
    cells = {(f"p{i}", f"c{j}"): money(n) for i, (_, ns) in enumerate(told) for j, n in enumerate(ns)}
    totals = ("1218.3", "1164.6", "53.7", "340.7", "287.0", "53.7")
    cells |= {("summa", f"c{j}"): money(n) for j, n in enumerate(totals)}
    return Table(key, "Färdigställda investeringsprojekt", columns, tuple(rows), cells, MNKR)


def indicators(key: str = "indikatorer") -> Table:
    columns = (
        Column("outcome-2022", "2022", ColumnRole.OUTCOME, Period.year(2022)),
        Column("outcome-2023", "2023", ColumnRole.OUTCOME, Period.year(2023)),
        Column("outcome-2024", "2024", ColumnRole.OUTCOME, Period.year(2024)),
        Column("target-2024", "Målvärde 2024", ColumnRole.TARGET, Period.year(2024)),
        Column("direction", "Önskad riktning", ColumnRole.TEXT),
    )
    rows = (
        Row("god", "God hälsa", RowRole.HEADING),
        Row("sjuk", "Total sjukfrånvaro, %", parent="god"),
        Row("sjuk-k", "Kvinnor", RowRole.BREAKDOWN, "sjuk"),
        Row("sjuk-m", "Män", RowRole.BREAKDOWN, "sjuk"),
        Row("lang", LONG, parent="god"),
        Row("special", SPECIAL, parent="god"),
    )
    cells = {
        ("sjuk", "outcome-2022"): money("2.2", PERCENT), ("sjuk", "outcome-2023"): money("2.0", PERCENT),
        ("sjuk", "outcome-2024"): money("1.5", PERCENT), ("sjuk", "target-2024"): money("3.0", PERCENT),
        ("sjuk-k", "outcome-2024"): money("2.1", PERCENT), ("sjuk-m", "outcome-2024"): money("0.4", PERCENT),
        ("sjuk", "direction"): words("Minska"),
        ("lang", "outcome-2022"): Cell(Missing(MissingReason.NO_DATA, "I.U."), raw="I.U."),
        ("lang", "outcome-2023"): Cell(Missing(MissingReason.PENDING)),
        ("lang", "outcome-2024"): Cell(Missing(MissingReason.SUPPRESSED), note="Färre än fem personer."),
        ("lang", "target-2024"): words("Mindre än 70"), ("special", "direction"): words(SPECIAL),
        ("special", "outcome-2024"): money("-1234567.89"),
    }  # fmt: skip
    return Table(key, "Indikatorer: Goda arbetsplatser", columns, rows, cells)


def goals(key: str = "goal_states") -> Table:
    columns = (
        Column("area", "Målområde", ColumnRole.TEXT),
        Column("council", "Kommunövergripande mål", ColumnRole.TEXT),
        Column("state", "Bedömning", ColumnRole.STATE),
    )
    told = (
        ("God trygghet och säkerhet", "Samhälle", "Ett tryggt och säkert Linköping", GoalState.PARTLY),
        ("Goda livsvillkor", "Samhälle", "Ett Linköping med minskad segregation", GoalState.MET),
        ("Ett mål som inte nåddes", "Ekonomi", "En hållbar ekonomi", GoalState.MISSED),
        ("Nya vägar för kompetensförsörjning", "Medarbetare", "En attraktiv arbetsgivare", GoalState.NONE),
    )
    rows = tuple(Row(f"mal-{i}", name) for i, (name, *_) in enumerate(told))
    cells = {}
    for i, (_, area, council, one) in enumerate(told):
        cells |= {(f"mal-{i}", "area"): words(area), (f"mal-{i}", "council"): words(council),
                  (f"mal-{i}", "state"): state(one)}  # fmt: skip
    return Table(key, "Måluppfyllelse", columns, rows, cells)


def activities(count: int = 60, key: str = "aktiviteter") -> Table:
    columns = (
        Column("unit", "Ansvarig", ColumnRole.TEXT),
        Column("due", "Klart", ColumnRole.TEXT),
        Column("state", "Läge", ColumnRole.STATE),
        Column("comment", "Kommentar", ColumnRole.TEXT),
    )
    states, cells, rows = list(WorkState), {}, []
    for i in range(count):
        name = f"Aktivitet {i + 1}: ta fram en modell för uppföljning av arbetet med social hållbarhet"
        rows.append(Row(f"a{i}", name))
        comment = "Arbetet följer planen och redovisas i nästa delårsrapport." if i % 4 == 0 else ""
        cells |= {(f"a{i}", "unit"): words("Ekonomistaben"), (f"a{i}", "due"): words(f"Q{i % 4 + 1} 2024"),
                  (f"a{i}", "state"): state(states[i % len(states)]), (f"a{i}", "comment"): words(comment)}  # fmt: skip
    return Table(key, "Aktiviteter", columns, tuple(rows), cells)


def staff(key: str = "personal") -> Table:
    columns = tuple(Column(f"outcome-{y}", str(y), ColumnRole.OUTCOME, Period.year(y)) for y in range(2018, 2025))
    rows = (
        Row("anstallda", "Antal anställda", subject="staff"),
        Row("kvinnor", "varav kvinnor", RowRole.BREAKDOWN, "anstallda"),
    )
    cells = {("anstallda", c.key): money(str(10000 + 131 * i), unit_of("antal")) for i, c in enumerate(columns)}
    cells |= {("kvinnor", c.key): money(str(7000 + 113 * i), unit_of("antal")) for i, c in enumerate(columns)}
    origin = Origin(entered_by="Anna Ek", entered_at=datetime(2025, 1, 15, 10, 30, tzinfo=UTC), page=12)
    cells["anstallda", "outcome-2018"] = replace(cells["anstallda", "outcome-2018"], origin=origin)
    return Table(key, "Personal över sju år", columns, rows, cells, unit_of("antal"))


def empty(key: str = "tom") -> Table:
    columns = (Column("amount", "Belopp", ColumnRole.AMOUNT),)
    return Table(key, "En tabell utan rader", columns, (), {}, TKR)


def sick_leave_chart(number: int = 2, anchor: str = "diagram-2") -> ChartBlock:
    series = {
        "Totalt": [("2021", Decimal("3.0")), ("2022", None), ("2023", Decimal("2.0")), ("2024", Decimal("1.5"))],
        "Kvinnor": [("2021", Decimal("3.4")), ("2022", None), ("2023", Decimal("2.8")), ("2024", Decimal("2.1"))],
        "Män": [("2021", Decimal("1.4")), ("2022", None), ("2023", Decimal("1.1")), ("2024", Decimal("0.4"))],
    }
    targets, title = [("2024", Decimal("3.0"))], f"Sjukfrånvaro {number}"
    return ChartBlock(
        number, "Sjukfrånvaro, %", indicator_alt(title, series, targets, "%"),
        indicator_chart(title, series, targets, "%"), anchor,
    )  # fmt: skip


def deviation_block(table: Table, number: int, anchor: str) -> ChartBlock:
    column = "deviation-2024"
    return ChartBlock(
        number, "Avvikelse mot budget, mnkr", deviation_alt(table, column), deviation_chart(table, column), anchor
    )


def states_block(number: int, anchor: str) -> ChartBlock:
    counts = {"met": 13, "partly": 5, "missed": 0, "none": 1}
    return ChartBlock(number, "Nämndmålen efter bedömning", states_alt(counts), states_chart(counts), anchor)


def stamp() -> Stamp:
    return Stamp("31 december 2024", "2025-01-20 22:30", 2, "KS 2025-02-11 § 41")


def sample_report() -> Report:
    """Every kind of block, every kind of cell, and texts that would break a careless renderer."""
    table = statement()
    blocks: tuple[Block, ...] = (
        Heading(1, "Året i korthet", "aret-i-korthet"),
        Paragraph((Words("En ingress som säger det viktigaste först."),), "lead"),
        Paragraph((
            Words("Nettokostnaden är "), NumberRef("632,1 mnkr", "driftsammandrag", "summa", "outcome-2024"),
            Words(", ett överskott med "), NumberRef("21,9 mnkr", "driftsammandrag", "summa", "deviation-2024"),
            Words(". "), NumberRef("13", "goal_states", how="goal_states[*, state=met]"), Words(" mål är uppnådda. "),
            Words("Viktigt.", strong=True),
        )),
        Paragraph((Words("Ett mål "), StateMark("partly", "Delvis uppnått")), "goal"),
        Paragraph((Words("En anmärkning i marginalen."),), "note"),
        Paragraph((Words("Ett påhittat stycke. " * 6),), "example"),
        Paragraph((Words("Ännu ett påhittat stycke."),), "example"),
        Bullets(((Words("Första punkten"),), (Words("Andra punkten med "), StateMark("done", "Genomförd")))),
        TableBlock(1, "Driftsammandrag per verksamhet (mnkr, nettokostnad)", table, "tabell-driftsammandrag"),
        deviation_block(table, 1, "diagram-1"),
        Heading(3, f"En rubrik som hoppar en nivå {SPECIAL}", "special"),
        Paragraph((Words(SPECIAL + " 😀 漢字 \u202f\u00a0slut"),)),
        Heading(1, "Investeringar", "investeringar"),
        TableBlock(2, "Färdigställda projekt (mnkr)", investments(), "tabell-investeringar"),
        Heading(1, "Indikatorer", "indikatorer"),
        TableBlock(3, f"Indikatorer {SPECIAL}", indicators(), "tabell-indikatorer"),
        sick_leave_chart(),
        Heading(2, "Mål", "mal"),
        states_block(3, "diagram-3"),
        TableBlock(4, "Måluppfyllelse", goals(), "tabell-goal_states"),
        Heading(2, "Aktiviteter", "aktiviteter"),
        TableBlock(5, "Aktiviteter", activities(), "tabell-aktiviteter"),
        TableBlock(6, "Personal över sju år (antal)", staff(), "tabell-personal"),
        TableBlock(7, "Utan rader (tkr)", empty(), "tabell-tom"),
    )  # fmt: skip
    return Report("sample", "Verksamhetsberättelse 2024", "Kommunstyrelsen i Linköping", stamp(), blocks,
                  notes=("En mening är utelämnad.",))  # fmt: skip


def large_report(tables: int = 30, charts: int = 12) -> Report:
    """As large as the annual report of 2024."""
    makers = (statement, investments, indicators, goals, staff)
    blocks: list[Block] = []
    for i in range(tables):
        key = f"t{i}"
        blocks += [
            Heading(1 if i % 5 == 0 else 2, f"Avsnitt {i + 1}", f"avsnitt-{i}"),
            Paragraph((Words("Texten säger något om verksamheten under året. " * 8),)),
            TableBlock(
                i + 1, f"Tabell ur avsnitt {i + 1}", activities(40, key) if i % 10 == 9 else makers[i % 5](key), key
            ),
        ]
        if i < charts:
            blocks.append(
                sick_leave_chart(i + 1, f"diagram-{i}")
                if i % 3
                else deviation_block(statement(title=f"Sammandrag {i}"), i + 1, f"diagram-{i}")
            )
    return Report("large", "Verksamhetsberättelse 2024", "Kommunstyrelsen", stamp(), tuple(blocks))
