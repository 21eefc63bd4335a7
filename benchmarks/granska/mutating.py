"""Breaks files as accidents and malice do: bytes, tokens, objects of PDF, parts of Word, markup, bombs.

Every mutator takes a Random and bytes and gives bytes; the same seed breaks the same file the same way.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random

import pikepdf

Mutator = Callable[[Random, bytes], bytes]
_HUGE = (b"999999999999999999999", b"-2147483649", b"4294967296", b"1e308", b"0", b"-1", b"00000000001")
_ODD = (
    "\u202e",
    "\u0000",
    "\ufeff",
    "\u0301" * 40,
    "9" * 5000,
    "−" * 200,
    "\t" * 3000,
    " " * 20000,
    "§",
    "\U0001f4a9",
    "1\u202f000",
)


def flip_bytes(random: Random, data: bytes) -> bytes:
    """Change some bytes."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 3, 20, 200))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def truncate(random: Random, data: bytes) -> bytes:
    """Keep the beginning, or the end."""
    at = random.randrange(1, len(data))
    return data[:at] if random.random() < 0.7 else data[:20] + data[at:]


def shuffle_slices(random: Random, data: bytes) -> bytes:
    """Delete, repeat or move stretches."""
    for _ in range(random.randint(1, 6)):
        a, b = sorted(random.randrange(len(data) + 1) for _ in range(2))
        b = min(b, a + random.choice((5, 80, 4000)))
        piece = data[a:b]
        data = random.choice((data[:a] + data[b:], data[:b] + piece * random.choice((1, 3, 50)) + data[b:],
                              data[:a] + data[b:] + piece))  # fmt: skip
        data = data or b"x"
    return data


def huge_numbers(random: Random, data: bytes) -> bytes:
    """Put numbers that no field should hold where numbers are."""
    found = list(re.finditer(rb"\d+", data))
    for match in sorted(random.sample(found, min(len(found), random.randint(1, 12))), key=lambda m: -m.start()):
        data = data[: match.start()] + random.choice(_HUGE) + data[match.end() :]
    return data


def pdf_objects(random: Random, data: bytes) -> bytes:
    """Change values in a PDF's objects, and write it whole again: the file is sound, what it says is not."""
    with pikepdf.open(io.BytesIO(data)) as file:
        objects = [one for one in file.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array)]
        for _ in range(random.randint(1, 8)):
            _change_object(random, random.choice(objects), objects)
        return _saved(file, data)


def _saved(file: pikepdf.Pdf, otherwise: bytes) -> bytes:
    stream = io.BytesIO()
    try:
        file.save(stream)
    except (pikepdf.PdfError, RuntimeError, ValueError):  # a change that cannot be written is no case
        return otherwise
    return stream.getvalue()


def _change_object(random: Random, one: pikepdf.Object, objects: Sequence[pikepdf.Object]) -> None:
    value = random.choice((
        lambda: random.choice(objects), lambda: -1, lambda: 10**9, lambda: pikepdf.Array([]),
        lambda: pikepdf.Name("/X"), lambda: pikepdf.String("å" * 1000), pikepdf.Dictionary,
    ))()  # fmt: skip
    if isinstance(one, pikepdf.Array):
        if len(one):
            one[random.randrange(len(one))] = value
        return
    keys = list(one.keys())
    if keys:
        key = random.choice(keys)
        try:
            if random.random() < 0.3:
                del one[key]
            else:
                one[key] = value
        except (KeyError, ValueError, RuntimeError):  # a stream's own length is kept by the library
            return


def pdf_streams(random: Random, data: bytes) -> bytes:
    """Change operators and operands in the pages' contents."""
    with pikepdf.open(io.BytesIO(data)) as file:
        for page in random.sample(list(file.pages), min(3, len(file.pages))):
            page.contents_coalesce()
            stream = page.obj.get("/Contents")
            if isinstance(stream, pikepdf.Stream):
                tokens = stream.read_bytes().split()
                for _ in range(random.randint(1, 30)):
                    if tokens:
                        at = random.randrange(len(tokens))
                        tokens[at] = random.choice(
                            (*_HUGE, b"q", b"Q", b"BT", b"ET", b"[", b"<<", b"(", b"1e-30", b"cm", b"Tm")
                        )
                stream.write(b" ".join(tokens))
        return _saved(file, data)


