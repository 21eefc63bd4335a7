"""What the municipality itself decides about its follow-up: each limit, what counts now, and what counts without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404
from django.utils.translation import gettext as _

from uppsikt.core.economy.forecasting import Limit
from uppsikt.core.economy.suppression import LIMIT
from uppsikt.core.quantities import KR, MNKR, PERCENT, TKR, Quantity, format_quantity
from uppsikt.web.cycle.here import Here
from uppsikt.web.followup.models import ForecastLimit
from uppsikt.web.followup.selectors.limits import plan_rule, stored_limit
from uppsikt.web.ledger.services import may_load
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.staff.models import StaffRule
from uppsikt.web.staff.selectors import limit_of, rule_of

KINDS = {"kommentar": ForecastLimit.Kind.COMMENT, "atgardsplan": ForecastLimit.Kind.ACTION_PLAN}  # words in addresses


@dataclass(frozen=True)
class Registered:
    """A limit that is registered, in words; one counts at the reporting date."""

    stored: ForecastLimit
    words: str
    counts: bool


@dataclass(frozen=True)
class SizeRule:
    """From which size something is demanded; ``words`` say what counts at the reporting date, and ``default`` what
    counts where nothing is registered.
    """

    key: str
    title: str
    about: str
    words: str
    source: str
    default: str
    registered: tuple[Registered, ...]


@dataclass(frozen=True)
class RulesPage:
    """The limits of the municipality, and whether the reader may decide them."""

    sizes: tuple[SizeRule, ...]
    smallest_group: int
    default_group: int
    group: StaffRule | None
    may_decide: bool


def rules_page(here: Here) -> RulesPage:
    """Gather what the municipality has decided, as of the reporting date."""
    return RulesPage(tuple(_sizes(here)), limit_of(here.actor), LIMIT, rule_of(here.actor), may_load(here.actor))


def _sizes(here: Here) -> Iterator[SizeRule]:
    on = here.reporting_date.on
    comment = stored_limit(here.actor, ForecastLimit.Kind.COMMENT, on)
    yield SizeRule(
        "kommentar", _("När en prognos ska förklaras"),
        _("Avviker en enhets helårsprognos mer än så från budgeten, åt något håll, går den inte att lämna utan "
          "kommentar."),
        words_of(comment) if comment else _("Ingen gräns: kommentaren är frivillig."),
        comment.source if comment else "",
        _("Utan egen gräns är kommentaren frivillig."),
        _registered(here.actor, ForecastLimit.Kind.COMMENT, comment),
    )  # fmt: skip
    plan, rule = stored_limit(here.actor, ForecastLimit.Kind.ACTION_PLAN, on), plan_rule(here.actor, on)
    yield SizeRule(
        "atgardsplan", _("När en nämnd ska lämna en åtgärdsplan"),
        _("Är underskottet i prognosen större än så står nämnden bland dem som ska ha en plan."),
        words_of(plan) if plan else limit_words(rule),
        rule.source,
        _("Utan egen gräns gäller det som brukar stå i ekonomiska reglementen: mer än 1 % av budgeten och mer än "
          "1 mnkr."),
        _registered(here.actor, ForecastLimit.Kind.ACTION_PLAN, plan),
    )  # fmt: skip


def _registered(actor: Actor, kind: str, counting: ForecastLimit | None) -> tuple[Registered, ...]:
    found = reach(actor, ForecastLimit).filter(kind=kind).order_by("-valid_from")
    return tuple(Registered(one, words_of(one), one == counting) for one in found)


def words_of(stored: ForecastLimit) -> str:
    """Say a registered limit in words."""
    amount = None if stored.amount is None else Quantity(stored.amount, KR)
    return limit_words(Limit(stored.percent, amount, stored.both))


def limit_words(limit: Limit) -> str:
    """Say a limit in words.

    >>> from decimal import Decimal
    >>> limit_words(Limit(Decimal("1.5"), Quantity(Decimal(2), MNKR), both=True)).replace(chr(160), " ")
    'mer än 1,5 % av budgeten och mer än 2 mnkr'
    """
    told = []
    if limit.percent is not None:
        share = format_quantity(Quantity(plain(limit.percent), PERCENT), with_unit=True)
        told.append(_("mer än {size} av budgeten").format(size=share))
    if limit.amount is not None:
        unit = MNKR if limit.amount.to(MNKR).number % 1 == 0 else TKR
        amount = Quantity(plain(limit.amount.to(unit).number), unit)
        told.append(_("mer än {size}").format(size=format_quantity(amount, with_unit=True)))
    return f" {_('och') if limit.both else _('eller')} ".join(told)


def plain(number: Decimal) -> Decimal:
    """Give a number without the noughts that the store fills its decimals with.

    >>> str(plain(Decimal("10.000"))), str(plain(Decimal("1.500")))
    ('10', '1.5')
    """
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def kind_of(word: str) -> ForecastLimit.Kind:
    """Give the kind of limit that an address names, or a Swedish 404."""
    if word not in KINDS:
        raise Http404(_("Det finns ingen sådan gräns. De som finns står under Kommunen, Gränser och regler."))
    return KINDS[word]


def limit_called(actor: Actor, word: str, pk: int) -> ForecastLimit:
    """Give a registered limit, or a Swedish 404."""
    found = reach(actor, ForecastLimit).filter(kind=kind_of(word), pk=pk).first()
    if found is None:
        raise Http404(_("Gränsen finns inte. Den kan ha tagits bort; historiken har den kvar."))
    return found
