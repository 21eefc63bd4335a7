"""What readers choose and what reporters write. Rules stand in the services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.core.states import GoalState, WorkState
from uppsikt.web.history.fields import WhyField
from uppsikt.web.steering.models import Assignment, Indicator
from uppsikt.web.steering.selectors import IndicatorFilter, WorkFilter
from uppsikt.web.steering.services import Judgement, ValueEntry

ALL = ("", _("Alla"))
Data = Mapping[str, Any]  # what a browser sent


class IndicatorFilterForm(forms.Form):
    """The filters of the list of indicators, kept in the address."""

    sok = forms.CharField(label=_("Sök i namn och mål"), required=False, max_length=80)
    population = forms.ChoiceField(label=_("Avser"), required=False, choices=[ALL, *Indicator.Population.choices])

    def __init__(self, data: Data, *, areas: list[str]) -> None:
        super().__init__(data, label_suffix="")
        choices = [ALL, *((area, area) for area in areas)]
        self.fields["omrade"] = forms.ChoiceField(label=_("Målområde"), required=False, choices=choices)

    def wanted(self) -> IndicatorFilter:
        """Give the filter; a choice that does not exist leaves nothing out."""
        chosen = self.cleaned_data if self.is_valid() else {}
        return IndicatorFilter(chosen.get("sok", ""), chosen.get("omrade", ""), chosen.get("population", ""))


class WorkFilterForm(forms.Form):
    """The filters of assignments and activities, kept in the address."""

    text = forms.CharField(label=_("Sök i text"), required=False, max_length=80)
    lage = forms.ChoiceField(
        label=_("Läge"), required=False, choices=[ALL, *((one.value, one.wording()) for one in WorkState)]
    )
    slag = forms.ChoiceField(label=_("Slag av uppdrag"), required=False, choices=[ALL, *Assignment.Kind.choices])

    def __init__(self, data: Data, *, units: dict[str, str], goals: dict[int, str]) -> None:
        super().__init__(data, label_suffix="")
        self.fields["enhet"] = forms.ChoiceField(label=_("Enhet"), required=False, choices=[ALL, *units.items()])
        self.fields["mal"] = forms.TypedChoiceField(
            label=_("Mål"), required=False, choices=[ALL, *goals.items()], coerce=int, empty_value=None
        )

    def wanted(self) -> WorkFilter:
        """Give the filter; a choice that does not exist leaves nothing out."""
        if not self.is_valid():
            return WorkFilter()
        chosen = self.cleaned_data
        return WorkFilter(chosen["text"], chosen["lage"], chosen["slag"], chosen["enhet"], chosen["mal"])


class _Edit(forms.Form):
    """What every edit carries: why, and the last change that the editor had seen."""

    why = WhyField(
        label=_("Varför ändras det?"),
        help_text=_("Sparas i historiken tillsammans med ditt namn, till exempel: Rättat efter avstämning med HR."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ValueForm(_Edit):
    """An indicator value as a person writes it."""

    raw = forms.CharField(
        label=_("Värde"),
        help_text=_("Skriv som i ett dokument: 1,5 eller 40 000, I.U. när uppgift saknas, 19* när det är preliminärt."),
        max_length=120,
    )
    note = forms.CharField(
        label=_("Anmärkning"), help_text=_("Visas som fotnot. Kan lämnas tom."), required=False, max_length=300
    )
    field_order = ("raw", "note", "why", "seen")

    def __init__(self, data: Data | None = None, *, initial: dict[str, object] | None = None, hint: str) -> None:
        super().__init__(data, initial=initial)
        ask = {"hx-get": hint, "hx-trigger": "input changed delay:250ms", "hx-target": "#understood"}
        self.fields["raw"].widget.attrs |= ask

    def entry(self) -> ValueEntry:
        """Give what was written; the form is valid."""
        return ValueEntry(**self.cleaned_data)


class AssessmentForm(_Edit):
    """A goal's state with reasons."""

    reasons = forms.CharField(
        label=_("Skäl"),
        help_text=_("Väg samman indikatorer, aktiviteter, uppdrag och händelser. Texten går in i rapporten."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, data: Data | None = None, *, initial: dict[str, object] | None = None, forecast: bool) -> None:
        super().__init__(data, initial=initial)
        words = [(one.value, one.wording(forecast=forecast)) for one in GoalState]
        self.fields["state"] = forms.ChoiceField(label=_("Bedömning"), widget=forms.RadioSelect, choices=words)

    def judgement(self) -> Judgement:
        """Give what was decided; the form is valid."""
        told = self.cleaned_data
        return Judgement(GoalState(told["state"]), told["reasons"], told["why"], told["seen"])
