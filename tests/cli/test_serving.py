"""The real server: ports, what it answers, and how it stops."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import PROGRAM, environment, free_port
from uppsikt.core.errors import UseError
from uppsikt.web.config.server import STOP_WITHIN, first_free, is_free
from uppsikt.web.config.wsgi import guarded


def test_a_port_in_use_is_seen_and_the_next_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not is_free(port)
        assert port < first_free(port) <= port + 20


def test_no_port_past_the_last_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 65535))
        taken.listen()
        with pytest.raises(UseError, match="--port"):
            first_free(65535)


def _answer(refusal: Callable[[], str]) -> tuple[str, bytes]:
    begun: list[str] = []

    def application(_environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response("200 OK", [])
        return [b"sidan"]

    body = b"".join(guarded(application, refusal)({}, lambda status, _headers: begun.append(status)))
    return begun[0], body


def test_a_database_of_another_version_is_a_swedish_page() -> None:
    assert _answer(lambda: "") == ("200 OK", b"sidan")
    status, body = _answer(lambda: "Databasen är <nyare>.")
    assert status.startswith("503")
    assert "Databasen är &lt;nyare&gt;." in body.decode()


def test_the_server_answers_and_stops_when_told(server: str, demo_home: Any) -> None:
    with urllib.request.urlopen(server, timeout=10) as answer:
        assert answer.status == 200
        assert answer.url.endswith("/kommunstyrelsen/bokslut-2024/")
    port = free_port()
    second = subprocess.Popen(
        [PROGRAM, "demo", "--no-browser", "--port", str(port)],
        env=environment(demo_home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert second.stdout is not None
    told = [second.stdout.readline() for _ in range(2)]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/tillganglighet/", timeout=10) as answer:
        assert answer.status == 200  # what is said to be ready is
    begun = time.monotonic()
    os.killpg(second.pid, signal.SIGINT)  # as a terminal does
    assert second.wait(timeout=30) == 0
    assert time.monotonic() - begun < STOP_WITHIN
    assert f"http://127.0.0.1:{port}/" in told[0]
    assert "logga in" in told[1]
    second.communicate()
