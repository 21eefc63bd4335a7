"""Every form of the program: at which door it is sent, by whom, and what that person fills in.

The rest of what is sent (tokens, hidden fields, what a form begins with) is read from the page that the form stands
on, as a browser would send it. test_forms.py fails when a door takes POST and has no row here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from lxml import html

from tests.web.hostile.conftest import HEAD, Town
from uppsikt.web.budget.selectors.workbooks import workbook_of

Filled = Callable[[Town], dict[str, Any]]


@dataclass(frozen=True)
class Form:
    """A form. ``on`` is the door of the page where it stands, the same one unless told; ``at`` what addresses name."""

    door: str
    who: str
    filled: dict[str, Any] = field(default_factory=dict)
    more: Filled = lambda _town: {}
    on: str = ""
    at: dict[str, object] = field(default_factory=dict)
    asked: str = ""  # what stands after the question mark where it is sent, and on its page
    shown: str = ""  # the same, of its page alone
    writes: bool = True

    def __str__(self) -> str:
        marks = "+".join(sorted(name for name in self.filled if name in _BUTTONS))
        return (
            f"{self.door}{'/' + '-'.join(map(str, self.at.values())) if self.at else ''}{'+' + marks if marks else ''}"
        )

    def address(self, town: Town) -> str:
        """Give where it is sent."""
        return town.url(self.door, **self.named(town)) + self.asked

    def named(self, town: Town) -> dict[str, object]:
        """Give what the address calls the things, those that the door itself has been told first."""
        own = {name: told(town) if callable(told) else told for name, told in self.at.items()}
        return {**town.keys.get(self.door, {}), **own}

    def body(self, town: Town) -> dict[str, Any]:
        """Give all that is sent when the person has filled it in and presses the button.

        Always asked for before anything is done in the town, so the page is the same in every test of a file.
        """
        if town.bodies is None:
            return self._read(town)
        if id(self) not in town.bodies:
            town.bodies[id(self)] = self._read(town)
        return dict(town.bodies[id(self)])

    def _read(self, town: Town) -> dict[str, Any]:
        if self.on == NOWHERE:
            return {"csrfmiddlewaretoken": "x" * 64, **self.filled, **self.more(town)}
        page = town.url(self.on, **self.named(town)) if self.on else self.address(town)
        answer = town.client(self.who).get(page + self.shown)
        assert answer.status_code == 200, (str(self), page, answer.status_code)
        told = fields_of(answer, self.address(town), page, set(self.filled))
        return {**told, **self.filled, **self.more(town)}


NOWHERE = "-"  # a button that stands on no page of this municipality, and sends nothing but its token
_BUTTONS = {
    "spara", "rakna", "visa", "delete", "submit", "save", "use", "discard", "answer", "gor", "ta-bort", "aterkalla",
}  # fmt: skip


def fields_of(answer: HttpResponse, address: str, page: str, wanted: set[str]) -> dict[str, Any]:
    """Give what a browser would send of the form for the address that has most of the wanted fields."""
    document = html.fromstring(answer.content)
    found: list[tuple[int, dict[str, Any]]] = []
    for form in document.forms:
        goes = (form.get("action") or page).split("#")[0]
        if form.get("method", "get").lower() != "post" or goes.split("?")[0] != address.split("?", maxsplit=1)[0]:
            continue
        told: dict[str, Any] = {}
        for name, value in form.form_values():
            told[name] = [*told[name], value] if isinstance(told.get(name), list) else (
                [told[name], value] if name in told else value)  # fmt: skip
        names = set(form.fields.keys()) | {one.get("name") for one in form.iter("button") if one.get("name")}
        found.append((len(wanted & names), told))
    assert found, f"No form on {page} is sent to {address}."
    return max(found, key=lambda one: one[0])[1]


def _file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _line(town: Town, at: int = 0) -> int:
    return int(town.things["lines"][at].pk)


def _workbook(town: Town) -> dict[str, Any]:
    version = town.things["version"]
    return {"file": _file("budget.xlsx", workbook_of(town.tiny.actor("kim"), version, version.year))}


PAYROLL = "enhet;månad;kön;anställda\nhr-staben;202411;kvinnor;30\n".encode()
LEDGER = (HEAD + "5011;110;100;202407;9,00\n").encode()
NEW = {"decision": "", "body": "KF", "on": "2024-04-23", "paragraph": "41", "title": "Beslut i april", "why": "Prov"}
WHY = {"why": "Enligt protokoll"}

FORMS = (
    # pages
    Form("login", "", {"username": "kim", "password": "fel"}, writes=False),
    Form("logout", "kim", on="overview", writes=False),
    Form("language", "", {"language": "en"}, on="overview", writes=False),
    Form("review_own", "kim", on=NOWHERE),
    # steering
    Form("assessment_edit", "kim", {"state": "met", "reasons": "Sjukfrånvaron sjönk.", **WHY}),
    Form("value_edit", "kim", {"raw": "1,7", **WHY}),
    Form("value_new", "kim", {"raw": "12", "note": "Ny", **WHY}),
    # economy: frames and comments
    Form("comment_edit", "kim", {"text": "Vakanser.", **WHY}),
    Form("frame_new", "siri", {**NEW, "kind": "technical", "purpose": "Teknik", "amount_2024": "10", "spara": "1"}),
    Form("frame_transfer", "siri", {
        **NEW, "giver": "kommunstyrelsen", "receiver": "bildningsnamnden", "purpose": "Kök", "amount_2024": "12",
        "spara": "1",
    }),
    Form("frame_index", "siri", {
        **NEW, "units": ["kommunstyrelsen"], "percent": "2", "base_year": "2024", "to_years": ["2024"],
        "purpose": "Priser", "spara": "1",
    }),
    Form("frame_change", "siri", {"amount_2024": "9 000", **WHY, "spara": "1"}),
    Form("frame_change", "siri", {**WHY, "aterkalla": "1"}),
    # budget
    Form("budget_new", "kim", {"name": "Budget två"}),
    Form("budget_adopt", "kim", more=lambda t: {"decision": t.tiny.decisions["budget"].pk}),
    *(Form("budget_act", "kim", WHY, at={"act": act}) for act in ("kasta", "planar")),
    Form("budget_act", "kim", {"name": "Scenario två", **WHY}, at={"act": "kopiera"}),
    Form("budget_rest", "kim", WHY),
    Form("budget_spread", "kim", {"profile": "school_terms", "spara": "1", **WHY}, lambda t: {"lines": [_line(t)]}),
    Form("budget_grid", "kim", WHY, lambda t: {f"r{_line(t)}-3": "77"}, at={"of": "kommunstyrelsen"}),
    Form("budget_grid", "kim", WHY, lambda t: {f"r{_line(t)}-0": "88"}, at={"of": "kommunstyrelsen", "kind": "ar"}),
    Form("budget_grid", "kim", WHY, lambda t: {f"r{t.tiny.units['hr-staben'].pk}-0": "99"},
         at={"of": "kommunstyrelsen", "kind": "tilldelning"}),
    Form("budget_line_new", "kim", {"label": "Nytt", "account": "5011", "amount": "1 000", **WHY}),
    Form("budget_line", "kim", {"label": "Annat", "amount": "2 000", **WHY}),
    Form("budget_line", "kim", {"delete": "1", **WHY}, at={"line": lambda t: _line(t, 2)}),
    Form("budget_moves", "kim", {"amount": "500", "first_month": "2", **WHY},
         lambda t: {"giver": _line(t), "receiver": _line(t, 1)}),
    Form("budget_move_undo", "kim", WHY),
    Form("budget_change_unit", "kim", {"gor": "forklara", "kind": "technical", "text": "El", "amount": "7"}),
    Form("budget_change_unit", "kim", {"gor": "fore", "before": "5 000 000", **WHY}),
    Form("budget_change_unit", "kim", more=lambda t: {"ta-bort": t.things["reason"].pk}, at={"of": "ekonomistaben"}),
    Form("budget_import", "kim", more=_workbook, writes=False),
    # follow-up
    Form("cell_comment_new", "kim", {"column": "outcome-2024", "text": "Hyran."}, asked="?rad=klf"),
    Form("cell_comment", "kim", {"svar-text": "Så är det.", "answer": "1"}),
    Form("cell_comment", "kim", {"text": "Hyrorna sjönk."}),
    Form("cell_comment_delete", "kim", WHY),
    Form("forecast_edit", "kim", {"costs": "900", "income": "1", "comment": "Ett", "save": "1"}),
    Form("forecast_edit", "kim", {"costs": "901", "income": "1", "comment": "Två", **WHY, "submit": "1"}),
    Form("forecast_edit", "kim", {"discard": "1"}),
    Form("forecast_edit", "kim", {"use": "rest_of_budget"}, writes=False),
    Form("action_plan_new", "kim", {
        "analysis": "Vikarier", "state": "draft", **{f"deficit_{year}": "5" for year in range(2024, 2028)},
    }),
    Form("action_plan_edit", "kim", {"analysis": "Vikarier", "state": "proposed", **WHY}),
    Form("plan_measure_new", "kim", {"text": "Färre vikarier", "responsible": "Chefen", "due": "Juni"}),
    Form("plan_measure_edit", "kim", {"text": "Inga vikarier"}),
    Form("plan_measure_delete", "kim", WHY),
    # investments
    Form("investment_frame_decide", "kim", {"expenditure": "50", "decided_on": "2024-02-01", **WHY}),
    Form("investment_frame_remove", "kim", WHY),
    Form("investment_project_decide", "kim", {"expenditure": "60", "decided_on": "2024-02-01", **WHY}),
    Form("investment_project_remove", "kim", WHY),
    Form("investment_forecast", "kim", {"expenditure": "70", "comment": "Dyrare", **WHY}),
    Form("investment_project_new", "kim", {"name": "Bron", "scope": "within", **WHY}),
    Form("investment_project_edit", "kim", {"name": "Badet", **WHY}),
    Form("investment_project_drop", "kim", WHY),
    Form("investment_finish", "kim", {"on": "2024-11-30", **WHY}),
    # ledger
    Form("ledger_receive", "kim", {"ny-kalla": "Lön"}, lambda _t: {"fil": _file("lon.csv", LEDGER)}, on="ledger"),
    Form("ledger_read", "kim", {"slag": "outcome"}, on="ledger_load"),
    Form("ledger_open", "kim", {"blad": ""}, on=NOWHERE),
    Form("ledger_register", "kim", {"namn-unit-999": "Konsulterna"}, on="ledger_load"),
    Form("ledger_keep", "kim", {"skal": "Juni"}, on="ledger_load"),
    Form("ledger_discard", "kim", on="ledger_load"),
    Form("ledger_restore", "kim", {"skal": "Det gamla gällde"}, on="ledger_load"),
    Form("ledger_withdraw", "kim", {"skal": "Fel fil"}, on="ledger_load"),
    Form("ledger_close", "kim", {"manad": "202302", "skal": "Klart"}, on="ledger"),
    Form("ledger_reopen", "kim", {"skal": "En sen faktura"}, on="ledger"),
    Form("ledger_code", "kim", {"name": "Löner", **WHY}),
    Form("ledger_code_move", "kim", {"skal": "Omorganisation"}, asked="?enhet=klf&fran=2024-07-01"),
    Form("ledger_code_undo", "kim", {"skal": "Fel enhet"}, on="ledger_code"),
    Form("ledger_code_close", "kim", {"pa": "2025-01-01", "skal": "Används inte"}, on="ledger_code"),
    # staff
    Form("payroll_new", "kim", WHY, lambda _t: {"file": _file("lon.csv", PAYROLL)}),
    Form("payroll_load", "kim", WHY),
    Form("volume_edit", "kim", {"last_year": "12", **WHY}),
    Form("reception_new", "kim", {"part": "Skola", "cost": "9", **WHY}),
    Form("reception_edit", "kim", {"cost": "8", **WHY}),
    # the municipality
    Form("result_edit", "siri", {"tax_income_2024": "100", **WHY}),
    Form("balance_edit", "siri", {"result": "100", "spara": "1", **WHY}),
    Form("municipality_group", "kim", {"number": "6", **WHY}),
    Form("municipality_rule_new", "kim", {"percent": "2", "valid_from": "2024-01-01", "source": "Reglemente", **WHY}),
    Form("municipality_rule", "kim", {"percent": "3", **WHY}),
    Form("municipality_rule_remove", "kim", WHY),
    # reports and reviews
    Form("report_decide", "siri", {"body": "KS", "on": "2025-02-11", "paragraph": "8", "has_read": "on"}),
    Form("reviewed", "kim", more=lambda _t: {"fil": _file("delar.txt", b"Resultatet blev 5 mnkr.")}),
    Form("review_example", "kim", on=NOWHERE),
    Form("review_again", "kim", on="review"),
    Form("review_dismiss", "kim", {"anm": "f1", "skal": "Avrundat"}, on="review"),
    Form("review_withdraw", "kim", {"anm": "f2"}, on="review", shown="?visa=avfardade"),
    Form("review_remove", "kim"),
)  # fmt: skip
