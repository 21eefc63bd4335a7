"""The question that everybody who changes something answers, the same in every form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.web.history.services import LONGEST_WHY

_EMPTY = _("Skriv varför. Det sparas i historiken.")


class WhyField(forms.CharField):
    """Why something is changed, as long as the history has room for; ``empty`` is what is said when it is left out."""

    def __init__(self, *, empty: Any = _EMPTY, **options: Any) -> None:
        told = {"label": _("Varför?"), "help_text": _("Sparas i historiken tillsammans med ditt namn.")}
        super().__init__(max_length=LONGEST_WHY, error_messages={"required": empty}, **told | options)
