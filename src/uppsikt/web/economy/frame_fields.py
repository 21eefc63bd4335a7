"""Signed amounts in tkr and percentages as people write them: 1 234,5 with spaces, comma and either minus."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from uppsikt.core.errors import ReadingError
from uppsikt.core.quantities import PLAIN, TKR, Quantity, format_quantity, parse_quantity
from uppsikt.web.economy.selectors.frame_state import in_tkr

LARGEST = Decimal(10) ** 12  # tkr: more than all money of the country, and what the columns hold
DECIMALS = 3  # whole kronor
FARTHEST = 50  # per cent: an indexation beyond this is a mistyped one


class TkrField(forms.CharField):
    """An amount in tkr, to the krona; empty gives None. A unit may be written and is then converted."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "unread": _("”%(text)s” är inget belopp. Skriv till exempel 1 500 eller −2 200,5."),
        "unit": _("Skriv beloppet i tkr. ”%(text)s” har en annan enhet."),
        "decimals": _("Skriv högst tre decimaler: hela kronor."),
        "large": _("Beloppet är för stort. Skriv det i tusental kronor."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "class": "num", "size": 12}

    def prepare_value(self, value: Any) -> Any:
        """Show a stored amount as it is read."""
        return format_quantity(in_tkr(value)) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        """Read the amount, exact."""
        text = super().clean(value)
        if not text:
            return None
        try:
            read = parse_quantity(text)
        except ReadingError:
            raise self._refused("unread", text) from None
        return self._checked(text, read)

    def _checked(self, text: str, read: Quantity) -> Decimal:
        if read.unit != PLAIN and not read.unit.converts_to(TKR):
            raise self._refused("unit", text)
        number = read.number if read.unit == PLAIN else read.to(TKR).number
        if abs(number) >= LARGEST:
            raise self._refused("large", text)
        if number != round(number, DECIMALS):
            raise self._refused("decimals", text)
        return number

    def _refused(self, code: str, text: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code, {"text": text})


class PercentField(TkrField):
    """A percentage with at most three decimals: "2,4" or "2,4 %"."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "unread": _("”%(text)s” är ingen procentsats. Skriv till exempel 2,4."),
        "decimals": _("Skriv högst tre decimaler."),
        "large": _("Procentsatsen ska vara mellan −50 och 50."),
    }

    def _checked(self, text: str, read: Quantity) -> Decimal:
        if abs(read.number) > FARTHEST:
            raise self._refused("large", text)
        if read.number != round(read.number, DECIMALS):
            raise self._refused("decimals", text)
        return read.number
