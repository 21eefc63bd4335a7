"""The form that decides a report."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.web.reports.services import DecisionReference


class DecideForm(forms.Form):
    """Which decision fixes the report; with remarks left, the decider says that they are read.

    ``seen`` is the fingerprint of the report that the decider was shown.
    """

    body = forms.CharField(label=_("Organ"), max_length=20, initial="KS", help_text=_("Till exempel KS eller KF"))
    on = forms.DateField(label=_("Sammanträdesdag"), widget=forms.DateInput(attrs={"type": "date"}))
    paragraph = forms.IntegerField(label=_("Paragraf"), min_value=1, max_value=9999)
    case_number = forms.CharField(
        label=_("Diarienummer"), max_length=40, required=False, help_text=_("Till exempel KS 2019-519")
    )
    what_changed = forms.CharField(
        label=_("Vad som ändrats sedan förra versionen"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=4_000,
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    has_read = forms.BooleanField(
        label=_("Jag har läst anmärkningarna"),
        error_messages={"required": _("Läs anmärkningarna och kryssa i rutan, eller rätta siffrorna först.")},
    )

    def __init__(self, *args: object, has_findings: bool, has_version: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        if not has_findings:
            del self.fields["has_read"]
        if not has_version:
            del self.fields["what_changed"]

    def reference(self) -> DecisionReference:
        """Give the decision that was written."""
        data = self.cleaned_data
        return DecisionReference(data["body"].strip().upper(), data["on"], data["paragraph"], data["case_number"])
