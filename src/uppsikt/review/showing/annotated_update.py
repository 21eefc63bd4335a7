"""Adds changed objects after the end of a PDF, so that everything before stays as it is (an incremental update).

The format is that of PDF 32000-1, 7.5.6: the objects, a cross-reference section of the kind that the file already
uses, and a trailer that points to the section before.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Sequence

import pikepdf

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_KEPT = ("/Root", "/Info", "/ID")


def with_update(data: bytes, pdf: pikepdf.Pdf, changed: Sequence[pikepdf.Object]) -> bytes | None:
    """Give the file with changed and new objects added; None where it is put together in a way that forbids it."""
    start = _START.search(data, max(0, len(data) - 2048))
    if start is None or not data.startswith(b"%PDF-"):
        return None
    before = int(start[1])
    table = data[before : before + 4] == b"xref"
    if not table and not re.match(rb"\d+\s+\d+\s+obj", data[before : before + 32]):
        return None
    out = io.BytesIO()
    out.write(data + (b"" if data.endswith(b"\n") else b"\n"))
    offsets: dict[tuple[int, int], int] = {}
    for thing in changed:
        offsets[thing.objgen] = out.tell()
        out.write(b"%d %d obj\n" % thing.objgen + _written(thing) + b"\nendobj\n")
    end = _table(out, pdf, offsets, before) if table else _stream(out, pdf, offsets, before)
    out.write(b"startxref\n%d\n%%%%EOF\n" % end)
    return out.getvalue() if _opens(out.getvalue(), len(pdf.pages)) else None


def _written(thing: pikepdf.Object) -> bytes:
    if not isinstance(thing, pikepdf.Stream):
        return thing.unparse(resolved=True)
    body = thing.read_bytes()
    head = pikepdf.Dictionary({key: value for key, value in thing.stream_dict.items() if key != "/Length"})
    head.Length = len(body)
    return head.unparse() + b"\nstream\n" + body + b"\nendstream"


def _size(pdf: pikepdf.Pdf, offsets: dict[tuple[int, int], int]) -> int:
    return max(int(pdf.trailer.get("/Size", 0)), 1 + max((number for number, _ in offsets), default=0))


def _trailer(pdf: pikepdf.Pdf, size: int, before: int) -> pikepdf.Dictionary:
    kept = {key: pdf.trailer[key] for key in _KEPT if key in pdf.trailer}
    return pikepdf.Dictionary({**kept, "/Size": size, "/Prev": before})


def _table(out: io.BytesIO, pdf: pikepdf.Pdf, offsets: dict[tuple[int, int], int], before: int) -> int:
    end = out.tell()
    out.write(b"xref\n")
    for (number, generation), offset in sorted(offsets.items()):
        out.write(b"%d 1\n%010d %05d n \n" % (number, offset, generation))
    out.write(b"trailer\n" + _trailer(pdf, _size(pdf, offsets), before).unparse() + b"\n")
    return end


def _stream(out: io.BytesIO, pdf: pikepdf.Pdf, offsets: dict[tuple[int, int], int], before: int) -> int:
    end, own = out.tell(), _size(pdf, offsets)
    entries = sorted([*offsets.items(), ((own, 0), end)])
    body = b"".join(struct.pack(">BQH", 1, offset, generation) for (_, generation), offset in entries)
    head = _trailer(pdf, own + 1, before)
    head.Type, head.W = pikepdf.Name.XRef, pikepdf.Array([1, 8, 2])
    head.Index = pikepdf.Array([part for (number, _), _ in entries for part in (number, 1)])
    head.Length = len(body)
    out.write(b"%d 0 obj\n" % own + head.unparse() + b"\nstream\n" + body + b"\nendstream\nendobj\n")
    return end


def _opens(data: bytes, pages: int) -> bool:
    """Say whether the file with its update reads without mending."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages) == pages and not pdf.get_warnings()
