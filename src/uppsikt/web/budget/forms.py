"""Forms of budgets: what a person chooses, and what they typed in a grid."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.core.economy.kronor import read_kronor
from uppsikt.core.economy.spreading import Profile
from uppsikt.core.errors import ReadingError, UseError
from uppsikt.core.periods import MONTHS
from uppsikt.core.quantities import PLAIN, Quantity, format_quantity, parse_quantity
from uppsikt.web.budget.models import BudgetLine, ChangeReason
from uppsikt.web.budget.posted import LONGEST, base_posted
from uppsikt.web.budget.selectors import shown
from uppsikt.web.cycle.models import Decision
from uppsikt.web.history.fields import WhyField

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_LONGEST_WEIGHT, _LARGEST_WEIGHT = 12, 10**6


class KronorField(forms.Field):
    """An amount in whole kronor, as people write it."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs |= {"autocomplete": "off", "class": "num", "maxlength": str(LONGEST)}

    def to_python(self, value: Any) -> Any:
        """Read it; what cannot be read is refused in words."""
        text = str(value or "").strip()[:LONGEST]
        if not text:
            return None
        try:
            return read_kronor(text)
        except ReadingError as error:
            raise ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        """Write an amount as Swedish readers expect it; what was typed stands as it was typed."""
        return shown(value) if isinstance(value, int) else value


class WeightField(forms.Field):
    """A month's weight in a layout: zero or more, with a comma and at most three decimals; empty is None."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.widget.attrs |= {"autocomplete": "off", "class": "num", "maxlength": "12", "size": "6"}

    def to_python(self, value: Any) -> Any:
        """Read it, exact; what cannot be read is refused in words."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            told = parse_quantity(text[:_LONGEST_WEIGHT])
        except ReadingError:
            told = None
        number = told.number if told is not None and told.unit == PLAIN and len(text) <= _LONGEST_WEIGHT else None
        if number is None or not 0 <= number < _LARGEST_WEIGHT or number != round(number, 3):
            raise ValidationError(_("Skriv ett tal som är noll eller större, till exempel 1 eller 2,5."))
        return number

    def prepare_value(self, value: Any) -> Any:
        """Write a weight as Swedish readers expect it; what was typed stands as it was typed."""
        return format_quantity(Quantity(value.normalize() + 0)) if isinstance(value, Decimal) else value


class WhyForm(forms.Form):
    """A reason, which everything that is written needs."""

    why = WhyField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"label_suffix": ""} | options))


def _decisions(label: StrPromise, *, required: bool) -> forms.ModelChoiceField[Decision]:
    empty = None if required else gettext_lazy("Alla registrerade rambeslut")
    return forms.ModelChoiceField(label=label, queryset=None, required=required, empty_label=empty)


