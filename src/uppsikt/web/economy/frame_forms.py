"""Forms for decisions about frames. What is typed stays in the form until it is saved; rules stand in the services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from uppsikt.web.cycle.models import Decision
from uppsikt.web.cycle.services import NewDecision, PointWritten
from uppsikt.web.economy.frame_fields import PercentField, TkrField
from uppsikt.web.economy.models import FrameEntry
from uppsikt.web.economy.services import FrameChange, FrameDecision, FrameIndexation, FrameTransfer
from uppsikt.web.history.fields import WhyField
from uppsikt.web.organisation.models import Unit

Data = Mapping[str, Any]
Kind = FrameEntry.Kind


class DayInput(forms.DateInput):
    """A date as browsers let people choose it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AsOfForm(forms.Form):
    """As of which decision or day the frame is shown; kept in the address."""

    def __init__(self, data: Data, decisions: Iterable[Decision]) -> None:
        super().__init__(data, label_suffix="")
        self._decisions = {str(one.pk): one for one in decisions}
        words = [("", _("Alla beslut som är inlagda")), *((key, str(one)) for key, one in self._decisions.items())]
        self.fields["efter"] = forms.ChoiceField(label=_("Efter beslutet"), required=False, choices=words)
        self.fields["den"] = forms.DateField(
            label=_("eller den dag"), required=False, widget=DayInput(),
            error_messages={"invalid": _("Skriv dagen som 2019-09-01.")},
        )  # fmt: skip

    def asked(self) -> Any:
        """Give the decision or the day that was chosen; None is everything. What does not exist chooses nothing."""
        if not self.is_valid():
            return None
        return self.cleaned_data["den"] or self._decisions.get(self.cleaned_data["efter"])


