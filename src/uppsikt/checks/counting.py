"""Numbers in the text that count something: goals, activities, items of a list, units of a staff.

A count is held against the rows of the tables of its kind, against the list that follows, against the
parts that the same sentence tells, or against its own digits ("elva (11)").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from weakref import WeakKeyDictionary

from uppsikt.checks.mentions import Mention, find_mentions
from uppsikt.checks.naming import words_of
from uppsikt.checks.prose import Printed
from uppsikt.checks.relations import Figures
from uppsikt.checks.words import begins, word_set
from uppsikt.core.errors import ReadingError
from uppsikt.core.findings import Confidence
from uppsikt.core.passages import Passage
from uppsikt.core.quantities import PLAIN
from uppsikt.core.states import GoalState, WorkState, goal_state, work_state
from uppsikt.core.tables import ColumnRole, RowRole

State = GoalState | WorkState
_KINDS = {
    "nämndmål": "assessment", "förvaltningsmål": "assessment", "mål": "assessment", "målen": "assessment",
    "aktivitet": "activity", "uppdrag": "assignment", "utvecklingsuppdrag": "assignment", "indikator": "indicator",
    "nämndindikator": "indicator",
}  # fmt: skip
_UNITS = ("enhet", "avdelning", "förvaltning", "affärsområde", "grupp")
_GATHERS = word_set("består består omfattar innefattar innehåller finns ingår uppdelad indelad organiserad")
_REST: frozenset[State] = frozenset((GoalState.NONE, WorkState.UNKNOWN, WorkState.NOT_BEGUN))
_FEW = 2  # tables of a kind: with more it is not plain which one a sentence far away counts
_NEXT = 2  # items: fewer make no list


@dataclass(frozen=True)
class Counted:
    """A count in the text, what it was held against and how many there are; ``confidence`` None where they agree."""

    mention: Mention
    expected: int
    target: str
    reason: str
    confidence: Confidence | None = None


_counted: WeakKeyDictionary[Figures, tuple[Counted, ...]] = WeakKeyDictionary()


def count(figures: Figures) -> tuple[Counted, ...]:
    """Give every count of the text that can be held against something, in reading order; once."""
    if figures.prose is None:
        return ()
    if figures not in _counted:
        _counted[figures] = tuple(_count(figures.prose.printed, figures.prose.passages))
    return _counted[figures]


def _count(printed: Sequence[Printed], passages: Sequence[Passage]) -> Iterator[Counted]:
    tables = _Tables(printed)
    for at, passage in enumerate(passages):
        numbers = [one for one in find_mentions(passage) if one.quantity.unit == PLAIN and not one.quantity.decimals]
        for clause in dict.fromkeys(one.clause for one in numbers):
            here = [one for one in numbers if one.clause is clause or one.clause == clause]
            yield from _one_sentence(here, tables)
        listed = _listed(numbers, passages[at + 1 : at + 40]) if passage.text.rstrip().endswith(":") else None
        if listed is not None:
            yield listed


def _one_sentence(numbers: list[Mention], tables: _Tables) -> Iterator[Counted]:
    """Give the counts of one sentence: its own digits, the sum of its parts, and what tables say."""
    single: list[Mention] = []
    for one in numbers:
        if single and _in_brackets_after(single[-1], one):
            spelled = not single[-1].passage.text[single[-1].start : single[-1].end].strip().isdigit()
            if spelled and one.quantity.number != single[-1].quantity.number and single[-1].quantity.number <= 20:
                yield _held(single[-1], int(one.quantity.number), "siffran inom parentes", "inom parentes står {0}")
        else:
            single.append(one)
    states = [_state_after(one, single[at + 1] if at + 1 < len(single) else None) for at, one in enumerate(single)]
    _put_whole_first(single, states)
    held = list(_by_tables(single, states, tables))
    yield from held
    confirmed = any(one.confidence is None and one.mention is single[0] for one in held)
    summed = _parts(single, states, confirmed=confirmed)
    if summed is not None and all(one.mention is not summed.mention or one.confidence for one in held):
        yield summed


def _put_whole_first(numbers: list[Mention], states: list[State | None]) -> None:
    """Turn "11 av 21 mål är uppnådda" round: 21 is the whole, and the state is that of the 11."""
    if len(numbers) < 2:
        return
    part, whole = numbers[:2]
    between = [token.text.casefold() for token in part.clause.tokens[part.last : whole.first]]
    if between[:1] == ["av"] and len(between) <= 3 and states[0] is None:
        numbers[:2], states[:2] = [whole, part], [None, states[1]]


def _by_tables(numbers: Sequence[Mention], states: Sequence[State | None], tables: _Tables) -> Iterator[Counted]:
    """Give what the tables' rows say of the counts of a sentence."""
    kind = next((known for one in numbers if (known := _kind_of(one))), "")
    found: Counted | None
    anchor: Printed | None = None  # the table whose rows the whole of the sentence counts
    for one, state in zip(numbers, states, strict=True):
        if state is None and not _kind_of(one):
            found = tables.groups_of(one)
        else:
            found, table = tables.rows_of(one, state, _kind_of(one) or kind, anchor)
            if state is None and table is None and found is None:
                return  # the tables hold other goals than those that the sentence counts
            anchor = table or anchor
        if found is not None:
            yield found


