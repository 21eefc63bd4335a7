"""States: how a goal, an activity or an assignment stands, and the words for it.

A goal's state has two wordings: at an interim date it is a forecast, at year end an outcome
(domain: Assessment). A person decides the state; the system only suggests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from uppsikt.core.errors import ReadingError


class GoalState(StrEnum):
    """How a goal stands."""

    MET = "met"
    PARTLY = "partly"
    MISSED = "missed"
    NONE = "none"

    def wording(self, *, forecast: bool) -> str:
        """Give the Swedish words: as a forecast at interim dates, as an outcome at year end.

        >>> GoalState.PARTLY.wording(forecast=False), GoalState.PARTLY.wording(forecast=True)
        ('Delvis uppnått', 'Väntas delvis uppnås')
        """
        return (_FORECAST if forecast else _OUTCOME)[self]


_OUTCOME = {
    GoalState.MET: "Uppnått",
    GoalState.PARTLY: "Delvis uppnått",
    GoalState.MISSED: "Ej uppnått",
    GoalState.NONE: "Ej bedömt",
}
_FORECAST = {
    GoalState.MET: "Väntas uppnås",
    GoalState.PARTLY: "Väntas delvis uppnås",
    GoalState.MISSED: "Väntas inte uppnås",
    GoalState.NONE: "Kan ännu inte bedömas",
}


class WorkState(StrEnum):
    """How an activity or an assignment stands."""

    NOT_BEGUN = "not_begun"
    ONGOING = "ongoing"
    CONTINUOUS = "continuous"  # löpande under året
    DONE = "done"
    DELAYED = "delayed"
    REMAINS = "remains"  # kvarstår, carried to next year's plan
    CANCELLED = "cancelled"  # utgår
    NOT_APPLICABLE = "not_applicable"  # inte aktuellt
    UNKNOWN = "unknown"  # nothing stated

    def wording(self) -> str:
        """Give the Swedish word.

        >>> WorkState.REMAINS.wording()
        'Kvarstår'
        """
        return _WORK[self]


_WORK = {
    WorkState.NOT_BEGUN: "Ej påbörjad",
    WorkState.ONGOING: "Pågår",
    WorkState.CONTINUOUS: "Löpande",
    WorkState.DONE: "Genomförd",
    WorkState.DELAYED: "Försenad",
    WorkState.REMAINS: "Kvarstår",
    WorkState.CANCELLED: "Utgår",
    WorkState.NOT_APPLICABLE: "Inte aktuell",
    WorkState.UNKNOWN: "Uppgift saknas",
}


def goal_state(text: str) -> GoalState:
    """Read a printed assessment in either wording; nothing written or a dash is "not assessed".

    Raises ReadingError for words that are no assessment.

    >>> goal_state("Målet bedöms vara uppfyllt"), goal_state("delvis uppnått"), goal_state("")
    (<GoalState.MET: 'met'>, <GoalState.PARTLY: 'partly'>, <GoalState.NONE: 'none'>)
    """
    words = _words(text)
    if not words or words[0] == "-" or _begins(words, "tillämplig", "aktuell"):
        return GoalState.NONE
    reached, denied = _begins(words, "uppnå", "uppfyll"), not {"ej", "inte", "icke"}.isdisjoint(words)
    if reached and "delvis" in words:
        return GoalState.PARTLY
    if reached:
        return GoalState.MISSED if denied else GoalState.MET
    if denied and _begins(words, "bedöm"):
        return GoalState.NONE
    raise ReadingError(
        f"Bedömningen {text.strip()!r} är okänd. Skriv uppnått, delvis uppnått, ej uppnått eller ej bedömt.", text=text
    )


def work_state(text: str) -> WorkState:
    """Read a printed status of an activity or an assignment; nothing written is "unknown".

    "Ej genomförd" says only that nothing was carried out; the nearest of our states is not begun.
    Raises ReadingError for words that are no status.

    >>> work_state("försenad/framskjuten"), work_state("Genomfört"), work_state("Pågående")
    (<WorkState.DELAYED: 'delayed'>, <WorkState.DONE: 'done'>, <WorkState.ONGOING: 'ongoing'>)
    """
    words = " ".join(_words(text))
    for beginning, state in _WORK_BEGINNINGS.items():
        if words.startswith(beginning):
            return state
    if words in ("", "-", "uppgift saknas"):
        return WorkState.UNKNOWN
    raise ReadingError(
        f"Statusen {text.strip()!r} är okänd. Skriv till exempel genomförd, pågår, försenad, kvarstår eller utgår.",
        text=text,
    )


_WORK_BEGINNINGS = {
    "ej påbörja": WorkState.NOT_BEGUN,
    "inte påbörja": WorkState.NOT_BEGUN,
    "ej genomför": WorkState.NOT_BEGUN,
    "inte genomför": WorkState.NOT_BEGUN,
    "ej aktuell": WorkState.NOT_APPLICABLE,
    "inte aktuell": WorkState.NOT_APPLICABLE,
    "ej tillämplig": WorkState.NOT_APPLICABLE,
    "genomför": WorkState.DONE,
    "avsluta": WorkState.DONE,
    "klar": WorkState.DONE,
    "pågå": WorkState.ONGOING,
    "löpande": WorkState.CONTINUOUS,
    "försena": WorkState.DELAYED,
    "framskjut": WorkState.DELAYED,
    "kvarstå": WorkState.REMAINS,
    "utgå": WorkState.CANCELLED,
    "avbr": WorkState.CANCELLED,
}


def _words(text: str) -> list[str]:
    return text.casefold().replace("–", "-").rstrip(".").split()


def _begins(words: list[str], *beginnings: str) -> bool:
    return any(word.startswith(beginnings) for word in words)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the system suggests for a goal, and the Swedish sentences that say why."""

    state: GoalState
    reasons: tuple[str, ...]


