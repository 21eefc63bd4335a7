"""What the reader chooses among decisions."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.web.cycle.selectors import DecisionFilter

ALL = ("", _("Alla"))


class DecisionFilterForm(forms.Form):
    """The filters of the list of decisions, kept in the address."""

    sok = forms.CharField(label=_("Sök rubrik, diarienummer eller §"), required=False, max_length=80)
    organ = forms.ChoiceField(label=_("Organ"), required=False)
    ar = forms.TypedChoiceField(label=_("År"), required=False, coerce=int, empty_value=None)

    def __init__(self, data: object, *, bodies: Iterable[str], years: Iterable[int]) -> None:
        super().__init__(data, label_suffix="")  # type: ignore[arg-type]  # a QueryDict, which the stubs do not name
        self.fields["organ"].choices = [ALL, *((body, body) for body in bodies)]  # type: ignore[attr-defined]  # a choice field
        self.fields["ar"].choices = [ALL, *((year, year) for year in years)]  # type: ignore[attr-defined]  # a choice field

    def wanted(self) -> DecisionFilter:
        """Give the filter; a choice that does not exist leaves nothing out."""
        if not self.is_valid():
            return DecisionFilter()
        chosen = self.cleaned_data
        return DecisionFilter(chosen["sok"], chosen["organ"], chosen["ar"])
