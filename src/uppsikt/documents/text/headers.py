"""A table's header where a line has lost its columns: which lines are header, and what each column is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# These begin a column by themselves.
_FIRST = {
    "bokslut", "budget", "utfall", "prognos", "avvikelse", "avvikelser", "avvik", "avv", "målvärde", "plan",
    "redovisning", "redovisat", "förändring", "förändr", "diff", "differens", "nettoutgift", "helårsprognos",
    "årsbudget", "investering", "måltal", "trend", "ack", "beslutad", "budgetram", "önskad", "riktvärde",
}  # fmt: skip
_PERIODLESS = {"avvikelse", "avvikelser", "avvik", "avv", "förändring", "förändr", "diff", "differens", "trend"}
# These can only be a further word of a label, or a column of a table whose other columns are clear.
_SECOND = {
    "netto", "utgifter", "inkomster", "utgift", "inkomst", "förslag", "ram", "kostnader", "intäkter", "tkr", "mnkr",
    "%", "kr", "procent", "mkr", "resultat", "nettoinvesteringar", "nettokostnad", "nettokostnader", "antal", "belopp",
    "andel", "riktning", "totalt", "kvinnor", "män", "flickor", "pojkar",
}  # fmt: skip
_WEAK_ALONE = {
    "netto", "utgifter", "inkomster", "utgift", "inkomst", "förslag", "ram", "tkr", "mnkr", "%", "nettoinvesteringar",
}  # fmt: skip
_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_PERIOD = re.compile(
    rf"^(?:(?:19[89]|20[0-5])\d(?:[-–/]\d{{2,4}})?"
    rf"|{_MONTH}\.?(?:-(?:{_MONTH}\.?)?)?"
    rf"|helår(?:et)?|\d{{1,3}}/\d{{1,2}}"
    r"|20\d\d(?:0[1-9]|1[0-2])|[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"  # 202412, 241231
    r"|t[123]|q[1-4]|tertial|kvartal)[*:,]{0,3}$",
    re.IGNORECASE,
)
_DAY = re.compile(r"^\d{1,2}$")
_LABELS = re.compile(
    r"(?:mål|indikator(?:er)?\*?|uppdrag|aktivitet(?:er)?|verksamhet|enhet|nämnd|förvaltning|benämning|område|projekt|ändamål|mått|nyckeltal|grupp)$",
    re.IGNORECASE,
)
_MONEY = {"tkr", "mnkr", "mkr", "kkr", "kr", "mdkr"}
_YEAR = re.compile(r"^(?:19[89]|20[0-5])\d")
_OPENERS = {"ack", "beslutad"}
_UNITS = re.compile(r"\b(?:tkr|mnkr|mkr|kkr|mdkr|kr|belopp|procent|%)\b", re.IGNORECASE)
_FILLERS = {
    "per", "enl", "enl.", "mot", "jfr", "i", "föreg", "föreg.", "föregående", "samma", "period", "periodiserad",
    "nuvarande", "-", "–", "/", "och", "före", "år",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a header. ``line`` is the header's line it stands on."""

    text: str
    kind: str  # "first", "second", "period", "filler", "label"
    line: int


@dataclass(frozen=True, slots=True)
class Header:
    """A header's words: the label columns' names and the tokens of the value columns, in printed order."""

    labels: tuple[str, ...]
    tokens: tuple[Token, ...]

    @property
    def strength(self) -> int:
        """Say how many columns the header can be seen to name."""
        return max(len(_stream(self.tokens)), sum(t.kind == "period" for t in self.tokens))


def kind_of(word: str) -> str:
    """Say what a word is in a header; "" when it is no header word."""
    bare = word.strip("*.,:()¹²³⁴⁵").casefold()
    if bare in _FIRST:
        return "first"
    if _PERIOD.match(word.strip("()")):
        return "period"
    if bare in _SECOND:
        return "second"
    return ""


def mended(lines: Sequence[str]) -> list[str]:
    """Join words that a narrow column has broken without a hyphen ("Målvä" + "rde", "Avvikels" + "e Bokslut")."""
    whole: list[str] = []
    for line in lines:
        text = line.strip()
        if whole and text:
            last, first = whole[-1].split(" ")[-1], text.split(" ")[0]
            broken = first.isalpha() and first.islower() and not kind_of(last)
            if broken and kind_of(last.rstrip("-") + first) in ("first", "second"):
                whole[-1] = whole[-1].removesuffix(last) + last.rstrip("-") + text
                continue
        whole.append(text)
    return whole