def pdf_bomb(random: Random, data: bytes) -> bytes:
    """Make a page that is enormous: in size, in operators, in rules, in itself."""
    with pikepdf.open(io.BytesIO(data)) as file:
        page = file.pages[0]
        kind = random.randrange(6)
        if kind == 0:
            page.MediaBox = pikepdf.Array([0, 0, 10**7, 10**7])
        elif kind == 1:
            page.contents_add(b"0 0 m " + b"500 500 l 10 10 l S 0 0 m " * 300_000)
        elif kind == 2:
            page.contents_add(b"BT /F1 1 Tf " + b"(12 345) Tj 1 0 0 1 3 3 Tm " * 120_000 + b"ET")
        elif kind == 3:
            page.contents_add(b"q " * 400_000)
        elif kind == 4:
            form = file.make_stream(b"/F Do /F Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
                                    BBox=pikepdf.Array([0, 0, 100, 100]))  # fmt: skip
            form["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
            page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
            page.contents_add(b"/F Do")
        else:
            kids = file.Root.Pages.Kids
            for _ in range(20_000):
                kids.append(page.obj)
            file.Root.Pages.Count = 20_000
        return _saved(file, data)


def zip_parts(random: Random, data: bytes) -> bytes:
    """Lose, swap, rename, repeat or garble parts of a Word file."""
    parts = _unzip(data)
    names = list(parts)
    for _ in range(random.randint(1, 4)):
        name, other = random.choice(names), random.choice(names)
        what = random.randrange(5)
        if what == 0:
            parts.pop(name, None)
        elif what == 1 and name in parts and other in parts:
            parts[name], parts[other] = parts[other], parts[name]
        elif what == 2 and name in parts:
            parts["../" * 3 + name] = parts[name]
        elif what == 3 and name in parts:
            parts[name] = flip_bytes(random, parts[name] or b"x")
        elif name in parts:
            parts[name] = truncate(random, parts[name] or b"xx")
    return _zip(parts)


def word_markup(random: Random, data: bytes) -> bytes:
    """Change the markup of the Word document: cut, repeat, nest, span, refer."""
    parts = _unzip(data)
    name = "word/document.xml"
    text = parts[name].decode()
    what = random.randrange(7)
    if what == 0:
        text = re.sub(
            r"<w:tcPr>", f'<w:tcPr><w:gridSpan w:val="{random.choice((0, -3, 100000, 10**9))}"/>', text, count=5
        )
    elif what == 1:
        text = re.sub(r"<w:tcPr>", '<w:tcPr><w:vMerge w:val="restart"/>', text)
    elif what == 2:
        deep = random.choice((50, 2000))
        cell = "<w:tbl><w:tr><w:tc>"
        text = text.replace("<w:body>", "<w:body>" + cell * deep + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * deep)
    elif what == 3:
        entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "b" * 100}">' for n in range(10))
        text = f"<!DOCTYPE x [{entities}]>" + re.sub(r"<w:t>[^<]*", "<w:t>&a9;", text, count=3)
    elif what == 4:
        text = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + re.sub(
            r"<w:t>[^<]*", "<w:t>&e;", text, count=3
        )
    elif what == 5:
        tags = re.findall(r"<[^>]+>", text)
        for tag in random.sample(tags, min(len(tags), 10)):
            text = text.replace(tag, "", 1) if random.random() < 0.5 else text.replace(tag, tag * 3, 1)
    else:
        text = text.replace("<w:t", "<w:t>" + "9" * 100_000 + "</w:t><w:t", 2)
    parts[name] = text.encode()
    return _zip(parts)


