"""Twenty readers at once: how long each kind of page takes, kept and made anew.

Every reader asks for a page, waits for all of it, and asks again. "Kept" asks for the same address;
"made anew" gives every question an address of its own, so that no kept page can answer it. The
readers share the machine's cores with the server, as loopback readers must.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.measuring import PROGRAM, free_port, markdown, milliseconds, wait_for

READERS = 20
SECONDS = 5.0
PAUSE = 1.0  # seconds that a reader looks at a page before asking for the next, on average
PLACE = "/kommunstyrelsen/bokslut-2024/"
PAGES = {
    "översikt": "",
    "målkedjan": "malkedja/",
    "mål": "mal/{goal}/",
    "indikatorer": "indikatorer/",
    "indikator": "indikatorer/sjukfranvaro-klf/",
    "ekonomi": "ekonomi/",
    "ekonomi efter verksamhet": "ekonomi/?snitt=verksamhet",
    "ekonomi, en stab": "ekonomi/enhet/ekonomistaben/",
    "investeringar": "investeringar/",
    "personal och volymer": "personal/",
    "uppdrag och aktiviteter": "uppdrag/",
    "beslut": "beslut/",
    "rapporten": "rapporter/verksamhetsberattelse/",
    "rapportens kontroll": "rapporter/verksamhetsberattelse/kontroll/",
    "sökning": "sok/?q=trygghet",
}


def measured() -> str:
    """Measure every page and give the table."""
    with _server() as port:
        goal = _first_goal(port)
        rows = [_row(port, name, PLACE + path.format(goal=goal)) for name, path in PAGES.items()]
    kept, paused, crowded = "sparad", f"ny, {PAUSE:.0f} s läspaus", "ny, utan paus"
    headings = ["sida"] + [f"{kind}: {one}" for kind in (kept, paused, crowded) for one in ("p50", "p95")]
    return markdown([*headings, "sidor/s"], rows)


def _row(port: int, name: str, path: str) -> list[str]:
    kept = asyncio.run(_read(port, path, anew=False, pause=0.0))
    paused = asyncio.run(_read(port, path, anew=True, pause=PAUSE))
    crowded = asyncio.run(_read(port, path, anew=True, pause=0.0))
    figures = [milliseconds(took, percent) for took in (kept, paused, crowded) for percent in (50, 95)]
    return [name, *figures, f"{len(crowded) / SECONDS:.0f}"]


async def _read(port: int, path: str, *, anew: bool, pause: float) -> list[float]:
    """Let the readers read for a while; give every answer's seconds, the first of each reader left out."""
    number = itertools.count(time.time_ns())
    took: list[float] = []

    async def reader() -> None:
        connection = await asyncio.open_connection("127.0.0.1", port)
        await _ask(connection, path)
        await asyncio.sleep(random.uniform(0, 2 * pause))
        while time.perf_counter() < until:
            asked = f"{path}{'&' if '?' in path else '?'}n={next(number)}" if anew else path
            begun = time.perf_counter()
            await _ask(connection, asked)
            took.append(time.perf_counter() - begun)
            await asyncio.sleep(random.uniform(0, 2 * pause))
        connection[1].close()

    until = time.perf_counter() + SECONDS
    await asyncio.gather(*(reader() for _ in range(READERS)))
    return took


async def _ask(connection: tuple[asyncio.StreamReader, asyncio.StreamWriter], path: str) -> None:
    incoming, outgoing = connection
    outgoing.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = (await incoming.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    if not head.startswith("http/1.1 200"):
        raise RuntimeError(f"{path}: {head.splitlines()[0]}")
    length = next(line for line in head.splitlines() if line.startswith("content-length:"))
    await incoming.readexactly(int(length.split(":")[1]))


@contextmanager
def _server() -> Iterator[int]:
    """Serve a demonstration of its own while it is measured."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "UPPSIKT_HOME": home, "UPPSIKT_DEMO": "1"}
        subprocess.run([PROGRAM, "demo", "--only-load"], env=environment, check=True, stdout=subprocess.DEVNULL)
        port = free_port()
        command = [PROGRAM, "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}/", process)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=30)


def _first_goal(port: int) -> str:
    import re
    import urllib.request

    with urllib.request.urlopen(f"http://127.0.0.1:{port}{PLACE}") as page:
        found = re.search(r"/mal/(\d+)/", page.read().decode())
    if found is None:
        raise RuntimeError("Översikten visar inget mål.")
    return found.group(1)
