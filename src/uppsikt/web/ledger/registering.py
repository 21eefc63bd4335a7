"""Pages of the register of codes: a list that is searched, and a code that is changed."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.ledger import services
from uppsikt.web.ledger.models import PARTS, LedgerCode
from uppsikt.web.ledger.services.codes import Said, change
from uppsikt.web.ledger.views import page
from uppsikt.web.organisation.gate import reach
from uppsikt.web.organisation.models import Unit

PER_PAGE = 100


class CodeForm(forms.Form):
    """What a code is called and whose it is, and why it is changed."""

    name = forms.CharField(label=gettext_lazy("Benämning"), max_length=200, required=False)
    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(None, label=gettext_lazy("Enhet"), required=False)
    is_internal = forms.BooleanField(label=gettext_lazy("Motparten är kommunen själv"), required=False)
    why = forms.CharField(
        label=gettext_lazy("Varför ändrar du?"), max_length=500,
        error_messages={"required": gettext_lazy("Skriv varför koden ändras. Det sparas i historiken.")},
    )  # fmt: skip

    def __init__(self, here: Here, code: LedgerCode, data: QueryDict | None) -> None:
        super().__init__(data, initial={"name": code.name, "unit": code.unit_id, "is_internal": code.is_internal})
        self.fields["unit"].queryset = reach(here.actor, Unit).order_by("order", "name")  # type: ignore[attr-defined]  # of a choice
        if code.part != "unit":
            del self.fields["unit"]
        if code.part != "counterpart":
            del self.fields["is_internal"]


@require_safe
@in_context
def codes(request: HttpRequest, here: Here) -> HttpResponse:
    """List the codes of a part, all or those that are searched for."""
    part = request.GET.get("del", "unit")
    part = part if part in PARTS else "unit"
    words = request.GET.get("q", "").strip()[:80]
    found = reach(here.actor, LedgerCode).filter(part=part).select_related("unit")
    if words:
        found = found.filter(Q(code__istartswith=words) | Q(name__icontains=words) | Q(unit__name__icontains=words))
    return page(
        request, here, "codes", part=part, parts=PARTS.items(), words=words, may_load=services.may_load(here.actor),
        page=Paginator(found, PER_PAGE).get_page(request.GET.get("sida")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def code(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Change a code."""
    services.require_ledger(here.actor)
    found = reach(here.actor, LedgerCode).filter(pk=pk).first()
    if found is None:
        raise Http404(_("Koden finns inte i registret."))
    form = CodeForm(here, found, request.POST or None)
    if not form.is_valid():
        return page(request, here, "code", code=found, form=form, word=PARTS[found.part])
    chosen = form.cleaned_data
    unit = chosen.get("unit")
    change(
        here.actor, found, chosen["why"],
        Said(chosen["name"], unit.pk if unit else None, is_internal=bool(chosen.get("is_internal"))),
    )  # fmt: skip
    messages.success(request, _("Koden är ändrad."))
    return HttpResponseRedirect(here.url("ledger_codes") + f"?del={found.part}")