def weigh(lights: Sequence[GoalState], work: Mapping[WorkState, int]) -> Suggestion:
    """Suggest a goal's state from its indicators' lights and its activities; a person decides (domain: Assessment).

    Met when every indicator that can be said is met, missed when every one is missed, else partly.
    When most of the activities have slipped (late, carried over, cancelled, not begun), a goal that
    would be met is suggested as partly met. Without an indicator that can be said nothing is suggested.

    >>> weigh([GoalState.MET, GoalState.NONE], {WorkState.DONE: 2, WorkState.ONGOING: 1}).state
    <GoalState.MET: 'met'>
    """
    said = [light for light in lights if light is not GoalState.NONE]
    total, slipped = sum(work.values()), sum(work.get(state, 0) for state in _SLIPPED)
    reasons = [_lights_sentence(said, len(lights))]
    if total:
        reasons.append(f"{work.get(WorkState.DONE, 0)} av {total} aktiviteter är genomförda.")
    if not said:
        return Suggestion(GoalState.NONE, tuple(reasons))
    state = said[0] if len(set(said)) == 1 else GoalState.PARTLY
    if state is GoalState.MET and 2 * slipped > total:
        state = GoalState.PARTLY
        reasons.append(f"{slipped} av dem är försenade, kvarstår, utgår eller har inte börjat.")
    return Suggestion(state, tuple(reasons))


_SLIPPED = (WorkState.DELAYED, WorkState.REMAINS, WorkState.CANCELLED, WorkState.NOT_BEGUN)


def _lights_sentence(said: Sequence[GoalState], total: int) -> str:
    if not total:
        return "Målet har inga indikatorer."
    if not said:
        return "Ingen av målets indikatorer går att bedöma."
    counts = [(said.count(GoalState.MET), "når målet"), (said.count(GoalState.PARTLY), "är nära eller på väg")]
    counts += [(said.count(GoalState.MISSED), "når inte målet"), (total - len(said), "går inte att bedöma")]
    told = [f"{count} {words}" for count, words in counts if count]
    listed = told[0] if len(told) == 1 else f"{', '.join(told[:-1])} och {told[-1]}"
    return f"Av {total} {'indikator' if total == 1 else 'indikatorer'}: {listed}."