class _Decided(forms.Form):
    """What every registration carries: amounts by year, the decision, and why."""

    why = WhyField(
        label=_("Varför registreras det nu?"),
        help_text=_(
            "Sparas i historiken tillsammans med ditt namn, till exempel: Enligt protokoll från KF i november."
        ),
    )
    decision = forms.ChoiceField(label=_("Beslut som redan är inlagt"), required=False)
    body = forms.CharField(label=_("Organ"), help_text=_("Till exempel KF eller KS."), required=False, max_length=20)
    on = forms.DateField(
        label=_("Sammanträdets datum"), required=False, widget=DayInput(),
        error_messages={"invalid": _("Skriv datumet som 2024-04-23.")},
    )  # fmt: skip
    paragraph = forms.IntegerField(label=_("Paragraf"), required=False, min_value=1, max_value=9999)
    case_number = forms.CharField(label=_("Diarienummer"), required=False, max_length=40)
    title = forms.CharField(label=_("Beslutets rubrik"), required=False, max_length=300)
    point = forms.IntegerField(
        label=_("Punkt i beslutet"), required=False, min_value=1, max_value=99,
        help_text=_("Lämna tomt för att lägga till en ny punkt med ändamålet som text."),
    )  # fmt: skip

    def __init__(self, data: Data | None, *, years: Sequence[int], decisions: Iterable[Decision]) -> None:
        super().__init__(data, label_suffix="")
        self._decisions = {str(one.pk): one for one in decisions}
        words = [
            ("", _("Nytt beslut, fyll i nedanför")),
            *((key, f"{one} {one.title}"[:90]) for key, one in self._decisions.items()),
        ]
        decision = self.fields["decision"]
        if isinstance(decision, forms.ChoiceField):
            decision.choices = words
        self.years = tuple(years)
        for year in self.years:
            self.fields[f"amount_{year}"] = TkrField(label=gettext("{year}, tkr").format(year=year), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for a whole new decision where none is chosen, and for at least one amount."""
        told: dict[str, Any] = super().clean() or {}
        if not told.get("decision"):
            for name in ("body", "on", "paragraph", "title"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, gettext("Välj ett beslut i listan eller fyll i hela det nya beslutet."))
        wanted = [f"amount_{year}" for year in self.years]
        if wanted and not any(name in self.errors for name in wanted) and all(told.get(one) is None for one in wanted):
            self.add_error(wanted[0], gettext("Skriv ett belopp för minst ett år."))
        return told

    def amounts(self) -> dict[int, Decimal]:
        """Give what was written, by year."""
        told = self.cleaned_data
        return {year: told[f"amount_{year}"] for year in self.years if told.get(f"amount_{year}") is not None}

    def written_point(self) -> PointWritten:
        """Give the point of the decision that was chosen or written."""
        told = self.cleaned_data
        chosen: Decision | NewDecision | None = self._decisions.get(told["decision"])
        if chosen is None:
            chosen = NewDecision(
                told["body"].strip(), told["on"], told["paragraph"], told["title"].strip(), told["case_number"].strip()
            )
        return PointWritten(chosen, told["purpose"], told["point"])

    @property
    def day(self) -> Any:
        """The day of the decision that was chosen or written."""
        chosen = self.written_point().decision
        return chosen.on

    def decision_fields(self) -> list[forms.BoundField]:
        """Give the fields of a new decision."""
        return [self[name] for name in ("body", "on", "paragraph", "case_number", "title", "point")]

    def amount_fields(self) -> list[forms.BoundField]:
        """Give the amounts, year by year."""
        return [self[f"amount_{year}"] for year in self.years]


class FrameForm(_Decided):
    """A decision about one committee's frame."""

    kind = forms.ChoiceField(label=_("Slag"), choices=[one for one in Kind.choices if one[0] != Kind.TRANSFER])
    purpose = forms.CharField(label=_("Ändamål"), max_length=200)
    financing = forms.CharField(
        label=_("Finansiering"), required=False, max_length=300,
        help_text=_("Krävs för en tilläggsbudget: hur utgiften betalas (11 kap. 15 § kommunallagen)."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask how an addition is financed."""
        told = super().clean()
        if told.get("kind") == Kind.ADDITION and not told.get("financing"):
            self.add_error("financing", gettext("Skriv hur tilläggsbudgeten finansieras. Det kräver 11 kap. 15 § KL."))
        return told

    def written(self, unit: Unit) -> FrameDecision:
        """Give what was written."""
        told = self.cleaned_data
        return FrameDecision(
            unit, told["kind"], self.amounts(), told["purpose"], self.written_point(), told["financing"]
        )


class TransferForm(_Decided):
    """Money from one committee to another."""

    purpose = forms.CharField(label=_("Ändamål"), max_length=200)

    def __init__(
        self, data: Data | None, *, years: Sequence[int], decisions: Iterable[Decision], units: Sequence[Unit]
    ) -> None:
        super().__init__(data, years=years, decisions=decisions)
        self._units = {one.slug: one for one in units}
        words = [("", _("Välj")), *((one.slug, one.name) for one in units)]
        self.fields["giver"] = forms.ChoiceField(label=_("Från"), choices=words)
        self.fields["receiver"] = forms.ChoiceField(label=_("Till"), choices=words)

    def clean(self) -> dict[str, Any]:
        """Refuse a transfer to oneself, and amounts with a minus."""
        told = super().clean()
        if told.get("giver") and told.get("giver") == told.get("receiver"):
            self.add_error("receiver", gettext("Välj en annan nämnd än den som lämnar pengarna."))
        for year in self.years:
            if (told.get(f"amount_{year}") or 0) < 0:
                self.add_error(f"amount_{year}", gettext("Skriv utan minus. Byt givare och mottagare i stället."))
        return told

    def written(self) -> FrameTransfer:
        """Give what was written."""
        told = self.cleaned_data
        giver, receiver = self._units[told["giver"]], self._units[told["receiver"]]
        return FrameTransfer(giver, receiver, self.amounts(), told["purpose"], self.written_point())


class IndexationForm(_Decided):
    """Price and wage indexation of several committees at once."""

    purpose = forms.CharField(label=_("Ändamål"), max_length=200)
    percent = PercentField(label=_("Procent"))

    def __init__(
        self, data: Data | None, *, years: Sequence[int], decisions: Iterable[Decision], units: Sequence[Unit]
    ) -> None:
        super().__init__(data, years=(), decisions=decisions)
        self._units = {one.slug: one for one in units}
        self.fields["units"] = forms.MultipleChoiceField(
            label=_("Nämnder"), choices=[(one.slug, one.name) for one in units], widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Välj minst en nämnd.")},
        )  # fmt: skip
        first = years[0]
        base = [(year, str(year)) for year in (first - 1, first)]
        self.fields["base_year"] = forms.TypedChoiceField(label=_("Räknas på ramen för"), choices=base, coerce=int)
        self.fields["to_years"] = forms.TypedMultipleChoiceField(
            label=_("Läggs till ramen för"), choices=[(year, str(year)) for year in years], coerce=int,
            widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Välj minst ett år.")},
        )  # fmt: skip

    def written(self) -> FrameIndexation:
        """Give what was written."""
        told = self.cleaned_data
        units = [self._units[slug] for slug in told["units"]]
        return FrameIndexation(
            units, told["percent"], told["base_year"], told["to_years"], told["purpose"], self.written_point()
        )


class FrameChangeForm(forms.Form):
    """New amounts of a registered decision, why, and the last change that the editor had seen."""

    financing = forms.CharField(label=_("Finansiering"), required=False, max_length=300)
    why = WhyField(label=_("Varför ändras det?"))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Data | None, *, amounts: Mapping[int, Decimal | None], kind: str, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)
        self.years = tuple(amounts)
        for year, amount in amounts.items():
            label = gettext("{year}, tkr").format(year=year)
            self.fields[f"amount_{year}"] = TkrField(label=label, required=False, initial=amount)
        if kind != Kind.ADDITION:
            del self.fields["financing"]

    def amount_fields(self) -> list[forms.BoundField]:
        """Give the amounts, year by year."""
        return [self[f"amount_{year}"] for year in self.years]

    def written(self) -> FrameChange:
        """Give what was written; a year without an amount is left out."""
        told = self.cleaned_data
        amounts = {year: told[f"amount_{year}"] for year in self.years if told[f"amount_{year}"] is not None}
        return FrameChange(amounts, told["why"], told["seen"], told.get("financing", ""))
