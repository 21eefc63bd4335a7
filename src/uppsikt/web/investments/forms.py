"""Forms of investments. Amounts are typed in tkr unless another unit is written after them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from uppsikt.core.economy.investments import Giving, Scope
from uppsikt.web.cycle.models import Decision
from uppsikt.web.economy.fields import KronorField
from uppsikt.web.history.fields import WhyField
from uppsikt.web.investments.models import KINDS, SCOPES
from uppsikt.web.investments.services import Deciding, Forecasting, ProjectTold
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, widget=widget, error_messages={"invalid": _("Skriv dagen som 2024-12-31.")}, **options
    )


class DecidingForm(forms.Form):
    """A decision about money for a year; of a project with its receipts, of a frame with its scope."""

    scope = forms.ChoiceField(label=_("Omfattning"), choices=list(SCOPES.items()))
    kind = forms.ChoiceField(label=_("Vad beslutet gör"))
    year = forms.IntegerField(label=_("År pengarna får användas"), min_value=1990, max_value=2100)
    from_year = forms.IntegerField(
        label=_("Från år"), help_text=_("Bara när pengar förs över från ett tidigare år."),
        min_value=1990, max_value=2100, required=False,
    )  # fmt: skip
    expenditure = KronorField(label=_("Utgifter, tkr"), error_messages={"required": _("Skriv ett belopp.")})
    receipts = KronorField(
        label=_("Inkomster, tkr"), help_text=_("Bidrag till investeringen. Lämna tomt om det inte finns några."),
        required=False,
    )  # fmt: skip
    purpose = forms.CharField(label=_("Ändamål"), max_length=200, required=False)
    decision: forms.ModelChoiceField[Decision] = forms.ModelChoiceField(
        label=_("Beslut"), queryset=None, required=False, empty_label=_("Inget inlagt beslut")
    )
    decided_on = _day(
        _("Beslutat den"), required=False,
        help_text=_("Fyll i om beslutet inte finns i listan. Utan beslut och dag blir raden ett förslag."),
    )  # fmt: skip
    why = WhyField()

    def __init__(self, *args: Any, actor: Actor, of_frame: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = reach(actor, Decision)  # type: ignore[attr-defined]  # a ModelChoiceField
        wanted = set(Giving) - {Giving.RESERVE_USE if of_frame else Giving.RESERVE}
        self.fields["kind"].choices = [one for one in KINDS.items() if one[0] in wanted]  # type: ignore[attr-defined]  # a ChoiceField
        del self.fields["receipts" if of_frame else "scope"]
        if of_frame:
            self.fields["expenditure"].label = _("Belopp, tkr")

    def asked(self) -> Deciding:
        """Give what was decided."""
        data = self.cleaned_data
        return Deciding(
            kind=Giving(data["kind"]),
            year=data["year"],
            from_year=data["from_year"],
            scope=Scope(data.get("scope", Scope.WITHIN)),
            expenditure=data["expenditure"],
            receipts=data.get("receipts") or Decimal(0),
            purpose=data["purpose"],
            decision=data["decision"],
            decided_on=data["decided_on"],
            why=data["why"],
        )


class ForecastForm(forms.Form):
    """What a project is expected to come to when it is finished."""

    expenditure = KronorField(
        label=_("Utgifter när projektet är färdigt, tkr"),
        help_text=_("Allt från början till slut, också det som redan är bokfört."),
        error_messages={"required": _("Skriv vad projektet väntas kosta.")},
    )
    receipts = KronorField(label=_("Inkomster när projektet är färdigt, tkr"), required=False)
    finishes_on = _day(_("Beräknas bli färdigt"), required=False)
    comment = forms.CharField(
        label=_("Kommentar"), help_text=_("Vad beror avvikelsen på, och vad görs åt det?"),
        widget=forms.Textarea(attrs={"rows": 5}), required=False, max_length=5000,
    )  # fmt: skip
    why = WhyField()
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def given(self) -> Forecasting:
        """Give what was written."""
        data = {**self.cleaned_data, "receipts": self.cleaned_data["receipts"] or Decimal(0)}
        return Forecasting(**data)


class FinishForm(forms.Form):
    """When a project was finished; without day it is opened again."""

    on = _day(_("Färdigt den"))
    why = WhyField()
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, is_finished: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_finished:
            del self.fields["on"]


class ProjectForm(forms.Form):
    """What a project is. Codes are written with anything but letters and digits between them."""

    name = forms.CharField(
        label=_("Projektets namn"), max_length=200, error_messages={"required": _("Skriv vad projektet heter.")}
    )
    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label=_("Nämnd"), queryset=None, empty_label=None, help_text=_("Den vars investeringsram projektet hör till.")
    )
    responsible: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label=_("Ansvarig enhet"), queryset=None, required=False, empty_label=_("Nämnden själv"),
        help_text=_("De som rapporterar för enheten lämnar prognos och säger när projektet är färdigt."),
    )  # fmt: skip
    scope = forms.ChoiceField(label=_("Omfattning"), choices=list(SCOPES.items()))
    started = _day(_("Påbörjat"), required=False, help_text=_("Utfallet räknas sedan projektets start."))
    is_yearly = forms.BooleanField(
        label=_("Årligt anslag"), required=False,
        help_text=_("Pengar som börjar om varje år, till exempel inventarier. ”Sedan start” är då årets."),
    )  # fmt: skip
    codes = forms.CharField(
        label=_("Projektkoder i redovisningen"), required=False, max_length=400,
        help_text=_("Koderna som utfallet hämtas från, med komma emellan. Utan kod är utfallet okänt."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    are_new = forms.BooleanField(label=_("Koden är ny: lägg in den i redovisningens register"), required=False)
    earlier_until = forms.IntegerField(
        label=_("Tidigare utfall till och med år"), required=False, min_value=1990, max_value=2100,
        help_text=_("Bara när redovisningen inte går tillbaka till projektets start. Den räknas från året efter."),
    )  # fmt: skip
    earlier_expenditure = KronorField(label=_("Tidigare utgifter, tkr"), required=False)
    earlier_receipts = KronorField(label=_("Tidigare inkomster, tkr"), required=False)
    why = WhyField()
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, owners: QuerySet[Unit], living: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, units in (("unit", owners), ("responsible", living)):
            self.fields[name].queryset = units  # type: ignore[attr-defined]  # a ModelChoiceField

    def told(self) -> ProjectTold:
        """Give what was written."""
        data = dict(self.cleaned_data)
        data["scope"] = Scope(data["scope"])
        data["codes"] = tuple(dict.fromkeys(re.split(r"[\s,;]+", data["codes"].strip()))) if data["codes"] else ()
        for name in ("earlier_expenditure", "earlier_receipts"):
            data[name] = data[name] or Decimal(0)
        return ProjectTold(**data)


class RemoveForm(forms.Form):
    """Why a decision or a project is taken away."""

    why = WhyField()
