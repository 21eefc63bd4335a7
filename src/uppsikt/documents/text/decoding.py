"""From bytes to text: which encoding it is, and what is no text at all."""

from __future__ import annotations

import codecs

from uppsikt.documents.model import DocumentError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000  # bytes that are looked at to tell text from something else
_ALLOWED_CONTROLS = {9, 10, 11, 12, 13, 27}
_RUBBISH = 0.02  # the share of control characters that no text has


def decode(data: bytes, name: str) -> str:
    """Give the text of a file; DocumentError where it is not text.

    UTF-8 is tried first because hardly anything else is valid UTF-8; what is not is Windows' own
    Western alphabet, whose five unused codes are read as in Latin-1.
    """
    text = _by_mark(data, name) or _without_mark(data)
    if _is_rubbish(text[:_SAMPLE]):
        raise DocumentError(f"{name} är inte text. Spara den som PDF, Word (.docx), HTML eller ren text.")
    return text


def _by_mark(data: bytes, name: str) -> str:
    encoding = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)
    if encoding is None:
        return ""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise DocumentError(f"{name} är skadad: texten kan inte läsas som {encoding.upper()}.") from None


def _without_mark(data: bytes) -> str:
    sample = data[:_SAMPLE]
    zeros = sample.count(0)
    if zeros * 5 > len(sample) and len(data) % 2 == 0:
        encoding = "utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be"
        return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _western(data)


def _western(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _is_rubbish(text: str) -> bool:
    odd = sum(1 for letter in text if _is_odd(letter))
    return odd > max(3, _RUBBISH * len(text)) or odd * 2 > len(text)


def _is_odd(letter: str) -> bool:
    code = ord(letter)
    return (
        (code < 32 and code not in _ALLOWED_CONTROLS) or 127 <= code < 160 or code == 0xFFFD or code in (0xFFFE, 0xFFFF)
    )