def header_words(text: str) -> int:
    """Count the words at the end of a line that a header's columns are made of; 0 when the line is no header line."""
    words = text.split()
    if not words or len(words) > 24 or (text.endswith((".", ";")) and len(words) > 6):
        return 0
    count = 0
    for at in range(len(words) - 1, -1, -1):
        if kind_of(words[at]) or _filler(words, at):
            count += 1
        else:
            break
    kinds = [kind_of(word) for word in words]
    first = len(words) - count
    if _names_label(kinds[first:]) or count < len(words):
        while count and kinds[len(words) - count] in ("second", ""):
            count -= 1  # "Driftsammandrag, netto tkr" is the name of the label column
    own = kinds[len(words) - count :]
    only_unit = all(kind not in ("first", "period") for kind in own) and any(w.casefold() in _MONEY for w in words)
    return count if any(own) and not only_unit else 0


def _names_label(kinds: Sequence[str]) -> bool:
    """Say whether a line's first word names the label column, though it could be a column's second word."""
    leading = next((at for at, kind in enumerate(kinds) if kind != "second"), len(kinds))
    return 0 < leading <= 2 and sum(kind in ("first", "period") for kind in kinds) > 1


def _filler(words: Sequence[str], at: int) -> bool:
    """A day before a month, or a small word between header words."""
    if words[at].casefold() == "år":
        return at > 0 and words[at - 1].casefold().startswith("föreg")
    if at + 1 >= len(words):
        return False
    following = kind_of(words[at + 1]) or words[at + 1].casefold() in _FILLERS or _DAY.match(words[at + 1]) is not None
    day = _DAY.match(words[at]) is not None and kind_of(words[at + 1]) == "period"
    return bool(following) and (words[at].casefold() in _FILLERS or day)


def is_header_line(text: str) -> bool:
    """Say whether a line is made of header words only, or ends in at least two columns' words after a label."""
    words = text.split()
    count = header_words(text)
    if not count:
        return False
    kinds = {kind_of(word) for word in words[len(words) - count :]}
    if not kinds & {"first", "period"}:
        return False
    if count == len(words):
        return True
    rest = words[: len(words) - count]
    named = len(rest) <= 2 and (_LABELS.search(rest[-1]) is not None)
    return (count >= 2 or named) and len(rest) <= 6 and not text[0].islower()


def is_target(label: str) -> bool:
    """Say whether a column holds targets, in which words stand for figures ("Minska", "Mindre än 70")."""
    return label.casefold().startswith(("mål", "önskat"))


def is_weak(text: str) -> bool:
    """Say whether a line only adds to a header that others make ("Utgifter", "Netto")."""
    words = [word.strip("*.,:()").casefold() for word in text.split()]
    return bool(words) and len(words) <= 6 and all(word in _WEAK_ALONE for word in words)


def is_label_header(text: str) -> bool:
    """Say whether a line names a label column, or the unit ("Nämndmål", "Belopp tkr", "Driftsammandrag, netto tkr")."""
    words = text.split()
    if not 1 <= len(words) <= 6 or text.endswith((".", ":")):
        return False
    return _UNITS.search(text) is not None or (len(words) <= 2 and _LABELS.search(words[-1]) is not None)


def read_header(lines: Sequence[str]) -> Header:
    """Part a header's lines into the names of the label columns and the words of the value columns."""
    labels: list[str] = []
    tokens: list[Token] = []
    for number, line in enumerate(mended(lines)):
        words = line.split()
        count = header_words(line)
        if words[: len(words) - count]:
            labels.append(" ".join(words[: len(words) - count]))
        tokens += [Token(word, kind_of(word) or "filler", number) for word in words[len(words) - count :]]
    return Header(tuple(_label_columns(labels)), tuple(tokens))


def _label_columns(labels: list[str]) -> list[str]:
    """ "Nämndmål Nämndindikator" are two columns; all else is one label."""
    words = " ".join(labels).split()
    if 2 <= len(words) <= 6 and sum(1 for word in words if _LABELS.search(word)) >= 2:
        columns: list[str] = []
        for word in words:
            if columns and not _LABELS.search(columns[-1]):
                columns[-1] += f" {word}"
            else:
                columns.append(word)
        return columns
    return [" ".join(words)] if words else []


