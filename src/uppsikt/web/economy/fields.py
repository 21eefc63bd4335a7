"""Amounts as people type them in forms, shared by the rooms that stand on economy."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.core.errors import ReadingError
from uppsikt.core.quantities import KR, TKR, Quantity, format_quantity, parse_quantity, round_to

LARGEST = Decimal(10) ** 13  # kronor: more than all municipalities together invest in ten years


class KronorField(forms.CharField):
    """An amount, in tkr unless it says kr, mnkr or Mdkr; cleaned to exact kronor that are not negative, or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, **options)
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
        kronor = round_to(amount.to(KR), 2).number
        if kronor < 0:
            raise forms.ValidationError(_("Skriv beloppet utan minustecken."))
        if kronor > LARGEST:
            raise forms.ValidationError(_("Beloppet är större än någon kommun har. Kontrollera enheten."))
        return kronor


def as_typed(kronor: Decimal | None) -> str:
    """Write kronor as they are typed in a form: tkr with the decimals that are needed."""
    return "" if kronor is None else format_quantity(Quantity(Quantity(kronor, KR).to(TKR).number, TKR), spaces=" ")
