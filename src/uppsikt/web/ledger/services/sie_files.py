"""The second road: a SIE file's dimensions are named, and its vouchers or periods become entries."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from uppsikt.core.economy import EntryFault, Known
from uppsikt.core.errors import UseError, reason_of
from uppsikt.exchange.sie import TOLD_ONLY, SieEntries, SieFile, entries_of, read_sie, suggested_mapping
from uppsikt.facts import Staged, Store
from uppsikt.web.ledger.models import Load, Source
from uppsikt.web.ledger.services.receiving import file_of
from uppsikt.web.organisation.gate import Actor

OTHERWISE = "*"  # beside the dimensions: the responsibility code of entries that name none


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of the file: its number and name, some of its objects, and which part of the code string it is."""

    number: str
    name: str
    count: int
    sample: tuple[str, ...]
    part: str


@dataclass(frozen=True)
class SieLook:
    """What is in a SIE file, before it is read by its dimensions; ``vouchers`` is how many it has."""

    type: str
    encoding: str
    company: str
    vouchers: int
    dimensions: tuple[Dimension, ...]
    otherwise: str = ""

    def to_json(self) -> str:
        """Write it as ASCII: a database's text cannot hold every character of a file."""
        return json.dumps(asdict(self), ensure_ascii=True, separators=(",", ":"))


def sie_looking(path: Path) -> SieLook:
    """Say what is in a SIE file, with what its dimensions seem to be. Raises UseError for what is none."""
    file = _read(path)
    mapping = suggested_mapping(file)
    dimensions = tuple(
        Dimension(number, file.dimensions.get(number, ""), len(told), tuple(told[:3]), mapping.get(number, ""))
        for number, told in file.objects_by_dimension().items()
    )
    return SieLook(file.type or "", file.encoding, file.company or "", len(file.vouchers), dimensions)


def sie_look(load: Load) -> SieLook:
    """Give what was found in a received SIE file; what its source's files had before is remembered."""
    told = json.loads(load.look)
    remembered: dict[str, str] = load.source.dimensions
    dimensions = tuple(
        Dimension(**{**one, "sample": tuple(one["sample"]), "part": remembered.get(one["number"], one["part"])})
        for one in told["dimensions"]
    )
    return SieLook(**{**told, "dimensions": dimensions, "otherwise": remembered.get(OTHERWISE, "")})


def sie_reading(actor: Actor, load: Load, store: Store, known: Known) -> Callable[[Callable[[float], None]], Staged]:
    """Give what reads the SIE file of a load; it asks the database nothing."""
    path, chosen = file_of(actor, load), dict(load.layout["dimensions"])

    def read(_progress: Callable[[float], None]) -> Staged:
        file = _read(path)
        unit = chosen.get(OTHERWISE, "")
        mapping = {number: part for number, part in chosen.items() if part and number != OTHERWISE}
        made = entries_of(file, mapping, otherwise={"unit": unit} if unit else {})
        return _with_faults(store.stage_entries(made.entries, known), file, made)

    return read


def is_sie_source(load: Load) -> bool:
    """Say whether a load was received as a SIE file."""
    return load.source.form == Source.Form.SIE


def _with_faults(staged: Staged, file: SieFile, made: SieEntries) -> Staged:
    """Put the file's own faults before what the store found, with the lines of the file."""
    own = [EntryFault(one.code, one.line, "", "", one.message) for one in file.faults]
    found = tuple(sorted((*own, *made.faults), key=lambda one: one.line))
    lost = sum(one.rows for one in found if one.code not in TOLD_ONLY)
    # The store numbers the entries, and not the lines of the file.
    stored = tuple(replace(one, line=0) for one in staged.faults)
    codes = {
        part: {code: made.names.get(part, {}).get(code, name) for code, name in codes.items()}
        for part, codes in staged.codes.items()
    }
    return replace(staged, faults=(*found, *stored), unreadable=staged.unreadable + lost, codes=codes)


def _read(path: Path) -> SieFile:
    try:
        file = read_sie(path.read_bytes(), import_file=path.suffix.lower() == ".si")
    except OSError as error:
        raise UseError(f"SIE-filen går inte att läsa: {reason_of(error)}. Lämna den på nytt.") from error
    wrong = next((one.message for one in file.faults if one.code == "not_sie"), "")
    if wrong:
        raise UseError(wrong)
    return file


def kept_choice(dimensions: Mapping[str, str], otherwise: str) -> dict[str, str]:
    """Give what is kept of a choice of dimensions."""
    return {**dimensions, **({OTHERWISE: otherwise.strip()} if otherwise.strip() else {})}
