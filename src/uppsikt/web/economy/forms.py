"""Forms of the economy."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.web.economy.services import Written
from uppsikt.web.history.fields import WhyField


class CommentForm(forms.Form):
    """A comment, why it is written, and the last change that the writer had seen."""

    text = forms.CharField(
        label=_("Kommentar"),
        help_text=_("Förklara avvikelsen: vad hände, varför, och vad görs åt det. Lämna tomt för att ta bort texten."),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        max_length=20_000,
    )
    why = WhyField(
        label=_("Varför ändrar du?"), empty=_("Skriv varför du ändrar kommentaren. Det sparas i historiken.")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def written(self) -> Written:
        """Give what was written."""
        return Written(**self.cleaned_data)