def _held(mention: Mention, expected: int, target: str, reason: str, unsure: Confidence = Confidence.LIKELY) -> Counted:
    agrees = mention.quantity.number == expected or (
        mention.loose and abs(mention.quantity.number - expected) <= mention.slack
    )
    return Counted(mention, expected, target, reason.format(expected), None if agrees else unsure)


def _in_brackets_after(word: Mention, digits: Mention) -> bool:
    tokens = word.clause.tokens
    between = [token.text for token in tokens[word.last : digits.first]]
    return between == ["("] and tokens[digits.last : digits.last + 1] != () and tokens[digits.last].text == ")"


def _state_after(mention: Mention, following: Mention | None) -> State | None:
    """Read the state that the words after a count tell ("11 är uppnådda"), up to the next count."""
    tokens = mention.clause.tokens[mention.last : following.first if following else None]
    words = [token.text.casefold() for token in tokens][:9]
    if "," in words:
        words = words[: words.index(",")]
    if any(begins(word, "uppnå", "uppfyll", "bedöm") for word in words) or words[:1] == ["delvis"]:
        reached = words if words[:1] != ["delvis"] else [*words, "uppnådda"]
        try:
            return goal_state(" ".join(reached))
        except ReadingError:
            return None
    for at, word in enumerate(words):
        if begins(word, *_WORK):
            try:
                return work_state(
                    " ".join(words[max(0, at - 1) : at + 1] if words[max(0, at - 1)] in ("ej", "inte") else [word])
                )
            except ReadingError:
                continue
    return None


_WORK = ("genomför", "pågå", "kvarstå", "återstå", "utgå", "försen", "påbörja", "avsluta", "slutför", "klar")


def _parts(numbers: Sequence[Mention], states: Sequence[State | None], *, confirmed: bool) -> Counted | None:
    """Hold a whole against the parts that follow it in the sentence ("av 21 mål är 11 uppnådda ...").

    Parts that are fewer leave something unsaid, unless they name even what has no state. ``confirmed``: a
    table has as many rows as the whole says.
    """
    whole = next((at for at, one in enumerate(numbers) if states[at] is None and _kind_of(one)), None)
    if whole is None:
        return None
    parts = [numbers[at] for at in range(whole + 1, len(numbers)) if states[at] is not None]
    told = [state for state in states[whole + 1 :] if state is not None]
    if len(parts) < 2 or len(set(told)) != len(told) or len(parts) != len(numbers) - whole - 1:
        return None
    mention, total = numbers[whole], sum(int(one.quantity.number) for one in parts)
    if mention.quantity.number > total and (confirmed or not _REST.intersection(told)):
        return None
    shown = " + ".join(str(one.quantity.number) for one in parts)
    return _held(mention, total, "delarna i samma mening", f"delarna {shown} blir tillsammans {{0}}")


def _kind_of(mention: Mention) -> str:
    """Say which kind of table counts what is counted; the noun may have adjectives before it."""
    tokens = mention.clause.tokens[mention.last : mention.last + 3]
    for token in tokens:
        word = token.text.casefold()
        if kind := next(
            (kind for noun, kind in _KINDS.items() if word == noun or (len(noun) > 5 and begins(word, noun))), ""
        ):
            return kind
        if not word.isalpha():
            return ""
    return ""