class VersionForm(WhyForm):
    """A new working budget."""

    name = forms.CharField(label=gettext_lazy("Namn"), max_length=120)
    year = forms.IntegerField(label=gettext_lazy("Budgetår"), min_value=2000, max_value=2100)
    frame_decision = _decisions(gettext_lazy("Ramen enligt beslut till och med"), required=False)
    field_order = ("name", "year", "frame_decision", "why")

    def __init__(self, *args: Any, decisions: Iterable[Decision], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["frame_decision"].queryset = decisions  # type: ignore[attr-defined]  # a ModelChoiceField


class NameForm(WhyForm):
    """A name for a copy."""

    name = forms.CharField(label=gettext_lazy("Namn på scenariot"), max_length=120)
    field_order = ("name", "why")


class AdoptForm(forms.Form):
    """The decision that adopts a budget."""

    decision = _decisions(gettext_lazy("Beslut"), required=True)

    def __init__(self, *args: Any, decisions: Iterable[Decision], **options: Any) -> None:
        super().__init__(*args, **({"label_suffix": ""} | options))
        self.fields["decision"].queryset = decisions  # type: ignore[attr-defined]  # a ModelChoiceField


PROFILE_HELP = gettext_lazy(
    "De kronor som blir över läggs en och en på de månader som annars förlorar mest på avrundningen, den tidigaste "
    "först. Som förra året följer radens konto hos enheten; månader som gick åt andra hållet får ingenting."
)


class WeighedForm(WhyForm):
    """A layout over the months, with twelve weights of one's own."""

    profile = forms.ChoiceField(
        label=gettext_lazy("Fördelning över månader"), choices=BudgetLine.PROFILES, help_text=PROFILE_HELP
    )
    needs_weights = True

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number, month in enumerate(MONTHS, start=1):
            self.fields[f"weight_{number}"] = WeightField(label=month.capitalize())

    def visible_fields(self) -> list[forms.BoundField]:
        """Give the fields but for the weights, which have a place of their own."""
        return [one for one in super().visible_fields() if not one.name.startswith("weight_")]

    def weights(self) -> list[forms.BoundField]:
        """Give the twelve weights."""
        return [self[f"weight_{number}"] for number in range(1, len(MONTHS) + 1)]

    @property
    def shows_weights(self) -> bool:
        """Whether the weights are what the layout follows, or something is wrong with them."""
        is_own = self["profile"].value() == Profile.OWN.value
        return bool(is_own or any(one.errors for one in self.weights()))

    def clean_profile(self) -> Profile:
        """Give the profile as core knows it."""
        return Profile(self.cleaned_data["profile"])

    def clean(self) -> dict[str, Any]:
        """Ask for weights where they are needed, and gather them; empty where the layout follows something else."""
        told: dict[str, Any] = super().clean() or {}
        names = [one.name for one in self.weights()]
        typed = [told.pop(name, None) for name in names]
        told["pattern"] = ()
        if told.get("profile") is not Profile.OWN:
            if any(typed) and set(names) & set(self.changed_data):
                self.add_error("profile", _("Du har skrivit egna vikter. Välj fördelningen egen, eller töm vikterna."))
        elif any(typed):
            told["pattern"] = tuple(one or Decimal(0) for one in typed)
        elif not set(names) & set(self.errors) and (self.needs_weights or any(one is not None for one in typed)):
            self.add_error(names[0], _("Skriv minst en vikt som är större än noll. Tomma månader får ingenting."))
        return told


class SpreadForm(WeighedForm):
    """How chosen lines are laid out over the months again."""

    lines = forms.MultipleChoiceField(
        label=gettext_lazy("Rader"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Välj minst en rad.")},
    )
    field_order = ("profile", "lines", "why")

    def __init__(self, *args: Any, lines: Iterable[BudgetLine], **options: Any) -> None:
        super().__init__(*args, **options)
        told = [
            (str(line.pk), f"{line.unit.name}: {line.label} ({line.account}), {shown(line.amount)} kr")
            for line in lines
        ]
        self.fields["lines"].choices = told  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["lines"].initial = [key for key, _told in told]

    def clean_lines(self) -> list[int]:
        """Give the keys of the lines."""
        return [int(key) for key in self.cleaned_data["lines"]]

    def base_of(self, line: BudgetLine) -> tuple[int, ...]:
        """Give the months that a line had when the form was shown; raises UseError when the form does not tell."""
        found = base_posted(str(self.data.get(f"b{line.pk}", "")), len(MONTHS))
        if found is None or None in found:
            raise UseError("Formuläret kom inte fram helt. Ladda om sidan och försök igen.")
        return tuple(one or 0 for one in found)


class LineForm(WeighedForm):
    """A line: what it is called, its codes, its amount and how that lies over the year."""

    label = forms.CharField(label=gettext_lazy("Benämning"), max_length=160)
    account = forms.RegexField(
        r"^[3-8]\d{0,9}$",
        label=gettext_lazy("Konto"),
        help_text=gettext_lazy("Ett konto i Kommun-Bas eller dess första siffror: 5 är personal, 3 är intäkter."),
        error_messages={"invalid": gettext_lazy("Skriv ett konto som börjar med 3–8, bara siffror.")},
    )
    activity = forms.RegexField(r"^\w{0,10}$", label=gettext_lazy("Verksamhet"), required=False)
    project = forms.RegexField(r"^[\w-]{0,20}$", label=gettext_lazy("Projekt"), required=False)
    amount = KronorField(
        label=gettext_lazy("Årets belopp, kr"),
        help_text=gettext_lazy("Kostnader är positiva och intäkter negativa. Hela kronor."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    field_order = ("label", "account", "activity", "project", "amount", "profile", "why", "seen")

    def __init__(self, *args: Any, needs_weights: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.needs_weights = needs_weights


class ReasonForm(forms.Form):
    """Why a unit's budget changed, with its amount."""

    kind = forms.ChoiceField(label=gettext_lazy("Slag"), choices=ChangeReason.Kind.choices)
    text = forms.CharField(label=gettext_lazy("Förklaring"), max_length=300)
    amount = KronorField(
        label=gettext_lazy("Belopp, kr"),
        help_text=gettext_lazy("Positivt när budgeten ökar, negativt när den minskar."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"label_suffix": ""} | options))


class BeforeForm(WhyForm):
    """What a unit's budget was the year before."""

    before = KronorField(label=gettext_lazy("Budget året före, kr"), required=False)
    field_order = ("before", "why")


class MoveForm(WhyForm):
    """A move between two lines."""

    giver = forms.TypedChoiceField(label=gettext_lazy("Från"), coerce=int)
    receiver = forms.TypedChoiceField(label=gettext_lazy("Till"), coerce=int)
    amount = KronorField(label=gettext_lazy("Belopp, kr"))
    first_month = forms.TypedChoiceField(
        label=gettext_lazy("Från och med"),
        coerce=int,
        help_text=gettext_lazy(
            "Beloppet läggs på årets månader därifrån, så som pengarna ligger på raden de tas från."
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("giver", "receiver", "amount", "first_month", "why", "seen")

    def __init__(self, *args: Any, lines: Iterable[BudgetLine], closed: Iterable[int], **options: Any) -> None:
        super().__init__(*args, **options)
        groups: dict[str, list[tuple[int, str]]] = {}
        for line in lines:
            told = f"{line.label} ({line.account}), {shown(line.amount)} kr"
            groups.setdefault(line.unit.name, []).append((line.pk, told))
        for name in ("giver", "receiver"):
            self.fields[name].choices = [("", _("Välj en rad")), *groups.items()]  # type: ignore[attr-defined]  # a ChoiceField
        shut = max(closed, default=0)
        self.fields["first_month"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (number, month) for number, month in enumerate(MONTHS, start=1) if number > shut
        ]


class WorkbookForm(forms.Form):
    """A workbook that comes back."""

    file = forms.FileField(
        label=gettext_lazy("Excelfil"),
        help_text=gettext_lazy(
            "Filen som du hämtade här, med dina ändringar. Nya rader skriver du längst ned, med kolumnen Rad tom. "
            "Ingenting sparas förrän du har sett vad som skulle ändras."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"label_suffix": ""} | options))


class ApplyForm(WhyForm):
    """What a workbook would change, seen and wanted."""

    proposal = forms.CharField(widget=forms.HiddenInput)
    replace = forms.BooleanField(
        label=gettext_lazy("Jag har sett vad andra har ändrat och vill ersätta det med filens belopp."), required=False
    )
    field_order = ("replace", "why", "proposal")