def _stream(tokens: Sequence[Token], *, bare_deviation: bool = False) -> list[str]:
    """Make labels in printed order: a first word or a second period begins a new one.

    ``bare_deviation``: a deviation has no period of its own, so that one after it is the next column's.
    """
    labels: list[list[Token]] = []
    for token in tokens:
        if not labels or _begins(labels[-1], token, bare_deviation=bare_deviation):
            labels.append([])
        labels[-1].append(token)
    return [" ".join(token.text for token in label) for label in labels]


def _begins(label: list[Token], token: Token, *, bare_deviation: bool) -> bool:
    before = label[-1]
    if token.kind == "first":
        return before.kind != "filler" and _bare(before) not in _OPENERS
    if token.kind == "second":
        return _bare(token) in {_bare(t) for t in label}
    if token.kind == "period":
        if before.kind != "period":
            return bare_deviation and before.line != token.line and _bare(before) in _PERIODLESS
        complete = _YEAR.match(before.text) is not None or before.text.casefold().startswith("helår")
        return complete or not (before.text.endswith("-") or _YEAR.match(token.text))
    return False


def _bare(token: Token) -> str:
    return token.text.strip(".*").casefold()


def widths(header: Header) -> list[int]:
    """Give the numbers of columns that the header's words can make, the likeliest first."""
    count = len(header.tokens)
    found = [
        width
        for reading in (_under_each_other, _filled_in, _in_order)
        for width in range(count, 0, -1)
        if reading(header.tokens, width)
    ]
    return list(dict.fromkeys(found))


def column_labels(header: Header, width: int) -> list[str] | None:
    """Give each column its label with its word and its year, or None where the words cannot be told apart.

    Words are printed in any order when a header's cells are merged or broken over lines; the reading
    under which exactly so many columns come out is taken.
    """
    for reading in (_under_each_other, _filled_in, _in_order):
        labels = reading(header.tokens, width)
        if labels is not None and len(labels) == width:
            return labels
    periods = [token.text for token in header.tokens if token.kind == "period"]
    return periods if len(periods) == width else None


def _in_order(tokens: Sequence[Token], width: int) -> list[str] | None:
    for bare_deviation in (False, True):
        labels = _stream(tokens, bare_deviation=bare_deviation)
        if len(labels) == width:
            return labels
    return None


def _lines(tokens: Sequence[Token]) -> list[list[Token]]:
    lines: dict[int, list[Token]] = {}
    for token in tokens:
        lines.setdefault(token.line, []).append(token)
    return list(lines.values())


def _under_each_other(tokens: Sequence[Token], width: int) -> list[str] | None:
    """A line of words over a line of periods: column by column, where a deviation needs no period."""
    lines = _lines(tokens)
    if len(lines) < 2:
        return None
    labels = _stream(lines[0])
    if len(labels) != width:
        return None
    for line in lines[1:]:
        below = _stream(line)
        places = _needing(labels, len(below))
        if len(places) != len(below):
            return None
        for at, word in zip(places, below, strict=True):
            labels[at] = f"{labels[at]} {word}"
    return labels


def _needing(labels: Sequence[str], count: int) -> list[int]:
    """Give the columns that take a period, where there are fewer periods than columns: deviations go without."""
    without = [at for at, label in enumerate(labels) if label.split()[0].strip(".*").casefold() in _PERIODLESS]
    without.sort(key=lambda at: len(labels[at].split()))
    dropped = without[: len(labels) - count]
    return [at for at in range(len(labels)) if at not in dropped]


def _filled_in(tokens: Sequence[Token], width: int) -> list[str] | None:
    """Words of an upper line belong over the columns of the lower lines that have but a period."""
    lines = _lines(tokens)
    for cut in range(1, min(len(lines), 6)):
        above = _stream([token for line in lines[:cut] for token in line])
        below = _stream([token for line in lines[cut:] for token in line], bare_deviation=True)
        bare = [at for at, label in enumerate(below) if not any(kind_of(word) == "first" for word in label.split())]
        words_only = all(kind_of(word) != "period" for label in above for word in label.split())
        if len(below) == width and bare and len(above) == len(bare) and words_only:
            for at, word in zip(bare, above, strict=True):
                below[at] = f"{word} {below[at]}"
            return below
    return None