def word_bomb(random: Random, data: bytes) -> bytes:
    """Pack far more than the file shows: one vast part, or a vast number of rows."""
    parts = _unzip(data)
    if random.random() < 0.5:
        parts["word/media/x.bin"] = b"\0" * 600_000_000
    else:
        row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>1 234</w:t></w:r></w:p></w:tc>" * 20 + "</w:tr>"
        text = parts["word/document.xml"].decode()
        table = f"<w:body><w:tbl>{row * 60_000}</w:tbl>"
        parts["word/document.xml"] = text.replace("<w:body>", table).encode()
    return _zip(parts)


def _unzip(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return stream.getvalue()


def html_markup(random: Random, data: bytes) -> bytes:
    """Change tags of a page: spans beyond reason, depth, what is never closed, what is inside what it cannot be."""
    text = data.decode("utf-8", "replace")
    tags = list(re.finditer(r"<[^>]+>", text))
    for _ in range(random.randint(1, 10)):
        match = random.choice(tags)
        new = random.choice((
            f'<td colspan="{random.choice((0, -1, 1000, 10**9))}" rowspan="{random.choice((0, 65534, 10**7))}">',
            "<table>" * random.choice((3, 300, 5000)), "<div>" * random.choice((50, 20000)), "</table>", "<tr>",
            "<!--", "<script>", '<td class="' + "x" * 50_000, "<plaintext>",
            "&#x110000;&#0;&nbsp" * 50, "<h1>", "<caption>", "",
        ))  # fmt: skip
        text = text.replace(match[0], new, 1)
    return text.encode()


def odd_text(random: Random, data: bytes) -> bytes:
    """Put odd characters and endless runs into text, or write it in another encoding."""
    text = data.decode("utf-8", "replace")
    for _ in range(random.randint(1, 15)):
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(_ODD) + text[at:]
    encoding = random.choice(("utf-8", "utf-8", "latin-1", "utf-16", "cp1252", "utf-32"))
    return text.encode(encoding, "replace")


def long_lines(random: Random, data: bytes) -> bytes:
    """Make one line of everything, or one word a line, or a thousand columns."""
    what = random.randrange(4)
    if what == 0:
        return data.replace(b"\n", b" ") * random.choice((1, 30))
    if what == 1:
        return b"\n".join(data.split())
    if what == 2:
        return b"\n".join(b"\t".join([b"1 234"] * 1000) for _ in range(200)) + b"\n" + data
    return b"Summa\t" + b"1 234\t" * 50_000 + b"\n" + data * 3


def packed_garbage(random: Random, data: bytes) -> bytes:
    """Begin as another kind of file does."""
    heads = (
        b"PK\x03\x04",
        b"%PDF-1.7\n",
        b"\xd0\xcf\x11\xe0",
        b"<?xml version='1.0'?><html>",
        b"\xff\xfe",
        b"\x1f\x8b",
    )
    return random.choice(heads) + random.choice((data, zlib.compress(data), random.randbytes(500)))


ANYTHING: tuple[Mutator, ...] = (flip_bytes, truncate, shuffle_slices, huge_numbers, packed_garbage)
MUTATORS: dict[str, tuple[Mutator, ...]] = {
    "pdf": (*ANYTHING, pdf_objects, pdf_objects, pdf_objects, pdf_streams, pdf_streams, pdf_bomb),
    "docx": (*ANYTHING, zip_parts, zip_parts, word_markup, word_markup, word_markup, word_bomb),
    "html": (*ANYTHING, html_markup, html_markup, html_markup, odd_text, long_lines),
    "txt": (*ANYTHING, odd_text, odd_text, long_lines),
}


def mutated(seed: int, corpus: dict[str, list[bytes]]) -> tuple[str, str, bytes]:
    """Give the kind, the mutator's name and the broken file of a seed."""
    random = Random(seed)
    kind = random.choice(list(MUTATORS))
    mutator = random.choice(MUTATORS[kind])
    return kind, mutator.__name__, mutator(random, random.choice(corpus[kind]))
