"""Writes files whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from uppsikt.core.errors import UseError, reason_of


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that whoever looks sees the old one or the new one, never half of it; UseError says why not."""
    try:
        if path.exists() and not path.is_file():  # a pipe or a device has no other half, and no path of its own
            path.write_bytes(data)
            return
        path = Path(os.path.realpath(path))  # where a link leads; a link that leads to itself is no fault here
        half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            with half.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
    except OSError as error:
        raise UseError(f"{path} går inte att skriva: {reason_of(error)}.") from error
