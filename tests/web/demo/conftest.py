"""The demonstration municipality, loaded once for the tests of a module and gone after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from uppsikt.web.demo.services import LoadResult, load_demo, load_municipality


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[LoadResult]:
    """Its files, without the ledger and the users."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_municipality()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def loaded_with_ledger(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LoadResult]:
    """All of it; the entries lie in a folder of their own."""
    home = override_settings(HOME=tmp_path_factory.mktemp("hem"))
    with home, django_db_blocker.unblock(), transaction.atomic():
        yield load_demo()
        transaction.set_rollback(True)