class _Tables:
    """How many rows of each kind and state the tables hold."""

    def __init__(self, printed: Sequence[Printed]) -> None:
        self.printed = printed
        self.by_kind: dict[str, list[tuple[Printed, list[State | None]]]] = {}
        for one in printed:
            if one.kind in _KINDS.values():
                self.by_kind.setdefault(one.kind, []).append((one, list(_states(one))))

    def rows_of(
        self, mention: Mention, state: State | None, kind: str, anchor: Printed | None
    ) -> tuple[Counted | None, Printed | None]:
        """Hold a count of goals, activities ... against the tables of that kind, one by one and together.

        Gives also the table whose rows it counts. A count of some state that is not that of ``anchor``, the
        table whose rows the same sentence counts rightly, is likely wrong; any other is worth a look.
        """
        tables, near = self._nearest(mention, kind)
        number = int(mention.quantity.number)
        counts = [Counter(states)[state] if state is not None else len(states) for _, states in tables]
        for (one, states), many in zip(tables, counts, strict=True):
            if many == number and (anchor is None or anchor is one) and (state is None or None not in states):
                return _held(mention, many, f"antalet rader i {_title(one)} ({one.table.key})", ""), one
        if anchor is None and len(tables) > 1 and sum(counts) == number:
            return _held(mention, number, f"antalet rader i de {len(tables)} tabellerna av samma slag", ""), None
        for (one, states), many in zip(tables, counts, strict=True):
            if state is not None and None not in states and (one is anchor or len(tables) == 1):
                sure = Confidence.LIKELY if one is anchor and near else Confidence.POSSIBLE
                reason = f"i ”{_title(one)}” har {{0}} av {len(states)} rader den bedömningen"
                return _held(mention, many, f"antalet rader i {_title(one)}", reason, sure), one
        return None, None

    def _nearest(self, mention: Mention, kind: str) -> tuple[list[tuple[Printed, list[State | None]]], bool]:
        """Give the tables of a kind that share most headings with the sentence, and whether they are surely meant.

        Every chapter of a long report may have such a table of its own; those of other chapters are not meant
        where the sentence's own chapter has one. Where none has, and there are several, it is not sure which.
        """
        tables = self.by_kind.get(kind, []) if kind else []
        shared = [_shared(mention.passage.section, one.section) for one, _ in tables]
        most = max(shared, default=0)
        near = [table for table, many in zip(tables, shared, strict=True) if many == most]
        near.sort(key=lambda table: abs(table[0].order - mention.passage.order))
        return near, most > min(shared, default=0) or len(tables) <= _FEW

    def groups_of(self, mention: Mention) -> Counted | None:
        """Hold a count of units against the groups of the table that stands under the same heading."""
        if not begins(mention.noun, *_UNITS) or not mention.passage.section:
            return None
        if not any(token.text.casefold() in _GATHERS for token in mention.clause.tokens):
            return None
        own = set(words_of(mention.passage.section[-1]))
        for one in self.printed:
            if not own or one.section[-1:] != mention.passage.section[-1:] or one.kind not in ("economy", "other"):
                continue
            rows = [row for row in one.table.rows if set(words_of(row.label)) - own]
            groups = [row for row in rows if row.role is RowRole.HEADING and row.parent is None]
            alone = [row for row in rows if row.role is not RowRole.HEADING and row.label.endswith("enheten")]
            if mention.quantity.number == len(groups) + len(alone):
                groups += alone
            if len(groups) >= _NEXT:
                title = _title(one)
                return _held(
                    mention, len(groups), f"grupperna i {title}", f"”{title}” har {{0}} grupper", Confidence.POSSIBLE
                )
        return None


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the headings that two places have in common, from the outermost on."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in pairs)


def _title(one: Printed) -> str:
    return one.table.title or one.table.key


def _states(one: Printed) -> Iterator[State | None]:
    """Give the state of every item of a table; None where it tells none that can be read."""
    columns = one.table.columns_of(ColumnRole.STATE)
    read = goal_state if one.kind == "assessment" else work_state
    for row in one.table.rows:
        if row.role is not RowRole.ITEM:
            continue
        try:
            yield read(one.table.cell(row.key, columns[0].key).raw) if columns else None
        except ReadingError:
            yield None


def _listed(numbers: Sequence[Mention], following: Sequence[Passage]) -> Counted | None:
    """Hold a count that announces a list ("följande sex delar:") against the items that follow."""
    if not numbers or not numbers[-1].noun or numbers[-1].clause.end < len(numbers[-1].passage.text.rstrip()):
        return None
    if len({one.quantity.number for one in numbers if one.clause == numbers[-1].clause}) > 1:
        return None
    items = 0
    for passage in following:
        if not passage.item:
            break
        items += 1
    if items < _NEXT:
        return None
    target, reason = f"listan med {items} punkter som följer", "listan som följer har {0} punkter"
    return _held(numbers[-1], items, target, reason, Confidence.POSSIBLE)  # items may be parted or nested
