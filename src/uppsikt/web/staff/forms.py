"""Forms of staff and volumes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.core.errors import ReadingError
from uppsikt.core.quantities import Quantity, parse_quantity
from uppsikt.web.economy.fields import KronorField
from uppsikt.web.history.fields import WhyField
from uppsikt.web.staff.models import VolumeFigure
from uppsikt.web.staff.services import ReceptionTold

LARGEST_FILE = 20_000_000  # bytes: a row of payroll is some sixty


class NumberField(forms.CharField):
    """A number as people write it, with the decimals it was written with; None when empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=30, required=False, **options)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "class": "num"})

    def clean(self, value: Any) -> Quantity | None:
        """Read the number; what cannot be read says what to write instead."""
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            found = parse_quantity(text)
        except ReadingError:
            raise forms.ValidationError(_("Skriv ett tal, till exempel 12 345 eller 0,5.")) from None
        if found.unit.symbol or abs(found.number) >= 10**13 or (found.decimals or 0) > 4:
            raise forms.ValidationError(_("Skriv bara talet, utan enhet och med högst fyra decimaler."))
        return found


class PayrollForm(forms.Form):
    """A payroll file and why it is loaded."""

    file = forms.FileField(
        label=_("Fil från lönesystemet"),
        help_text=_("CSV eller Excel med kolumnerna enhet, månad, kön, åldersgrupp, anställda, årsarbetare, ordinarie "
                    "timmar, sjuktimmar, långa sjuktimmar, började och slutade."),
        error_messages={"required": _("Välj en fil.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )  # fmt: skip
    why = WhyField()

    def clean_file(self) -> Any:
        """Refuse a file that is larger than any payroll table."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("Filen är större än 20 MB. Dela den per år."))
        return file


class WhyForm(forms.Form):
    """Why something is done."""

    why = WhyField()


class VolumeForm(forms.Form):
    """The four figures of a volume, and the last change that the writer had seen."""

    def __init__(self, *args: Any, headings: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role, heading in zip(VolumeFigure.Role, headings, strict=True):
            self.fields[role.value] = NumberField(label=heading)
        self.fields["why"] = WhyField()
        self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def numbers(self) -> dict[str, Quantity | None]:
        """Give the figures by role."""
        return {role.value: self.cleaned_data[role.value] for role in VolumeFigure.Role}


class ReceptionForm(forms.Form):
    """A part of the reception of refugees."""

    part = forms.CharField(
        label=_("Del"), help_text=_("Till exempel HVB med stödboende."), max_length=120,
        error_messages={"required": _("Skriv vad raden gäller.")},
    )  # fmt: skip
    activity = forms.CharField(
        label=_("Verksamhetskod"), required=False, max_length=10,
        help_text=_("Koden i redovisningen, till exempel 6001. Med den går beloppen att följa till sina poster."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    cost = KronorField(label=_("Kostnad hittills i år, tkr"), required=False)
    compensation = KronorField(label=_("Statlig ersättning hittills i år, tkr"), required=False)
    why = WhyField()
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def told(self) -> ReceptionTold:
        """Give what was written."""
        return ReceptionTold(**self.cleaned_data)
