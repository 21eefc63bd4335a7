"""States: how a goal, an activity or an assignment stands, and the words for it.

A goal's state has two wordings: at an interim date it is a forecast, at year end an outcome
(domain: Assessment). A person decides the state; the system only suggests.
"""

from __future__ import annotations

from enum import StrEnum


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
