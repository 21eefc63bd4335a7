"""The municipality's files about investments: frames, a project's decisions, codes, facts and forecasts.

Amounts stand in tkr, as municipal documents print them. A municipality that has none of these files has no living
investments, and is a municipality all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from uppsikt.core.references import DecisionReference
from uppsikt.exchange.municipality import columns as c
from uppsikt.exchange.municipality.columns import Record, Reference, column, one_of, yes_no
from uppsikt.exchange.municipality.economy import ProjectRecord
from uppsikt.exchange.municipality.organisation import DateRecord, DecisionRecord, UnitRecord

SCOPES = {"inom ram": "within", "utom ram": "outside"}
KINDS = {
    "beslutad budget": "decided", "tillägg": "addition", "reserv": "reserve", "ur reserven": "reserve_use",
    "överföring": "carry_over",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectCodeRecord(Record):
    """projektkoder.csv: under which codes the ledger books a project."""

    FILE = "projektkoder.csv"
    ABOUT = "Redovisningens koder för investeringsprojekten. Ett projekt kan ha flera."
    OPTIONAL = True
    REFERS = (Reference(("project",), ProjectRecord),)

    project: str = column("projekt", c.slug, "projektet", key=True)
    code: str = column("kod", c.text, "projektkod i redovisningen", key=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFactsRecord(Record):
    """projektuppgifter.csv: what is known of a project beside its decisions."""

    FILE = "projektuppgifter.csv"
    ABOUT = "Vem som ansvarar för ett investeringsprojekt, när det började och när det blev färdigt."
    OPTIONAL = True
    REFERS = (Reference(("project",), ProjectRecord), Reference(("responsible",), UnitRecord))

    project: str = column("projekt", c.slug, "projektet", key=True)
    scope: str = column("omfattning", one_of(SCOPES), "om pengarna hör till nämndens ram")
    responsible: str | None = column("ansvarig", c.slug, "enheten som ansvarar", empty=None)
    started: date | None = column("påbörjat", c.day, "första dagen", empty=None)
    finished_on: date | None = column("färdigt", c.day, "dagen då det blev färdigt", empty=None)
    is_yearly: bool = column("årligt", yes_no, "om det är ett anslag som börjar om varje år", empty=False)
    earlier_until: int | None = column(
        "tidigare till och med år", c.year, "sista året före det som redovisningen når", empty=None
    )
    earlier: Decimal = column("tidigare nettoutgift", c.amount, "tkr, till och med det året", empty=Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRecord(Record):
    """What a decision about investment money says, in both files of them."""

    year: int = column("år", c.year, "vilket år pengarna får användas", key=True)
    kind: str = column("slag", one_of(KINDS), "vad beslutet gör", key=True)
    from_year: int | None = column("från år", c.year, "varifrån en överföring tas", empty=None, key=True)
    purpose: str = column("ändamål", c.text, "vad pengarna är till", empty="", key=True)
    decision: DecisionReference | None = column("beslut", c.decision, "beslutet", empty=None)
    decided_on: date | None = column(
        "beslutat", c.day, "dagen, när paragrafen inte är känd; utan dag och beslut är raden ett förslag", empty=None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDecisionRecord(GrantRecord):
    """projektbeslut.csv: what was decided for the projects."""

    FILE = "projektbeslut.csv"
    ABOUT = "Beslut om investeringsprojekt, ett år för sig. Summan är projektets beslutade totalutgift."
    OPTIONAL = True
    REFERS = (Reference(("project",), ProjectRecord), Reference(("decision",), DecisionRecord))

    project: str = column("projekt", c.slug, "projektet", key=True)
    expenditure: Decimal = column("utgifter", c.amount, "tkr")
    receipts: Decimal = column("inkomster", c.amount, "tkr", empty=Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestmentFrameRecord(GrantRecord):
    """investeringsramar.csv: what the committees may invest."""

    FILE = "investeringsramar.csv"
    ABOUT = "Nämndernas investeringsramar, beslut för beslut: inom och utom ram, reserv och överföringar."
    OPTIONAL = True
    REFERS = (
        Reference(("unit",), UnitRecord),
        Reference(("project",), ProjectRecord),
        Reference(("decision",), DecisionRecord),
    )

    unit: str = column("enhet", c.slug, "vems ram", key=True)
    scope: str = column("omfattning", one_of(SCOPES), "inom eller utom ram", key=True)
    project: str | None = column("projekt", c.slug, "projektet som fick pengar ur reserven", empty=None, key=True)
    amount: Decimal = column("belopp", c.amount, "tkr")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectForecastRecord(Record):
    """projektprognoser.csv: what projects are expected to come to."""

    FILE = "projektprognoser.csv"
    ABOUT = "Vad investeringsprojekten väntas kosta när de är färdiga, sagt vid ett rapporttillfälle."
    OPTIONAL = True
    REFERS = (Reference(("project",), ProjectRecord), Reference(("at",), DateRecord))

    project: str = column("projekt", c.slug, "projektet", key=True)
    at: str = column("tillfälle", c.slug, "rapporttillfället", key=True)
    expenditure: Decimal = column("utgifter", c.amount, "tkr, när projektet är färdigt")
    receipts: Decimal = column("inkomster", c.amount, "tkr, när projektet är färdigt", empty=Decimal(0))
    finishes_on: date | None = column("färdigt", c.day, "när det beräknas bli färdigt", empty=None)
    comment: str = column("kommentar", c.text, "varför prognosen är som den är", empty="")


INVESTMENTS: tuple[type[Record], ...] = (
    ProjectCodeRecord, ProjectFactsRecord, ProjectDecisionRecord, InvestmentFrameRecord, ProjectForecastRecord,
)  # fmt: skip
