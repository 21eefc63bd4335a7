"""A home for uploaded files of each test, and a document that has been reviewed without reading anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import timezone

from tests.web.conftest import Tiny
from uppsikt.review.record import Record
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.review import services
from uppsikt.web.review.models import ReviewedDocument

Review = Callable[..., ReviewedDocument]


@pytest.fixture(autouse=True)
def home(settings: LazySettings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def take(
    actor: Actor, tiny: Tiny, name: str = "rapport.pdf", data: bytes = b"%PDF-1.7 ett", **more: object
) -> ReviewedDocument:
    """Take a document in for the executive board."""
    return services.document_take(actor, tiny.units["kommunstyrelsen"], name, [data], **more).document  # type: ignore[arg-type]  # handed on


@pytest.fixture
def review(tiny: Tiny) -> Review:
    """``review(record, data=b"...")`` gives a document whose run ended with that record, or with that line of error."""

    def reviewed(outcome: Record | str, name: str = "rapport.pdf", data: bytes = b"%PDF-1.7 ett") -> ReviewedDocument:
        kim = tiny.actor("kim")
        document = take(kim, tiny, name, data)
        run = services.run_claim(kim, timezone.now())
        assert run is not None
        assert run.document_id == document.pk
        assert services.run_finish(kim, run, timezone.now(), outcome)
        return document

    return reviewed
