"""What was found, as a page lists it: chosen, grouped by place, each cause with what follows. Asks no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from uppsikt.core.findings import Confidence
from uppsikt.review.dismissals import Dismissal as Word
from uppsikt.review.dismissals import apply_dismissals, comes_back
from uppsikt.review.record import FindingRecord, Record
from uppsikt.review.showing.grouping import figure, place_text
from uppsikt.web.review.models import Dismissal

A_PAGE = 40  # causes; what follows from them comes with them
CERTAINTIES = {"saker": Confidence.CERTAIN, "trolig": Confidence.LIKELY, "mojlig": Confidence.POSSIBLE}
STANDING, ASIDE, ALL = "", "avfardade", "alla"


def certainty_words() -> dict[Confidence, str]:
    """Give the words for how sure a finding is, in the reader's language."""
    return {Confidence.CERTAIN: _("säker"), Confidence.LIKELY: _("trolig"), Confidence.POSSIBLE: _("möjlig")}


# A shape for each, from the page's symbols: never colour alone.
MARKS = {Confidence.CERTAIN: "missed", Confidence.LIKELY: "partly", Confidence.POSSIBLE: "none"}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which findings a reader has asked for; it is all in the address."""

    certainty: str = ""
    code: str = ""
    shown: str = STANDING
    page: int = 1
    finding: str = ""
    whole: bool = False  # the whole page, and not only what stands around the finding
    run: int = 0  # an earlier run than the newest one

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Choice:
        """Read the address; what is not understood is left out."""
        certainty, shown = asked.get("sakerhet", ""), asked.get("visa", "")
        return cls(
            certainty if certainty in CERTAINTIES else "",
            asked.get("kod", "")[:10],
            shown if shown in (ASIDE, ALL) else STANDING,
            max(1, number_in(asked.get("sida", ""))),
            asked.get("anm", "")[:64],
            asked.get("sidan") == "hel",
            number_in(asked.get("korning", "")),
        )

    def query(self, **changed: object) -> str:
        """Give the address that asks for the same with something changed, as "?…"."""
        chosen = replace(self, **changed)  # type: ignore[arg-type]  # names of its own fields
        told = {"sakerhet": chosen.certainty, "kod": chosen.code, "visa": chosen.shown, "anm": chosen.finding}
        if chosen.page > 1 and not chosen.finding:
            told["sida"] = str(chosen.page)
        if chosen.whole:
            told["sidan"] = "hel"
        if chosen.run:
            told["korning"] = str(chosen.run)
        return "?" + urlencode({name: value for name, value in told.items() if value})

    def admits(self, finding: FindingRecord) -> bool:
        """Say whether a finding is among those asked for."""
        aside = finding["dismissed"] is not None
        return (
            (not self.certainty or finding["confidence"] == CERTAINTIES[self.certainty])
            and (not self.code or finding["code"] == self.code)
            and (self.shown == ALL or aside == (self.shown == ASIDE))
        )


def number_in(text: str) -> int:
    """Read a number that a request tells; 0 when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


@dataclass(frozen=True)
class Card:
    """A finding that is a cause, with what follows from it."""

    finding: FindingRecord
    consequences: tuple[FindingRecord, ...] = ()
    dismissal: Dismissal | None = None

    @property
    def identity(self) -> str:
        """The finding's lasting name."""
        return self.finding["id"]

    @property
    def place(self) -> str:
        """The words of the text, or row (with the one that it belongs under) and column."""
        return place_text(self.finding)

    @property
    def whereabouts(self) -> str:
        """Table and page; for words of the text, what they were compared with too."""
        finding, told = self.finding, [self.finding["title"]]
        if finding["passage"] is not None and finding["row"]:
            told = [_("Jämfört med:") + " " + finding["row"], finding["column"] or "", *told]
        if finding["page"] is not None:
            told.append(_("sidan {page}").format(page=finding["page"]))
        return " · ".join(part for part in told if part)

    @property
    def certainty(self) -> str:
        """How sure it is, in words."""
        return certainty_words()[Confidence(self.finding["confidence"])]

    @property
    def mark(self) -> str:
        """The shape of how sure it is."""
        return MARKS[Confidence(self.finding["confidence"])]

    @property
    def figures(self) -> list[tuple[str, str]]:
        """What is stated, what was expected and the difference, each with its word."""
        return figures_of(self.finding)

    @property
    def returned(self) -> str:
        """The word about an earlier dismissal of the same place; empty when there was none."""
        return comes_back(self.finding)


def figures_of(finding: FindingRecord) -> list[tuple[str, str]]:
    """Give stated, expected and difference as they are written; what is unknown is left out."""
    told = (
        (_("Står"), finding["stated"], False),
        (_("Ska vara"), finding["expected"], False),
        (_("Skillnad"), finding["difference"], True),
    )
    return [
        (word, figure(text, unit=finding["unit"] or "", plus=plus)) for word, text, plus in told if text is not None
    ]


