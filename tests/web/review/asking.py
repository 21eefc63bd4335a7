"""What the tests of the review's pages ask and send."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.review.conftest import Review
from uppsikt.review.record import Record

HERE = "/kommunstyrelsen/bokslut-2024/granska/"
SignIn = Callable[[str], Client]


def page_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return re.sub(r"[ \n\t]+", " ", answer.content.decode())


def upload(client: Client, *files: SimpleUploadedFile, **fields: object) -> Any:
    return client.post(HERE, {"fil": list(files), **fields}, follow=True)


def file_of(name: str = "rapport.txt", content: bytes = b"Summa 1") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def shown(signed_in: SignIn, review: Review, made: Record | str, query: str = "") -> str:
    document = review(made)
    return page_of(signed_in("kim"), f"{HERE}{document.pk}/{query}")
