"""Charts as Vega-Lite specifications: the same one is SVG in a report and interactive in the page.

Nothing is told by colour alone: series differ by dash and shape, deviations by side and sign,
states by their words. A missing value is a gap. Positions are floats, since a picture needs no
more; every figure that can be read is written with the decimals it had.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from uppsikt.core.quantities import NO_BREAK_SPACE, format_quantity
from uppsikt.core.tables import Table
from uppsikt.reporting.chart_texts import (
    Counts,
    Point,
    deviation_alt,
    deviation_rows,
    figure,
    indicator_alt,
    state_word,
    states_alt,
)

Spec = dict[str, Any]
VEGA_LITE = "6.4"  # the version that the server draws with and that the page must load
FONT = "Inter"
INK, SOFT, LINE, LINK = "#16202e", "#55606e", "#dfe4ea", "#0a4f8f"
GOOD, PARTLY, BAD, NONE = "#17734a", "#946200", "#b3261e", "#6b7280"
_SERIES = (  # colour, dash, shape: each of the three is enough to tell the series apart
    (LINK, [1, 0], "circle"),
    (INK, [7, 3], "square"),
    ("#7a3e9d", [2, 2], "triangle-up"),
    (SOFT, [9, 3, 2, 3], "diamond"),
    ("#00707a", [4, 4], "cross"),
    ("#8a3b12", [1, 3], "triangle-down"),
)
STATE_COLOURS = {
    "met": GOOD, "done": GOOD, "partly": PARTLY, "delayed": PARTLY, "remains": PARTLY, "missed": BAD, "ongoing": LINK,
    "continuous": LINK,
}  # fmt: skip
_WIDTH, _HEIGHT, _LABEL_GAP, _BAR = 520, 165, 15, 24


def indicator_chart(
    title: str, series: Mapping[str, Sequence[Point]], targets: Sequence[tuple[str, Decimal]], unit_text: str
) -> Spec:
    """Draw an indicator over its periods, one line for each series, with its targets as short dashed rules.

    ``series`` maps a label ("Totalt", "Kvinnor") to (period, value) in order; None is a gap. A target
    is drawn only in the period it was set for. The title stands in the description, not in the picture.
    """
    periods = list(dict.fromkeys(period for points in (*series.values(), targets) for period, _ in points))
    numbers = [n for points in (*series.values(), targets) for _, n in points if n is not None]
    domain = _domain(numbers)
    rows = [_datum(p, n) | {"series": label} for label, points in series.items() for p, n in points]
    layers = [_lines(list(series), domain, unit_text)]
    if targets:
        layers.append(_target_rules(targets, _WIDTH / max(len(periods), 1)))
    layers.append(_end_labels(series, targets, domain, periods[-1] if periods else ""))
    return _spec(
        indicator_alt(title, series, targets, unit_text),
        data={"values": rows},
        width=_WIDTH,
        height=_HEIGHT,
        encoding={"x": {"field": "period", "type": "ordinal", "scale": {"domain": periods}, "title": None,
                        "axis": {"labelAngle": 0, "grid": False, "labelOverlap": True}}},
        layer=layers,
    )  # fmt: skip


def _datum(period: str, number: Decimal | None) -> Spec:
    if number is None:
        return {"period": period, "value": None, "shown": "uppgift saknas"}
    return {"period": period, "value": float(number), "shown": figure(number)}


def _domain(numbers: Sequence[Decimal]) -> tuple[float, float]:
    """Give the ends of the value axis: from zero when the values lie near it, never an empty range."""
    if not numbers:
        return 0.0, 1.0
    low, high = float(min(numbers)), float(max(numbers))
    room = (high - low or abs(high) or 1.0) * 0.15
    bottom = 0.0 if 0 <= low <= 0.6 * high else low - room
    return (0.0 if low >= 0 > bottom else bottom), (0.0 if high <= 0 < high + room else high + room)


def _value_axis(domain: tuple[float, float], unit_text: str) -> Spec:
    axis = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": -4, "titleY": -9, "tickCount": 5}
    return {"field": "value", "type": "quantitative", "title": unit_text or None, "axis": axis,
            "scale": {"domain": list(domain), "nice": False, "zero": False}}  # fmt: skip


def _lines(labels: Sequence[str], domain: tuple[float, float], unit_text: str) -> Spec:
    looks = [_SERIES[i % len(_SERIES)] for i in range(len(labels))]
    legend = {"orient": "top", "direction": "horizontal", "title": None, "symbolSize": 60, "symbolStrokeWidth": 0,
              "labelLimit": 200, "offset": 26, "columns": 4} if len(labels) > 1 else None  # fmt: skip

    def by_series(values: Iterable[Any], legend: Spec | None = legend) -> Spec:
        scale = {"domain": list(labels), "range": list(values)}
        return {"field": "series", "type": "nominal", "scale": scale, "legend": legend}

    return {
        "mark": {"type": "line", "strokeWidth": 2, "invalid": "break-paths-show-domains",
                 "point": {"size": 46, "filled": True}},
        "encoding": {
            "y": _value_axis(domain, unit_text),
            "color": by_series(colour for colour, _, _ in looks),
            "strokeDash": by_series((dash for _, dash, _ in looks), None),
            "shape": by_series(shape for _, _, shape in looks),
            "tooltip": [{"field": "series", "title": "Serie"}, {"field": "period", "title": "Period"},
                        {"field": "shown", "title": "Värde"}],
        },
    }  # fmt: skip


def _target_rules(targets: Sequence[tuple[str, Decimal]], step: float) -> Spec:
    values = [_datum(period, number) for period, number in targets]
    mark = {"type": "tick", "orient": "horizontal", "size": min(step * 0.9, 48), "thickness": 2.5, "color": PARTLY,
            "opacity": 1}  # fmt: skip
    tooltip = [{"field": "period", "title": "Period"}, {"field": "shown", "title": "Mål"}]
    return {"data": {"values": values}, "mark": mark,
            "encoding": {"y": {"field": "value", "type": "quantitative"}, "tooltip": tooltip}}  # fmt: skip


def _end_labels(
    series: Mapping[str, Sequence[Point]],
    targets: Sequence[tuple[str, Decimal]],
    domain: tuple[float, float],
    period: str,
) -> Spec:
    """Write the last value of each series and the last target to the right, moved apart so that none covers another.

    One that is older than the last period says which period it is of.
    """
    ends = [(_last(points), "", _SERIES[i % len(_SERIES)][0]) for i, points in enumerate(series.values())]
    ends.append((_last(targets), "Mål ", PARTLY))
    wanted = [(float(end[1]), word + figure(end[1]) + ("" if end[0] == period else f" ({end[0]})"), colour)
              for end, word, colour in ends if end is not None]  # fmt: skip
    gap = (domain[1] - domain[0]) * _LABEL_GAP / _HEIGHT
    places = _apart([value for value, _, _ in wanted], gap, domain[1])
    values = [{"value": at, "text": text, "colour": colour}
              for at, (_, text, colour) in zip(places, wanted, strict=True)]  # fmt: skip
    mark = {"type": "text", "align": "left", "dx": 6, "fontWeight": 600, "fontSize": 12}
    return {
        "data": {"values": values},
        "mark": mark,
        "encoding": {"x": {"value": "width"}, "y": {"field": "value", "type": "quantitative"},
                     "text": {"field": "text"}, "color": {"field": "colour", "type": "nominal", "scale": None}},
    }  # fmt: skip


def _last(points: Sequence[Point]) -> tuple[str, Decimal] | None:
    return next(((period, number) for period, number in reversed(points) if number is not None), None)


def _apart(values: Sequence[float], gap: float, top: float) -> list[float]:
    """Move places apart to at least ``gap``: downwards from the highest, none above ``top``.

    >>> _apart([5.0, 5.5, 1.0], 1.0, 10.0)
    [4.5, 5.5, 1.0]
    """
    places = list(values)
    limit = top
    for index in sorted(range(len(values)), key=lambda i: (-values[i], i)):
        places[index] = min(values[index], limit)
        limit = places[index] - gap
    return places


def deviation_chart(table: Table, column: str) -> Spec:
    """Draw the deviations of a table's items as bars from zero: good to the right, bad to the left, with signs."""
    rows: list[Spec] = [
        {"label": _wrapped(row.label), "name": row.label, "value": float(value.number),
         "shown": format_quantity(value, plus=True), "colour": GOOD if value.number >= 0 else BAD}
        for row, value in deviation_rows(table, column)
    ]  # fmt: skip
    unit = table.unit_of(table.column(column)).symbol
    width, edges = _WIDTH - 130, [row["value"] for row in rows] + [0.0]
    room = (max(edges) - min(edges) or 1.0) * 0.16  # the labels stand outside the bars
    low, high = min(edges) - room * (min(edges) < 0), max(edges) + room
    x = {"field": "value", "type": "quantitative", "title": unit or None,
         "axis": {"labelOverlap": True, "tickCount": 6, "titleAnchor": "end"},
         "scale": {"domain": [low, high], "nice": False}}  # fmt: skip
    return _bars(deviation_alt(table, column), rows, x, width)


