"""A process of its own for the tests that kill one: makes a small municipality, loads with a death on the way, tells.

child.py make                     a municipality with two codes
child.py load FILE MOMENT         ``uppsikt ledger load FILE``, killed at the moment ("" for never)
child.py tell                     the visible manifest and what it comes to, as JSON
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch

import django

# Where a process dies: the function, and whether before it begins or after it has done its work.
MOMENTS = {
    "while the file is read": ("uppsikt.facts.checking.faults_of", "before"),
    "before the files are in place": ("uppsikt.facts.Store.keep", "before"),
    "between the files and the transaction": ("uppsikt.facts.Store.keep", "after"),
    "in the transaction, before it names them": ("uppsikt.web.ledger.services.naming.name_parts", "before"),
    "in the transaction, after it has named them": ("uppsikt.web.ledger.services.naming.mark_kept", "after"),
    "after the transaction": ("uppsikt.web.ledger.services.loading.forget_file", "before"),
}


def make() -> None:
    from uppsikt.web.history.services import recording
    from uppsikt.web.ledger.models import LedgerCode
    from uppsikt.web.organisation.gate import Actor
    from uppsikt.web.organisation.models import Municipality, Unit

    municipality = Municipality._default_manager.create(name="Exempelköping", code="9999", slug="exempelkoping")
    with recording(Actor(municipality.pk, "Inläsning"), why="Exempel") as pen:
        unit = pen.create(Unit, municipality=municipality, slug="ks", name="KS", kind="committee",
                          valid_from=date(2015, 1, 1))  # fmt: skip
        for part, code in (("unit", "10"), ("account", "5011")):
            pen.create(LedgerCode, municipality=municipality, part=part, code=code,
                       unit=unit if part == "unit" else None)  # fmt: skip


def load(file: str, moment: str) -> int:
    from uppsikt.cli.main import main

    command = ["ledger", "load", file, "--source", "Agresso"]
    if not moment:
        return main(command)
    name, when = MOMENTS[moment]
    with patch(name, _dying(resolve_name(name), when)):
        return main(command)


def _dying(work: Callable[..., Any], when: str) -> Callable[..., Any]:
    def die(*args: Any, **kwargs: Any) -> None:
        if when == "after":
            work(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    return die


def tell() -> None:
    from uppsikt.core.economy import EntryKind
    from uppsikt.facts import Where
    from uppsikt.web.ledger import selectors
    from uppsikt.web.organisation.asking import reader

    actor = reader()
    sums = selectors.ledger_of(actor).sums(("month",), Where(frozenset({EntryKind.OUTCOME}), 0, 999912))
    loads = {one.keys[0]: str(one.amount) for one in sums}
    sys.stdout.write(json.dumps({"manifest": selectors.manifest_of(actor).name, "sums": loads}))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uppsikt.web.config.settings")
    django.setup()
    sys.exit({"make": make, "load": load, "tell": tell}[sys.argv[1]](*sys.argv[2:]) or 0)  # type: ignore[operator]  # each takes its own
