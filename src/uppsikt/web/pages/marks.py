"""Small drawn things: state marks, bars of states, sparklines. Shape first, colour second, words always."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from uppsikt.core.quantities import Quantity, format_quantity
from uppsikt.core.states import GoalState, WorkState

WIDTH, HEIGHT, MARGIN = 84, 22, 4  # of a sparkline, in CSS pixels

# What is ready first, then what goes on, then what wants attention, last what has left the plan.
WORK_ORDER = (
    WorkState.DONE, WorkState.ONGOING, WorkState.CONTINUOUS, WorkState.NOT_BEGUN, WorkState.DELAYED,
    WorkState.REMAINS, WorkState.CANCELLED, WorkState.NOT_APPLICABLE, WorkState.UNKNOWN,
)  # fmt: skip


def goal_mark(state: GoalState, *, forecast: bool = False, text: str = "") -> SafeString:
    """Give the mark of a goal's state; ``text`` replaces the usual words."""
    return _mark(state.value, text or gettext(state.wording(forecast=forecast)))


def work_mark(state: WorkState, text: str = "") -> SafeString:
    """Give the mark of an activity's or assignment's state."""
    return _mark(state.value, text or gettext(state.wording()))


def _mark(name: str, text: str) -> SafeString:
    return format_html(
        '<span class="state {0}"><svg class="mark" aria-hidden="true"><use href="#s-{0}"/></svg>{1}</span>', name, text
    )


def bar(parts: Sequence[tuple[str, int, str]], label: str) -> SafeString:
    """Give a bar divided as the counts; each part is (state, count, word). Drawn as SVG: the pages allow no styles."""
    total = sum(count for _, count, _ in parts) or 1
    rects: list[tuple[str, str, str]] = []
    at = Decimal(0)
    for name, count, _ in parts:
        width = Decimal(1000 * count) / total
        if count:
            rects.append((name, f"{at:.2f}", f"{max(width - 3, Decimal(1)):.2f}"))
        at += width
    drawn = format_html_join("", '<rect class="{}" x="{}" width="{}" height="10"/>', rects)
    return format_html(
        '<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        label,
        drawn,
    )


def bar_with_words(parts: Sequence[tuple[str, int, str]]) -> SafeString:
    """Give the bar and under it each state with its count; states that nobody has are left out."""
    some = [part for part in parts if part[1]]
    label = ", ".join(f"{word} {count}" for _, count, word in some)
    words = format_html_join("", "<li>{}</li>", ((_mark(name, f"{word} {count}"),) for name, count, word in some))
    return format_html('{}<ul class="states">{}</ul>', bar(some, label), words)


def sparkline(points: Iterable[Decimal | None], label: str = "") -> SafeString:
    """Give a line through the known points, the last one as a dot; a missing point breaks the line.

    The text alternative is the label and the known figures in order: "79 till 83 till 88".
    """
    values = list(points)
    known = [value for value in values if value is not None]
    if not known:
        return SafeString("")
    places = _places(values, min(known), max(known))
    last = max(index for index, value in enumerate(values) if value is not None)
    decimals = max(max(0, -int(value.as_tuple().exponent)) for value in known)
    told = " till ".join(format_quantity(Quantity(value), decimals=decimals) for value in known)
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}"><path d="{}"/>'
        '<circle cx="{}" cy="{}" r="2.6"/></svg>',
        WIDTH,
        HEIGHT,
        f"{label}: {told}" if label else told,
        _path(places),
        *(places[last] or ("", "")),
    )


def _places(values: Sequence[Decimal | None], low: Decimal, high: Decimal) -> list[tuple[str, str] | None]:
    step = Decimal(WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)
    room = HEIGHT - 2 * MARGIN

    def place(index: int, value: Decimal) -> tuple[str, str]:
        share = (value - low) / (high - low) if high != low else Decimal("0.5")
        return f"{MARGIN + step * index:.1f}", f"{HEIGHT - MARGIN - room * share:.1f}"

    return [None if value is None else place(index, value) for index, value in enumerate(values)]


def _path(places: Sequence[tuple[str, str] | None]) -> str:
    steps, pen_down = [], False
    for place in places:
        if place is not None:
            steps.append(("L" if pen_down else "M") + " ".join(place))
        pen_down = place is not None
    return "".join(steps)
