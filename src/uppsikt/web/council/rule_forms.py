"""Forms of the municipality's limits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.web.economy.fields import KronorField
from uppsikt.web.followup.services.limits import LimitTold
from uppsikt.web.history.fields import WhyField
from uppsikt.web.staff.forms import NumberField


def _seen() -> forms.IntegerField:
    """Which change of the rule the page was made from."""
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class SizeForm(forms.Form):
    """From which size of a deviation something is demanded, and from which day that counts."""

    percent = NumberField(label=_("Procent av budgeten"), help_text=_("Till exempel 2 eller 1,5."))
    amount = KronorField(label=_("Belopp, tkr"), required=False, help_text=_("Till exempel 1 000."))
    both = forms.ChoiceField(
        label=_("När båda är ifyllda"),
        choices=[("", _("räcker det att en överskrids")), ("1", _("ska båda överskridas"))], required=False,
    )  # fmt: skip
    valid_from = forms.DateField(
        label=_("Gäller från och med"),
        help_text=_("För rapporttillfällen från den dagen. En tidigare dag ändrar hur redan lämnade prognoser bedöms."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Skriv dagen som 2024-12-31."), "required": _("Skriv från vilken dag.")},
    )
    source = forms.CharField(
        label=_("Vad säger detta?"), help_text=_("Beslutet eller reglementet; det visas för alla bredvid gränsen."),
        max_length=300, error_messages={"required": _("Skriv vad som säger detta.")},
    )  # fmt: skip
    why = WhyField()
    seen = _seen()

    def clean_percent(self) -> Any:
        """Refuse a per cent that is no share of a budget."""
        percent = self.cleaned_data["percent"]
        if percent is not None and not 0 <= percent.number <= 100:
            raise forms.ValidationError(_("Skriv ett tal mellan 0 och 100."))
        return percent

    def told(self) -> LimitTold:
        """Give what was written."""
        data = self.cleaned_data
        percent = data["percent"].number if data["percent"] is not None else None
        return LimitTold(**{**data, "percent": percent, "both": bool(data["both"])})


class GroupForm(forms.Form):
    """How few people a group may have for its figures to be shown."""

    number = forms.IntegerField(
        label=_("Minsta grupp som visas"), min_value=3, max_value=50,
        help_text=_("Mellan 3 och 50. Grupper med färre personer visas inte, och inte heller det som skulle avslöja "
                    "dem."),
    )  # fmt: skip
    why = WhyField()
    seen = _seen()


class RemoveForm(forms.Form):
    """Why a limit is taken away."""

    why = WhyField()
