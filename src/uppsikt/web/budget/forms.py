"""Forms of budgets: what a person chooses, and what they typed in a grid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from uppsikt.core.economy.kronor import read_kronor
from uppsikt.core.economy.spreading import Profile
from uppsikt.core.errors import ReadingError, UseError
from uppsikt.core.periods import MONTHS
from uppsikt.web.budget.models import BudgetLine, ChangeReason
from uppsikt.web.budget.selectors import Grid, Kind, Typed, shown
from uppsikt.web.budget.services.saving import Edit
from uppsikt.web.cycle.models import Decision

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_CELL = re.compile(r"r(\d{1,18})-(\d{1,2})")
_LONGEST = 60  # letters in a cell


class KronorField(forms.Field):
    """An amount in whole kronor, as people write it."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs |= {"autocomplete": "off", "class": "num", "maxlength": str(_LONGEST)}

    def to_python(self, value: Any) -> Any:
        """Read it; what cannot be read is refused in words."""
        text = str(value or "").strip()[:_LONGEST]
        if not text:
            return None
        try:
            return read_kronor(text)
        except ReadingError as error:
            raise ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        """Write an amount as Swedish readers expect it; what was typed stands as it was typed."""
        return shown(value) if isinstance(value, int) else value


class WhyForm(forms.Form):
    """A reason, which everything that is written needs."""

    why = forms.CharField(
        label=gettext_lazy("Varför?"),
        help_text=gettext_lazy("Sparas i historiken tillsammans med ditt namn."),
        max_length=500,
        error_messages={"required": gettext_lazy("Skriv varför. Det sparas i historiken.")},
    )

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


class LineForm(WhyForm):
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
    profile = forms.ChoiceField(label=gettext_lazy("Fördelning över månader"), choices=BudgetLine.PROFILES)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    field_order = ("label", "account", "activity", "project", "amount", "profile", "why", "seen")

    def clean_profile(self) -> Profile:
        """Give the profile as core knows it."""
        return Profile(self.cleaned_data["profile"])


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
    field_order = ("giver", "receiver", "amount", "first_month", "why")

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
            "Filen som du hämtade här, med dina ändringar. Ingenting sparas förrän du har sett vad som skulle ändras."
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


@dataclass(frozen=True)
class GridPosted:
    """What came from a grid: the rows that can be saved, what was typed, and what is wrong, cell by cell."""

    edits: tuple[Edit, ...]
    texts: Mapping[str, str]
    faults: Mapping[str, str]
    bases: Mapping[int, tuple[int | None, ...]] = field(default_factory=dict)

    def typed(self, grid: Grid) -> Typed:
        """Give what is to be shown again: what the person changed, and what somebody else wrote there meanwhile."""
        theirs: dict[str, str] = {}
        for row in grid.rows:
            base = self.bases.get(row.key, row.base)
            for at, (was, now) in enumerate(zip(base, row.base, strict=False)):
                name = f"r{row.key}-{at}"
                if was != now and name in self.texts:
                    theirs[name] = shown(now) or _("tomt")
        return Typed(self.texts, self.faults, theirs)


def grid_posted(post: Mapping[str, str], kind: Kind, width: int) -> GridPosted:
    """Read a grid that was sent; raises UseError when it is not one of ours."""
    rows: dict[int, dict[int, str]] = {}
    for name, text in post.items():
        found = _CELL.fullmatch(name)
        if found:
            rows.setdefault(int(found[1]), {})[int(found[2])] = str(text)[:_LONGEST]
    edits, texts, faults, bases = [], {}, {}, {}
    for key, cells in rows.items():
        base = _base(post.get(f"b{key}", ""), width)
        if base is None or set(cells) != set(range(width)):
            raise UseError("Formuläret kom inte fram helt. Ladda om sidan och försök igen.")
        bases[key] = base
        typed: list[int | None] = []
        for at in range(width):
            name = f"r{key}-{at}"
            try:
                typed.append(_read(cells[at], base[at], kind))
            except ReadingError as error:
                typed.append(base[at])
                faults[name] = str(error)
            if name in faults or typed[at] != base[at]:
                texts[name] = cells[at]
        edits.append(Edit(key, base, tuple(typed)))
    return GridPosted(tuple(edits), texts, faults, bases)


def _read(text: str, base: int | None, kind: Kind) -> int | None:
    """Read a cell; an empty one is nothing where nothing can stand, and zero where an amount is needed."""
    if not text.strip() and (kind is Kind.GIVEN or (kind is Kind.YEARS and base is None)):
        return None
    return read_kronor(text)


def _base(text: str, width: int) -> tuple[int | None, ...] | None:
    parts = text.split(";")
    if len(parts) != width or not all(re.fullmatch(r"-?\d{0,15}", part) and part != "-" for part in parts):
        return None
    return tuple(int(part) if part else None for part in parts)
