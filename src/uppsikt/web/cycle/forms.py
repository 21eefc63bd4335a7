"""What the reader chooses among decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.web.cycle.selectors import DecisionFilter

ALL = ("", _("Alla"))


class DecisionFilterForm(forms.Form):
    """The filters of the list of decisions, kept in the address."""

    sok = forms.CharField(label=_("Sök rubrik, diarienummer eller §"), required=False, max_length=80)

    def __init__(self, data: Mapping[str, Any], *, bodies: Iterable[str], years: Iterable[int]) -> None:
        super().__init__(data, label_suffix="")
        organs = [ALL, *((body, body) for body in bodies)]
        self.fields["organ"] = forms.ChoiceField(label=_("Organ"), required=False, choices=organs)
        self.fields["ar"] = forms.TypedChoiceField(
            label=_("År"), required=False, choices=[ALL, *((y, y) for y in years)], coerce=int, empty_value=None
        )

    def wanted(self) -> DecisionFilter:
        """Give the filter; a choice that does not exist leaves nothing out."""
        if not self.is_valid():
            return DecisionFilter()
        chosen = self.cleaned_data
        return DecisionFilter(chosen["sok"], chosen["organ"], chosen["ar"])
