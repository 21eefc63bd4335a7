"""Forms of the result budget and the balance investigation. What is typed stays until it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from uppsikt.core.economy.balance_requirement import STEPS, faults_of
from uppsikt.core.economy.result_budget import LABELS, PLAN_YEARS, SIGNED, ResultLine
from uppsikt.web.council.models import BalanceInvestigation, ResultBudget
from uppsikt.web.council.selectors import given_of
from uppsikt.web.council.selectors.balance import GIVEN
from uppsikt.web.council.services import BalanceWritten, ResultWritten
from uppsikt.web.cycle.models import Decision
from uppsikt.web.economy.frame_fields import TkrField
from uppsikt.web.history.fields import WhyField

Data = Mapping[str, Any]


class _Saved(forms.Form):
    """What every saving carries: the decision, why, and the last change that the editor had seen."""

    decision = forms.ChoiceField(label=_("Beslut"), required=False)
    why = WhyField(label=_("Varför ändras det?"))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Data | None, *, decisions: Iterable[Decision], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        self._decisions = {str(one.pk): one for one in decisions}
        words = [(key, f"{one} {one.title}"[:90]) for key, one in self._decisions.items()]
        decision = self.fields["decision"]
        if isinstance(decision, forms.ChoiceField):
            decision.choices = [("", gettext("Inget beslut ännu")), *words]

    def chosen(self) -> Decision | None:
        """Give the decision that was chosen."""
        return self._decisions.get(self.cleaned_data["decision"])


class ResultForm(_Saved):
    """A version of the year's result: one row of fields for each line, one column for each year."""

    from_reserve = TkrField(
        label=_("Ur resultatreserven, tkr"), required=False, help_text=_("Undantag enligt 11 kap. 5 § kommunallagen.")
    )
    reason = forms.CharField(
        label=_("Synnerliga skäl"), required=False, max_length=500,
        help_text=_("Skälen, om budgeten inte har överskott och fullmäktige åberopar dem (11 kap. 5 §)."),
    )  # fmt: skip

    def __init__(self, data: Data | None, *, year: int, version: str, initial: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(data, initial=initial, **kwargs)
        self.year, self.version = year, version
        is_budget = version == ResultBudget.Version.BUDGET
        self.years = tuple(range(year, year + PLAN_YEARS + 1)) if is_budget else (year,)
        if not is_budget:
            del self.fields["from_reserve"], self.fields["reason"]
        for line in ResultLine:
            for one in self.years:
                self.fields[f"{line.value}_{one}"] = TkrField(label=f"{LABELS[line]} {one}", required=False)

    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Give the lines with their fields, year by year."""
        return [(LABELS[line], [self[f"{line.value}_{one}"] for one in self.years]) for line in ResultLine]

    def clean(self) -> dict[str, Any]:
        """Refuse a minus where the line itself says which way it counts."""
        told: dict[str, Any] = super().clean() or {}
        places = [(line, f"{line.value}_{one}") for line in ResultLine for one in self.years]
        for line, name in places:
            if line not in SIGNED and (told.get(name) or 0) < 0:
                self.add_error(name, gettext("Skriv utan minus."))
        if (told.get("from_reserve") or 0) < 0:
            self.add_error("from_reserve", gettext("Skriv utan minus."))
        if not self.errors and all(told.get(name) is None for _line, name in places):
            self.add_error(places[0][1], gettext("Skriv minst ett belopp."))
        return told

    def written(self) -> ResultWritten:
        """Give what was written; an empty field is left out."""
        told = self.cleaned_data
        amounts = {
            (one, line): told[f"{line.value}_{one}"]
            for line in ResultLine
            for one in self.years
            if told[f"{line.value}_{one}"] is not None
        }
        return ResultWritten(
            self.year, self.version, amounts, told["why"], told["seen"], self.chosen(),
            told.get("from_reserve") or Decimal(0), told.get("reason", ""),
        )  # fmt: skip


_BASIS = {
    "tax_base": _("Skatteintäkter, generella statsbidrag och utjämning, tkr"),
    "equity": _("Eget kapital med pensionsförpliktelser utanför balansräkningen, tkr"),
    "reserve": _("Resultatreserven före årets reservering, tkr"),
}


class BalanceForm(_Saved):
    """What a balance investigation starts from; for years before the rules only the printed result is asked for."""

    def __init__(self, data: Data | None, *, year: int, is_computed: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.year, self.is_computed = year, is_computed
        if not is_computed:
            label = _("Balanskravsresultat enligt årsredovisningen, tkr")
            self.fields["stated"] = TkrField(label=label)
            return
        for step in STEPS:
            if step.way:
                words = step.label.lstrip("−+±= ")
                ways = {"−": _("Dras av"), "+": _("Läggs till"), "±": _("Läggs till, eller dras av om det är negativt")}
                way = ways.get(step.label[0])
                help_text = f"{way}. {step.paragraph}" if way else step.paragraph
                needed = step.key == "result"
                self.fields[step.key] = TkrField(label=f"{words}, tkr", help_text=help_text, required=needed)
        for key, label in _BASIS.items():
            self.fields[key] = TkrField(label=label, required=False, help_text="KL 11 kap. 14 §")

    def steps(self) -> list[forms.BoundField]:
        """Give the fields of the investigation in the order of the law."""
        return [self[key] for key in GIVEN] if self.is_computed else [self["stated"]]

    def basis(self) -> list[forms.BoundField]:
        """Give the fields that the limits of the result reserve ask for."""
        return [self[key] for key in _BASIS] if self.is_computed else []

    def clean(self) -> dict[str, Any]:
        """Say of every field what cannot be, all at once."""
        told: dict[str, Any] = super().clean() or {}
        if self.is_computed and not self.errors:
            given = given_of(self.probe())
            for name, message in (faults_of(given) if given else {}).items():
                self.add_error(name, message)
        return told

    def amounts(self) -> dict[str, Decimal | None]:
        """Give the amounts by field of the model; an empty step is zero, an empty basis unknown."""
        told = self.cleaned_data
        if not self.is_computed:
            return {"stated": told["stated"]}
        steps = {key: told.get(key) if key == "result" else told.get(key) or Decimal(0) for key in GIVEN}
        return {**steps, **{key: told.get(key) for key in _BASIS}}

    def probe(self) -> BalanceInvestigation:
        """Give what would be stored, to be computed and shown."""
        return BalanceInvestigation(year=self.year, **self.amounts())

    def written(self) -> BalanceWritten:
        """Give what was written."""
        told = self.cleaned_data
        return BalanceWritten(self.year, self.amounts(), told["why"], told["seen"], self.chosen())
