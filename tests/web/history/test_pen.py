"""The pen refuses in words what a database could not hold, so that both databases hold the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.web.conftest import Tiny
from uppsikt.core.errors import UseError
from uppsikt.web.history.models import Change
from uppsikt.web.history.services import LONGEST_WHY, Pen, recording
from uppsikt.web.ledger.models import Source


@pytest.mark.parametrize(
    "wrong", [{"name": "a\x00b"}, {"columns": {"Konto": "a\x00b"}}, {"columns": {"a\x00b": "account"}}]
)
def test_a_character_that_postgresql_cannot_hold_is_refused_wherever_it_stands(
    tiny: Tiny, wrong: dict[str, Any]
) -> None:
    kim = tiny.actor("kim")
    with recording(kim, "Prov") as pen:
        source = pen.create(Source, municipality=tiny.municipality, name="Ekonomisystemet")
    new = {"municipality": tiny.municipality, "name": "Ny", **wrong}
    before = Change._default_manager.count()
    writes: tuple[Callable[[Pen], object], ...] = (
        lambda pen: pen.update(source, **wrong),
        lambda pen: pen.create(Source, **new),
        lambda pen: pen.create_many(Source, [Source(**new)]),
    )
    for write in writes:
        with pytest.raises(UseError, match="inte går att spara"), recording(kim, "Prov") as pen:
            write(pen)
    assert Change._default_manager.count() == before
    assert [one.name for one in Source._default_manager.all()] == ["Ekonomisystemet"]


def test_a_reason_has_a_longest_length(tiny: Tiny) -> None:
    with recording(tiny.actor("kim"), "x" * LONGEST_WHY):
        pass
    with pytest.raises(UseError, match="högst 500"), recording(tiny.actor("kim"), "x" * (LONGEST_WHY + 1)):
        pass