@dataclass(frozen=True)
class Group:
    """Findings of the same table, or under the same heading of the text."""

    title: str
    page: int | None
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Listing:
    """The findings that were asked for, and how many there are of each kind."""

    choice: Choice
    cards: tuple[Card, ...]  # all that were asked for
    findings: tuple[FindingRecord, ...]  # everything that was found

    @cached_property
    def page(self) -> int:
        """Which page is shown: that of the finding asked for, when there is one."""
        names = [card.identity for card in self.cards]
        if self.choice.finding in names:
            return names.index(self.choice.finding) // A_PAGE + 1
        return min(self.choice.page, self.pages)

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-len(self.cards) // A_PAGE))

    @cached_property
    def shown(self) -> tuple[Card, ...]:
        """The findings of the page."""
        return self.cards[(self.page - 1) * A_PAGE : self.page * A_PAGE]

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The findings of the page by table and heading, in reading order."""
        return tuple(
            Group(title, page, tuple(cards))
            for (title, page, _table), cards in groupby(self.shown, key=lambda card: _place_of(card.finding))
        )

    @cached_property
    def selected(self) -> Card | None:
        """The finding that is looked at: the one asked for, else the first of the page."""
        asked = next((card for card in self.cards if card.identity == self.choice.finding), None)
        return asked or (self.shown[0] if self.shown else None)

    @property
    def number(self) -> int:
        """Which in order the selected finding is, from 1; 0 when there is none."""
        return self.cards.index(self.selected) + 1 if self.selected else 0

    @property
    def before(self) -> str:
        """The address of the finding before the selected one; empty at the first."""
        return self.choice.query(finding=self.cards[self.number - 2].identity) if self.number > 1 else ""

    @property
    def after(self) -> str:
        """The address of the finding after the selected one; empty at the last."""
        return self.choice.query(finding=self.cards[self.number].identity) if self.number < len(self.cards) else ""

    @property
    def page_before(self) -> str:
        """The address of the page before; empty at the first."""
        return self.choice.query(page=self.page - 1, finding="") if self.page > 1 else ""

    @property
    def page_after(self) -> str:
        """The address of the page after; empty at the last."""
        return self.choice.query(page=self.page + 1, finding="") if self.page < self.pages else ""

    @property
    def standing(self) -> int:
        """How many causes nobody has set aside."""
        return sum(1 for one in self.findings if one["cause"] is None and one["dismissed"] is None)

    @property
    def aside(self) -> int:
        """How many causes have been set aside."""
        return sum(1 for one in self.findings if one["cause"] is None and one["dismissed"] is not None)

    @property
    def certainties(self) -> list[tuple[str, str, int]]:
        """Each certainty that there is: its word in the address, its word, how many causes."""
        words, counts = certainty_words(), self._counts("confidence")
        return [(name, words[one], counts[one]) for name, one in CERTAINTIES.items() if counts[one]]

    @property
    def codes(self) -> list[tuple[str, str, int]]:
        """Each rule that found something: its code, its title, how many causes."""
        titles = {one["code"]: one["rule"] for one in self.findings}
        return [(code, titles[code], count) for code, count in sorted(self._counts("code").items())]

    def _counts(self, name: str) -> Counter[str]:
        shown = replace(self.choice, certainty="", code="")
        return Counter(
            str(one[name])  # type: ignore[literal-required]  # two of its keys
            for one in self.findings
            if one["cause"] is None and shown.admits(one)
        )


def _place_of(finding: FindingRecord) -> tuple[str, int | None, str | None]:
    """Give what a finding is listed under: its table, or the running text and the page."""
    if finding["passage"] is not None:
        return _("I texten"), finding["page"], None
    return finding["title"] or _("Utan rubrik"), finding["page"], finding["table"]


def judged(record: Record, dismissals: Sequence[Dismissal]) -> Record:
    """Give the record with what has been set aside, and a word where it came back with other figures."""
    return apply_dismissals(record, [_word(one) for one in reversed(dismissals)])


def _word(one: Dismissal) -> Word:
    return {
        "id": one.identity, "place": one.place, "reason": one.reason, "document": "", "code": "",
        "what": one.told, "date": one.at.date().isoformat(),
    }  # fmt: skip


def listing(record: Record, choice: Choice, dismissals: Iterable[Dismissal] = ()) -> Listing:
    """Choose among what was found. A cause is shown when it is asked for, and what follows from it comes with it."""
    findings = tuple(record["findings"])
    cards = tuple(card for card in cards_of(findings, dismissals) if choice.admits(card.finding))
    return Listing(choice, cards, findings)


def cards_of(findings: Sequence[FindingRecord], dismissals: Iterable[Dismissal] = ()) -> Iterator[Card]:
    """Give each cause with what follows from it; what follows from a cause that is not among them stands alone."""
    causes: list[FindingRecord] = []
    follows: dict[str, list[FindingRecord]] = {one["id"]: [] for one in findings}
    for one in findings:
        follows.get(one["cause"] or "", causes).append(one)
    set_aside = {one.identity: one for one in dismissals}
    return (Card(one, tuple(follows[one["id"]]), set_aside.get(one["id"])) for one in causes)