def states_chart(counts: Counts, *, forecast: bool = False) -> Spec:
    """Draw how many goals, activities or assignments are in each state; keys are names in core.states."""
    words = [(state, state_word(state, forecast=forecast), count) for state, count in counts.items()]
    rows = [
        {"label": _wrapped(word), "name": word, "value": count, "shown": str(count),
         "colour": STATE_COLOURS.get(state, NONE)}
        for state, word, count in words
    ]  # fmt: skip
    x = {"field": "value", "type": "quantitative", "title": None, "axis": None,
         "scale": {"domain": [0, max([*counts.values(), 1]) * 1.1], "nice": False}}  # fmt: skip
    return _bars(states_alt(counts, forecast=forecast), rows, x, _WIDTH - 130)


def _bars(description: str, rows: Sequence[Spec], x: Spec, width: int) -> Spec:
    """Draw horizontal bars in the order given, with the written figure outside the end of each."""
    tall = any("\n" in row["label"] for row in rows)
    placed = [row | {"place": f"{place}\n{row['label']}"} for place, row in enumerate(rows)]  # names may be the same
    y = {"field": "place", "type": "nominal", "title": None, "scale": {"domain": [row["place"] for row in placed]},
         "axis": {"labelExpr": "slice(split(datum.label, '\\n'), 1)", "labelLimit": 300, "ticks": False,
                  "domain": False, "labelLineHeight": 14}}  # fmt: skip
    colour = {"field": "colour", "type": "nominal", "scale": None}
    tooltip = [{"field": "name", "title": " "}, {"field": "shown", "title": "Värde"}]

    def label(test: str, align: str, dx: int) -> Spec:
        return {"transform": [{"filter": test}],
                "mark": {"type": "text", "align": align, "dx": dx, "fontWeight": 600, "fontSize": 12, "color": INK},
                "encoding": {"text": {"field": "shown"}}}  # fmt: skip

    return _spec(
        description,
        data={"values": placed},
        width=width,
        height={"step": _BAR + (7 if tall else 0)},
        encoding={"x": x, "y": y},
        layer=[
            {"mark": {"type": "bar", "height": {"band": 0.62}}, "encoding": {"color": colour, "tooltip": tooltip}},
            {"transform": [{"aggregate": [{"op": "count", "as": "n"}]}, {"calculate": "0", "as": "value"}],
             "mark": {"type": "rule", "color": INK}, "encoding": {"y": {"value": 0}, "y2": {"value": "height"}}},
            label("datum.value >= 0", "left", 5),
            label("datum.value < 0", "right", -5),
        ],
    )  # fmt: skip


