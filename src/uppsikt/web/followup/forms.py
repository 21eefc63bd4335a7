"""Forms of follow-up. Amounts are typed in thousands of kronor unless another unit is written after them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.core.errors import ReadingError
from uppsikt.core.quantities import KR, TKR, Quantity, Value, format_quantity, parse_quantity, round_to
from uppsikt.core.states import WorkState
from uppsikt.core.tables import Column
from uppsikt.web.cycle.models import Decision
from uppsikt.web.followup.models import ActionPlan
from uppsikt.web.followup.services import MeasureText, PlanText, Written
from uppsikt.web.history.fields import WhyField

LARGEST = Decimal(10) ** 13  # kronor: more than all municipalities together spend in ten years


class MoneyField(forms.CharField):
    """An amount as people type it, in tkr unless it says kr, mnkr or Mdkr; cleaned to exact kronor, None when empty."""

    def __init__(self, *, low: Decimal | None = None, **options: Any) -> None:
        super().__init__(max_length=40, **options)
        self.low = low
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "class": "num"})

    def clean(self, value: Any) -> Decimal | None:
        """Read the amount; what cannot be read says what to write instead."""
        text = super().clean(value)
        if not text.strip():
            return None
        try:
            amount = parse_quantity(text, TKR)
        except ReadingError:
            raise forms.ValidationError(_("Skriv ett belopp i tkr, till exempel 12 345 eller 12,3 mnkr.")) from None
        if not amount.unit.converts_to(KR):
            raise forms.ValidationError(_("Skriv ett belopp i pengar: tkr, eller med kr eller mnkr efter."))
        kronor = amount.to(KR).number
        if abs(kronor) > LARGEST:
            raise forms.ValidationError(_("Beloppet är större än någon kommun har. Kontrollera enheten."))
        if self.low is not None and kronor < self.low:
            raise forms.ValidationError(_("Skriv beloppet utan minustecken."))
        return round_to(Quantity(kronor, KR), 2).number


def typed(value: Value | Decimal | None, *, whole: bool = False) -> str:
    """Write an amount in kronor as it is typed in a form: tkr with the decimals it needs, or rounded to whole tkr."""
    if isinstance(value, Decimal):
        value = Quantity(value, KR)
    if not isinstance(value, Quantity):
        return ""
    return format_quantity(Quantity(value.to(TKR).number, TKR), spaces=" ", decimals=0 if whole else None)


class ForecastForm(forms.Form):
    """A unit's forecast of the whole year, costs and income each for itself."""

    costs = MoneyField(label=_("Kostnader helår, tkr"), error_messages={"required": _("Fyll i helårets kostnader.")})
    income = MoneyField(label=_("Intäkter helår, tkr"), error_messages={"required": _("Fyll i helårets intäkter.")})
    comment = forms.CharField(
        label=_("Kommentar"),
        help_text=_("Vad beror avvikelsen på, och vad görs åt den?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        max_length=20_000,
    )
    why = WhyField(label=_("Varför ändrar du den lämnade prognosen?"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, is_given: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_given:
            del self.fields["why"]

    def written(self) -> Written:
        """Give what was written."""
        return Written(**self.cleaned_data)


class CellCommentForm(forms.Form):
    """A comment and the column of the row that it hangs on."""

    column = forms.ChoiceField(label=_("Vilket belopp gäller det?"))
    text = forms.CharField(
        label=_("Kommentar"),
        help_text=_("Skriv {belopp} där beloppet ska stå i texten, så följer det med om det ändras."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4_000,
        error_messages={"required": _("Skriv en kommentar: vad ligger bakom beloppet?")},
    )

    def __init__(self, *args: Any, columns: Sequence[tuple[Column, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(column.key, f"{column.label}: {figure}") for column, figure in columns]
        self.fields["column"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField has them


class CommentTextForm(forms.Form):
    """A comment that is changed."""

    text = forms.CharField(label=_("Kommentar"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4_000)
    refresh = forms.BooleanField(
        label=_("Texten gäller beloppet som det är nu"),
        required=False,
        help_text=_("Kryssa i när du har läst om texten och den stämmer med det nya beloppet."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class AnswerForm(forms.Form):
    """An answer to a comment."""

    text = forms.CharField(
        label=_("Svar"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4_000,
        error_messages={"required": _("Skriv ett svar.")},
    )


class ReasonForm(forms.Form):
    """Why something is taken away."""

    why = WhyField()


class PlanForm(forms.Form):
    """A plan: the analysis, how far it has come, its decision, and the deficit of each year without measures."""

    analysis = forms.CharField(
        label=_("Varför uppstår underskottet?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
        error_messages={"required": _("Skriv varför underskottet uppstår.")},
    )
    state = forms.ChoiceField(
        label=_("Läge"),
        choices=ActionPlan.State.choices,
        help_text=_("Ett utkast syns bara inom enheten."),
    )
    decision: forms.ModelChoiceField[Decision] = forms.ModelChoiceField(
        label=_("Beslut"), queryset=None, required=False, empty_label=_("Inget beslut ännu")
    )
    why = WhyField(label=_("Varför ändrar du?"), empty=_("Skriv varför du ändrar planen. Det sparas i historiken."))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, years: Sequence[int], decisions: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = tuple(years)
        self.fields["decision"].queryset = decisions  # type: ignore[attr-defined]  # a ModelChoiceField has it
        if is_new:
            del self.fields["why"]
        for year in self.years:
            self.fields[f"deficit_{year}"] = MoneyField(
                label=_("Underskott %(year)s utan åtgärder, tkr") % {"year": year},
                low=Decimal(0),
                error_messages={"required": _("Fyll i underskottet, 0 om det inte finns något.")},
            )

    @property
    def deficits(self) -> list[forms.BoundField]:
        """The fields of the years."""
        return [self[f"deficit_{year}"] for year in self.years]

    def told(self) -> PlanText:
        """Give what was written."""
        data = self.cleaned_data
        decision: Decision | None = data["decision"]
        deficits = {year: data[f"deficit_{year}"] for year in self.years}
        return PlanText(data["analysis"], deficits, data["state"], decision)


class MeasureForm(forms.Form):
    """A measure, with what it gives each year of the plan."""

    text = forms.CharField(
        label=_("Åtgärd"), max_length=500, error_messages={"required": _("Skriv vad som ska göras.")}
    )
    responsible = forms.CharField(
        label=_("Ansvarig"), max_length=160, error_messages={"required": _("Skriv vem som ansvarar.")}
    )
    due = forms.CharField(
        label=_("Klart"),
        max_length=60,
        help_text=_("Till exempel Tertial 2 2025 eller 2025-06-30."),
        error_messages={"required": _("Skriv när åtgärden ska vara klar.")},
    )
    state = forms.ChoiceField(label=_("Läge"), choices=[(one.value, one.wording()) for one in WorkState])
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = tuple(years)
        for year in self.years:
            self.fields[f"planned_{year}"] = MoneyField(
                label=_("Planerad effekt %(year)s, tkr") % {"year": year}, required=False
            )
            self.fields[f"realised_{year}"] = MoneyField(
                label=_("Uppnådd effekt %(year)s, tkr") % {"year": year}, required=False
            )

    @property
    def effects(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        """The fields of each year."""
        return [(year, self[f"planned_{year}"], self[f"realised_{year}"]) for year in self.years]

    def told(self) -> MeasureText:
        """Give what was written; a year without a planned effect counts as none planned."""
        data = self.cleaned_data
        effects = {year: (data[f"planned_{year}"] or Decimal(0), data[f"realised_{year}"]) for year in self.years}
        return MeasureText(data["text"], data["responsible"], data["due"], data["state"], effects)
