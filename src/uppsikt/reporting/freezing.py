"""Turns a report into JSON and back, exactly: that is how a decided report is kept for ever.

As in ``core.tables.freezing`` every field is written out. The digest is taken over the whole, so
that anybody can see that a kept report is the one that was decided.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from uppsikt.core.errors import ReadingError, TableError
from uppsikt.core.tables import from_json, to_json
from uppsikt.reporting.model import (
    Block,
    Bullets,
    ChartBlock,
    Heading,
    Inline,
    NumberRef,
    Paragraph,
    Report,
    Stamp,
    StateMark,
    TableBlock,
    Words,
)

FORMAT = 1


def freeze(report: Report) -> dict[str, Any]:
    """Give the report as lists, mappings, texts and numbers that JSON can hold, with the number of the format."""
    stamp = report.stamp
    return {
        "format": FORMAT,
        "key": report.key,
        "title": report.title,
        "organisation": report.organisation,
        "language": report.language,
        "stamp": {
            "as_of": stamp.as_of, "made_at": stamp.made_at, "version": stamp.version, "decision": stamp.decision,
        },
        "notes": list(report.notes),
        "blocks": [_block_out(block) for block in report.blocks],
    }  # fmt: skip


def thaw(data: Mapping[str, Any]) -> Report:
    """Give back the report that ``freeze`` wrote; ReadingError when the format is another or it is damaged."""
    if data.get("format") != FORMAT:
        raise ReadingError(
            f"Rapporten är sparad i format {data.get('format')!r} och det här programmet läser format {FORMAT}. "
            "Öppna den med den version av programmet som sparade den, eller uppgradera."
        )
    try:
        return Report(
            key=data["key"],
            title=data["title"],
            organisation=data["organisation"],
            stamp=Stamp(**data["stamp"]),
            blocks=tuple(_block_in(item) for item in data["blocks"]),
            language=data["language"],
            notes=tuple(data["notes"]),
        )
    except (KeyError, TypeError, ValueError, TableError) as error:
        raise ReadingError(f"Den sparade rapporten {data.get('title')!r} är skadad ({error!r}).") from error


def digest(report: Report) -> str:
    """Give the SHA-256 of the report as canonical JSON (sorted keys, no spaces, UTF-8), in hexadecimal."""
    written = json.dumps(freeze(report), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _block_out(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"block": "heading", "level": block.level, "text": block.text, "anchor": block.anchor}
        case Paragraph():
            return {"block": "paragraph", "kind": block.kind, "inlines": _inlines_out(block.inlines)}
        case Bullets():
            return {"block": "bullets", "items": [_inlines_out(item) for item in block.items]}
        case TableBlock():
            return {"block": "table", "number": block.number, "caption": block.caption, "anchor": block.anchor,
                    "table": to_json(block.table)}  # fmt: skip
        case ChartBlock():
            return {"block": "chart", "number": block.number, "caption": block.caption, "anchor": block.anchor,
                    "alt": block.alt, "spec": dict(block.spec)}  # fmt: skip


def _block_in(data: Mapping[str, Any]) -> Block:
    match data["block"]:
        case "heading":
            return Heading(data["level"], data["text"], data["anchor"])
        case "paragraph":
            return Paragraph(_inlines_in(data["inlines"]), data["kind"])
        case "bullets":
            return Bullets(tuple(_inlines_in(item) for item in data["items"]))
        case "table":
            return TableBlock(data["number"], data["caption"], from_json(data["table"]), data["anchor"])
        case "chart":
            return ChartBlock(data["number"], data["caption"], data["alt"], data["spec"], data["anchor"])
        case other:
            raise ValueError(f"okänd del {other!r}")


def _inlines_out(inlines: Iterable[Inline]) -> list[dict[str, Any]]:
    return [_inline_out(inline) for inline in inlines]


def _inline_out(inline: Inline) -> dict[str, Any]:
    match inline:
        case Words():
            return {"inline": "words", "text": inline.text, "strong": inline.strong}
        case NumberRef():
            return {"inline": "number", "text": inline.text, "table": inline.table, "row": inline.row,
                    "column": inline.column, "how": inline.how}  # fmt: skip
        case StateMark():
            return {"inline": "state", "text": inline.text, "state": inline.state}


def _inlines_in(data: Iterable[Mapping[str, Any]]) -> tuple[Inline, ...]:
    return tuple(_inline_in(item) for item in data)


def _inline_in(data: Mapping[str, Any]) -> Inline:
    match data["inline"]:
        case "words":
            return Words(data["text"], data["strong"])
        case "number":
            return NumberRef(data["text"], data["table"], data["row"], data["column"], data["how"])
        case "state":
            return StateMark(data["state"], data["text"])
        case other:
            raise ValueError(f"okänd textdel {other!r}")
