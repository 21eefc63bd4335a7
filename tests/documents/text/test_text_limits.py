"""Which bytes are text, and that no text takes long."""

from __future__ import annotations

import contextlib
import random
import time

import pytest

from uppsikt.documents.model import Content, DocumentError, Limits, Paragraph
from uppsikt.documents.opening import quiet
from uppsikt.documents.text import read_text

SENTENCE = "Åtgärden kostade 5 kr – mer än väntat."


def read(data: bytes, limits: Limits | None = None) -> Content:
    return read_text(data, "fil.txt", limits or Limits(), quiet)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    block = read(SENTENCE.encode(encoding)).blocks[0]
    assert isinstance(block, Paragraph)
    assert block.text == SENTENCE


def test_latin_1_that_windows_does_not_know() -> None:
    assert "Å" in str(read("År\x81ets text är här och den är lång nog för att vara text.".encode("latin-1")).blocks[0])


@pytest.mark.parametrize(
    "data", [random.Random(1).randbytes(5_000), b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, b"\xff\xfea"]
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^fil\.txt är [^\n]+$"):
        read(data)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("ord " * 100, Limits(characters=100)),
        ("a\f" * 20 + "b", Limits(pages=10)),
        ("a\tb\tc\n" * 50, Limits(cells=100)),
        ("---\n\n" * 10, Limits()),
    ],
)
def test_limits(text: str, limits: Limits) -> None:
    with pytest.raises(DocumentError):
        read(text.encode(), limits)


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "abc 12 345 ",
        "a\t1\t",
        "a\t1\n",
        "|a|1|\n",
        "*a ",
        "<i>",
        "abc-\n",
        "abc/\n",
        "2019\n",
        "12 345\n",
        "Bokslut\n",
        "R 1 234 567 89 123\n",
    ],
)
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    def seconds(size: int) -> float:
        data = (unit * (size // len(unit))).encode()
        start = time.process_time()
        with contextlib.suppress(DocumentError):  # rubbish may be refused, but not slowly
            read(data)
        return time.process_time() - start

    # A machine with much else to do may slow one run down, but not each of three.
    assert any(seconds(80_000) < 16 * seconds(10_000) + 1.0 for _ in range(3))
