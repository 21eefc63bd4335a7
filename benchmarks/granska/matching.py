"""Which read table tells a true one, row by row: labels equal up to spaces, case and markup, numbers as a sequence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.granska.truth import Line, Sheet

_MARKUP = re.compile(r"<[^<>]{1,20}>")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
# Spaces, markup characters, hyphens that a line break can leave or take, footnote signs: nothing that carries meaning.
_IGNORED = re.compile(r"[\s*_`#\-\u00ad\u2010-\u2015\u2212.:¹²³⁰⁴-⁹]+")


def plain(label: str) -> str:
    """Give a label without spaces, case, markup, hyphens and footnote signs."""
    return _IGNORED.sub("", _MARKUP.sub("", label).translate(_SUBSCRIPTS)).casefold()


def common(one: Sequence[Decimal], other: Sequence[Decimal]) -> int:
    """Count the numbers that both hold in the same order."""
    before = [0] * (len(other) + 1)
    for number in one:
        now = [0]
        for at, second in enumerate(other):
            now.append(before[at] + 1 if number == second else max(before[at + 1], now[at]))
        before = now
    return before[-1]


@dataclass(frozen=True)
class Match:
    """A true table, the read one that tells most of it, and which of its lines tell which."""

    truth: Sheet
    read: Sheet | None
    pairs: tuple[tuple[Line, Line], ...] = ()

    @property
    def right(self) -> int:
        """Count the numeric cells in the right row and order."""
        return sum(common(true.numbers, read.numbers) for true, read in self.pairs)


def best_match(truth: Sheet, sheets: Sequence[Sheet]) -> Match:
    """Give the read table that tells most numbers of a true one, and where two tell as many, most rows."""
    matches = [Match(truth, sheet, _aligned(truth.lines, sheet.lines)) for sheet in sheets]
    best = max(matches, key=lambda one: (one.right, len(one.pairs), -_size(one)), default=Match(truth, None))
    return best if best.pairs else Match(truth, None)


def _size(match: Match) -> int:
    return len(match.read.lines) if match.read else 0


def _aligned(true: Sequence[Line], read: Sequence[Line]) -> tuple[tuple[Line, Line], ...]:
    """Pair lines with equal labels in order, so that most numbers agree."""
    names = [plain(line.label) for line in read]
    if not {plain(line.label) for line in true} & set(names):
        return ()
    best: list[list[tuple[int, int]]] = [[(0, 0)] * (len(read) + 1) for _ in range(len(true) + 1)]
    for i in range(len(true) - 1, -1, -1):
        name = plain(true[i].label)
        for j in range(len(read) - 1, -1, -1):
            skip = max(best[i + 1][j], best[i][j + 1])
            if name == names[j]:
                numbers, rows = best[i + 1][j + 1]
                skip = max(skip, (numbers + common(true[i].numbers, read[j].numbers), rows + 1))
            best[i][j] = skip
    return tuple(_walk(true, read, names, best))


def _walk(
    true: Sequence[Line], read: Sequence[Line], names: list[str], best: list[list[tuple[int, int]]]
) -> list[tuple[Line, Line]]:
    pairs, i, j = [], 0, 0
    while i < len(true) and j < len(read):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((true[i], read[j]))
            i, j = i + 1, j + 1
    return pairs


def why_missed(line: Line, match: Match, sheets: Sequence[Sheet]) -> str:
    """Say in a few words where the numbers of a line went."""
    told = next((read for true, read in match.pairs if true is line), None)
    if told is not None:
        return f"raden har {_numbers(told)}"
    name = plain(line.label)
    for sheet in sheets:
        for read in sheet.lines:
            if plain(read.label) == name and common(line.numbers, read.numbers):
                return f"står i {sheet.key} {sheet.title[:30]!r}"
    alike = [(sheet.key, read.label) for sheet in sheets for read in sheet.lines if line.numbers == read.numbers != ()]
    if alike:
        named = [one for one in alike if name[:12] in plain(one[1]) or plain(one[1])[:12] in name]
        key, label = (named or alike)[0]
        return f"talen står på {label[:60]!r} i {key}"
    return "finns inte"


def _numbers(line: Line) -> str:
    return " ".join(str(number) for number in line.numbers) or "inga tal"