def _wrapped(label: str) -> str:
    return "\n".join(textwrap.wrap(label, 36, max_lines=2, placeholder=" …")) or label


def _spec(description: str, **parts: Any) -> Spec:
    """Put a whole specification together: the same schema, font, colours and Swedish figures everywhere."""
    text = {"labelFont": FONT, "titleFont": FONT, "labelColor": INK, "titleColor": SOFT, "labelFontSize": 12,
            "titleFontSize": 12, "titleFontWeight": "normal"}  # fmt: skip
    axis = {"gridColor": LINE, "domainColor": SOFT, "tickColor": SOFT, "labelPadding": 6}
    return {
        "$schema": f"https://vega.github.io/schema/vega-lite/v{VEGA_LITE.partition('.')[0]}.json",
        "description": description,
        "background": "white",
        "padding": 4,
        **parts,
        "config": {
            "font": FONT,
            "aria": False,  # Vega's own labels are English and tell the drawing, not the figures: the description does
            "axis": text | axis,
            "legend": text,
            "text": {"font": FONT},
            "view": {"stroke": None},
            "locale": {"number": {"decimal": ",", "thousands": NO_BREAK_SPACE, "grouping": [3], "currency": ["", " kr"],
                                  "minus": "\u2212", "percent": NO_BREAK_SPACE + "%"}},
        },
    }  # fmt: skip
